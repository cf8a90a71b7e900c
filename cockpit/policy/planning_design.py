"""Setting the next targets: weights of a breakdown, bounds and assumptions of the methods: `planning.toml`.

Imports the ground floor, `reading` and `records`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import validate
from cockpit.policy.records import Explained

_FILE: Final = "planning.toml"
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "weight": ("base", "increment", "land", "staff"),
    "limit": ("floor", "ceiling", "ceiling_mountain", "sway", "draws", "benchmark", "half_life", "outer"),
}


class PlanFigure(Explained):
    """`[weight.<id>]`, `[limit.<id>]`: a figure of ours with what it means."""

    value: float


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
        for name in (*names, *given):
            if name not in given:
                raise RecordError(f"{section} {name!r} is missing", where=_FILE, remedy=f"add [{section}.{name}]")
            if name not in names:
                raise RecordError(f"unknown {section} {name!r}", where=_FILE, remedy=suggest(name, names))
        read[section] = {name: validate(PlanFigure, name, given[name], _FILE) for name in names}
    design = PlanDesign(read["weight"], read["limit"])
    total = sum(item.value for item in design.weights.values())
    if min(item.value for item in design.weights.values()) < 0 or abs(total - 1) > 1e-9:
        raise RecordError(
            "weights are 0 or more and add up to 1", where=f"{_FILE} [weight]", remedy=f"they are {total:g}"
        )
    if not design.limit("floor") <= design.limit("ceiling") <= design.limit("ceiling_mountain"):
        raise RecordError("bounds cross", where=f"{_FILE} [limit]", remedy="floor, ceiling, ceiling_mountain in order")
    return design
