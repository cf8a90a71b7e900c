"""The figure somebody asks about, as an address names it.

May import the ground floor, policy and briefings.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, Literal

from cockpit.briefings import Desk
from cockpit.errors import CockpitError
from cockpit.units import Period

Kind = Literal["target", "town", "node"]
VITALITY: Final = "vitality"
LISTS: Final = "lists"
PER_MU: Final = "per_mu"
_SEPARATOR: Final = ":"


@dataclass(frozen=True)
class FigureKey:
    """A figure as an address names it: `target:total_output_2025:2025`, `town:D330102A:tax_revenue_yuan:2025`.

    `what` of a town is an indicator, `vitality`, `lists` or `per_mu.<land type>`; of targets and nodes it is empty.
    """

    kind: Kind
    subject: str
    period: str
    what: str = ""

    def __str__(self) -> str:
        return _SEPARATOR.join(part for part in (self.kind, self.subject, self.what, self.period) if part)


def read_key(text: str, desk: Desk, seen: Container[str]) -> FigureKey | None:
    """Read what an address asks for; None for what the desk does not hold, or a town not among `seen`."""
    parts = text.split(_SEPARATOR)
    register = desk.register
    try:
        period = str(Period.parse(parts[-1]))
    except CockpitError:
        return None
    if len(parts) == 3 and parts[0] == "target" and parts[1] in register.targets:
        return FigureKey("target", parts[1], period)
    if len(parts) == 3 and parts[0] == "node":
        if any(parts[1] in chain.node_ids for chain in register.chains.values()):
            return FigureKey("node", parts[1], period)
        return None
    if len(parts) == 4 and parts[0] == "town" and parts[1] in desk.cube.towns and parts[1] in seen:
        offered = {f"{PER_MU}.{name}" for name in register.per_mu.land.offered}
        if parts[2] in {*register.indicators, VITALITY, LISTS, *offered}:
            return FigureKey("town", parts[1], period, parts[2])
    return None
