"""A table of data: with names that lead on, or the framework's grid with all its rows on paper
(`visuals.marks.paper`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.led import led_table
from cockpit.visuals.marks.markup import Markup
from cockpit.visuals.marks.paper import paper
from cockpit.vocabulary import Language


def led(
    frame: pd.DataFrame,
    names: Mapping[str, Sequence[Markup]],
    label: str,
    language: Language,
    formats: Mapping[str, str] | None = None,
) -> None:
    """Show `frame` with names that lead on, see `visuals.marks.led`; it prints as it stands."""
    show(led_table(frame, names, label, language, formats))


def grid(
    frame: pd.DataFrame,
    language: Language,
    *,
    column_config: Mapping[str, Any] | None = None,
    is_printed: bool = True,
    **options: Any,
) -> None:
    """Show `frame`; `options` are `st.dataframe`'s.

    Args:
        is_printed: False where nobody sees the table, as in a folded section: it costs nothing then.
    """
    config = dict(column_config or {})
    st.dataframe(frame, hide_index=True, column_config=config or None, **options)
    if is_printed:
        formats = {name: str((column.get("type_config") or {}).get("format") or "") for name, column in config.items()}
        show(paper(frame, language, formats))
