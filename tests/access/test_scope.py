"""A reader with a scope is shown no town outside it, by name or code, wherever he comes in: drawn at random.

Role, scope, entry point and question are drawn; whatever is sent is searched for every town outside. What the reader
himself typed may come back to him. `make test` draws some of each kind, `make test-all` all of them.
"""

from __future__ import annotations

import io
import json
import logging
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest

from cockpit.analysis.selection import Selection, towns_in
from cockpit.briefings import Desk, brief, open_desk, today, town_profile
from cockpit.cli.packing import files_of
from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.template.workbook import template
from cockpit.exports.pack.drawing import Drawer
from cockpit.exports.pack.model import Wish
from cockpit.exports.town_sheets import sheet_data
from cockpit.exports.towns import DEFAULT_INDICATORS, towns_sheet
from cockpit.phrases import say
from cockpit.rights import Scope
from cockpit.vocabulary import LANGUAGES
from tests.access.scoped import (
    decide_all_over,
    drawn,
    foreign,
    found_outside,
    questions,
    random_reader,
    sent,
    signed_in,
)  # fmt: skip
from tests.datasets import publishing_small
from tests.pages.opening import PAGES, open_page

PAGES_AT_ONCE, FILES_AT_ONCE, SENT_AT_ONCE = 20, 10, 15


@contextmanager
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", autouse=True)
def _decided() -> None:
    decide_all_over()


# Pages and the wall -------------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("batch", range(22))
def test_no_page_shows_a_town_outside(batch: int) -> None:
    chance = random.Random(1000 + batch)
    for _ in range(PAGES_AT_ONCE):
        dataset = chance.choice(("demo", "demo", "public"))
        scope, person = random_reader(chance, dataset)
        page, asked = chance.choice((*PAGES, "wall")), {**drawn(chance, dataset), "dataset": dataset}
        with signed_in(person), _quiet():
            app = open_page(page, dict(asked))
        assert not app.exception, (page, asked, scope, person.roles)
        assert found_outside(sent(app), scope, asked.values(), dataset) == [], (page, asked, scope, person.roles)


# Files --------------------------------------------------------------------------------------------------------------


def _selection(chance: random.Random, desk: Desk, scope: Scope) -> Selection:
    return Selection(chance.choice(desk.choices.periods), scope=scope)


def _towns_file(chance: random.Random, desk: Desk, scope: Scope) -> str:
    briefing = brief(desk, _selection(chance, desk, scope), today())
    return repr(towns_sheet(briefing, desk, DEFAULT_INDICATORS, chance.choice(LANGUAGES)))


def _town_sheets(chance: random.Random, desk: Desk, scope: Scope) -> str:
    """What the printed sheets of some of the reader's towns are made of."""
    codes = sorted(brief(desk, _selection(chance, desk, scope), today()).seen)
    profiles = [town_profile(desk, code, today()) for code in chance.sample(codes, min(3, len(codes)))]
    return json.dumps(sheet_data(profiles, chance.choice(LANGUAGES), filters=""), ensure_ascii=False)


def _template_file(chance: random.Random, desk: Desk, scope: Scope) -> str:
    period = chance.choice(desk.choices.periods)
    content = template(desk.dataset, period, as_of=today(), seen=scope, language=chance.choice(LANGUAGES))
    return _unpacked(content)


def _unpacked(content: bytes) -> str:
    """The text of every part of an Office file, drawings and hidden sheets included."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels", ".vml", ".json"))]
        inner = [_unpacked(parts.read(name)) for name in parts.namelist() if name.endswith(".xlsx")]
    return "\n".join([*(text.decode("utf-8", "ignore") for text in texts), *inner])


class Watched(Drawer):
    """Draws, and keeps what it was asked to draw."""

    def __init__(self) -> None:
        super().__init__(1)
        self.specs: list[str] = []

    def draw(self, spec: str) -> Future[bytes]:
        self.specs.append(spec)
        return super().draw(spec)


FILES: dict[str, Callable[[random.Random, Desk, Scope], str]] = {
    "towns": _towns_file,
    "template": _template_file,
    "sheets": _town_sheets,
}


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("batch", range(12))
@pytest.mark.parametrize("kind", FILES)
def test_no_file_names_a_town_outside(kind: str, batch: int) -> None:
    chance = random.Random(f"{kind}{batch}")
    for _ in range(FILES_AT_ONCE):
        desk = open_desk("demo")
        scope, _ = random_reader(chance, "demo")
        assert found_outside(FILES[kind](chance, desk, scope), scope, "", "demo") == [], (kind, scope)


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("seed", range(6))
def test_no_pack_names_a_town_outside(seed: int) -> None:
    """Slides, document and workbook; of the document's pictures what they are drawn from."""
    chance = random.Random(3000 + seed)
    scope, _ = random_reader(chance, "demo")
    with closing(Watched()) as drawer:
        made = files_of(
            ("pptx", "docx", "xlsx"), (), date(2026, 11, 23), drawer, lambda step: None, dataset="demo", version=None,
            period="2025", target="", wish=Wish(), seen=str(scope), lang=chance.choice(LANGUAGES),
        )  # fmt: skip
    assert {name.rpartition(".")[2] for name in made} == {"pptx", "docx", "xlsx"}
    assert drawer.specs, "a document has pictures"
    drawn = re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), "\n".join(drawer.specs))
    assert found_outside(drawn, scope, "", "demo") == [], scope
    for name, content in made.items():
        assert found_outside(_unpacked(content), scope, "", "demo") == [], (name, scope)


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("batch", range(8))
def test_no_button_of_a_page_gives_a_file_that_names_a_town_outside(batch: int) -> None:
    """Every file a page offers, made as if its button was pressed."""
    chance = random.Random(4000 + batch)
    for page in ("towns", "lists", "per_mu", "vitality"):
        scope, person = random_reader(chance, "demo")
        asked = {"compare": chance.choice(sorted(questions("demo")["town"]))} if page == "towns" else {}
        made: list[Any] = []

        def offered(view: Any, label: str, make: Callable[[], Any], file: str, *, made: Any = made, **_: Any) -> None:
            if not file.endswith(".pdf"):
                made.append((file, make()))

        with signed_in(person), _quiet(), _everywhere("offer", offered):
            open_page(page, dict(asked))
        assert made or page == "vitality", page
        for file, given in made:
            content = given[0] if isinstance(given, tuple) else given
            text = _unpacked(content) if file.endswith("xlsx") else content.decode("utf-8")
            assert found_outside(text, scope, asked.values(), "demo") == [], (page, file, asked, scope)


@contextmanager
def _everywhere(name: str, instead: Callable[..., None]) -> Iterator[None]:
    """In every module that has imported it by name."""
    from contextlib import ExitStack
    from importlib import import_module

    places = ("frame.downloads", "lists.side", "lists.page", "data.intake", "town.profile")
    # All imported before any is patched: one imported in between would keep the stand-in for good.
    modules = [import_module(f"cockpit.ui.{place}") for place in places]
    with ExitStack() as stack:
        for module in modules:
            if hasattr(module, name):
                stack.enter_context(patch.object(module, name, instead))
        yield


# What somebody sends -----------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("batch", range(6))
def test_findings_on_a_file_tell_nothing_of_a_town_outside(batch: int) -> None:
    """Neither by what may have been meant, nor by the figures a row is held against."""
    chance = random.Random(6000 + batch)
    desk = open_desk("demo")
    towns = desk.dataset.towns
    for _ in range(SENT_AT_ONCE):
        scope, _ = random_reader(chance, "demo")
        strangers = towns[~towns_in(towns, scope)]
        at = chance.randrange(len(strangers))
        code, name = (str(strangers.iloc[at][column]) for column in ("town_code", "name_zh"))
        typed = chance.choice(
            [(code, ""), ("", name), (code[:-1], name[:-1]), ("", f"{name[:-2]}小镇"), (code, name[:2])]
        )
        head = "小镇编码,小镇名称,期间,规上工业总产出（亿元）\n"
        content = (head.replace("规上工业总产出", "总产出") + f"{typed[0]},{typed[1]},2025,123456\n").encode()
        checked = check_uploads([Upload("a.csv", content)], desk.dataset, as_of=date(2026, 11, 23), seen=scope)
        told = repr(checked.findings)
        assert found_outside(told, scope, typed, "demo") == [], (typed, scope)
        before = desk.cube.of("total_output_yuan", "2025")[desk.cube.towns.index(code)]
        assert before != before or f"{before / 1e8:.2f}" not in told, (typed, scope)


def test_a_submission_is_seen_by_whose_towns_it_touches_alone(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from cockpit.briefings import submissions_seen
    from cockpit.datasets.publishing.submissions import all_submissions

    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    desk = open_desk("demo")
    towns = desk.dataset.towns
    first, other = (str(towns["town_code"].iloc[at]) for at in (0, -1))
    alone = publishing_small.submit({(first, "2025", "total_output_yuan"): 1.0})
    both = publishing_small.submit({(code, "2025", "total_output_yuan"): 1.0 for code in (first, other)})
    county = str(towns["county_adcode"].iloc[0])
    every = all_submissions("demo")
    assert {item.id for item in every} == {alone.id, both.id}
    assert [item.id for item in submissions_seen(desk, every, Scope(frozenset({county})))] == [alone.id]
    assert submissions_seen(desk, every, Scope(frozenset({str(towns["county_adcode"].iloc[-1])}))) == ()


def test_a_refused_attempt_on_a_town_outside_is_no_line_of_the_readers_log() -> None:
    from cockpit.briefings.listing import Decided

    class Line:
        town_code = "outside"

    whole = Decided((Line(),), {}, (), {})  # type: ignore[arg-type]
    assert whole.seen({"inside"}).entries == ()


def test_words_nobody_should_find_are_looked_for() -> None:
    """The search itself: it finds a town that is there, and knows every town that is not."""
    scope = Scope(frozenset({"330100"}))
    towns = open_desk("demo").dataset.towns
    outside = towns[~towns_in(towns, scope)]
    name = str(outside["name_zh"].iloc[0])
    assert found_outside(f"… {name} …", scope, "", "demo")
    assert len(foreign("demo", scope)) > 2 * len(outside)
    assert say("app.title", "zh") not in foreign("demo", scope)
