"""The five-year clock as a chart: years since creation across, one mark a town, extensions as bars to the right.

Pure. The line, the band of early watch and the part beyond are drawn from the windows of the register.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import altair as alt
import pandas as pd

from cockpit.analysis.briefing.lists import CreatingTown, Lists, by_deadline
from cockpit.analysis.lifecycle import age_in_years
from cockpit.days import parse_span
from cockpit.phrases import say
from cockpit.visuals.marks.charts import Spec, finish
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.led import led_table
from cockpit.visuals.marks.markup import Markup
from cockpit.visuals.marks.palette import MARK_COLOURS, TOKENS, Theme
from cockpit.visuals.marks.walking import Walk
from cockpit.vocabulary import RISKS, STAGES, Language, Stage, Status
from cockpit.wording import lists as words

_KINDS: Final = ("high", "medium", "low", "pending", "watch", "not_due")
_SHAPES: Final = ("square", "diamond", "triangle-up", "circle", "triangle-right", "circle")
_LANES: Final = 7  # at least so many
_LANE: Final = 21  # height of a lane in pixels
_WIDTH: Final = 640  # narrowest plot that labels are kept apart for; a phone sees counts by year instead
_GAP: Final = 26.0  # a mark and the air around a label
_WIDE_SIGN, _NARROW_SIGN = 13.5, 7.2  # width of a Chinese and a Latin sign


@dataclass(frozen=True)
class Drawing:
    """The chart and what stands for it: `rows` feed the chart, `table` is read instead of it, `alt` is its text."""

    spec: Spec
    rows: pd.DataFrame
    table: Markup
    alt: str
    walk: Walk


def _kind(town: CreatingTown) -> str:
    if town.grade is not None:
        return town.grade.grade.value
    return "watch" if town.clock.stage is Stage.WATCH else "not_due"


def _room(text: str) -> float:
    return sum(_WIDE_SIGN if sign >= "一" else _NARROW_SIGN for sign in text) + _GAP


def lanes(towns: list[tuple[float, float, float]]) -> list[int]:
    """Lowest free lane for each (position, room to the left, room to the right) in pixels, so that no labels meet."""
    ends: list[list[tuple[float, float]]] = []
    found = []
    for place, left, right in towns:
        first, last = place - left, place + right
        lane = next(
            (number for number, taken in enumerate(ends) if all(last <= begin or first >= end for begin, end in taken)),
            len(ends),
        )
        if lane == len(ends):
            ends.append([])
        ends[lane].append((first, last))
        found.append(lane)
    return found


def draw_clock(lists: Lists, language: Language, theme: Theme, selected: str) -> Drawing | None:
    """The clock of the towns whose creation is known; None when there are none."""
    known = [town for town in lists.creating if town.clock.age is not None]
    if not known:
        return None
    known.sort(key=lambda town: (town.clock.age or 0.0, town.place.code))
    ends = {
        town.place.code: age_in_years(span[0], town.clock.extension_end)
        for town in known
        # An extension that is over has no time left to draw.
        if town.clock.extension_end
        and town.clock.stage in (Stage.EXTENDED, Stage.ENDING)
        and (span := parse_span(town.created_on))
    }
    most = max([lists.windows.full_years + 1, *(town.clock.age or 0 for town in known), *ends.values()]) + 1.2
    scale = _WIDTH / most
    items, texts, sides = [], [], []
    for town in known:
        text = words.short_name(town.place, language)
        age = town.clock.age or 0.0
        kind = _kind(town)
        label = text if kind != "not_due" else ""
        left = kind == "watch"
        room = _room(label) if label else 10.0
        reach = (max(ends.get(town.place.code, age), age) - age) * scale
        items.append((age * scale, room if left else 10.0, 10.0 if left else room + reach))
        texts.append(label)
        sides.append("left" if left else "right")
    places = lanes(items)
    rows = pd.DataFrame(
        {
            "town_code": [town.place.code for town in known],
            "is_first": [place == 0 for place in range(len(known))],  # what is drawn once, not once a town
            "name": [words.name(town.place, language) for town in known],
            "age": [round(town.clock.age or 0.0, 4) for town in known],
            "lane": [float(place) for place in places],
            "kind": [_kind(town) for town in known],
            "label": texts,
            "side": sides,
            "until": [round(ends.get(town.place.code, town.clock.age or 0.0), 4) for town in known],
            "label_at": [round(max(ends.get(town.place.code, 0.0), town.clock.age or 0.0), 4) for town in known],
            "has_bar": [town.place.code in ends for town in known],
            "is_selected": [town.place.code == selected for town in known],
            "time": [words.time_limit(town, lists.windows, language) for town in known],
            "grade": [_grade_words(town, language) for town in known],
            "batch": _batches(known, scale, lists.windows.full_years, language),
        }
    )
    spec = deepcopy(
        _clock(
            theme,
            say("lists.clock_axis", language),
            lists.windows.full_years,
            lists.windows.watch_years,
            say("lists.clock_line", language, years=words.years(lists.windows.full_years)),
        )
    )
    top = max(places) + 1
    spec["height"] = (max(_LANES, top) + 1) * _LANE
    for layer in spec["layer"]:
        for axis, domain in (("x", [-0.15, most]), ("y", [-1.3, max(_LANES, top) - 0.3])):
            if axis in layer["encoding"] and "scale" in layer["encoding"][axis]:
                layer["encoding"][axis]["scale"]["domain"] = domain
    told = list(zip(rows["town_code"], rows["name"], rows["time"], rows["grade"], strict=True))[::-1]  # oldest first
    walk = Walk("town", tuple((str(code), f"{name} · {time} · {grade}") for code, name, time, grade in told))
    return Drawing(spec, rows, _table(lists, language), _text(lists, language), walk)


def _grade_words(town: CreatingTown, language: Language) -> str:
    if town.grade is None:
        return STAGES[town.clock.stage].say(language)
    return f"{RISKS[town.grade.grade].say(language)} {words.grade_note(town.grade, language)}"


def _batches(towns: list[CreatingTown], scale: float, line: float, language: Language) -> list[str]:
    """The month of creation under the first mark of a batch, where there is room for it and no line (years) in it."""
    found, free = [], -100.0
    seen: set[str] = set()
    for town in towns:
        month, place = town.created_on[:7], (town.clock.age or 0.0) * scale
        text = say("lists.clock_batch", language, month=month)
        wide = _room(text) - _GAP
        fits = month not in seen and place - free >= wide and abs(place - line * scale) >= wide / 2
        found.append(text if fits else "")
        if fits:
            seen.add(month)
            free = place
    return found


def _table(lists: Lists, language: Language) -> Markup:
    towns = sorted(lists.creating, key=by_deadline)
    columns = {
        "deadline": [words.day(town.clock.deadline) for town in towns],
        "town": [words.name(town.place, language) for town in towns],
        "created": [town.created_on for town in towns],
        "years": [None if town.clock.age is None else int(town.clock.age * 10) / 10 for town in towns],
        "due": [words.day(town.clock.due_to) for town in towns],
        "extension": [words.day(town.clock.extension_end) for town in towns],
        "stage": [words.time_limit(town, lists.windows, language) for town in towns],
        "grade": [_grade_words(town, language) for town in towns],
    }
    frame = pd.DataFrame({say(f"lists.column.{key}", language): values for key, values in columns.items()})
    names = [town_name(town.place.code, words.name(town.place, language), language, is_walked=True) for town in towns]
    label = say("lists.clock_axis", language)
    return led_table(frame, {say("lists.column.town", language): names}, label, language)


def _text(lists: Lists, language: Language) -> str:
    waiting = [
        f"{words.name(town.place, language)} {words.time_limit(town, lists.windows, language)} "
        f"{_grade_words(town, language)}"
        for town in lists.queue
    ]
    lead = say("lists.clock_lead", language, count=len(lists.creating))
    return "; ".join([lead, *waiting])


@lru_cache(maxsize=16)
def _clock(theme: Theme, axis_title: str, full: float, watch: float, line: str) -> Spec:
    colour, status = TOKENS[theme], MARK_COLOURS[theme]
    range_ = [
        status[Status.MISSED][0], status[Status.BEHIND][0], status[Status.ON_TRACK][0], status[Status.NO_DATA][0],
        status[Status.ON_TRACK][0], colour["band"],
    ]  # fmt: skip
    rows = alt.Chart(alt.NamedData("rows"))
    y = alt.Y("lane:Q", axis=None, scale=alt.Scale(domain=[-0.7, 9], nice=False))
    axis = alt.Axis(grid=False, tickMinStep=1, format="d", domainColor=colour["ink2"])
    x = alt.X("age:Q", title=axis_title, axis=axis, scale=alt.Scale(domain=[0, 12], nice=False))
    plain = alt.Scale(domain=[0, 12], nice=False)
    watched = rows.mark_rect(color=colour["watch-band"]).encode(
        x=alt.X("start:Q", title=axis_title, axis=axis, scale=plain), x2="stop:Q"
    )
    watched = watched.transform_filter("datum.is_first")
    before = watched.transform_calculate(start=f"{watch:g}", stop=f"{full:g}")
    beyond = rows.mark_rect(color=colour["due-band"]).encode(
        x=alt.X("start:Q", title=axis_title, axis=axis, scale=plain), x2=alt.value("width")
    )
    beyond = beyond.transform_filter("datum.is_first").transform_calculate(start=f"{full:g}")
    once = rows.transform_filter("datum.is_first")
    border = once.mark_rule(color=status[Status.MISSED][0], strokeWidth=2.5).encode(x=alt.datum(full))
    border_name = once.mark_text(
        align="left", baseline="top", dx=7, fontSize=13, fontWeight=700, color=status[Status.MISSED][1], text=line
    ).encode(x=alt.datum(full), y=alt.value(2))
    bars = rows.transform_filter("datum.has_bar")
    bar = bars.mark_rule(color=colour["ink2"], strokeWidth=2.5).encode(x=x, x2="until:Q", y=y)
    tick = bars.mark_tick(orient="vertical", color=colour["ink2"], thickness=2.5, size=12).encode(
        x=alt.X("until:Q", title=axis_title, axis=axis, scale=plain), y=y
    )
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=list(_KINDS), range=list(_SHAPES)), legend=None)
    tint = alt.Color("kind:N", scale=alt.Scale(domain=list(_KINDS), range=range_), legend=None)
    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("time:N", title=" "),
        alt.Tooltip("grade:N", title=" "),
    ]
    marks = rows.transform_filter("datum.kind != 'pending'").mark_point(filled=True, opacity=1, size=130)
    marks = marks.encode(x=x, y=y, shape=shape, color=tint, tooltip=tips)
    rings = rows.transform_filter("datum.kind == 'pending'").mark_point(
        filled=False, opacity=1, size=110, strokeWidth=2, fill=colour["due-band"]
    )
    rings = rings.encode(x=x, y=y, color=tint, tooltip=tips)
    chosen = rows.transform_filter("datum.is_selected").mark_point(
        shape="circle", filled=False, size=330, strokeWidth=2, color=colour["ink"], opacity=1
    )
    chosen = chosen.encode(x=x, y=y)
    right = rows.transform_filter("datum.side == 'right'").mark_text(align="left", dx=13, fontSize=13)
    right = right.encode(x=alt.X("label_at:Q", title=axis_title, axis=axis, scale=plain), y=y, text="label:N")
    left = rows.transform_filter("datum.side == 'left'").mark_text(align="right", dx=-12, fontSize=13)
    left = left.encode(x=x, y=y, text="label:N")
    batch = rows.mark_text(baseline="bottom", fontSize=12, color=colour["ink3"], dy=-2)
    batch = batch.encode(x=x, y=alt.value("height"), text="batch:N")
    spec = finish(
        alt.layer(before, beyond, border, border_name, bar, tick, marks, rings, chosen, right, left, batch), theme
    )
    spec["width"] = "container"
    return spec
