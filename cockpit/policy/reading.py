"""Turns TOML tables into records; what is wrong with one is told with file, record, field and a did-you-mean.

Imports the ground floor and `policy.records`; touches files.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cockpit.errors import RecordError, suggest
from cockpit.policy.records import Record, in_year

R = TypeVar("R", bound=Record)


def read_tables(path: Path, year: int | None = None) -> dict[str, Any]:
    """The tables of one TOML file, dated values as those of a year; as written without one.

    Raises:
        RecordError: the file is missing or not TOML, or a dated value is not usable.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RecordError("file is missing", where=path.name, remedy="restore it from the repository") from error
    except tomllib.TOMLDecodeError as error:
        raise RecordError(f"not readable as TOML: {error}", where=path.name, remedy="mend the line named") from error
    if year is None:
        return tables
    dated: dict[str, Any] = in_year(tables, year, path.name)
    return dated


def validate(kind: type[R], name: str, fields: object, file: str) -> R:
    """One table as a record.

    Raises:
        RecordError: the first fault of the record.
    """
    if not isinstance(fields, dict):
        raise RecordError("a value stands outside any record", where=f"{file} {name}", remedy="put it under a [record]")
    try:
        return kind.model_validate({"id": name, **fields})
    except ValidationError as error:
        raise _explain(file, name, kind, error) from error


def read_records(path: Path, kind: type[R], year: int) -> dict[str, R]:
    """Read one file of records of one kind, with the values of a year.

    Raises:
        RecordError: the first fault of the file is told.
    """
    return {name: validate(kind, name, fields, path.name) for name, fields in read_tables(path, year).items()}


def _explain(file: str, record: str, kind: type[Record], error: ValidationError) -> RecordError:
    fault = error.errors()[0]
    field = str(fault["loc"][0]) if fault["loc"] else ""
    where = f"{file} [{record}] {field}".strip()
    known = [info.alias or name for name, info in kind.model_fields.items() if name != "id"]
    if fault["type"] == "extra_forbidden":
        return RecordError(f"unknown field {field!r}", where=where, remedy=suggest(field, known))
    if fault["type"] == "missing":
        return RecordError(
            f"field {field!r} is missing", where=where, remedy="add it; docs/register.md lists the fields"
        )
    if fault["type"] == "literal_error":
        options = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return RecordError(
            f"{fault['input']!r} is not allowed", where=where, remedy=suggest(str(fault["input"]), options)
        )
    return RecordError(fault["msg"], where=where, remedy="see docs/register.md")
