"""A chart whose points lead on, as the marks of a page do (`leading.py`)."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cockpit.phrases import say
from cockpit.ui.frame import leading
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.charts import PICK, Spec
from cockpit.visuals.marks.walking import Walk, points
from cockpit.vocabulary import Language


def leading_chart(spec: Spec, key: str, alt: str, title: str, walk: Walk, language: Language) -> None:
    """Draw a chart; a click on a point sets what `walk` names to the field the point is picked by.

    Args:
        spec: made by `charts.pickable`.
        title: what the chart is called, for who comes to its points by keyboard.
        walk: the same points in the order they are walked, for a canvas has no stops.
    """

    def told() -> None:
        state: Any = st.session_state.get(key)
        points = state.selection.get(PICK) if state else None
        # What stands for nothing that can be shown (a forecast, say) has no value in the field.
        if points and (value := next(iter(points[0].values()))):
            leading.picked(f"{walk.name}:{value}")

    st.vega_lite_chart(spec, theme=None, key=key, alt=alt, on_select=told, selection_mode=PICK)
    show(points(walk, say("frame.walk_points", language, count=len(walk.points), label=title)))
