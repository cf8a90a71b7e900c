"""Dataset versions on disk: immutable folders of Parquet files with a manifest; `CURRENT` points at one.

    <root>/<dataset>/CURRENT                      text: the version id
    <root>/<dataset>/versions/<id>/<table>.parquet
    <root>/<dataset>/versions/<id>/manifest.json

Publishing writes a temporary folder, syncs it to disk, renames it, and only then moves the pointer, so a reader
never sees half a version. Imports only `schema`, `errors`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cockpit.datasets.schema import TABLES, Table
from cockpit.errors import DatasetError, suggest

MANIFEST: Final = "manifest.json"
POINTER: Final = "CURRENT"


@dataclass(frozen=True)
class Manifest:
    """What a version holds and where it comes from.

    `files` maps table -> {sha256, rows}. `latest_period` is the newest period with figures, `default_period` the one
    a first visitor sees.
    """

    dataset: str
    version: str
    number: int
    parent: str | None
    published_at: str
    published_by: str
    note: str
    is_simulated: bool
    default_period: str
    files: dict[str, dict[str, str | int]] = field(default_factory=dict)

    def rows(self) -> dict[str, int]:
        return {table: int(entry["rows"]) for table, entry in self.files.items()}


def as_arrow(frame: pd.DataFrame, table: Table) -> pa.Table:
    """Return `frame` as an Arrow table with exactly the declared columns, in order and with declared types.

    Raises:
        DatasetError: unknown or missing columns, values of the wrong type.
    """
    declared = [column.name for column in table.columns]
    for name in frame.columns:
        if name not in declared:
            raise DatasetError(f"unknown column {name!r}", where=table.name, remedy=suggest(str(name), declared))
    arrays: list[pa.Array] = []
    types = {"number": pa.float64(), "integer": pa.int64(), "flag": pa.bool_()}
    for column in table.columns:
        kind = types.get(column.kind, pa.string())
        if column.name not in frame.columns:
            if column.required:
                raise DatasetError(f"column {column.name!r} is missing", where=table.name, remedy="add it")
            arrays.append(pa.nulls(len(frame), kind))
            continue
        series = frame[column.name]
        try:
            values = series.astype(object).where(series.notna(), None)
            arrays.append(pa.array(values.tolist(), kind))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise DatasetError(
                f"wrong type: {error}", where=f"{table.name}.{column.name}", remedy=f"expected {kind}"
            ) from error
    return pa.Table.from_arrays(arrays, names=declared)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_version(root: Path, manifest: Manifest, frames: dict[str, pd.DataFrame]) -> Manifest:
    """Write one version and make it current; return the manifest as written, with hashes and row counts.

    Args:
        root: folder that holds the datasets.
        manifest: identity of the version; its `files` are filled in here.
        frames: table name -> frame; tables declared optional may be absent.
    """
    base = root / manifest.dataset
    (base / "versions").mkdir(parents=True, exist_ok=True)
    final = base / "versions" / manifest.version
    if final.exists():
        raise DatasetError(
            "this version exists already", where=str(final.name), remedy="versions are never overwritten: use a new id"
        )
    scratch = Path(tempfile.mkdtemp(prefix=".writing-", dir=base / "versions"))
    try:
        files: dict[str, dict[str, str | int]] = {}
        for name, table in TABLES.items():
            if name not in frames:
                if table.optional:
                    continue
                raise DatasetError(
                    f"table {name!r} is missing",
                    where=manifest.dataset,
                    remedy="every table that is not optional must be there",
                )
            path = scratch / f"{name}.parquet"
            pq.write_table(
                as_arrow(frames[name], table), path, compression="zstd", compression_level=15, row_group_size=20_000
            )
            _sync(path)
            files[name] = {"sha256": sha256(path), "rows": len(frames[name])}
        written = Manifest(**{**asdict(manifest), "files": files})
        record = scratch / MANIFEST
        record.write_text(json.dumps(asdict(written), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _sync(record)
        os.chmod(scratch, 0o755)
        os.replace(scratch, final)
        _sync(final.parent)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    point_at(base, manifest.version)
    return written


def point_at(base: Path, version: str) -> None:
    """Move the `CURRENT` pointer in one step."""
    pointer = base / f".{POINTER}.new"
    pointer.write_text(version + "\n", encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, base / POINTER)
    _sync(base)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def current_version(base: Path) -> str:
    """Return the id `CURRENT` points at.

    Raises:
        DatasetError: there is no dataset in `base`.
    """
    pointer = base / POINTER
    if not pointer.is_file():
        raise DatasetError(
            "no current version", where=str(base.name), remedy="build it with `make data`, or set COCKPIT_DATASET"
        )
    return pointer.read_text(encoding="utf-8").strip()


def read_manifest(base: Path, version: str) -> Manifest:
    path = base / "versions" / version / MANIFEST
    if not path.is_file():
        raise DatasetError(
            f"version {version!r} has no manifest",
            where=base.name,
            remedy="restore the folder or choose another version",
        )
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (json.JSONDecodeError, TypeError) as error:
        raise DatasetError(
            f"manifest is damaged: {error}", where=f"{base.name}/{version}", remedy="restore it from a backup"
        ) from error


def read_table(base: Path, manifest: Manifest, name: str) -> pa.Table:
    """Read one table after checking its hash against the manifest.

    Raises:
        DatasetError: the file is missing or differs from what was published.
    """
    path = base / "versions" / manifest.version / f"{name}.parquet"
    where = f"{manifest.dataset}/{manifest.version}/{name}.parquet"
    if not path.is_file():
        raise DatasetError("file is missing", where=where, remedy="restore the version from a backup")
    if sha256(path) != manifest.files[name]["sha256"]:
        raise DatasetError(
            "file differs from its manifest", where=where, remedy="it was changed after publishing: restore it"
        )
    # Not `pq.read_table`: it brings in the datasets machinery, tens of megabytes for reading one small file.
    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)
