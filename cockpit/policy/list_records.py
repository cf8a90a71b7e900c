"""Record types of list management: the norms behind the risk grade and the star rating, one record each.

Imports only the ground floor and `records`. Points, caps and star levels are our own choice even where the threshold
comes from a document; `origin` says who set the threshold, `source` names the document of a national or local figure.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import model_validator

from cockpit.policy.records import BaseUnit, Clause, Labelled
from cockpit.units import reaches

Signal = Literal[
    "specialty_investment_share",
    "specialty_output_share",
    "green_cover_share",
    "area_km2",
    "residential_share",
    "line_breach_count",
    "estate_breach_count",
    "investment_per_mu_yuan",
    "tax_per_mu_yuan",
    "poor_assessment_years",
    "plan_pace_share",
    "plan_cover_count",
]
# Base unit of each signal; poor assessments are counted in years, which have no base unit.
SIGNAL_UNITS: Final[dict[Signal, BaseUnit | Literal["years"]]] = {
    "specialty_investment_share": "share",
    "specialty_output_share": "share",
    "green_cover_share": "share",
    "area_km2": "km2",
    "residential_share": "share",
    "line_breach_count": "count",
    "estate_breach_count": "count",
    "investment_per_mu_yuan": "yuan_per_mu",
    "tax_per_mu_yuan": "yuan_per_mu",
    "poor_assessment_years": "years",
    "plan_pace_share": "share",
    "plan_cover_count": "count",
}
STAR_COUNT: Final = 5


class Standard(Labelled, Clause):
    """A norm one figure of one town keeps or breaks."""

    source: str = ""

    @model_validator(mode="after")
    def _can_be_tested(self) -> Standard:
        if self.value is None or self.sense not in ("above", "at_least", "at_most"):
            raise ValueError("a norm needs value and sense, one of above, at_least, at_most")
        if self.origin in ("national", "local") and not self.source:
            raise ValueError("a figure of origin national or local names its source document")
        return self

    def is_kept(self, value: float) -> bool:
        """Whether `value` (base unit) keeps the norm; the limit itself keeps 不低于 and 不超过, not 突破."""
        if self.sense == "at_most":
            return reaches(self.base_value, value)
        return not reaches(self.base_value, value) if self.sense == "above" else reaches(value, self.base_value)


class RiskRule(Standard):
    """One step of the risk grade; of several steps on one signal the heaviest broken one counts."""

    signal: Signal
    points: int
    is_veto: bool = False

    @model_validator(mode="after")
    def _in_principle_is_never_a_veto(self) -> RiskRule:
        if self.force == "in_principle" and self.is_veto:
            raise ValueError("a rule the document states in principle is never a veto")
        if self.points < 0 or (self.is_veto and self.points):
            raise ValueError("points are 0 or more, and a veto needs none")
        return self


class StarRule(Standard):
    """A star level by index (`level`), a cap on the stars (`cap`), or a check that caps nothing (`check`)."""

    kind: Literal["level", "cap", "check"]
    signal: Signal | None = None
    stars: int | None = None
    is_elimination: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> StarRule:
        if (self.signal is None) != (self.kind == "level"):
            raise ValueError("a cap or check needs a signal, a level has none")
        if (self.stars is None) != (self.kind == "check") or not 1 <= (self.stars or 1) <= STAR_COUNT:
            raise ValueError(f"a level or cap needs stars from 1 to {STAR_COUNT}, a check has none")
        if self.is_elimination and (self.kind != "cap" or self.force == "in_principle"):
            raise ValueError("only a cap that does not hold merely in principle lists a town for elimination")
        return self
