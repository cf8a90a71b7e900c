"""Firms behind the cubes: pages, counts and streams of the firm table, read where it lies.

May import the ground floor, `schema`, `loading`, `engines`. The file is sorted (see `firm_files`), so the cubes tell at
which row a node's firms begin: its first page is one row group read, however many firms there are. Everything else is
asked of DuckDB, which reads the row groups and columns it needs; the table is never loaded.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cockpit.datasets import firm_figures
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store import engines
from cockpit.datasets.store.columns import fitted, sql_type
from cockpit.datasets.store.firm_files import CUBES, FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.errors import DatasetError, suggest

COLUMNS: Final = tuple(column.name for column in TABLES[FIRMS].columns)
SORTABLE: Final = ("revenue_yuan", "tax_yuan", "staff_count", "name_zh", "town_code", "node_id")
TAGS: Final = firm_figures.FLAGS
CARRIERS: Final = firm_figures.CARRIERS
LONGEST_SEARCH: Final = 60
_MEMORY: Final = "512MB"
_BATCH: Final = 20_480
_SLICE: Final = 8_192

_connection: Any = None
_lock = threading.Lock()


@dataclass(frozen=True)
class FirmQuery:
    """Which firms, in which order. Hashable: half of a cache key.

    Empty tuples and "" mean all, except `towns`: None means all, no towns no firms. Firms carry all of `tags` and stand
    in any of `carriers`. `nodes` are full ids (`chain.node`). Firms equal in `sort` keep the order of the file.
    """

    period: str
    chains: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    towns: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    search: str = ""
    sort: str = "revenue_yuan"
    descending: bool = True

    def __post_init__(self) -> None:
        asked = ((self.sort, SORTABLE), *((x, TAGS) for x in self.tags), *((x, CARRIERS) for x in self.carriers))
        for name, known in asked:
            if name not in known:
                raise DatasetError(f"unknown word {name!r}", where=FIRMS, remedy=suggest(name, known))

    @property
    def is_run(self) -> bool:
        """Whether its firms lie in the file one after another, in the order asked for."""
        narrowed = self.towns is not None or self.tags or self.carriers or self.search
        return len(self.nodes) == 1 and not narrowed and self.sort == "revenue_yuan" and self.descending


def has_firms(dataset: Dataset) -> bool:
    """Whether the version holds a firm table at all; without one every query finds nothing."""
    return FIRMS in dataset.manifest.files


def page_of(dataset: Dataset, query: FirmQuery, offset: int, limit: int) -> pd.DataFrame:
    """Rows `offset` to `offset + limit` of the query; columns as declared for `firms`, index 0..n-1."""
    if not has_firms(dataset):
        return dataset.table(FIRMS)
    path = dataset.path_of(FIRMS)
    if query.is_run:
        start, count = _run(dataset, query)
        last = start + min(count, offset + limit)
        page = _opened(path).rows(start + offset, last)
    else:
        sql, values = _statement(query, path)
        with _cursor() as cursor:
            page = cursor.sql(f"{sql} limit ? offset ?", params=[*values, limit, offset]).to_arrow_table()
    frame: pd.DataFrame = page.to_pandas()
    return frame


def count_of(dataset: Dataset, query: FirmQuery) -> int:
    """How many firms the query finds; from the cubes where they can tell."""
    if not has_firms(dataset):
        return 0
    if query.is_run:
        return _run(dataset, query)[1]
    if query.search or len(query.tags) > 1 or (query.tags and query.carriers):
        sql, values = _statement(query, dataset.path_of(FIRMS), counting=True)
        with _cursor() as cursor:
            row = cursor.execute(sql, values).fetchone()
        return int(row[0])
    cubes = dataset.table(CUBES)
    keep = cubes["period"] == query.period
    for column, wanted in (("chain_id", query.chains or None), ("node_id", query.nodes or None), _towns(query)):
        if wanted is not None:
            keep &= cubes[column].isin(wanted)
    tags = [f"{tag.removeprefix('is_')}_count" for tag in query.tags] or [f"{kind}_count" for kind in query.carriers]
    return int(cubes.loc[keep, list(dict.fromkeys(tags)) or ["firm_count"]].to_numpy().sum())


def stream_of(dataset: Dataset, query: FirmQuery) -> Iterator[pa.RecordBatch]:
    """All firms of the query in batches; never more than one batch is held beside what sorting spills to disk."""
    if not has_firms(dataset):
        return
    sql, values = _statement(query, dataset.path_of(FIRMS))
    with _cursor() as cursor:
        yield from cursor.sql(sql, params=values).to_arrow_reader(_BATCH)


def _towns(query: FirmQuery) -> tuple[str, tuple[str, ...] | None]:
    return "town_code", query.towns


def _statement(query: FirmQuery, path: Path, counting: bool = False) -> tuple[str, list[Any]]:
    """SQL with placeholders and what fills them: words of a reader are values, never text of the statement."""
    parts, values = ["period = ?"], [str(path), query.period]
    for column, wanted in (("chain_id", query.chains or None), ("node_id", query.nodes or None), _towns(query)):
        if wanted is not None:
            parts.append(f"{column} in ({', '.join('?' * len(wanted))})" if wanted else "false")
            values += wanted
    parts += query.tags
    if query.carriers:
        parts.append(f"carrier in ({', '.join('?' * len(query.carriers))})")
        values += query.carriers
    if query.search:
        condition, text = _search(query.search)
        parts.append(condition)
        values += [text] * condition.count("?")
    what = "count(*)" if counting else ", ".join(COLUMNS)
    # The place in the file settles ties: an id would have to be read for every firm.
    order = f" order by {query.sort} {'desc' if query.descending else 'asc'} nulls last, file_row_number"
    return f"select {what} from {_source(path)} where {' and '.join(parts)}{'' if counting else order}", values


@lru_cache(maxsize=4)
def _source(path: Path) -> str:
    """The file as a relation with every declared column; those of a later schema are missing values in it."""
    source = "read_parquet(?, file_row_number = true)"
    there = set(_opened(path).columns)
    later = [column for column in TABLES[FIRMS].columns if column.name not in there]
    filled = ", ".join(f"null::{sql_type(column)} as {column.name}" for column in later)
    return f"(select *, {filled} from {source})" if later else source


def _search(words: str) -> tuple[str, str]:
    """Condition and text of a search in names and ids; what costs time over millions of firms is left out."""
    text = words[:LONGEST_SEARCH].lower()
    columns = ["name_zh", "firm_id"] if text.isascii() else ["name_zh"]  # ids are plain letters and digits
    has_case = text != text.upper()
    found = " or ".join(f"contains({f'lower({column})' if has_case else column}, ?)" for column in columns)
    return f"({found})", text


def _cursor() -> Any:
    """A cursor of the process's one connection; cursors serve several threads side by side."""
    global _connection
    with _lock:
        if _connection is None:
            _connection = engines.connect(_MEMORY)
            # The footer of a large table takes longer to read than a page of it.
            _connection.execute("set parquet_metadata_cache = true")
        return _connection.cursor()


def _run(dataset: Dataset, query: FirmQuery) -> tuple[int, int]:
    """First row and number of rows of a query's only node; none when the node is of another chain than asked for."""
    node = query.nodes[0]
    if query.chains and not node.startswith(tuple(f"{chain}." for chain in query.chains)):
        return 0, 0
    return _runs(dataset).get((query.period, node), (0, 0))


@lru_cache(maxsize=4)
def _runs(dataset: Dataset) -> Mapping[tuple[str, str], tuple[int, int]]:
    """First row and number of rows of each (period, node) in the file."""
    cubes = dataset.table(CUBES)
    counts: dict[tuple[str, str, str], int] = {}
    for *cell, count in zip(*(cubes[name] for name in ("period", "chain_id", "node_id", "firm_count")), strict=True):
        period, chain, node = map(str, cell)
        counts[period, chain, node] = counts.get((period, chain, node), 0) + int(count)
    # Firms outside chains stand last in their period.
    rows = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] == "", *item[0][1:]))
    runs: dict[tuple[str, str], tuple[int, int]] = {}
    start = 0
    for (period, _, node), count in rows:
        runs[period, node] = (start, count)
        start += count
    return runs


class _File:
    """One Parquet file kept open: its footer is read once. One reader at a time."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(path)
        self._lock = threading.Lock()
        self.columns = tuple(self._file.schema_arrow.names)
        self._where = "/".join(path.parts[-4:])
        footer = self._file.metadata
        self._starts = [0]
        for group in range(footer.num_row_groups):
            self._starts.append(self._starts[-1] + footer.row_group(group).num_rows)

    def rows(self, first: int, last: int) -> pa.Table:
        """Rows from `first` up to, not including, `last`."""
        last = min(last, self._starts[-1])
        if last <= first:
            return fitted(self._file.schema_arrow.empty_table(), TABLES[FIRMS], self._where)
        groups = range(bisect_right(self._starts, first) - 1, bisect_left(self._starts, last))
        place, found = self._starts[groups[0]], []
        size = min(last - place, _SLICE)  # no more is decoded than the rows up to the last one asked for
        with self._lock:
            for batch in self._file.iter_batches(size, row_groups=list(groups), use_threads=False):
                end = place + batch.num_rows
                if end > first:
                    found.append(batch.slice(max(first - place, 0), min(last, end) - max(first, place)))
                place = end
                if place >= last:
                    break
        return fitted(pa.Table.from_batches(found), TABLES[FIRMS], self._where)


@lru_cache(maxsize=4)
def _opened(path: Path) -> _File:
    return _File(path)
