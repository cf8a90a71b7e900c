"""Which language and theme this visitor sees: the address first, then the browser."""

from __future__ import annotations

import streamlit as st

from cockpit.ui.frame import address
from cockpit.visuals.marks.palette import Theme
from cockpit.vocabulary import LANGUAGES, Language


def browser_language() -> Language:
    """Chinese for browsers set to any Chinese, and where the browser does not say."""
    locale = st.context.locale
    return "zh" if not locale or str(locale).lower().startswith("zh") else "en"


def current_language() -> Language:
    """`?lang=` when it names a language we have, else the browser's."""
    asked = address.get("lang")
    for language in LANGUAGES:
        if asked and asked[0] == language:
            return language
    return browser_language()


def current_theme() -> Theme:
    return "dark" if st.context.theme.type == "dark" else "light"
