"""How the columns of the schema are stored, and tables of earlier versions as they are declared today.

Imports the ground floor and `schema`.
"""

from __future__ import annotations

import pyarrow as pa

from cockpit.datasets.schema import Column, Table
from cockpit.errors import DatasetError


def arrow_type(column: Column) -> pa.DataType:
    """How a column is stored."""
    kinds = {"number": pa.float64(), "integer": pa.int64(), "flag": pa.bool_()}
    return kinds.get(column.kind, pa.string())


def sql_type(column: Column) -> str:
    """How DuckDB holds a column."""
    return {"number": "double", "integer": "bigint", "flag": "boolean"}.get(column.kind, "varchar")


def fitted(stored: pa.Table, table: Table, where: str) -> pa.Table:
    """A table as some version stored it, with the columns declared today, in their order.

    Optional columns it does not have are filled with missing values, and so are fields that a kind of element was given
    since; columns that are no longer declared are left out.

    Raises:
        DatasetError: a required column is not there, which no version can make up for.
    """
    if stored.column_names == [column.name for column in table.columns]:
        return stored
    there = set(stored.column_names)
    for column in table.columns:
        if column.must_be_there and column.name not in there:
            raise DatasetError(f"column {column.name!r} is missing", where=where, remedy="restore it from a backup")
    return pa.table(
        {
            column.name: stored.column(column.name)
            if column.name in there
            else pa.nulls(stored.num_rows, arrow_type(column))
            for column in table.columns
        }
    )


def empty(table: Table) -> pa.Table:
    """A table without rows, columns typed as declared."""
    return pa.schema([(column.name, arrow_type(column)) for column in table.columns]).empty_table()
