"""The one door through which markup reaches a page: it takes `Markup` only, where every text has been escaped."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cockpit.visuals.marks.markup import Markup


def show(
    markup: Markup, *, width: int | Literal["stretch", "content"] = "stretch", at: DeltaGenerator | None = None
) -> None:
    """Draw `markup` here, or in the place `at` that was kept for it."""
    (at or st).html(markup, width=width)


def show_styles(*sheets: str) -> None:
    """Style sheets of our own; nothing that came from data or from a reader may be among them."""
    st.html(f"<style>{''.join(sheets)}</style>")
