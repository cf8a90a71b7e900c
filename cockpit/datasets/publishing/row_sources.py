"""From a row of any table back to the delivery that brought it, through the versions a dataset was made from.

May import the ground floor, `schema`, `versions`, `loading`, `submissions`, `provenance`. Figures of returns have their
cell in the version itself; every other row is looked up in the accepted files of the deliveries, the newest first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cockpit.datasets.findings import WHERE
from cockpit.datasets.publishing.provenance import Cell
from cockpit.datasets.publishing.submissions import Submission, accepted_path, open_submission
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.loading import Dataset, home_of
from cockpit.datasets.store.versions import read_manifest
from cockpit.errors import DatasetError

FIRMS: Final = "firms"
_DEEPEST: Final = 500  # versions looked through; older deliveries count as shipped with the version


@lru_cache(maxsize=4)
def deliveries(dataset: Dataset) -> tuple[Submission, ...]:
    """The submissions a version was made from, the newest first; what cannot be read any more is left out."""
    found: list[Submission] = []
    version: str | None = dataset.manifest.version
    manifest = dataset.manifest
    for _ in range(_DEEPEST):
        if version is None:
            break
        try:
            manifest = read_manifest(home_of(dataset.name, version), version)
            if manifest.submission:
                found.append(open_submission(dataset.name, manifest.submission))
        except DatasetError:
            pass
        if manifest.parent == version:
            break
        version = manifest.parent
    return tuple(found)


@lru_cache(maxsize=16)
def _cells(dataset: str, submission: str, table: str) -> Mapping[tuple[str, ...], Cell]:
    delivery = open_submission(dataset, submission)
    rows = _rows(delivery, table, (*TABLES[table].key, *WHERE))
    columns = [[str(value) for value in rows.column(name).to_pylist()] for name in rows.column_names]
    width = len(TABLES[table].key)
    return {values[:width]: _cell(delivery, *values[width:]) for values in zip(*columns, strict=True)}


def _rows(delivery: Submission, table: str, columns: tuple[str, ...]) -> pa.Table:
    with pq.ParquetFile(accepted_path(delivery, table)) as file:
        return file.read(list(columns), use_threads=False)


def _cell(delivery: Submission, file: str, sheet: str, cell: str) -> Cell:
    return Cell(delivery.id, file, sheet, cell, delivery.submitted_by, delivery.submitted_at)


def cell_of_row(dataset: Dataset, table: str, key: tuple[str, ...]) -> Cell | None:
    """Where a row was written, by the values of its table's key; None when it came with the version.

    Raises:
        DatasetError: the accepted values of a delivery are missing or changed.
    """
    for delivery in deliveries(dataset):
        if table in delivery.tables and (cell := _cells(dataset.name, delivery.id, table).get(key)):
            return cell
    return None


@dataclass(frozen=True)
class FirmDelivery:
    """Firms of a question that one delivery brought; `cell` is the row of the first of them."""

    cell: Cell
    firms: int


def firm_deliveries(dataset: Dataset, period: str, node: str, towns: tuple[str, ...]) -> tuple[FirmDelivery, ...]:
    """Which deliveries brought the firms of a node (its full id) in these towns; a firm counts with its newest one."""
    seen: set[str] = set()
    found = []
    for delivery in deliveries(dataset):
        if FIRMS not in delivery.tables:
            continue
        rows = _rows(delivery, FIRMS, ("firm_id", "period", "node_id", "town_code", *WHERE))
        keep = pc.and_(pc.equal(rows["period"], period), pc.equal(rows["node_id"], node))
        rows = rows.filter(pc.and_(keep, pc.is_in(rows["town_code"], pa.array(list(towns), pa.string()))))
        new = [at for at, firm in enumerate(rows["firm_id"].to_pylist()) if firm not in seen]
        if new:
            first = rows.slice(new[0], 1).to_pylist()[0]
            found.append(FirmDelivery(_cell(delivery, *(str(first[name]) for name in WHERE)), len(new)))
            seen.update(rows["firm_id"].to_pylist())
    return tuple(found)
