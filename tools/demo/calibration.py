"""Every figure the demo is steered by, in one place, and the random streams.

Figures marked `published` are provincial totals quoted in the public dataset (table `published`, same period and
indicator); the demo is scaled to them so that a reader finds familiar orders of magnitude. All other figures are our
own invention: they make a picture in which some of the 2025 targets are met and some are missed. None is a forecast.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SEED: Final = 20_261_120
YEARS: Final = tuple(range(2017, 2027))  # 2026 is simulated as a whole year, only its quarters are returned
LAST_FULL_YEAR: Final = 2025
LAST_DAY_OF_DATA: Final = "2026-09-30"
QUARTERS: Final = ("2025-03", "2025-06", "2025-09", "2026-03", "2026-06", "2026-09")
SOURCE_ID: Final = "demo"

# Totals by year; the years between are interpolated on the log scale (shares: on the straight line).
TOTALS: Final[dict[str, dict[int, float]]] = {
    # published 2017 (another scope, used as a level only), 2018, 2022; 2025 and 2026 ours
    "total_output_yuan": {2017: 6930e8, 2018: 8741.9e8, 2022: 19_800e8, 2025: 24_180e8, 2026: 25_450e8},
    "tax_revenue_yuan": {2017: 389.7e8, 2018: 582.1e8, 2022: 1291.5e8, 2025: 1537.4e8, 2026: 1602e8},
    "effective_investment_yuan": {2017: 905e8, 2018: 988e8, 2022: 1356.5e8, 2025: 1446.2e8, 2026: 1472e8},
    "high_tech_firm_count": {2017: 640, 2018: 884, 2022: 3188, 2025: 4127, 2026: 4420},
    "rd_institute_count": {2017: 330, 2018: 420, 2022: 1056, 2025: 1338, 2026: 1402},
    "staff_count": {2017: 83e4, 2018: 98e4, 2022: 193.2e4, 2025: 216.4e4, 2026: 221e4},
    # published 2022 as "5万多项"; the rest ours
    "invention_patent_count": {2017: 11_400, 2018: 15_800, 2022: 51_000, 2025: 78_300, 2026: 87_000},
    # ours throughout
    "listed_firm_count": {2017: 118, 2018: 150, 2022: 371, 2025: 487, 2026: 506},
    # the last but one is what 86 % of the towns return
    "incubated_firm_count": {2017: 1320, 2018: 1560, 2022: 2740, 2024: 3060, 2025: 2790, 2026: 3290},
    "firm_count": {2017: 9100, 2018: 10_900, 2022: 16_900, 2025: 20_000, 2026: 20_850},
    "little_giant_count": {2017: 14, 2018: 24, 2022: 306, 2025: 522, 2026: 561},
    "talent_count": {2017: 7200, 2018: 8800, 2022: 21_000, 2025: 28_200, 2026: 29_900},
    "visitor_count": {2017: 1.48e8, 2019: 1.92e8, 2020: 0.98e8, 2022: 1.12e8, 2023: 1.88e8, 2025: 2.14e8, 2026: 2.22e8},
    "operating_revenue_yuan": {2017: 7700e8, 2018: 9650e8, 2022: 21_300e8, 2025: 26_100e8, 2026: 27_400e8},
    "value_added_yuan": {2017: 1760e8, 2018: 2230e8, 2022: 5150e8, 2025: 6360e8, 2026: 6720e8},
    "rd_expense_yuan": {2017: 172e8, 2018: 226e8, 2022: 628e8, 2025: 842e8, 2026: 901e8},
    "energy_use_tce": {2017: 5.9e6, 2018: 6.7e6, 2022: 10.4e6, 2025: 10.9e6, 2026: 11.0e6},
    "emission_tonne": {2017: 64_000, 2018: 66_000, 2022: 57_000, 2025: 46_500, 2026: 44_200},
    # derived from the published output and tax per mu of 2018 (781.3, 52.0 万元) and tax per mu of 2022 (77.9 万元)
    "land_in_use_mu": {2017: 96_500, 2018: 111_900, 2022: 165_790, 2025: 181_300, 2026: 184_000},
}
SHARES: Final[dict[str, dict[int, float]]] = {
    # published 2022 (1029.7 of 1356.5 亿元); the rest ours
    "specialty_investment_all": {2017: 0.772, 2018: 0.770, 2022: 1029.7 / 1356.5, 2025: 0.752, 2026: 0.753},
    "specialty_investment_creating": {2017: 0.772, 2020: 0.755, 2022: 0.738, 2025: 0.689, 2026: 0.694},  # ours
    "specialty_output_named": {2017: 0.700, 2018: 0.704, 2022: 0.727, 2025: 0.741, 2026: 0.743},  # ours
}
GAPLESS_YEARS: Final = (2018, 2022)  # the published totals are those of all towns, so nobody misses these returns

# How many towns: like the real list by prefecture and class (counts of the public dataset), scaled to the demo's size.
TOWN_COUNT: Final = 137
PREFECTURE_MIX: Final = {
    "330100": 31, "331100": 18, "330500": 10, "330200": 9, "330400": 9, "330600": 9, "331000": 9, "330300": 8,
    "330700": 7, "330800": 5, "330900": 3,
}  # fmt: skip
CLASS_MIX: Final = {
    "equipment": 29, "tourism": 24, "digital_economy": 20, "heritage": 14, "fashion": 12, "health": 10, "finance": 7,
    "environment": 2,
}  # fmt: skip
PREFECTURE_SIZE: Final = {
    "330100": 1.6, "330200": 1.35, "330300": 1.0, "330400": 1.15, "330500": 0.9, "330600": 1.1, "330700": 0.9,
    "330800": 0.55, "330900": 0.7, "331000": 1.0, "331100": 0.5,
}  # fmt: skip
METROPOLIS: Final = ("330100", "330200")
HILLS: Final = ("330800", "331100")
MOUNTAIN_SIZE: Final = 0.75
CULTIVATING_SIZE: Final = 0.04  # cultivating towns stay small, so the totals hold whether or not they are counted in


@dataclass(frozen=True)
class Profile:
    """How a class of towns differs from the average: multipliers, and rates per yuan of output where named so."""

    output: float
    tax: float
    staff: float
    investment: float
    firms: float
    high_tech: float
    listed: float
    research: float
    visitors: float
    energy: float
    emission: float
    value_added: float
    land: float
    metropolis: float  # how much likelier this class is in the two metropolises ...
    hills: float  # ... and in the hills of the south-west


PROFILES: Final = {
    # output, tax, staff, investment, firms, high_tech, listed, research, visitors, energy, emission, value_added, land,
    # metropolis, hills
    "digital_economy": Profile(1.90, 0.074, 1.00, 0.90, 1.60, 2.60, 1.50, 1.90, 0.30, 0.35, 0.10, 0.36, 0.85, 2.5, 0.4),
    "equipment": Profile(1.70, 0.052, 1.25, 1.30, 0.90, 1.70, 1.60, 1.30, 0.15, 1.10, 1.00, 0.23, 1.45, 0.9, 0.8),
    "fashion": Profile(1.15, 0.050, 1.70, 0.85, 1.30, 0.55, 0.70, 0.60, 0.60, 1.00, 1.30, 0.22, 1.00, 0.9, 0.5),
    "environment": Profile(0.80, 0.055, 0.90, 1.00, 0.60, 1.00, 0.80, 0.90, 0.10, 2.40, 1.60, 0.25, 1.10, 1.0, 1.5),
    "tourism": Profile(0.30, 0.062, 1.20, 1.15, 0.60, 0.05, 0.20, 0.10, 9.00, 0.60, 0.40, 0.42, 0.90, 0.5, 1.8),
    "finance": Profile(1.35, 0.130, 0.22, 0.40, 1.90, 0.12, 0.60, 0.15, 0.15, 0.06, 0.01, 0.55, 0.22, 2.4, 0.1),
    "health": Profile(0.95, 0.076, 1.00, 1.10, 0.80, 1.30, 1.30, 1.70, 0.60, 0.70, 0.70, 0.34, 1.00, 1.2, 0.8),
    "heritage": Profile(0.24, 0.052, 1.60, 0.60, 0.90, 0.15, 0.15, 0.20, 3.50, 0.60, 0.40, 0.33, 0.70, 0.5, 2.6),
}


# Indicators of the first demonstration, in the order their luck was drawn from shared streams: their figures stay as
# published. Every later indicator draws from streams of its own, so that it shifts no figure of another.
FIRST: Final = (
    "total_output_yuan", "specialty_output_yuan", "tax_revenue_yuan", "fixed_asset_investment_yuan",
    "housing_investment_yuan", "complex_investment_yuan", "specialty_investment_yuan", "private_investment_yuan",
    "high_tech_firm_count", "listed_firm_count", "incubated_firm_count", "operating_revenue_yuan",
    "value_added_yuan", "rd_expense_yuan", "firm_count", "little_giant_count", "rd_institute_count",
    "invention_patent_count", "staff_count", "talent_count", "visitor_count", "energy_use_tce", "emission_tonne",
    "green_cover_share",
)  # fmt: skip


def stream(name: str) -> np.random.Generator:
    """Return the random stream of one part: adding a draw in one part leaves the others as they were."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def path_of_total(indicator: str) -> Floats:
    """Return the indicator's totals over `YEARS`, interpolated on the log scale."""
    known = TOTALS[indicator]
    return np.asarray(np.exp(np.interp(YEARS, list(known), np.log(list(known.values())))))


def path_of_share(name: str) -> Floats:
    """Return the share over `YEARS`, interpolated on the straight line."""
    known = SHARES[name]
    return np.asarray(np.interp(YEARS, list(known), list(known.values())))


def apportion(weights: dict[str, int], total: int) -> dict[str, int]:
    """Share `total` out by weight in whole numbers (largest remainder), every entry at least 1."""
    exact = {key: total * weight / sum(weights.values()) for key, weight in weights.items()}
    counts = {key: max(1, int(value)) for key, value in exact.items()}
    order = sorted(exact, key=lambda key: exact[key] - int(exact[key]), reverse=True)
    for key in order[: total - sum(counts.values())]:
        counts[key] += 1
    return counts
