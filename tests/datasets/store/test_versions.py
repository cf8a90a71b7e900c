"""Dataset versions: written whole or not at all, checked on reading, never overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.loading import default_dataset, load
from cockpit.datasets.store.versions import (
    Manifest,
    as_arrow,
    current_version,
    read_manifest,
    read_table,
    write_version,
)
from cockpit.errors import DatasetError

MANIFEST = Manifest("demo", "v0001", 1, None, "2026-11-20T09:00:00+08:00", "test", "a small version", True, "2025")


def frames() -> dict[str, pd.DataFrame]:
    return {name: load("demo").table(name).head(3) for name, table in TABLES.items() if not table.optional}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    written = write_version(tmp_path, MANIFEST, frames())
    assert current_version(tmp_path / "demo") == "v0001"
    assert read_manifest(tmp_path / "demo", "v0001") == written
    towns = read_table(tmp_path / "demo", written, "towns").to_pandas()
    assert towns["town_code"].tolist() == frames()["towns"]["town_code"].tolist()


def test_a_version_is_never_overwritten(tmp_path: Path) -> None:
    write_version(tmp_path, MANIFEST, frames())
    with pytest.raises(DatasetError, match="exists already"):
        write_version(tmp_path, MANIFEST, frames())


def test_a_failed_write_leaves_the_current_version_alone(tmp_path: Path) -> None:
    write_version(tmp_path, MANIFEST, frames())
    broken = {**frames(), "towns": frames()["towns"].assign(zzz=1)}
    with pytest.raises(DatasetError, match=r"towns: unknown column 'zzz'"):
        write_version(tmp_path, replace(MANIFEST, version="v0002"), broken)
    assert current_version(tmp_path / "demo") == "v0001"
    assert [path.name for path in (tmp_path / "demo" / "versions").iterdir()] == ["v0001"]


def test_a_damaged_file_is_refused_by_name(tmp_path: Path) -> None:
    written = write_version(tmp_path, MANIFEST, frames())
    path = tmp_path / "demo" / "versions" / "v0001" / "returns.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(DatasetError, match=r"v0001/returns\.parquet: file differs"):
        read_table(tmp_path / "demo", written, "returns")


def test_wrong_types_and_missing_columns_are_told() -> None:
    with pytest.raises(DatasetError, match=r"returns\.value: wrong type"):
        as_arrow(
            pd.DataFrame(
                {
                    "town_code": ["A"],
                    "period": ["2025"],
                    "indicator": ["x"],
                    "value": ["много"],
                    "provenance": ["simulated"],
                }
            ),
            TABLES["returns"],
        )
    with pytest.raises(DatasetError, match="column 'value' is missing"):
        as_arrow(
            pd.DataFrame({"town_code": ["A"], "period": ["2025"], "indicator": ["x"], "provenance": ["simulated"]}),
            TABLES["returns"],
        )


def test_a_missing_folder_is_told_and_not_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("cockpit.datasets.store.loading.SHIPPED", tmp_path)
    with pytest.raises(DatasetError, match="no current version"):
        load("demo")


def test_the_deployment_chooses_the_first_dataset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATASET", "public")
    assert default_dataset() == "public"
    monkeypatch.setenv("COCKPIT_DATASET", "publik")
    with pytest.raises(DatasetError, match="did you mean 'public'"):
        default_dataset()


def test_one_copy_per_process_and_version() -> None:
    assert load("demo") is load("demo")


@pytest.mark.parametrize("dataset", ["demo", "public"])
def test_keys_are_unique_and_values_allowed(dataset: str) -> None:
    offences = []
    for name, table in TABLES.items():
        frame = load(dataset).table(name)
        if frame.duplicated(list(table.key)).any():
            offences.append(f"{name}: duplicate keys")
        for column in table.columns:
            values = frame[column.name]
            present = values.dropna()
            present = present[present.astype("str") != ""]
            if column.required and (values.isna().any() or (values.astype("str") == "").any()):
                offences.append(f"{name}.{column.name}: missing values")
            if column.allowed and not present.astype("str").isin(column.allowed).all():
                offences.append(f"{name}.{column.name}: values outside the list")
            if column.minimum is not None and (present < column.minimum).any():
                offences.append(f"{name}.{column.name}: below {column.minimum}")
            if column.maximum is not None and (present > column.maximum).any():
                offences.append(f"{name}.{column.name}: above {column.maximum}")
    assert not offences, "\n".join(offences)
