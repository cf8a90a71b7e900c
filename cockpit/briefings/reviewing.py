"""What a reviewer sees of a submission, and where a figure comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing import VerdictChange
from cockpit.briefings.desks import Desk
from cockpit.datasets.publishing import merging, provenance
from cockpit.datasets.publishing.submissions import Submission, open_submission
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


def review(desk: Desk, submission: str, as_of: date) -> Review:
    """Compare a submission with the version of `desk`; publish with `expected_parent=review.difference.parent`.

    Raises:
        DatasetError: no such submission, or its accepted values are damaged.
    """
    delivery = open_submission(desk.dataset.name, submission)
    return Review(delivery, *_review(desk, submission, as_of))


@lru_cache(maxsize=16)
def _review(desk: Desk, submission: str, as_of: date) -> tuple[merging.Diff, pd.DataFrame, tuple[VerdictChange, ...]]:
    # Files of a submission never change; its log does, and is read outside.
    delivery = open_submission(desk.dataset.name, submission)
    difference = merging.diff(desk.dataset, delivery)
    after = merging.preview(desk.dataset, delivery)
    cube = compute.cube_of(after, desk.register)
    cells = frozenset(zip(difference.cells["period"].astype("str"), difference.cells["indicator"], strict=True))
    totals = compute.total_changes((desk.dataset.towns, desk.cube), (after.towns, cube), desk.register, cells)
    due = {str(target.due.year) for target in desk.register.targets.values()}
    periods = {period for period, _ in cells} | {desk.choices.default_period} | due
    newest_first = tuple(sorted(periods, key=Period.parse, reverse=True))
    verdicts = compute.verdict_changes((desk.dataset, desk.cube), (after, cube), desk.register, newest_first, as_of)
    return difference, totals, verdicts


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
