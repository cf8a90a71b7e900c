"""Chart specifications of the targets page: trend with fan, yearly growth beside what is needed, waterfall.

Pure. Built once per theme and shape; rows come apart, values already in display unit.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt

from cockpit.visuals.marks.charts import Spec, axis_format, finish
from cockpit.visuals.marks.palette import MARK_COLOURS, TOKENS, Theme
from cockpit.vocabulary import Language, Status

TREND_HEIGHT: Final = 380
STRIP_HEIGHT: Final = 78
_LEANS: Final[tuple[tuple[Literal["center", "right"], int, int], ...]] = (("center", 0, -21), ("right", -6, -18))
_SIDES: Final[tuple[tuple[Literal["left", "right"], int], ...]] = (("left", 5), ("right", -5))


def _of(base: alt.Chart, *kinds: str) -> alt.Chart:
    wanted = " || ".join(f"datum.kind == '{kind}'" for kind in kinds)
    return base.transform_filter(wanted)


@lru_cache(maxsize=2)
def _trend(theme: Theme) -> Spec:
    colour = TOKENS[theme]
    ahead = MARK_COLOURS[theme][Status.ON_TRACK][0]
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("year:Q", title="", axis=alt.Axis(format="d", grid=False, labelOverlap=True, labelSeparation=6)),
        y=alt.Y("value:Q", title="", axis=alt.Axis(tickCount=6)),
    )
    tips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")]
    band = (
        _of(base, "tolerance")
        .mark_rect(color=colour["band"], opacity=0.35)
        .encode(x=alt.value(0), x2=alt.value("width"), y="low:Q", y2="high:Q")
    )
    goal = (
        _of(base, "target")
        .mark_rule(strokeDash=[4, 3], color=colour["ink"])
        .encode(x=alt.value(0), x2=alt.value("width"))
    )
    # Under its line where the first figure stands just above it.
    goal_text = [
        _of(base, "target")
        .transform_filter(f"datum.side == '{side}'")
        .mark_text(align="left", dx=6, dy=dy, color=colour["ink"], fontSize=13)
        .encode(x=alt.value(0), text="text:N")
        for side, dy in (("above", -9), ("below", 12))
    ]
    fan = _of(base, "ahead").mark_area(color=ahead, opacity=0.18).encode(y="low:Q", y2="high:Q")
    middle = _of(base, "ahead").mark_line(strokeDash=[6, 4], strokeWidth=2, color=ahead)
    ends = _of(base, "end").mark_rule(color=ahead, strokeWidth=2).encode(y="low:Q", y2="high:Q")
    end_dot = (
        _of(base, "end").mark_point(size=70, filled=True, opacity=1, color=ahead, shape="diamond").encode(tooltip=tips)
    )
    ends_text = _of(base, "word").mark_text(align="left", dx=10, fontSize=12, color=colour["ink2"])
    end_text = _of(base, "bold").mark_text(align="left", dx=10, fontSize=13, fontWeight=700, color=colour["ink"])
    words = [ends_text.encode(text="text:N"), end_text.encode(text="text:N")]
    line = _of(base, "full", "thin", "now").mark_line(strokeWidth=2.5, color=colour["primary"]).encode(detail="run:N")
    dots = (
        _of(base, "full", "now")
        .mark_point(size=60, filled=True, opacity=1, color=colour["primary"])
        .encode(tooltip=tips)
    )
    thin = (
        _of(base, "thin")
        .mark_point(size=60, filled=True, fill=colour["paper"], stroke=colour["primary"], strokeWidth=2, opacity=1)
        .encode(tooltip=tips)
    )
    now = _of(base, "now").mark_point(size=190, filled=False, stroke=colour["primary"], strokeWidth=2, opacity=1)
    label = _of(base, "full", "thin").mark_text(dy=-15, fontSize=12, color=colour["ink2"]).encode(text="text:N")
    # With a fan ahead the newest figure leans back, clear of it.
    strong = [
        _of(base, "now")
        .transform_filter(f"datum.side == '{side}'")
        .mark_text(align=side, dx=dx, dy=dy, fontSize=15, fontWeight=700, color=colour["ink"])
        .encode(text="text:N")
        for side, dx, dy in _LEANS
    ]
    later = (
        _of(base, "outturn")
        .mark_point(
            size=90, filled=True, fill=colour["paper"], stroke=colour["ink"], strokeWidth=2, opacity=1, shape="square"
        )
        .encode(tooltip=tips)
    )
    return finish(
        alt.layer(
            band, fan, goal, *goal_text, middle, ends, line, dots, thin, now, label, *strong, later,
            end_dot, *words
        ),
        theme,
    )  # fmt: skip


def trend(
    theme: Theme,
    axis_title: str,
    year_title: str,
    years: tuple[float, float],
    values: tuple[float, float],
    ticks: tuple[int, ...],
    language: Language,
) -> Spec:
    """Full years with the target line; a fan and a dashed line where the data allow one.

    Rows: kind (full, thin, now, target, tolerance, ahead, end, outturn; word and bold for the figures
    at the due year), year, value, low, high, run, side, name, text.
    """
    # Titles are set here: nine targets in two languages would otherwise be specified, and checked, one by one.
    spec = deepcopy(_trend(theme))
    for layer in spec["layer"]:
        encoding: dict[str, Any] = layer["encoding"]
        for axis, title in (("x", year_title), ("y", axis_title)):
            if "title" in encoding[axis]:
                encoding[axis]["title"] = title
        if "field" in encoding["x"]:
            encoding["x"]["scale"] = {"domain": list(years), "nice": False}
            if encoding["x"].get("axis"):
                encoding["x"]["axis"]["values"] = list(ticks)
        encoding["y"]["scale"] = {"domain": list(values), "nice": False, "zero": False}
        if encoding["y"].get("axis"):
            encoding["y"]["axis"] |= axis_format(language)
    spec["height"], spec["width"] = TREND_HEIGHT, "container"
    return spec


@lru_cache(maxsize=8)
def _strip(theme: Theme, axis_title: str) -> Spec:
    colour = TOKENS[theme]
    amber = MARK_COLOURS[theme][Status.BEHIND]
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("value:Q", title=axis_title, axis=alt.Axis(grid=False, tickCount=7)), y=alt.value(46)
    )
    span = (
        _of(base, "range")
        .mark_rule(strokeWidth=8, color=colour["band"], opacity=0.7, strokeCap="round")
        .encode(x2="high:Q")
    )
    zero = base.mark_rule(color=colour["rule-strong"]).encode(x=alt.datum(0), y=alt.value(30), y2=alt.value(62))
    dots = (
        _of(base, "year")
        .mark_point(size=70, filled=True, opacity=1, color=colour["primary"])
        .encode(tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")])
    )
    above = _of(base, "year").transform_filter("datum.lane == 0").mark_text(dy=-14, fontSize=12, color=colour["ink2"])
    below = _of(base, "year").transform_filter("datum.lane == 1").mark_text(dy=16, fontSize=12, color=colour["ink2"])
    need = _of(base, "needed").mark_rule(strokeWidth=2.5, color=amber[0]).encode(y=alt.value(14), y2=alt.value(54))
    words = []
    for side, shift in _SIDES:
        words.append(
            _of(base, "needed").transform_filter(f"datum.side == '{side}'")
            .mark_text(align=side, dx=shift, fontSize=13, fontWeight=700, color=amber[1])
            .encode(y=alt.value(9), text="text:N")
        )  # fmt: skip
    return finish(
        alt.layer(span, zero, dots, above.encode(text="name:N"), below.encode(text="name:N"), need, *words), theme
    )


def strip(theme: Theme, axis_title: str, domain: tuple[float, float]) -> Spec:
    """Yearly growth as dots on one line with the growth that is needed as a stroke across it; percent.

    Rows: kind (range, year, needed), value, high, name, text, lane, side.
    """
    spec = deepcopy(_strip(theme, axis_title))
    for layer in spec["layer"]:
        if "field" in layer["encoding"]["x"]:
            layer["encoding"]["x"]["scale"] = {"domain": list(domain), "nice": False}
    spec["height"], spec["width"] = STRIP_HEIGHT, "container"
    return spec
