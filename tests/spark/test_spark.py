"""Cubes on a real Spark cluster of two workers on this machine: the same as DuckDB's to the last yuan.

Run by `make test-spark`; the normal run leaves these out.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from cockpit.datasets.store import engines
from cockpit.datasets.store.loading import load
from cockpit.errors import DatasetError
from tools.make_firms import make_firms

pytestmark = pytest.mark.spark
CLUSTER = "local-cluster[2,1,1024]"  # two workers, one core and 1 GiB each


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """One session for all tests: the engine finds it running and leaves it so."""
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_SPARK_MASTER", CLUSTER)
        session = engines.spark_session(SparkSession.builder)
        yield session
        session.stop()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    path = tmp_path_factory.mktemp("many") / "firms.parquet"
    return path, make_firms(path, 200_000, ("2024", "2025"), shuffled=True).revenue_yuan


def test_the_session_is_a_cluster_of_two_workers(cluster: Any) -> None:
    java = cluster.sparkContext._jsc.sc()
    until = time.monotonic() + 60
    while java.getExecutorMemoryStatus().size() < 3 and time.monotonic() < until:  # the driver and two executors
        time.sleep(0.2)
    assert cluster.sparkContext.master == CLUSTER
    assert java.getExecutorMemoryStatus().size() == 3


def test_both_workers_take_part(cluster: Any) -> None:
    def worker(_: Iterator[int]) -> Iterator[tuple[str, int]]:
        time.sleep(0.5)  # long enough that one worker does not take every part
        yield os.environ.get("SPARK_EXECUTOR_DIRS", ""), os.getpid()

    parts = cluster.sparkContext.parallelize(range(8), 8).mapPartitions(worker).collect()
    assert len({folder for folder, _ in parts}) == 2


def test_nothing_listens_beyond_the_loopback(cluster: Any) -> None:
    """Every listening socket of the driver's Java and of the workers it started."""
    mine = _family(cluster.sparkContext._gateway.proc.pid)
    assert len(mine) >= 3  # the driver and two executors
    sockets = {inode for pid in mine for inode in _sockets(pid)}
    listening = []
    for table, loopback in (("tcp", "0100007F"), ("tcp6", "00000000000000000000000001000000")):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == "0A" and rest[5] in sockets:
                address = local.split(":")[0]
                listening.append(address)
                assert address in (loopback, "0000000000000000FFFF00000100007F"), line
    assert listening


def test_the_demos_cubes_are_the_same(cluster: Any) -> None:
    path = load("demo").path_of("firms")
    by_spark = engines.build_cubes([path], "spark")
    assert by_spark.equals(engines.build_cubes([path], "duckdb"))
    assert by_spark.num_rows == load("demo").manifest.rows()["firm_cubes"]


def test_large_cubes_with_missing_figures_are_the_same(cluster: Any, many: tuple[Path, int]) -> None:
    path, revenue = many
    assert pq.read_table(path, columns=["revenue_yuan"])["revenue_yuan"].null_count > 0
    by_spark = engines.build_cubes([path], "spark")
    assert by_spark.equals(engines.build_cubes([path], "duckdb"))
    assert pc.sum(by_spark["revenue_yuan"]).as_py() == revenue
    assert pc.sum(by_spark["firm_count"]).as_py() == 200_000


def test_what_is_missing_or_odd_is_treated_alike(cluster: Any, tmp_path: Path) -> None:
    """Groups that give nothing, fractions on the half, amounts beyond what a float keeps apart."""
    schema = pq.read_schema(load("demo").path_of("firms"))
    rows = [
        {"town_code": "A", "revenue_yuan": None, "carrier": None},
        {"town_code": "B", "revenue_yuan": 0.5, "tax_yuan": 1.5, "carrier": ""},
        {"town_code": "B", "revenue_yuan": 2.5, "tax_yuan": None, "is_listed": True, "carrier": "park"},
        {"town_code": "C", "revenue_yuan": 9e15, "chain_id": "hosiery", "node_id": "hosiery.yarn"},
        {"town_code": "C", "revenue_yuan": 9e15 - 1, "chain_id": "hosiery", "node_id": "hosiery.yarn"},
    ]
    made = [{**dict.fromkeys(schema.names), "firm_id": str(i), "period": "2025", **row} for i, row in enumerate(rows)]
    path = tmp_path / "firms.parquet"
    pq.write_table(pa.Table.from_pylist(made, schema=schema), path)
    by_spark = engines.build_cubes([path], "spark")
    assert by_spark.equals(engines.build_cubes([path], "duckdb"))
    assert by_spark["revenue_yuan"].to_pylist() == [None, 4, 18 * 10**15 - 1]
    assert by_spark["tax_yuan"].to_pylist() == [None, 2, None]
    assert by_spark["listed_count"].to_pylist() == [0, 1, 0]


def test_a_file_that_is_not_there_says_so(cluster: Any, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"spark: .*nowhere\.parquet"):
        engines.build_cubes([tmp_path / "nowhere.parquet"], "spark")


def _family(pid: int) -> set[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text(encoding="utf-8")
        except OSError:  # it ended meanwhile
            continue
        parents[int(folder.name)] = int(re.search(r"^PPid:\s+(\d+)", status, re.M)[1])  # type: ignore[index]
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _sockets(pid: int) -> set[str]:
    found = set()
    for handle in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            target = os.readlink(handle)
        except OSError:
            continue
        if match := re.fullmatch(r"socket:\[(\d+)\]", target):
            found.add(match[1])
    return found
