"""The page of the audit administrator: what happened, filtered, verified, taken along. Reading it is recorded too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import streamlit as st

from cockpit.access import audit
from cockpit.access.house import AccessFault, open_access
from cockpit.access.people import Person
from cockpit.access.resets import resets as resets_of
from cockpit.exports.tables import harmless
from cockpit.ui.access.page import county_names
from cockpit.ui.frame.person import finder
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.access import recorded, tables
from cockpit.visuals.marks.markup import html

_MOST: Final = 300
_EXPORTED: Final = 100_000
_DAYS: Final = 7
_READ: Final = "_audit_read"


def head(view: View) -> None:
    """Title, how long it is kept, and whether the chain holds."""
    access = open_access()
    days = access.design.limit("audit_days")
    words = (view.say("audit.title"), view.say("audit.lead", days=days))
    with st.container(key="ahead", horizontal=True, vertical_alignment="bottom"):
        show(html('<div class="ahead"><h1>{}</h1><p>{}</p></div>', *words))
        is_asked = st.button(view.say("audit.verify"), key="audit_verify", icon=":material/verified:")
    if is_asked:
        found = audit.verify(access)
        audit.note(access, "audit.verify", "failed" if found.broken_at else "ok", person=view.person, lines=found.lines)
        if found.broken_at:
            st.error(view.say("audit.broken", number=found.broken_at), icon=":material/error:")
        else:
            st.success(view.say("audit.holds", lines=found.lines), icon=":material/check:")
        if found.unended:
            numbers = ("、" if view.language == "zh" else ", ").join(map(str, found.unended))
            st.warning(view.say("audit.unended", numbers=numbers), icon=":material/warning:")


def resets(view: View) -> None:
    """Passwords and second factors made anew by somebody else, and who came with them."""
    access = open_access()
    days, found = access.design.limit("reset_notice_days"), resets_of(access)
    show(tables.section(view.say("audit.resets"), view.say("audit.resets_lead", days=days)))
    if found:
        show(recorded.resets(found, view.language))
    else:
        show(html('<p class="note">{}</p>', view.say("audit.resets_none", days=days)))


def lines(view: View) -> None:
    """The lines of some days, of an account, an event, an outcome; and the same as a file."""
    access, today = open_access(), open_access().today()
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="afilters"):
        days = st.date_input(view.say("audit.days"), value=(today - timedelta(days=_DAYS), today), key="audit_days")
        account = st.text_input(view.say("access.account"), key="audit_account", max_chars=60)
        outcomes = ("", "begun", "ok", "failed", "refused")
        outcome = st.selectbox(
            view.say("access.outcome"), outcomes, key="audit_outcome",
            format_func=lambda name: view.say(f"access.outcome_{name or 'all'}"),
        )  # fmt: skip
        chosen = [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
        since, until = (chosen[0], chosen[-1]) if chosen else (today, today)
        asked = {"since": since, "until": until, "account": account.strip().casefold(), "outcome": outcome or ""}
        find = finder()
        st.download_button(
            view.say("audit.export"),
            lambda: _file(asked, find),
            f"audit-{since.isoformat()}-{until.isoformat()}.csv",
            "text/csv",
            on_click="ignore",
            key="audit_export",
            icon=":material/download:",
        )
    found = audit.lines(access, **asked, most=_MOST)  # type: ignore[arg-type]
    _note_reading(view, len(found), asked)
    show(tables.section(view.say("audit.lines"), view.say("audit.count", count=len(found), most=_MOST)))
    show(recorded.lines(found, access.design, county_names(view), view.language))


def _note_reading(view: View, count: int, asked: dict[str, object]) -> None:
    """Once for each question, not for each time the page is drawn."""
    told = repr(sorted(asked.items(), key=str))
    if st.session_state.get(_READ) != told:
        st.session_state[_READ] = told
        filters = {name: str(value) for name, value in asked.items() if value}
        audit.note(open_access(), "audit.read", person=view.person, rows=count, filters=filters)


def _file(asked: dict[str, object], find: Callable[[], Person | None]) -> bytes:
    """CSV that a spreadsheet opens; asked for anew when it is taken, for a right may have ended."""
    person, access = find(), open_access()
    if person is None or not person.rights.may("audit"):
        raise AccessFault("no_right")
    found = audit.lines(access, **asked, most=_EXPORTED)  # type: ignore[arg-type]
    filters = {name: str(value) for name, value in asked.items() if value}
    audit.note(access, "audit.export", person=person, rows=len(found), filters=filters, format="csv")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("number", "at", "event", "outcome", "account", "role", "session", "address", "object", "detail"))
    for line in found:
        cells = (
            line.number, line.at.isoformat(), line.event, line.outcome, line.account, line.role, line.session,
            line.address, line.object, repr(dict(line.detail)),
        )  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
