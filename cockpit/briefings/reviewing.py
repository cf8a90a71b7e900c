"""What a reviewer sees of a submission, and where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing import Update, VerdictChange
from cockpit.analysis.briefing.cases import KIND as CASES
from cockpit.briefings.desks import Desk, open_desk, seen_by
from cockpit.datasets.publishing import merging, provenance
from cockpit.datasets.publishing.submissions import Submission, accepted, all_submissions, open_submission, touched
from cockpit.errors import DatasetError
from cockpit.rights import ALL, Scope
from cockpit.units import Period


@dataclass(frozen=True, eq=False)
class Review:
    """What a reviewer sees before publishing a submission over a desk's version.

    `totals`: see `compute.briefing.changes.total_changes`. `verdicts`: target answers that would change, turned ones
    first, for the periods the submission touches, the default period and the years the targets are due.
    """

    submission: Submission
    difference: merging.Diff
    totals: pd.DataFrame
    verdicts: tuple[VerdictChange, ...]


def review(desk: Desk, submission: str, as_of: date, scope: Scope = ALL) -> Review:
    """Compare a submission with the version of `desk`; publish with `expected_parent=review.difference.parent`.

    Args:
        scope: what the reviewer may see; totals that would tell of too few others are left out.

    Raises:
        DatasetError: no such submission, or its accepted values are damaged.
    """
    delivery = open_submission(desk.dataset.name, submission)
    return Review(delivery, *_review(desk, submission, as_of, scope))


@lru_cache(maxsize=16)
def _review(
    desk: Desk, submission: str, as_of: date, scope: Scope
) -> tuple[merging.Diff, pd.DataFrame, tuple[VerdictChange, ...]]:
    # Files of a submission never change; its log does, and is read outside.
    delivery = open_submission(desk.dataset.name, submission)
    difference = merging.diff(desk.dataset, delivery)
    after = merging.preview(desk.dataset, delivery)
    now = seen_by(desk.cube, desk.dataset, scope, desk.register)
    cube = seen_by(compute.cube_of(after, desk.register), after, scope, desk.register)
    cells = frozenset(zip(difference.cells["period"].astype("str"), difference.cells["indicator"], strict=True))
    totals = compute.total_changes((desk.dataset.towns, now), (after.towns, cube), desk.register, cells)
    due = {str(target.due.year) for target in desk.register.targets.values()}
    periods = {period for period, _ in cells} | {desk.choices.default_period} | due
    newest_first = tuple(sorted(periods, key=Period.parse, reverse=True))
    verdicts = compute.verdict_changes((desk.dataset, now), (after, cube), desk.register, newest_first, as_of)
    return difference, totals, verdicts


@lru_cache(maxsize=8)
def version_update(desk: Desk) -> Update | None:
    """What the desk's version brought; None for the first one, and where the version before cannot be read."""
    manifest = desk.dataset.manifest
    if manifest.parent is None:
        return None
    try:
        before = open_desk(desk.dataset.name, manifest.parent)
    except DatasetError:  # the version on screen is as good as ever
        return None
    return compute.update((before.dataset, before.cube), (desk.dataset, desk.cube), desk.register)


def submissions_seen(desk: Desk, every: tuple[Submission, ...], scope: Scope) -> tuple[Submission, ...]:
    """The submissions a reader may see: those that touch towns of his scope only."""
    if scope.is_all:
        return every
    return tuple(item for item in every if all(scope.holds(*town) for town in _towns_of(desk, item.id)))


def cases_waiting(desk: Desk, scope: Scope) -> int:
    """How many nominated cases wait for somebody to review them, of submissions the reader may see."""
    table = desk.register.elements.kinds[CASES].table
    every = [item for item in all_submissions(desk.dataset.name) if item.state == "received" and item.tables.get(table)]
    return sum(item.tables[table] for item in submissions_seen(desk, tuple(every), scope))


def reaching_out(desk: Desk, every: tuple[Submission, ...], scope: Scope) -> int:
    """How many submissions touch towns of a scope and others as well: somebody whose scope holds all reviews them."""
    if scope.is_all:
        return 0
    found = ([scope.holds(*town) for town in _towns_of(desk, item.id)] for item in every)
    return sum(any(holds) and not all(holds) for holds in found)


@lru_cache(maxsize=1024)
def _towns_of(desk: Desk, submission: str) -> tuple[tuple[str, str], ...]:
    # Its files never change; where its firms stand now does, with the version.
    dataset = desk.dataset.name
    return tuple(touched(dataset, lambda: accepted(open_submission(dataset, submission)))) or (("", ""),)


def trace(desk: Desk, town_code: str, period: str, indicator: str) -> provenance.Trace:
    """Where a town's figure comes from, down to the cells of its parts.

    Raises:
        RecordError: unknown indicator. KeyError: unknown town.
    """
    if town_code not in desk.cube.towns:
        raise KeyError(town_code)
    place = desk.cube.towns.index(town_code)

    def value_of(name: str) -> float | None:
        value = float(desk.cube.of(name, period)[place])
        return None if value != value else value

    return provenance.trace(desk.dataset, desk.register, town_code, period, indicator, value_of)
