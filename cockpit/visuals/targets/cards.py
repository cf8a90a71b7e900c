"""Target cards as HTML for the page's one HTML block; the stylesheet is ui/styles/base.css.

Pure: values in, markup out; may import analysis, policy and the ground floor. Every text from data is escaped here.
"""

from __future__ import annotations

from html import escape
from typing import Final, Protocol

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing, Card
from cockpit.figure_sources import Asked
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import SENSE_SIGNS
from cockpit.units import percent
from cockpit.visuals.marks.html import badge, marked, origin_mark, own, status_chip, status_glyph
from cockpit.visuals.marks.palette import Theme
from cockpit.visuals.marks.source_button import source_button
from cockpit.visuals.targets.sparkline import sparkline
from cockpit.vocabulary import (
    LIST_STATUSES,
    QUALIFIERS,
    SCOPES,
    STATUSES,
    Language,
    Status,
)
from cockpit.wording import targets as wording
from cockpit.wording.targets import title_words

_ACROSS: Final = {1: 1, 2: 2, 4: 4}  # large cards side by side; three of any other number
_IN_A_ROW: Final = 6  # small cards that can be read side by side on a desk
SCALE: Final = 1.15  # bars run from 0 to 115 % of the target in every card, so that the ticks align


def _bar(card: Card, language: Language, limits: Limits, large: bool = False) -> str:
    tick = 100 / SCALE
    share = card.attainment.share
    pieces = []
    if card.target.sense == "about":
        width = limits.tolerance * 2 * tick
        pieces.append(f'<s class="band" style="left:{tick - width / 2:.2f}%;width:{width:.2f}%"></s>')
    label = say("card.not_reported", language)
    if card.is_part and (card.contribution is None or card.indicator.is_ratio):
        own = (card.contribution or 0.0) / card.target.base_value
        pieces.append(f'<b class="con" style="width:{max(min(own, SCALE), 0) * tick:.2f}%"></b>')
        label = say("card.own_ratio", language)
    elif share is not None:
        label = say("card.share", language, share=percent(share))
        filled = max(min(share, SCALE), 0) * tick
        if card.contribution is not None and card.value:
            part = card.contribution / card.value
            pieces.append(f'<b class="ghost" style="width:{filled:.2f}%"></b>')
            pieces.append(f'<b class="con" style="width:{filled * part:.2f}%"></b>')
            label = say("card.of_province", language, share=percent(part))
        elif card.attainment.reason in ("low_coverage", "silence"):
            pieces.append(f'<b class="hatch" style="width:{filled:.2f}%"></b>')
        elif share >= 1:
            pieces.append(f'<b class="fill" style="width:{tick:.2f}%"></b>')
            surplus = "f-achieved" if card.status is Status.ACHIEVED else "fill"
            pieces.append(f'<b class="{surplus}" style="left:{tick:.2f}%;width:{filled - tick:.2f}%"></b>')
        else:
            pieces.append(f'<b class="fill" style="width:{filled:.2f}%"></b>')
            if card.status in (Status.MISSED, Status.BEHIND, Status.ON_TRACK):
                thin = " thin" if tick - filled < 2.2 else ""
                kind = mark_of("status", card.status).css
                pieces.append(f'<b class="f-{kind}{thin}" style="left:{filled:.2f}%;width:{tick - filled:.2f}%"></b>')
    pieces.append(f'<u style="left:{tick:.2f}%"></u>')
    return f'<div class="bar{" bl" if large else ""}" role="img" aria-label="{escape(label)}">{"".join(pieces)}</div>'


def _picture(
    card: Card, language: Language, theme: Theme, limits: Limits, size: tuple[int, int], with_word: bool
) -> str:
    band = limits.tolerance if card.target.sense == "about" else 0.0
    word = say("card.target", language) if with_word else ""
    is_part = card.is_part and not card.indicator.is_ratio
    # A part of the province, and months of a year, have no target: no line is drawn for one.
    no_target = is_part or card.attainment.reason in ("within_year", "after_target")
    source = sparkline(card.trend, None if no_target else card.target.base_value, band, theme, *size, word)
    if not source:
        silence = say("card.not_published" if not card.expected else "card.not_reported", language)
        return f'<span class="nospk">{escape(silence)}</span>'
    label = say(
        "card.trend",
        language,
        label=card.indicator.label.say(language),
        first=card.trend[0].period,
        last=card.trend[-1].period,
        count=len(card.trend),
    )
    return f'<img class="spk" width="{size[0]}" height="{size[1]}" alt="{escape(label)}" src="{source}">'


def _value(card: Card, language: Language) -> str:
    shown = card.contribution if card.is_part else card.value
    text = wording.value_figure(shown, card.indicator, language, card.provenance)
    if shown is None:
        return '<div class="val none">—</div>'
    qualifier = QUALIFIERS[card.qualifier].say(language)
    lead = f'<small class="q">{qualifier}</small>' if qualifier else ""
    return f'<div class="val">{lead}{escape(text.number)}<small>{escape(text.unit)}</small></div>'


def _head(card: Card, language: Language, selected: bool, level: str, size: str = "") -> str:
    label = card.indicator.label if level == "h3" and size else card.indicator.short_label
    name = escape(label.say(language))
    tag = f'<span class="seltag">{say("card.selected", language)}</span>' if selected else ""
    if card.is_part:
        status = f'<span class="chip {size} part">{say("card.filtered", language)}</span>'
    else:
        status = status_chip(card.status, wording.status_words(card, language), size)
    return (
        f'<header><{level} title="{escape(card.indicator.label.say(language))}">{name}</{level}>'
        f"{origin_mark(card.target.origin, language)}{tag}{status}</header>"
    )


def _gap_line(card: Card, language: Language, limits: Limits) -> str:
    if card.is_part:
        if card.contribution is None:
            main = say("card.not_reported" if card.contribution_expected else "card.out_of_scope", language)
        elif card.indicator.is_ratio or not card.value:
            main = say("card.own_ratio", language)
        else:
            main = say("card.of_province", language, share=percent(card.contribution / card.value))
        return f'<div class="gap">{escape(main)}</div>'
    main = escape(wording.gap_words(card, language, limits))
    if card.target.sense == "about" and card.status is Status.ACHIEVED and (card.attainment.gap or 0) < 0:
        main += own(language)
    share = card.attainment.share
    extra = (
        f"<em>{escape(say('card.share', language, share=percent(share)))}</em>"
        if share is not None and card.indicator.unit != "share"
        else ""
    )
    return f'<div class="gap">{main}{extra}</div>'


def _effect(card: Card, language: Language) -> str:
    if card.gap_effect is None:
        return ""
    key = "card.closes" if card.gap_effect >= 0 else "card.widens"
    text = wording.amount(card.gap_effect, card.indicator, language)
    if card.indicator.unit == "share":
        text += " " + say("gap.points", language)
    return escape(say(key, language, gap=text))


def _meta(card: Card, language: Language, short: bool = False) -> str:
    words = LIST_STATUSES if short and language == "en" else SCOPES
    scope = f"<span>{escape(words[card.target.scope].say(language))}</span>" if card.target.scope != "province" else ""
    period = escape(wording.period_words(card.period, card.indicator, language, short=short))
    coverage = escape(wording.coverage_words(card, language, selection=card.is_part, short=short))
    if not short and not card.is_part and card.silence is not None and card.silence.weight is not None:
        help_ = escape(say("card.by_weight_help", language))
        weight = escape(say("card.by_weight", language, share=percent(card.silence.weight)))
        coverage += f' <span title="{help_}">{weight}</span>' if card.silence.towns else ""
    told = card.contribution if card.is_part else card.value
    shown = badge(card.provenance, language) if told is not None else ""
    # The small card has its line of growth for the button: a third line would push the page.
    source = source_of(card, language) if told is not None and not short else ""
    return f'<div class="meta">{scope}<span>{period}</span>{shown}<span>{coverage}</span>{source}</div>'


def source_of(card: Card, language: Language) -> str:
    """Asks where the card's figure comes from."""
    asked = Asked("target", card.target.id, card.period)
    return source_button(asked, card.indicator.label.say(language), language)


def _foot(card: Card, language: Language, filtered: bool) -> str:
    if filtered and not card.is_part and card.value is not None:
        return escape(say("card.no_split", language))
    if card.is_part:
        return _effect(card, language)
    if card.context is not None:
        return escape(wording.context_words(card, language))
    return escape(wording.growth_words(card, language))


def hero(card: Card, language: Language, theme: Theme, limits: Limits, *, filtered: bool, selected: bool) -> str:
    """One of the three money targets."""
    return (
        f'<article class="hero{" sel" if selected else ""}">{_head(card, language, selected, "h3", "lg")}'
        f'<div class="vrow">{_value(card, language)}{_picture(card, language, theme, limits, (214, 86), True)}</div>'
        f"{_bar(card, language, limits, large=True)}"
        f'<div class="trow">{_gap_line(card, language, limits)}'
        f'<div class="tgt">{escape(wording.target_words(card.target, card.indicator, language))}</div></div>'
        f'<div class="fline">{_meta(card, language)}'
        f'<div class="yoy">{_foot(card, language, filtered)}</div></div></article>'
    )


def compact(card: Card, language: Language, theme: Theme, limits: Limits, *, filtered: bool, selected: bool) -> str:
    """One of the four counts or two shares."""
    told = card.contribution if card.is_part else card.value
    source = f" {source_of(card, language)}" if told is not None else ""
    goal = wording.target_words(card.target, card.indicator, language, short=True)
    return (
        f'<article class="mini{" sel" if selected else ""}">{_head(card, language, False, "h3")}'
        f'<div class="vrow">{_value(card, language)}{_picture(card, language, theme, limits, (92, 48), False)}</div>'
        f"{_bar(card, language, limits)}"
        f'<div class="trow">{_gap_line(card, language, limits)}'
        f'<div class="tgt">{escape(goal)}</div></div>{_meta(card, language, short=True)}'
        f'<div class="ctx">{_foot(card, language, filtered)}{source}</div></article>'
    )


def row(card: Card, language: Language, limits: Limits) -> str:
    """A target as one line and one bar, for the phone."""
    sign = SENSE_SIGNS[card.target.sense]
    goal = wording.target_figure(card.target, card.indicator, language).bare
    if card.is_part:
        whole = None if card.indicator.is_ratio else card.value
        words = percent(card.contribution / whole) if whole and card.contribution is not None else None
        status = f'<span class="chip part">{escape(words or say("card.filtered", language))}</span>'
    else:
        status = status_chip(card.status, wording.light_words(card, language))
    return (
        f'<li><div class="rrow"><span class="rn">{escape(card.indicator.short_label.say(language))}</span>'
        f'<span class="rt">{sign}{escape(goal)}</span>{_value(card, language)}{status}</div>'
        f"{_bar(card, language, limits)}</li>"
    )


def headline(briefing: Briefing, language: Language) -> str:
    """Verdict line: what the page is, how many stand where, and the widest miss in words."""
    as_parts = any(card.is_part for card in briefing.cards)
    if as_parts:
        sentence = say("cards.headline_share", language)
    elif any(card.attainment.reason == "target_year_missing" for card in briefing.cards):
        sentence = say("cards.headline_unpublished", language, year=briefing.due_year)
    else:
        short = (Status.MISSED, Status.BEHIND)
        missed = [card for card in briefing.cards if card.status in short and card.attainment.share is not None]
        if missed:
            worst = min(missed, key=lambda card: card.attainment.share or 0.0)
            money = [card for card in missed if card.target.rank == "money"]
            told = money[0] if money else worst
            gap = wording.amount(told.attainment.gap or 0.0, told.indicator, language)
            goal = wording.target_figure(told.target, told.indicator, language)
            sentence = marked(
                "cards.headline_missed", language, label=told.indicator.label.say(language), target=goal, gap=gap
            )
        elif any(card.status is Status.ON_TRACK for card in briefing.cards):
            sentence = say("cards.headline_on_track", language)
        elif any(card.status is Status.ACHIEVED for card in briefing.cards):
            sentence = say("cards.headline_all_met", language)
        else:
            sentence = say("cards.headline_running", language)
    title = title_words(briefing, language)
    tally = "".join(
        f'<span class="{mark_of("status", status).style}">{status_glyph(status)}<b>{count}</b>'
        f"{STATUSES[status].say(language)}</span>"
        for status, count in briefing.tally().items()
    )
    # The targets are the province's: beside a part of it no verdict is shown.
    tally = "" if as_parts else f'<div class="tally">{tally}</div>'
    return f'<section class="ans"><h1>{escape(title)}</h1>{tally}<p>{sentence}</p></section>'


class _Draw(Protocol):
    """Draws one card; `hero` and `compact` are its two sizes."""

    def __call__(
        self, card: Card, language: Language, theme: Theme, limits: Limits, *, filtered: bool, selected: bool
    ) -> str: ...


def board(briefing: Briefing, limits: Limits, selected: str, language: Language, theme: Theme) -> str:
    """The verdict line and the set's cards in three ranks; a list with one lead card takes their place on a phone."""
    filtered = briefing.selection.is_filtered
    cards = {
        rank: [card for card in briefing.cards if card.target.rank == rank] for rank in ("money", "count", "share")
    }

    def many(draw: _Draw, group: list[Card]) -> str:
        return "".join(
            draw(card, language, theme, limits, filtered=filtered, selected=card.target.id == selected)
            for card in group
        )

    lead = next((card for card in briefing.cards if card.target.id == selected), briefing.cards[0])
    others = [card for card in (*cards["money"], *cards["count"], *cards["share"]) if card is not lead]
    rows = "".join(row(card, language, limits) for card in others)
    counts, shares = many(compact, cards["count"]), many(compact, cards["share"])
    small = len(cards["count"]) + len(cards["share"])
    # Counts and shares stand in one row, parted, while they find room; more of them in rows of much the same length.
    rows_of = -(-small // _IN_A_ROW) or 1
    kind = " one" if rows_of == 1 else ""
    parted = '<i class="vsep"></i>' if kind and counts and shares else ""
    across = f' style="--across:{-(-small // rows_of)}"'
    compacts = f'<section class="minis{kind}"{across}>{counts}{parted}{shares}</section>' if small else ""
    return (
        f"{headline(briefing, language)}"
        f'<div class="desk"><section class="heroes" style="--across:{_ACROSS.get(len(cards["money"]), 3)}">'
        f"{many(hero, cards['money'])}</section>{compacts}</div>"
        f'<div class="phone">{hero(lead, language, theme, limits, filtered=filtered, selected=False)}'
        f'<ul class="rows">{rows}</ul></div>'
    )
