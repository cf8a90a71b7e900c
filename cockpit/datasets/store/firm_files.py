"""Writes the firm table of a version and the cubes beside it, at any number of firms.

May import the ground floor, `policy`, `schema`, `engines`. The rows are sorted by DuckDB within its memory limit and
streamed into the file: by period, chain, node and revenue, so that a node's firms lie together, the largest first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cockpit.datasets.schema import TABLES, Table
from cockpit.datasets.store import engines
from cockpit.datasets.store.columns import arrow_type, sql_type
from cockpit.errors import DatasetError, suggest
from cockpit.policy.register import load as load_register

FIRMS: Final = "firms"
CUBES: Final = "firm_cubes"
# Row groups: larger ones cost a click more to read, smaller ones a larger footer. A group that has its least rows ends
# where a node ends, so that the first page of a large node stands at the head of a group.
ROW_GROUP: Final = 20_480
LEAST_ROWS: Final = 4_096
PAGE_BYTES: Final = 65_536
_ORDER: Final = "period, chain_id nulls last, node_id nulls last, revenue_yuan desc nulls last, firm_id"


def write_firms(source: pa.Table | Path, folder: Path, towns: Sequence[str]) -> dict[str, int]:
    """Write `firms.parquet`, sorted, and `firm_cubes.parquet` into a folder; return rows by table.

    Args:
        source: the firm table, or a Parquet file of it, which is never loaded whole.
        towns: codes of the version's towns.

    Raises:
        DatasetError: columns that are not declared or missing, a figure that is not a number, a firm on a node the
            register does not know or in a town the version does not hold.
    """
    path = folder / f"{FIRMS}.parquet"
    with tempfile.TemporaryDirectory() as spill, engines.connect(spill=spill) as connection:
        rows = connection.read_parquet(str(source)) if isinstance(source, Path) else connection.from_arrow(source)
        count = _write_sorted(connection, rows, path)
    cubes = engines.build_cubes([path])
    _check_places(cubes, towns)
    pq.write_table(cubes, folder / f"{CUBES}.parquet", compression="zstd", compression_level=15)
    return {FIRMS: count, CUBES: cubes.num_rows}


def _write_sorted(connection: Any, rows: Any, path: Path) -> int:
    import duckdb

    table = TABLES[FIRMS]
    connection.register("given_firms", rows)
    selected = ", ".join(_column(table, name, set(rows.columns)) for name in _names(table, rows.columns))
    schema = pa.schema([(column.name, arrow_type(column)) for column in table.columns])
    # A dictionary of words that stand once each would be read whole for a single row of them.
    repeated = [column.name for column in table.columns if column.kind in ("category", "period")]
    count = 0
    try:
        reader = connection.sql(f"select {selected} from given_firms order by {_ORDER}").to_arrow_reader(ROW_GROUP)
        with pq.ParquetWriter(
            path, schema, compression="zstd", use_dictionary=repeated, data_page_size=PAGE_BYTES
        ) as writer:
            for group in _groups(_checked(reader, table)):
                count += group.num_rows
                writer.write_table(group.cast(schema), row_group_size=ROW_GROUP)
    except duckdb.Error as error:
        raise DatasetError(
            f"not readable: {str(error).splitlines()[0]}", where=FIRMS, remedy="mend the value or its type"
        ) from error
    return count


def _checked(batches: Iterable[pa.RecordBatch], table: Table) -> Iterator[pa.RecordBatch]:
    required = [column.name for column in table.columns if column.required]
    for batch in batches:
        for name in required:
            if batch.column(name).null_count:
                raise DatasetError("a value is missing", where=f"{FIRMS}.{name}", remedy="it is required")
        yield batch


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Row groups of sorted firms: full ones, and shorter ones that end with a node."""
    held: list[pa.RecordBatch] = []
    rows, run = 0, None
    for batch in batches:
        for part in _runs(batch):
            begun = tuple(part.column(name)[0].as_py() for name in ("period", "node_id"))
            if run is not None and begun != run and rows >= LEAST_ROWS:
                yield pa.Table.from_batches(held)
                held, rows = [], 0
            run, place = begun, 0
            while place < part.num_rows:
                taken = part.slice(place, ROW_GROUP - rows)
                held.append(taken)
                rows += taken.num_rows
                place += taken.num_rows
                if rows == ROW_GROUP:
                    yield pa.Table.from_batches(held)
                    held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)


def _runs(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Parts of a batch of one period and node each."""
    ends = {batch.num_rows}
    for name in ("period", "node_id"):
        words = batch.column(name).fill_null("").dictionary_encode().indices.to_numpy()
        ends |= {int(place) + 1 for place in np.flatnonzero(np.diff(words))}
    start = 0
    for end in sorted(ends - {0}):
        yield batch.slice(start, end - start)
        start = end


def _names(table: Table, given: list[str]) -> list[str]:
    declared = [column.name for column in table.columns]
    for name in given:
        if name not in declared:
            raise DatasetError(f"unknown column {name!r}", where=table.name, remedy=suggest(name, declared))
    for column in table.columns:
        if column.required and column.name not in given:
            raise DatasetError(f"column {column.name!r} is missing", where=table.name, remedy="add it")
    return declared


def _column(table: Table, name: str, given: set[str]) -> str:
    kind = sql_type(table.column(name))
    if name not in given:
        return f"null::{kind} as {name}"
    if kind == "double":  # not a number is a missing figure; infinity is a fault
        return (
            f"case when isinf({name}::double) then error('{name} is infinite') "
            f"when isnan({name}::double) then null else {name}::double end as {name}"
        )
    if name in ("chain_id", "node_id"):
        return f"nullif({name}::varchar, '') as {name}"
    return f"{name}::{kind} as {name}"


def _check_places(cubes: pa.Table, towns: Sequence[str]) -> None:
    """Every firm stands on a node of the register or outside chains, and in a town of the version."""
    chains = load_register().chains
    known = {("", "")} | {(chain.id, node) for chain in chains.values() for node in chain.node_ids}
    pairs = zip(cubes.column("chain_id").to_pylist(), cubes.column("node_id").to_pylist(), strict=True)
    for chain, node in sorted(set(pairs) - known):
        if chain and chain not in chains:
            raise DatasetError(f"unknown chain {chain!r}", where=f"{FIRMS}.chain_id", remedy=suggest(chain, chains))
        nodes = chains[chain].node_ids if chain else [node for item in chains.values() for node in item.node_ids]
        raise DatasetError(
            f"{node!r} is no node of {chain!r}" if chain else f"node {node!r} without its chain",
            where=f"{FIRMS}.node_id",
            remedy=suggest(node, nodes),
        )
    strange = sorted(set(cubes.column("town_code").to_pylist()) - set(towns))
    if strange:
        where = f"{FIRMS}.town_code"
        raise DatasetError(f"unknown town {strange[0]!r}", where=where, remedy=suggest(strange[0], towns))
