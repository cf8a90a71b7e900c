"""One town from every side: the profile that its desk page, its scan page and its printed sheet are drawn from.

Pure; part of `briefing`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from cockpit.analysis.briefing.lists import CreatingTown, NamedTown
from cockpit.analysis.briefing.profile_history import history_of, ids_of, reports_of, text_of
from cockpit.analysis.briefing.profile_province import Province
from cockpit.analysis.briefing.profile_record import ChainPlace, Fact, Profile, Standing, Stop, Trend
from cockpit.analysis.chain.grading import LEADERS
from cockpit.analysis.measures import Cube, Values
from cockpit.policy.list_records import SIGNAL_UNITS, Standard
from cockpit.policy.town_code_design import ATTRIBUTES, FactRecord
from cockpit.town_codes import printed
from cockpit.units import Period
from cockpit.vocabulary import Provenance, Text


def profile(shared: Province, code: str, told: Cube | None = None) -> Profile:
    """The profile of one town.

    Args:
        told: the cube as its reader is told of it; that of the province where he sees all.

    Raises:
        KeyError: no such town_code.
    """
    row, dataset = shared.rows[code], shared.dataset
    at = shared.cube.towns.index(code)
    manifest = dataset.manifest
    listed = shared.lists.town(code)
    history, reports = history_of(shared, code, row), reports_of(shared, code)
    facts = tuple(_fact(shared, code, at, record) for record in shared.register.town_code.facts.values())
    used = [*ids_of(row["source_ids"])]
    used += [name for entry in history for name in entry.source_ids]
    used += [name for report in reports for name in report.source_ids]
    industry = text_of(row["specialty_industry"])
    return Profile(
        town_code=code,
        code=printed(code),
        dataset=manifest.dataset,
        version=manifest.version,
        number=manifest.number,
        published_on=manifest.published_at[:10],
        is_simulated=manifest.is_simulated,
        as_of=shared.as_of,
        year=shared.year,
        name=Text(str(row["name_zh"]), str(row["name_en"])),
        alias=text_of(row["alias"]),
        prefecture=str(row["prefecture_adcode"]),
        county=Text(str(row["county_zh"]), str(row["county_en"])),
        industry_class=str(row["industry_class"]),
        industry=Text(industry, text_of(row["specialty_industry_en"]) or industry),
        list_status=str(row["list_status"]),
        status_as_of=text_of(row["status_as_of"]),
        created_on=text_of(row["created_on"]),
        named_on=text_of(row["named_on"]),
        creation_batch=text_of(row["creation_batch"]),
        naming_batch=text_of(row["naming_batch"]),
        provenance=Provenance(row["provenance"]),
        status=shared.statuses[code],
        facts=facts,
        standings=tuple(_standings(shared, at, str(row["list_status"]), told or shared.cube)),
        trend=_trend(shared, code, at),
        chain=_chain(shared, at, told or shared.cube),
        rating=listed.rating if isinstance(listed, NamedTown) else None,
        plan_ends_on=listed.plan_ends_on if isinstance(listed, NamedTown) else "",
        creating=listed if isinstance(listed, CreatingTown) else None,
        history=history,
        reports=reports,
        sources=tuple(shared.publishers[name] for name in dict.fromkeys(used) if name in shared.publishers),
        register=shared.register,
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _fact(shared: Province, code: str, at: int, record: FactRecord) -> Fact:
    register = shared.register
    derived = Provenance.SIMULATED if shared.dataset.manifest.is_simulated else Provenance.DERIVED
    if record.kind == "attribute":
        value = shared.rows[code][record.of]
        known = None if value is None else _number(float(value))
        origin = Provenance(shared.rows[code]["provenance"])
        return Fact(record.id, record.label, ATTRIBUTES[record.of], known, "", origin, record.is_public)
    if record.kind == "signal":
        unit = SIGNAL_UNITS[record.of]  # type: ignore[index]  # the register was checked
        value = shared.lists.figures.get(code, {}).get(record.of)  # type: ignore[call-overload]
        return Fact(record.id, record.label, unit, value, shared.year, derived, record.is_public)
    indicator = register.indicator(record.of)
    now = _number(shared.cube.of(record.of, shared.year)[at])
    last, period = None, shared.year
    if now is None:
        # The newest there is, also of the year that is still running.
        figures = ((text, _number(shared.cube.of(record.of, text)[at])) for text in reversed(shared.cube.periods))
        last = next(((text, value) for text, value in figures if value is not None), None)
        period = last[0] if last else shared.year
    return Fact(
        record.id,
        indicator.label,
        indicator.unit,
        now,
        shared.year,
        shared.origin(code, period, record.of),
        record.is_public,
        indicator.kind == "flow",
        indicator.counter,
        last,
    )


def _standings(shared: Province, at: int, status: str, told: Cube) -> Iterable[Standing]:
    design = shared.register.town_code
    least, rest = int(design.value("class_least")), (1 - design.value("middle")) / 2
    alike = shared.classes == shared.classes[at]
    for record in design.standings.values():
        indicator = shared.register.indicator(record.of)
        values = shared.cube.of(record.of, shared.year)
        rows = shared.in_scope & ~np.isnan(values)
        known, peers = values[rows], values[rows & alike]
        is_kept_back, is_class_kept_back = told.hides(rows), told.hides(rows & alike)
        whole, least_of_class = known[:0] if is_kept_back else known, math.inf if is_class_kept_back else least
        value = _number(values[at])
        norm = design.norms.get(record.required.get(status, ""))
        yield Standing(
            indicator=indicator,
            period=shared.year,
            value=value,
            median=_quantile(whole, 0.5),
            low=_quantile(whole, rest),
            high=_quantile(whole, 1 - rest),
            count=len(known),
            class_median=_quantile(peers, 0.5) if len(peers) >= least_of_class else None,
            class_count=len(peers),
            best=float(whole.max()) if len(whole) else None,
            rank=_rank(value, known, indicator.polarity) if shared.in_scope[at] else None,
            norm=norm if isinstance(norm, Standard) else None,
            is_kept_back=is_kept_back,
            is_class_kept_back=is_class_kept_back,
        )


def _quantile(values: Values, part: float) -> float | None:
    return float(np.quantile(values, part)) if len(values) else None


def _rank(value: float | None, known: Values, polarity: str) -> int | None:
    if value is None or polarity == "neutral":
        return None
    return 1 + int((known > value).sum() if polarity == "higher" else (known < value).sum())


def _trend(shared: Province, code: str, at: int) -> Trend | None:
    design = shared.register.town_code
    end = Period.parse(shared.year)
    years = [text for text in shared.cube.periods if (when := Period.parse(text)).is_full_year and when <= end]
    points = [(text, _number(shared.cube.of(design.trend.of, text)[at])) for text in years]
    points = points[-int(design.value("trend_years")) :]
    while points and points[0][1] is None:
        points.pop(0)
    if not points:
        return None
    newest = next(period for period, value in reversed(points) if value is not None)
    origin = shared.origin(code, newest, design.trend.of)
    return Trend(shared.register.indicator(design.trend.of), tuple(points), origin)


def _chain(shared: Province, at: int, told: Cube) -> ChainPlace | None:
    facts = shared.facts
    numbers = np.flatnonzero(facts.members[at] | facts.declared[at])
    if not len(numbers):
        return None
    held = facts.cube.has_firms[at]
    order = sorted(
        numbers.tolist(),
        key=lambda number: (not facts.declared[at, number], -held[facts.chain_of == number].sum(), number),
    )
    number = order[0]
    columns = np.flatnonzero(facts.chain_of == number)
    firms, revenue = facts.cube.firms[at], facts.cube.revenue[at]
    chain = facts.chains[number]
    graded = {node.id: node for node in shared.chains.of(chain.id).nodes}
    stops = []
    for column in columns:
        node = graded[facts.cube.nodes[column]]
        amount, whole = _number(revenue[column]), node.figures.revenue_yuan
        count = _number(firms[column])
        # The town's part of the node gives the node's whole, and less its own the figure of the others.
        holders = facts.cube.has_firms[:, column] & facts.members[:, number]
        stops.append(
            Stop(
                id=node.id,
                label=node.node.label,
                stage=node.node.stage,
                grade=node.grade,
                firm_count=None if count is None else int(count),
                share=amount / whole if amount is not None and whole and not told.hides(holders) else None,
            )
        )
    known = bool(facts.reported[at])
    leaders = facts.cube.values[at, columns, facts.cube.figures.index(LEADERS)]
    return ChainPlace(
        chain=chain,
        period=facts.period,
        is_declared=bool(facts.declared[at, number]),
        stops=tuple(stops),
        firm_count=int(np.nansum(firms[columns])) if known else None,
        leader_count=int(np.nansum(leaders)) if known else None,
        others=tuple((facts.chains[other].id, facts.chains[other].label) for other in order[1:]),
    )
