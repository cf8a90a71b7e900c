"""Alerts of a dataset's current version: what the rules find, what is on record of it, which matters answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from cockpit.acting import FILE_TASK, Act, ActRefused, Fault
from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing.alerts import CLOCK, PROVINCE, Judged
from cockpit.analysis.selection import Selection
from cockpit.analysis.supervision.alerts import Alert, AlertEvent, Sighting, Standing, stand, standing_alerts
from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings.desks import Desk, brief, open_desk
from cockpit.briefings.linking import chains
from cockpit.briefings.listing import Extensions, logged_extensions, town_lists
from cockpit.briefings.profiling import freshness
from cockpit.briefings.ranking import per_mu, vitality
from cockpit.datasets.database.address import database_address
from cockpit.datasets.matters.alerts import AlertLog, AlertRow, alert_log
from cockpit.datasets.store.loading import counties_of
from cockpit.policy.alert_records import WORDS, AlertRule, LooksAt
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope

EVERY_KIND: Final[frozenset[LooksAt]] = frozenset(WORDS)


@dataclass(frozen=True)
class Raised:
    """One alert with its rule and the open matters that answer it."""

    rule: AlertRule
    alert: Alert
    matters: tuple[Matter, ...]


# What is dear to judge and only few pages ask for.
_DEAR: Final[frozenset[LooksAt]] = frozenset({"per_mu", "vitality", "node"})


@lru_cache(maxsize=64)
def sightings(
    desk: Desk, as_of: date, logged: Extensions = (), kinds: frozenset[LooksAt] = EVERY_KIND
) -> tuple[Sighting, ...]:
    """What the rules of some kinds find in one dataset version on a day, over the whole province."""
    whole = Selection(period=desk.choices.default_period, scope=ALL)
    lists = town_lists(desk, whole, as_of, logged)
    year = lists.year if lists.is_current else ""
    before = str(int(year) - 1) if year else ""
    has_both = bool(year) and compute.full_year(desk.cube.periods, before) == before
    dear = kinds & _DEAR if has_both else frozenset()
    classes = index = nodes = None
    if "per_mu" in dear:
        land = desk.register.per_mu.land.default
        classes = per_mu(desk, year, land, ALL), per_mu(desk, before, land, ALL)
    if "vitality" in dear:
        now, earlier = vitality(desk, year, ALL), vitality(desk, before, ALL)
        index = (now, earlier) if now is not None and earlier is not None else None
    if "node" in dear:
        nodes = chains(desk, Selection(year, scope=ALL)), chains(desk, Selection(before, scope=ALL))
    judged = Judged(brief(desk, whole, as_of), lists, freshness(desk, as_of), classes, index, nodes)
    return compute.sightings(judged, desk.cube, desk.of(whole).register, kinds)


def seen_now(dataset: str, as_of: date) -> tuple[Sighting, ...]:
    """All of the current version, extensions of the decision log counted."""
    return sightings(open_desk(dataset), as_of, logged_extensions(dataset))


def known_alerts(dataset: str) -> Mapping[str, Standing]:
    """What is on record of a dataset's alerts, by key.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    log = alert_log(database_address())
    return _known(log, dataset, log.marker())


@lru_cache(maxsize=8)
def _known(log: AlertLog, dataset: str, _marker: int) -> Mapping[str, Standing]:
    events: dict[str, list[AlertEvent]] = {}
    for row in log.rows(dataset):
        events.setdefault(row.alert, []).append(_event(row))
    return {key: stand(items) for key, items in events.items()}


def alerts(
    dataset: str,
    as_of: date,
    scope: Scope,
    matters: Iterable[Matter],
    desk: Desk | None = None,
    kinds: frozenset[LooksAt] = EVERY_KIND,
) -> tuple[Raised, ...]:
    """Alerts a reader may see, in the order of the rules; each with the matters he may see that answer it.

    Args:
        matters: matters of his (`Matters.seen`). kinds: only rules that look at these.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    desk = desk or open_desk(dataset)
    rules, counties = desk.register.alerts, counties_of(dataset)
    found = sightings(desk, as_of, logged_extensions(dataset), kinds)
    in_hand = answered(item for item in matters if item.dataset == dataset)
    standing = standing_alerts(found, known_alerts(dataset), as_of)
    return tuple(
        Raised(rules[item.sighting.rule], item, tuple(in_hand.get(matched(item.sighting.key), ())))
        for item in standing
        if is_seen(item.sighting.subject, scope, counties)
    )


def matched(key: str) -> str:
    """What an alert and a matter are matched by: the key; of a clock its town, as one decision ends it at any stage."""
    _, _, place = key.partition("|")
    return f"|{place}" if place.endswith(f"|{CLOCK}") else key


def answered(matters: Iterable[Matter]) -> dict[str, list[Matter]]:
    """Open matters by what they are matched by; one that asks for a decision on a town answers the town's clock,
    wherever it was handed out."""
    found: dict[str, list[Matter]] = {}
    for item in matters:
        key = f"|{item.subject}|{CLOCK}" if item.goal.kind == "decision_made" else item.alert
        if key and item.is_open:
            found.setdefault(matched(key), []).append(item)
    return found


def recorded(dataset: str, scope: Scope) -> frozenset[str]:
    """Keys of the alerts on record as standing, of a reader's places: what costs nothing to tell.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    counties = counties_of(dataset)
    return frozenset(
        key
        for key, item in known_alerts(dataset).items()
        if item.is_open and is_seen(key.split("|")[1], scope, counties)
    )


def aside(dataset: str, as_of: date) -> frozenset[str]:
    """Keys of the alerts that are set aside on a day: they stand, and ask nobody for anything.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    return frozenset(key for key, item in known_alerts(dataset).items() if item.is_set_aside(as_of))


def is_seen(subject: str, scope: Scope, counties: Mapping[str, str]) -> bool:
    """Whether a reader may see what is about a place; the whole province only who sees all of it."""
    if scope.is_all:
        return True
    return subject != PROVINCE and scope.holds(subject, counties.get(subject, subject))


def set_aside(dataset: str, key: str, until: date, act: Act, as_of: date) -> None:
    """Put an alert aside until a day, with the reason in the act's note.

    Raises:
        ActRefused: right or scope is missing, the alert does not stand, no reason, or the day is not later than
            today or too far away.
    """
    counties, desk = counties_of(dataset), open_desk(dataset)
    found_now = standing_alerts(seen_now(dataset, as_of), known_alerts(dataset), as_of)
    standing = {item.sighting.key: item for item in found_now}
    subject = key.split("|")[1] if key.count("|") == 2 else ""
    found = list(act.faults(FILE_TASK, load().limits.length, [(subject, counties.get(subject, subject))]))
    if not found and key not in standing:
        found.append(Fault("alert", "alert_gone"))
    if not found and not act.note:
        found.append(Fault("note.file_task", "empty"))
    if not found and until <= as_of:
        found.append(Fault("until", "date_over", value=as_of.isoformat()))
    most = load().supervision.limit("aside_days")
    if not found and (until - as_of).days > most:
        found.append(Fault("until", "aside_long", limit=most))
    if found:
        act.record("set_aside", key, outcome="refused", why=found[0].problem)
        raise ActRefused(tuple(found))
    number = standing[key].standing.number + 1
    version = desk.dataset.manifest.version
    row = AlertRow(dataset, key, number, as_of.isoformat(), "set_aside", version, act.who, act.note, until.isoformat())
    with act.doing("set_aside", key, until=until.isoformat()):
        if not alert_log(database_address()).append([row]):
            raise ActRefused((Fault("alert", "alert_moved"),))


def _event(row: AlertRow) -> AlertEvent:
    until = date.fromisoformat(row.until) if row.until else None
    day = date.fromisoformat(row.day)
    return AlertEvent(row.alert, row.number, day, row.kind, row.version, row.by, row.note, until)  # type: ignore[arg-type]
