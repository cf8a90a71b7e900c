"""Parts of the page of elements; each takes the view and what was found, and draws one thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Elements
from cockpit.briefings import elements
from cockpit.datasets.publishing.row_sources import cell_of_row
from cockpit.datasets.schema import TABLES
from cockpit.exports.notes import standing_notes
from cockpit.exports.tables import Sheet
from cockpit.policy.elements import ElementKind
from cockpit.ui.frame import address
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.segments import rows_of_page
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.visuals.elements import matrix as drawing
from cockpit.visuals.elements import panels as drawn
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PROVENANCES, Provenance
from cockpit.wording import elements as words

_ROWS: Final = 20  # towns of the matrix at a time
_LATEST: Final = 60  # entries of the list before a kind is picked
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
    with st.container(key="etop", horizontal=True, vertical_alignment="center"):
        lead = ("；" if view.language == "zh" else "; ").join(parts)
        simulated = marks.simulated(view.briefing.is_simulated(), view.language)
        text = html(
            '<section class="ans"><h1>{}</h1>{}<p>{}</p></section>', view.say("elements.title"), simulated, lead
        )
        show(text, width="stretch")
        picked = _picked(view, found)
        stem = f"elements-{picked.id if picked else 'all'}-{view.desk.dataset.name}-{found.period}"
        downloads(view, lambda: sheet(view, found, picked), stem, prefix="elements_")
    return found


def stop_if_nothing(view: View, found: Elements) -> bool:
    """Say where elements come from; True when the page ends here."""
    if not found.is_empty:
        return False
    said = view.say("elements.nothing_reported", period=found.period.say(view.language))
    st.info(said, icon=":material/info:")
    _published(view)
    for kind in found.design.kinds.values():
        if kind.entries:
            show(drawn.slots(found, kind, view.language))
    return True


def _published(view: View) -> None:
    """What was published of the whole province or a prefecture, each with its source; figures that disagree stand
    beside each other."""
    facts = view.desk.dataset.table("facts")
    facts = facts[facts["subject_scope"].isin(["province", "prefecture"])]
    if not len(facts):
        return
    sources = view.desk.dataset.table("sources").set_index("source_id")["publisher"].astype(str)
    values = facts["value_written"].map(lambda value: f"{value:,.6g}") + " " + facts["unit_written"].astype(str)
    frame = pd.DataFrame(
        {
            view.say("elements.fact_subject"): facts["subject_written"].astype(str).str.strip("【】"),
            view.say("elements.fact"): facts["indicator_written"].astype(str),
            view.say("elements.fact_period"): facts["period_written"].astype(str),
            view.say("elements.fact_value"): values,
            view.say("elements.fact_reliability"): [
                view.say(f"elements.reliability_{word}") for word in facts["reliability"].astype(str)
            ],
            view.say("elements.fact_source"): [
                "；".join(sources[at] for at in str(text).split()) for text in facts["source_ids"]
            ],
            view.say("elements.fact_conflict"): [
                view.say("elements.fact_disagrees") if str(text or "").strip() else ""
                for text in facts["conflicts_with"].fillna("")
            ],
        }
    )
    lead = view.say("elements.facts_lead")
    show(html('<div class="sect"><h2>{}</h2><span class="cnt">{}</span></div>', view.say("elements.facts"), lead))
    led(view, frame, {}, view.say("elements.facts"))


def columns() -> list[Any]:
    return list(st.columns([1.72, 1], gap="medium"))


def coverage(view: View, found: Elements) -> None:
    """Who has what, a page of towns at a time."""
    lead = view.say("elements.matrix_lead", day=found.period.last_day())
    with st.container(key="ematrixhead", horizontal=True, vertical_alignment="center"):
        title = html("<h2>{}</h2><span>{}</span>", view.say("elements.matrix"), lead)
        show(html('<div class="ehead">{}{}</div>', title, drawing.legend(view.language)), width="stretch")
        rows = rows_of_page(view, "epage", len(found.coverage.towns), _ROWS)
    picked = _picked(view, found)
    show(drawing.matrix(found, rows, picked.id if picked else "", view.language))
    for kind in found.design.kinds.values():
        if kind.entries:
            show(drawn.slots(found, kind, view.language))


def _cell(found: Elements) -> tuple[str, str]:
    """(town, kind) of the cell in the address; a cell there is not is told and left out."""
    asked = "".join(address.get(drawing.CELL)[:1])
    code, _, kind = asked.partition(".")
    if asked and (code not in found.coverage.towns or kind not in found.design.kinds):
        address.set_aside(drawing.CELL, [asked])
        address.put(drawing.CELL, [])
        return "", ""
    return code, kind


def _picked(view: View, found: Elements) -> ElementKind | None:
    """The kind the list is of: that of the cell picked, else the one in the address."""
    _, kind = _cell(found)
    asked = "".join(address.get(drawing.KIND)[:1])
    if asked and asked not in found.design.kinds:
        address.set_aside(drawing.KIND, [asked])
        address.put(drawing.KIND, [])
        asked = ""
    return found.design.kinds.get(kind or asked)


def listing(view: View, found: Elements) -> None:
    """The entries behind the matrix: those of the cell, of the kind, or the newest of all."""
    code, _ = _cell(found)
    picked = _picked(view, found)
    frame, codes, count = _of_kind(view, found, picked, code) if picked else _newest(view, found)
    what = picked.label.say(view.language) if picked else view.say("elements.every_kind", shown=min(_LATEST, count))
    if code:
        what = f"{found.names[code][view.language == 'en']} · {what}"
    lead = view.say("elements.list_lead", what=what, count=count)
    show(
        html(
            '<div class="sect"><h2>{}</h2><span class="cnt">{}</span>{}</div>',
            view.say("elements.list"),
            lead,
            _out(view),
        )
    )
    if not len(frame):
        show(html('<p class="note">{}</p>', view.say("elements.nothing")))
        return
    names = [marks.town(at, found.names[at][view.language == "en"], view.language, is_walked=True) for at in codes]
    led(view, frame, {view.say("elements.town"): names}, view.say("elements.list"), is_taken=False)


def _out(view: View) -> Markup:
    """The way back to all entries."""
    held = [name for name in (drawing.CELL, drawing.KIND) if address.get(name)]
    pills = (
        html(
            '<span class="pill" {}>{} ×</span>',
            marks.narrows(name, "", view.say("filter.take_out")),
            view.say("filter.take_out"),
        )
        for name in held
    )
    return html_of(pills) if held else EMPTY


def _of_kind(view: View, found: Elements, kind: ElementKind, code: str) -> tuple[pd.DataFrame, list[str], int]:
    rows = found.entries[kind.id]
    rows = rows[rows["town_code"].astype(str) == code] if code else rows
    told = [words.column(kind, name, rows, found.design, view.language) for name in kind.columns]
    codes = [str(at) for at in rows["town_code"]]
    names = [found.names[at][view.language == "en"] for at in codes]
    cells = [_cell_of(view, kind, row) for row in rows.to_dict("records")]
    columns = {item.head: item.texts for item in told}
    frame = pd.DataFrame({view.say("elements.town"): names, **columns, view.say("elements.column_source"): cells})
    return frame, codes, len(rows)


def _cell_of(view: View, kind: ElementKind, row: Mapping[Any, Any]) -> str:
    """Where an entry was written: file, sheet and cells of its submission, else that it came with the version."""
    key = tuple(str(row[name]) for name in TABLES[kind.table].key)
    if cell := cell_of_row(view.desk.dataset, kind.table, key):
        return f"{cell.file} {cell.sheet}!{cell.cell} · {cell.submitted_at[:10]}"
    return PROVENANCES[Provenance(str(row["provenance"]))].say(view.language)


def _newest(view: View, found: Elements) -> tuple[pd.DataFrame, list[str], int]:
    language, as_of = view.language, view.briefing.as_of
    every: list[tuple[ElementKind, dict[str, Any]]] = [
        (kind, {str(name): value for name, value in row.items()})
        for kind in found.asked
        for row in found.entries[kind.id].to_dict("records")
    ]
    dated = [item for item in every if item[0].time in ("span", "day")]
    dated.sort(key=lambda item: str(item[1]["since" if item[0].time == "span" else "on"]), reverse=True)
    lines = [
        (
            found.names[str(row["town_code"])][language == "en"],
            kind.label.say(language),
            words.called(kind, row, found.design, language),
            words.when(kind, row, language),
            found.design.departments[kind.checker].label.say(language),
            words.ends(kind, row, as_of, language),
        )
        for kind, row in dated[:_LATEST]
    ]
    heads = [view.say("elements.town")]
    heads += [view.say(f"elements.column_{name}") for name in ("kind", "name", "when", "checker", "until")]
    return pd.DataFrame(lines, columns=heads), [str(row["town_code"]) for _, row in dated[:_LATEST]], len(every)


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
            "town_code",
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
            "town_code",
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
