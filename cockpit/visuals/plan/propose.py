"""Every indicator on one axis: the growth a year each method asks for, beside what was observed, asked and chosen.

Pure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cockpit.analysis.briefing import Proposed
from cockpit.analysis.planning.methods import CEILINGS, METHODS, yearly_growth
from cockpit.analysis.planning.sets import Item
from cockpit.phrases import say
from cockpit.policy.records import SENSES, Indicator
from cockpit.units import percent
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language
from cockpit.wording.plan import amount, money_step

_STEP: Final = 0.02
_LEAST: Final = (-0.02, 0.10)  # the axis shows at least so much
_MOST: Final = 0.16
_LANE: Final = 3.4  # per cent of the axis two circles need beside each other


@dataclass(frozen=True)
class Row:
    """One indicator: what is known of it, what the methods say, what was chosen; `asked` is the growth a year the last
    set asked for, `base` its figure of the base year (None: not known)."""

    indicator: Indicator
    item: Item
    proposed: Proposed | None
    base: float | None
    base_year: int
    asked: float | None
    verdict: Markup


@dataclass(frozen=True)
class Axis:
    """Growth a year from `low` to `high`."""

    low: float
    high: float

    def at(self, growth: float) -> float:
        """Place in per cent, held at the ends."""
        return 100 * (min(max(growth, self.low), self.high) - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / _STEP)
        return [self.low + _STEP * place for place in range(count + 1)]


def axis_of(rows: Sequence[Row]) -> Axis:
    """One axis that holds everything but what is far out; what is beyond stands at its end."""
    found = [*_LEAST]
    for row in rows:
        if row.proposed:
            found += [item.yearly for item in row.proposed.proposals if item.yearly is not None]
            found += row.proposed.span or ()
        found += [] if row.asked is None else [row.asked]
    inside = [value for value in found if value <= _MOST]
    low = _STEP * math.floor(min(inside) / _STEP)
    high = _STEP * math.ceil(max(inside) / _STEP)
    return Axis(low, high)


def methods(about: Mapping[str, str], language: Language) -> Markup:
    """The methods with their numbers, what each rests on."""
    pieces = (
        html(
            '<li><i class="pm">{}</i><b>{}</b><span>{}</span></li>',
            number,
            say(f"plan.method.{name}", language),
            about[name],
        )
        for number, name in enumerate(METHODS, start=1)
    )
    return html('<ol class="pmethods">{}</ol>', html_of(pieces))


def table(rows: Sequence[Row], picked: str, year: int, language: Language) -> Markup:
    """Head, a row an indicator, legend."""
    axis = axis_of(rows)
    base = rows[0].base_year
    ticks = html_of(
        html('<s style="left:{:.2f}%">{}</s>', axis.at(tick), percent(tick, decimals=0)) for tick in axis.ticks
    )
    head = html(
        '<div class="prow phead"><span>{}</span><span><b>{}</b><span class="pticks">{}</span></span><span>{}</span>'
        "<span>{}</span></div>",
        say("plan.col.indicator", language),
        say("plan.axis", language, base=base, year=year),
        ticks,
        say("plan.col.median", language),
        say("plan.col.chosen", language),
    )
    body = html_of(_row(row, axis, picked, year, language) for row in rows)
    return html('<div class="ptable">{}{}</div>{}', head, body, _legend(language))


def _legend(language: Language) -> Markup:
    names = ("method", "range", "median", "chosen", "asked", "span", "beyond")
    signs = {"method": html('<i class="pm">1</i>'), "beyond": html('<i class="pmore"></i>')}
    return html(
        '<p class="plegend">{}</p>',
        html_of(
            html("<span>{}{}</span>", signs.get(name, html('<u class="pk-{}"></u>', name)), said)
            for name in names
            for said in [say(f"plan.legend.{name}", language)]
        ),
    )  # fmt: skip


def _row(row: Row, axis: Axis, picked: str, year: int, language: Language) -> Markup:
    name = row.indicator.label.say(language)
    return html(
        '<div class="prow{}" aria-current="{}" {}><span class="pname"><b>{}</b><em>{}</em><small>{} {}</small></span>'
        '<span class="paxis">{}</span><span class="pmed">{}</span><span class="pcho">{}</span></div>',
        " on" if picked == row.indicator.id else "",
        "true" if picked == row.indicator.id else "false",
        marks.narrows("pind", row.indicator.id, name),
        name,
        amount(row.base, row.indicator, language),
        say("plan.base_year", language, year=row.base_year),
        row.verdict,
        _strip(row, axis, language),
        _median(row, language),
        _chosen(row, year, language),
    )


def _strip(row: Row, axis: Axis, language: Language) -> Markup:
    if row.proposed is None:
        key = "plan.list_not_carried" if row.indicator.origin_of_value == "list" else "plan.not_carried"
        return html('<small class="pnone">{}</small>', say(key, language))
    told = [(n, item) for n, item in enumerate(row.proposed.proposals, start=1) if item.yearly is not None]
    inside = sorted(item.yearly for _, item in told if item.yearly is not None and item.method not in CEILINGS)
    pieces = [html('<s class="pgrid" style="left:{:.2f}%"></s>', axis.at(tick)) for tick in axis.ticks]
    if inside:
        left, right = axis.at(inside[0]), axis.at(inside[-1])
        pieces.append(html('<u class="prange" style="left:{:.2f}%;width:{:.2f}%"></u>', left, right - left))
    if row.proposed.span:
        left, right = (axis.at(end) for end in row.proposed.span)
        pieces.append(html('<u class="pspan" style="left:{:.2f}%;width:{:.2f}%"></u>', left, right - left))
    if row.asked is not None:
        pieces.append(html('<u class="pasked" style="left:{:.2f}%"></u>', axis.at(row.asked)))
    if row.proposed.median_yearly is not None:
        pieces.append(html('<u class="pmid" style="left:{:.2f}%"></u>', axis.at(row.proposed.median_yearly)))
    if row.item.value is not None and (chosen := _chosen_growth(row, row.proposed.year)) is not None:
        pieces.append(html('<u class="ppin" style="left:{:.2f}%"></u>', axis.at(chosen)))
    pieces += _circles(told, axis)
    step = money_step(row.indicator)
    values = html_of(
        html(
            "<span><i>{}</i> {}</span>",
            number,
            amount(item.value, row.indicator, language, step, is_bare=True) if item.value is not None else "—",
        )
        for number, item in enumerate(row.proposed.proposals, start=1)
    )
    return html('<span class="pline">{}</span><span class="pvalues">{}</span>', html_of(pieces), values)


def _circles(told: Sequence[tuple[int, object]], axis: Axis) -> list[Markup]:
    """A circle a method; one that would lie on its neighbour stands a lane lower."""
    placed: list[Markup] = []
    ends = [-100.0, -100.0]
    for number, item in sorted(told, key=lambda pair: getattr(pair[1], "yearly", 0.0)):
        growth = float(getattr(item, "yearly", 0.0))
        if growth > axis.high:
            placed.append(html('<i class="pm pout">{}</i><i class="pmore">{}</i>', number, percent(growth, decimals=0)))
            continue
        at = axis.at(growth)
        lane = 0 if at - ends[0] >= _LANE else 1
        ends[lane] = at
        placed.append(html('<i class="pm lane{}" style="left:{:.2f}%">{}</i>', lane, at, number))
    return placed


def _median(row: Row, language: Language) -> Markup:
    if row.proposed is None:
        return html("<small>—</small>")
    if row.proposed.median is None:
        return html("<small>{}</small>", say("plan.few_methods", language))
    return html(
        '<small class="ponly">{}</small><b>{}</b><small>{}</small>',
        say("plan.col.median", language),
        amount(row.proposed.median, row.indicator, language, money_step(row.indicator)),
        say("plan.a_year", language, growth=percent(row.proposed.median_yearly)),
    )


def _chosen_growth(row: Row, year: int) -> float | None:
    if row.base is None or row.item.value is None:
        return None
    return yearly_growth(row.base, row.item.value, year - row.base_year)


def _chosen(row: Row, year: int, language: Language) -> Markup:
    item = row.item
    if not item.reason.zh:
        return html('<small class="popen">{}</small>', say("plan.to_choose", language))
    if item.value is None:
        return html("<b>{}</b><small>{}</small>", say("plan.left_out", language), item.reason.say(language))
    growth = EMPTY
    if not row.indicator.is_ratio and (rate := _chosen_growth(row, year)) is not None:
        growth = html("<em>{}</em>", say("plan.a_year", language, growth=percent(rate)))
    sense = SENSES[item.sense].say(language) if item.sense else ""
    # 突破 and 不超过 stand before the figure, 以上 and 左右 after it; in English the word comes first.
    before, after = (sense, "") if language == "en" or item.sense in ("above", "at_most") else ("", sense)
    value = amount(item.value, row.indicator, language, money_step(row.indicator))
    words = [html("<span>{}</span>", word) if word else EMPTY for word in (before, after)]
    return html(
        '{}<b class="pval">{}</b>{}{}<small>{}</small>', words[0], value, words[1], growth, item.reason.say(language)
    )
