"""Every kind of elements on its way round: template, filled, checked, published, on the page, taken away, over the
interface. A kind is filled by what its record says, so a new one is tried without a line here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.access.people import LOCAL
from cockpit.analysis.briefing import Elements
from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, elements, open_desk
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.publishing.merging import diff
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.submissions import keep
from cockpit.datasets.store.loading import current_marker, load
from cockpit.datasets.template.workbook import HEADER_ROWS, template
from cockpit.policy.elements import ElementField, ElementKind
from cockpit.policy.register import load as register
from cockpit.rights import ALL
from cockpit.service.routes import ROUTES
from cockpit.ui.elements.listing import _of_kind
from cockpit.ui.elements.page import sheet
from cockpit.ui.frame.shell import View
from cockpit.wording.elements import node_names
from tests.acts import by

AS_OF = date(2026, 11, 20)
PERIODS = {"period": "2026-06", "year": "2025"}  # what is looked at; others stand at the half-year too
DESIGN = register().elements
# What no type tells: a figure to tell a case by, codes of towns that are none.
SAID = {"indicator": "total_output_yuan", "followers": None, "from": "2022", "to": "2025"}
DAYS = {"since": date(2024, 3, 1), "until": date(2027, 12, 31), "on": date(2026, 3, 1)}


def written(kind: ElementKind, name: str, field: ElementField) -> Any:
    """What somebody writes into a field's cell: amounts that the record's own rules let pass."""
    if name in SAID:
        return SAID[name]
    if kind.product and name in kind.product:
        return dict(zip(kind.product, (50, 100, 50), strict=True))[name]  # 100 at 50 % is 50
    match field.type:
        case "level" | "word":
            words = DESIGN.words(field)
            return next(text.zh for word, text in words.items() if word != kind.alarm.get(name))
        case "node":
            return next(iter(node_names(register()).values())).zh
        case "date":
            return DAYS[name]
        case "period":
            return PERIODS["period"]
        case "flag":
            return "是"
        case "integer" | "number":
            parts = [part for part in (*kind.within, *dict.fromkeys(kind.within.values())) if part in (name,)]
            return 2025 if name == "year" else 3 if name in kind.within and parts else 4
    return f"{kind.label_zh}甲"


def _without(kind: ElementKind) -> str:
    """A town on the list that has no entry of a kind yet."""
    demo = load("demo")
    listed = demo.towns.loc[demo.towns["list_status"].astype(str) == "named", "town_code"].astype(str)
    return min(set(listed) - set(demo.table(kind.table)["town_code"].astype(str)))


@dataclass(frozen=True)
class Way:
    """What came of the workbooks of all departments: what was checked, what would change, and the pages' answers."""

    checked: Checked
    towns: dict[str, str]
    entries: frozenset[tuple[str, str]]
    client: TestClient
    views: dict[str, tuple[View, Elements]]


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        demo, uploads, towns = load("demo"), [], {kind.id: _without(kind) for kind in DESIGN.kinds.values()}
        for office in DESIGN.departments:
            book = openpyxl.load_workbook(io.BytesIO(template(demo, "2026-06", as_of=AS_OF, checker=office)))
            for kind in DESIGN.of_department(office):
                page = book[kind.label_zh]
                places = {str(cell.value).rstrip("*"): cell.column for cell in page[1] if cell.value}
                page.cell(HEADER_ROWS + 1, places["小镇编码"], towns[kind.id])
                for name, field in kind.columns.items():
                    page.cell(HEADER_ROWS + 1, places[field.zh], written(kind, name, field))
            stream = io.BytesIO()
            book.save(stream)
            uploads.append(Upload(f"{office}.xlsx", stream.getvalue()))
        checked = check_uploads(uploads, demo, as_of=AS_OF)
        sent = keep("demo", uploads, checked, by("张三"), checked_against=current_marker("demo"))
        changes = {(row.table, row.town_code) for row in diff(demo, sent).entries if row.is_new}
        publish("demo", sent.id, by("李四", "要素"), current_marker("demo"))
        desk, views = open_desk("demo"), {}
        for period in ("2026-06", "2025"):
            selection = Selection(period=period, scope=ALL)
            view = View(desk, brief(desk, selection, AS_OF), "zh", "light", LOCAL)
            views[period] = (view, elements(desk, selection, AS_OF, "zh"))
        yield Way(checked, towns, frozenset(changes), TestClient(Starlette(routes=ROUTES)), views)


@pytest.mark.long
@pytest.mark.parametrize("kind", DESIGN.kinds.values(), ids=list(DESIGN.kinds))
def test_a_kind_comes_round_whole(kind: ElementKind, way: Way) -> None:
    found, town = way.checked, way.towns[kind.id]
    assert [(item.rule, item.sheet, item.cell) for item in found.findings if item.severity != "warning"] == []
    stored = found.tables[kind.table].iloc[0]
    missing = [name for name, field in kind.columns.items() if written(kind, name, field) is not None]
    assert [name for name in missing if stored[name] is None or stored[name] != stored[name]] == []
    assert (kind.table, town) in way.entries

    period = PERIODS["year"] if kind.time == "year" else PERIODS["period"]
    view, shown = way.views[period]
    key = {name: stored[name] for name in kind.key}
    rows = shown.entries[kind.id]
    own = rows[
        (rows["town_code"].astype(str) == town) & (rows[list(key)].astype(str) == [*map(str, key.values())]).all(axis=1)
    ]
    assert len(own) == 1

    frame, codes, count = _of_kind(view, shown, kind, town)
    assert (len(frame), len(codes)) == (count, count)
    source = view.say("elements.column_source")
    assert any(f"{kind.checker}.xlsx {kind.label_zh}!" in text for text in frame[source])

    taken = sheet(view, shown, kind)
    heads = [*taken.headers]
    line = next(row for row in taken.rows if row[0] == town and _is(row, heads, kind, stored))
    assert [head for head, value in zip(heads, line, strict=True) if value is None and head != "推广小镇编码"] == []

    answer = way.client.get(f"/api/v1/elements?kind={kind.id}&period={period}&q={town}").json()
    values = [entry["values"] for entry in answer["entries"] if entry["town_code"] == town]
    assert any(all(str(value[name]) == str(at) for name, at in key.items()) for value in values)


def _is(row: tuple[Any, ...], heads: list[str], kind: ElementKind, stored: Any) -> bool:
    """Whether a line taken away is the entry stored: numbers and texts of its key as they are."""
    plain = [name for name in kind.key if kind.columns[name].type in ("text", "integer", "date")]
    return all(str(row[heads.index(kind.columns[name].zh)]) == str(stored[name]) for name in plain)
