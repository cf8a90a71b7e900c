"""The status of a town from its open matters: 正常, 在轨, 关注, 整改 or 不评, by the rules of the register.

Pure. What is not known is never taken for good: it is listed beside the open matters, and where too much of it stands
alone the town is not judged. A known matter counts however much else is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cockpit.policy.list_records import RiskRule, Signal, StarRule
from cockpit.policy.records import Clause
from cockpit.policy.town_code_design import MatterRecord, StatusName, TownCodeDesign
from cockpit.vocabulary import Risk, Stage

# Why a town is not judged.
Silence = Literal["", "published", "cultivating", "removed", "unknown"]


@dataclass(frozen=True)
class Situation:
    """What is known of one town on the day of judgement.

    `is_current` is False where only published data are at hand. `figures`: signal -> figure in base unit, None where
    not known. `stage` and `ends_on` come from the clock of a town being created, `risk` from its grade (None: not
    graded). `missing_share` of the figures due are missing, `None` where nothing was due.
    """

    list_status: str
    is_current: bool
    figures: Mapping[Signal, float | None]
    stage: Stage | None = None
    ends_on: date | None = None
    risk: Risk | None = None
    missing_share: float | None = None


@dataclass(frozen=True)
class Issue:
    """One open matter. `norm` is the record it breaks, `value` the figure that breaks it in the norm's base unit.

    For a clock `ends_on` is the day its line was or will be reached; for returns `value` is the missing share.
    """

    matter: MatterRecord
    norm: Clause | None = None
    value: float | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class TownStatus:
    """The status of one town with what it rests on: red lines first, then the other open matters.

    `unknown` are matters that bind the town and of which nothing can be said. `silence` is set with `none` only.
    `hidden` matters count and are told at the desk only (`for_public`).
    """

    name: StatusName
    issues: tuple[Issue, ...] = ()
    unknown: tuple[MatterRecord, ...] = ()
    silence: Silence = ""
    hidden: int = 0

    @property
    def count(self) -> int:
        """Open matters, the hidden ones included."""
        return len(self.issues) + self.hidden

    @property
    def red(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.matter.is_red)

    def for_public(self) -> TownStatus:
        """The same status with inner matters counted and not told."""
        shown = tuple(issue for issue in self.issues if issue.matter.is_public)
        unknown = tuple(matter for matter in self.unknown if matter.is_public)
        return replace(self, issues=shown, unknown=unknown, hidden=self.count - len(shown))


def _look(matter: MatterRecord, at: Situation, design: TownCodeDesign) -> Issue | Literal["kept", "unknown"]:
    """One matter that binds the town: open, kept or not known."""
    norm = design.norms.get(matter.norms[at.list_status])
    if matter.kind == "norm":
        if not isinstance(norm, RiskRule | StarRule) or norm.signal is None:
            raise TypeError(f"{matter.id}: the register lets no other norm through")
        value = at.figures.get(norm.signal)
        if value is None:
            return "unknown"
        return "kept" if norm.is_kept(value) else Issue(matter, norm, value)
    if matter.kind == "clock":
        if at.stage in (None, Stage.UNKNOWN_DATE):
            return "unknown"
        return Issue(matter, norm, ends_on=at.ends_on) if at.stage in matter.stages else "kept"
    if matter.kind == "risk":
        if at.risk is Risk.PENDING:
            return "unknown"
        return Issue(matter, norm) if at.risk is not None and at.risk in matter.grades else "kept"
    if at.missing_share is None or at.missing_share < design.value("missing_returns"):
        return "kept"
    return Issue(matter, norm, at.missing_share)


def judge_town(at: Situation, design: TownCodeDesign) -> TownStatus:
    """Judge one town."""
    if not at.is_current:
        return TownStatus("none", silence="published")
    if at.list_status == "removed":
        return TownStatus("none", silence="removed")
    bound = [matter for matter in design.matters.values() if at.list_status in matter.norms]
    if not bound:
        return TownStatus("none", silence="cultivating")
    issues: list[Issue] = []
    unknown: list[MatterRecord] = []
    for matter in bound:
        seen = _look(matter, at, design)
        if isinstance(seen, Issue):
            issues.append(seen)
        elif seen == "unknown":
            unknown.append(matter)
    issues.sort(key=lambda issue: not issue.matter.is_red)
    told = (tuple(issues), tuple(unknown))
    if any(issue.matter.is_red for issue in issues) or len(issues) >= design.value("open_to_mend"):
        return TownStatus("mend", *told)
    if issues:
        return TownStatus("watch", *told)
    if len(unknown) > design.value("unknown_most") * len(bound):
        return TownStatus("none", *told, silence="unknown")
    return TownStatus("course" if at.list_status == "creating" else "normal", *told)
