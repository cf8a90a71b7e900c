"""List management as JSON: the clock, grade and suggestion of towns being created, the stars of named ones."""

from __future__ import annotations

import contextlib
from typing import Annotated, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing.lists import CreatingTown, Lists, NamedTown
from cockpit.analysis.lifecycle import Section
from cockpit.analysis.risk import Finding, Suggestion
from cockpit.analysis.star_rating import Broken
from cockpit.briefings import Decided, decided, town_lists
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.phrases import say
from cockpit.policy.list_records import Signal
from cockpit.policy.records import Origin
from cockpit.service.api.queries import Query, answer, head
from cockpit.service.api.shapes import ApiShape, Head, Number, OneOf
from cockpit.vocabulary import DECISION_ACTIONS, Language, Risk, Stage
from cockpit.wording import lists as words


class ListRule(ApiShape):
    """A rule that speaks for or against a town, with the figure it was read from."""

    id: str
    label: str
    signal: Signal | None
    value: Number
    limit: float
    clause: str | None
    origin: Origin
    points: int | None
    is_veto: bool
    stars_at_most: int | None


class ListDecision(ApiShape):
    """The newest entry of the log on a town, and whether it goes against the suggestion."""

    number: int
    action: Annotated[str, OneOf(DECISION_ACTIONS)]
    until: str | None
    is_against_suggestion: bool
    objection: str | None = Field(description="why the suggestion was not followed")
    data_version: str
    register_: str | None = Field(serialization_alias="register", description="hash of the register that judged then")


class ListTown(ApiShape):
    """A town being created with its clock and grade, or a named one with its stars; the other half is null."""

    deadline: str | None = Field(default=None, description="the line in force, an approved extension counted")
    section: Section | None = Field(default=None, description="of the queue; null when not yet watched")
    town_code: str
    name: str
    list_status: Literal["creating", "named"]
    created_on: str | None = None
    stage: Stage | None = None
    time_limit: str | None = None
    due_from: str | None = None
    due_to: str | None = Field(default=None, description="later than due_from when no day is known")
    is_certain: bool | None = None
    extension_end: str | None = None
    is_extended_by_log: bool = False
    days: int | None = Field(default=None, description="to the line in force, negative is past")
    grade: Risk | None = None
    points_least: int | None = None
    points_most: int | None = None
    unknown: list[Signal]
    suggestion: Suggestion | None = Field(default=None, description="a suggestion, subject to the authority")
    suggestion_text: str | None = None
    stars: int | None = None
    stars_by_index: int | None = None
    stability: float | None = None
    is_for_elimination: bool = False
    rules: list[ListRule]
    decision: ListDecision | None


class ListsAnswer(Head):
    """Towns being created, the queue first and in its order, then the named ones."""

    year: str | None = Field(description="the full year of the figures")
    is_current: bool = Field(description="false for a published list: nothing is judged")
    is_log_read: bool = Field(description="false when the decision log cannot be reached")
    subject_to: str
    lists: list[ListTown]


def _rule(item: Finding | Broken, language: Language) -> ListRule:
    rule = item.rule
    return ListRule(
        id=rule.id,
        label=rule.label.say(language),
        signal=rule.signal,
        value=item.value,
        limit=rule.base_value,
        clause=rule.clause or None,
        origin=rule.origin,
        points=item.rule.points if isinstance(item, Finding) else None,
        is_veto=item.rule.is_veto if isinstance(item, Finding) else False,
        stars_at_most=item.rule.stars if isinstance(item, Broken) else None,
    )


def _decision(code: str, log: Decided | None) -> ListDecision | None:
    entry, against = (log.latest.get(code), log.against.get(code)) if log else (None, None)
    if entry is None:
        return None
    return ListDecision(
        number=entry.number,
        action=entry.action,
        until=words.day(entry.until) or None,
        is_against_suggestion=against is not None,
        objection=against.objection if against else None,
        data_version=entry.data_version,
        register_=entry.register or None,
    )


def _creating(town: CreatingTown, lists: Lists, log: Decided | None, language: Language) -> ListTown:
    clock, grade = town.clock, town.grade
    return ListTown(
        deadline=words.day(clock.deadline) or None,
        section=town.section,
        town_code=town.place.code,
        name=words.name(town.place, language),
        list_status="creating",
        created_on=town.created_on or None,
        stage=clock.stage,
        time_limit=words.time_limit(town, lists.windows, language),
        due_from=words.day(clock.due_from) or None,
        due_to=words.day(clock.due_to) or None,
        is_certain=clock.is_certain,
        extension_end=words.day(clock.extension_end) or None,
        is_extended_by_log=town.is_extended_by_log,
        days=clock.days,
        grade=grade.grade if grade else None,
        points_least=grade.least if grade else None,
        points_most=grade.most if grade else None,
        unknown=list(grade.unknown) if grade else [],
        suggestion=town.suggestion if grade or town.suggestion != "none" else None,
        suggestion_text=words.suggestion(town, language),
        rules=[_rule(item, language) for item in grade.findings] if grade else [],
        decision=_decision(town.place.code, log),
    )


def _named(town: NamedTown, log: Decided | None, language: Language) -> ListTown:
    rating = town.rating
    return ListTown(
        town_code=town.place.code,
        name=words.name(town.place, language),
        list_status="named",
        unknown=[rule.signal for rule in rating.unknown if rule.signal],
        stars=rating.stars,
        stars_by_index=rating.base,
        stability=rating.stability,
        is_for_elimination=rating.is_for_elimination,
        rules=[_rule(item, language) for item in (*rating.caps, *rating.checks)],
        decision=_decision(town.place.code, log),
    )


def _answer(asked: Query) -> ListsAnswer:
    log: Decided | None = None
    with contextlib.suppress(LogUnavailable):  # the answer says that extensions of the log are not in it
        log = decided(asked.desk.dataset.name)
    briefing, language = asked.briefing, asked.language
    found = town_lists(asked.desk, briefing.selection, briefing.as_of, log.extensions if log else ())
    # The queue first and in its order, then the others.
    queue = {town.place.code: town for town in found.queue}
    rest = [town for town in found.creating if town.place.code not in queue]
    return ListsAnswer(
        **head(asked),
        year=found.year or None,
        is_current=found.is_current,
        is_log_read=log is not None,
        subject_to=say("lists.subject", language),
        lists=[
            *(_creating(town, found, log, language) for town in (*queue.values(), *rest)),
            *(_named(town, log, language) for town in found.named),
        ],
    )


async def lists(request: Request) -> Response:
    """Clock, grade, rules and suggestion of each town being created, stars with caps of each named one."""
    return await answer(request, _answer)
