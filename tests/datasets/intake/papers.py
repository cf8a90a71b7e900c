"""Small papers as clerks send them, and what the intake says of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cockpit.briefings import open_desk
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.checking import check_uploads

TOWN = "上城甲芯云小镇"
TODAY = date(2026, 11, 23)


def check(*uploads: Upload) -> Checked:
    return check_uploads(uploads, open_desk("demo").dataset, as_of=TODAY)


def told(checked: Checked) -> dict[str, str]:
    """Rule -> cell, without what compares with earlier figures."""
    compared = ("jump", "flow_falls", "part_exceeds", "unit_assumed")
    return {item.rule: item.cell for item in checked.findings if item.rule not in compared}


def table(head: str, *rows: str, name: str = "报表.csv") -> Upload:
    return Upload(name, "\n".join([head, *rows]).encode())


def figures(checked: Checked, table: str = "returns") -> list[tuple[str, str, float]]:
    frame = checked.tables.get(table)
    return [] if frame is None else list(frame[["period", "indicator", "value"]].itertuples(index=False, name=None))


def book(
    rows: list[list[object]], work: Callable[[Worksheet], None] | None = None, name: str = "报表.xlsx", title: str = ""
) -> Upload:
    made = openpyxl.Workbook()
    page = made.active
    assert isinstance(page, Worksheet)
    page.title = title or page.title
    for row in rows:
        page.append(row)
    if work:
        work(page)
    out = io.BytesIO()
    made.save(out)
    return Upload(name, out.getvalue())
