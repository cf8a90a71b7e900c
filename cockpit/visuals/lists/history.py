"""How the list went: known statuses at each year's end as stacked columns.

Pure. Statuses differ by colour and by order; the table beside the chart holds the numbers.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import pandas as pd

from cockpit.phrases import say
from cockpit.visuals.marks.charts import Spec, finish
from cockpit.visuals.marks.palette import SEQUENTIAL, TOKENS, Theme
from cockpit.vocabulary import LIST_STATUSES, Language


def rows_of(history: pd.DataFrame, language: Language) -> tuple[pd.DataFrame, str]:
    """Rows (year, status, order, count) and the text that stands for the chart."""
    names = {name: text.say(language) for name, text in LIST_STATUSES.items()}
    rows = [
        (str(year), names[status], order, int(history.loc[year, status]))
        for year in history.index
        for order, status in enumerate(names)
    ]
    told = "; ".join(
        f"{year} " + ", ".join(f"{names[status]} {int(history.loc[year, status])}" for status in names)
        for year in history.index
    )
    return pd.DataFrame(rows, columns=["year", "status", "order", "count"]), told


@lru_cache(maxsize=8)
def stacked_years(theme: Theme, language: Language) -> Spec:
    steps = SEQUENTIAL[theme]
    names = [text.say(language) for text in LIST_STATUSES.values()]
    colours = [steps[4], steps[2], steps[1], TOKENS[theme]["rest"]]
    chart = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=say("lists.public_year", language), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("count:Q", title=say("lists.public_axis", language), axis=alt.Axis(tickCount=5)),
            color=alt.Color(
                "status:N", scale=alt.Scale(domain=names, range=colours), legend=alt.Legend(title=None, orient="top")
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("year:O", title=" "),
                alt.Tooltip("status:N", title=" "),
                alt.Tooltip("count:Q", title=" "),
            ],
        )
    )
    spec = finish(chart, theme)
    spec["height"], spec["width"] = 260, "container"
    return spec
