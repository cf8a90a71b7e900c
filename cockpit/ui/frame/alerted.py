"""Alerts on a page: those about what it shows, each with its matter or with 交办."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cockpit.analysis.supervision.statistics import waiting
from cockpit.briefings.alerting import EVERY_KIND, Raised, alerts, answered, aside, known_alerts, matched, recorded
from cockpit.briefings.desks import place_names
from cockpit.briefings.supervising import Matters, all_matters, of_selection, places_selected
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.policy.alert_records import LooksAt
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.actions import alerts as blocks
from cockpit.visuals.marks.html import section, simulated
from cockpit.visuals.marks.markup import EMPTY, Markup


def matters_of(view: View) -> Matters:
    """The matters of this dataset the reader may see.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    return all_matters().of_dataset(view.desk.dataset.name).seen(view.person.sees)


def raised(view: View, kinds: frozenset[LooksAt] = EVERY_KIND) -> tuple[Raised, ...]:
    """The alerts he may see, of some kinds of judgement or of all.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    found = matters_of(view)
    return alerts(view.desk.dataset.name, view.briefing.as_of, view.person.sees, found.matters, view.desk, kinds)


def _show(view: View, kinds: Iterable[LooksAt], chosen: Callable[[Raised], bool]) -> None:
    """The alerts chosen, each with its way on; nothing where there is none."""
    try:
        shown = [item for item in raised(view, frozenset(kinds)) if chosen(item)]
    except LogUnavailable:
        return  # the page that shows the log says so
    if shown:
        body = blocks.rows(shown, view.desk.register, place_names(view.desk, view.language), view.language)
        mark = simulated(view.briefing.is_simulated(), view.language)
        show(section(view.say("alerts.here"), mark, body))


def of_town(view: View, code: str) -> None:
    """The alerts about a town."""
    kinds = EVERY_KIND - {"node", "target", "return"}  # those are of chains, of the province and of counties
    _show(view, kinds, lambda item: item.alert.sighting.subject == code)


def of_listed(view: View, code: str) -> None:
    """What list management raises of a town: clock, checks, figures."""
    _show(view, ("clock", "check", "figure"), lambda item: item.alert.sighting.subject == code)


def of_target(view: View, target: str) -> None:
    """The alert about a target, where it is missed, behind or cannot be judged."""
    _show(view, ("target",), lambda item: item.alert.sighting.about == target)


def of_returns(view: View) -> None:
    """Returns that are missing, one line a county."""
    _show(view, ("return",), lambda item: True)


def rail(view: View) -> Markup:
    """What waits for somebody about the towns selected, for the side of the cockpit, from the record alone; empty where
    there is nothing."""
    try:
        standing, known = recorded(view.desk.dataset.name, view.person.sees), matters_of(view)
        put_aside = aside(view.desk.dataset.name, view.briefing.as_of)
    except LogUnavailable:
        return EMPTY
    selection, mine, in_hand = view.briefing.selection, known.matters, answered(known.matters)
    if selection.is_filtered:
        mine = of_selection(known, view.briefing).matters
        places = places_selected(view.briefing)
        standing = frozenset(key for key in standing if key.split("|")[1] in places)
    if not standing and not mine:
        return EMPTY
    # Nothing on record yet is not none: the first check has not run.
    is_checked = bool(known_alerts(view.desk.dataset.name))
    waits = waiting(mine, view.briefing.as_of)
    new = sum(matched(key) not in in_hand for key in standing - put_aside)
    only = selection.prefectures if not replace(selection, prefectures=()).is_filtered else ()
    return blocks.rail(
        waits,
        len(standing) if is_checked else None,
        new if is_checked else None,
        view.language,
        is_part=selection.is_filtered,
        region=only[0] if len(only) == 1 else "",
    )


def ways_of_decisions(view: View) -> tuple[tuple[str, str, Markup], ...]:
    """Beside what waits for a decision its matter or 交办, as (kind, subject, markup); from the record alone."""
    try:
        standing = recorded(view.desk.dataset.name, view.person.sees)
        in_hand = answered(matters_of(view).matters)
        put_aside = aside(view.desk.dataset.name, view.briefing.as_of)
    except LogUnavailable:
        return ()
    towns = frozenset(view.briefing.towns["town_code"].astype("str"))
    behind: dict[tuple[str, str], list[str]] = {}
    for key in sorted(standing):
        name, subject, about = key.split("|")
        rule = view.desk.register.alerts.get(name)
        if rule is not None and rule.looks_at == "clock" and subject in towns:
            behind.setdefault((f"clock_{rule.words[0]}", ""), []).append(key)
        elif rule is not None and rule.words == ("cannot_judge",):
            for kind in ("low_coverage", "silence"):
                behind.setdefault((kind, about), []).append(key)
    found = []
    for (kind, about), keys in behind.items():
        matters = [matter for key in keys for matter in in_hand.get(matched(key), ())]
        free = [key for key in keys if matched(key) not in in_hand and key not in put_aside]
        found.append((kind, about, blocks.way_of_decision(keys, matters, free, view.language)))
    return tuple(found)
