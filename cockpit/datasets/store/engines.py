"""Where firm tables are added up: one expression, run by DuckDB on this machine or by Apache Spark on a cluster.

Imports only the ground floor. A cube row is one (period, town, chain, node). Its figures are whole numbers (yuan,
heads, firms), so every engine adds them up to the same last yuan in whatever order it reads them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from cockpit.datasets.firm_figures import AMOUNTS, CARRIERS, FIGURES, FLAGS, KEYS
from cockpit.errors import DatasetError, suggest

SCHEMA: Final = pa.schema([*((key, pa.string()) for key in KEYS), *((figure, pa.int64()) for figure in FIGURES)])
MEMORY_LIMIT: Final = "1000MB"


def cube(firms: Any) -> Any:
    """Add firms up; firms outside any chain stand under chain "" and node "", so that totals reconcile.

    Amounts are rounded to whole yuan and heads firm by firm. An amount no firm of a group gave stays missing; tags and
    carriers are counted, and not given counts as no.

    Args:
        firms: a narwhals LazyFrame of the firm table.
    """
    import narwhals as nw

    counted = {f"{flag.removeprefix('is_')}_count": nw.col(flag).fill_null(False) for flag in FLAGS}
    counted |= {f"{kind}_count": nw.col("carrier").fill_null("") == kind for kind in CARRIERS}
    wide = firms.with_columns(
        *(nw.col(key).fill_null("") for key in ("chain_id", "node_id")),
        # Engines differ in how a cast treats a fraction; rounded before it there is none left.
        *(nw.col(amount).round(0).cast(nw.Int64) for amount in AMOUNTS),
        *(expression.cast(nw.Int64).alias(name) for name, expression in counted.items()),
    )
    sums = wide.group_by(*KEYS).agg(
        nw.len().alias("firm_count"),
        *(nw.col(name).sum() for name in (*AMOUNTS, *counted)),
        *(nw.col(amount).count().alias(f"given_{amount}") for amount in AMOUNTS),
    )
    # A sum over nothing is 0 to an engine; to us it is missing.
    given = [nw.when(nw.col(f"given_{amount}") > 0).then(nw.col(amount)).alias(amount) for amount in AMOUNTS]
    return sums.with_columns(*given).select(*KEYS, *FIGURES)


def _tidy(table: pa.Table) -> pa.Table:
    """Declared columns and types, sorted: engines differ in both, and in the order of groups."""
    return table.select(SCHEMA.names).cast(SCHEMA).sort_by([(key, "ascending") for key in KEYS])


def connect(memory_limit: str = MEMORY_LIMIT, spill: str | None = None) -> Any:
    """A DuckDB of its own that keeps to the limit.

    Args:
        spill: folder for what does not fit, else the system's temporary folder.
    """
    import duckdb

    folder = spill or tempfile.gettempdir()
    return duckdb.connect(config={"memory_limit": memory_limit, "temp_directory": folder})


def by_duckdb(files: Sequence[Path]) -> pa.Table:
    """Cubes of Parquet files on this machine; what does not fit the memory limit goes to disk."""
    import duckdb
    import narwhals as nw

    with tempfile.TemporaryDirectory() as spill, connect(spill=spill) as connection:
        try:
            relation = connection.read_parquet([str(file) for file in files])
            return _tidy(cube(nw.from_native(relation)).collect(backend="pyarrow").to_native())
        except duckdb.Error as error:
            raise DatasetError(str(error).splitlines()[0], where="duckdb", remedy="mend the table") from error


def by_spark(files: Sequence[Path]) -> pa.Table:
    """Cubes of Parquet files on the cluster `COCKPIT_SPARK_MASTER` names, else on this machine's cores.

    Needs requirements-spark.txt and Java. The files must lie where the workers can read them.
    """
    import narwhals as nw

    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DatasetError(
            "Spark is not installed", where="COCKPIT_ENGINE=spark", remedy="pip install -r requirements-spark.txt"
        ) from error
    is_ours = SparkSession.getActiveSession() is None
    session = spark_session(SparkSession.builder)
    try:
        frame = session.read.parquet(*(str(file) for file in files))
        return _tidy(cube(nw.from_native(frame)).collect(backend="pyarrow").to_native())
    except PySparkException as error:
        raise DatasetError(str(error).splitlines()[0], where="spark", remedy="mend the table or the cluster") from error
    finally:
        if is_ours:
            session.stop()


def spark_session(builder: Any) -> Any:
    """A quiet session; on this machine alone nothing listens or talks beyond the loopback."""
    master = os.environ.get("COCKPIT_SPARK_MASTER") or "local[*]"
    settings = {"spark.ui.enabled": "false", "spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # read by the Java processes it starts
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = builder.master(master).appName("town-cockpit cubes")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


ENGINES: Final[dict[str, Callable[[Sequence[Path]], pa.Table]]] = {"duckdb": by_duckdb, "spark": by_spark}


def build_cubes(files: Sequence[Path], engine: str | None = None) -> pa.Table:
    """Cubes of a firm table in Parquet, by the engine named, else by `COCKPIT_ENGINE`, else by DuckDB.

    Returns:
        Columns of `SCHEMA`, sorted by key.

    Raises:
        DatasetError: unknown engine, or an engine that is not installed.
    """
    name = engine or os.environ.get("COCKPIT_ENGINE") or "duckdb"
    if name not in ENGINES:
        raise DatasetError(f"unknown engine {name!r}", where="COCKPIT_ENGINE", remedy=suggest(name, ENGINES))
    return ENGINES[name](files)
