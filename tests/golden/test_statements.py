"""What is to be said of each target (汇报口径), word for word, on both datasets and in both languages."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from cockpit.analysis.selection import Selection
from cockpit.briefings import open_desk, statement
from cockpit.rights import ALL
from cockpit.vocabulary import Language
from cockpit.wording.statement import statement_text

DAY = date(2026, 11, 23)
VIEWS = {
    "demo": ("demo", Selection("2025", scope=ALL)),
    "demo-hangzhou": ("demo", Selection("2025", prefectures=("330100",), scope=ALL)),
    "demo-running": ("demo", Selection("2024", scope=ALL)),
    "public": ("public", Selection("2022", scope=ALL)),
}


def told(view: str, language: Language) -> str:
    dataset, selection = VIEWS[view]
    desk = open_desk(dataset)
    texts = [
        statement_text(statement(desk, selection, DAY, target), desk.limits, language)
        for target in desk.register.targets
    ]
    return "\n\n".join(text.paragraph for text in texts) + "\n"


@pytest.fixture(autouse=True)
def _own_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Extensions of a log at hand would move the clocks.
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path}/log.sqlite")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_statements_say_what_they_said(view: str, language: Language) -> None:
    golden = Path(__file__).with_name(f"statements-{view}.{language}.txt")
    text = told(view, language)
    if os.environ.get("GOLDEN_UPDATE") == "1":
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), "run make golden, read the diff and commit it"
    assert text == golden.read_text(encoding="utf-8")


# Words that judge without a figure; a report lives from the figures.
EMPTY = ("显著", "明显", "大幅", "良好", "较快", "稳步", "significant", "strong", "good", "robust", "rapid", "steady")


@pytest.fixture(autouse=True)
def _own_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Extensions of a log at hand would move the clocks.
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path}/log.sqlite")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_sentence_judges_without_a_figure(view: str, language: Language) -> None:
    for paragraph in told(view, language).split("\n\n"):
        assert not [word for word in EMPTY if word in paragraph.lower()]
        first = re.split("。|\\. ", paragraph)[0]
        assert re.search(r"\d", first), "what and how much, or since when nothing is known"
    assert not re.search(r"\bNone\b|\bnan\b", told(view, language))
