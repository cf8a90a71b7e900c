"""Write a firm table of any size for tests and benchmarks: simulated, the same bytes on every run.

    python tools/make_firms.py --rows 10000000 --out firms.parquet [--shuffled] [--period 2024 --period 2025]

Every row follows from its place in the sorted table by arithmetic, so a table is written chunk by chunk, sorted or
shuffled, and holds the same firms either way. Firms stand on the register's nodes and in the towns of the demonstration
data. Some give no revenue, tax, staff, tag or carrier.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a script rather than with -m
    sys.path.insert(0, str(ROOT))

from cockpit.datasets.firm_figures import CARRIERS, FLAGS  # noqa: E402
from cockpit.datasets.schema import TABLES  # noqa: E402
from cockpit.datasets.store.columns import arrow_type  # noqa: E402
from cockpit.datasets.store.firm_files import ROW_GROUP  # noqa: E402
from cockpit.datasets.store.loading import load  # noqa: E402
from cockpit.policy.register import load as load_register  # noqa: E402

SCHEMA: Final = pa.schema([(column.name, arrow_type(column)) for column in TABLES["firms"].columns])
CHUNK: Final = 5 * ROW_GROUP
OUTSIDE: Final = 0.3  # share of firms outside chains
TOWNS_PER_NODE: Final = 12
SMALLEST: Final = 300_000.0  # yuan of revenue; the others follow a Pareto law
TAIL: Final = 0.8
# Shares of firms that are tagged, in the order of FLAGS, and of figures not given.
TAGGED: Final = (0.2, 0.02, 0.002, 0.01, 0.02, 0.05)
NO_REVENUE: Final = 0.02
NOT_GIVEN: Final = 0.03

Whole = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Made:
    """What a table holds: firms by (period, node), "" for those outside chains, and the sum of the revenues given."""

    firms: dict[tuple[str, str], int]
    revenue_yuan: int

    @property
    def rows(self) -> int:
        return sum(self.firms.values())


@dataclass(frozen=True)
class _Plan:
    """Cells in sorted order: `starts[i]` is the first row of cell i, `starts[-1]` the number of rows."""

    cells: tuple[tuple[str, str, str], ...]
    starts: npt.NDArray[np.int64]
    towns: tuple[str, ...]


def make_firms(out: Path, rows: int, periods: Sequence[str] = ("2025",), shuffled: bool = False) -> Made:
    """Write the table; never more than one chunk of rows is held.

    Args:
        out: the Parquet file to write.
        rows: how many firms, all periods together.
        shuffled: rows in no order at all, else as a version holds them.
    """
    plan = _plan(rows, sorted(periods))
    counts = np.diff(plan.starts).tolist()
    total = 0
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        for places in _places(rows, shuffled):
            table = _rows(plan, places)
            total += int(pc.sum(table.column("revenue_yuan").cast(pa.int64())).as_py() or 0)
            writer.write_table(table, row_group_size=ROW_GROUP)
    firms = {(period, node): count for (period, _, node), count in zip(plan.cells, counts, strict=True)}
    return Made(firms, total)


def _plan(rows: int, periods: Sequence[str]) -> _Plan:
    nodes = sorted((chain.id, node) for chain in load_register().chains.values() for node in chain.node_ids)
    weights = [(1 - OUTSIDE) * (1 + number % 5) for number in range(len(nodes))]
    weights.append(OUTSIDE / (1 - OUTSIDE) * sum(weights))
    share = np.cumsum(np.tile(weights, len(periods)))
    starts = np.concatenate([[0], np.floor(share / share[-1] * rows + 1e-9)]).astype(np.int64)
    starts[-1] = rows
    cells = tuple((period, *cell) for period in periods for cell in (*nodes, ("", "")))
    return _Plan(cells, starts, tuple(load("demo").towns["town_code"]))


def _places(rows: int, shuffled: bool) -> Iterator[npt.NDArray[np.int64]]:
    """Places in the sorted table, chunk by chunk; shuffled by a step that has no divisor in common with `rows`."""
    step = 1
    if shuffled and rows > 2:
        step = round(rows * 0.618)
        while math.gcd(step, rows) > 1:
            step += 1
    for start in range(0, rows, CHUNK):
        yield np.arange(start, min(start + CHUNK, rows), dtype=np.int64) * step % max(rows, 1)


def _draw(places: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.float64]:
    """Evenly spread figures in [0, 1), one for each place and `number`: the finish of splitmix64."""
    with np.errstate(over="ignore"):
        bits: Whole = (places.astype(np.uint64) * np.uint64(64) + np.uint64(number)) * np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(((bits ^ (bits >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53, dtype=np.float64)


def _rows(plan: _Plan, places: npt.NDArray[np.int64]) -> pa.Table:
    cell = np.searchsorted(plan.starts, places, side="right") - 1
    size = np.diff(plan.starts)[cell]
    rank = places - plan.starts[cell]
    # Largest first within a cell, and those that give none at its end: the order a version keeps.
    giving = np.maximum(np.ceil(size * (1 - NO_REVENUE)), 1)
    revenue = np.round(SMALLEST * (np.minimum(rank + 1, giving) / giving) ** -TAIL)
    tax = np.round(revenue * (0.03 + 0.06 * _draw(places, 1)))
    staff = np.round(1 + (revenue / SMALLEST) ** 0.7 * (1 + 4 * _draw(places, 2)))
    in_chain = np.array([node != "" for _, _, node in plan.cells])[cell]
    width = np.where(in_chain, min(TOWNS_PER_NODE, len(plan.towns)), len(plan.towns))
    town = (cell * 7 + (_draw(places, 3) ** 2 * width).astype(np.int64)) % len(plan.towns)
    carrier = (_draw(places, 4) * 4 * (len(CARRIERS) + 1)).astype(np.int64)
    number = pc.utf8_lpad(pa.array(places + 1).cast(pa.string()), 9, "0")
    columns: dict[str, Any] = {
        "firm_id": pc.binary_join_element_wise("M", number, ""),
        "period": _words(cell, plan.cells, 0),
        "name_zh": pc.binary_join_element_wise("演示企业", number, ""),
        "town_code": pa.array(plan.towns).take(pa.array(town)),
        "chain_id": _words(cell, plan.cells, 1),
        "node_id": _words(cell, plan.cells, 2),
        "carrier": pa.array([*CARRIERS, None, ""]).take(pa.array(np.minimum(carrier, len(CARRIERS) + 1))),
        "revenue_yuan": pa.array(revenue, mask=rank >= giving),
        "tax_yuan": pa.array(tax, mask=_draw(places, 5) < NOT_GIVEN),
        "staff_count": pa.array(staff, mask=_draw(places, 6) < NOT_GIVEN),
        "provenance": pa.array(["simulated"]).take(pa.array(np.zeros(len(places), dtype=np.int64))),
    }
    for position, (flag, share) in enumerate(zip(FLAGS, TAGGED, strict=True)):
        drawn = _draw(places, 10 + position)
        columns[flag] = pa.array(drawn < share, mask=drawn > 1 - NOT_GIVEN)
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _words(cell: npt.NDArray[np.int64], cells: Sequence[tuple[str, str, str]], column: int) -> Any:
    """One word of each row's cell; "" (outside chains) is not given."""
    return pa.array([words[column] or None for words in cells]).take(pa.array(cell))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a simulated firm table of any size.")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--period", action="append", help="repeat for several (2025)")
    parser.add_argument("--shuffled", action="store_true", help="rows in no order, as a source would send them")
    asked = parser.parse_args()
    made = make_firms(asked.out, asked.rows, asked.period or ["2025"], asked.shuffled)
    print(f"{made.rows} firms, revenue {made.revenue_yuan} yuan, {asked.out.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
