"""What happens to a matter, as it is kept: one event after another, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import isfinite
from typing import Any, Final, Literal, get_args

from cockpit.errors import CockpitError
from cockpit.policy.records import SENSES
from cockpit.units import Period
from cockpit.vocabulary import Text

Kind = Literal[
    "filed", "assigned", "refused", "accepted", "declined", "reported", "extension_asked", "extension_granted",
    "extension_denied", "paused", "resumed", "reminded", "closing_asked", "verified", "returned", "closed", "reopened",
    "escalated", "met", "lost", "fell_back",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
GoalKind = Literal["figure", "decision_made", "return_delivered", "evidence"]
GOALS: Final[tuple[GoalKind, ...]] = get_args(GoalKind)
ClosedAs = Literal["done", "not_done", "moot", "merged"]


# What follows from a day or a version, and nobody does.
BY_ITSELF: Final[frozenset[Kind]] = frozenset({"escalated", "met", "lost", "fell_back"})


@dataclass(frozen=True)
class Goal:
    """When a matter is done. Of a figure: which indicator of what, compared how with which value, of which period."""

    kind: GoalKind
    indicator: str = ""
    operator: str = ""
    value: float | None = None
    period: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether a figure's goal names all it takes to be judged, in words that are understood."""
        named = bool(self.indicator) and self.operator in SENSES and self.value is not None and self.has_period
        return self.kind != "figure" or named

    @property
    def has_period(self) -> bool:
        """Whether it names a period there can be."""
        try:
            Period.parse(self.period)
        except CockpitError:
            return False
        return True


@dataclass(frozen=True)
class Event:
    """One event. `number` counts a matter's events from 1; `office` is that of who did it, `detail` what it takes:

    filed       title, title_en ("" where it is the same), subject, dataset, version, clause, goal (as a table),
                simulated, alert (key of the one it answers)
    assigned    lead (office), lead_en, accept_by, due (ISO days)
    reported    eta (ISO day)
    reopened    due (ISO day), where a new one is set
    extension_asked, extension_granted   until (ISO day)
    verified    version, verdict; returned, refused, declined: nothing but the note
    closed      as (not_done, moot, merged), into (the matter it was merged into)
    escalated   step; met, lost, fell_back: version. These four nobody does: they follow from a day or a version.

    Any may have by_en, office_en and note_en beside: the same in English, where somebody wrote both.
    """

    task: str
    number: int
    at: datetime
    kind: Kind
    by: str
    office: str
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def said(self, what: Literal["by", "office", "note"]) -> Text:
        """Who did it, from where, or what he wrote, in both languages where there are both."""
        written = str(getattr(self, what))
        return Text(written, str(self.detail.get(f"{what}_en") or written))


def day_of(event: Event, name: str) -> date | None:
    """A day an event tells of, None for none."""
    written = event.detail.get(name)
    return date.fromisoformat(written) if isinstance(written, str) and written else None


def goal_of(detail: Mapping[str, Any]) -> Goal:
    """The goal a filing event tells of; a value that is no number (an older program kept those) is none.

    Raises:
        TypeError: it has fields a goal has not.
    """
    goal = Goal(**detail.get("goal", {"kind": "evidence"}))
    return goal if goal.value is None or isfinite(goal.value) else replace(goal, value=None)
