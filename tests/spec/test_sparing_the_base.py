"""The law 减负 of matters handed out: nothing ranks or counts people, and reminders have an end.

Tried on the whole demonstration: what the page, the interface of the command and the downloads say of people, and what
the code may do with their names.
"""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from cockpit.analysis.supervision.events import Event
from cockpit.analysis.supervision.machine import faults, fold
from cockpit.analysis.supervision.statistics import Statistics
from cockpit.analysis.supervision.views import ORDERS, Narrowed, Tally
from cockpit.briefings.demonstrating import place_story
from cockpit.briefings.supervising import all_matters, lit_matters
from cockpit.cli import main
from cockpit.datasets.matters.demonstration import story
from cockpit.policy.register import load
from cockpit.ui.actions.exports import matters_sheet
from cockpit.ui.frame.shell import View
from tests.pages.opening import open_page, words
from tests.sources import nodes

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = {row.by for row in story()}
# Who did an event stands beside it, in its course and in the log, and is asked of nobody else.
READERS = {
    "cockpit/analysis/supervision/alerts.py": "who set an alert aside, kept with it",
    "cockpit/briefings/alerting.py": "an alert, from its log to the event",
    "cockpit/briefings/ticking.py": "into the log",
    "cockpit/datasets/database/events.py": "into the log",
    "cockpit/briefings/supervising.py": "from the log to the event",
    "cockpit/visuals/actions/blocks.py": "the course of one matter",
    "cockpit/analysis/supervision/machine.py": "who filed it, kept with the matter",
    "cockpit/analysis/planning/sets.py": "who chose, held and fixed: another person puts a set in force",
    "cockpit/briefings/plan_book.py": "a set, from its log to the event",
    "cockpit/briefings/planning.py": "into the log of sets",
    "cockpit/ui/plan/acts.py": "the course of one set",
}


@pytest.fixture(autouse=True)
def _story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'matters.sqlite'}")
    assert place_story()


def test_no_count_no_order_and_no_filter_is_of_people() -> None:
    for names in ([item.name for item in fields(kind)] for kind in (Statistics, Tally, Narrowed)):
        assert not {"by", "who", "person", "people", "filed_by", "answered_by", "verified_by"} & set(names)
    assert not {"by", "who", "person", "filed_by"} & set(ORDERS)


@pytest.mark.parametrize("address", [{}, {"mview": "table"}, {"mview": "table", "msort": "lead"}, {"mstate": "closed"}])
def test_board_and_table_name_no_person(address: dict[str, str]) -> None:
    app = open_page("actions", {"lang": "zh", **address})
    assert not app.exception
    told = words(app)
    assert 'data-lead="matter:DB-2026-' in told, "the matters are there"
    assert not [name for name in PEOPLE if name in told]


def test_the_course_of_one_matter_says_who_did_what() -> None:
    told = words(open_page("actions", {"lang": "zh", "matter": story()[0].subject}))
    assert [name for name in PEOPLE if name in told]


def test_a_download_names_no_person() -> None:
    view: View = open_page("actions", {"lang": "zh"}).session_state["_view"]
    found = all_matters()
    sheet = matters_sheet(view, lit_matters(found, view.briefing.as_of), {}, lambda item: None, view.briefing.as_of, "")
    cells = {str(cell) for row in sheet.rows for cell in row}
    assert len(sheet.rows) == len(found.matters)
    assert not [name for name in PEOPLE if any(name in cell for cell in cells)]
    assert not [head for head in sheet.headers if head.endswith(("人", "员"))]


def test_the_counts_of_the_command_are_of_matters() -> None:
    counts = json.loads(CliRunner().invoke(main, ["actions", "list", "--json"]).stdout)["counts"]
    assert set(counts) == {item.name for item in fields(Statistics)}
    assert all(value is None or isinstance(value, int | float) for value in counts.values())


def _says_who(call: ast.Call) -> bool:
    """`….said("by")`"""
    is_said = isinstance(call.func, ast.Attribute) and call.func.attr == "said"
    return is_said and [ast.unparse(item) for item in call.args] == ["'by'"]


def test_who_did_an_event_is_read_where_it_is_shown_and_nowhere_else() -> None:
    found = set()
    for path in (ROOT / "cockpit").rglob("*.py"):
        for node in nodes(path):
            is_person = isinstance(node, ast.Attribute) and (
                node.attr == "filed_by"
                or (node.attr == "by" and isinstance(node.value, ast.Name) and node.value.id in ("event", "row"))
            )
            if is_person or (isinstance(node, ast.Call) and _says_who(node)):
                found.add(path.relative_to(ROOT).as_posix())
    assert found <= set(READERS), "a new reader of who did it: counting or ranking people is against the law"
    assert "cockpit/visuals/actions/blocks.py" in found


def test_nobody_is_reminded_more_often_than_the_record_allows() -> None:
    design = load().supervision
    most = design.limit("reminders_a_level")
    found = all_matters()
    assert max(item.times_reminded for item in found.matters) == most, "the story goes as far as is allowed"
    for item in found.matters:
        assert item.times_reminded <= most
        if item.times_reminded == most and item.state in ("assigned", "working"):
            events = found.events[item.id]
            more = Event(item.id, item.number + 1, events[-1].at, "reminded", "演示甲", item.issuer)
            assert faults(fold(events, design), more, design) == ("reminded_enough",)


def test_the_page_says_so() -> None:
    told = words(open_page("actions", {"lang": "zh"}))
    assert "不按回复排名" in told
    assert "按行政区划序，不排名" in told
