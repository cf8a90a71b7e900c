"""From a figure back to where it was written: version, submission, file, sheet, cell, who and when.

May import the ground floor, `policy`, `schema`, `loading`, `merging`. A derived figure is followed to its parts by the
register, and those to theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cockpit.datasets.publishing.merging import LAND_INDICATOR, RETURN_SOURCES
from cockpit.datasets.publishing.submissions import WITHDRAWALS
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.register import Register
from cockpit.vocabulary import Provenance

Role = Literal["", "plus", "minus", "numerator", "denominator"]
Origin = Literal["cell", "source", "list", "parts", "withdrawn", "none"]


@dataclass(frozen=True)
class Cell:
    """Where a figure was written. `sheet` is empty for files without sheets; `submitted_at` is ISO text in Shanghai."""

    submission: str
    file: str
    sheet: str
    cell: str
    submitted_by: str
    submitted_at: str


@dataclass(frozen=True)
class Trace:
    """One figure of one town and where it comes from.

    `value` is in base unit, None where not reported. `origin`: `cell` (`cell` is set), `source` (`source` is its id and
    publisher: the figure came with the dataset), `list` (counted from the list history), `parts` (computed; `parts` are
    set), `withdrawn` (taken back; `cell` says where, `reason` why), `none` (not reported). `role` is what it is to the
    figure above it. Parts stand in the order of the register.
    """

    town_code: str
    period: str
    indicator: str
    value: float | None
    origin: Origin
    provenance: Provenance | None = None
    cell: Cell | None = None
    source: tuple[str, str] | None = None
    role: Role = ""
    parts: tuple[Trace, ...] = ()
    reason: str = ""

    def leaves(self) -> tuple[Trace, ...]:
        """The reported figures it rests on; itself when it is one."""
        return tuple(leaf for part in self.parts for leaf in part.leaves()) if self.parts else (self,)


@lru_cache(maxsize=8)
def _cells(dataset: Dataset, period: str) -> Mapping[tuple[str, str], Cell]:
    """(town, indicator) -> cell of one period: a trace asks for one, and a dataset holds hundreds of thousands."""
    frame = dataset.table(RETURN_SOURCES)
    frame = frame[frame["period"].astype("str") == period].astype("str")
    names = ("submission", "file", "sheet", "cell", "submitted_by", "submitted_at")
    keys = zip(frame["town_code"], frame["indicator"], strict=True)
    told = zip(*(frame[name] for name in names), strict=True)
    return {key: Cell(*map(str, values)) for key, values in zip(keys, told, strict=True)}


@lru_cache(maxsize=4)
def _withdrawals(dataset: Dataset) -> Mapping[tuple[str, str, str], tuple[Cell, str]]:
    """(town, period, indicator) -> where a figure was taken back, and why."""
    found = {}
    for row in dataset.table(WITHDRAWALS).astype("object").to_dict("records"):
        indicator = LAND_INDICATOR if (row["table"], row["indicator"]) == ("land", "in_use") else str(row["indicator"])
        places = ("submission", "file", "sheet", "cell", "submitted_by", "submitted_at")
        cell = Cell(*(str(row[name]) if row[name] == row[name] and row[name] is not None else "" for name in places))
        found[str(row["town_code"]), str(row["period"]), indicator] = (cell, str(row["reason"]))
    return found


@lru_cache(maxsize=4)
def _publishers(dataset: Dataset) -> Mapping[str, str]:
    sources = dataset.table("sources").astype("str")
    return dict(zip(sources["source_id"], sources["publisher"], strict=True))


@lru_cache(maxsize=8)
def _provenances(dataset: Dataset, period: str) -> Mapping[tuple[str, str], tuple[Provenance, str]]:
    """(town, indicator) -> what kind of figure it is and the id of its source, "" where none is given."""
    returns, land = dataset.table("returns"), dataset.table("land")
    used = land[land["land_type"].astype("str") == "in_use"].assign(indicator=LAND_INDICATOR, source_id="")
    found: dict[tuple[str, str], tuple[Provenance, str]] = {}
    for frame in (returns, used):
        rows = frame[frame["period"].astype("str") == period]
        names = ("town_code", "indicator", "provenance", "source_id")
        texts = [rows[name].astype(object).where(rows[name].notna(), "").tolist() for name in names]
        for town, indicator, kind, source in zip(*texts, strict=True):
            found[str(town), str(indicator)] = (Provenance(str(kind)), str(source))
    return found


def trace(
    dataset: Dataset,
    register: Register,
    town_code: str,
    period: str,
    indicator: str,
    value_of: Callable[[str], float | None],
) -> Trace:
    """Where a town's figure comes from.

    Args:
        value_of: value of an indicator for this town and period (base unit, None where not reported); the figures of
            the page, so that a trace can never show another one.

    Raises:
        RecordError: unknown indicator.
    """
    return _trace(dataset, register, (town_code, period), indicator, value_of, "")


def _trace(
    dataset: Dataset,
    register: Register,
    where: tuple[str, str],
    indicator: str,
    value_of: Callable[[str], float | None],
    role: Role,
) -> Trace:
    record, value = register.indicator(indicator), value_of(indicator)
    town, period = where
    below: list[tuple[Role, str]] = [("plus", name) for name in record.plus]
    below += [("minus", name) for name in record.minus]
    if record.numerator and record.denominator:
        below += [("numerator", record.numerator), ("denominator", record.denominator)]
    if below:
        parts = tuple(_trace(dataset, register, where, name, value_of, part) for part, name in below)
        kind = Provenance.DERIVED if value is not None else None
        return Trace(town, period, indicator, value, "parts", kind, role=role, parts=parts)
    if record.origin_of_value == "list":
        return Trace(town, period, indicator, value, "list" if value is not None else "none", role=role)
    key = (town, indicator)
    if value is None and (taken := _withdrawals(dataset).get((town, period, indicator))):
        return Trace(town, period, indicator, None, "withdrawn", cell=taken[0], reason=taken[1], role=role)
    if value is None or key not in _provenances(dataset, period):
        return Trace(town, period, indicator, value, "none", role=role)
    kind, source = _provenances(dataset, period)[key]
    if cell := _cells(dataset, period).get(key):
        return Trace(town, period, indicator, value, "cell", kind, cell=cell, role=role)
    publisher = _publishers(dataset).get(source, "")
    return Trace(town, period, indicator, value, "source", kind, source=(source, publisher), role=role)
