"""Scenarios (情景): tried, sought, saved under a name. Nothing of them is ever data."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from cockpit.acting import PLAN, Act, ActRefused, Fault
from cockpit.analysis.briefing import Scenario, Sought, scenario, seek, two_way
from cockpit.analysis.briefing.levers import Lever, read_lever
from cockpit.briefings.desks import Desk, cube_seen
from cockpit.briefings.plan_book import SCENARIOS, Plans, Saved, all_plans
from cockpit.datasets.database.address import database_address
from cockpit.datasets.database.events import Row
from cockpit.datasets.planning.log import plan_log
from cockpit.policy.register import load
from cockpit.rights import Scope
from cockpit.texts import visible

_LONGEST_NAME: Final = 40


@lru_cache(maxsize=128)
def tried(desk: Desk, period: str, scope: Scope, levers: tuple[Lever, ...]) -> Scenario:
    """The targets of the desk's set with levers on the figures of a period; of a reader with a scope on his own."""
    return scenario(desk.dataset, cube_seen(desk, scope), desk.register, period, levers)


@lru_cache(maxsize=128)
def sought(desk: Desk, period: str, scope: Scope, levers: tuple[Lever, ...], target_id: str) -> Sought:
    """What the first lever would have to be for a target to be met."""
    target = desk.register.targets[target_id]
    return seek(desk.dataset, cube_seen(desk, scope), desk.register, period, levers, 0, target)


@lru_cache(maxsize=128)
def crossed(
    desk: Desk, period: str, scope: Scope, levers: tuple[Lever, ...], steps: tuple[float, ...], target_id: str
) -> list[list[float | None]]:
    """The figure of a target for steps of the first lever, without the second and with it."""
    target = desk.register.targets[target_id]
    return two_way(desk.dataset, cube_seen(desk, scope), desk.register, period, levers, steps, target)


def saved_for(plans: Plans, desk: Desk, scope: Scope) -> tuple[Saved, ...]:
    """Saved scenarios a reader may meet: none that names a place outside his scope."""
    found = plans.saved(desk.dataset.name)
    return found if scope.is_all else tuple(item for item in found if _is_within(item, desk, scope))


def _is_within(item: Saved, desk: Desk, scope: Scope) -> bool:
    towns = desk.dataset.towns
    counties = dict(zip(towns["town_code"].astype(str), towns["county_adcode"].astype(str), strict=True))
    levers = [read_lever(text, desk.register.indicators) for text in item.levers]
    return all(
        lever is not None
        and (lever.where != "town" or scope.holds(lever.code, counties.get(lever.code, "")))
        and (lever.where != "prefecture" or scope.holds_area(lever.code))
        for lever in levers
    )


def name_of(typed: str) -> str:
    """The name a scenario is kept under: names that look alike are one, however they were typed."""
    return " ".join(unicodedata.normalize("NFKC", visible(typed)).split())


def keep_scenario(
    desk: Desk,
    name: str,
    levers: tuple[Lever, ...],
    act: Act,
    *,
    replaces: Saved | None = None,
    is_dropped: bool = False,
) -> None:
    """Save the levers under a name, or take the name off the list.

    Args:
        replaces: the scenario of this name that is given up, as the actor saw it.

    Raises:
        ActRefused: the right is missing, no name, no lever, another one has the name.
        EventConflict: somebody was quicker. LogUnavailable: the database cannot be used.
    """
    name = name_of(name)
    faults = list(act.faults(PLAN, load().limits.length))
    if not 0 < len(name) <= _LONGEST_NAME:
        faults.append(Fault("scenario", "scenario_name"))
    if not levers and not is_dropped:
        faults.append(Fault("scenario", "scenario_empty"))
    known = next((item for item in all_plans().saved(desk.dataset.name) if item.name == name), None)
    if known not in (None, replaces) and not is_dropped:
        faults.append(Fault("scenario", "scenario_taken"))
    if faults:
        act.record("plan", "scenario", outcome="refused", why=faults[0].problem)
        raise ActRefused(tuple(faults))
    log, stream, manifest = plan_log(database_address()), f"{SCENARIOS}{desk.dataset.name}", desk.dataset.manifest
    detail = {
        "name": name, "levers": [str(lever) for lever in levers], "set": desk.register.target_set,
        "version": manifest.version, "number": manifest.number,
    }  # fmt: skip
    number = len(log.rows().get(stream, ())) + 1
    kind = "dropped" if is_dropped else "saved"
    log.append(Row(stream, number, datetime.now(UTC), kind, act.who, "", act.note, detail))
    act.record("plan", f"{stream}/{name}", kind=kind)
