"""Best practice on the wall: the cases there are, and the one of the day with who could learn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cockpit.analysis.briefing import Case
from cockpit.policy.wall_design import SceneRecord
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.scene import Scene, Setting, h2
from cockpit.vocabulary import Text
from cockpit.wording.cases import ends, grown

_SHOWN: Final = 8  # cases listed


@dataclass(frozen=True, eq=False)
class CasesShow:
    """What the scene shows: cases, the newest first, that of the day, names of towns, words of the fields."""

    cases: Sequence[Case]
    of_day: Case
    names: Mapping[str, str]
    fields: Mapping[str, Text]
    record: SceneRecord
    about: str


def cases_scene(show: CasesShow, setting: Setting) -> Scene:
    record, case = show.record, show.of_day
    body = html(
        '<section class="w-C">{}{}</section><section class="w-wide2">{}</section><div class="w-right">{}{}</div>',
        h2(setting.say("wall.cases_list") + setting.mark, setting.say("cases.not_proof")),
        _list(show, setting),
        _others(case, setting),
        _one(show, setting),
        _learners(show, setting),
    )
    title = setting.say("wall.cases_title", count=len(show.cases))
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, title),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.cases_source"),
        link={"case": (case.key,)},
    )


def _list(show: CasesShow, setting: Setting) -> Markup:
    """Each case (in English its town: names of cases are Chinese) with its figure and that of its class."""
    language, is_zh = setting.language, setting.language == "zh"
    rows = []
    for case in show.cases[:_SHOWN]:
        before, after = ends(case.own, language)
        figure = f"{case.own.indicator.label.say(language)} {before.number} → {after.short(language)}"
        peers = (
            setting.say("cases.peers", growth=grown(case.own, case.peers, language)) if case.peers is not None else ""
        )
        rows.append(
            html(
                "<li><span><small>{}</small>{}<small>{}</small></span><em>{}</em></li>",
                setting.dotted(show.names[case.code] if is_zh else "", show.fields[case.field].say(language)),
                case.name if is_zh else show.names[case.code],
                setting.dotted(figure, peers),
                grown(case.own, case.own.growth, language),
            )
        )
    return html('<ul class="w-list two">{}</ul>', html_of(rows))


def _one(show: CasesShow, setting: Setting) -> Markup:
    """The case of the day: what was done, its figure before and after beside its class."""
    case, language, is_zh = show.of_day, setting.language, setting.language == "zh"
    place = show.names[case.code] if is_zh else show.fields[case.field].say(language)
    before, after = ends(case.own, language)
    when = setting.dotted(
        case.own.indicator.label.say(language),
        f"{case.start.say(language)} → {case.end.say(language)}",
    )
    peers = (
        setting.say("cases.broken", day=case.broken_on)
        if case.broken_on
        else setting.say("cases.peers", growth=grown(case.own, case.peers, language))
        if case.peers is not None
        else setting.say("cases.peers_none")
    )
    return html(
        '<section>{}{}<p class="w-big">{} → <b>{}</b> {}</p><p class="w-sub">{}</p></section>',
        h2(setting.say("wall.cases_day", name=case.name if is_zh else show.names[case.code]), place),
        html("<p>{}</p>", case.done) if is_zh else EMPTY,
        before.number,
        after.short(language),
        grown(case.own, case.own.growth, language),
        setting.dotted(when, peers),
    )


def _learners(show: CasesShow, setting: Setting) -> Markup:
    case, language = show.of_day, setting.language
    if not case.learners:
        return EMPTY
    rows = html_of(
        html("<li><span>{}</span><em>{}</em></li>", show.names[item.code], grown(case.own, item.growth, language))
        for item in case.learners
    )
    lead = setting.say("cases.learners_lead", name=case.own.indicator.label.say(language))
    return html(
        '<section class="w-F">{}<ul class="w-list two">{}</ul></section>', h2(setting.say("cases.learners"), lead), rows
    )


def _others(case: Case, setting: Setting) -> Markup:
    """Other figures of the same years, where the screen has room for them."""
    language = setting.language
    rows = []
    for change in case.others:
        before, after = ends(change, language)
        rows.append(
            html(
                "<li><span><small>{}</small>{} → {}</span><em>{}</em></li>",
                change.indicator.label.say(language), before.number, after.short(language),
                grown(change, change.growth, language),
            )
        )  # fmt: skip
    return html('{}<ul class="w-list two">{}</ul>', h2(setting.say("cases.others")), html_of(rows))
