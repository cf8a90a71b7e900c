"""What list management has to decide next: the queue, the five-year clocks, the bottom lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from cockpit.analysis.briefing import Lists
from cockpit.analysis.briefing.lists import WAITING, CreatingTown
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.list_records import STAR_COUNT
from cockpit.policy.register import Register
from cockpit.policy.wall_design import SceneRecord
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.widths import text_width
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.scene import Scene, Setting, counted, h2, word
from cockpit.vocabulary import LIST_STATUSES, RISKS, STAGES
from cockpit.wording import lists as words

_QUEUE: Final = 11
_CLOCKS: Final = 22
# Width of a line of the reasons of a grade, on an ordinary wall and on a very wide one, and of the advice, by language;
# units of a twentieth of a rem.
_UNIT: Final = 20.0
_GROUNDS: Final = {"zh": (440.0, 840.0), "en": (338.0, 840.0)}
_LINES: Final = 2
_SPACE: Final = 6.0
_ADVICE: Final = {"zh": 290.0, "en": 280.0}


@dataclass(frozen=True, eq=False)
class ListShow:
    """What the scene shows; `history` towns by status at each year's end, `labels` of the checks by name."""

    lists: Lists
    history: pd.DataFrame
    record: SceneRecord
    about: str
    labels: Mapping[str, str]
    register: Register


def lists_scene(show: ListShow, setting: Setting) -> Scene:
    lists, record = show.lists, show.record
    if not lists.is_current:
        return _known(show, setting)
    waiting = Counter(town.clock.stage for town in lists.waiting)
    counts = [
        (mark_of("stage", stage), setting.say(f"wall.stage_{stage.value}"), waiting[stage])
        for stage in WAITING
        if waiting[stage]
    ]
    title = setting.say("wall.lists_title", count=len(lists.waiting))
    note = setting.say("wall.lists_note", day=lists.as_of.isoformat())
    body = html(
        '<section class="w-C">{}{}</section><div class="w-right">{}{}</div><section class="w-wide2">{}</section>',
        h2(setting.say("wall.lists_queue") + setting.mark, note),
        _queue(show, setting),
        _checks(show, setting),
        _stars(show, setting),
        _clocks(show, setting),
    )
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, title, parts_of.tally(counts)),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.lists_source"),
    )


def _queue(show: ListShow, setting: Setting) -> Markup:
    language, lists = setting.language, show.lists
    if not lists.queue:
        return html('<p class="w-big">{}</p>', say("decisions.none", language))
    rows = html_of(_queued(town, show, setting) for town in lists.queue[:_QUEUE])
    columns = ("town", "stage", "risk", "grounds", "advice")
    heads = html_of(html("<span>{}</span>", setting.say(f"wall.col_{name}")) for name in columns)
    rest = len(lists.queue) - _QUEUE
    more = html('<p class="w-sub">{}</p>', setting.say("wall.table_rest", count=rest)) if rest > 0 else EMPTY
    return html('<ul class="w-queue"><li class="h">{}</li>{}</ul>{}', heads, rows, more)


def _queued(town: CreatingTown, show: ListShow, setting: Setting) -> Markup:
    """A town of the queue: where its clock stands, its grade with the reasons, what the system suggests."""
    language = setting.language
    grade, note, near, far = EMPTY, "", EMPTY, EMPTY
    if town.grade is not None:
        grade = word(mark_of("risk", town.grade.grade), RISKS[town.grade.grade].say(language))
        note = words.grade_note(town.grade, language)
        grounds = words.grounds(town.grade, show.register, language)
        near, far = (_fitting(grounds, room, setting) for room in _GROUNDS[language])
    advice, reason = words.suggestion(town, language), words.reason(town, language)
    # A long suggestion takes the room of its reason.
    is_short = all(text_width(text, _UNIT) <= _ADVICE[language] for text in (advice, reason))
    return html(
        '<li><div class="n">{}<small>{}</small></div><div>{}<small>{}</small></div><div>{}<small>{}</small></div>'
        '<div class="y"><div>{}</div><div class="far">{}</div></div><div class="s">{}{}</div></li>',
        words.name(town.place, language),
        town.place.county.say(language),
        word(mark_of("stage", town.clock.stage), STAGES[town.clock.stage].say(language)),
        words.time_limit(town, show.lists.windows, language),
        grade,
        note,
        near,
        far,
        advice,
        html("<small>{}</small>", reason) if is_short else EMPTY,
    )


def _fitting(parts: list[str], room: float, setting: Setting) -> Markup:
    """As many of the parts as there are lines for, the first always, and how many are left out; none is broken."""
    joint = "、" if setting.language == "zh" else ","
    told = parts
    for count in range(len(parts), 0, -1):
        rest = [setting.say("wall.grounds_rest", count=len(parts) - count)] if count < len(parts) else []
        told = [f"{part}{joint}" for part in [*parts[:count], *rest][:-1]] + [*parts[:count], *rest][-1:]
        if _line_count(told, room) <= _LINES:
            break
    return html_of(html("<u>{}</u>", part) for part in told)


def _line_count(parts: list[str], room: float) -> int:
    lines, left = 1, room
    for wide in (text_width(part, _UNIT) for part in parts):
        if wide > left and left < room:
            lines, left = lines + 1, room
        lines += int(wide // room)
        left -= wide % room + _SPACE
    return lines


def _checks(show: ListShow, setting: Setting) -> Markup:
    """The bottom lines with the towns that break them."""
    lines = []
    for check in show.lists.checks:
        under = setting.dotted(
            setting.say("wall.check_unknown", count=len(check.unknown)) if check.unknown else "",
            setting.say("wall.clause", clause=check.clause),
            setting.say("wall.in_principle") if check.is_in_principle else "",
        )
        lines.append((str(len(check.broken)), show.labels[check.name], under))
    lines.sort(key=lambda line: -int(line[0]))
    return html("<section>{}{}</section>", h2(setting.say("wall.checks") + setting.mark), counted(lines))


def _stars(show: ListShow, setting: Setting) -> Markup:
    rated = Counter(town.rating.stars for town in show.lists.named)
    most = max((rated[stars] for stars in range(1, STAR_COUNT + 1)), default=0) or 1
    rows = html_of(
        html(
            '<li><span>{}</span><div><i style="width:{:.1f}%"></i></div><b>{}</b></li>',
            "★" * stars,
            rated[stars] / most * 100,
            rated[stars],
        )
        for stars in range(STAR_COUNT, 0, -1)
    )
    silent = rated[None]
    note = setting.say("wall.stars_note", count=silent) if silent else setting.say("wall.stars_own")
    heading = h2(setting.say("wall.stars") + setting.mark, note)
    return html('<section class="w-F">{}<ul class="w-stars">{}</ul></section>', heading, rows)


def _clocks(show: ListShow, setting: Setting) -> Markup:
    """Age of every town being created against the full term, the oldest first."""
    lists, language = show.lists, setting.language
    known = sorted(
        (town for town in lists.creating if town.clock.age is not None), key=lambda town: -(town.clock.age or 0.0)
    )
    full = lists.windows.full_years
    scale = max([full * 1.2, *(town.clock.age or 0.0 for town in known)])
    rows = html_of(_clock(town, scale, full, setting) for town in known[:_CLOCKS])
    rest = len(lists.creating) - min(len(known), _CLOCKS)
    note = setting.dotted(
        setting.say("wall.clocks_note", years=words.years(full)),
        setting.say("wall.table_rest", count=rest) if rest else "",
    )
    heading = h2(setting.say("wall.clocks") + setting.mark, note)
    return html('{}<ul class="w-clocks" lang="{}">{}</ul>', heading, language, rows)


def _clock(town: CreatingTown, scale: float, full: float, setting: Setting) -> Markup:
    age = town.clock.age or 0.0
    inside, beyond = min(age, full), max(age - full, 0.0)
    kind = mark_of("stage", town.clock.stage).style
    return html(
        '<li><span>{}</span><div><i style="width:{:.2f}%"></i>'
        '<i class="past {}" style="left:{:.2f}%;width:{:.2f}%"></i><u style="left:{:.2f}%"></u></div>'
        "<b>{:.1f}</b></li>",
        words.short_name(town.place, setting.language),
        inside / scale * 100,
        kind,
        inside / scale * 100,
        beyond / scale * 100,
        full / scale * 100,
        age,
    )


def _known(show: ListShow, setting: Setting) -> Scene:
    """Published lists: what they are known to hold, year by year; nothing of today."""
    lists, language, record = show.lists, setting.language, show.record
    counts = [
        (str(lists.counts.get(status, 0)), LIST_STATUSES[status].say(language), "")
        for status in LIST_STATUSES
        if lists.counts.get(status)
    ]
    heads = [setting.say("wall.col_year"), *(LIST_STATUSES[status].say(language) for status in LIST_STATUSES)]
    rows = [[str(year), *(str(int(row[status])) for status in LIST_STATUSES)] for year, row in show.history.iterrows()]
    body = html(
        '<section class="w-C">{}{}</section><div class="w-right"><section>{}{}</section>'
        '<section class="w-F">{}<p>{}</p></section></div><section class="w-wide2"></section>',
        h2(setting.say("wall.lists_years"), setting.say("wall.lists_years_note")),
        parts_of.table(heads, rows, 1),
        h2(setting.say("wall.known_list"), setting.say("wall.known_note")),
        counted(counts),
        h2(say("decisions.title", language)),
        say("decisions.public", language),
    )
    title = setting.say("wall.lists_known")
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, title),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.lists_source"),
    )
