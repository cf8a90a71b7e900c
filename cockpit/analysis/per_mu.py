"""Per-mu evaluation: score against the peers' median, classes A to D within the peer group, leaders.

Pure: arrays of towns x items in, arrays out. A missing value is NaN, stays NaN and earns the fewest points there are;
in the peers' median it stands at the low end. So no town gains by leaving a figure out: its own points can only fall,
the base with them, and the others' points can only rise. A ratio that has no meaning (nothing emitted) is not missing:
it takes the peers' average points. Parameters come from records (data/policy/per_mu.toml).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int_]
Letters = npt.NDArray[np.str_]

YOUNG: Final = "T"
UNKNOWN: Final = "N"
_DIGITS: Final = 9  # scores equal to this many decimals are a tie; the rest is binary noise
_TINY: Final = 1e-9  # 0.6 x 15 must count as 9, not as 8.999...


@dataclass(frozen=True)
class Parameters:
    """Shares between 0 and 1; `cap`, `floor` as multiples of the base; `weights` and `required` in the items' order.

    `tax_floor` in the unit of the item `tax`, which is the column of tax per mu.
    """

    weights: tuple[float, ...]
    required: tuple[bool, ...]
    tax: int
    cap: float
    floor: float
    weight_present: float
    smallest_group: int
    class_shares: tuple[float, float, float]
    tax_floor: float
    leaders: int


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Arrays over the towns given; (towns, items) where said.

    `points` (towns, items) and `score` are NaN for a town that is not ranked; `bases` (towns, items) are those of the
    town's group. `place` is the rank in the group (ties share the best), 0 when not ranked; `group_size` counts the
    ranked. (towns, items) of the ranked: `is_missing` has no figure and the fewest points, `is_imputed` no meaning and
    the peers' average, `is_capped` the most points. `is_held` is a class lowered by the tax floor; `has_d` whether the
    town's group is large enough for a D; `leader` is 1 for the first leader, 0 for none.
    """

    group: Letters
    group_size: Whole
    bases: Values
    points: Values
    score: Values
    letter: Letters
    place: Whole
    is_missing: Mask
    is_imputed: Mask
    is_capped: Mask
    is_held: Mask
    has_d: Mask
    leader: Whole


def points_of(
    values: Values, bases: Values, weights: Sequence[float] | Values, cap: float = math.inf, floor: float = -math.inf
) -> Values:
    """Points of every item: weight x value / base, the ratio held between `floor` and `cap`; NaN where unknown.

    Args:
        values: (towns, items). bases: (items,) or (towns, items); one that is not above zero gives NaN.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(bases > 0, values / bases, np.nan)
    result: Values = np.clip(ratio, floor, cap) * np.asarray(weights, dtype=float)
    return result


def peer_groups(classes: Sequence[str], counted: Mask, smallest: int) -> Letters:
    """Group of every town: its class, or a pool of classes written `finance+health`.

    Classes with fewer than `smallest` counted towns are pooled; while the pool is still too small, the smallest class
    left joins. Ties go by name, so that the same towns always make the same groups.
    """
    kinds = np.asarray(classes, dtype=str)
    size = {str(kind): int((counted & (kinds == kind)).sum()) for kind in np.unique(kinds)}
    by_size = sorted(size, key=lambda kind: (size[kind], kind))
    pool = [kind for kind in by_size if size[kind] < smallest]
    for kind in by_size[len(pool) :]:
        if not pool or sum(size[name] for name in pool) >= smallest:
            break
        pool.append(kind)
    name = "+".join(sorted(pool))
    return np.asarray([name if kind in pool else kind for kind in kinds], dtype=str)


def class_cuts(count: int, shares: tuple[float, float, float]) -> tuple[int, int, int]:
    """Last place of A, B and C among `count` ranked towns: A, B rounded down; D is the rounded-down rest.

    For 20 towns and shares 0.2, 0.6, 0.95: A to 4, B to 12, C to 19, one D.
    """
    first, second, third = shares
    last = math.floor((1 - third) * count + _TINY)
    return math.floor(first * count + _TINY), math.floor(second * count + _TINY), count - last


def smallest_with_d(shares: tuple[float, float, float]) -> int:
    """Ranked towns a group needs before its rounded-down share of D is one town: 20 for a last share of 5 %."""
    return math.ceil(1 / (1 - shares[2]) - _TINY) if shares[2] < 1 else 0


def places_of(scores: Values) -> Whole:
    """Rank of every score, the highest first; ties share the best place."""
    rounded = np.round(scores, _DIGITS)
    return np.asarray([(rounded > score).sum() + 1 for score in rounded], dtype=int)


def letters_of(places: Whole, shares: tuple[float, float, float]) -> Letters:
    """Class by place; towns that tie over a border share the better class, because they share the better place."""
    a, b, c = class_cuts(len(places), shares)
    return np.select([places <= a, places <= b, places <= c], ["A", "B", "C"], "D").astype("<U1")


def evaluate(
    values: Values, classes: Sequence[str], is_young: Mask, parameters: Parameters, is_idle: Mask | None = None
) -> Evaluation:
    """Score and class every town.

    Args:
        values: (towns, items) of one year and one land type, NaN where not reported.
        classes: industry class of each town. is_young: created too short ago, not evaluated.
        is_idle: (towns, items) where the ratio has no meaning because its denominator was reported as zero.
    """
    weights = np.asarray(parameters.weights)
    known = ~np.isnan(values)
    idle = np.zeros_like(known) if is_idle is None else is_idle & ~known
    enough = ((known | idle) * weights).sum(axis=1) >= parameters.weight_present * weights.sum() - _TINY
    ranked = enough & known[:, np.asarray(parameters.required, dtype=bool)].all(axis=1) & ~is_young
    group = peer_groups(classes, ranked, parameters.smallest_group)
    towns = len(values)
    bases, points = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    place, size = np.zeros(towns, dtype=int), np.zeros(towns, dtype=int)
    letter = np.where(is_young, YOUNG, UNKNOWN).astype("<U1")
    for name in np.unique(group):
        members, scored = group == name, (group == name) & ranked
        size[members] = scored.sum()
        bases[members] = _medians(values[scored], idle[scored])
        if not scored.any():
            continue
        raw = _points(values[scored], bases[scored], weights, parameters)
        # What has no meaning for a town and is known of no peer counts as at the base.
        average = np.where(np.isnan(raw).all(axis=0), weights, _means(raw))
        least = max(parameters.floor, 0.0) * weights
        points[scored] = np.where(~np.isnan(raw), raw, np.where(idle[scored], average, least))
        place[scored] = places_of(points[scored].sum(axis=1))
        letter[scored] = letters_of(place[scored], parameters.class_shares)
    tax = values[:, parameters.tax]
    is_held = ranked & (tax < parameters.tax_floor) & np.isin(letter, ("A", "B"))
    letter[is_held] = "C"
    return Evaluation(
        group=group,
        group_size=size,
        bases=bases,
        points=points,
        score=np.where(ranked, points.sum(axis=1), np.nan),
        letter=letter,
        place=place,
        is_missing=ranked[:, None] & ~known & ~idle,
        is_imputed=ranked[:, None] & idle,
        is_capped=ranked[:, None] & known & np.where(bases > 0, values > bases * parameters.cap, values > 0),
        is_held=is_held,
        has_d=size >= smallest_with_d(parameters.class_shares),
        leader=_leaders(tax, letter, parameters.leaders),
    )


def _points(values: Values, bases: Values, weights: Values, parameters: Parameters) -> Values:
    """`points_of`; where there is no base above zero, any figure above zero has the most points."""
    most = np.where(values > 0, parameters.cap, max(parameters.floor, 0.0)) * weights
    raw = points_of(values, bases, weights, parameters.cap, parameters.floor)
    return np.where(np.isnan(values) | (bases > 0), raw, most)


def _medians(values: Values, idle: Mask) -> Values:
    """Median of each item over the towns it has a meaning for, a missing figure below all others; NaN where the middle
    itself is missing."""
    ranked = np.where(np.isnan(values) & ~idle, -np.inf, values)
    found = [np.median(column[~out]) if (~out).any() else np.nan for column, out in zip(ranked.T, idle.T, strict=True)]
    medians = np.asarray(found, dtype=float)
    return np.where(np.isfinite(medians), medians, np.nan)


def _means(points: Values) -> Values:
    known = ~np.isnan(points)
    with np.errstate(invalid="ignore"):
        result: Values = np.where(known, points, 0.0).sum(axis=0) / known.sum(axis=0)
    return result


def _leaders(tax: Values, letter: Letters, count: int) -> Whole:
    """1, 2, ... for the first `count` towns of class A by tax per mu; ties in the order of the towns."""
    best = [int(at) for at in np.argsort(-np.nan_to_num(tax), kind="stable") if letter[at] == "A"][:count]
    leader = np.zeros(len(tax), dtype=int)
    leader[best] = np.arange(1, len(best) + 1)
    return leader
