"""The entries behind the matrix, with where each was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Elements
from cockpit.datasets.publishing.row_sources import cell_of_row
from cockpit.datasets.schema import TABLES
from cockpit.policy.elements import ElementKind
from cockpit.texts import written
from cockpit.ui.elements.picking import cell_of_address, picked_kind
from cockpit.ui.elements.published import cited, sources_of
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.visuals.elements import matrix as drawing
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PROVENANCES, Provenance
from cockpit.wording import elements as words

_LATEST: Final = 60  # entries of the list before a kind is picked


def listing(view: View, found: Elements) -> None:
    """The entries behind the matrix: those of the cell, of the kind, or the newest of all."""
    code, _ = cell_of_address(found)
    picked = picked_kind(view, found)
    frame, codes, count = _of_kind(view, found, picked, code) if picked else _newest(view, found)
    linked = _links(view, found, picked, code, frame) if picked else {}
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
    if picked:
        show(html('<p class="note">{}</p>', words.freshness(found.freshness[picked.id], view.language)))
    if not len(frame):
        show(html('<p class="note">{}</p>', view.say("elements.nothing")))
        return
    names = [marks.town(at, found.names[at][view.language == "en"], view.language, is_walked=True) for at in codes]
    led(view, frame, {view.say("elements.town"): names, **linked}, view.say("elements.list"), is_taken=False)


def _links(view: View, found: Elements, kind: ElementKind, code: str, frame: pd.DataFrame) -> dict[str, list[Markup]]:
    """Cells that hold an address of the web, by head: what somebody wrote as one, and sources that have one."""
    texts = {name: at for name, at in kind.columns.items() if at.type == "text"}
    heads = [at.label.say(view.language) for at in texts.values()]
    links = {
        head: [marks.web(str(text)) for text in frame[head]]
        for head in heads
        if head in frame and frame[head].map(lambda text: marks.is_web(str(text))).any()
    }
    rows = _rows_of(found, kind, code)
    sources = sources_of(view)
    if rows["source_ids"].notna().any():
        head = view.say("elements.column_source")
        links[head] = [
            cited(sources, ids) or html("{}", text) for ids, text in zip(rows["source_ids"], frame[head], strict=True)
        ]
    return links


def _rows_of(found: Elements, kind: ElementKind, code: str) -> pd.DataFrame:
    rows = found.entries[kind.id]
    return rows[rows["town_code"].astype(str) == code] if code else rows


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
    rows = _rows_of(found, kind, code)
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
    dated.sort(key=lambda item: written(item[1]["since" if item[0].time == "span" else "on"]), reverse=True)
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
