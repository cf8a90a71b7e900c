"""Names the program asks the register for. A record that is called otherwise stops the start, not the first visitor.

Imports the ground floor. `tests/policy/test_asked.py` compares the names with those in the code. What a record names
(`rule`, `norms`, `indicator`) is looked at where that record is read, and the names within a file with sections
(limits, parameters, verbs) there too (`reading.same_names`).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Final

from cockpit.errors import RecordError

# Rules with a value, and those read for their clause alone.
FIGURES: Final = (
    "tolerance_about", "coverage_minimum", "on_track_ratio", "accelerate_ratio", "limited_ratio", "pace_base_year",
    "attribution_base_year", "forecast_points_line", "forecast_points_interval", "forecast_points_most",
    "forecast_interval", "forecast_likely", "forecast_unlikely", "forecast_panel_minimum", "creation_clock",
    "early_watch", "decision_horizon", "queue_near", "queue_next", "risk_medium_from", "risk_high_from",
    "star_stability", "plan_longest", "extension_longest", "restated_year",
)  # fmt: skip
PROCEDURES: Final = ("star_rating", "per_mu_leaders")
INDICATORS: Final = (
    "effective_investment_yuan", "firm_count", "fixed_asset_investment_yuan", "green_cover_share",
    "high_tech_firm_count", "land_in_use_mu", "named_town_count", "output_per_mu_yuan", "rd_expense_yuan",
    "specialty_investment_share", "specialty_output_share", "staff_count", "tax_per_mu_yuan", "tax_revenue_yuan",
    "total_output_yuan",
)  # fmt: skip
TERMS: Final = ("published", "derived", "simulated", "submitted", "own", "proposed", "pace")
KINDS: Final = ("best_practice", "boundary_change", "pairing")
ROLES: Final = ("presenter", "viewer", "analyst", "leader")  # of those a key may hold


def check_asked(
    rules: Mapping[str, Any],
    indicators: Mapping[str, Any],
    terms: Mapping[str, Any],
    kinds: Mapping[str, Any],
    roles: Mapping[str, Any],
) -> None:
    """Refuse a register that lacks a record the program asks for, or the value of one.

    Raises:
        RecordError: names it, and the record that may be it.
    """
    wanted: tuple[tuple[str, str, Mapping[str, Any], tuple[str, ...]], ...] = (
        ("rules.toml", "", rules, (*FIGURES, *PROCEDURES)),
        ("indicators.toml", "", indicators, INDICATORS),
        ("glossary.toml", "", terms, TERMS),
        ("elements.toml", "kind.", kinds, KINDS),
        ("access.toml", "role.", roles, ROLES),
    )
    for file, section, known, names in wanted:
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, [other for other in known if other not in names], n=1)
                remedy = f"was it renamed to [{section}{near[0]}]? name it as before" if near else "add the record"
                raise RecordError(
                    f"record {name!r} is missing, and the program asks for it by this name",
                    where=f"{file} [{section}{name}]",
                    remedy=remedy,
                )
    for name in FIGURES:
        if rules[name].value is None:
            remedy = "add value and unit: the program reckons with it"
            raise RecordError("field 'value' is missing", where=f"rules.toml [{name}] value", remedy=remedy)
