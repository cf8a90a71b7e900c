"""Opens a page as the app would, without a browser."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


PAGES = ("cockpit", "targets", "chain", "map", "vitality", "per_mu", "lists", "towns", "town", "data", "basis", "wall")


def open_page(page: str, parameters: dict[str, str | list[str]]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "cockpit" / "main.py"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page != "cockpit":
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    return app


def words(app: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(element.proto.body for element in app.get("html"))
