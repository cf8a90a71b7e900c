"""Town profiles and what they share."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing import Freshness, Profile, Province
from cockpit.analysis.selection import Selection
from cockpit.briefings.desks import Desk, cube_seen
from cockpit.briefings.linking import chains, facts_of
from cockpit.briefings.listing import Extensions, whole_lists
from cockpit.rights import ALL, Scope


@lru_cache(maxsize=8)
def freshness(desk: Desk, as_of: date) -> Freshness | None:
    """Reported, late and missing by indicator and town; None for published data, which no town owes a return."""
    return compute.freshness(desk.dataset, desk.cube, desk.register, as_of)


@lru_cache(maxsize=8)
def province(desk: Desk, as_of: date, logged: Extensions = ()) -> Province:
    """What all town profiles share: `statuses` by town_code, the year of the figures.

    Args:
        logged: extensions recorded in the decision log (`Decided.extensions`), as for `town_lists`.
    """
    selection = Selection(desk.choices.default_period, scope=ALL)
    facts = facts_of(desk, selection)
    return compute.province(
        desk.dataset,
        desk.cube,
        desk.of(selection).register,
        whole_lists(desk, selection.period, as_of, logged),
        freshness(desk, as_of),
        facts,
        chains(desk, selection),
        as_of,
    )


@lru_cache(maxsize=512)
def town_profile(desk: Desk, town_code: str, as_of: date, logged: Extensions = (), scope: Scope = ALL) -> Profile:
    """One town from every side; `.for_public()` is what a passer-by may read.

    Args:
        scope: what its reader may see; figures of class and province that would tell of too few others are kept back.

    Raises:
        KeyError: no such town_code.
    """
    return compute.profile(province(desk, as_of, logged), town_code, cube_seen(desk, scope))
