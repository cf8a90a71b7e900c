"""What the clocks of list management ask of a person, an approved extension counted.

Pure; part of `briefing`. The same groups as on the wall: extension over, to be assessed, extension ending; and the
towns whose full term comes near. A town within its extension asks nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import compress
from typing import Final

from cockpit.analysis.briefing.lists import Lists
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.decisions import Decision
from cockpit.policy.register import Register
from cockpit.vocabulary import Stage

# Kind of decision by stage, most pressing first, and whether the line is past.
_KINDS: Final = {
    Stage.OVER: ("clock_over", True),
    Stage.DUE: ("clock_due", True),
    Stage.ENDING: ("clock_ending", False),
    Stage.WATCH: ("clock_soon", False),
}


def clock_decisions(lists: Lists, register: Register, kept: Collection[str] | None = None) -> tuple[Decision, ...]:
    """One decision a group of towns: how many, and the days since or until the most pressing one's line.

    Args:
        kept: codes of the towns to speak of; None for all.
    """
    horizon = int(register.rule("decision_horizon").base_value)
    clause = register.rule("creation_clock").clause
    creating = [town for town in lists.creating if kept is None or town.place.code in kept]
    found = []
    for stage, (kind, is_past) in _KINDS.items():
        lines = [town.clock.deadline for town in creating if town.clock.stage is stage]
        left = sorted((line - lists.as_of).days for line in lines if line)
        if stage is Stage.WATCH:
            left = [days for days in left if days <= horizon]
        if left:
            found.append(Decision(kind, clause, len(left), days=abs(left[0]), is_overdue=is_past))
    return tuple(found)


def with_clocks(briefing: Briefing, lists: Lists, register: Register) -> Briefing:
    """The briefing with the decisions of the clocks before its own. Published lists say nothing of today."""
    kept = set(compress(briefing.cube.towns, briefing.keep)) if briefing.selection.is_filtered else None
    clocks = clock_decisions(lists, register, kept) if lists.is_current else ()
    return replace(briefing, decisions=(*clocks, *briefing.decisions))
