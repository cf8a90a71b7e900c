"""What the lower half of the cockpit draws: growth by group, the published series; ready for charts.

Pure: briefing and parts in, frames and chart specifications out; may import analysis and the ground floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd
import pyarrow as pa

from cockpit.analysis.briefing import Briefing, Card, GrowthParts
from cockpit.phrases import say
from cockpit.units import Figure, Scale
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.palette import Theme
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, SCOPES, Language
from cockpit.wording import targets as wording
from cockpit.wording.gap import display_scale

# Room for the names left of the bars, by language: names of prefectures stay short in both.
_LABEL_WIDTHS: Final[dict[Language, dict[str, int]]] = {
    "zh": {"prefecture": 84, "class": 104},
    "en": {"prefecture": 84, "class": 132},
}


@dataclass(frozen=True, eq=False)
class GapColumn:
    """One column of bars; `table` says the same as `spec`, `alt` says it in a sentence."""

    name: str
    title: str
    note: str
    spec: charts.Spec
    table: pd.DataFrame
    alt: str
    bars: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, eq=False)
class GapDrawing:
    """Growth by group: columns on one scale, what they show in words, how they were made."""

    columns: tuple[GapColumn, ...]
    finding: str
    method: str
    unit: str


@lru_cache(maxsize=256)
def draw_growth(parts: GrowthParts, language: Language, theme: Theme) -> GapDrawing:
    """Growth by prefecture and class, for periods no target is set for; in percent, a share's change in points."""
    unit = say("gap.points", language) if parts.card.indicator.is_ratio else "%"
    frames = {"prefecture": parts.by_prefecture, "class": parts.by_class}
    values = [float(value) * 100 for frame in frames.values() for value in frame["value"]]
    scale = Scale(0.01, unit, decimals=1, is_signed=True)
    columns = []
    for name, frame in frames.items():
        words = _group_names(name, language)
        rows = zip(frame["key"], frame["value"], strict=True)
        bars = tuple((words.get(key, key), scale.figure(float(value))) for key, value in rows)
        note = say("growth.whole", language, value=scale.figure(parts.whole).number)
        columns.append(_column(name, bars, (min(values), max(values)), note, language, theme))
    first = [_group_names("prefecture", language).get(key, key) for key in parts.by_prefecture["key"]]
    return GapDrawing(
        columns=tuple(columns),
        finding=say("growth.finding", language, best=first[0], worst=first[-1]),
        method=say("growth.method", language),
        unit=unit,
    )


def _group_names(name: str, language: Language) -> dict[str, str]:
    words = PREFECTURES if name == "prefecture" else INDUSTRY_CLASSES
    return {code: text.say(language) for code, text in words.items()}


def _column(
    name: str,
    bars: tuple[tuple[str, Figure], ...],
    ends: tuple[float, float],
    note: str,
    language: Language,
    theme: Theme,
) -> GapColumn:
    """One column of diverging bars."""
    labels, texts = [label for label, _ in bars], [figure.number for _, figure in bars]
    values = [figure.shown or 0.0 for _, figure in bars]
    heading = say("growth.value", language, unit=bars[0][1].unit if bars else "")
    kinds = ["down" if value < 0 else "up" for value in values]
    title = say("gap.by_prefecture" if name == "prefecture" else "gap.by_class", language)
    rows = pa.table({"name": labels, "value": values, "text": texts, "kind": kinds})
    spec = charts.gap_bars(theme, len(labels), *ends, _LABEL_WIDTHS[language][name])
    return GapColumn(
        name=name,
        title=title,
        note=note,
        spec=charts.with_rows(spec, rows),
        table=pd.DataFrame({say("gap.column_name", language): labels, heading: texts}),
        alt=f"{title}: " + "; ".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True)),
        bars=bars,
    )


def published_scale(card: Card, language: Language) -> Scale:
    """In what the labels of a published series are written: no label claims digits another was not published with."""
    return display_scale(card, language).coarsest((point.value for point in card.trend), wording.PUBLISHED_DIGITS)


def series_rows(card: Card, language: Language) -> pd.DataFrame:
    """The published series of a card: when (year as a number), value in display unit, text, side, scope, period.

    All in the unit of the axis. `text` are labels of one number of decimals, `number` has the digits published.
    """
    scale = display_scale(card, language)
    label = published_scale(card, language)
    periods = [point.period for point in card.trend]
    return pd.DataFrame(
        {
            "when": [period.year + (period.month - 12) / 12 for period in periods],
            "value": [point.value / scale.divisor for point in card.trend],
            "text": [str(label.figure(point.value)) for point in card.trend],
            "number": [scale.figure(point.value, wording.PUBLISHED_DIGITS).number for point in card.trend],
            "side": _sides([period.year for period in periods]),
            "scope": [point.scope_written if language == "zh" else SCOPES[point.scope].en for point in card.trend],
            "period": [str(period) for period in periods],
        }
    )


def _sides(years: Sequence[int]) -> list[str]:
    """Where each label stands: neighbours closer than two years lean away from each other."""
    sides = []
    for index, year in enumerate(years):
        if index == len(years) - 1:
            sides.append("left")  # beside its stem: above it, it might stand on the target line
            continue
        after = index + 1 < len(years) and years[index + 1] - year < 2
        before = index > 0 and year - years[index - 1] < 2
        sides.append("right" if after and not before else "left" if before and not after else "center")
    return sides


def class_mix(briefing: Briefing, language: Language) -> pd.DataFrame:
    """How many of the selected towns are of each industry class: name, value; the most first."""
    counts = briefing.towns["industry_class"].astype("str").value_counts()
    return pd.DataFrame(
        {"name": [INDUSTRY_CLASSES[str(code)].say(language) for code in counts.index], "value": counts.to_numpy()}
    )
