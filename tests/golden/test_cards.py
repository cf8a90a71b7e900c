"""What the nine cards say, word for word, on both datasets and in both languages; `make golden` writes it anew."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, open_desk
from cockpit.rights import ALL
from cockpit.units import percent
from cockpit.vocabulary import PROVENANCES, Language
from cockpit.wording import targets as wording

DAY = date(2026, 11, 23)
VIEWS = {
    "demo": ("demo", Selection("2025", scope=ALL)),
    "demo-hangzhou": ("demo", Selection("2025", prefectures=("330100",), scope=ALL)),
    "demo-running": ("demo", Selection("2024", scope=ALL)),
    "demo-within-the-year": ("demo", Selection("2026-09", scope=ALL)),
    "public": ("public", Selection("2022", scope=ALL)),
    "public-2017": ("public", Selection("2017", scope=ALL)),
}


def told(view: str, language: Language) -> str:
    dataset, selection = VIEWS[view]
    desk = open_desk(dataset)
    lines = []
    for card in brief(desk, selection, DAY).cards:
        shown = card.contribution if card.is_part else card.value
        parts = [
            card.indicator.label.say(language),
            str(wording.value_figure(shown, card.indicator, language, card.provenance)),
            wording.status_words(card, language),
            wording.gap_words(card, language, desk.limits),
            percent(card.attainment.share),
            wording.target_words(card.target, card.indicator, language),
            wording.period_words(card.period, card.indicator, language),
            PROVENANCES[card.provenance].say(language) if card.value is not None else "",
            wording.coverage_words(card, language, selection=card.is_part),
            wording.growth_words(card, language),
            wording.context_words(card, language),
        ]
        lines.append(" | ".join(parts))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_cards_say_what_they_said(view: str, language: Language) -> None:
    golden = Path(__file__).with_name(f"cards-{view}.{language}.txt")
    text = told(view, language)
    if os.environ.get("GOLDEN_UPDATE") == "1":
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), "run make golden, read the diff and commit it"
    assert text == golden.read_text(encoding="utf-8")
