"""Chart specifications, built once per theme and shape and handed data apart.

Pure. Altair writes the specification, callers send it with an Arrow table; a spec without data is cached for good.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt
import pandas as pd
import pyarrow as pa

from cockpit.visuals.marks.palette import FONT, TOKENS, Theme
from cockpit.vocabulary import Language

Spec = dict[str, Any]
PICK: Final = "pick"
# Where a label stands at its point, and how far from it.
_SIDES: Final[tuple[tuple[Literal["left", "center", "right"], int], ...]] = (
    ("left", 8),
    ("center", 0),
    ("right", -8),
)


def finish(chart: alt.TopLevelMixin, theme: Theme) -> Spec:
    """Spec of a chart without its data, with fonts and colours of the theme."""
    colour = TOKENS[theme]
    spec: Spec = chart.to_dict()
    spec["background"] = "transparent"
    # Height is that of the plot: one bar keeps its label whole however few there are.
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["config"] = {
        # The frame around a chart carries its text alternative; marks that call themselves pictures without one do not.
        "mark": {"aria": False},
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": colour["ink2"], "titleColor": colour["ink2"], "labelFontSize": 12, "titleFontSize": 12,
            "titleFontWeight": 400, "gridColor": colour["rule"], "domainColor": colour["rule-strong"],
            "tickColor": colour["rule-strong"],
        },
        "legend": {
            "labelColor": colour["ink2"], "titleColor": colour["ink2"], "labelFontSize": 12, "titleFontSize": 12,
            "titleFontWeight": 400,
        },
        "text": {"color": colour["ink"], "font": FONT, "fontSize": 13},
    }  # fmt: skip
    return spec


def axis_format(language: Language) -> dict[str, str]:
    """How an axis writes its figures: in groups of three where text does."""
    return {"format": ",f"} if language == "en" else {}


def with_rows(spec: Spec, rows: pa.Table | pd.DataFrame) -> Spec:
    """The spec with its data set `rows` as Arrow bytes, made once: Streamlit would convert a frame on every rerun."""
    table = rows if isinstance(rows, pa.Table) else pa.Table.from_pandas(rows, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return {**spec, "datasets": {"rows": sink.getvalue().to_pybytes()}}


def pickable(spec: Spec, field: str) -> Spec:
    """The layered spec with what tells something at the pointer open to a click, which picks its `field`."""
    layers = [
        {**layer, "mark": {**layer["mark"], "cursor": "pointer"}} if "tooltip" in layer["encoding"] else layer
        for layer in spec["layer"]
    ]
    # One layer holds the listener and hears all of them; of one in each, Vega refuses the second by its name.
    layers[0] = {**layers[0], "name": PICK}
    select = {"type": "point", "fields": [field], "toggle": False}
    return {**spec, "layer": layers, "params": [{"name": PICK, "select": select, "views": [PICK]}]}


@lru_cache(maxsize=2)
def _gap_bars(theme: Theme) -> Spec:
    colour, label_width = TOKENS[theme], 0  # set with the rows
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y(
            "name:N",
            sort=None,
            title=None,
            axis=alt.Axis(
                domain=False, ticks=False, labelLimit=label_width, labelFontSize=13, labelColor=colour["ink"],
                minExtent=label_width, maxExtent=label_width, labelPadding=label_width - 2, labelAlign="left",
            ),
        )
    )  # fmt: skip
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(domain=[-1, 1], nice=False)),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["down", "up", "rest"], range=[colour["down"], colour["up"], colour["rest"]]),
            legend=None,
        ),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("text:N", title=" ")],
    )
    zero = base.mark_rule(color=colour["ink2"]).encode(x=alt.datum(0), y=alt.value(0), y2=alt.value("height"))
    numbers = base.mark_text(align="right", fontSize=13, color=colour["ink"]).encode(
        x=alt.value("width"), text="text:N"
    )
    return finish(alt.layer(bars, zero, numbers), theme)


def gap_bars(theme: Theme, rows: int, low: float, high: float, label_width: int) -> Spec:
    """Diverging bars, widening left and closing right, with the figure at the right edge.

    Args:
        rows: number of bars.
        low, high: smallest and largest value over all columns drawn side by side, so that one scale holds for all.
    """
    spec = deepcopy(_gap_bars(theme))
    for layer in spec["layer"]:
        axis = layer["encoding"]["y"].get("axis")
        if axis:
            axis |= dict.fromkeys(("labelLimit", "minExtent", "maxExtent"), label_width)
            axis["labelPadding"] = label_width - 2
    span = max(high, 0) - min(low, 0) or 1.0
    # Room at the right for the figures: they stand in a column of their own, never on a bar.
    domain = [min(low, 0) - 0.02 * span, max(high, 0) + 0.42 * span]
    spec["layer"][0]["encoding"]["x"]["scale"]["domain"] = domain
    spec["height"] = rows * 26
    spec["width"] = "container"
    return spec


@lru_cache(maxsize=16)
def published_series(
    theme: Theme, axis_title: str, target: float, target_label: str, year_title: str, due: int
) -> Spec:
    """Published figures as stems with their scope written out; no line joins them. Values already in display unit."""
    colour = TOKENS[theme]
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X(
            "when:Q",
            title=year_title,
            axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        ),
        y=alt.Y("value:Q", title=axis_title, scale=alt.Scale(domain=[0, target * 1.15]), axis=alt.Axis(tickCount=5)),
    )
    stems = base.mark_rule(strokeWidth=2, color=colour["outline"]).encode(y2=alt.datum(0))
    dots = base.mark_point(size=90, filled=True, opacity=1, color=colour["primary"]).encode(
        tooltip=[
            alt.Tooltip("scope:N", title=" "),
            alt.Tooltip("text:N", title=" "),
            alt.Tooltip("period:N", title=" "),
        ]
    )
    rows = alt.Chart(alt.NamedData("rows"))
    rule = rows.mark_rule(strokeDash=[4, 3], color=colour["ink"]).encode(y=alt.datum(target))
    name = rows.mark_text(align="left", dx=4, dy=-7, color=colour["ink"], fontSize=12, text=target_label).encode(
        x=alt.value(0), y=alt.datum(target)
    )
    words = []
    for side, shift in _SIDES:
        part = base.transform_filter(f"datum.side == '{side}'")
        lift = 0 if shift else -14
        words.append(
            part.mark_text(align=side, dx=shift, dy=lift - 12, fontSize=13, fontWeight=700, color=colour["ink"]).encode(
                text="text:N"
            )
        )
        words.append(
            part.mark_text(align=side, dx=shift, dy=lift + 2, fontSize=12, color=colour["ink2"]).encode(text="scope:N")
        )
    spec = finish(alt.layer(stems, dots, rule, name, *words), theme)
    spec["height"], spec["width"] = 250, "container"
    spec["usermeta"] = {"target": target, "due": due}
    return spec


def fit_axes(spec: Spec, years: list[float], values: list[float]) -> Spec:
    """The published series with axes that hold all its points and the target, a year of room on either side."""
    fitted = deepcopy(spec)
    target = fitted["usermeta"]["target"]
    for layer in fitted["layer"][:2]:
        layer["encoding"]["x"]["scale"] = {
            "domain": [min(years) - 1.8, max([*years, fitted["usermeta"]["due"]]) + 0.5],
            "nice": False,
        }
        layer["encoding"]["y"]["scale"] = {"domain": [0, max([target, *values]) * 1.15]}
    return fitted
