"""What was handed out: who waits for whom, what presses most, how much is done in time; offices and no people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cockpit.analysis.supervision.events import Event
from cockpit.analysis.supervision.statistics import Queue, Statistics
from cockpit.analysis.supervision.views import Lit, Tally
from cockpit.briefings.supervising import Standing
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.policy.wall_design import SceneRecord
from cockpit.units import Period, figure
from cockpit.visuals.actions.figures import place
from cockpit.visuals.marks.html import glyph
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.scene import Scene, Setting, h2, word
from cockpit.vocabulary import PREFECTURES, STATUSES
from cockpit.wording import matters as words

TIGHT: Final = 7
WEEK: Final = timedelta(days=7)
_ENDED: Final = 4
_COURSE: Final = 8
_HIGHEST: Final = 80.0  # percent of its room the highest column takes; its count stands above
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_LIGHTS: Final = ("red", "yellow", "green", "none")


@dataclass(frozen=True, eq=False)
class ActionsShow:
    """What the scene shows. `tight` are open matters, those that press most first; `ended` what closed within a week;
    `figures` and `courses` by matter. `least` is the fewest matters for which a rate is told."""

    counts: Statistics
    tally: Tally
    queues: Mapping[str, Queue]
    extensions: int
    done: int
    tight: Sequence[Lit]
    ended: Sequence[Lit]
    figures: Mapping[str, tuple[Indicator, Standing]]
    courses: Mapping[str, Sequence[Event]]
    places: Mapping[str, str]
    least: int
    day: date
    record: SceneRecord
    about: str
    prefectures: tuple[str, ...]


def actions_scene(show: ActionsShow, setting: Setting) -> Scene:
    record = show.record
    if not show.counts.open:
        return parts_of.empty(setting, record.id, record, _nothing(show, setting), show.about)
    counts = [
        (mark_of("light", name), setting.say(f"actions.light_{name}"), show.tally.lights[name])
        for name in _LIGHTS
        if show.tally.lights[name]
    ]
    body = html(
        '<section class="w-C">{}{}{}{}</section><div class="w-right">{}{}{}</div><section class="w-wide2">{}</section>',
        h2(setting.say("wall.actions_whom") + setting.mark),
        _flow(show, setting),
        h2(setting.say("wall.actions_tight", count=min(TIGHT, len(show.tight))) + setting.mark),
        html('<ul class="w-tight">{}</ul>', html_of(_pressing(item, show, setting) for item in show.tight[:TIGHT])),
        _rates(show, setting),
        _spread(show, setting),
        _ended_lately(show, setting),
        _closely(show, setting),
    )
    return Scene(
        record.id,
        record,
        parts_of.head(
            setting, record, setting.say("wall.actions_title", count=show.counts.open), parts_of.tally(counts)
        ),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.actions_source"),
        link={"mregion": show.prefectures} if len(show.prefectures) == 1 else {},
    )


def _nothing(show: ActionsShow, setting: Setting) -> str:
    if not show.ended:
        return setting.say("wall.actions_none")
    last = show.ended[0].matter
    return setting.say("wall.actions_none_last", title=last.name.say(setting.language), day=str(last.closed_on))


def _flow(show: ActionsShow, setting: Setting) -> Markup:
    """Four counts along the way a matter takes, each with whom it waits for and how long."""

    def longest(name: str) -> str:
        days = show.queues[name].longest
        return setting.say("wall.actions_longest", days=days) if show.queues[name].count else ""

    extended = setting.say("wall.actions_extensions", count=show.extensions) if show.extensions else ""
    under = {
        "to_accept": (setting.say("wall.actions_to_accept"), longest("to_accept")),
        "working": (setting.say("wall.actions_working"), extended or longest("working")),
        "to_verify": (setting.say("wall.actions_to_verify"), longest("to_verify")),
        "closed": (
            setting.say("wall.actions_done", count=show.done),
            setting.say("wall.actions_by_figure", count=show.counts.by_figure),
        ),
    }
    return html(
        '<ol class="w-flow">{}</ol>',
        html_of(
            html(
                "<li><b>{}</b><span>{}</span><small>{}</small><small>{}</small></li>",
                show.queues[name].count,
                setting.say(f"actions.column_{name}"),
                *told,
            )
            for name, told in under.items()
        ),
    )


def _pressing(item: Lit, show: ActionsShow, setting: Setting) -> Markup:
    matter, language = item.matter, setting.language
    office = matter.office.say(language) or show.places.get(matter.subject, matter.subject)
    due = setting.say("wall.actions_due", day=matter.due.isoformat()[5:]) if matter.due else ""
    if matter.due and matter.first_due != matter.due:
        due += setting.say("wall.actions_first", day=str(matter.first_due)[5:])
    if matter.asked_until is not None:
        due = setting.say("wall.actions_asks")
    back = EMPTY
    if matter.times_reopened:
        back = html('<em class="{}">{}</em>', mark_of("light", "red").style, setting.say("actions.fell_back"))
    return html(
        '<li>{}<div class="n"><b>{}</b><small>{}{}</small></div><div class="f">{}</div></li>',
        word(mark_of("light", item.light), words.lamp(matter, item.light, show.day, language)),
        matter.name.say(language),
        back,
        setting.dotted(office, due),
        _track(item, show, setting),
    )


def _track(item: Lit, show: ActionsShow, setting: Setting) -> Markup:
    """Then, now and the goal on one line; what a goal without a figure waits for in words."""
    matter, language = item.matter, setting.language
    if matter.id not in show.figures:
        return html("<small>{}</small>", setting.say(f"wall.actions_waits_{matter.goal.kind}"))
    indicator, found = show.figures[matter.id]
    now, then = found.now.figure.value, _then(indicator, found)
    aim = matter.goal.value or 0.0
    dots = html_of(
        html('<i class="{}" style="left:{:.1f}%"></i>', kind, place(value, aim))
        for kind, value in (("then", then), ("now", now))
        if value is not None
    )
    told = f"{figure(then, indicator.unit, language)} → " if then is not None else ""
    return html(
        '<div class="w-track">{}<u style="left:{:.1f}%"></u></div><p>{}{} <small>{}</small></p>',
        dots,
        place(aim, aim),
        told,
        str(figure(now, indicator.unit, language)),
        words.aim(matter, indicator, language),
    )


def _then(indicator: Indicator, found: Standing) -> float | None:
    return found.value_then(is_ratio=indicator.is_ratio or indicator.unit == "share")


def _rates(show: ActionsShow, setting: Setting) -> Markup:
    """Closed in time by the present and by the first due day; too few give no rate."""
    counts = show.counts
    note = setting.say("wall.actions_rates_note", count=counts.due)
    if counts.due < show.least:
        few = say("actions.too_few", setting.language, fewest=show.least)
        return html("<section>{}</section>", h2(setting.say("actions.numbers") + setting.mark, note, few))
    both = html_of(
        html(
            "<div><b>{:.0f}<small>%</small></b><span>{}</span></div>",
            (counts.rate(number, show.least) or 0.0) * 100,
            setting.say(f"actions.{key}", count=number, due=counts.due),
        )
        for key, number in (("rate_told", counts.in_time), ("rate_first_told", counts.in_time_first))
    )
    return html(
        '<section>{}<div class="w-rates">{}</div></section>',
        h2(setting.say("actions.numbers") + setting.mark, note),
        both,
    )


def _spread(show: ActionsShow, setting: Setting) -> Markup:
    """Open matters by prefecture, in administrative order; late ones hatched."""
    own = [code for code in PREFECTURES if not show.prefectures or code in show.prefectures]
    regions = show.tally.regions
    most = max((regions.get(code, (0, 0))[0] for code in own), default=0) or 1
    red = mark_of("light", "red").style
    bars = html_of(
        html(
            '<li><div><b>{}</b><i class="late {}" style="height:{:.1f}%"></i><i style="height:{:.1f}%"></i></div>'
            "<span>{}</span></li>",
            open_,
            red,
            late / most * _HIGHEST,
            (open_ - late) / most * _HIGHEST,
            PREFECTURES[code].say(setting.language),
        )
        for code in own
        for open_, late in [regions.get(code, (0, 0))]
    )
    rest = show.counts.open - sum(regions.get(code, (0, 0))[0] for code in own)
    notes = [setting.say("wall.actions_spread_note")]
    if rest > 0:
        notes.append(setting.say("wall.actions_spread_rest", count=rest))
    heading = h2(setting.say("actions.spread") + setting.mark, setting.dotted(*notes))
    return html('<section>{}<ul class="w-columns">{}</ul></section>', heading, bars)


def _ended_lately(show: ActionsShow, setting: Setting) -> Markup:
    heading = h2(setting.say("wall.actions_week") + setting.mark)
    if not show.ended:
        return html(
            '<section class="w-F">{}<p class="w-sub">{}</p></section>', heading, setting.say("wall.actions_idle")
        )
    rows = html_of(_end(item, setting) for item in show.ended[:_ENDED])
    rest = len(show.ended) - _ENDED
    more = html('<p class="w-sub">{}</p>', setting.say("wall.matters_rest", count=rest)) if rest > 0 else EMPTY
    return html('<section class="w-F">{}<ul class="w-ended">{}</ul>{}</section>', heading, rows, more)


def _end(item: Lit, setting: Setting) -> Markup:
    matter = item.matter
    is_late = matter.due is not None and matter.closed_on is not None and matter.closed_on > matter.due
    told = "wall.actions_in_time" if not is_late else "wall.actions_late"
    in_time = "none" if is_late else "done"
    mark = mark_of("light", {"done": in_time, "not_done": "red"}.get(matter.closed_as, "none"))
    ended = setting.say(told) if matter.closed_as == "done" else setting.say(f"actions.closed_{matter.closed_as}")
    return html(
        '<li><span class="{}">{}</span><b>{}</b><small>{}</small></li>',
        mark.style,
        glyph(mark),
        matter.name.say(setting.language),
        ended,
    )


def _closely(show: ActionsShow, setting: Setting) -> Markup:
    """The one with a figure that presses most, then and now at large, with what happened to it last."""
    language = setting.language
    chosen = next((item for item in show.tight if item.matter.id in show.figures), None)
    if chosen is None:
        return EMPTY
    matter = chosen.matter
    indicator, found = show.figures[matter.id]
    then, now = _then(indicator, found), found.now
    mark = mark_of("status", now.figure.status.value)
    course = html_of(
        html(
            "<li><time>{}</time><b>{}</b><small>{}</small></li>",
            f"{event.at.astimezone(_SHANGHAI):%m-%d}",
            setting.say(f"actions.kind_{event.kind}"),
            matter.office.say(language) if event.office == matter.lead else "",
        )
        for event in list(reversed(show.courses[matter.id]))[:_COURSE]
    )
    sides = html_of(
        html(
            "<div><span>{}</span><b>{}</b><small>{}</small></div>",
            setting.say(f"actions.{key}"),
            str(figure(value, indicator.unit, language)),
            setting.dotted(Period.parse(at.period).say(language), setting.say("actions.version", number=at.number)),
        )
        for key, value, at in (("then", then, found.then), ("now", now.figure.value, now))
        if at is not None and value is not None
    )
    return html(
        '{}<div class="w-then">{}</div><p class="w-want">{} {}</p>{}<ol class="w-course">{}</ol>',
        h2(matter.name.say(language) + setting.mark),
        sides,
        words.wanted(matter, indicator, language),
        word(mark, STATUSES[now.figure.status].say(language)),
        h2(setting.say("actions.course")),
        course,
    )
