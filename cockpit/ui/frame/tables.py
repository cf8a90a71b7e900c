"""A table of data: with names that lead on, or the framework's grid with all its rows on paper
(`visuals.marks.paper`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.exports.notes import period_words, sheet_of, standing_notes
from cockpit.exports.tables import Sheet, write_csv
from cockpit.exports.towns import filter_words
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.led import led_table
from cockpit.visuals.marks.markup import Markup
from cockpit.visuals.marks.paper import paper
from cockpit.vocabulary import Language

_NO_NAME: Final = re.compile(r'[\\/:*?"<>|\s]+')  # what a file's name cannot hold


def led(
    view: View,
    frame: pd.DataFrame,
    names: Mapping[str, Sequence[Markup]],
    label: str,
    formats: Mapping[str, str] | None = None,
    *,
    period: str = "",
    is_taken: bool = True,
) -> None:
    """Show `frame` with names that lead on, see `visuals.marks.led`; it prints as it stands, and can be taken along.

    Args:
        period: what its figures are of, in words, where it is not the period of the page.
        is_taken: False where the page has a download of the same.
    """
    show(led_table(frame, names, label, view.language, formats))
    if not is_taken:
        return
    when = period or period_words(view.briefing.selection.period, view.language)

    def made() -> tuple[bytes, int]:
        return write_csv(_sheet(view, frame, label, when)), len(frame)

    stem = _NO_NAME.sub("-", f"{label}-{when}").strip("-")
    offer(view, view.say("towns.download_csv"), made, f"{stem}.csv", key=f"led|{label}", type="tertiary")


def _sheet(view: View, frame: pd.DataFrame, label: str, period: str) -> Sheet:
    filters = filter_words(view.briefing, view.language)
    notes = standing_notes(view.desk, view.language, period=period, count=str(len(frame)), filters=filters)
    return sheet_of(frame, {}, label, notes, view.language)


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
