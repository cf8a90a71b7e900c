"""What every section of a briefing pack is made from: desk, briefing, language, and how figures become cells.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Briefing, Card, speaks_published
from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk
from cockpit.exports.pack.model import Marked, Picture
from cockpit.exports.towns import filter_words
from cockpit.marks import Mark
from cockpit.phrases import say
from cockpit.units import Figure, Period
from cockpit.visuals.marks.charts import Spec
from cockpit.visuals.marks.palette import MARK_COLOURS, TOKENS
from cockpit.vocabulary import PROVENANCES, Language, Provenance
from cockpit.wording import targets as wording

# Paper is light, whatever the reader's screen.
THEME: Final = "light"


INK: Final = TOKENS[THEME]


FIGURE_WIDTH: Final = 760


@dataclass(frozen=True, eq=False)
class Material:
    """What every section is made from. `target` is the one whose gap is split."""

    desk: Desk
    briefing: Briefing
    language: Language
    target: str

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    @property
    def selection(self) -> Selection:
        return self.briefing.selection

    @property
    def key(self) -> tuple[Desk, Selection, date]:
        return self.desk, self.briefing.selection, self.briefing.as_of

    @property
    def has_returns(self) -> bool:
        return not speaks_published(self.desk.dataset)

    def joined(self, parts: list[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(parts)

    def listed(self, parts: list[str]) -> str:
        """Parts of a sentence, one after the other."""
        return ("，" if self.language == "zh" else ", ").join(parts)

    def period(self, code: str) -> str:
        return Period.parse(code).say(self.language)

    @property
    def provenance(self) -> str:
        """The mark of simulated data, or where the figures come from."""
        manifest = self.desk.dataset.manifest
        kind = Provenance.SIMULATED if manifest.is_simulated else Provenance.PUBLISHED
        return PROVENANCES[kind].say(self.language)

    @property
    def version(self) -> str:
        manifest = self.desk.dataset.manifest
        return f"{self.say(f'dataset.{manifest.dataset}')} {manifest.version} {manifest.published_at[:10]}"

    def foot(self, period: str, scope: str = "") -> str:
        """Period, scope, version and provenance; the same under every slide, chapter and sheet."""
        parts = {
            "export.period": period,
            "pack.scope": scope or self.say("pack.all_towns"),
            "export.filters": filter_words(self.briefing, self.language),
            "export.dataset": self.version,
            "towns.provenance": self.provenance,
        }
        pairs = [self.say("pack.labelled", label=self.say(key), text=text) for key, text in parts.items()]
        return " · ".join([*pairs, self.say("export.blank")])


def mark(form: Mark, word: str) -> Marked:
    """A mark as sign, word and colour."""
    return Marked(f"{form.sign} {word}", MARK_COLOURS[THEME][form.colour][1])


def label(card: Card, language: Language) -> str:
    return wording.label_of(card, language)


def figure_of(value: float | None, card: Card, language: Language) -> tuple[Figure | None, str]:
    """(figure, unit) as the card shows it."""
    shown = wording.value_figure(value, card.indicator, language, card.provenance)
    return (None, "") if value is None else (shown, shown.unit)


def alt_of(title: str, names: list[str], values: Sequence[Figure | None], ask: Material, unit: str = "") -> str:
    """A chart in a sentence, for those who do not see it."""
    blank = ask.say("chain.no_data")
    tail = unit if unit in ("", "%") else f" {unit}"
    told = [f"{name} {value.number + tail if value else blank}" for name, value in zip(names, values, strict=True)]
    return f"{title}: {'; '.join(told)}"


def known(figure: Figure) -> Figure | None:
    """A figure, or nothing where it would be a dash."""
    return None if figure.value is None else figure


def number_of(value: Any, decimals: int = 0, *, is_grouped: bool = False) -> Figure | None:
    """A number whose unit stands elsewhere; None where there is none."""
    if value is None or pd.isna(value):
        return None
    return Figure(float(value), decimals=decimals, is_grouped=is_grouped)


def drawn(spec: Spec, caption: str, alt: str) -> Callable[[], Picture]:
    """A figure that is ready."""
    return lambda: Picture(spec, caption, alt, FIGURE_WIDTH)
