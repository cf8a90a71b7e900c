"""The schema grows and versions stay: an older one is filled, a newer one is refused and named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from cockpit.cli import versions
from cockpit.datasets.publishing.releases import list_versions, publish, roll_back
from cockpit.datasets.schema import SCHEMA, TABLES, Column, Table
from cockpit.datasets.store import firms
from cockpit.datasets.store.columns import arrow_type, fitted
from cockpit.datasets.store.firms import FirmQuery
from cockpit.datasets.store.loading import load
from cockpit.datasets.store.versions import NewerSchema, read_manifest
from cockpit.errors import DatasetError
from cockpit.visuals.data import blocks as data_blocks
from cockpit.wording import data as data_words
from tests.acts import by
from tests.datasets.older import lay, lay_trimmed, newer, read, write
from tests.datasets.publishing.test_withdrawals import deliver, taken_back

pytestmark = pytest.mark.many

TOWN = "D330102A"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("keeps_tables", [True, False])
@pytest.mark.parametrize("dataset", ["demo", "public"])
def test_every_table_of_a_trimmed_version_has_the_declared_columns_and_types(
    place: Path, dataset: str, keeps_tables: bool
) -> None:
    whole = load(dataset)
    lay_trimmed(place, dataset, keeps_tables=keeps_tables)
    trimmed = load(dataset)
    assert trimmed.warning is None
    assert trimmed.folder != whole.folder
    for name, table in TABLES.items():
        frame = trimmed.table(name)
        assert list(frame.columns) == [column.name for column in table.columns], name
        for column in table.columns:
            if name not in trimmed.manifest.files:
                assert not len(frame), name
            elif column.must_be_there:
                assert frame[column.name].tolist() == whole.table(name)[column.name].tolist()
            else:  # missing, never zero, never false
                assert frame[column.name].isna().all(), f"{name}.{column.name}"
            if column.kind == "number":
                assert frame[column.name].dtype == "float64", f"{name}.{column.name}"
            if column.kind == "category":
                assert frame[column.name].dtype == "category", f"{name}.{column.name}"


def test_a_column_declared_since_is_there_and_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = TABLES["towns"]
    added = (Column("phone"), Column("staff_count", "number"), Column("is_open", "flag"), Column("founded", "integer"))
    monkeypatch.setitem(TABLES, "towns", replace(towns, columns=(*towns.columns, *added)))
    monkeypatch.setattr("cockpit.datasets.store.loading._loaded", {})
    frame = load("demo").towns
    assert len(frame) == 137
    assert frame[[column.name for column in added]].isna().all(axis=None)


def test_a_table_declared_since_is_empty_with_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = Table("cases", ("case_id",), (Column("case_id", required=True), Column("score", "number")), optional=True)
    monkeypatch.setitem(TABLES, "cases", cases)
    frame = load("demo").table("cases")
    assert (list(frame.columns), len(frame), str(frame["score"].dtype)) == (["case_id", "score"], 0, "float64")


def test_fitting_orders_fills_and_leaves_out() -> None:
    table = Table("t", ("a",), (Column("a", required=True), Column("b", "number"), Column("c", "flag")))
    stored = pa.table({"gone": [1, 2], "c": [True, False], "a": ["x", "y"]})
    assert fitted(stored, table, "here").to_pydict() == {"a": ["x", "y"], "b": [None, None], "c": [True, False]}
    assert fitted(stored, table, "here").schema.types == [arrow_type(column) for column in table.columns]
    with pytest.raises(DatasetError, match=r"here: column 'a' is missing"):
        fitted(stored.drop_columns(["a"]), table, "here")


@pytest.mark.parametrize(
    "query",
    [
        {"nodes": ("hosiery.yarn",)},
        {"search": "企业0"},
        {"sort": "tax_yuan"},
        {"tags": ("is_listed", "is_high_tech")},
        {"carriers": ("incubator",)},
    ],
    ids=lambda query: next(iter(query)),
)
def test_firms_of_an_older_version_are_paged_counted_and_streamed(place: Path, query: dict[str, object]) -> None:
    """Tags and carriers are among what was not asked then: no firm has them, and nothing fails."""
    whole = load("demo")
    asked = FirmQuery("2025", **query)  # type: ignore[arg-type]
    lay_trimmed(place, "demo", keeps_tables=True)
    old = load("demo")
    page = firms.page_of(old, asked, 0, 20)
    assert list(page.columns) == list(firms.COLUMNS)
    assert page["revenue_yuan"].isna().all()
    rows = sum(batch.num_rows for batch in firms.stream_of(old, asked))
    assert len(page) == min(rows, 20)
    if "search" in query or "sort" in query:
        assert rows == firms.count_of(whole, asked) > 0


def test_an_older_version_is_built_upon_and_gone_back_to(place: Path) -> None:
    """A figure is taken back although the version has no `withdrawals`: the next version holds them."""
    lay_trimmed(place, "demo", keeps_tables=False)
    assert load("demo").manifest.schema == 1
    written = publish("demo", deliver(*taken_back()).id, by("李四", "误报"), "v0003")
    assert (written.version, written.schema) == ("v0004", SCHEMA)
    assert read_manifest(place / "demo", "v0004").schema == SCHEMA
    assert load("demo").table("withdrawals")["town_code"].tolist() == [TOWN]
    roll_back("demo", "v0003", by("李四", "看旧版"))
    assert not len(load("demo").table("withdrawals"))


def test_the_shipped_versions_are_of_todays_schema() -> None:
    for dataset in ("demo", "public"):
        assert load(dataset).manifest.schema == SCHEMA, "the schema has changed: write the data anew by `make data`"


def test_a_newer_current_version_is_refused_and_the_one_before_stays_in_use(place: Path) -> None:
    newer(place)
    dataset = load("demo")
    assert dataset.manifest.version == "v0003"
    assert dataset.warning is not None
    assert (dataset.warning.version, dataset.warning.where) == ("v0004", "demo/v0004")
    assert dataset.warning.is_newer
    assert "newer program" in dataset.warning.what


def test_the_version_that_was_current_before_the_newer_one_stands_in(place: Path) -> None:
    """Version 2 was published and version 3 came without a line in the log: 2 is shown, not 1."""
    publish("demo", deliver(*taken_back()).id, by("李四", "误报"), "v0003")
    newer(place, "v0005")
    assert load("demo").manifest.version == "v0004"


def test_a_newer_version_asked_for_by_name_is_an_error_that_says_what_to_do(place: Path) -> None:
    newer(place)
    with pytest.raises(NewerSchema, match=rf"schema {SCHEMA + 1}, this one reads up to {SCHEMA}\. update the program"):
        load("demo", "v0004")


def test_nobody_rolls_back_to_a_newer_version_or_publishes_over_it(place: Path) -> None:
    delivery = deliver(*taken_back())
    newer(place)
    (place / "demo" / "CURRENT").write_text("v0003\n", encoding="utf-8")
    with pytest.raises(NewerSchema) as told:
        roll_back("demo", "v0004", by("李四", "试"))
    assert "升级程序" in data_words.fault(told.value, "zh")
    assert "demo/v0004" in data_words.fault(told.value, "zh")
    assert "Update the program" in data_words.fault(told.value, "en")
    assert load("demo").manifest.version == "v0003"
    (place / "demo" / "CURRENT").write_text("v0004\n", encoding="utf-8")
    with pytest.raises(NewerSchema):
        publish("demo", delivery.id, by("李四"), "v0004")
    assert (place / "demo" / "CURRENT").read_text(encoding="utf-8") == "v0004\n"


def test_the_list_of_versions_tells_a_newer_one_from_a_damaged_one(place: Path) -> None:
    newer(place)
    lay(place, "demo", "v0005")
    (place / "demo" / "versions" / "v0005" / "manifest.json").write_text("{", encoding="utf-8")
    rows = {
        version.id: data_blocks.version_row(version, "zh", str, may_look_back=False)
        for version in list_versions("demo")
    }
    assert "由更新的程序写成" in rows["v0004"]
    assert "损坏" in rows["v0005"]
    assert "损坏" not in rows["v0004"]
    assert not any("data-lead" in row for row in rows.values()), "who may not look back is not led there"
    printed = [line for line in CliRunner().invoke(versions.command).output.splitlines() if line[2:7] > "v0003"]
    assert [line.split("  ")[-1].split(":")[0] for line in printed[:2]] == [
        "manifest damaged",
        "written by a newer program",
    ]


@pytest.mark.parametrize("junk", ["2", 0, -1, None, True, 1.5])
def test_a_schema_that_is_no_number_is_damage(place: Path, junk: object) -> None:
    folder = lay(place, "demo")
    write(folder, {**read(folder), "schema": junk})
    with pytest.raises(DatasetError, match="manifest is damaged") as told:
        read_manifest(place / "demo", "v0003")
    assert not isinstance(told.value, NewerSchema)
