"""What a clerk does at the data desk: takes the workbook, hands it in, fills in a field."""

from __future__ import annotations

import io
import re
from typing import Any, Final

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.waiting import wait_until_settled

# The field of the list page; its label may tell what the system suggests.
DECISION: Final = re.compile("^决定(（|$)")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_workbook(page: Page, button: str = "下载模板") -> Any:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))


def upload(page: Page, book: Any, name: str = "上城区2025.xlsx") -> None:
    stream = io.BytesIO()
    book.save(stream)
    page.set_input_files('input[type="file"]', [{"name": name, "mimeType": XLSX, "buffer": stream.getvalue()}])
    expect(page.locator(".dverdict")).to_be_visible(timeout=30_000)
    wait_until_settled(page)


def type_into(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Tab")
    wait_until_settled(page)
