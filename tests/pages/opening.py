"""Opens a page as the app would, without a browser."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from cockpit.ui.frame import shell

ROOT = Path(__file__).resolve().parents[2]

# All but those of the administrators, who see no figures.
PAGES = tuple(script for script, _, _ in shell.PAGES if script not in ("access", "audit"))


@cache
def _registered() -> dict[str, Any]:
    """The pages as the navigation declares them: a page is found by its path only once the app has run."""
    return _app().run()._registered_pages


def _app() -> AppTest:
    return AppTest.from_file(str(ROOT / "cockpit" / "main.py"), default_timeout=60)


def open_page(page: str, parameters: dict[str, str | list[str]]) -> AppTest:
    """The page as the first one its visitor opens, by a link that names it."""
    app = _app()
    for name, value in parameters.items():
        app.query_params[name] = value
    if page != "cockpit":
        app._registered_pages = _registered()
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    return app.run()


def words(app: AppTest) -> str:
    """All HTML of the page, that of its browser parts as well, without what the frame says in the browser only."""
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    texts = [element.proto.body for element in app.get("html")]
    texts += [
        value
        for data in parts
        if isinstance(data, dict) and "said" not in data
        for value in data.values()
        if isinstance(value, str)
    ]
    return "\n".join(texts)


def badge(app: AppTest) -> str:
    """What the badge says of the data shown; it is the button that leads to the other data."""
    return str(
        next(block.proto.popover.label for block in app.get("popover") if "popover" in block.proto.WhichOneof("type"))
    )


def led(app: AppTest, number: int = 0) -> pd.DataFrame:
    """A table whose names lead on, as text: the `number`th of the page; numbers as numbers."""
    found = re.findall(r'<table class="led">.*?</table>', words(app), re.S)[number]
    heads = [plain(head) for head in re.findall(r"<th[^>]*>(.*?)</th>", found)]
    rows = re.findall(r"<tr>(.*?)</tr>", found.partition("<tbody>")[2])
    cells = [[_cell(*cell) for cell in re.findall(r"<td([^>]*)>(.*?)</td>", row)] for row in rows]
    return pd.DataFrame(cells, columns=heads)


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def _cell(attributes: str, markup: str) -> object:
    number = re.search(r'data-v="([^"]*)"', attributes)
    if number is None:
        return plain(markup)
    return float(number[1]) if number[1] else None
