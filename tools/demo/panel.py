"""The simulated panel: every reported indicator for every town and year 2017-2026, before it is cut into periods.

How a figure comes about: a town's size (class, prefecture, mountain county, log-normal luck) grows with its age, its
quality and noise; the other indicators hang on size through the class profile; each year is then scaled to the total
in `calibration`. Shares are drawn on the logit scale and shifted until the ratio of sums is the wanted one; parts are
computed from their whole, so they never exceed it. Whole numbers come from floor(rate + a fixed fraction of the town),
so a town's count moves only when its rate does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.demo import calibration as cal
from tools.demo.calibration import Flags, Floats
from tools.demo.towns import Town

TEN_THOUSAND: Final = 10_000.0  # money is returned in whole 万元
PROBLEM_TOWNS: Final = 3  # overdue towns that also fail on investment, land or green cover, for the risk grades


@dataclass(frozen=True)
class Panel:
    """Values by indicator, each an array town x year; `active[town, year]` says who is on the list at year end."""

    values: dict[str, Floats]
    active: Flags


class _Draws:
    """Town-by-year noise from one stream: a lasting part, and a part that fades from year to year.

    An indicator that is not among `calibration.FIRST` draws from `_Draws(count, its name)`.
    """

    def __init__(self, count: int, indicator: str = "") -> None:
        self._rng = cal.stream(f"panel {indicator}".strip())
        self._count = count

    def lasting(self, spread: float) -> Floats:
        return self._rng.normal(0, spread, (self._count, 1))

    def fading(self, spread: float, memory: float = 0.6) -> Floats:
        shocks = self._rng.normal(0, spread, (self._count, len(cal.YEARS)))
        for year in range(1, len(cal.YEARS)):
            shocks[:, year] += memory * shocks[:, year - 1]
        return shocks

    def fractions(self) -> Floats:
        return self._rng.uniform(0, 1, (self._count, 1))


def make_panel(towns: list[Town], counted: Callable[[str], Flags]) -> Panel:
    """Simulate the panel.

    Args:
        towns: all towns.
        counted: indicator -> flags town x year, who enters the total of that year (has returned the figure).
    """
    draws = _Draws(len(towns))
    years = np.array(cal.YEARS)
    entered = np.array([int(t.career.entered_on[:4]) for t in towns])[:, None]
    quality = np.array([t.quality for t in towns])[:, None]
    age = np.maximum(years[None, :] - entered, 0) + 0.5
    active = np.array(
        [[t.career.status_on(f"{year}-12-31") not in (None, "removed") for year in cal.YEARS] for t in towns]
    )

    def rate(name: str) -> Floats:
        return np.array([float(getattr(cal.PROFILES[t.industry_class], name)) for t in towns])[:, None]

    def wobble(lasting: float, fading: float) -> Floats:
        return np.asarray(np.exp(draws.lasting(lasting) + draws.fading(fading)))

    def scaled(name: str, raw: Floats, *, ceiling: Floats | None = None) -> Floats:
        return _scale(raw, counted(name), cal.path_of_total(name), ceiling)

    def counts(name: str, raw: Floats, *, low: Floats | None = None, high: Floats | None = None) -> Floats:
        return _whole(raw, draws.fractions(), counted(name), cal.path_of_total(name), low, high)

    size = (
        rate("output")
        * np.array([place_factor(t) for t in towns])[:, None]
        * np.exp(0.25 * quality + draws.lasting(0.62))
    )
    ramp = 0.25 + 0.75 * (1 - np.exp(-age / 3.5))
    drift = np.exp((0.016 * quality + draws.lasting(0.028)) * (years[None, :] - 2021))
    size = size * ramp * drift * np.exp(draws.fading(0.05))
    values: dict[str, Floats] = {}

    values["total_output_yuan"] = output = _money(scaled("total_output_yuan", size))
    values["tax_revenue_yuan"] = _money(
        scaled("tax_revenue_yuan", output * rate("tax") * wobble(0.28, 0.05), ceiling=0.3 * output)
    )
    values["operating_revenue_yuan"] = revenue = _money(scaled("operating_revenue_yuan", output * wobble(0.10, 0.02)))
    values["value_added_yuan"] = _money(
        scaled("value_added_yuan", output * rate("value_added") * wobble(0.12, 0.03), ceiling=0.8 * output)
    )
    values["rd_expense_yuan"] = _money(
        scaled("rd_expense_yuan", revenue * rate("research") * wobble(0.35, 0.06), ceiling=0.2 * revenue)
    )
    values["energy_use_tce"] = np.round(scaled("energy_use_tce", output * rate("energy") * wobble(0.30, 0.04)))
    values["emission_tonne"] = np.round(scaled("emission_tonne", output * rate("emission") * wobble(0.40, 0.06)), 1)

    named, creating = (_with_status(towns, status) for status in ("named", "creating"))
    leaning = draws.lasting(0.23) + draws.fading(0.04)
    output_share = _share(
        leaning, output, counted("specialty_output_yuan") & named, cal.path_of_share("specialty_output_named")
    )
    values["specialty_output_yuan"] = _money_part(output * output_share)
    values |= _investment(towns, draws, size, rate("investment"), age, named, creating, counted)

    halfway = size**0.55
    values["high_tech_firm_count"] = tech = counts(
        "high_tech_firm_count", halfway * rate("high_tech") * wobble(0.40, 0.02)
    )
    values["listed_firm_count"] = listed = counts("listed_firm_count", size**0.8 * rate("listed") * wobble(0.45, 0.01))
    values["little_giant_count"] = counts("little_giant_count", (tech + 0.2) * wobble(0.35, 0.02), high=tech)
    values["rd_institute_count"] = counts("rd_institute_count", size**0.6 * rate("research") * wobble(0.40, 0.02))
    firms = counts(
        "firm_count", size**0.45 * rate("firms") * wobble(0.35, 0.02), low=np.ceil(1.4 * tech) + 2 * listed + 6
    )
    values["firm_count"] = firms
    values["staff_count"] = staff = counts("staff_count", size**0.8 * rate("staff") * wobble(0.28, 0.02), low=4 * firms)
    values["talent_count"] = counts(
        "talent_count", halfway * rate("research") * wobble(0.40, 0.03), high=np.floor(0.3 * staff)
    )
    values["invention_patent_count"] = counts(
        "invention_patent_count", (tech + 0.5) * rate("research") * wobble(0.45, 0.03)
    )
    values["incubated_firm_count"] = counts("incubated_firm_count", firms**0.8 * wobble(0.45, 0.12))
    values["visitor_count"] = counts("visitor_count", size**0.3 * rate("visitors") * wobble(0.60, 0.06))
    values["green_cover_share"] = _green(towns, draws, age)
    return Panel(values, active)


def place_factor(town: Town) -> float:
    """Return how the place, and being a mere candidate, weigh on a town's size."""
    factor = cal.PREFECTURE_SIZE[town.prefecture] * (cal.MOUNTAIN_SIZE if town.is_mountain else 1.0)
    return factor * (cal.CULTIVATING_SIZE if town.career.is_cultivating else 1.0)


def _with_status(towns: list[Town], status: str) -> Flags:
    return np.array([[t.career.status_on(f"{year}-12-31") == status for year in cal.YEARS] for t in towns])


def _investment(
    towns: list[Town],
    draws: _Draws,
    size: Floats,
    rate: Floats,
    age: Floats,
    named: Flags,
    creating: Flags,
    counted: Callable[[str], Flags],
) -> dict[str, Floats]:
    """Investment and its parts. Effective investment is never returned: it is fixed less housing less complexes."""
    parts = ("fixed_asset_investment_yuan", "housing_investment_yuan", "complex_investment_yuan")
    complete = counted(parts[0]) & counted(parts[1]) & counted(parts[2])
    youth = 0.8 + 0.9 * np.exp(-age / 4.0)
    raw = size**0.65 * rate * youth * np.exp(draws.lasting(0.30) + draws.fading(0.16))
    effective = _money(_scale(raw, complete, cal.path_of_total("effective_investment_yuan"), None))
    housing_rate = np.exp(draws.lasting(0.7) + draws.fading(0.15)) * 0.055
    complex_rate = np.exp(draws.lasting(0.6) + draws.fading(0.15)) * 0.045
    problems = _problem_towns(towns)
    housing_rate[problems] *= 4.0
    housing, complexes = _money(effective * housing_rate), _money(effective * complex_rate)
    leaning = draws.lasting(0.40) + draws.fading(0.14)
    leaning[problems] -= 1.1
    both = complete & counted("specialty_investment_yuan")
    paths = {name: cal.path_of_share(f"specialty_investment_{name}") for name in ("creating", "all")}
    share = _share(leaning, effective, both, paths["all"])
    for year in range(len(cal.YEARS)):
        if cal.YEARS[year] < min(y for y in cal.SHARES["specialty_investment_creating"] if y > cal.YEARS[0]):
            continue  # before 2020 nearly all towns are creating: one share for everybody
        young, others = both[:, year] & creating[:, year], both[:, year] & ~creating[:, year]
        weights, column = effective[:, year], leaning[:, year]
        wanted = paths["all"][year] * weights[young | others].sum() - paths["creating"][year] * weights[young].sum()
        is_young = creating[:, year]
        share[is_young, year] = _shifted(column, weights, young, float(paths["creating"][year]))[is_young]
        share[~is_young, year] = _shifted(column, weights, others, float(wanted / weights[others].sum()))[~is_young]
    fixed = effective + housing + complexes
    private = 1 / (1 + np.exp(-(0.75 + draws.lasting(0.5) + draws.fading(0.12))))
    return {
        "fixed_asset_investment_yuan": fixed,
        "housing_investment_yuan": housing,
        "complex_investment_yuan": complexes,
        "specialty_investment_yuan": _money_part(effective * share),
        "private_investment_yuan": _money_part(fixed * private),
    }


def _problem_towns(towns: list[Town]) -> list[int]:
    return [i for i, t in enumerate(towns) if t.career.is_overdue and not t.career.is_silent][:PROBLEM_TOWNS]


def _green(towns: list[Town], draws: _Draws, age: Floats) -> Floats:
    """Green cover, share of the area; a few towns stay below the floor of clause 2.3.2."""
    cover = 0.338 + draws.lasting(0.032) + 0.002 * np.minimum(age, 10) + draws.fading(0.002)
    for index in _problem_towns(towns)[:2]:
        cover[index] -= cover[index].max() - 0.29
    return np.clip(np.round(cover, 3), 0.24, 0.55)


def _money(values: Floats) -> Floats:
    return np.asarray(np.round(values / TEN_THOUSAND) * TEN_THOUSAND)


def _money_part(values: Floats) -> Floats:
    """Round down, so that a part stays within its whole."""
    return np.asarray(np.floor(values / TEN_THOUSAND) * TEN_THOUSAND)


def _scale(raw: Floats, counted: Flags, totals: Floats, ceiling: Floats | None) -> Floats:
    """Scale every year so that the counted towns add up to the total, respecting a ceiling by town."""
    values = raw.astype(float).copy()
    for _ in range(30):  # under a ceiling the surplus is dealt out again; a few rounds settle it
        sums = np.where(counted, values, 0).sum(axis=0)
        values = values * (totals / sums)[None, :]
        if ceiling is None or np.all(values <= ceiling):
            break
        values = np.minimum(values, ceiling)
    return values


def _whole(
    raw: Floats, fraction: Floats, counted: Flags, totals: Floats, low: Floats | None, high: Floats | None
) -> Floats:
    """Whole numbers that add up to the total (or, between bounds, as near as possible), year by year."""
    result = np.zeros_like(raw, dtype=float)
    for year in range(raw.shape[1]):
        weights = raw[:, year] / raw[counted[:, year], year].sum()

        def at(total: float, weights: Floats = weights, year: int = year) -> Floats:
            whole = np.floor(weights * total + fraction[:, 0])
            if low is not None:
                whole = np.maximum(whole, low[:, year])
            return whole if high is None else np.minimum(whole, high[:, year])

        wanted, bottom, top = round(float(totals[year])), 0.0, float(totals[year]) * 8
        for _ in range(60):
            middle = (bottom + top) / 2
            if at(middle)[counted[:, year]].sum() < wanted:
                bottom = middle
            else:
                top = middle
        result[:, year] = at(top)
    return result


def _share(leaning: Floats, weights: Floats, counted: Flags, wanted: Floats) -> Floats:
    """Shares from logits, each year shifted so that the counted towns' ratio of sums is the wanted one."""
    columns = [_shifted(leaning[:, y], weights[:, y], counted[:, y], float(wanted[y])) for y in range(leaning.shape[1])]
    return np.column_stack(columns)


def _shifted(logits: Floats, weights: Floats, counted: Flags, wanted: float) -> Floats:
    bottom, top = -8.0, 8.0
    for _ in range(60):
        middle = (bottom + top) / 2
        shares = 1 / (1 + np.exp(-(logits + middle)))
        if (shares * weights)[counted].sum() < wanted * weights[counted].sum():
            bottom = middle
        else:
            top = middle
    return np.asarray(1 / (1 + np.exp(-(logits + top))))
