"""The one door through which markup reaches a page: it takes `Markup` only, where every text has been escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cockpit.policy.register import load
from cockpit.visuals.marks.clauses import cite
from cockpit.visuals.marks.markup import Markup


def show(
    markup: Markup, *, width: int | Literal["stretch", "content"] = "stretch", at: DeltaGenerator | None = None
) -> None:
    """Draw `markup` here, or in the place `at` kept for it; nothing where there is none. A clause number opens it."""
    if markup:
        (at or st).html(cited(markup), width=width)


def cited(markup: Markup) -> Markup:
    """The markup with its numbers of clauses as buttons, for what reaches the page by a part of ours."""
    return cite(markup, _clauses())


@lru_cache(maxsize=1)
def _clauses() -> frozenset[str]:
    return frozenset(load().passages)


def show_styles(*sheets: str) -> None:
    """Style sheets of our own; nothing that came from data or from a reader may be among them."""
    st.html(f"<style>{''.join(sheets)}</style>")
