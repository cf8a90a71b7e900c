"""Firm tables of any size: the same bytes every time, the same firms in any order, totals that are known beforehand."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from cockpit.datasets.firm_figures import AMOUNTS
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.engines import build_cubes
from cockpit.policy.register import load as load_register
from tools import make_firms as made_by
from tools.make_firms import make_firms

NODES = [node for chain in load_register().chains.values() for node in chain.node_ids]


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_firms(tmp_path / name, 30_000, shuffled=True)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("rows", [0, 1, 2, 777, 25_000])
def test_totals_are_known(tmp_path: Path, rows: int, shuffled: bool) -> None:
    made = make_firms(tmp_path / "firms.parquet", rows, ("2024", "2025"), shuffled)
    table = pq.read_table(tmp_path / "firms.parquet")
    assert made.rows == table.num_rows == rows
    assert (pc.sum(table["revenue_yuan"]).as_py() or 0) == made.revenue_yuan
    assert pc.count_distinct(table["firm_id"]).as_py() == rows
    counted = table.group_by(["period", "node_id"]).aggregate([("firm_id", "count")]).to_pylist()
    assert {(row["period"], row["node_id"] or ""): row["firm_id_count"] for row in counted} == {
        cell: count for cell, count in made.firms.items() if count
    }


def test_shuffled_or_sorted_the_firms_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_by, "CHUNK", 1_000)  # several chunks
    tables = []
    for shuffled in (False, True):
        make_firms(tmp_path / "firms.parquet", 5_432, shuffled=shuffled)
        tables.append(pq.read_table(tmp_path / "firms.parquet"))
    assert not tables[0].equals(tables[1])
    assert tables[0].sort_by("firm_id").equals(tables[1].sort_by("firm_id"))


def test_every_column_is_of_the_schema_and_some_figures_are_not_given(tmp_path: Path) -> None:
    make_firms(tmp_path / "firms.parquet", 25_000)
    table = pq.read_table(tmp_path / "firms.parquet")
    assert table.column_names == [column.name for column in TABLES["firms"].columns]
    for column in TABLES["firms"].columns:
        assert not (column.required and table[column.name].null_count), column.name
        if column.allowed:
            assert set(table[column.name].to_pylist()) - {None} <= set(column.allowed)
    for name in (*AMOUNTS, "is_listed", "carrier", "node_id"):
        assert 0 < table[name].null_count < 0.5 * table.num_rows, name
    assert set(table["node_id"].to_pylist()) == {None, *NODES}


def test_the_cubes_hold_the_totals(tmp_path: Path) -> None:
    made = make_firms(tmp_path / "firms.parquet", 25_000)
    cubes = build_cubes([tmp_path / "firms.parquet"])
    assert pc.sum(cubes["firm_count"]).as_py() == 25_000
    assert pc.sum(cubes["revenue_yuan"]).as_py() == made.revenue_yuan
