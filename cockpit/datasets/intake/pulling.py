"""A statistics database as a sender: its tables or views, mapped to ours, come in as files like anybody else's.

    [returns]                                   # a table of the data desk
    relation = "stat.town_quarter"              # table or view, with its schema if it has one
    columns  = { town_code = "town", period = "quarter" }
    values   = { total_output_yuan = { column = "zcc", unit = "万元" }, high_tech_firm_count = { column = "gxqy" } }

A table with one value a row maps `indicator`, `value` and, if it has one, `unit` in `columns` and has no `values`. What
is read becomes a Parquet file, so that it is checked, kept, published and traced as every submission is.

May import the ground floor, `findings`, `decision_store` (for its faults without secrets). The address, with its
password, comes from the environment or the secrets file and stands in no message.
"""

from __future__ import annotations

import io
import os
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cockpit.datasets.findings import Upload
from cockpit.datasets.schema import TABLES
from cockpit.errors import DatasetError, suggest
from cockpit.units import WRITTEN_UNITS

SETTING: Final = "COCKPIT_SOURCE_URL"
_PROJECT: Final = Path(__file__).resolve().parents[3]
# Streamlit's file for secrets, of the project and then of the user; read when the environment has none.
SECRETS: Final = Path(".streamlit") / "secrets.toml"
# Tables a sender may fill; the others come with the dataset.
FILLED: Final = (
    "returns", "land", "assessments", "plans", "extensions", "inspections", "firms", "list_history", "towns",
)  # fmt: skip
_SPREAD: Final = {"returns": ("indicator", "value"), "land": ("land_type", "area_mu")}
_CONNECT_SECONDS: Final = 10
_ROWS_AT_ONCE: Final = 20_000


class Measured(BaseModel):
    """A column that holds figures: `unit` as written (万元), empty for base units."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    column: str
    unit: str = ""


class Relation(BaseModel):
    """One table or view and what its columns are called here."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    relation: str
    columns: dict[str, str]
    values: dict[str, Measured] = Field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A mapping file: table of ours -> relation."""

    file: str
    relations: dict[str, Relation]


def read_mapping(path: Path) -> Mapping:
    """Read a mapping.

    Raises:
        DatasetError: the file is missing, not TOML, or names what does not exist here.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DatasetError(
            "mapping cannot be read", where=path.name, remedy=error.strerror or "see the path"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatasetError(f"not readable as TOML: {error}", where=path.name, remedy="mend the line named") from error
    relations = {}
    for name, fields in tables.items():
        where = f"{path.name} [{name}]"
        if name not in FILLED:
            raise DatasetError(f"unknown table {name!r}", where=where, remedy=suggest(name, FILLED))
        try:
            relations[name] = Relation.model_validate(fields)
        except ValidationError as error:
            fault = error.errors()[0]
            place = " ".join(str(part) for part in fault["loc"])
            remedy = "a relation has relation, columns and values"
            raise DatasetError(fault["msg"], where=f"{where} {place}".strip(), remedy=remedy) from error
        _check(relations[name], name, where)
    if not relations:
        raise DatasetError("no table is mapped", where=path.name, remedy=f"name one of {', '.join(FILLED)}")
    return Mapping(path.name, relations)


def _check(relation: Relation, table: str, where: str) -> None:
    known = {column.name for column in TABLES[table].columns} | ({"unit"} if table in _SPREAD else set())
    for name in relation.columns:
        if name not in known:
            raise DatasetError(f"unknown column {name!r}", where=f"{where} columns", remedy=suggest(name, known))
    for name, measured in relation.values.items():
        if measured.unit and measured.unit not in WRITTEN_UNITS:
            remedy = suggest(measured.unit, WRITTEN_UNITS)
            raise DatasetError(f"unknown unit {measured.unit!r}", where=f"{where} values {name}", remedy=remedy)
    spread = _SPREAD.get(table, ())
    needed = [name for name in TABLES[table].key if not (relation.values and name in spread)]
    if missing := [name for name in needed if name not in relation.columns]:
        raise DatasetError(
            f"column {missing[0]!r} is not mapped", where=f"{where} columns", remedy="it is part of the key"
        )
    if spread and bool(relation.values) == (spread[1] in relation.columns):
        raise DatasetError(
            "figures must come one way",
            where=where,
            remedy=f"map `values`, or {spread[0]} and {spread[1]} in `columns`",
        )


def pull(mapping: Mapping, url: str | None = None) -> tuple[Upload, ...]:
    """Read every mapped relation; one Parquet file each, named after the relation.

    Args:
        url: address of the database, else that of `COCKPIT_SOURCE_URL` in the environment, else in the secrets file.

    Raises:
        DatasetError: no address, no answer, no such relation or column; never with the address in it.
    """
    import sqlalchemy as sa
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    from cockpit.datasets.database.engine import place_of, reason_of

    address = _address(url or os.environ.get(SETTING) or _secret())
    place, fault = place_of(address), ""
    options: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS}
    engine = sa.create_engine(address, connect_args=options, hide_parameters=True)
    try:
        with engine.connect().execution_options(
            postgresql_readonly=True, isolation_level="REPEATABLE READ"
        ) as connection:
            # One transaction for all: the relations belong to the same moment.
            return tuple(
                _read(connection, table, relation, place, mapping.file) for table, relation in mapping.relations.items()
            )
    except (DBAPIError, OSError) as error:
        fault = reason_of(error)
    except SQLAlchemyError:
        fault = "fault"
    finally:
        engine.dispose()
    # Raised outside the handler: the driver's own error may quote the address, and a traceback would show it.
    raise DatasetError(
        f"the database cannot be read: {fault.replace('_', ' ')}",
        where=place,
        remedy=f"see that it runs and {SETTING} is right",
    )


def _secret() -> str:
    """Address from the first secrets file there is, "" without one; no word of a file is ever told.

    Raises:
        DatasetError: the file is not TOML, cannot be read, or its entry is no text.
    """
    for folder in (_PROJECT, Path.home()):
        path = folder / SECRETS
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError):
            written = {SETTING: None}
        found = written.get(SETTING, "")
        if not isinstance(found, str):
            # Without the cause: it would quote the file.
            raise DatasetError(
                "not readable", where=str(SECRETS), remedy=f'write {SETTING} = "postgresql://..."'
            ) from None
        if found:
            return found
    return ""


def _address(url: str) -> Any:
    import sqlalchemy as sa
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = sa.make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise DatasetError(
            "no address of a PostgreSQL database",
            where=SETTING,
            remedy=f"set postgresql://user:password@host/database, there or in {SECRETS}",
        )
    return parsed.set(drivername="postgresql+psycopg")


def _read(connection: Any, table: str, relation: Relation, place: str, file: str) -> Upload:
    import sqlalchemy as sa

    schema, _, name = relation.relation.rpartition(".")
    inspector = sa.inspect(connection)
    where = f"{place} {relation.relation}"
    known = [*inspector.get_table_names(schema or None), *inspector.get_view_names(schema or None)]
    known += inspector.get_materialized_view_names(schema or None)
    if name not in known:
        raise DatasetError(f"no table or view {name!r}", where=where, remedy=suggest(name, known))
    there = [column["name"] for column in inspector.get_columns(name, schema or None)]
    wanted = dict(relation.columns)
    for indicator, measured in relation.values.items():
        wanted[f"{indicator}({measured.unit})" if measured.unit else indicator] = measured.column
    for column in wanted.values():
        if column not in there:
            raise DatasetError(
                f"no column {column!r}", where=f"{where}, mapped in {file}", remedy=suggest(column, there)
            )
    # Names are quoted by the dialect: what stands in a mapping is never text of the statement.
    columns: list[Any] = [sa.column(column).label(f"c{at}") for at, column in enumerate(wanted.values())]
    keys: list[Any] = [sa.column(relation.columns[key]) for key in TABLES[table].key if key in relation.columns]
    query = sa.select(*columns).select_from(sa.table(name, schema=schema or None)).order_by(*keys)
    values: list[list[Any]] = [[] for _ in wanted]
    for rows in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query).partitions():
        for row in rows:
            for at, value in enumerate(row):
                values[at].append(value)
    buffer = io.BytesIO()
    pq.write_table(pa.table({label: _array(column) for label, column in zip(wanted, values, strict=True)}), buffer)
    return Upload(f"{relation.relation}.parquet", buffer.getvalue())


def _array(values: list[Any]) -> pa.Array:
    """A column as the database gave it; what is no plain value, or is mixed, becomes text for the checks to judge."""
    plain = [float(value) if isinstance(value, Decimal) else value for value in values]
    try:
        return pa.array(plain)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return pa.array([None if value is None else str(value) for value in plain], pa.string())
