"""The template: a workbook made from the schema and the register, ready to be filled in.

May import the ground floor, `policy`, `loading` and the intake's fields. Pure but for the dataset it is given: bytes
out. Headers are locked, cells to fill in are not; last period's figures stand in grey beside them.
"""

from __future__ import annotations

import io
import zlib
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import COUNTY, EVERYBODY, TOWNS, WORDS_SHEET, Field, SheetKind, sheet_kinds
from cockpit.datasets.template.stamp import AUTHOR, template_version, towns_of
from cockpit.errors import DatasetError, suggest
from cockpit.phrases import phrase, say
from cockpit.policy.elements import STATED
from cockpit.policy.register import Register, load
from cockpit.rights import ALL, Scope
from cockpit.town_codes import unused
from cockpit.units import WRITTEN_UNITS, Period
from cockpit.vocabulary import PREFECTURES, Language, Text

# Excel keeps at most 255 signs of options in the cell itself; longer lists stand on a sheet.
_INLINE: Final = 240
SPARE_ROWS: Final = 200  # to fill in, where a sheet lists no towns
_HEAD: Final = PatternFill("solid", fgColor="DCE6DF")
_REFERENCE: Final = PatternFill("solid", fgColor="F0F0EE")
_LINE: Final = Border(bottom=Side("thin", color="9AA69D"))
_GREY: Final = Font(color="8A8A85", italic=True)
_OPEN: Final = Protection(locked=False)
_TOP: Final = Alignment(wrap_text=True, vertical="top")
HEADER_ROWS: Final = 3  # label, unit, note
_FIXED: Final = ("town", "town_name", "note")


def template(
    dataset: Dataset,
    period: str,
    *,
    as_of: date,
    scope: str = "",
    seen: Scope = ALL,
    language: Language = "zh",
    checker: str = "",
    register: Register | None = None,
) -> bytes:
    """The workbook for one period: the returns, or the elements that one department checks.

    Args:
        dataset: its towns are listed, its last figures shown.
        period: `2025` or `2026-09`.
        as_of: day it is made on.
        scope: code of a prefecture or county; empty for the whole province.
        seen: the towns who asks may see.
        checker: id of the department; empty for the returns.

    Raises:
        DatasetError: no such department, or no town in the scope. CockpitError: not a period.
    """
    register = register or load()
    when = Period.parse(period)
    towns = towns_of(dataset, scope, seen)
    if checker and checker not in register.elements.departments:
        remedy = suggest(checker, register.elements.departments)
        raise DatasetError(f"unknown department {checker!r}", where="template", remedy=remedy)
    kinds = [kind for kind in sheet_kinds() if kind.checker in ((checker, EVERYBODY) if checker else ("",))]
    book = Workbook()
    about = book.active
    office = f"{checker} {register.elements.departments[checker].label.say(language)}" if checker else ""
    _about(about, dataset, when, towns, scope, as_of, language, kinds, office)
    words = book.create_sheet(WORDS_SHEET)
    words.sheet_state = "hidden"
    given = {field.name: field for field in _of_dataset(dataset, towns)}
    for kind in kinds:
        sheet = book.create_sheet(kind.title.say(language))
        fields = tuple(given.get(field.name, field) if kind.table == TOWNS else field for field in kind.fields)
        if kind.table == STATED:
            own = tuple(item.label for item in register.elements.of_department(checker))
            fields = tuple(replace(field, options=own) if field.name == "kind" else field for field in fields)
        last = _last_values(dataset, kind, when)
        _sheet(book, sheet, replace(kind, fields=fields), towns, when, last, language)
    book.move_sheet(words, len(book.sheetnames))
    book.properties.title = phrase("intake.about.title").say(language)
    book.properties.version = template_version()
    book.properties.creator = ""
    for page in book.worksheets:
        for line in page.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    cell.data_type = "s"  # a town's name may begin like a formula; no cell here is one
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _of_dataset(dataset: Dataset, towns: pd.DataFrame) -> tuple[Field, ...]:
    """Columns of the towns' sheet as the dataset has them: a code nobody bears yet for an example, and the counties of
    the scope's prefectures to pick from."""
    kind = next(kind for kind in sheet_kinds() if kind.table == TOWNS)
    code, county = kind.field("town_code"), kind.field(COUNTY)
    example = unused(dataset.towns["town_code"].astype(str), str(towns["county_adcode"].iloc[0]))
    note = Text(*(text.format(example=example) for text in code.note))
    frame = dataset.table("counties")
    here = frame[frame["prefecture_adcode"].astype(str).isin(towns["prefecture_adcode"].astype(str).unique())]
    options = tuple(Text(str(zh), str(en)) for zh, en in zip(here["name_zh"], here["name_en"], strict=True))
    return replace(code, note=note), replace(county, options=options)


def _about(
    sheet: Worksheet,
    dataset: Dataset,
    when: Period,
    towns: pd.DataFrame,
    scope: str,
    as_of: date,
    language: Language,
    kinds: list[SheetKind],
    office: str,
) -> None:
    def words(key: str) -> str:
        return say(f"intake.{key}", language)

    sheet.title = words("sheet.about")
    sheet.append([words("about.title")])
    sheet["A1"].font = Font(bold=True, size=16)
    place = words("about.all")
    if scope:
        prefecture = PREFECTURES.get(scope)
        county = str(towns.iloc[0]["county_zh" if language == "zh" else "county_en"])
        place = f"{scope} {prefecture.say(language) if prefecture else county}"
    facts: list[tuple[str, Any]] = [
        (words("about.stamp"), template_version()),
        (words("about.period"), str(when)),
        ("", when.say(language)),
        (words("about.scope"), place),
        (words("about.towns"), len(towns)),
        (words("about.dataset"), dataset.key),
        (words("about.made"), as_of.isoformat()),
    ]
    if office:
        facts.append((words("about.checker"), office))
    if dataset.manifest.is_simulated:
        facts.append((words("about.simulated"), words("about.simulated_text")))
    for label, value in facts:
        sheet.append([label, value])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    sheet.append([])
    sheet.append([words("about.how")])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=13)
    of_elements = any(kind.checker for kind in kinds)
    for number in range(1, 5 if of_elements else 8):
        sheet.append([number, words(f"about.{'elements' if of_elements else 'how'}{number}")])
    sheet.append([])
    sheet.append([words("about.sheets")])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=13)
    for kind in kinds:
        named = "、" if language == "zh" else ", "
        heads = named.join(field.label.say(language) for field in kind.fields if field.kind not in _FIXED)
        sheet.append([kind.title.say(language), heads])
        place = f"'{kind.title.say(language)}'!A1"
        sheet.cell(sheet.max_row, 1).hyperlink = Hyperlink(ref=f"A{sheet.max_row}", location=place)
    if of_elements:  # their sheets list no towns, so the codes stand here
        sheet.append([])
        sheet.append([words("about.codes")])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=13)
        for code, name in zip(towns["town_code"], towns["name_zh" if language == "zh" else "name_en"], strict=True):
            sheet.append([str(code), str(name)])
    for row in sheet.iter_rows(min_row=2, max_col=2):
        row[0].alignment = row[1].alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 100
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True


def _last_values(dataset: Dataset, kind: SheetKind, when: Period) -> dict[tuple[str, str], tuple[float, str]]:
    """(town, column) -> last value in base unit and its period: the same months a year before, else the newest."""
    if not kind.spread:
        return {}
    frame = dataset.table(kind.table)
    if frame.empty:
        return {}
    periods = sorted({Period.parse(str(text)) for text in frame["period"].unique()})
    earlier = [at for at in periods if at < when]
    order = [*earlier, when.year_before()] if when.year_before() in earlier else earlier
    rank = {str(at): index for index, at in enumerate(order)}
    known = frame.assign(rank=frame["period"].astype(str).map(rank)).dropna(subset=["rank"]).sort_values("rank")
    newest = known.drop_duplicates(["town_code", kind.spread], keep="last")
    return {
        (str(town), str(name)): (float(value), str(at))
        for town, name, value, at in zip(
            newest["town_code"], newest[kind.spread], newest[kind.value], newest["period"], strict=True
        )
    }


def _sheet(
    book: Workbook,
    sheet: Worksheet,
    kind: SheetKind,
    towns: pd.DataFrame,
    when: Period,
    last: dict[tuple[str, str], tuple[float, str]],
    language: Language,
) -> None:
    lists_towns = bool(kind.spread)
    rows = len(towns) if lists_towns else SPARE_ROWS
    at = 0
    for field in kind.fields:
        at += 1
        _head(sheet, at, field, language)
        letter = get_column_letter(at)
        _validate(book, sheet, field, f"{letter}{HEADER_ROWS + 1}:{letter}{HEADER_ROWS + rows}", language)
        fixed = _fixed_values(field, towns, when, language) if lists_towns else None
        cells = [sheet.cell(HEADER_ROWS + 1 + offset, at) for offset in range(rows)]
        first = cells[0]
        if fixed is None or field.kind == "note":
            first.protection = _OPEN
        if field.kind in ("town", "period", "date", "text"):
            first.number_format = "@" if field.kind != "date" else "yyyy-mm-dd"
        elif field.kind == "number":
            first.number_format = "0" if field.is_whole else "#,##0.00"
        for offset, cell in enumerate(cells):
            if fixed is not None:
                cell.value = fixed[offset]
            cell._style = copy(first._style)  # a style looked up once a column: each cell anew is half the time
        if field.is_value:
            at += 1
            _reference(sheet, at, field, towns, last, language)
    sheet.freeze_panes = f"{'C' if lists_towns else 'B'}{HEADER_ROWS + 1}"
    sheet.row_dimensions[3].height = 78
    sheet.protection.sheet = True
    # Clerks sort, filter, widen columns and add rows of firms; none of that touches a header.
    sheet.protection.formatColumns = sheet.protection.formatCells = sheet.protection.insertRows = False
    sheet.protection.autoFilter = sheet.protection.sort = sheet.protection.deleteRows = False
    sheet.print_title_rows = f"1:{HEADER_ROWS}"
    sheet.page_setup.orientation = "landscape"


def _head(sheet: Worksheet, at: int, field: Field, language: Language) -> None:
    star = "*" if field.is_required else ""
    unit_row = say("intake.unit_row", language) if field.kind == "town" else field.unit_text.say(language)
    note_row = say("intake.note_row", language) if field.kind == "town" else field.note.say(language)
    for row, text in enumerate((field.label.say(language) + star, unit_row, note_row), start=1):
        cell = sheet.cell(row, at, text or None)
        cell.fill, cell.border, cell.alignment = _HEAD, _LINE, _TOP
        cell.font = Font(bold=row == 1, size=11 if row == 1 else 9)
    if field.note.say(language):
        sheet.cell(1, at).comment = Comment(field.note.say(language), AUTHOR)
    wide = {"town_name": 24, "note": 12, "number": 15, "category": 18, "text": 22}
    sheet.column_dimensions[get_column_letter(at)].width = wide.get(field.kind, 13)


def _fixed_values(field: Field, towns: pd.DataFrame, when: Period, language: Language) -> list[Any] | None:
    """What stands in a column before anybody fills it in; None for a column to fill."""
    if field.kind == "town":
        return [str(code) for code in towns["town_code"]]
    if field.kind == "town_name":
        return [str(name) for name in towns["name_zh" if language == "zh" else "name_en"]]
    if field.name == "prefecture":
        return [PREFECTURES[str(code)].say(language) for code in towns["prefecture_adcode"]]
    if field.name == "county":
        return [str(name) for name in towns["county_zh" if language == "zh" else "county_en"]]
    return [str(when)] * len(towns) if field.kind == "period" else None


def _reference(
    sheet: Worksheet,
    at: int,
    field: Field,
    towns: pd.DataFrame,
    last: dict[tuple[str, str], tuple[float, str]],
    language: Language,
) -> None:
    """The last period's figures in grey; the note row says which period most of them are of."""
    factor = WRITTEN_UNITS[field.written][1] if field.written in WRITTEN_UNITS else 1.0
    found = [last.get((str(code), field.name)) for code in towns["town_code"]]
    periods = [value[1] for value in found if value]
    newest = max(set(periods), key=periods.count) if periods else ""
    label = say("intake.last_values", language, label=field.label.say(language))
    said = Period.parse(newest).say(language) if newest else ""
    for row, text in enumerate((label, field.unit_text.say(language), said), start=1):
        cell = sheet.cell(row, at, text or None)
        cell.fill, cell.border, cell.alignment, cell.font = _REFERENCE, _LINE, _TOP, _GREY
    first = sheet.cell(HEADER_ROWS + 1, at)
    first.fill, first.font = _REFERENCE, _GREY
    first.number_format = "0" if field.is_whole else "#,##0.00"
    for offset, value in enumerate(found):
        cell = sheet.cell(HEADER_ROWS + 1 + offset, at)
        cell._style = copy(first._style)
        if value is not None:
            cell.value = float(f"{value[0] / factor:.12g}")
            if value[1] != newest:  # not of the period the header names
                cell.comment = Comment(Period.parse(value[1]).say(language), AUTHOR)
    sheet.column_dimensions[get_column_letter(at)].width = 13


def _validate(book: Workbook, sheet: Worksheet, field: Field, area: str, language: Language) -> None:
    """Drop-downs and ranges: the same words and bounds the intake checks by."""
    rule: DataValidation | None = None
    if field.kind in ("category", "flag") or field.options:
        options = [text.say(language) for text in field.options]
        if field.kind == "flag":
            options = [say("intake.yes", language), say("intake.no", language)]
        listed = ",".join(options)
        formula = f'"{listed}"' if len(listed) <= _INLINE and '"' not in listed else _named_list(book, field, options)
        rule = DataValidation("list", formula1=formula, allow_blank=True)
        rule.error = say("intake.pick", language)
    elif field.kind == "number" and field.minimum is not None and field.maximum is not None:
        factor = WRITTEN_UNITS[field.written][1] if field.written in WRITTEN_UNITS else 1.0
        low, high = f"{field.minimum / factor:g}", f"{field.maximum / factor:.12g}"
        kind = "whole" if field.is_whole else "decimal"
        rule = DataValidation(kind, operator="between", formula1=low, formula2=high, allow_blank=True)
        top = f"{float(high):,.12g}"
        rule.error = say("intake.number_range", language, low=low, high=top, unit=field.unit_text.say(language))
    if rule is not None:
        rule.errorTitle, rule.showErrorMessage = field.label.say(language)[:32], True
        sheet.add_data_validation(rule)
        rule.add(area)


def _named_list(book: Workbook, field: Field, options: list[str]) -> str:
    # Levels and words of two kinds may bear one name.
    name = f"list_{field.name}_{zlib.crc32(repr(options).encode()):x}"
    if name not in book.defined_names:
        words = book[WORDS_SHEET]
        at = len(book.defined_names) + 1
        for row, text in enumerate(options, start=1):
            words.cell(row, at, text)
        letter = get_column_letter(at)
        area = f"'{WORDS_SHEET}'!${letter}$1:${letter}${len(options)}"
        book.defined_names[name] = DefinedName(name, attr_text=area)
    return f"={name}"
