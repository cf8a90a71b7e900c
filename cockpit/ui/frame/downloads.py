"""Everything that leaves by a button: made when it is clicked and never before, for who may export, and recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from cockpit.access.people import Person
from cockpit.analysis.selection import write_parameters
from cockpit.exports.tables import Sheet, write_csv, write_xlsx
from cockpit.ui.frame.person import again, finder
from cockpit.ui.frame.shell import View

_KINDS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv"),
    "pdf": (None, "application/pdf"),
}


def downloads(
    view: View, make: Callable[[], Sheet], stem: str, *, prefix: str = "", kinds: Sequence[str] = ("xlsx", "csv")
) -> None:
    """The buttons, with `prefix` before their names `xlsx` and `csv`; `stem` is the file's name without its ending."""
    for name in kinds:
        write = _KINDS[name][0]
        assert write is not None

        def made(write: Callable[[Sheet], bytes] = write) -> tuple[bytes, int]:
            sheet = make()
            return write(sheet), len(sheet.rows)

        offer(view, view.say(f"towns.download_{name}"), made, f"{stem}.{name}", key=f"{prefix}{name}")


def offer(
    view: View,
    label: str,
    make: Callable[[], bytes | tuple[bytes, int]],
    file: str,
    *,
    key: str,
    verb: str = "export",
    disabled: bool = False,
    icon: str = ":material/download:",
    **style: Any,
) -> None:
    """One button; who may not use it sees it closed, with the reason.

    Args:
        make: gives the file, and how many rows it holds where that means something.
        verb: what it takes; a template is for who hands in.
        style: as `st.download_button` takes it.
    """
    may, find = view.person.rights.may(verb), finder()
    st.download_button(
        label,
        lambda: _taken(view, make, file, verb, find),
        file,
        _KINDS.get(file.rpartition(".")[2], (None, None))[1],
        on_click="ignore",
        icon=icon,
        key=key,
        disabled=disabled or not may,
        help=None if may else view.say("act.fault.no_right"),
        **style,
    )


def _taken(
    view: View,
    make: Callable[[], bytes | tuple[bytes, int]],
    file: str,
    verb: str,
    find: Callable[[], Person | None],
) -> bytes:
    """Made for who still may, and put on the audit record: with filters, rows and format."""
    made = make()
    content, rows = made if isinstance(made, tuple) else (made, None)
    selection = view.briefing.selection
    told: dict[str, Any] = {
        "dataset": view.desk.dataset.key,
        "filters": {"period": selection.period, **write_parameters(selection, view.desk.choices)},
        "format": file.rpartition(".")[2],
        "bytes": len(content),
    }
    if rows is not None:
        told["rows"] = rows
    again(view.person, verb, "export", file, told, find)
    return content
