"""Order of the whole run: quick tests first, browser tests last.

Playwright's event loop stays in the main thread once a browser is open; tests that run their own loop come before it.
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "browser" in item.path.parent.name)
