"""What people wrote in matters and in sets of targets, as a reader with a scope meets it: no town outside is named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cockpit.analysis.planning.sets import PlanEvent, fold
from cockpit.analysis.supervision.events import Event
from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings import open_desk, plan_book, told
from cockpit.briefings.plan_book import Plans, Saved, register_with_sets
from cockpit.briefings.supervising import Matters
from cockpit.datasets.store.loading import load
from cockpit.policy.register import load as load_register
from cockpit.rights import ALL, Scope
from tests.access.scoped import foreign, leaks

MINE = Scope(frozenset({"330111"}))
AT = datetime(2026, 11, 26, tzinfo=UTC)
WORDS = "参照上城甲芯云小镇（D330102A，Shangcheng A Chip Cloud Town）"
SHOWN = ("ui", "exports", "service", "wording", "visuals")


def _matters(words: str) -> Matters:
    detail = {"title": words, "note_en": words, "files": [{"name": f"{words}.pdf"}], "lead": words}
    event = Event("DB-1", 1, AT, "filed", words, words, words, detail)
    matter = Matter(
        "DB-1", "working", 1, title=words, subject="D330111A", dataset="demo", issuer=words, lead=words, filed_by=words,
        clause=words, doers=(words,), alert="norms|D330111A|green",
    )  # fmt: skip
    return Matters((matter,), {"DB-1": (event,)})


def _plans(words: str) -> Plans:
    made = {"dataset": "demo", "indicators": ["total_output_yuan", "tax_revenue_yuan"], "since": 2025, "year": 2031,
            "title": words, "title_en": words, "version": "v0003", "is_simulated": True}  # fmt: skip
    answer = {"indicator": "total_output_yuan", "unit": "330111", "value": 7e10, "note": words, "note_en": words}

    def event(number: int, kind: Any, note: str, detail: dict[str, Any]) -> PlanEvent:
        return PlanEvent("X1", number, AT, kind, words, words, note, detail)

    events = (
        event(1, "made", "", made),
        event(2, "chosen", words, {"indicator": "total_output_yuan", "sense": "at_least", "value": 3e12}),
        event(3, "left_out", words, {"indicator": "tax_revenue_yuan", "note_en": words}),
        event(4, "held", words, {"indicator": "total_output_yuan", "unit": "330111", "value": 6e10}),
        event(5, "sent", "", {"until": "2026-12-11"}),
        event(6, "answered", words, {"answers": [{**answer, "cell": words}]}),
    )
    saved = (Saved(words, (), "2025", "v0003", 3, "王五"), Saved("多投一成", (), "2025", "v0003", 3, "王五"))
    return Plans((fold(events),), {"X1": events}, {"scenario:demo": saved})


def test_a_matter_of_a_town_that_was_removed_is_still_its_countys() -> None:
    found = _matters("整改")
    gone = found.only(replace(item, subject="D330111Z") for item in found.matters)
    assert [item.id for item in gone.seen(MINE).matters] == ["DB-1"]
    assert gone.seen(Scope(frozenset({"330110"}))).matters == ()


def test_a_matter_in_scope_names_no_town_outside_in_any_of_its_texts() -> None:
    seen = _matters(WORDS).seen(MINE)
    assert [item.id for item in seen.matters] == ["DB-1"]
    assert leaks(repr((seen.matters, seen.events)), foreign("demo", MINE)) == []
    assert seen.matters[0].name.en == "(on towns outside your scope, not shown)"
    assert seen.events["DB-1"][0].said("note").en == "(on towns outside your scope, not shown)"


def test_what_names_none_is_told_as_it_was_written() -> None:
    written = _matters("补报报表")
    seen = written.seen(MINE)
    assert seen.matters[0] is written.matters[0]
    assert seen.events["DB-1"][0] is written.events["DB-1"][0]
    assert _matters(WORDS).seen(ALL).matters[0].title == WORDS


def test_a_set_names_no_town_outside_in_title_reasons_holds_answers_course_and_scenarios(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plans = _plans(WORDS)
    monkeypatch.setattr(told, "all_plans", lambda: plans)
    seen, desk = told.plans_seen(open_desk("demo"), MINE), open_desk("demo")
    texts = repr((seen.plans, [(at.by, at.office, at.note) for at in seen.events["X1"]], seen.scenarios))
    assert leaks(texts, foreign("demo", MINE)) == []
    assert [item.name for item in seen.saved("demo")] == ["多投一成"]
    assert seen.plans[0].items["total_output_yuan"].held["330111"].value == 6e10, "figures stay"
    assert told.plans_seen(desk, MINE).plans[0] is seen.plans[0], "one object, so that what is computed is kept"
    assert told.plans_seen(desk, ALL) is plans


def test_what_every_page_judges_by_names_no_town(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = _plans(WORDS)
    monkeypatch.setattr(plan_book, "all_plans", lambda: plans)
    register = register_with_sets(load("demo"))
    assert register.sets["X1"].label.zh == "X1年目标"
    own = [target for target in register.every_target.values() if target.set == "X1"]
    assert own
    assert leaks(repr((register.sets["X1"], own)), foreign("demo", Scope())) == []


def test_a_set_on_record_is_judged_by_and_not_what_people_made_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = _plans(WORDS)
    made = plans.plans[0]
    monkeypatch.setattr(plan_book, "all_plans", lambda: replace(plans, plans=(replace(made, id="2025"),)))
    assert register_with_sets(load("demo")).every_target == load_register().every_target


def test_nothing_that_is_shown_reads_the_logs_past_the_scope() -> None:
    """`all_matters` and `all_plans` are everybody's words; what shows them takes those of a reader."""
    root = Path(told.__file__).parents[1]
    for path in (file for folder in SHOWN for file in (root / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        for found in re.finditer(r"\ball_(matters|plans)\(\)(?!\.events\b)", text):
            after = text[found.end() :]
            assert re.match(r"(\.of_dataset\([^()]*\))?\.seen\(", after), f"{path.name}: {text[found.start() :][:80]}"
