"""Elements as JSON (要素): who has what of each kind, and the entries of one kind with the fields of its record."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.briefings import elements as found_of
from cockpit.policy.register import load
from cockpit.service.api.queries import Query, answer, head, plain
from cockpit.service.api.shapes import ApiShape, Head, Number, OneOf


def _kinds() -> list[str]:
    return list(load().elements.kinds)


class KindOf(ApiShape):
    """A kind over the listed towns selected. A town that has not reported it is among neither count."""

    kind: Annotated[str, OneOf(_kinds)]
    label: str
    clauses: list[str]
    checker: str
    have: int
    reported: int
    is_wanted_of_all: bool
    awaits: str | None = Field(description="what of it is not public, and who has it")


class Entry(ApiShape):
    """An entry that counts at the end of the period: `values` by field of the kind, amounts in base unit."""

    town_code: str
    values: dict[str, str | Number | bool | None]


class TownCount(ApiShape):
    """How many of the kind asked for a listed town has: 0 where it says it has none, null where it has not said."""

    town_code: str
    count: int | None


class ElementsAnswer(Head):
    """Every kind counted at the end of the period (`counted_on`); towns and entries of the kind asked for."""

    counted_on: date
    kinds: list[KindOf]
    towns: list[TownCount]
    entries: list[Entry]


def _answer(asked: Query) -> ElementsAnswer:
    found = found_of(asked.desk, asked.briefing.selection, asked.briefing.as_of, asked.language)
    kinds = []
    for kind in found.design.kinds.values():
        have, reported = found.coverage.have(kind.id)
        kinds.append(
            KindOf(
                kind=kind.id,
                label=kind.label.say(asked.language),
                clauses=list(kind.clauses),
                checker=found.design.departments[kind.checker].label.say(asked.language),
                have=have,
                reported=reported,
                is_wanted_of_all=kind.for_all,
                awaits=kind.awaits.say(asked.language) or None,
            )
        )
    entries, towns = [], []
    if picked := found.design.kinds.get(asked.extra["kind"]):
        for row in found.entries[picked.id].to_dict("records"):
            values: dict[str, Any] = {name: _plain(row[name]) for name in picked.fields}
            entries.append(Entry(town_code=str(row["town_code"]), values=values))
        column = found.coverage.counts[:, found.coverage.kinds.index(picked.id)]
        for code, count in zip(found.coverage.towns, column, strict=True):
            towns.append(TownCount(town_code=code, count=None if count != count else int(count)))
    day = found.period.last_day()
    return ElementsAnswer(**head(asked), counted_on=day, kinds=kinds, towns=towns, entries=entries)


def _plain(value: Any) -> Any:
    found = plain(value)
    return None if found != found else found  # NaN stands for a number nobody gave


def kind_options() -> tuple[str, ...]:
    """What `kind` may be; none of them without."""
    return ("", *_kinds())


async def elements(request: Request) -> Response:
    """Coverage of all kinds, and the entries of one."""
    return await answer(request, _answer, {"kind": kind_options()})
