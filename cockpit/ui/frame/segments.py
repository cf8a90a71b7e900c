"""Choices shown as a row of segments and kept in the address: chart or table, and the like."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View


def choose(view: View, name: str, options: Sequence[str], label: str, stem: str, default: str = "") -> str:
    """One of `options`, by the URL parameter `name`; each is worded by the phrase `stem` + option.

    Args:
        label: what is chosen, for screen readers; not drawn.
        default: the option the plain address stands for; the first when empty.
    """
    return address.choose_one(
        name,
        tuple(options),
        default or options[0],
        lambda widget: st.segmented_control(
            label,
            options,
            format_func=lambda option: view.say(f"{stem}{option}"),
            key=widget,
            required=True,
            label_visibility="collapsed",
            width="content",
        ),
        view.language,
    )


def is_table(view: View, name: str) -> bool:
    """Whether the reader wants the table instead of the chart."""
    return choose(view, name, ("chart", "table"), view.say("view.label"), "view.") == "table"


def rows_of_page(view: View, name: str, count: int, size: int) -> range:
    """Rows of the page that the URL parameter `name` asks for, `size` at a time; one page shows no control."""
    pages = -(-count // size)
    if pages <= 1:
        # Another page of a longer list is no mistake; what is no number is one.
        address.set_aside(name, [value for value in address.get(name)[:1] if not value.isdecimal()])
        return range(count)
    options = tuple(str(number) for number in range(1, pages + 1))
    chosen = address.choose_one(
        name,
        options,
        "1",
        lambda widget: st.selectbox(
            view.say("view.page"),
            options,
            format_func=lambda number: view.say("view.page_of", number=number, pages=pages),
            key=widget,
            label_visibility="collapsed",
            width=150,
        ),
        view.language,
    )
    first = (int(chosen) - 1) * size
    return range(first, min(first + size, count))
