"""A table's two downloads: a workbook and CSV, written when clicked and never before."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cockpit.exports.tables import Sheet, write_csv, write_xlsx
from cockpit.ui.frame.shell import View

_KINDS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv"),
}


def downloads(view: View, make: Callable[[], Sheet], stem: str) -> None:
    """The buttons, named `xlsx` and `csv`; `stem` is the file's name without its ending."""
    for name, (write, kind) in _KINDS.items():
        st.download_button(
            view.say(f"towns.download_{name}"),
            lambda write=write: write(make()),  # type: ignore[misc]
            f"{stem}.{name}",
            kind,
            on_click="ignore",
            icon=":material/download:",
            key=name,
        )
