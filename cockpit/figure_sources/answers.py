"""Where a figure of a page comes from: composed from the lines behind it.

May import analysis, datasets, policy and briefings. The last answers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from cockpit.analysis.briefing import Card, full_year, speaks_published
from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, brief, trace
from cockpit.datasets.publishing.provenance import Cell, Trace
from cockpit.datasets.publishing.row_sources import firm_deliveries
from cockpit.datasets.store.firms import FirmQuery, count_of
from cockpit.figure_sources.keys import LISTS, VITALITY, FigureKey
from cockpit.figure_sources.lines import Line, alike, figure_of, leaves, of_lists, of_per_mu, of_vitality, shown_as
from cockpit.phrases import phrase
from cockpit.policy.records import Indicator
from cockpit.vocabulary import LIST_STATUSES, Text

_PUBLISHED_DIGITS: Final = 5  # published figures keep theirs: 1291.5
_NOTHING: Final = Text("", "")


@dataclass(frozen=True)
class Delivery:
    """A file, or the version itself (`cell` is None), with how many of the figures it brought."""

    cell: Cell | None
    publisher: str
    figures: int
    towns: int


@dataclass(frozen=True)
class Quoted:
    """A published figure: as the source wrote it, and the source."""

    written: str
    quote: str
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class FigureSource:
    """The answer. `shown` is the figure as the page shows it, empty where the page shows several.

    `formula` says how it is computed from the parts. `tree` is set for one indicator of one town; `lines` hold every
    part, submitted ones first, the largest first. `silent` towns are counted and reported nothing.
    """

    asked: FigureKey
    title: Text
    shown: Text
    formula: Text = _NOTHING
    tree: Trace | None = None
    lines: tuple[Line, ...] = ()
    silent: int = 0
    quoted: tuple[Quoted, ...] = ()
    firms: tuple[Delivery, ...] = ()

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Files behind the lines, those with most figures first; what came with the version last."""
        if self.firms:
            return self.firms
        told = [line for line in self.lines if not line.is_missing]
        groups: dict[tuple[str, ...], list[Line]] = {}
        for line in told:
            key = (line.cell.submission, line.cell.file, line.cell.sheet) if line.cell else ("", line.publisher)
            groups.setdefault(key, []).append(line)
        found = [
            Delivery(lines[0].cell, lines[0].publisher, len(lines), len({line.town_code for line in lines}))
            for lines in groups.values()
        ]
        return tuple(sorted(found, key=lambda item: (item.cell is None, -item.figures)))


@lru_cache(maxsize=64)
def figure_source(desk: Desk, selection: Selection, as_of: date, asked: FigureKey) -> FigureSource:
    """Where the figure asked for comes from.

    Raises:
        DatasetError: a table of the version or the accepted values of a delivery are damaged.
    """
    if asked.kind == "target":
        return _target(desk, selection, as_of, asked)
    if asked.kind == "node":
        return _node(desk, selection, as_of, asked)
    if asked.what in desk.register.indicators:
        return _indicator(desk, asked)
    period = full_year(desk.cube.periods, asked.period) or asked.period
    lines: Iterable[Line]
    if asked.what == VITALITY:
        title, lines = phrase("source.vitality"), of_vitality(desk, asked.subject, period)
    elif asked.what == LISTS:
        title, lines = phrase("source.lists"), of_lists(desk, asked.subject, period, as_of)
    else:
        title, lines = phrase("source.per_mu"), of_per_mu(desk, asked.subject, period, asked.what.partition(".")[2])
    return FigureSource(asked, _titled(_town(desk, asked.subject), title), _NOTHING, lines=tuple(lines))


def _titled(first: Text, second: Text) -> Text:
    return Text(f"{first.zh} · {second.zh}", f"{first.en} · {second.en}")


def _town(desk: Desk, code: str) -> Text:
    row = desk.dataset.towns.iloc[desk.cube.towns.index(code)]
    return Text(str(row["name_zh"]), str(row["name_en"]))


def _formula(desk: Desk, indicator: Indicator) -> Text:
    """How an indicator is computed, in the labels of its parts; empty for a reported one."""

    def label(name: str) -> Text:
        return desk.register.indicator(name).label

    if indicator.numerator and indicator.denominator:
        above, below = label(indicator.numerator), label(indicator.denominator)
        return Text(f"{above.zh} ÷ {below.zh}", f"{above.en} ÷ {below.en}")
    if not indicator.plus:
        return Text("", "")
    signs = [("+", label(name)) for name in indicator.plus] + [("−", label(name)) for name in indicator.minus]
    said = (" ".join(f"{sign} {text.say(language)}" for sign, text in signs) for language in ("zh", "en"))
    return Text(*(text.removeprefix("+ ") for text in said))


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.is_missing, line.cell is None, -(line.amount or 0.0))))


def _target(desk: Desk, selection: Selection, as_of: date, asked: FigureKey) -> FigureSource:
    found = brief(desk, replace(selection, period=asked.period), as_of)
    card = found.card(asked.subject)
    if speaks_published(desk.dataset):
        shown = shown_as(card.value, card.indicator.unit, card.indicator.counter, digits=_PUBLISHED_DIGITS)
        return FigureSource(asked, card.indicator.label, shown, quoted=_quoted(desk, card))
    shown = figure_of(card.indicator, card.contribution if card.is_part else card.value)
    indicator, period = card.indicator, asked.period
    scope = desk.cube.in_scope(card.target.scope, period)
    values = desk.cube.of(indicator.id, period)
    codes = [
        (code, value == value)
        for code, value, counts in zip(desk.cube.towns, values, scope & found.keep, strict=True)
        if counts
    ]
    lines = (line for code, has_value in codes if has_value for line in leaves(desk, code, indicator.id, period))
    if indicator.origin_of_value == "list":
        lines = (line for line in lines if line.shown == LIST_STATUSES["named"])
    silent = sum(not has_value for _, has_value in codes)
    return FigureSource(
        asked, indicator.label, shown, _formula(desk, indicator), lines=_ordered(alike(desk, lines)), silent=silent
    )


@lru_cache(maxsize=16)
def lines_of(desk: Desk, codes: tuple[str, ...], period: str, indicator: str) -> tuple[Line, ...]:
    """The reported figures behind an indicator of these towns, submitted ones first, the largest first."""
    found = (line for code in codes for line in leaves(desk, code, indicator, period))
    return _ordered(alike(desk, (line for line in found if not line.is_missing)))


def _quoted(desk: Desk, card: Card) -> tuple[Quoted, ...]:
    """The published rows a card reads, with their sources."""
    rows = desk.dataset.table("published")
    rows = rows[(rows["indicator"].astype("str") == card.indicator.id) & (rows["period"].astype("str") == card.period)]
    known = desk.dataset.table("sources").astype("str")
    said = dict(zip(known["source_id"], known["publisher"] + " " + known["dated"], strict=True))
    found = []
    for row in rows.to_dict("records"):
        ids = str(row["source_ids"] or "").split()
        if card.value is None or float(row["value"]) != card.value or tuple(ids) != card.source_ids:
            continue
        sources = tuple(f"{name} {said[name]}" for name in ids if name in said)
        figures = (row["scope_written"], f"{float(row['value_written']):g}", row["unit_written"])
        written = " ".join(str(part) for part in figures)
        found.append(Quoted(written, str(row["quote"] or ""), sources))
    return tuple(found)


def _indicator(desk: Desk, asked: FigureKey) -> FigureSource:
    record = desk.register.indicator(asked.what)
    tree = trace(desk, asked.subject, asked.period, asked.what)
    lines = _ordered(leaves(desk, asked.subject, asked.what, asked.period))
    title = _titled(_town(desk, asked.subject), record.label)
    return FigureSource(asked, title, figure_of(record, tree.value), _formula(desk, record), tree, lines)


def _node(desk: Desk, selection: Selection, as_of: date, asked: FigureKey) -> FigureSource:
    """Firms of a node in the towns of the filters: how many, and which files brought them."""
    found = brief(desk, selection, as_of)
    towns = tuple(str(code) for code in found.towns["town_code"])
    query = FirmQuery(period=asked.period, nodes=(asked.subject,), towns=towns if selection.is_filtered else None)
    total = count_of(desk.dataset, query)
    brought = firm_deliveries(desk.dataset, asked.period, asked.subject, towns)
    firms = [Delivery(item.cell, "", item.firms, 0) for item in brought]
    rest = total - sum(item.firms for item in brought)
    if rest > 0:
        firms.append(Delivery(None, "", rest, 0))
    chain = next(chain for chain in desk.register.chains.values() if asked.subject in chain.node_ids)
    node = next(node for node in chain.nodes if chain.full_id(node.id) == asked.subject)
    title = _titled(chain.label, Text(node.zh, node.en))
    return FigureSource(asked, title, shown_as(float(total), "count", phrase("source.firms")), firms=tuple(firms))
