"""Order of the whole run: quick tests first, browser tests last; what tests decide or publish goes to folders
of their own.

Playwright's event loop stays in the main thread once a browser is open; tests that run their own loop come before it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is the machine's business, not the rule's. The same examples at every run: a red run shall
# mean a change, and new examples are what `make test-all` looks for.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("seeking", deadline=None)
settings.load_profile("seeking" if os.environ.get("COCKPIT_SEEK") == "1" else "steady")


@pytest.fixture(scope="session", autouse=True)
def _decisions_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path_factory.mktemp('decisions')}/decisions.sqlite")
        patch.setenv("COCKPIT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "browser" in item.path.parent.name)
