"""Matters handed out and alerts as JSON (督办、预警): what stands, who has it in hand, by when. No names of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.supervision.events import GoalKind
from cockpit.analysis.supervision.machine import Light, Matter, State, days_late, light
from cockpit.briefings import place_names
from cockpit.briefings.alerting import Raised, alerts
from cockpit.briefings.supervising import Matters, all_matters, count_matters, design
from cockpit.policy.alert_records import Level
from cockpit.policy.register import load
from cockpit.rights import Scope
from cockpit.service.api.queries import Query, answer, head
from cockpit.service.api.shapes import ApiShape, Head, Number, OneOf
from cockpit.wording import alerts as words


class TaskGoal(ApiShape):
    """When a matter is done; a figure's in base unit, judged by the current data."""

    kind: GoalKind
    indicator: str | None
    operator: str | None
    value: Number | None
    period: str | None


class Task(ApiShape):
    """A matter. Days in Shanghai; `first_due` stays where `due` was moved. Light and days late are of `as_of`."""

    id: str
    title: str
    subject: str = Field(description="town, or area by its code")
    clause: str | None
    state: State
    light: Light
    issuer: str
    lead: str | None
    assigned_on: date | None
    accept_by: date | None
    first_due: date | None
    due: date | None
    extension_asked_until: date | None
    closed_on: date | None
    closed_as: str | None
    is_closed_by_figure: bool
    has_fallen_back: bool
    days_late: int
    goal: TaskGoal
    alert: str | None
    events: int = Field(description="how many happened; state and light follow from them")


class TaskCounts(ApiShape):
    """Counts of the matters assigned by `as_of`; those due, and those of them closed in time by either due day."""

    assigned: int
    open: int
    closed: int
    due: int
    in_time_first: int
    in_time: int
    overdue: int
    returned: int
    reopened: int
    by_figure: int
    median_days: Number | None


class TasksAnswer(Head):
    """Matters of the places the key may see, the newest first."""

    counts: TaskCounts
    tasks: list[Task]


class AlertOf(ApiShape):
    """An alert that stands. `key` is the same over all versions; `since` is null before it is on record."""

    key: str
    rule: str
    level: Level
    text: str
    subject: str
    about: str
    word: str
    value: Number | None
    period: str | None
    clause: str
    since: date | None
    set_aside_until: date | None
    tasks: list[str]


def _known_rules() -> list[str]:
    return list(load().alerts)


class AlertsAnswer(Head):
    """Alerts of the places the key may see, rule by rule."""

    rules: list[Annotated[str, OneOf(_known_rules)]]
    alerts: list[AlertOf]


def _known(asked: Query) -> tuple[Matters, Scope]:
    scope, name = asked.briefing.selection.scope, asked.desk.dataset.name
    return all_matters().of_dataset(name).seen(scope), scope


def _task(item: Matter, as_of: date) -> Task:
    goal = item.goal
    return Task(
        id=item.id, title=item.title, subject=item.subject, clause=item.clause or None, state=item.state,
        light=light(item, as_of, design()), issuer=item.issuer, lead=item.lead or None, assigned_on=item.assigned_on,
        accept_by=item.accept_by, first_due=item.first_due, due=item.due, extension_asked_until=item.asked_until,
        closed_on=item.closed_on, closed_as=item.closed_as or None, is_closed_by_figure=item.closed_by_figure,
        has_fallen_back=bool(item.fell_back_version), days_late=days_late(item, as_of),
        goal=TaskGoal(
            kind=goal.kind, indicator=goal.indicator or None, operator=goal.operator or None, value=goal.value,
            period=goal.period or None,
        ),
        alert=item.alert or None, events=item.number,
    )  # fmt: skip


def _tasks(asked: Query) -> TasksAnswer:
    found, _ = _known(asked)
    as_of = asked.briefing.as_of
    counts = TaskCounts(**vars(count_matters(found, as_of)))
    return TasksAnswer(**head(asked), counts=counts, tasks=[_task(item, as_of) for item in found.matters])


def _alert(item: Raised, asked: Query, names: Mapping[str, str]) -> AlertOf:
    seen, standing = item.alert.sighting, item.alert.standing
    return AlertOf(
        key=seen.key, rule=seen.rule, level=item.rule.level,
        text=words.told(seen, asked.desk.register, names, asked.language), subject=seen.subject, about=seen.about,
        word=seen.word, value=seen.value, period=seen.period or None, clause=item.rule.clause, since=standing.since,
        set_aside_until=standing.until if item.alert.is_set_aside else None,
        tasks=[matter.id for matter in item.matters],
    )  # fmt: skip


def _alerts(asked: Query) -> AlertsAnswer:
    matters, scope = _known(asked)
    names = place_names(asked.desk, asked.language)
    found = alerts(asked.desk.dataset.name, asked.briefing.as_of, scope, matters.matters, asked.desk)
    return AlertsAnswer(**head(asked), rules=_known_rules(), alerts=[_alert(item, asked, names) for item in found])


async def tasks(request: Request) -> Response:
    """Matters handed out, with the counts."""
    return await answer(request, _tasks)


async def raised(request: Request) -> Response:
    """Alerts that stand."""
    return await answer(request, _alerts)
