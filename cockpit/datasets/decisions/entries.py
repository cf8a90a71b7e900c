"""What the decision log holds and how it refuses: drafts, entries, faults. Known to the log and to its store.

Imports the ground floor, `policy` and `store`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, Literal

from cockpit.acting import DECIDE, Act, Fault, text_faults
from cockpit.datasets.store.loading import counties_of
from cockpit.errors import DatasetError
from cockpit.policy.register import load
from cockpit.vocabulary import DECISION_ACTIONS, DECISIONS_FOLLOWING, DECISIONS_FREE, DECISIONS_WITH_DATE

SETTING: Final = "COCKPIT_DECISIONS_URL"

# Widths of the database's columns: PostgreSQL refuses longer text, SQLite would not, so both are asked here.
LENGTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "dataset": 40,
        "town_code": 40,
        "action": 20,
        "decided_by": 60,
        "basis": 2000,
        "clauses": 40,
        "risk_grade": 20,
        "data_version": 80,
        "suggestion": 20,
        "objection": 2000,
        "register": 64,
    }
)
CLAUSES_AT_MOST: Final = 20
_NEEDED: Final = ("dataset", "town_code", "action", "data_version")

Outcome = Literal["recorded", "refused"]
Refusal = Literal["", "newer_entry", "unknown_seen"]


def goes_against(action: str, suggestion: str, risk_grade: str) -> bool:
    """Whether a decision does not follow the suggestion; at high risk the suggestion needs no telling, clause [3.4]."""
    followed = DECISIONS_FOLLOWING.get(suggestion or ("terminate" if risk_grade == "high" else ""))
    return followed is not None and action not in followed | DECISIONS_FREE


@dataclass(frozen=True)
class Draft:
    """What is to be decided; its `Act` tells by whom and on what basis.

    `until` goes with extend and rectify only; `clauses` are those it rests on.

    `suggestion` is what the system suggested (a key of `DECISIONS_FOLLOWING`, "" for nothing); a decision that goes
    against it needs an `objection`, the reason why it is not followed. `register` is the fingerprint of the register
    that judged; "" in lines older than that.
    """

    dataset: str
    town_code: str
    action: str
    until: date | None
    clauses: tuple[str, ...]
    risk_grade: str
    data_version: str
    suggestion: str = ""
    objection: str = ""
    register: str = ""

    @property
    def is_against(self) -> bool:
        return goes_against(self.action, self.suggestion, self.risk_grade)


@dataclass(frozen=True, kw_only=True)
class Entry(Draft):
    """A line of the log: what was decided, by whom and on what basis.

    `previous` is the number of the entry the decider saw, 0 for none. A refused attempt is a line too: `newer` is the
    number of the entry that stood in its way, 0 when there is none.
    """

    number: int
    recorded_at: datetime
    decided_by: str
    basis: str
    previous: int
    outcome: Outcome
    refused_because: Refusal
    newer: int

    @property
    def is_against(self) -> bool:
        """Whether it was taken against the suggestion, with the reason given; lines older than the rule have none."""
        return bool(self.objection) and super().is_against


class DecisionRefused(DatasetError):
    """A decision was not recorded. The screen says it by `decision.*` phrases, a log by `str(error)`."""


class DecisionConflict(DecisionRefused):
    """Somebody decided the same town first: `entry` is theirs, `attempt` ours, kept as refused."""

    def __init__(self, entry: Entry, attempt: Entry) -> None:
        self.entry, self.attempt = entry, attempt
        super().__init__(
            f"entry {entry.number} is newer than the one seen ({attempt.previous})",
            where=f"decision on {entry.dataset}/{entry.town_code}",
            remedy="read it, then decide again",
        )


class UnknownSeen(DecisionRefused):
    """The entry the decider says to have seen is not in this log, as after a change of database."""

    def __init__(self, attempt: Entry) -> None:
        self.attempt = attempt
        super().__init__(
            f"entry {attempt.previous} is not in the log",
            where=f"decision on {attempt.dataset}/{attempt.town_code}",
            remedy="reload the page",
        )


class LogUnavailable(DatasetError):
    """The database cannot be reached or used; `place` and `reason` (phrase key `decision.reason.*`) hold no secret."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(
            f"the decision log cannot be used: {reason.replace('_', ' ')}",
            where=place,
            remedy=f"see that the database runs and that {SETTING} is right",
        )

    @property
    def kind(self) -> str:
        """The kind of database alone: what a visitor may know of its place."""
        return self.place.partition(" ")[0]


def faults_of(draft: Draft, act: Act) -> tuple[Fault, ...]:
    """Return what is wrong with a decision, field by field; empty when it can be recorded."""
    place = ((draft.town_code, counties_of(draft.dataset).get(draft.town_code, "")) for _ in range(1))
    faults = list(act.faults(DECIDE, load().limits.length, place))
    for field, value in vars(draft).items():
        for text in value if isinstance(value, tuple) else (value,):
            if field in LENGTHS:
                faults += text_faults(field, text, LENGTHS[field], needed=field in _NEEDED)
    if len(draft.clauses) > CLAUSES_AT_MOST:
        faults.append(Fault("clauses", "too_many", len(draft.clauses), CLAUSES_AT_MOST))
    if draft.action.strip() and draft.action not in DECISION_ACTIONS:
        faults.append(Fault("action", "unknown", value=draft.action[: LENGTHS["action"]]))
    elif (draft.until is not None) != (draft.action in DECISIONS_WITH_DATE) and draft.action.strip():
        faults.append(Fault("until", "date_not_wanted" if draft.until else "date_needed"))
    if draft.suggestion and draft.suggestion not in DECISIONS_FOLLOWING:
        faults.append(Fault("suggestion", "unknown", value=draft.suggestion[: LENGTHS["suggestion"]]))
    if draft.is_against and not draft.objection.strip():
        faults.append(Fault("objection", "reason_needed"))
    return tuple(faults)
