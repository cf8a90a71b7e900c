"""What list management has to decide next: the queue, the five-year clocks, the bottom lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import pandas as pd

from cockpit.analysis.briefing import Lists
from cockpit.analysis.briefing.lists import WAITING, CreatingTown
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.list_records import STAR_COUNT
from cockpit.policy.wall_design import SceneRecord
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.scene import Scene, Setting, counted, h2, word
from cockpit.vocabulary import LIST_STATUSES, RISKS, STAGES
from cockpit.wording import lists as words

_QUEUE: Final = 11
_LONG_QUEUE: Final = 16
_CLOCKS: Final = 22
_LONG_ADVICE: Final = 32


@dataclass(frozen=True, eq=False)
class ListShow:
    """What the scene shows; `history` towns by status at each year's end, `labels` of the checks by name."""

    lists: Lists
    history: pd.DataFrame
    record: SceneRecord
    about: str
    labels: Mapping[str, str]


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
    body = (
        f'<section class="w-C">{h2(setting.say("wall.lists_queue") + setting.mark, note)}'
        f"{_queue(show, setting)}</section>"
        f'<div class="w-right">{_checks(show, setting)}{_stars(show, setting)}</div>'
        f'<section class="w-wide2">{_clocks(show, setting)}</section>'
    )
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, title, parts_of.tally(counts)),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.lists_source"),
    )


def _queue(show: ListShow, setting: Setting) -> str:
    language, lists = setting.language, show.lists
    if not lists.queue:
        return f'<p class="w-big">{escape(say("decisions.none", language))}</p>'
    rows = []
    for number, town in enumerate(lists.queue[:_LONG_QUEUE]):
        grade = ""
        if town.grade is not None:
            grade = word(mark_of("risk", town.grade.grade), RISKS[town.grade.grade].say(language))
        advice, reason = words.suggestion(town, language), words.reason(town, language)
        # A long suggestion takes the room of its reason.
        small = "" if len(advice) > _LONG_ADVICE else f"<small>{escape(reason)}</small>"
        stage = word(mark_of("stage", town.clock.stage), STAGES[town.clock.stage].say(language))
        rows.append(
            f"<li{' class=far' if number >= _QUEUE else ''}>"
            f'<div class="n">{escape(words.name(town.place, language))}<small>{escape(town.place.county.say(language))}'
            f"</small></div><div>{stage}<small>{escape(words.time_limit(town, lists.windows, language))}</small></div>"
            f"<div>{grade}<small>{escape(words.grade_note(town.grade, language) if town.grade else '')}</small></div>"
            f'<div class="s">{escape(advice)}{small}'
            f"</div></li>"
        )
    heads = "".join(
        f"<span>{escape(setting.say(f'wall.col_{name}'))}</span>" for name in ("town", "stage", "risk", "advice")
    )
    rest = len(lists.queue) - _QUEUE
    more = f'<p class="w-sub">{escape(setting.say("wall.table_rest", count=rest))}</p>' if rest > 0 else ""
    return f'<ul class="w-queue"><li class="h">{heads}</li>{"".join(rows)}</ul>{more}'


def _checks(show: ListShow, setting: Setting) -> str:
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
    return f"<section>{h2(setting.say('wall.checks') + setting.mark)}{counted(lines)}</section>"


def _stars(show: ListShow, setting: Setting) -> str:
    rated = Counter(town.rating.stars for town in show.lists.named)
    most = max((rated[stars] for stars in range(1, STAR_COUNT + 1)), default=0) or 1
    rows = "".join(
        f'<li><span>{"★" * stars}</span><div><i style="width:{rated[stars] / most * 100:.1f}%"></i></div>'
        f"<b>{rated[stars]}</b></li>"
        for stars in range(STAR_COUNT, 0, -1)
    )
    silent = rated[None]
    note = setting.say("wall.stars_note", count=silent) if silent else setting.say("wall.stars_own")
    heading = h2(setting.say("wall.stars") + setting.mark, note)
    return f'<section class="w-F">{heading}<ul class="w-stars">{rows}</ul></section>'


def _clocks(show: ListShow, setting: Setting) -> str:
    """Age of every town being created against the full term, the oldest first."""
    lists, language = show.lists, setting.language
    known = sorted(
        (town for town in lists.creating if town.clock.age is not None), key=lambda town: -(town.clock.age or 0.0)
    )
    full = lists.windows.full_years
    scale = max([full * 1.2, *(town.clock.age or 0.0 for town in known)])
    rows = "".join(_clock(town, scale, full, setting) for town in known[:_CLOCKS])
    rest = len(lists.creating) - min(len(known), _CLOCKS)
    note = setting.dotted(
        setting.say("wall.clocks_note", years=words.years(full)),
        setting.say("wall.table_rest", count=rest) if rest else "",
    )
    heading = h2(setting.say("wall.clocks") + setting.mark, note)
    return f'{heading}<ul class="w-clocks" lang="{language}">{rows}</ul>'


def _clock(town: CreatingTown, scale: float, full: float, setting: Setting) -> str:
    age = town.clock.age or 0.0
    inside, beyond = min(age, full), max(age - full, 0.0)
    kind = mark_of("stage", town.clock.stage).style
    return (
        f"<li><span>{escape(words.short_name(town.place, setting.language))}</span><div>"
        f'<i style="width:{inside / scale * 100:.2f}%"></i>'
        f'<i class="past {kind}" style="left:{inside / scale * 100:.2f}%;width:{beyond / scale * 100:.2f}%"></i>'
        f'<u style="left:{full / scale * 100:.2f}%"></u></div><b>{age:.1f}</b></li>'
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
    body = (
        f'<section class="w-C">{h2(setting.say("wall.lists_years"), setting.say("wall.lists_years_note"))}'
        f"{parts_of.table(heads, rows, 1)}</section>"
        f'<div class="w-right"><section>{h2(setting.say("wall.known_list"), setting.say("wall.known_note"))}'
        f'{counted(counts)}</section><section class="w-F">{h2(say("decisions.title", language))}'
        f"<p>{escape(say('decisions.public', language))}</p></section></div>"
        '<section class="w-wide2"></section>'
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
