"""Setting the next targets: weights of a breakdown, bounds and assumptions of the methods: `planning.toml`.

Imports the ground floor, `reading` and `records`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import Explained

_FILE: Final = "planning.toml"
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "weight": ("base", "increment", "land", "staff"),
    "limit": ("floor", "ceiling", "ceiling_mountain", "sway", "draws", "benchmark", "half_life", "outer"),
}
_SHARES: Final = ("floor", "ceiling", "ceiling_mountain", "sway", "benchmark", "outer")


class PlanFigure(Explained):
    """`[weight.<id>]`, `[limit.<id>]`: a figure of ours with what it means."""

    value: float = Field(ge=0)


@dataclass(frozen=True)
class PlanDesign:
    """The whole file, checked; weights add up to 1."""

    weights: dict[str, PlanFigure]
    limits: dict[str, PlanFigure]

    def limit(self, name: str) -> float:
        return self.limits[name].value


def read_planning(tables: Mapping[str, Any]) -> PlanDesign:
    """Read and check the file's tables.

    Raises:
        RecordError: an unknown or missing figure, weights that do not add up to 1, bounds that cross.
    """
    for section in tables:
        if section not in _NAMES:
            raise RecordError(f"unknown section {section!r}", where=_FILE, remedy=suggest(section, _NAMES))
    read: dict[str, dict[str, PlanFigure]] = {}
    for section, names in _NAMES.items():
        given = tables.get(section, {})
        same_names(section, given, names, _FILE)
        read[section] = {name: validate(PlanFigure, name, given[name], f"{_FILE} {section}") for name in names}
    design = PlanDesign(read["weight"], read["limit"])
    for name, figure in design.limits.items():
        where = f"{_FILE} [limit.{name}] value"
        if name in _SHARES and figure.value > 1:
            raise RecordError(f"{figure.value:g} is above the whole", where=where, remedy="write a share of 1, as 0.13")
        if name not in _SHARES and figure.value == 0:
            raise RecordError("must be above 0", where=where, remedy="write a figure above 0")
    if not design.limit("draws").is_integer():
        raise RecordError("is no whole number", where=f"{_FILE} [limit.draws] value", remedy="write a whole number")
    total = sum(item.value for item in design.weights.values())
    if abs(total - 1) > 1e-9:
        raise RecordError(
            "weights are 0 or more and add up to 1", where=f"{_FILE} [weight]", remedy=f"they are {total:g}"
        )
    if not design.limit("floor") <= design.limit("ceiling") <= design.limit("ceiling_mountain"):
        raise RecordError("bounds cross", where=f"{_FILE} [limit]", remedy="floor, ceiling, ceiling_mountain in order")
    return design
