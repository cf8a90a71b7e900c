"""A return of one figure in a cell with a number format, and the figures read of it."""

from __future__ import annotations

from typing import Any

import openpyxl

from cockpit.datasets.findings import Checked
from cockpit.datasets.store.loading import load
from tests.datasets.bad_files import RETURNS, check, saved


def read(head: str, value: Any, form: str, *more: Any, title: str = RETURNS) -> Checked:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    town = str(load("public").table("towns")["name_zh"].iloc[5])
    for row in (["小镇名称", "期间", *head.split(",")], [town, "2025", *more, value]):
        page.append(row)
    page.cell(2, 3 + len(more)).number_format = form
    return check(saved(book), dataset="public")


def figures(checked: Checked) -> list[float]:
    return [float(value) for frame in checked.tables.values() for value in frame["value"]]
