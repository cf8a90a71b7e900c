"""Target cards as HTML for the page's one HTML block; the stylesheet is visuals/styles/base.css.

Pure: values in, markup out; may import analysis, policy and the ground floor.
"""

from __future__ import annotations

from typing import Final, Protocol

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing, Card
from cockpit.figure_sources import FigureKey
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import SENSE_SIGNS
from cockpit.units import percent, short_of_all
from cockpit.visuals.marks.crumbs import crumbs
from cockpit.visuals.marks.html import badge, marked, narrows, opens, origin_mark, own, status_chip, status_glyph
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
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


def _bar(card: Card, language: Language, limits: Limits, large: bool = False) -> Markup:
    tick = 100 / SCALE
    share = card.attainment.share
    pieces = []
    if card.target.sense == "about":
        width = limits.tolerance * 2 * tick
        pieces.append(html('<s class="band" style="left:{:.2f}%;width:{:.2f}%"></s>', tick - width / 2, width))
    is_hidden = card.attainment.reason == "small_group"
    label = say("card.small_group" if is_hidden else "card.not_reported", language)
    if card.is_part and (card.contribution is None or card.indicator.is_ratio):
        own = (card.contribution or 0.0) / card.target.base_value
        pieces.append(html('<b class="con" style="width:{:.2f}%"></b>', max(min(own, SCALE), 0) * tick))
        label = say("card.own_ratio", language)
    elif share is not None:
        label = say("card.share", language, share=percent(short_of_all(share)))
        filled = max(min(share, SCALE), 0) * tick
        if card.contribution is not None and card.value:
            part = card.contribution / card.value
            pieces.append(html('<b class="ghost" style="width:{:.2f}%"></b>', filled))
            pieces.append(html('<b class="con" style="width:{:.2f}%"></b>', filled * part))
            label = say("card.of_province", language, share=percent(part))
        elif card.attainment.reason in ("low_coverage", "silence"):
            pieces.append(html('<b class="hatch" style="width:{:.2f}%"></b>', filled))
        elif share >= 1:
            pieces.append(html('<b class="fill" style="width:{:.2f}%"></b>', tick))
            surplus = "f-achieved" if card.status is Status.ACHIEVED else "fill"
            pieces.append(html('<b class="{}" style="left:{:.2f}%;width:{:.2f}%"></b>', surplus, tick, filled - tick))
        else:
            pieces.append(html('<b class="fill" style="width:{:.2f}%"></b>', filled))
            if card.status in (Status.MISSED, Status.BEHIND, Status.ON_TRACK):
                thin = " thin" if tick - filled < 2.2 else ""
                kind = mark_of("status", card.status).css
                pieces.append(
                    html('<b class="f-{}{}" style="left:{:.2f}%;width:{:.2f}%"></b>', kind, thin, filled, tick - filled)
                )
    pieces.append(html('<u style="left:{:.2f}%"></u>', tick))
    return html(
        '<div class="bar{}" role="img" aria-label="{}">{}</div>', " bl" if large else "", label, html_of(pieces)
    )


def _picture(card: Card, language: Language, limits: Limits, size: tuple[int, int], with_word: bool) -> Markup:
    band = limits.tolerance if card.target.sense == "about" else 0.0
    word = say("card.target", language) if with_word else ""
    is_part = card.is_part and not card.indicator.is_ratio
    # A part of the province, and months of a year, have no target: no line is drawn for one.
    no_target = is_part or card.attainment.reason in ("within_year", "after_target")
    if not card.trend:
        silence = say("card.not_published" if not card.expected else "card.not_reported", language)
        return html('<span class="nospk">{}</span>', silence)
    label = say(
        "card.trend",
        language,
        label=card.indicator.label.say(language),
        first=card.trend[0].period,
        last=card.trend[-1].period,
        count=len(card.trend),
    )
    return sparkline(card.trend, None if no_target else card.target.base_value, band, *size, label, word)


def _value(card: Card, language: Language) -> Markup:
    shown = card.contribution if card.is_part else card.value
    text = wording.value_figure(shown, card.indicator, language, card.provenance)
    if shown is None:
        return html('<div class="val none">—</div>')
    qualifier = QUALIFIERS[card.qualifier].say(language)
    lead = html('<small class="q">{}</small>', qualifier) if qualifier else EMPTY
    return html('<div class="val">{}{}<small>{}</small></div>', lead, text.number, text.unit)


def _head(card: Card, language: Language, selected: bool, level: str, size: str = "") -> Markup:
    label = card.indicator.label if level == "h3" and size else card.indicator.short_label
    name = label.say(language)
    tag = html('<span class="seltag">{}</span>', say("card.selected", language)) if selected else EMPTY
    if card.is_part:
        status = html('<span class="chip {} part">{}</span>', size, say("card.filtered", language))
    else:
        status = status_chip(card.status, wording.status_words(card, language), size)
    return html(
        '<header><{}><span class="lead" {}>{}</span></{}>{}{}{}{}</header>',
        level,
        _opens(card, language),
        name,
        level,
        # Where the foot of the small card is one line, the scope stands here.
        EMPTY if size else _scope(card, language, short=True),
        origin_mark(card.target.origin, language),
        tag,
        status,
    )


def _dimmed(card: Card, only: str) -> Markup:
    """A card beside those asked for stays in its place and steps back."""
    return html(' data-dim="yes"') if only and card.status.value != only else EMPTY


def _opens(card: Card, language: Language) -> Markup:
    title = say("card.open", language, label=card.indicator.label.say(language))
    return opens("targets", title, target=card.target.id)


def _gap_line(card: Card, language: Language, limits: Limits) -> Markup:
    if card.is_part:
        if card.contribution is None:
            main = say("card.not_reported" if card.contribution_expected else "card.out_of_scope", language)
        elif card.indicator.is_ratio or not card.value:
            is_hidden = card.attainment.reason == "small_group" and not card.indicator.is_ratio
            main = say("card.hidden" if is_hidden else "card.own_ratio", language)
        else:
            main = say("card.of_province", language, share=percent(card.contribution / card.value))
        return html('<div class="gap">{}</div>', main)
    main = wording.gap_words(card, language, limits)
    if card.target.sense == "about" and card.status is Status.ACHIEVED and (card.attainment.gap or 0) < 0:
        main += own(language)
    share = card.attainment.share
    extra = (
        html("<em>{}</em>", say("card.share", language, share=percent(short_of_all(share))))
        if share is not None and card.indicator.unit != "share"
        else EMPTY
    )
    return html('<div class="gap">{}{}</div>', main, extra)


def _effect(card: Card, language: Language) -> Markup:
    if card.gap_effect is None:
        return EMPTY
    key = "card.closes" if card.gap_effect >= 0 else "card.widens"
    text = wording.amount(card.gap_effect, card.indicator, language)
    if card.indicator.unit == "share":
        text += " " + say("gap.points", language)
    return escape(say(key, language, gap=text))


def _scope(card: Card, language: Language, *, short: bool) -> Markup:
    if card.target.scope == "province":
        return EMPTY
    words = LIST_STATUSES if short and language == "en" else SCOPES
    return html('<span class="scope">{}</span>', words[card.target.scope].say(language))


def _meta(card: Card, language: Language, short: bool = False) -> Markup:
    scope = _scope(card, language, short=short)
    # The bar above says whether a year is a full one.
    period = wording.period_words(card.period, card.indicator, language, short=True)
    coverage = wording.coverage_words(card, language, selection=card.is_part, short=short)
    if not short and not card.is_part and card.silence is not None and card.silence.weight is not None:
        help_ = say("card.by_weight_help", language)
        weight = say("card.by_weight", language, share=percent(card.silence.weight))
        coverage += html(' <span class="byweight" title="{}">{}</span>', help_, weight) if card.silence.towns else EMPTY
    told = card.contribution if card.is_part else card.value
    shown = badge(card.provenance, language) if told is not None else EMPTY
    # The small card has its line of growth for the button: a third line would push the page.
    source = source_of(card, language) if told is not None and not short else EMPTY
    return html('<div class="meta">{}<span>{}</span>{}<span>{}</span>{}</div>', scope, period, shown, coverage, source)


def source_of(card: Card, language: Language) -> Markup:
    """Asks where the card's figure comes from."""
    asked = FigureKey("target", card.target.id, card.period)
    return source_button(asked, card.indicator.label.say(language), language)


def _foot(card: Card, language: Language, filtered: bool) -> Markup:
    if filtered and not card.is_part and card.value is not None:
        return escape(say("card.no_split", language))
    if card.is_part:
        return _effect(card, language)
    if card.context is not None:
        return escape(wording.context_words(card, language))
    return escape(wording.growth_words(card, language))


def hero(card: Card, language: Language, limits: Limits, *, filtered: bool, selected: bool, only: str) -> Markup:
    """One of the three money targets."""
    return html(
        '<article class="hero{}"{}>{}<div class="vrow">{}{}</div>{}<div class="trow">{}'
        '<div class="tgt">{}</div></div><div class="fline">{}<div class="yoy">{}</div></div></article>',
        " sel" if selected else "",
        _dimmed(card, only),
        _head(card, language, selected, "h3", "lg"),
        _value(card, language),
        _picture(card, language, limits, (214, 86), True),
        _bar(card, language, limits, large=True),
        _gap_line(card, language, limits),
        wording.target_words(card.target, card.indicator, language),
        _meta(card, language),
        _foot(card, language, filtered),
    )


def compact(card: Card, language: Language, limits: Limits, *, filtered: bool, selected: bool, only: str) -> Markup:
    """One of the four counts or two shares."""
    told = card.contribution if card.is_part else card.value
    source = html(" {}", source_of(card, language)) if told is not None else EMPTY
    goal = wording.target_words(card.target, card.indicator, language, short=True)
    return html(
        '<article class="mini{}"{}>{}<div class="vrow">{}{}</div>{}<div class="trow">{}'
        '<div class="tgt">{}</div></div><div class="mfoot">{}<div class="ctx">{}{}</div></div></article>',
        " sel" if selected else "",
        _dimmed(card, only),
        _head(card, language, False, "h3"),
        _value(card, language),
        _picture(card, language, limits, (92, 48), False),
        _bar(card, language, limits),
        _gap_line(card, language, limits),
        goal,
        _meta(card, language, short=True),
        _foot(card, language, filtered),
        source,
    )


def row(card: Card, language: Language, limits: Limits, only: str) -> Markup:
    """A target as one line and one bar, for the phone."""
    sign = SENSE_SIGNS[card.target.sense]
    goal = wording.target_figure(card.target, card.indicator, language).bare
    if card.is_part:
        whole = None if card.indicator.is_ratio else card.value
        words = percent(card.contribution / whole) if whole and card.contribution is not None else None
        status = html('<span class="chip part">{}</span>', words or say("card.filtered", language))
    else:
        status = status_chip(card.status, wording.light_words(card, language))
    return html(
        '<li{}><div class="rrow"><span class="rn lead" {}>{}</span><span class="rt">{}{}</span>{}{}</div>{}</li>',
        _dimmed(card, only),
        _opens(card, language),
        card.indicator.short_label.say(language),
        sign,
        goal,
        _value(card, language),
        status,
        _bar(card, language, limits),
    )


def headline(briefing: Briefing, language: Language, only: str = "") -> Markup:
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
    tally = html_of(
        html(
            '<span class="{}" {} aria-pressed="{}">{}<b>{}</b>{}</span>',
            mark_of("status", status).style,
            narrows("verdict", status.value, say("card.only", language, status=STATUSES[status].say(language))),
            "true" if status.value == only else "false",
            status_glyph(status),
            count,
            STATUSES[status].say(language),
        )
        for status, count in briefing.tally().items()
    )
    way = crumbs(briefing, language)
    # The targets are the province's: beside a part of it no verdict is shown.
    tally = EMPTY if as_parts else html('<div class="tally">{}</div>', tally)
    return html('<section class="ans"><h1>{}</h1>{}{}<p>{}</p></section>', title, way, tally, sentence)


class _Draw(Protocol):
    """Draws one card; `hero` and `compact` are its two sizes."""

    def __call__(
        self, card: Card, language: Language, limits: Limits, *, filtered: bool, selected: bool, only: str
    ) -> Markup: ...


def _feet(to_decide: int, language: Language) -> Markup:
    """The bar at the foot of a phone: what stands below the first screen is one touch away."""
    count = html(" <b>{}</b>", to_decide) if to_decide else EMPTY
    return html(
        '<nav class="feet"><a href="#gap" target="_self">{}</a><a href="#decisions" target="_self">{}{}</a></nav>',
        say("gap.title", language),
        say("decisions.title", language),
        count,
    )


def board(
    briefing: Briefing, limits: Limits, selected: str, to_decide: int, language: Language, only: str = ""
) -> Markup:
    """The verdict line and the set's cards in three ranks; a list with one lead card takes their place on a phone.

    Args:
        to_decide: how many decisions wait, for the way to them.
        only: the verdict whose cards stand out, "" for all.
    """
    filtered = briefing.selection.is_filtered
    cards = {
        rank: [card for card in briefing.cards if card.target.rank == rank] for rank in ("money", "count", "share")
    }

    def many(draw: _Draw, group: list[Card]) -> Markup:
        return html_of(
            draw(card, language, limits, filtered=filtered, selected=card.target.id == selected, only=only)
            for card in group
        )

    lead = next((card for card in briefing.cards if card.target.id == selected), briefing.cards[0])
    others = [card for card in (*cards["money"], *cards["count"], *cards["share"]) if card is not lead]
    rows = html_of(row(card, language, limits, only) for card in others)
    counts, shares = many(compact, cards["count"]), many(compact, cards["share"])
    small = len(cards["count"]) + len(cards["share"])
    # Counts and shares stand in one row, parted, while they find room; more of them in rows of much the same length.
    rows_of = -(-small // _IN_A_ROW) or 1
    kind = " one" if rows_of == 1 else ""
    parted = html('<i class="vsep"></i>') if kind and counts and shares else EMPTY
    across = html(' style="--across:{}"', -(-small // rows_of))
    compacts = (
        html('<section class="minis{}"{}>{}{}{}</section>', kind, across, counts, parted, shares) if small else EMPTY
    )
    return html(
        '{}<h2 class="sr-only">{}</h2>'
        '<div class="desk"><section class="heroes" style="--across:{}">{}</section>{}</div>'
        '<div class="phone">{}<ul class="rows">{}</ul></div>{}',
        headline(briefing, language, only),
        say("cards.list", language),
        _ACROSS.get(len(cards["money"]), 3),
        many(hero, cards["money"]),
        compacts,
        hero(lead, language, limits, filtered=filtered, selected=False, only=""),
        rows,
        _feet(to_decide, language),
    )
