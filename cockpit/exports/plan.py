"""The workbook of a proposed breakdown as it is sent round: a sheet a prefecture, headers locked, answers left open.

Pure: breakdown in, bytes out. Marked as a proposal wherever it is read, until its set is in force.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cockpit.analysis.briefing import Breakdown
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.datasets.planning.answers import COLUMNS, Expected, stamp
from cockpit.exports.tables import Cell, harmless
from cockpit.phrases import say
from cockpit.policy.planning_design import PlanDesign
from cockpit.rights import ALL, PROVINCE, Scope
from cockpit.units import Scale, column_scale, percent_figure
from cockpit.vocabulary import PREFECTURES, PROVENANCES, Language, Provenance

_HEAD: Final = PatternFill("solid", fgColor="EDF1EC")
_OPEN: Final = Protection(locked=False)
_FILLED_IN: Final = ("stated", "remark")


def plan_book(
    found: Breakdown,
    towns: pd.DataFrame,
    design: PlanDesign,
    language: Language,
    *,
    is_simulated: bool,
    set_id: str = "",
    number: int = 0,
    in_force: str = "",
    assigned: Mapping[str, float] | None = None,
    seen: Scope = ALL,
) -> bytes:
    """One sheet of the province by prefecture, one a prefecture by town, one of notes.

    Args:
        set_id, number: the set it belongs to and how many events made it, by which it is known again when it comes
            back; "" for a breakdown of no set.
        in_force: what is said of a set in force, e.g. "施行"; "" for a proposal.
        assigned: what each town is to carry, where people changed the proposal; else the proposal.
        seen: whose towns are in it; a part of the province gets no sheet of the whole.
    """
    scale = column_scale(list(found.shares.values()), found.indicator.unit, language, counter=found.indicator.counter)
    book = Workbook()
    frame = towns.assign(code=towns["town_code"].astype(str))
    counties = frame["county_adcode"].astype(str)
    is_seen = [seen.holds(code, county) for code, county in zip(frame["code"], counties, strict=True)]
    frame = frame[frame["code"].isin(found.shares) & pd.Series(is_seen, index=frame.index)]
    carried = assigned or found.shares
    province = book.active
    province.title = say("plan.total", language)
    _head(province, found, scale, language, in_force)
    for prefecture, own in frame.groupby(frame["prefecture_adcode"].astype(str), sort=True):
        codes = list(own["code"])
        name = PREFECTURES[str(prefecture)].say(language)
        if seen.is_all:
            _line(province, found, carried, scale, str(prefecture), name, codes, language)
        sheet = book.create_sheet(name)
        _head(sheet, found, scale, language, in_force)
        for code, called in zip(codes, own[f"name_{language}"].astype(str), strict=True):
            _line(sheet, found, carried, scale, code, called, [code], language)
        if seen.holds_area(str(prefecture)):
            _line(sheet, found, carried, scale, str(prefecture), say("plan.total", language), codes, language)
    if seen.is_all:
        _line(province, found, carried, scale, PROVINCE, say("plan.total", language), list(found.shares), language)
    _notes(book, found, towns, design, scale, language, in_force, is_simulated=is_simulated, seen=seen)
    if set_id:
        sheet = book.create_sheet("stamp")
        sheet.append([stamp(set_id, found.indicator.id, scale.divisor, number)])
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True
    if not seen.is_all:
        book.remove(province)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def expected(found: Breakdown, towns: pd.DataFrame, assigned: Mapping[str, float]) -> dict[str, Expected]:
    """What the workbook tells each town, prefecture and the province, as answers are held against it."""
    codes, above = (towns[name].astype(str).to_numpy() for name in ("town_code", "prefecture_adcode"))
    own = {code: [code] for code in found.shares}
    for code, prefecture in zip(codes, above, strict=True):
        if code in found.shares:
            own.setdefault(prefecture, []).append(code)
    own[PROVINCE] = list(found.shares)
    return {
        unit: Expected(
            *(sum(part.get(code, 0.0) for code in members) for part in (found.bases, found.shares, assigned))
        )
        for unit, members in own.items()
    }


def _head(sheet: Worksheet, found: Breakdown, scale: Scale, language: Language, in_force: str) -> None:
    key = "plan.title_in_force" if in_force else "plan.title"
    said = say(key, language, year=found.year, name=found.indicator.label.say(language))
    sheet.append([f"{said}（{in_force or say('plan.proposed', language)}）", *[None] * (len(COLUMNS) - 1)])
    units = dict.fromkeys(("base", "suggested", "assigned", "stated", "swing"), scale.unit)
    heads = [f"{say(f'plan.{name}', language)} {units.get(name, '')}".strip() for name in COLUMNS]
    sheet.append(heads)
    for cell in (*sheet[1], *sheet[2]):
        cell.font, cell.fill = Font(bold=True), _HEAD
    sheet.freeze_panes = "C3"
    sheet.protection.sheet = True
    for at in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 26 if at in (2, 7, 11) else 15


def _line(
    sheet: Worksheet,
    found: Breakdown,
    carried: Mapping[str, float],
    scale: Scale,
    code: str,
    name: str,
    codes: list[str],
    language: Language,
) -> None:
    base, share, own = (sum(part[town] for town in codes) for part in (found.bases, found.shares, carried))
    whole = sum(found.bases.values())
    grown = yearly_growth(base, share, found.year - found.base_year)
    swing = ""
    if len(codes) == 1 and found.low:
        swing = f"{scale.figure(found.low[codes[0]]).number} – {scale.figure(found.high[codes[0]]).number}"
    bound = say(f"plan.{found.at_bound[codes[0]]}", language) if len(codes) == 1 and codes[0] in found.at_bound else ""
    row: dict[str, Cell] = {
        "code": code, "unit": name, "base": base / scale.divisor, "base_share": base / whole if whole else None,
        "suggested": share / scale.divisor, "yearly": grown, "swing": swing, "bound": bound,
        "assigned": own / scale.divisor,
    }  # fmt: skip
    sheet.append([harmless(row.get(column)) for column in COLUMNS])
    for at, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(sheet.max_row, at)
        if column in _FILLED_IN:
            cell.protection = _OPEN
        if column in ("base_share", "yearly"):
            cell.number_format = "0.0%"
        elif column in ("base", "suggested", "assigned", "stated"):
            cell.number_format = "#,##0" if scale.decimals == 0 else f"#,##0.{'0' * (scale.decimals or 0)}"


def _notes(
    book: Workbook,
    found: Breakdown,
    towns: pd.DataFrame,
    design: PlanDesign,
    scale: Scale,
    language: Language,
    in_force: str,
    *,
    is_simulated: bool,
    seen: Scope,
) -> None:
    sheet = book.create_sheet(say("plan.notes", language))
    if is_simulated:
        sheet.append([f"{PROVENANCES[Provenance.SIMULATED].say(language)}：{say('export.simulated', language)}"])
    note = "plan.note_in_force" if in_force else "plan.note"
    sheet.append([say(note, language, base=found.base_year, state=in_force)])
    bounds = {name: percent_figure(design.limit(name)).bare for name in ("floor", "ceiling", "ceiling_mountain")}
    weights = "、".join(
        f"{item.label.say(language)} {percent_figure(found.weights.get(name, item.value)).bare}"
        for name, item in design.weights.items()
    )
    if found.reserve:
        told = {"total": found.total, "reserve": found.reserve, "shared": found.shared}
        grouped = replace(scale, is_grouped=True)
        sheet.append(
            [say("plan.note_reserve", language, **{name: str(grouped.figure(at)) for name, at in told.items()})]
        )
    sheet.append([
        say("plan.note_rule", language, weights=weights, floor=bounds["floor"], ceiling=bounds["ceiling"],
            mountain=bounds["ceiling_mountain"])
    ])  # fmt: skip
    columns = (towns[name].astype(str) for name in ("town_code", f"name_{language}", "county_adcode"))
    lacking = [
        name for code, name, county in zip(*columns, strict=True)
        if code in found.without_base and seen.holds(code, county)
    ]  # fmt: skip
    if lacking:
        sheet.append([say("plan.note_missing", language, count=len(lacking), names="、".join(lacking))])
    sheet.column_dimensions["A"].width = 120
