"""The page of cases: the list at the left, one case at the right.

Pure: cases in, HTML out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from cockpit.analysis.briefing import Case
from cockpit.figure_sources import FigureKey
from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.visuals.marks.html import narrows, opens
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.source_button import source_button
from cockpit.vocabulary import Language, Text
from cockpit.wording.cases import ends, grown

CASE: Final = "case"
_WIDTH, _HEIGHT, _LEFT, _FOOT, _TOP = 640.0, 190.0, 34.0, 160.0, 20.0

Names = Mapping[str, str]


def listing(found: Sequence[Case], picked: str, names: Names, words: Mapping[str, Text], language: Language) -> Markup:
    """The cases as a list; the one picked is marked."""
    return html('<ol class="caselist">{}</ol>', html_of(_item(case, picked, names, words, language) for case in found))


def of_town(own: Sequence[Case], followed: Sequence[Case], language: Language) -> Markup:
    """The cases of one town, each with what its figure did, and those of others it follows."""

    def line(case: Case) -> Markup:
        aim = opens("cases", case.name, **{CASE: case.key})
        figure, growth = case.own.indicator.label.say(language), grown(case.own, case.own.growth, language)
        return html('<span class="to" {}>{}</span> {} <b>{}</b>', aim, case.name, figure, growth)

    rows = html_of(
        html("<dt>{}</dt><dd>{}</dd>", say(f"cases.town_{name}", language), html_of(map(line, found), " · "))
        for name, found in (("own", own), ("followed", followed))
        if found
    )
    return html('<section class="tsec eown"><h2>{}</h2><dl>{}</dl></section>', say("cases.title", language), rows)


def _item(case: Case, picked: str, names: Names, words: Mapping[str, Text], language: Language) -> Markup:
    before, after = ends(case.own, language)
    count = len(case.followers)
    return html(
        '<li{} {} aria-pressed="{}"><p class="cf">{}</p><h3>{}</h3><p>{}</p>'
        '<p class="cv">{} {} → <b>{}</b> {}<span>{}</span></p></li>',
        html(' class="on"') if case.key == picked else EMPTY,
        narrows(CASE, case.key, case.name),
        "true" if case.key == picked else "false",
        words[case.field].say(language) if case.field in words else case.field,
        names[case.code],
        case.name,
        case.own.indicator.label.say(language),
        before.number,
        after.number,
        after.unit,
        say("cases.followed", language, count=count) if count else say("cases.no_followers", language),
    )


def head(case: Case, names: Names, register: Register, language: Language) -> Markup:
    """Where, what, since when, and the figure at both ends beside what the class did."""
    label = case.own.indicator.label.say(language)
    before, after = ends(case.own, language)
    peers = (
        say("cases.peers", language, growth=grown(case.own, case.peers, language))
        if case.peers is not None
        else say("cases.peers_none", language)
    )
    numbers = html(
        '<p class="cbig">{}<small>{}</small> → <b>{}</b><small>{}</small> <em>{}</em></p>'
        '<p class="note">{} · {} · {}</p>',
        before.number,
        before.unit,
        after.number,
        after.unit,
        grown(case.own, case.own.growth, language),
        say("cases.before", language, name=label, period=f"{case.start.say(language)} → {case.end.say(language)}"),
        say("cases.broken", language, day=case.broken_on) if case.broken_on else peers,
        say("cases.not_proof", language),
    )
    source = source_button(FigureKey("town", case.code, str(case.end), case.own.indicator.id), label, language)
    return html(
        '<article class="case"><header><h2>{} · {}</h2><p>{} · {}</p></header>'
        '<div class="ctwo"><section><h3>{} {}</h3>{}</section><section><h3>{}</h3><p>{}</p></section></div></article>',
        town_name(case.code, names[case.code], language),
        case.name,
        register.elements.words(register.elements.kinds["best_practice"].columns["field"])[case.field].say(language),
        say("cases.since", language, day=case.since),
        say("cases.figure", language),
        source,
        numbers,
        say("cases.done", language),
        case.done,
    )


def rest(case: Case, names: Names, language: Language) -> Markup:
    """Other figures of the same years, and who could learn."""
    lead = say("cases.learners_lead", language, name=case.own.indicator.label.say(language))
    followers = [names[code] for code in case.followers if code in names]
    comma = "、" if language == "zh" else ", "
    followed = say("cases.followers", language, names=comma.join(followers))
    return html(
        '<div class="case"><section><h3>{}</h3>{}</section>'
        '<section><h3>{} <small>{}</small></h3><p class="note">{}</p>{}</section></div>',
        say("cases.others", language),
        _others(case, language),
        say("cases.learners", language),
        lead,
        followed if followers else say("cases.no_followers", language),
        _learners(case, names, language),
    )


def _others(case: Case, language: Language) -> Markup:
    cells = []
    for change in case.others:
        before, after = ends(change, language)
        cells.append(
            html(
                "<li><span>{}</span><b>{} → {}</b><small>{} {}</small></li>",
                change.indicator.label.say(language),
                before.number,
                after.number,
                after.unit,
                grown(change, change.growth, language),
            )
        )
    return html('<ul class="cothers">{}</ul>', html_of(cells))


def _learners(case: Case, names: Names, language: Language) -> Markup:
    rows = html_of(
        html(
            "<li>{}<span>{}</span></li>",
            town_name(item.code, names[item.code], language),
            grown(case.own, item.growth, language),
        )
        for item in case.learners
    )
    return html('<ol class="clearn">{}</ol>', rows)


def course(case: Case, language: Language) -> Markup:
    """The town and its class by year, as lines; a year without a figure leaves a gap."""
    label = case.own.indicator.label.say(language)
    values = [value for point in case.course for value in (point.own, point.peers) if value is not None]
    if len(case.course) < 2 or not values:
        return EMPTY
    low, high = min(values), max(values)
    room = (high - low) or 1.0
    step = (_WIDTH - 2 * _LEFT) / (len(case.course) - 1)

    def spot(at: int, value: float) -> tuple[float, float]:
        return _LEFT + at * step, _FOOT - (value - low) / room * (_FOOT - _TOP)

    parts = []
    for name, line in (("peers", [p.peers for p in case.course]), ("own", [p.own for p in case.course])):
        spots = [None if value is None else spot(at, value) for at, value in enumerate(line)]
        parts += [
            html('<path class="{}" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>', name, a[0], a[1], b[0], b[1])
            for a, b in pairwise(spots)
            if a and b
        ]
        last = next((at for at in range(len(line) - 1, -1, -1) if line[at] is not None), None)
        if last is not None and (end := spots[last]) is not None:
            drop = 4 if name == "own" else 16
            parts.append(
                html(
                    '<text class="{}" x="{:.1f}" y="{:.1f}">{:.0f}</text>',
                    name,
                    end[0] + 6,
                    end[1] + drop,
                    line[last] or 0.0,
                )
            )
    years = html_of(
        html('<text x="{:.1f}" y="{:g}" text-anchor="middle">{}</text>', _LEFT + at * step, _FOOT + 20, point.year)
        for at, point in enumerate(case.course)
    )
    told = say("cases.course", language, name=label, year=case.start.year)
    return html(
        '<p class="note">{}</p><svg class="ccourse" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">'
        '<path class="axis" d="M0 {:g}H{:g}"/>{}{}</svg>',
        told, _WIDTH, _HEIGHT, told, _FOOT, _WIDTH, html_of(parts), years,
    )  # fmt: skip
