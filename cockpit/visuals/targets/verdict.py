"""The words of the targets page as HTML: verdict, pace, required growth, forecast, split.

Pure: values in, markup out; may import analysis, policy and the ground floor.
"""

from __future__ import annotations

from typing import Final

from cockpit.analysis.attainment import Limits, Pace
from cockpit.analysis.briefing import Card, Depth
from cockpit.analysis.forecast import Forecast, Rules
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.units import Period, figure, percent, short_of_all
from cockpit.visuals.marks.html import badge, chip, origin_mark, own, section, status_chip, turns
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.terms import term
from cockpit.visuals.targets.cards import source_of
from cockpit.visuals.targets.parts import part_scale
from cockpit.visuals.targets.trend import short_value
from cockpit.vocabulary import PACES, QUALIFIERS, SCOPES, Language, Provenance, Status
from cockpit.wording import targets as wording

_SCALE: Final = (-0.3, 1.4)  # ends of the drawn scale of R; a marker beyond stands at the end
_PROVISIONAL: Final = 2  # a forecast of this many years ahead is said to be provisional


def _figure(value: float | None, card: Card, language: Language) -> str:
    shown = wording.value_figure(value, card.indicator, language, card.provenance)
    lead = QUALIFIERS[card.qualifier].say(language) if card.qualifier else ""
    return f"{lead}{' ' if lead and language == 'en' else ''}{shown}"


def plain_value(value: float | None, card: Card, language: Language) -> str:
    return "—" if value is None else short_value(value, card, language)


def small_note(text: str) -> Markup:
    return html('<p class="note">{}</p>', text) if text else EMPTY


def verdict(depth: Depth, language: Language, limits: Limits) -> Markup:
    """What, how much against what, by how much, over which period, from how many towns."""
    card = depth.card
    goal = wording.target_words(card.target, card.indicator, language)
    gap = wording.gap_words(card, language, limits)
    period = wording.period_words(card.period, card.indicator, language)
    key = "target.sentence_silent" if card.value is None else "target.sentence"
    if card.attainment.reason in ("within_year", "after_target"):
        key = "target.sentence_no_verdict"
    words = [say(key, language, period=period, value=_figure(card.value, card, language), target=goal, gap=gap)]
    share = card.attainment.share
    if share is not None and card.indicator.unit != "share" and card.value is not None:
        words.append(say("target.share", language, share=percent(short_of_all(share))))
    growth = "" if card.is_part else wording.growth_words(card, language)
    if growth and (card.attainment.pace is None or card.attainment.pace.reason == "already_met"):
        words.append(growth)
    if card.context is not None:
        words.append(wording.context_words(card, language))
    joint, stop = ("，", "。") if language == "zh" else ("; ", ".")
    sentences = [joint.join(words) + stop]
    anchor = depth.anchor
    if anchor is not None and anchor.period != card.period:
        sentences.append(
            say(
                "target.anchor",
                language,
                period=wording.period_words(anchor.period, anchor.indicator, language),
                value=_figure(anchor.value, anchor, language),
                status=wording.light_words(anchor, language),
            )
            + stop
        )
    if bounds := bounds_words(card, language):
        sentences.append(bounds + stop)
    if card.is_part:
        sentences.append(_selected(card, language) + stop)
    scope = SCOPES[card.target.scope].say(language)
    coverage = wording.coverage_words(card, language)
    meta = [html("<span>{}</span>", scope), html("<span>{}</span>", period)]
    if card.value is not None:
        meta.append(badge(card.provenance, language))
        meta.append(source_of(card, language))
    if coverage:
        weight = card.silence.weight if card.silence is not None else None
        if weight is not None:
            coverage += f" · {say('card.by_weight', language, share=percent(weight))}"
        meta.append(html("<span>{}</span>", coverage))
    meta.append(
        html("<span>{}</span>", say("target.clause", language, clause=wording.stands_on(card.target, language)))
    )
    ours = origin_mark(card.target.origin, language)
    if card.target.sense == "about" and not ours:
        ours = own(language)
    return html(
        '<section class="tgh"><div class="tgt1"><h1>{}</h1>{}<div class="meta">{}{}</div></div>'
        '<p class="say">{}</p></section>',
        card.indicator.label.say(language),
        status_chip(card.status, wording.status_words(card, language), "lg"),
        html_of(meta),
        ours,
        ("" if language == "zh" else " ").join(sentences),
    )


def bounds_words(card: Card, language: Language) -> str:
    """What the silent towns may weigh, and whether they could turn the word; "" where nobody is silent."""
    quiet = card.silence
    if quiet is None or not quiet.towns or quiet.low is None or quiet.high is None:
        return ""
    if card.attainment.reason not in ("", "silence"):
        return ""
    last = wording.value_figure(quiet.last, card.indicator, language, card.provenance)
    if card.indicator.is_ratio:
        last = figure(quiet.last, "yuan", language)
    return say(
        "target.bounds",
        language,
        count=quiet.towns,
        known=quiet.towns - quiet.unknown,
        unknown=quiet.unknown,
        last=last,
        low=plain_value(quiet.low, card, language),
        high=plain_value(quiet.high, card, language),
        so=say("target.bounds_open" if card.attainment.reason == "silence" else "target.bounds_firm", language),
    )


def _selected(card: Card, language: Language) -> str:
    if card.contribution is None:
        why = say("card.not_reported" if card.contribution_expected else "card.out_of_scope", language)
        return say("target.selection_none", language, why=why)
    if card.indicator.is_ratio or not card.value:
        hidden = card.attainment.reason == "small_group" and not card.indicator.is_ratio
        share = say("card.hidden" if hidden else "target.own_ratio", language)
    else:
        share = say("target.of_province", language, share=percent(card.contribution / card.value))
    return say("target.selection", language, value=plain_value(card.contribution, card, language), share=share)


def _place(ratio: float) -> float:
    low, high = _SCALE
    return (min(max(ratio, low), high) - low) / (high - low) * 100


def _scale(pace: Pace, limits: Limits, language: Language) -> Markup:
    """R on its scale of four bands, the bands named underneath."""
    cuts = (_SCALE[0], limits.limited, limits.accelerate, limits.on_track, _SCALE[1])
    words = ("deteriorating", "limited", "accelerate", "on_track")
    pieces = html_of(
        html(
            '<s class="p-{}" style="left:{:.2f}%;width:{:.2f}%"><em>{}</em></s>',
            word.replace("_", "-"),
            _place(low),
            _place(high) - _place(low),
            PACES[word].say(language),
        )
        for word, low, high in zip(words, cuts, cuts[1:], strict=False)
    )
    ticks = html_of(html('<b style="left:{:.2f}%">{}</b>', _place(cut), percent(cut, decimals=0)) for cut in cuts[1:-1])
    mark = html('<u style="left:{:.2f}%"></u>', _place(pace.ratio or 0.0))
    limit_words = " / ".join(percent(cut, decimals=0) for cut in cuts[1:-1])
    label = say("target.pace_scale", language, ratio=f"{pace.ratio or 0:.2f}", limits=limit_words)
    return html('<div class="pscale" role="img" aria-label="{}">{}{}{}</div>', label, pieces, ticks, mark)


def pace(depth: Depth, limits: Limits, language: Language) -> Markup:
    """The pace word with R and its formula, or why there is none."""
    title, found = say("target.pace", language), depth.pace
    anchor = depth.anchor
    if found is None or anchor is None:
        closed = anchor is not None and Period.parse(anchor.period).year >= depth.card.target.due.year
        if anchor is not None and anchor.attainment.reason == "low_coverage" and not closed:
            return section(title, "", small_note(wording.gap_words(anchor, language, limits)))
        if depth.card.status is Status.NO_DATA and not closed:
            return section(title, "", small_note(_published_pace(depth, language)))
        if not closed or anchor is None:
            return EMPTY
        if _is_kept_back(anchor):
            mark = status_chip(anchor.status, wording.light_words(anchor, language), "lg")
            return section(say("target.verdict", language), mark, small_note(say("card.small_group", language)))
        mark = status_chip(anchor.status, wording.light_words(anchor, language), "lg")
        key = "target.closed_open" if anchor.attainment.reason == "silence" else "target.closed"
        return section(say("target.verdict", language), mark, small_note(say(key, language)))
    if found.word is None:
        words = say(f"pace.why_{found.reason}", language, year=found.base_year)
        status = anchor.status if found.reason == "already_met" else Status.CANNOT_JUDGE
        mark = status_chip(status, wording.light_words(anchor, language) if found.reason == "already_met" else
                    say("target.no_pace", language))  # fmt: skip
        return section(title, mark, small_note(words))
    formula = say(
        "target.pace_formula",
        language,
        observed=percent(found.observed, signed=True),
        required=percent(found.required, signed=True),
        year=found.base_year,
    )
    letter = term("pace", "R", language)
    ratio = html('<span class="cnt">{} = {:.2f}</span>', letter, found.ratio) if found.ratio is not None else EMPTY
    note = say("target.pace_ratio_note", language) if depth.card.indicator.unit == "share" else ""
    mark = status_chip(anchor.status, wording.light_words(anchor, language), "lg")
    twin = ""
    if depth.twin is not None and depth.twin.ratio is not None and depth.twin.word is not None:
        twin = say(
            "target.pace_twin",
            language,
            ratio=f"{depth.twin.ratio:.2f}",
            word=PACES[depth.twin.word].say(language),
            year=found.base_year,
            observed=percent(depth.twin.observed, signed=True),
        )
    body = html("{}{}{}{}", _scale(found, limits, language), small_note(formula), small_note(twin), small_note(note))
    return section(title, ratio + mark, body, kind="pace")


def _is_kept_back(card: Card | None) -> bool:
    """Whether a figure is not told, for it would tell of too few others: nothing is said to follow from it."""
    return card is not None and card.attainment.reason == "small_group"


def _published_pace(depth: Depth, language: Language) -> str:
    points = [point for point in depth.points if point.scope == depth.card.target.scope]
    year = Period.parse(depth.card.period).year
    if len(points) <= 1 and depth.card.value is not None:
        key = "pace.why_too_few" if year == depth.base_year else "pace.why_before_base"
        return say(key, language, year=depth.base_year)
    return say("pace.why_base_missing", language, year=depth.base_year)


def needed(depth: Depth, language: Language) -> str:
    """The growth still needed beside the range of what was seen, in a sentence."""
    card, anchor = depth.card, depth.anchor
    due = card.target.due.year
    rates = [rate for _, rate in depth.growth]
    low, high = (percent(end, signed=True) for end in (min(rates), max(rates))) if rates else ("", "")
    if anchor is None:
        return say("target.needed_none", language)
    if _is_kept_back(anchor):
        return say("card.small_group", language)
    year = Period.parse(anchor.period).year
    if card.provenance in (Provenance.PUBLISHED, Provenance.DERIVED):
        if depth.needed is None:
            return say("target.needed_none", language)
        value = _figure(card.value, card, language)
        return say("target.needed_history", language, year=year, value=value, due=due, rate=percent(depth.needed))
    if year >= due:
        first = depth.looks[0].card if depth.looks else None
        rate = first.attainment.needed_growth if first else None
        if first is None or rate is None or not rates:
            return say("target.closed", language)
        return say("target.needed_base", language, year=first.period, rate=percent(rate), low=low, high=high)
    if depth.needed is None:
        return say("target.needed_none", language)
    if depth.pace is not None and depth.pace.reason == "already_met":
        return say("target.needed_met", language)
    if not rates:
        return say("target.needed_only", language, year=year, rate=percent(depth.needed))
    words = say("target.needed_words", language, year=year, rate=percent(depth.needed), low=low, high=high)
    if depth.needed > max(rates):
        words += ("，" if language == "zh" else "; ") + say("target.needed_above", language)
    return words


def forecast(depth: Depth, rules: Rules, language: Language) -> Markup:
    """The band of the chance with the interval it comes from, or why nothing is forecast."""
    found, card = depth.forecast, depth.card
    title = say("target.forecast", language)
    if found.reason == "no_time":
        return EMPTY
    if found.kind == "none":
        mark = html('<span class="cnt r">{}</span>', say("target.no_forecast", language))
        return section(title, mark, small_note(say(f"target.why_{found.reason}", language)))
    end, due = found.steps[-1], card.target.due.year
    middle = plain_value(end.middle, card, language)
    if found.band is None:
        words = say("target.line_words", language, due=due, middle=middle, points=found.points)
        why = say(f"target.why_{found.reason or 'line'}", language)
        mark = html('<span class="cnt r">{}</span>', say("target.line_title", language))
        return section(title, mark, small_note(words) + small_note(why))
    words = say(
        "target.band_words",
        language,
        due=due,
        middle=middle,
        level=percent(rules.level, decimals=0),
        low=plain_value(end.low, card, language),
        high=plain_value(end.high, card, language),
        points=found.points,
    )
    cuts = [percent(cut, decimals=0) for cut in (rules.likely, rules.unlikely)]
    rule = say("target.band_rule", language, likely=cuts[0], unlikely=cuts[1])
    mark = chip(mark_of("odds", found.band), say(f"target.band_{found.band}", language), "lg")
    ahead = due - found.last
    aside = say("target.provisional", language, years=ahead) if ahead >= _PROVISIONAL else ""
    notes = small_note(words) + html('<p class="note">{}{}</p>', rule, own(language))
    if depth.record is not None and depth.record.told:
        level = percent(rules.level, decimals=0)
        told = say("target.record", language, told=depth.record.told, held=depth.record.held, level=level)
        notes += small_note(told)
    return section(title, (html('<span class="cnt">{}</span>', aside) if aside else "") + mark, notes)


def fan_words(found: Forecast, rules: Rules, language: Language) -> str:
    """What the dashed line and the shade of the chart are."""
    if found.kind == "none":
        return ""
    key = "target.fan" if found.kind == "interval" else "target.line_only"
    return say(
        key,
        language,
        first=found.first,
        last=found.last,
        towns=found.towns,
        share=percent(found.share, decimals=0),
        level=percent(rules.level, decimals=0),
        points=found.points,
    )


def split(depth: Depth, language: Language) -> Markup:
    """The change by movement as four small bars that add up to it."""
    title, change, card = say("target.split", language), depth.change, depth.card
    if change is None:
        return section(title, "", small_note(say("target.split_none", language)))
    short = [wording.period_words(text, card.indicator, language, short=True) for text in (change.since, card.period)]
    total = sum(share.value for share in change.shares)
    scale = part_scale([total, *(share.value for share in change.shares)], card, language)
    aside = say(
        "target.split_since",
        language,
        since=short[0],
        now=short[1],
        value=scale.figure(total).number,
        unit=scale.unit,
    )
    most = max((abs(share.value) for share in change.shares), default=0.0) or 1.0
    # Which towns make a bar stands below, by town and with the movement of each.
    aim = turns(say("target.split_towns", language), parts="change", by="town")
    rows = []
    for share in change.shares:
        width = abs(share.value) / most * 50
        left = 50 - width if share.value < 0 else 50
        kind = "less" if share.movement == "same" and share.value < 0 else share.movement
        rows.append(
            html(
                '<li><span><span class="to" {} data-to="parts">{}</span></span>'
                '<i class="sb"><b class="m-{}" style="left:{:.1f}%;width:{:.1f}%"></b></i>'
                "<strong>{}</strong><em>{}</em></li>",
                aim,
                say(f"target.move_{share.movement}", language),
                kind,
                left,
                width,
                scale.figure(share.value).number,
                say("target.towns", language, count=share.towns),
            )
        )
    note = say("target.split_note", language)
    if change.silent:
        note += say("target.split_silent", language, count=change.silent)
    return section(
        title,
        html('<span class="cnt">{}</span>', aside),
        html('<ul class="split">{}</ul>{}', html_of(rows), small_note(note)),
    )
