"""Parts of the page of elements; each takes the view and what was found, and draws one thing."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Elements
from cockpit.briefings import elements
from cockpit.exports.notes import standing_notes
from cockpit.exports.tables import Sheet
from cockpit.policy.elements import ElementKind
from cockpit.ui.elements.picking import picked_kind
from cockpit.ui.elements.published import published
from cockpit.ui.frame import address
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.segments import rows_of_page
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.elements import matrix as drawing
from cockpit.visuals.elements import panels as drawn
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import html
from cockpit.wording import elements as words

_ROWS: Final = 20  # towns of the matrix at a time
_LEAD: Final = "lead"


def found_of(view: View) -> Elements:
    """The elements of the selection, under the title and one sentence that says what they come to."""
    found = elements(view.desk, view.briefing.selection, view.briefing.as_of, view.language)
    said, cells = found.cells
    parts = [view.say("elements.lead", said=f"{said:,}", cells=f"{cells:,}")]
    for kind in found.asked:
        if kind.for_all and found.coverage.have(kind.id)[1]:
            lacking = found.lacking(kind)
            key = "elements.lead_all" if lacking else "elements.lead_all_met"
            parts.append(view.say(key, kind=kind.label.say(view.language), lacking=lacking))
    if stale := [kind.label.say(view.language) for kind in found.asked if found.freshness[kind.id].is_stale]:
        kinds = ("、" if view.language == "zh" else ", ").join(stale)
        parts.append(view.say("elements.lead_stale", kinds=kinds))
    with st.container(key="etop", horizontal=True, vertical_alignment="center"):
        lead = ("；" if view.language == "zh" else "; ").join(parts)
        simulated = marks.simulated(view.briefing.is_simulated(), view.language)
        text = html(
            '<section class="ans"><h1>{}</h1>{}<p>{}</p></section>', view.say("elements.title"), simulated, lead
        )
        show(text, width="stretch")
        picked = picked_kind(view, found)
        stem = f"elements-{picked.id if picked else 'all'}-{view.desk.dataset.name}-{found.period}"
        downloads(view, lambda: sheet(view, found, picked), stem, prefix="elements_")
    return found


def stop_if_nothing(view: View, found: Elements) -> bool:
    """Say where elements come from; True when the page ends here."""
    if not found.is_empty:
        return False
    said = view.say("elements.nothing_reported", period=found.period.say(view.language))
    st.info(said, icon=":material/info:")
    published(view)
    for kind in found.design.kinds.values():
        if kind.entries:
            show(drawn.slots(found, kind, view.language))
    return True


def columns() -> list[Any]:
    return list(st.columns([1.72, 1], gap="medium"))


def coverage(view: View, found: Elements) -> None:
    """Who has what, a page of towns at a time."""
    lead = view.say("elements.matrix_lead", day=found.period.last_day())
    with st.container(key="ematrixhead", horizontal=True, vertical_alignment="center"):
        title = html("<h2>{}</h2><span>{}</span>", view.say("elements.matrix"), lead)
        show(html('<div class="ehead">{}{}</div>', title, drawing.legend(view.language)), width="stretch")
        rows = rows_of_page(view, "epage", len(found.coverage.towns), _ROWS)
    picked = picked_kind(view, found)
    show(drawing.matrix(found, rows, picked.id if picked else "", view.language))
    for kind in found.design.kinds.values():
        if kind.entries:
            show(drawn.slots(found, kind, view.language))


def panels(view: View, found: Elements) -> None:
    """What the records want drawn beside the matrix, of the group picked."""
    groups = (_LEAD, *dict.fromkeys(item.kind.group for item in found.panels))
    picked = address.choose_one(
        "egroup",
        groups,
        _LEAD,
        lambda widget: st.segmented_control(
            view.say("elements.group"),
            groups,
            format_func=lambda name: view.say("elements.group_lead") if name == _LEAD else _label(view, name),
            key=widget,
            required=True,
            label_visibility="collapsed",
        ),
        view.language,
    )
    for item in found.panels:
        if item.design.lead if picked == _LEAD else item.kind.group == picked:
            show(drawn.panel(found, item, view.language))


def _label(view: View, group: str) -> str:
    return view.desk.register.elements.groups[group].label.say(view.language)


def of_town(view: View, code: str) -> None:
    """What one town has, on its own page: kinds with their number, kinds it has none of, kinds it has not reported."""
    found = elements(view.desk, view.briefing.selection, view.briefing.as_of, view.language)
    if code in found.coverage.towns and not found.is_empty:
        show(drawn.of_town(found, code, view.language))


def sheet(view: View, found: Elements, kind: ElementKind | None) -> Sheet:
    """The list as people take it away: of one kind all its fields, of all kinds the matrix."""
    if kind is None:
        headers: tuple[str, ...] = (
            view.say("firms.town_code"),
            view.say("elements.town"),
            *(at.label.say(view.language) for at in found.asked),
        )
        counts = [found.coverage.counts[:, found.coverage.kinds.index(at.id)] for at in found.asked]
        rows: list[tuple[Any, ...]] = [
            (code, found.names[code][view.language == "en"], *(None if pd.isna(c[at]) else int(c[at]) for c in counts))
            for at, code in enumerate(found.coverage.towns)
        ]
        units = ("",) * len(headers)
    else:
        frame = found.entries[kind.id]
        headers = (
            view.say("firms.town_code"),
            view.say("elements.town"),
            *(at.label.say(view.language) for at in kind.columns.values()),
        )
        units = ("", "", *(at.unit for at in kind.columns.values()))
        rows = [
            (
                str(row["town_code"]),
                found.names[str(row["town_code"])][view.language == "en"],
                *(_value(kind, name, row[name], found, view) for name in kind.columns),
            )
            for row in frame.to_dict("records")
        ]
    what = kind.label.say(view.language) if kind else view.say("elements.matrix")
    return Sheet(
        title=what,
        headers=headers,
        units=units,
        rows=tuple(rows),
        notes=standing_notes(
            view.desk,
            view.language,
            period=found.period.say(view.language),
            count=str(len(rows)),
            filters=view.say("elements.matrix_lead", day=found.period.last_day()),
            remarks=(view.say("elements.base_unit"),),
        ),
        notes_title=view.say("export.notes"),
    )


def _value(kind: ElementKind, name: str, value: Any, found: Elements, view: View) -> Any:
    field = kind.columns[name]
    if pd.isna(value):
        return None
    if field.type in ("number", "integer"):
        return float(value) if field.type == "number" else int(value)
    return words.text(field, value, found.design, view.language)
