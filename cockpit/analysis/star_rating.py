"""Star rating of named towns, clause [3.3]: base by the index, caps by norms, stability by draws. No quota is forced.

Pure: plain arrays and records in. A town without an index is not rated; missing figures for a cap never count as kept,
they leave the stars open downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cockpit.policy.list_records import Signal, StarRule

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Broken:
    """A broken norm with the figure that breaks it, in base unit."""

    rule: StarRule
    value: float


@dataclass(frozen=True)
class Standing:
    """What the index of one year gives a town, before caps.

    `nominal` are the stars of the index alone, `stars` those carried: the year before's, moved as far towards nominal
    as the draws agree. `stability` is the share of draws on nominal's side, None without draws.
    """

    year: int
    index: float
    nominal: int
    stars: int
    stability: float | None = None


@dataclass(frozen=True)
class Rating:
    """The stars of one town.

    `base` comes from the index alone (None: no index), `carried` is what is left of it by the year before, `stars`
    after caps; None where not rated: no index, or figures are missing that could still lower it. `lowest` and `highest`
    span what is possible. `stability` is the share of draws on the side of `base`; `kept` are the stars where they are
    not those of the index because the change was not stable enough.
    """

    index: float | None
    base: int | None
    stars: int | None
    lowest: int | None
    highest: int | None
    caps: tuple[Broken, ...]
    checks: tuple[Broken, ...]
    unknown: tuple[StarRule, ...]
    stability: float | None = None
    kept: int | None = None
    carried: int | None = None

    @property
    def is_capped(self) -> bool:
        """Whether a cap took stars away."""
        return self.stars is not None and self.carried is not None and self.stars < self.carried

    @property
    def is_for_elimination(self) -> bool:
        """Whether the town is listed for a study of elimination, rated or not."""
        return any(cap.rule.is_elimination for cap in self.caps)


def stars_of(index: Values, levels: Iterable[StarRule]) -> npt.NDArray[np.int_]:
    """Stars of each index by the levels; 0 where the index is NaN."""
    ordered = sorted((level.base_value, level.stars or 0) for level in levels)
    borders = np.array([border for border, _ in ordered])
    stars = np.array([0, *(count for _, count in ordered)])
    found = stars[np.searchsorted(borders, np.asarray(index, dtype=float), side="right")]
    return np.where(np.isnan(index), 0, found)


def stand(
    year: int,
    index: float,
    draws: Values,
    levels: Iterable[StarRule],
    stability: float,
    before: Standing | None = None,
) -> Standing:
    """Carry a town's stars on to a year in which it has an index.

    A star rises only with the index and falls only with it, towards the stars of the index, as far as at least the
    share `stability` of the draws agrees.

    Args:
        index: 0-100. draws: indices of the same town under other weights on the same scale, shape [draws].
        before: the last year it was rated in, None for the first: its stars are those of the index.
    """
    levels = list(levels)
    nominal = int(stars_of(np.array([index]), levels)[0])
    drawn = stars_of(draws, levels)
    drawn = drawn[drawn > 0]

    def share(stars: int, sign: int) -> float:
        return float((drawn * sign >= stars * sign).mean()) if len(drawn) else 0.0

    sign = 0 if before is None else (nominal > before.stars) - (nominal < before.stars)
    told = share(nominal, sign) if sign else float((drawn == nominal).mean()) if len(drawn) else 0.0
    stars = nominal
    if before is not None and sign:
        moves = range(nominal, before.stars, -sign) if (index - before.index) * sign > 0 else ()
        stars = next((star for star in moves if share(star, sign) >= stability), before.stars)
    return Standing(year, float(index), nominal, stars, told if len(drawn) else None)


def rate(standing: Standing | None, figures: Mapping[Signal, float | None], rules: Iterable[StarRule]) -> Rating:
    """Rate one town: the stars its index gives it, cut by the caps.

    Args:
        standing: None when there is no index. figures: signal -> figure in base unit, None where it is not known.
    """
    rules = list(rules)
    caps: list[Broken] = []
    checks: list[Broken] = []
    unknown: list[StarRule] = []
    for rule in rules:
        if rule.signal is None:
            continue
        value = figures.get(rule.signal)
        if value is None:
            unknown.append(rule)
        elif not rule.is_kept(value):
            (caps if rule.kind == "cap" else checks).append(Broken(rule, value))
    told = (tuple(caps), tuple(checks), tuple(unknown))
    if standing is None:
        return Rating(None, None, None, None, None, *told)
    # Caps are facts: stars they take away need no draws to be lost, and they come back with the facts.
    most = min([standing.stars, *(cap.rule.stars for cap in caps if cap.rule.stars)])
    least = min([most, *(rule.stars for rule in unknown if rule.kind == "cap" and rule.stars)])
    is_open = least != most
    is_kept = most == standing.stars != standing.nominal
    return Rating(
        standing.index,
        standing.nominal,
        None if is_open else most,
        least,
        most,
        *told,
        stability=None if is_open else standing.stability,
        kept=most if is_kept and not is_open else None,
        carried=standing.stars,
    )
