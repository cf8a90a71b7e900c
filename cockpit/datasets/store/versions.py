"""Dataset versions on disk: immutable folders of Parquet files with a manifest; `CURRENT` points at one.

    <root>/<dataset>/CURRENT                      text: the version id
    <root>/<dataset>/versions/<id>/<table>.parquet
    <root>/<dataset>/versions/<id>/manifest.json

Publishing writes a temporary folder, syncs it to disk, renames it, and only then moves the pointer, so a reader
never sees half a version. Imports `schema`, `firm_files`, `disk`, `errors`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cockpit.datasets.schema import SCHEMA, TABLES, Table
from cockpit.datasets.store.columns import arrow_type, fitted
from cockpit.datasets.store.disk import (
    FILE_MODE,
    append_line,
    carry,
    close_to_others,
    make_folder,
    read_lines,
    sync,
    write_whole,
)
from cockpit.datasets.store.firm_files import CUBES, FIRMS, write_firms
from cockpit.errors import DatasetError, suggest

MANIFEST: Final = "manifest.json"
POINTER: Final = "CURRENT"
LOG: Final = "versions.log.jsonl"
SCRATCH: Final = ".writing-"
# What may be an id: it comes from addresses and becomes a folder's name.
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NUMBERED: Final = re.compile(r"v(\d+)")


@dataclass(frozen=True)
class Manifest:
    """What a version holds and where it comes from.

    `files` maps table -> {sha256, rows}. `latest_period` is the newest period with figures, `default_period` the one
    a first visitor sees, `submission` the id of the submission the version was made from, if any. `schema` is the
    number of `schema.SCHEMA` it was written by; manifests older than that number carry none and are of the first.
    `register` is the fingerprint of the register in force when it was published, "" where none was kept.
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
    submission: str | None = None
    schema: int = 1
    register: str = ""

    def rows(self) -> dict[str, int]:
        return {table: int(entry["rows"]) for table, entry in self.files.items()}


class NewerSchema(DatasetError):
    """A version written by a newer program: it may hold what this one does not know how to read."""

    def __init__(self, where: str, schema: int) -> None:
        super().__init__(
            f"written by a newer program: schema {schema}, this one reads up to {SCHEMA}",
            where=where,
            remedy="update the program, or use a version with an older schema",
        )


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
    for column in table.columns:
        kind = arrow_type(column)
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
    with path.open("rb") as file:  # in pieces: a firm table may be larger than memory
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Carried:
    """A table's file taken over from an older version as it is, with its hash and rows."""

    path: Path
    sha256: str
    rows: int


def write_version(
    root: Path,
    manifest: Manifest,
    frames: Mapping[str, pd.DataFrame | Path],
    carried: Mapping[str, Carried] | None = None,
    *,
    is_private: bool = True,
) -> Manifest:
    """Write one version and make it current; return the manifest as written, with hashes and row counts.

    Args:
        root: folder that holds the datasets.
        manifest: identity of the version; its `files` are filled in here.
        frames: table name -> frame; tables declared optional may be absent. Firms may be given as a Parquet file of
            any size; their cubes are built here and never given.
        carried: table name -> file of an older version that is not written again; firms come with their cubes.
        is_private: for this account alone; versions shipped with the project are for all.
    """
    carried = carried or {}
    if CUBES in frames:
        raise DatasetError("cubes are built from the firms", where=CUBES, remedy="leave them out")
    base = root / manifest.dataset
    if is_private:
        make_folder(base / "versions")
    else:
        (base / "versions").mkdir(parents=True, exist_ok=True)
    final = base / "versions" / manifest.version
    if final.exists():
        raise DatasetError(
            "this version exists already", where=str(final.name), remedy="versions are never overwritten: use a new id"
        )
    scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=base / "versions"))
    try:
        files: dict[str, dict[str, str | int]] = {}
        for name, table in TABLES.items():
            given = frames.get(name)
            if given is None:
                if name in files:  # cubes, written with their firms
                    continue
                if name in carried:
                    old = carried[name]
                    carry(old.path, scratch / f"{name}.parquet")
                    files[name] = {"sha256": old.sha256, "rows": old.rows}
                    continue
                if table.optional:
                    continue
                raise DatasetError(
                    f"table {name!r} is missing",
                    where=manifest.dataset,
                    remedy="every table that is not optional must be there",
                )
            if name == FIRMS:
                firms = given if isinstance(given, Path) else as_arrow(given, table)
                counts = write_firms(firms, scratch, _town_codes(scratch))
            elif isinstance(given, Path):
                raise DatasetError("only firms may be a file", where=name, remedy="give the frame")
            else:
                path = scratch / f"{name}.parquet"
                pq.write_table(
                    as_arrow(given, table), path, compression="zstd", compression_level=15, row_group_size=20_000
                )
                counts = {name: len(given)}
            for part, count in counts.items():
                path = scratch / f"{part}.parquet"
                sync(path)
                files[part] = {"sha256": sha256(path), "rows": count}
        written = Manifest(**{**asdict(manifest), "files": files, "schema": SCHEMA})
        record = scratch / MANIFEST
        record.write_text(json.dumps(asdict(written), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        sync(record)
        if is_private:
            close_to_others(scratch)
        else:
            os.chmod(scratch, 0o755)
        sync(scratch)
        os.replace(scratch, final)
        sync(final.parent)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    point_at(base, manifest.version, is_private=is_private)
    return written


def _town_codes(folder: Path) -> list[str]:
    """Codes of a version's towns, which stand before its firms whether written or carried over."""
    with pq.ParquetFile(folder / "towns.parquet") as file:
        return [str(code) for code in file.read(["town_code"], use_threads=False).column(0).to_pylist()]


def point_at(base: Path, version: str, *, is_private: bool = True) -> None:
    """Move the `CURRENT` pointer in one step."""
    write_whole(base / POINTER, version + "\n", FILE_MODE if is_private else 0o644)


def clear_scratch(base: Path) -> None:
    """Remove what killed writers left behind; only for who holds the lock."""
    for folder in (base / "versions").glob(f"{SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)


def version_ids(base: Path) -> tuple[str, ...]:
    """Ids of the versions that stand in a folder, by number, the newest last."""
    folder = base / "versions"
    if not folder.is_dir():
        return ()
    found = [path.name for path in folder.iterdir() if is_id(path.name) and path.is_dir()]
    return tuple(sorted(found, key=lambda name: (number_of(name), name)))


def is_id(text: str) -> bool:
    """Whether a text may name a version or a submission; it becomes a folder's name."""
    return bool(_ID.fullmatch(text))


def number_of(version: str) -> int:
    """Number in a version id, 0 where it has none."""
    match = _NUMBERED.match(version)
    return int(match[1]) if match else 0


@dataclass(frozen=True)
class Move:
    """A line of the versions log: `CURRENT` was moved from `before` to `to`. `action` is publish or roll_back."""

    at: str
    who: str
    action: str
    to: str
    before: str
    note: str
    submission: str | None = None


def read_moves(base: Path) -> tuple[Move, ...]:
    """The versions log of a folder, oldest first."""
    known = {entry.name for entry in fields(Move)}
    lines = [{key: value for key, value in line.items() if key in known} for line in read_lines(base / LOG)]
    return tuple(Move(**line) for line in lines if {"at", "who", "action", "to", "before", "note"} <= line.keys())


def log_move(base: Path, move: Move) -> None:
    """Add a line to the versions log; only for who holds the lock."""
    append_line(base / LOG, asdict(move))


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
    return pointer.read_text(encoding="utf-8", errors="replace").strip()


def read_manifest(base: Path, version: str) -> Manifest:
    """The manifest of one version.

    Raises:
        DatasetError: it is missing or damaged. NewerSchema: a newer program wrote it.
    """
    path = base / "versions" / version / MANIFEST
    if not is_id(version) or not path.is_file():
        raise DatasetError(
            f"version {version!r} has no manifest",
            where=base.name,
            remedy="restore the folder or choose another version",
        )
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        schema = given.get("schema", 1)
        if type(schema) is not int or schema < 1:
            raise ValueError(f"{schema!r} is no schema number")
        if schema > SCHEMA:  # before the fields are looked at: some may be unknown here
            raise NewerSchema(f"{base.name}/{version}", schema)
        return Manifest(**given)
    except (AttributeError, ValueError, TypeError) as error:
        raise DatasetError(
            f"manifest is damaged: {error}",
            where=f"{base.name}/{version}/{MANIFEST}",
            remedy="restore it from a backup",
        ) from error


@lru_cache(maxsize=32)
def checked_path(base: Path, version: str, name: str, digest: str) -> Path:
    """Path of a table's file, its hash checked once per process: a large file costs seconds to read.

    Raises:
        DatasetError: the file is missing or differs from what was published.
    """
    return _check(base, version, name, digest)


def _check(base: Path, version: str, name: str, digest: str) -> Path:
    path = base / "versions" / version / f"{name}.parquet"
    where = f"{base.name}/{version}/{name}.parquet"
    if not path.is_file():
        raise DatasetError("file is missing", where=where, remedy="restore the version from a backup")
    if sha256(path) != digest:
        raise DatasetError(
            "file differs from its manifest", where=where, remedy="it was changed after publishing: restore it"
        )
    return path


def read_table(base: Path, manifest: Manifest, name: str) -> pa.Table:
    """Read one table after checking its hash against the manifest; columns as declared today (`schema.fitted`).

    Raises:
        DatasetError: the file is missing or differs from what was published, or lacks a required column.
    """
    path = _check(base, manifest.version, name, str(manifest.files[name]["sha256"]))
    # Not `pq.read_table`: it brings in the datasets machinery, tens of megabytes for reading one small file.
    with pq.ParquetFile(path) as file:
        return fitted(file.read(use_threads=False), TABLES[name], f"{base.name}/{manifest.version}/{name}.parquet")
