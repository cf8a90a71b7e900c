"""Turns TOML tables into records; what is wrong with one is told with file, record, field and a did-you-mean.

Imports the ground floor and `policy.records`; touches files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cockpit.errors import RecordError, suggest
from cockpit.policy.records import DATED, Record, in_year

R = TypeVar("R", bound=Record)
_DATED_FORM: Final = "write [{ value = 5 }, { from = 2026-01-01, value = 3 }]"
# What a field takes, by the type of the fault, and how it is written.
_TAKEN: Final[dict[str, tuple[str, str]]] = {
    "float_type": ("a number", "write it without quotes, as value = 5"),
    "int_type": ("a whole number", "write it without quotes and without a point, as 2025"),
    "int_from_float": ("a whole number", "write it without quotes and without a point, as 2025"),
    "bool_type": ("true or false", "write it without quotes"),
    "string_type": ("text", 'write it in quotes, as "3.4"'),
    "date_type": ("a date", "write it without quotes and without a time of day, as 2025-12-31"),
    "date_from_datetime_inexact": ("a date", "write it without quotes and without a time of day, as 2025-12-31"),
    "tuple_type": ("a list", 'write it in brackets, as ["a", "b"]'),
    "list_type": ("a list", 'write it in brackets, as ["a", "b"]'),
    "dict_type": ("a table", 'write it in braces, as { name = "a" }'),
    "model_type": ("a table", 'write it in braces, as { name = "a" }'),
    "finite_number": ("a finite number", "write the figure"),
}
_BOUNDS: Final = {
    "greater_than": ("gt", "must be above"), "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be below"), "less_than_equal": ("le", "must be at most"),
}  # fmt: skip
_ALONE: Final = ("short_zh",)  # one language may need a shorter name and the other not
_COUNTS: Final = {"too_short": ("min_length", "at least"), "too_long": ("max_length", "at most")}
_LARGEST: Final = 1_000_000  # days, years, points; money is no whole number
_SINGLE: Final = ("float_type", "int_type", "bool_type", "string_type", "date_type", "literal_error")


def read_tables(path: Path, year: int | None = None) -> dict[str, Any]:
    """The tables of one TOML file, dated values as those of a year; as written without one.

    Raises:
        RecordError: the file is missing, not UTF-8 or not TOML, a value stands outside any table, or a dated value is
            not usable.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise RecordError("file is missing", where=path.name, remedy="restore it from the repository") from error
    except OSError as error:
        raise RecordError(f"cannot be read: {error.strerror}", where=path.name, remedy="see to its rights") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise RecordError(
            f"line {line} is not UTF-8", where=path.name, remedy="save the file as UTF-8, no other encoding is read"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise RecordError(f"not readable as TOML: {error}", where=path.name, remedy="mend the line named") from error
    for name, part in tables.items():
        if not isinstance(part, dict):
            _outside(f"{path.name} {name}")
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
        _outside(f"{file} {name}")
    try:
        record = kind.model_validate({"id": name, **fields})
    except ValidationError as error:
        raise _explain(file, name, kind, error) from error
    for field, what, remedy in _senseless(record):
        raise RecordError(what, where=f"{file} [{name}] {field}", remedy=remedy)
    return record


def read_records(path: Path, kind: type[R], year: int) -> dict[str, R]:
    """Read one file of records of one kind, with the values of a year.

    Raises:
        RecordError: the first fault of the file is told.
    """
    return {name: validate(kind, name, fields, path.name) for name, fields in read_tables(path, year).items()}


def same_names(section: str, given: Collection[str], expected: Collection[str], file: str) -> None:
    """Refuse a section whose records are not those the program asks for by name.

    Raises:
        RecordError: one is unknown (told first: it may be the misspelling of one that is missing), or missing.
    """
    missing = [name for name in expected if name not in given]
    for name in given:
        if name not in expected:
            remedy = suggest(name, missing or expected)
            raise RecordError(f"unknown {section} {name!r}", where=f"{file} [{section}.{name}]", remedy=remedy)
    for name in missing:
        raise RecordError(f"{section} {name!r} is missing", where=file, remedy=f"add [{section}.{name}]")


def _outside(where: str) -> NoReturn:
    raise RecordError("a value stands outside any record", where=where, remedy="put it under a [record]")


def _senseless(record: Record) -> Iterator[tuple[str, str, str]]:
    """Texts of a record that say nothing, whole numbers nobody means: field, what is wrong, what to do. Optional texts
    may be left out or empty."""
    for name, info in type(record).model_fields.items():
        value, field = getattr(record, name), info.alias or name
        if type(value) is int and abs(value) > _LARGEST and name != "draw_seed":  # any number begins a draw
            yield field, "is larger than any figure meant here", "mend the figure"
        if isinstance(value, Record):
            yield from ((f"{field}.{inner}", what, remedy) for inner, what, remedy in _senseless(value))
        if _says_nothing(value) and (info.is_required() or value):
            yield field, "says nothing", "write it" if info.is_required() else "write it, or leave the field out"
        if any(map(_says_nothing, _entries(value))):
            yield field, "an entry of it says nothing", "write it, or strike it out"
        other = f"{name.removesuffix('_zh')}_en"
        is_pair = name.endswith("_zh") and other in type(record).model_fields and name not in _ALONE
        if is_pair and bool(value) != bool(getattr(record, other)):
            there, missing = (name, other) if value else (other, name)
            yield missing, f"says nothing, and {there} does", "write both languages, or neither"


def _entries(value: object) -> Iterator[object]:
    """What stands in lists, at any depth; a table's own values may be empty where a name is all that is said."""
    if isinstance(value, list | tuple):
        for part in value:
            yield part
            yield from _entries(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _entries(part)


def _says_nothing(value: object) -> bool:
    return isinstance(value, str) and not any(sign.isprintable() and not sign.isspace() for sign in value)


def _explain(file: str, record: str, kind: type[Record], error: ValidationError) -> RecordError:
    faults = error.errors()
    missing = [str(fault["loc"][0]) for fault in faults if fault["type"] == "missing" and len(fault["loc"]) == 1]
    # A field nobody knows is told first: it may be the misspelling of one that is missing.
    fault = next((one for one in faults if one["type"] == "extra_forbidden"), faults[0])
    field = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "refused":
        field = fault["ctx"]["field"]
    what, remedy = _told(fault, kind, missing)
    return RecordError(what, where=f"{file} [{record}] {field}".strip(), remedy=remedy)


def _told(fault: ErrorDetails, kind: type[Record], missing: list[str]) -> tuple[str, str]:
    """A fault in plain words, and what to do."""
    sort, given, context = fault["type"], fault["input"], fault.get("ctx", {})
    field = str(fault["loc"][-1]) if fault["loc"] else ""
    if sort == "refused":
        return context["what"], context["remedy"]
    if sort == "extra_forbidden":
        known = [info.alias or name for name, info in kind.model_fields.items() if name != "id"]
        also = f", and field {missing[0]!r} is missing" if missing else ""
        return f"unknown field {field!r}{also}", suggest(field, missing or known)
    if sort == "missing":
        return f"field {field!r} is missing", "add it; docs/register.md lists the fields"
    if sort in _SINGLE and (told := _dated_badly(given)):
        return told
    if sort == "literal_error":
        options = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"{_written(given)} is not allowed", suggest(str(given), options)
    if sort in _TAKEN:
        takes, remedy = _TAKEN[sort]
        return f"{_written(given)} is not {takes}", remedy
    if sort in _BOUNDS:
        limit, words = _BOUNDS[sort]
        return f"{_written(given)} {words} {context[limit]:g}", "mend the figure"
    if sort == "string_too_short":
        return "says nothing", "write it"
    if sort in _COUNTS:
        limit, words = _COUNTS[sort]
        return f"has {context['actual_length']} entries, {words} {context[limit]} are asked for", "mend the list"
    cause = context.get("error")
    return str(cause) if cause is not None else f"{_written(given)}: {fault['msg']}", "see docs/register.md"


def _dated_badly(given: object) -> tuple[str, str] | None:
    """What is wrong where a table, or a list of tables, stands for one value: it was meant to be dated."""
    entries = [entry for entry in (given if isinstance(given, list) else [given]) if isinstance(entry, dict) and entry]
    for entry in entries:
        if unknown := [name for name in entry if name not in DATED]:
            what = f"unknown field {unknown[0]!r}: a dated value has `from` and `value` only"
            return what, suggest(unknown[0], DATED)
    if not entries:
        return None
    if isinstance(given, dict):
        return "a dated value stands alone, dated values are a list", _DATED_FORM
    if any("value" not in entry for entry in entries):
        return "a dated value has no `value`", _DATED_FORM
    return "dated values stand where only one may", "write the one value"


def _written(value: object) -> str:
    """A value about as its file has it, cut where it is long."""
    if isinstance(value, date):  # a time of day as well
        return value.isoformat()
    text = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
