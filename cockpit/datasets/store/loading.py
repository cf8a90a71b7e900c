"""Loads dataset versions; every page, route and test gets its frames here, one copy per process and version.

May import the ground floor, `schema` and `versions`. Versions lie in two places: the folder that is written to
(`COCKPIT_DATA_DIR`) and the one shipped with the project, which is only read and holds the first parents.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from cockpit.datasets.schema import TABLES, is_element
from cockpit.datasets.store.columns import empty
from cockpit.datasets.store.versions import (
    POINTER,
    Manifest,
    NewerSchema,
    checked_path,
    current_version,
    is_id,
    number_of,
    read_manifest,
    read_moves,
    read_table,
    version_ids,
)
from cockpit.errors import DatasetError, suggest

_PROJECT: Final = Path(__file__).resolve().parents[3]
SHIPPED: Final = _PROJECT / "data"
WRITTEN: Final = _PROJECT / "var" / "data"
NAMES: Final = ("demo", "public")
DEFAULT: Final = "demo"
# Read where a page needs them: held in every process they would be most of its memory.
_ON_DEMAND: Final = frozenset({"firms", "return_sources"})


@dataclass(frozen=True)
class Refused:
    """The current version that could not be served, and the fault: `where` names the file.

    `is_newer`: nothing is damaged, a newer program wrote it.
    """

    version: str
    what: str
    where: str
    remedy: str
    is_newer: bool = False


@dataclass(frozen=True, eq=False)
class Dataset:
    """One version of one dataset. Frames are shared by all sessions: never write into them."""

    manifest: Manifest
    folder: Path
    frames: Mapping[str, pd.DataFrame]
    # Set when the current version is damaged and this one stands in for it.
    warning: Refused | None = None

    @property
    def name(self) -> str:
        return self.manifest.dataset

    @property
    def key(self) -> str:
        """Identity for caches: dataset and version."""
        return f"{self.manifest.dataset}@{self.manifest.version}"

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; columns as declared in `schema`, empty when the version does not hold it."""
        if name not in TABLES:
            raise DatasetError(f"unknown table {name!r}", where=self.key, remedy=suggest(name, TABLES))
        if name in self.frames:
            return self.frames[name]
        if name in self.manifest.files:
            return _frame(self.folder, self.manifest, name)
        return _to_pandas(empty(TABLES[name]), name)

    def path_of(self, name: str) -> Path:
        """File of a table that is read where it lies; checked against the manifest once per process and version.

        Raises:
            DatasetError: the version does not hold the table, or the file is missing or damaged.
        """
        if name not in self.manifest.files:
            raise DatasetError(f"no table {name!r}", where=self.key, remedy=suggest(name, self.manifest.files))
        return checked_path(self.folder, self.manifest.version, name, str(self.manifest.files[name]["sha256"]))

    @cached_property
    def towns(self) -> pd.DataFrame:
        """Towns in order of their code, with the county's names and mountain flag joined on; index 0..n-1."""
        counties = self.table("counties").set_index("county_adcode")
        towns = self.frames["towns"].sort_values("town_code", ignore_index=True)
        codes = towns["county_adcode"].astype("str")
        towns["county_zh"] = codes.map(counties["name_zh"].astype("str"))
        towns["county_en"] = codes.map(counties["name_en"].astype("str"))
        towns["is_mountain_county"] = codes.map(counties["is_mountain_county"]).fillna(False).astype(bool)
        return towns


def _frame(folder: Path, manifest: Manifest, name: str) -> pd.DataFrame:
    return _to_pandas(read_table(folder, manifest, name), name)


def _to_pandas(table: pa.Table, name: str) -> pd.DataFrame:
    categories = [column.name for column in TABLES[name].columns if column.kind == "category"]
    frame: pd.DataFrame = table.to_pandas(categories=categories)
    return frame


_loaded: dict[str, Dataset] = {}
_refused: dict[str, tuple[object, DatasetError]] = {}
_lock = threading.Lock()
_KEPT: Final = 6
_LONGEST_ID: Final = 80
SPOILT: Final = "damaged"


def data_root() -> Path:
    """Folder new versions are written to: `COCKPIT_DATA_DIR`, else `var/data` under the project."""
    return Path(os.environ.get("COCKPIT_DATA_DIR") or WRITTEN)


def homes(name: str) -> tuple[Path, ...]:
    """Folders that may hold versions of a dataset: the written one before the shipped one."""
    check_name(name)
    return tuple(dict.fromkeys((data_root() / name, SHIPPED / name)))


def home_of(name: str, version: str) -> Path:
    """The folder that holds a version.

    Raises:
        DatasetError: none does.
    """
    for home in homes(name):
        if is_id(version) and (home / "versions" / version).is_dir():
            return home
    raise DatasetError(f"no version {version!r}", where=name, remedy=suggest(version, all_versions(name)))


def all_versions(name: str) -> tuple[str, ...]:
    """Ids of every version that can be asked for, shipped ones included, the oldest first."""
    return tuple(dict.fromkeys(version for home in reversed(homes(name)) for version in version_ids(home)))


def current_marker(name: str) -> str:
    """Id of the version `CURRENT` points at: what a session asks every few seconds, for it reads nothing else.

    It changes exactly when somebody publishes or rolls back. With `Dataset.warning` set another version is served.
    `SPOILT` where it points at none.

    Raises:
        DatasetError: unknown name, or there is no dataset.
    """
    places = homes(name)
    for home in places:
        try:
            with open(f"{home}/{POINTER}", encoding="utf-8", errors="replace") as file:
                version = file.read(_LONGEST_ID + 1).strip()
        except (FileNotFoundError, NotADirectoryError):
            continue
        return version if is_id(version) else SPOILT  # what stands there instead is nobody's business
    return current_version(places[-1])  # says that there is none


def check_name(name: str) -> None:
    if name not in NAMES:
        raise DatasetError(f"unknown dataset {name!r}", where="dataset", remedy=suggest(name, NAMES))


def default_dataset() -> str:
    """Name of the dataset a visitor sees first: `COCKPIT_DATASET`, else the demonstration data."""
    name = os.environ.get("COCKPIT_DATASET") or DEFAULT
    if name not in NAMES:
        raise DatasetError(f"unknown dataset {name!r}", where="COCKPIT_DATASET", remedy=suggest(name, NAMES))
    return name


def load(name: str, version: str | None = None) -> Dataset:
    """Return the current (or the named) version of a dataset, read once and checked against its manifest.

    When the current version is damaged, or was written by a newer program, the last good one is returned, and its
    `warning` says so; the same object as long as nothing changes. A version asked for by name is that version or an
    error.

    Raises:
        DatasetError: unknown name, missing or damaged files.
    """
    check_name(name)
    with _lock:
        if version is not None:
            return _read(name, version)
        wanted = current_marker(name)
        try:
            return _read(name, wanted)
        except DatasetError as fault:
            return _stand_in(name, wanted, fault)


def open_folder(folder: Path, version: str) -> Dataset:
    """A version by the folder it lies in, for a process that was told where; tables read on demand are not hashed here.

    Raises:
        DatasetError: missing or damaged files.
    """
    return _verify(folder, version, is_whole=False)


def _read(name: str, version: str) -> Dataset:
    folder = home_of(name, version)
    key = f"{folder}@{version}"
    if key not in _loaded:
        stamp = _stamp(folder / "versions" / version)
        if key in _refused and _refused[key][0] == stamp:
            raise _refused[key][1]  # not hashed again at every click, until somebody mends it
        try:
            _keep(key, _verify(folder, version))
        except DatasetError as fault:
            _refused[key] = (stamp, fault)
            raise
    return _loaded[key]


def _verify(folder: Path, version: str, *, is_whole: bool = True) -> Dataset:
    manifest = read_manifest(folder, version)
    where = f"{folder.name}/{version}"
    if manifest.version != version or not isinstance(manifest.files, dict):
        raise DatasetError("manifest is not that of this version", where=where, remedy="restore it from a backup")
    frames: dict[str, pd.DataFrame] = {}
    for table, entry in manifest.files.items():
        try:
            if is_element(table) and table not in TABLES:
                continue  # of a kind that is no longer on record; the version keeps it
            if table not in TABLES:
                raise DatasetError(f"unknown table {table!r}", where=where, remedy=suggest(table, TABLES))
            if table in _ON_DEMAND:
                if is_whole:
                    checked_path(folder, version, table, str(entry["sha256"]))
            else:
                frames[table] = _frame(folder, manifest, table)
        except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
            raise DatasetError(
                f"not readable: {error}", where=f"{where}/{table}.parquet", remedy="restore it from a backup"
            ) from error
    if missing := [table.name for table in TABLES.values() if not table.optional and table.name not in frames]:
        raise DatasetError(f"table {missing[0]!r} is missing", where=where, remedy="restore it from a backup")
    return Dataset(manifest, folder, frames)


def _stand_in(name: str, wanted: str, fault: DatasetError) -> Dataset:
    refused = Refused(wanted, fault.what, fault.where, fault.remedy, isinstance(fault, NewerSchema))
    for version in _earlier(name, wanted):
        try:
            good = _read(name, version)
        except DatasetError:
            continue
        key = f"{good.folder}@{version} for {wanted}"
        if key not in _loaded:
            _keep(key, replace(good, warning=refused))
        return _loaded[key]
    raise fault


def _earlier(name: str, wanted: str) -> Iterator[str]:
    """Versions that may stand in for a damaged one, the one current before it first."""
    seen = {wanted}
    # Where another program moved the pointer without a line in the log, the last move's end was current before.
    moves = [move for home in homes(name) for move in reversed(read_moves(home))]
    was_current = [version for move in moves for version in (move.to, move.before)]
    # What has a higher number was never finished, or was left on purpose.
    lower = [version for version in all_versions(name) if number_of(version) < (number_of(wanted) or math.inf)]
    for version in (*was_current, *reversed(lower)):
        if version not in seen:
            seen.add(version)
            yield version


def _stamp(folder: Path) -> object:
    try:
        with os.scandir(folder) as entries:
            return tuple(sorted((entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in entries))
    except OSError:
        return None


def _keep(key: str, dataset: Dataset) -> None:
    _loaded[key] = dataset
    # The oldest go first; sessions that still look at one keep their own reference.
    for old in list(_loaded)[:-_KEPT]:
        del _loaded[old]


def counties_of(name: str) -> dict[str, str]:
    """County (adcode) of every town the current version holds; none of a dataset there is not."""
    try:
        towns = load(name).towns
    except DatasetError:
        return {}
    return dict(zip(towns["town_code"].astype("str"), towns["county_adcode"].astype("str"), strict=True))
