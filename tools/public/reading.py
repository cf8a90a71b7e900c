"""Reads the collected rows: figures with unit and qualifier, periods and days as the sources write them.

May import `cockpit.units`.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any, Final

from cockpit.units import Period, to_base

Row = dict[str, str]
RAW: Final = Path(__file__).resolve().parents[2] / "data" / "public" / "raw"

_BEFORE: Final = {
    "超过": "over",
    "超": "over",
    "突破": "over",
    "近": "nearly",
    "约为": "about",
    "约": "about",
    "over": "over",
}
_AFTER: Final = {"多": "more_than", "余": "more_than", "以上": "at_least", "左右": "around"}
_WRITTEN: Final = {"超": "over", "近": "nearly", "约": "about", **_AFTER}


def read_raw(name: str, folder: Path = RAW) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def split_unit(written: str) -> tuple[str, str]:
    """Return (unit, remark): 亿元(超) is 亿元 and 超."""
    match = re.fullmatch(r"([^(]+)\((.*)\)", written)
    return (match[1], match[2]) if match else (written, "")


def read_qualifier(value: float, unit_remark: str, quote: str) -> str:
    """Return the qualifier in the remark on the unit, else the one that stands at this figure in the quote."""
    for word, qualifier in _WRITTEN.items():
        if word in unit_remark:
            return qualifier
    if "一说" in unit_remark:
        return ""
    numbers = "|".join(
        re.escape(text) for text in (f"{value:g}", f"{value:.12g}", f"{value / 1e4:g}万", f"{value:,.0f}")
    )
    match = re.search(rf"(\D*?)(?<![\d.])({numbers})(?![\d.])(\D*)", quote)
    if not match:
        return ""
    before, after = match[1].strip(), match[3]
    for word, qualifier in _BEFORE.items():
        if before.endswith(word) or re.search(rf"{word}占\D*$", before):
            return qualifier
    return next((qualifier for word, qualifier in _AFTER.items() if after.lstrip("万亿个家").startswith(word)), "")


_YEAR_TO_DATE: Final = {"H1": 6, "上半年": 6, "前三季度": 9}


def read_period(written: str) -> str:
    """Return the period as `2025` or `2026-09`, empty where the source gives none."""
    if written.startswith(("未注明", "规划", "计划")):
        return ""
    text = written.removeprefix("截至")
    month = next((month for word, month in _YEAR_TO_DATE.items() if word in text), None)
    if month:
        return str(Period(int(text[:4]), month))
    if match := re.fullmatch(r"(\d{4})-01至(\d\d)", text):
        return str(Period(int(match[1]), int(match[2])))
    if match := re.fullmatch(r"\d{4}-(\d{4})(?:\.(\d+))?(?:累计)?", text):
        return str(Period(int(match[1]), int(match[2] or 12)))
    # Mid-year and 前后 are known to the year only; their kind `partial` says so.
    return str(Period.parse(re.sub(r"(年底|年中|前后)$", "", text)))


def read_day(written: str) -> str:
    """Return an ISO date, month or year, empty unless the source states one (`by end 2020` does not)."""
    return written if re.fullmatch(r"\d{4}(-\d\d){0,2}", written) else ""


def read_figure(row: Row) -> dict[str, Any]:
    """Return base value and unit beside the value and unit as written, with the qualifier."""
    unit, remark = split_unit(row["unit"])
    value_written = float(row["value"])
    value, base = to_base(value_written, unit)
    qualifier = read_qualifier(value_written, remark, row["quote"])
    written = {"value_written": value_written, "unit_written": unit}
    return {"value": value, "unit": base, **written, "qualifier": qualifier}
