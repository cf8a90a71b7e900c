"""The per-mu page's quadrant chart: tax over value added per mu, with medians, classes as shapes and numbered leaders.

Pure: evaluation in, rows and chart specifications out; may import analysis and the ground floor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt
import pandas as pd
import pyarrow as pa

from cockpit.analysis.briefing import PerMu
from cockpit.analysis.measures import Cube, Mask
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.per_mu_design import PerMuDesign
from cockpit.units import Period
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.led import led_table
from cockpit.visuals.marks.markup import Markup
from cockpit.visuals.marks.palette import MARK_COLOURS, TOKENS, Theme
from cockpit.visuals.marks.walking import Walk
from cockpit.vocabulary import PER_MU_CLASSES, Language
from cockpit.wording.per_mu import land_words, scale, town_names

HEIGHT: Final = 430
_ITEMS: Final = ("value_added_per_mu", "tax_per_mu")  # across, up
_SHOWN: Final = ("A", "B", "C", "D", "T")  # classes of towns that stand on the plane
# Names of leaders are placed as if the plot had this size; on a narrower one only their numbers are shown.
_PLOT: Final = (820.0, float(HEIGHT))
_NARROW: Final = 700
_ROOM_FOR_WORDS: Final = 400
_Side = Literal["right", "left", "top", "bottom"]
_SIDES: Final[tuple[_Side, ...]] = ("right", "left", "top", "bottom")
_MARK: Final = 11.0  # radius of a leader's circle
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Quadrant:
    """The chart, the same as a table, and in a sentence; `missing` counts towns without both figures. `is_kept_back`:
    it has no medians, for they would tell of too few others."""

    spec: charts.Spec
    table: Markup
    alt: str
    missing: int
    is_kept_back: bool
    walk: Walk


@lru_cache(maxsize=128)
def _rows(found: PerMu, design_key: tuple[int, int], language: Language) -> pd.DataFrame:
    """Every town with both figures, in display unit."""
    across, up = (found.values[:, column] / scale("yuan_per_mu", language).divisor for column in design_key)
    letters = found.evaluation.letter
    scores = ["" if math.isnan(score) else f"{score:.1f}" for score in found.evaluation.score]
    return pd.DataFrame(
        {
            "town_code": found.towns["town_code"].astype("str").to_numpy(),
            "name": town_names(found, language),
            "x": across,
            "y": up,
            "letter": letters,
            "class": [PER_MU_CLASSES[letter].say(language) for letter in letters],
            "score": scores,
            "leader": found.evaluation.leader,
        }
    )


def columns_of(design: PerMuDesign) -> tuple[int, int]:
    """Where value added per mu and tax per mu stand among the items."""
    order = list(design.items)
    return order.index(_ITEMS[0]), order.index(_ITEMS[1])


def draw_quadrant(
    found: PerMu, design: PerMuDesign, shown: Mask, told: Cube, language: Language, theme: Theme
) -> Quadrant:
    """Value added and tax per mu of the towns shown, with the medians of all evaluated ones.

    Args:
        told: the towns as the reader is told of them: no medians, no frame of all, where those tell of too few others.
    """
    rows = _rows(found, columns_of(design), language)
    drawable = (rows["x"] > 0) & (rows["y"] > 0) & (rows["letter"] != "N")
    peers = rows[drawable & (rows["letter"] != "T")]
    middle = float(peers["x"].median()), float(peers["y"].median())
    picked = rows[drawable & shown].reset_index(drop=True)
    is_kept_back = told.hides(found.over_all((drawable & (rows["letter"] != "T")).to_numpy()))
    framed = rows[drawable & shown] if is_kept_back else rows[drawable]
    # One frame for every selection: a filtered town stays where it was.
    domains = tuple((float(framed[axis].min()) * 0.8, float(framed[axis].max()) * 1.35) for axis in "xy")
    picked["side"] = _place_names(picked, domains)
    picked["number"] = [str(number) if number else "" for number in picked["leader"]]
    unit, land = scale("yuan_per_mu", language).unit, land_words(found.land_type, language)
    titles = tuple(
        say("permu.axis", language, label=design.items[name].label.say(language), unit=unit, land=land)
        for name in _ITEMS
    )
    spec = _fit(_quadrant(theme, language, titles), domains, None if is_kept_back else middle, language)
    high_x, high_y = picked["x"] >= middle[0], picked["y"] >= middle[1]
    counted = {
        "hh": int((high_x & high_y).sum()),
        "ll": int((~high_x & ~high_y).sum()),
        "hl": int((~high_x & high_y).sum()),
        "lh": int((high_x & ~high_y).sum()),
    }
    period = Period.parse(found.period).say(language)
    ranked = picked.sort_values("y", ascending=False)
    table = ranked[["name", "class", "x", "y", "score"]].rename(
        columns={
            "name": say("towns.name", language),
            "class": say("permu.col_class", language),
            "x": titles[0],
            "y": titles[1],
            "score": say("permu.col_score", language),
        }
    )
    table[list(titles)] = table[list(titles)].round(1)
    return Quadrant(
        spec=charts.with_rows(
            charts.pickable(spec, "town_code"),
            pa.Table.from_pandas(picked.drop(columns="leader"), preserve_index=False),
        ),
        table=_led(table, ranked["town_code"], language),
        alt=say(
            f"permu.quadrant_alt{'_kept_back' if is_kept_back else ''}", language, period=period, land=land, **counted
        ),
        is_kept_back=is_kept_back,
        missing=int((shown & ~drawable.to_numpy()).sum()),
        walk=Walk("per_mu_town", tuple(_walked(ranked, titles, language))),
    )


def _walked(rows: pd.DataFrame, titles: tuple[str, ...], language: Language) -> Iterator[tuple[str, str]]:
    """The points from the most tax per mu to the least, each with what the pointer would be told."""
    score = say("permu.col_score", language)
    for row in rows.to_dict("records"):
        figures = f"{titles[1]} {row['y']:.1f} · {titles[0]} {row['x']:.1f} · {score} {row['score']}"
        yield str(row["town_code"]), f"{row['name']} · {row['class']} · {figures}"


def _led(table: pd.DataFrame, codes: pd.Series, language: Language) -> Markup:
    """The table; a name opens the town's page, figures are written with one decimal."""
    name, _, across, up, score = (str(head) for head in table.columns)
    marks = [
        town_name(str(code), str(text), language, is_walked=True) for code, text in zip(codes, table[name], strict=True)
    ]
    table = table.assign(**{score: pd.to_numeric(table[score])})
    formats = dict.fromkeys((across, up, score), "%.1f")
    return led_table(table, {name: marks}, say("permu.quadrant", language), language, formats)


def _place_names(rows: pd.DataFrame, domains: Sequence[tuple[float, float]]) -> list[str]:
    """Side on which each leader's name fits without touching another name or number; "" where none does."""
    spots = [
        tuple(
            (math.log(value) - math.log(low)) / (math.log(high) - math.log(low)) * size
            for value, (low, high), size in zip((x, y), domains, _PLOT, strict=True)
        )
        for x, y in zip(rows["x"], rows["y"], strict=True)
    ]
    leaders = [index for index, number in enumerate(rows["leader"]) if number]
    taken: list[_Box] = [
        (spots[at][0] - _MARK, spots[at][1] - _MARK, spots[at][0] + _MARK, spots[at][1] + _MARK) for at in leaders
    ]
    points = [(spot[0], spot[1]) for spot in spots]
    sides = [""] * len(rows)
    for at in sorted(leaders, key=lambda at: int(rows["leader"].iloc[at])):
        boxes = {side: _box(side, spots[at][0], spots[at][1], str(rows["name"].iloc[at])) for side in _SIDES}
        free = [side for side in _SIDES if _inside(boxes[side]) and not any(_meet(boxes[side], box) for box in taken)]
        if free:
            # Of the free sides the one that covers the fewest points.
            best = min(free, key=lambda side: sum(_holds(boxes[side], spot) for spot in points))
            sides[at] = best
            taken.append(boxes[best])
    return sides


def _box(side: _Side, x: float, y: float, name: str) -> _Box:
    width = sum(13.5 if sign > "⺀" else 7.0 for sign in name)
    if side in ("right", "left"):
        start = x + _MARK + 4 if side == "right" else x - _MARK - 4 - width
        return start, y - 9, start + width, y + 9
    low = y + _MARK + 1 if side == "top" else y - _MARK - 19
    return x - width / 2, low, x + width / 2, low + 18


def _inside(box: _Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= _PLOT[0] and box[3] <= _PLOT[1]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box: _Box, spot: tuple[float, float]) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


@lru_cache(maxsize=16)
def _quadrant(theme: Theme, language: Language, titles: tuple[str, str]) -> charts.Spec:
    colour = TOKENS[theme]
    letters = list(_SHOWN)
    shades = [MARK_COLOURS[theme][mark_of("per_mu_class", letter).colour][0] for letter in letters]
    symbols = [mark_of("per_mu_class", letter).symbol for letter in letters]
    words = [PER_MU_CLASSES[letter].say(language) for letter in letters]
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("x:Q", title=titles[0], scale=alt.Scale(type="log", nice=False), axis=alt.Axis(grid=False)),
        y=alt.Y("y:Q", title=titles[1], scale=alt.Scale(type="log", nice=False), axis=alt.Axis(grid=False)),
    )
    legend = alt.Legend(orient="bottom", title=None, direction="horizontal", columns=3, symbolSize=90)
    points = (
        base.transform_filter("datum.number == ''")
        .mark_point(filled=True, size=64, opacity=0.9, stroke=colour["paper"], strokeWidth=0.6)
        .encode(
            shape=alt.Shape("class:N", scale=alt.Scale(domain=words, range=symbols), legend=legend),
            color=alt.Color("class:N", scale=alt.Scale(domain=words, range=shades), legend=legend),
            tooltip=_tooltip(language, titles),
        )
    )
    rings = (
        base.transform_filter("datum.number != ''")
        .mark_point(
            filled=True,
            shape="circle",
            size=alt.ExprRef(f"width < {_NARROW} ? 150 : {_MARK**2 * math.pi:.0f}"),
            opacity=1,
            color=shades[0],
            stroke=colour["paper"],
        )
        .encode(tooltip=_tooltip(language, titles))
    )
    numbers = base.mark_text(
        fontSize=alt.ExprRef(f"width < {_NARROW} ? 10 : 12"), fontWeight=700, color=colour["on-primary"]
    ).encode(text="number:N")
    labels = [_names_on(base, side, colour) for side in _SIDES]
    rows = alt.Chart(alt.NamedData("rows"))
    once = rows.transform_aggregate(count="count()")
    rules = [
        once.mark_rule(strokeDash=[4, 3], color=colour["ink2"]).encode(x=alt.datum(1, type="quantitative")),
        once.mark_rule(strokeDash=[4, 3], color=colour["ink2"]).encode(y=alt.datum(1, type="quantitative")),
        _word(once, colour["ink2"], "left", 5, "bottom", -4, x=alt.datum(1, type="quantitative"), y=alt.value(HEIGHT)),
        _word(
            once, colour["ink2"], "right", -4, "bottom", -4, x=alt.value("width"), y=alt.datum(1, type="quantitative")
        ),
    ]
    corners = [
        _word(once, colour["ink3"], side, dx, baseline, dy, x=alt.value(x), y=alt.value(y))
        for side, dx, x in (("left", 6, 0), ("right", -6, "width"))
        for baseline, dy, y in (("top", 4, 0), ("bottom", -22, HEIGHT))
    ]
    return charts.finish(alt.layer(*rules, *corners, points, rings, numbers, *labels), theme)


def _tooltip(language: Language, titles: tuple[str, str]) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("class:N", title=" "),
        alt.Tooltip("y:Q", title=titles[1], format=".1f"),
        alt.Tooltip("x:Q", title=titles[0], format=".1f"),
        alt.Tooltip("score:N", title=say("permu.col_score", language)),
    ]


def _word(once: alt.Chart, colour: str, align: Any, dx: int, baseline: Any, dy: int, *, x: Any, y: Any) -> alt.Chart:
    """A word that stands once, whatever the rows; its text is set by `_fit`."""
    # On a phone two of them would meet in the middle.
    shown = alt.ExprRef(f"width < {_ROOM_FOR_WORDS} ? 0 : 1")
    mark = once.mark_text(
        align=align, dx=dx, baseline=baseline, dy=dy, fontSize=12, color=colour, opacity=shown, text=""
    )
    placed: alt.Chart = mark.encode(x=x, y=y)
    return placed


def _names_on(base: alt.Chart, side: _Side, colour: dict[str, str]) -> alt.Chart:
    gap = int(_MARK) + 4
    place: dict[_Side, dict[str, Any]] = {
        "right": {"align": "left", "dx": gap, "baseline": "middle"},
        "left": {"align": "right", "dx": -gap, "baseline": "middle"},
        "top": {"align": "center", "dy": -gap, "baseline": "bottom"},
        "bottom": {"align": "center", "dy": gap, "baseline": "top"},
    }
    mark = base.transform_filter(f"datum.side == '{side}'").mark_text(
        fontSize=13, color=colour["ink"], opacity=alt.ExprRef(f"width < {_NARROW} ? 0 : 1"), **place[side]
    )
    named: alt.Chart = mark.encode(text="name:N")
    return named


def _fit(
    cached: charts.Spec,
    domains: Sequence[tuple[float, float]],
    middle: tuple[float, float] | None,
    language: Language,
) -> charts.Spec:
    """The chart with its axes, medians and words."""
    spec = deepcopy(cached)
    layers = spec["layer"]
    for layer in layers:
        for axis, domain in zip("xy", domains, strict=True):
            encoding = layer["encoding"].get(axis, {})
            if "field" in encoding:
                encoding["scale"]["domain"] = list(domain)
                encoding["axis"] |= {"values": _ticks(*domain), "format": ",~r"}
    spec["height"], spec["width"] = HEIGHT, "container"
    if middle is None:
        del layers[:8]  # the medians and the words of their corners
        return spec
    for layer, axis, value in ((0, "x", middle[0]), (1, "y", middle[1]), (2, "x", middle[0]), (3, "y", middle[1])):
        layers[layer]["encoding"][axis]["datum"] = value
    written = replace(scale("yuan_per_mu", language), decimals=None)
    for layer, value in ((2, middle[0]), (3, middle[1])):
        said = written.figure(value * written.divisor, 3).number
        layers[layer]["mark"]["text"] = say("permu.median", language, value=said)
    words = ("permu.tax_high", "permu.both_low", "permu.both_high", "permu.va_high")
    for layer, key in zip(layers[4:8], words, strict=True):
        layer["mark"]["text"] = say(key, language)
    return spec


def _ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10, ... within the domain; only the tens when it spans many."""
    steps = (1, 2, 5) if high / low < 300 else (1, 3)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [step * 10.0**power for power in powers for step in steps if low <= step * 10.0**power <= high]
