"""What the province's next figure could be, by methods that disagree: each with what it rests on. All of it a proposal.

Pure. Sums only: a share is not extrapolated, its worst towns are raised (`allocation.raise_worst`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Method = Literal["continue", "outer", "benchmark", "catch_up", "capacity", "bottom_up"]
METHODS: Final[tuple[Method, ...]] = ("continue", "outer", "benchmark", "catch_up", "capacity", "bottom_up")
# What can be at most says nothing of what should be, so it stands beside the median and not in it.
CEILINGS: Final[frozenset[Method]] = frozenset({"capacity"})
_FRONTIER: Final = 0.9


@dataclass(frozen=True)
class Proposal:
    """A figure by one method, and the growth a year it asks for; None where its inputs are not known."""

    method: Method
    value: float | None
    yearly: float | None


def yearly_growth(before: float, after: float, years: int) -> float | None:
    """Constant growth a year between two figures: of 19,800 to 25,000 in three years 8.1 %."""
    return (after / before) ** (1 / years) - 1 if before > 0 and after > 0 and years > 0 else None


def carried_on(last: float, growth: float | None, years: int) -> float | None:
    """The last figure grown on at the rate observed of the same towns."""
    return None if growth is None else last * (1 + growth) ** years


def benchmark(values: Values, sizes: Values, classes: npt.NDArray[np.str_], quantile: float) -> float | None:
    """The sum if every town below the quantile of its class, per size, came up to it."""
    known = ~np.isnan(values) & (sizes > 0)
    if not known.any():
        return None
    total = float(np.nansum(values[~known]))
    for name in np.unique(classes[known]):
        own = known & (classes == name)
        ratio = values[own] / sizes[own]
        total += float((np.maximum(ratio, np.quantile(ratio, quantile)) * sizes[own]).sum())
    return total


def catch_up(
    values: Values, sizes: Values, classes: npt.NDArray[np.str_], half_life: float, years: int
) -> float | None:
    """The sum if each town's gap to the frontier of its class, per size, halved in `half_life` years."""
    known = ~np.isnan(values) & (sizes > 0)
    if not known.any():
        return None
    left = 2.0 ** (-years / half_life)
    total = float(np.nansum(values[~known]))
    for name in np.unique(classes[known]):
        own = known & (classes == name)
        ratio = values[own] / sizes[own]
        frontier = np.maximum(np.quantile(ratio, _FRONTIER), ratio)
        total += float(((frontier - (frontier - ratio) * left) * sizes[own]).sum())
    return total


def capacity(
    values: Values, sizes: Values, planned: Values, classes: npt.NDArray[np.str_], quantile: float
) -> float | None:
    """The sum if the land planned and not yet used bore what land in use bears at a quantile of the class: a ceiling.

    Args:
        sizes: land in use, mu. planned: land planned for production, mu; less than what is in use counts as used up.
    """
    known = ~np.isnan(values) & (sizes > 0) & ~np.isnan(planned)
    if not known.any():
        return None
    total = float(np.nansum(values[~known]))
    for name in np.unique(classes[known]):
        own = known & (classes == name)
        per_mu = float(np.quantile(values[own] / sizes[own], quantile))
        total += float((values[own] + np.maximum(planned[own] - sizes[own], 0.0) * per_mu).sum())
    return total
