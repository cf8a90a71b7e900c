"""What an index is made of: indicators, groups of any depth, and how each step is done.

Pure. Every fault of a structure is found when it is made, with the node it stands in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cockpit.errors import RecordError
from cockpit.policy.index_design import IndexDesign, read_index

Aggregation = Literal["arithmetic", "geometric", "harmonic"]
Normalisation = Literal["goalposts", "minmax", "zscore", "percentile"]
Clip = Literal["both", "low", "high", "none"]
AGGREGATIONS: Final = ("arithmetic", "geometric", "harmonic")
NORMALISATIONS: Final = ("goalposts", "minmax", "zscore", "percentile")


@dataclass(frozen=True)
class Indicator:
    """A leaf: where its figures stand and how they become a score.

    Attributes:
        column: column of the table; the id when empty.
        weight: any positive number; siblings' weights are rescaled to sum 1.
        direction: +1 more is better, -1 less is better.
        denominator: column to divide by; a denominator that is missing or not above zero leaves the value missing.
        factor: the quotient is multiplied by it (1000 for "per thousand").
        floor, cap: values beyond are set to them before anything else, whatever the normalisation.
        transform: `log` takes ln(value + offset) of value and goalposts alike; value + offset must be above zero.
        low, high: goalposts in the unit of the (denominated, untransformed) value, low < high for either direction.
        clip: at which goalposts values beyond are cut, before the transform.
        normalisation: of this indicator alone; the structure's when None.
        only: values of the structure's `group` column the indicator applies to; all when empty. Where it does not
            apply its weight goes to its siblings and is not counted as missing.
    """

    id: str
    column: str = ""
    weight: float = 1.0
    direction: Literal[1, -1] = 1
    denominator: str = ""
    factor: float = 1.0
    floor: float | None = None
    cap: float | None = None
    transform: Literal["none", "log"] = "none"
    offset: float = 0.0
    low: float | None = None
    high: float | None = None
    clip: Clip = "both"
    normalisation: Normalisation | None = None
    only: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        return self.column or self.id


@dataclass(frozen=True)
class Group:
    """An inner node: a weighted mean of its parts.

    `present` is the share of its parts' weight that must be there for it to be scored, 0 for any; None takes the
    structure's.
    """

    id: str
    parts: tuple[Group | Indicator, ...]
    weight: float = 1.0
    aggregation: Aggregation = "arithmetic"
    present: float | None = None


@dataclass(frozen=True)
class Treatment:
    """Outliers, as the Joint Research Centre and COINr treat them.

    While |skewness| >= `skewness` and kurtosis >= `kurtosis` (sample-adjusted, as pandas and Excel compute them: type
    2, kurtosis in excess of the normal's) the farthest point, at the top when skewness is not negative and else at the
    bottom, takes the next value; tied points go together; no new round once `most` points have been moved. Where that
    is not enough, `fallback` = "log" puts ln(x - min + 0.01 (max - min)) of the untouched values in their place;
    "none" keeps the winsorised ones. Fewer than four values are left alone.
    """

    skewness: float = 2.0
    kurtosis: float = 3.5
    most: int = 5
    fallback: Literal["none", "log"] = "none"


@dataclass(frozen=True)
class Structure:
    """The whole index. Steps: denominate, impute, floor and cap, treat, clip, transform, normalise, aggregate.

    Attributes:
        root: the tree; every id in it is used once.
        scale: (lo, hi) of the scores under goalposts, minmax and percentile.
        target: (mean, standard deviation) of the scores under zscore; `ddof` 1 divides by n - 1, 0 by n.
        group: column of the table with the class of each unit, for `only`, imputation, ranks within and draws.
        imputation: fill missing values with the mean of the unit's group (falling back to `fallback`: the mean of all,
            or leave it missing), with the mean of all, or with the goalpost that scores least (`low`), so that no unit
            gains by leaving a figure out. Thresholds below look at what was there before.
        present: smallest share of weight for a group to be scored; `present_overall` that of all indicators for the
            index to be scored. 0 switches either off. Weights are rescaled among what is present.
        floor: geometric and harmonic means take parts below it as the floor; None: a part not above zero is an error.
    """

    root: Group
    normalisation: Normalisation = "goalposts"
    scale: tuple[float, float] = (0.0, 100.0)
    target: tuple[float, float] = (0.0, 1.0)
    ddof: int = 1
    group: str = ""
    imputation: Literal["none", "group_mean", "mean", "low"] = "none"
    fallback: Literal["mean", "none"] = "mean"
    treatment: Treatment | None = None
    present: float = 0.0
    present_overall: float = 0.0
    floor: float | None = None

    def __post_init__(self) -> None:
        if self.scale[0] >= self.scale[1]:
            raise RecordError(f"scale {self.scale} does not rise", where=self.root.id, remedy="give (low, high)")
        if self.target[1] <= 0:
            raise RecordError("standard deviation of the target is not above zero", where=self.root.id)
        if self.floor is not None and self.floor <= 0:
            raise RecordError(f"floor {self.floor} is not above zero", where=self.root.id)
        if self.ddof not in (0, 1):
            raise RecordError(f"ddof {self.ddof} is neither 0 nor 1", where=self.root.id)
        seen: set[str] = set()
        for node in walk(self.root):
            if not node.id or node.id in seen:
                raise RecordError(
                    f"id {node.id!r} is used twice or empty", where=self.root.id, remedy="give each its own"
                )
            seen.add(node.id)
            _check_node(node, self)

    def nodes(self) -> tuple[Group | Indicator, ...]:
        """All nodes, the root first, parents before their parts."""
        return tuple(walk(self.root))

    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(node for node in walk(self.root) if isinstance(node, Indicator))

    def groups(self) -> tuple[Group, ...]:
        return tuple(node for node in walk(self.root) if isinstance(node, Group))


def walk(node: Group | Indicator) -> Iterator[Group | Indicator]:
    yield node
    if isinstance(node, Group):
        for part in node.parts:
            yield from walk(part)


def _check_node(node: Group | Indicator, structure: Structure) -> None:
    where = f"{structure.root.id} / {node.id}"
    if not (math.isfinite(node.weight) and node.weight >= 0):
        raise RecordError(f"weight {node.weight} is not a number from 0 up", where=where)
    if isinstance(node, Group):
        if node.aggregation not in AGGREGATIONS:
            raise RecordError(f"unknown aggregation {node.aggregation!r}", where=where, remedy=", ".join(AGGREGATIONS))
        if sum(part.weight for part in node.parts) <= 0:
            raise RecordError("no part carries weight", where=where, remedy="give at least one part a weight above 0")
        return
    method = node.normalisation or structure.normalisation
    if method not in NORMALISATIONS:
        raise RecordError(f"unknown normalisation {method!r}", where=where, remedy=", ".join(NORMALISATIONS))
    if node.direction not in (1, -1):
        raise RecordError(f"direction {node.direction!r} is neither 1 nor -1", where=where)
    if method == "goalposts" and (node.low is None or node.high is None):
        raise RecordError("goalposts are missing", where=where, remedy="give low and high, or another normalisation")
    if node.low is not None and node.high is not None:
        if not node.low < node.high:
            raise RecordError(
                f"low {node.low} is not below high {node.high}", where=where, remedy="low < high for either direction"
            )
        if node.transform == "log" and node.low + node.offset <= 0:
            raise RecordError(f"ln of low {node.low} + offset {node.offset} does not exist", where=where)
    if node.floor is not None and node.cap is not None and node.floor > node.cap:
        raise RecordError(f"floor {node.floor} is above cap {node.cap}", where=where)
    if structure.imputation == "low" and method != "goalposts":
        raise RecordError("imputation `low` fills with a goalpost", where=where, remedy="use goalposts")
    if node.only and not structure.group:
        raise RecordError("`only` needs the structure's `group` column", where=where)


def structure_of(design: IndexDesign | Mapping[str, Any]) -> Structure:
    """The structure of an index written as records: a TOML file's tables or the same as a dict, see `read_index`.

    Raises:
        RecordError: with record, field and a did-you-mean.
    """
    design = design if isinstance(design, IndexDesign) else read_index(design)

    def build(name: str) -> Group | Indicator:
        if name in design.items:
            item = design.items[name]
            return Indicator(
                id=name,
                column=item.column,
                weight=item.weight,
                direction=1 if item.direction == "higher" else -1,
                denominator=item.denominator,
                factor=item.factor,
                floor=item.floor,
                cap=item.cap,
                transform=item.transform,
                offset=item.offset,
                low=item.low,
                high=item.high,
                clip=item.clip,
                normalisation=item.normalisation,
                only=item.only,
            )
        group = design.groups[name]
        return Group(
            id=name,
            parts=tuple(build(part) for part in design.parts_of(name)),
            weight=group.weight,
            aggregation=group.aggregation,
            present=group.present,
        )

    top = design.index
    root = Group(
        id=top.id,
        parts=tuple(build(part) for part in design.parts_of("")),
        aggregation=top.aggregation,
        present=top.present,
    )
    treatment = None
    if top.treat:
        treatment = Treatment(top.treat_skewness, top.treat_kurtosis, top.treat_most, top.treat_fallback)
    return Structure(
        root=root,
        normalisation=top.normalisation,
        scale=(top.scale_low, top.scale_high),
        target=(top.target_mean, top.target_sd),
        ddof=top.ddof,
        group=top.group,
        imputation=top.imputation,
        fallback=top.imputation_fallback,
        treatment=treatment,
        present=top.present_in_group,
        present_overall=top.present_overall,
        floor=top.floor,
    )
