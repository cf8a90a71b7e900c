"""A profile in one language as plain words, numbers and places on a scale: what page, phone and paper all show.

Pure records; `profile_words` fills them. Nothing here is markup: whoever draws it escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cockpit.marks import Mark
from cockpit.vocabulary import Language


@dataclass(frozen=True)
class Matter:
    """An open matter: what, and what it is held against."""

    head: str
    detail: str
    is_red: bool
    is_inner: bool


@dataclass(frozen=True)
class FactLine:
    """A fact: number and unit apart, because they are set in different sizes; `is_none` where nothing is known."""

    label: str
    number: str
    unit: str
    note: str
    is_none: bool = False
    is_inner: bool = False
    short_unit: str = ""

    @property
    def value(self) -> str:
        return f"{self.number}{self.unit}" if self.unit == "%" else f"{self.number} {self.unit}".strip()


@dataclass(frozen=True)
class BarLine:
    """A standing: texts, and places on a scale from 0 to 1 (None: not drawn).

    `town`, `peers`, `whole` and `norm` are the numbers alone, in `unit`; `peers_note` tells why a class median is left
    out.
    """

    indicator: str
    label: str
    unit: str
    town: str
    peers: str
    peers_note: str
    whole: str
    norm: str
    rank: str
    counts: str
    is_none: bool
    at: float | None
    at_low: float | None
    at_high: float | None
    at_peers: float | None
    at_whole: float | None
    at_norm: float | None


@dataclass(frozen=True)
class TrendFace:
    """The years: (year, number, place from 0 to 1), number "" and place None for a year without a figure."""

    heading: str
    note: str
    points: tuple[tuple[str, str, float | None], ...]
    alt: str


@dataclass(frozen=True)
class StopLine:
    """A node of the chain. `kind`: held, empty or silent; `grade` is the word for the province."""

    label: str
    words: str
    grade: str
    kind: str
    node: str


@dataclass(frozen=True)
class ChainFace:
    heading: str
    note: str
    stages: tuple[tuple[str, tuple[StopLine, ...]], ...]
    foot: str


@dataclass(frozen=True)
class RatingFace:
    """Stars (or the clock of a town being created): `stars` of `most`, None where there are none to show."""

    heading: str
    note: str
    stars: int | None
    most: int
    alt: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class EntryLine:
    """A line of the history; `is_simulated` draws it hollow. `weight` 2 stays when a sheet is short of room."""

    day: str
    text: str
    badge: str
    is_simulated: bool
    weight: int


@dataclass(frozen=True)
class RuleLine:
    """A status with its mark and rule."""

    name: str
    mark: Mark
    word: str
    text: str


@dataclass(frozen=True)
class Face:
    """One profile in one language. Texts are "" where there is nothing to say."""

    language: Language
    town_code: str
    code: str
    url: str
    title: str
    subtitle: str
    place: str
    badge: str
    is_simulated: bool
    fictional: str
    status: RuleLine
    status_count: str
    status_why: str
    matters: tuple[Matter, ...]
    more: tuple[str, ...]
    rule_line: str
    facts: tuple[FactLine, ...]
    standing_note: str
    bars: tuple[BarLine, ...]
    trend: TrendFace | None
    chain: ChainFace | None
    chain_none: str
    rating: RatingFace
    history_heading: str
    history: tuple[EntryLine, ...]
    reports: tuple[tuple[str, str, str], ...]
    rules_note: str
    rules: tuple[RuleLine, ...]
    matters_note: str
    sources: tuple[tuple[str, str], ...]
    foot: str
