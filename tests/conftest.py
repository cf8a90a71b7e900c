"""Order of the whole run: browser tests last, the others shuffled where CI or a seed asks for it; what tests decide or
publish goes to folders of their own, each worker's its own.

What runs when: a family of costly cases (marker `many`) shows its first to who waits; the rest is `long`. Properties
are tried on few examples, and on all of theirs in the long run.

Playwright's event loop stays in the main thread once a browser is open; tests that run their own loop come before it.
"""

from __future__ import annotations

import gc
import os
import random
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.sparing import hash_weakly, lay_tables_once, leave_few_rows, look_for_components_once

# How long an example takes is the machine's business, not the rule's. The same examples at every run: a red run shall
# mean a change; COCKPIT_SEEK=1 looks for new ones.
CALM = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", CALM, max_examples=12)
settings.register_profile("steady", CALM)
settings.register_profile("seeking", deadline=None)

SEED = "COCKPIT_TEST_SEED"


@pytest.fixture(scope="session", autouse=True)
def _decisions_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path_factory.mktemp('decisions')}/decisions.sqlite")
        patch.setenv("COCKPIT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        hash_weakly(patch)
        leave_few_rows(patch)
        look_for_components_once(patch)
        lay_tables_once(patch, tmp_path_factory.mktemp("tables"))
        yield


@pytest.fixture(autouse=True)
def _the_main_module_stays() -> Iterator[None]:
    """A page that runs in a test takes the place of `__main__`; a process started later would run that page first."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def pytest_configure(config: pytest.Config) -> None:
    is_short = "not long" in config.option.markexpr
    settings.load_profile("seeking" if os.environ.get("COCKPIT_SEEK") == "1" else "few" if is_short else "steady")
    # In the environment, so that all workers shuffle alike: they must collect the same.
    if os.environ.get("CI") == "true":
        os.environ.setdefault(SEED, str(random.SystemRandom().randrange(10**6)))


def pytest_collection_finish() -> None:
    """What was imported stays; looking through all of it again and again for waste is a twentieth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_report_header(config: pytest.Config) -> str:
    seed = os.environ.get(SEED)
    return f"order: shuffled, {SEED}={seed} repeats it" if seed else f"order: as written; {SEED}=<number> shuffles"


def shuffled(items: list[pytest.Item], seed: str) -> list[pytest.Item]:
    """Files in another order and the tests of each as well; a file stays together, for its fixtures are made once."""
    luck = random.Random(seed)
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(str(item.path), []).append(item)
    order = list(files.values())
    luck.shuffle(order)
    for tests in order:
        luck.shuffle(tests)
    return [item for tests in order for item in tests]


def _thin_out(items: list[pytest.Item]) -> None:
    families: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("many") and not item.get_closest_marker("long"):
            families.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for family in families.values():
        for item in family[1:]:
            item.add_marker(pytest.mark.long)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before pytest leaves out what the expression of markers does not ask for."""
    _thin_out(items)
    if seed := os.environ.get(SEED):
        items[:] = shuffled(items, seed)
    items.sort(key=lambda item: "browser" in item.path.parent.name)
