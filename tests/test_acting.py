"""Who acts and why: one type through every write, held to one rule, and told in both languages."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from cockpit.acting import DECIDE, REVIEW, ROLL_BACK, SUBMIT, Act, Actor, ActRefused, Deed
from cockpit.briefings.listing import record
from cockpit.cli.delivering import deliver
from cockpit.datasets.decisions.log import LENGTHS, DecisionLog, Draft
from cockpit.datasets.decisions.store import Store
from cockpit.datasets.publishing.releases import publish, reject, roll_back
from cockpit.datasets.publishing.submissions import keep
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.vocabulary import LANGUAGES
from cockpit.wording.data import fault as fault_words
from tests.acts import by
from tests.sources import nodes

ROOT = Path(__file__).resolve().parents[1]
WRITES = (keep, publish, reject, roll_back, record, DecisionLog.append, Store.append, deliver)
# Rooms without a clock or files (tests/test_layers.py): nothing is written there.
PURE = {"analysis", "figure_sources", "visuals", "wording"}
LOOSE = {"who", "by", "actor", "note"} | {
    f"{deed}_by" for deed in ("decided", "done", "published", "rejected", "submitted")
}


def test_nobody_is_a_loose_text_any_more() -> None:
    offences = []
    for path in (ROOT / "cockpit").rglob("*.py"):
        if path.relative_to(ROOT / "cockpit").parts[0] in PURE:
            continue
        for node in nodes(path):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            given = node.args
            for item in (*given.posonlyargs, *given.args, *given.kwonlyargs):
                kind = ast.unparse(item.annotation) if item.annotation else "str"
                if item.arg in LOOSE and "str" in kind.replace("|", " ").split():
                    offences.append(f"{path.relative_to(ROOT)}:{node.lineno} takes {item.arg}")
    assert not offences, "give it an Act:\n" + "\n".join(offences)
    assert not LOOSE & {item.name for item in fields(Draft)}, "what is asked for has its act beside it"


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__qualname__)
def test_every_write_takes_one_act(write: Callable[..., Any]) -> None:
    hints = get_type_hints(write, vars(sys.modules["cockpit.datasets.decisions.log"]) | write.__globals__)
    assert [name for name, kind in hints.items() if kind is Act] == ["act"]
    assert inspect.signature(write).parameters["act"].default is inspect.Parameter.empty, "nobody acts by default"


@pytest.mark.long
def test_a_name_and_a_reason_cannot_change_places(tmp_path: Path) -> None:
    swapped = ['Act("n", ACTOR)', 'Act("李四", "n")', 'Actor("李四", "处长", via="screen")', "Actor('李四')",
               'publish("demo", "s1", "李四", "v0001")', 'publish("demo", "s1", "v0001", ACT)']  # fmt: skip
    source = tmp_path / "swapped.py"
    head = [
        "from cockpit.acting import Act, Actor",
        f"def publish{inspect.signature(publish).replace(return_annotation=None)}: ...",
        'ACTOR = Actor("李四", post="处长", via="screen")',
        'ACT = Act(ACTOR, "n")',
        'publish("demo", "s1", ACT, "v0001")',
    ]
    source.write_text("\n".join(["from __future__ import annotations", *head, *swapped]), encoding="utf-8")
    run = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), str(source)]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False).stdout
    lines = {int(line.split(":")[1]) for line in told.splitlines() if "error:" in line}
    first = len(head) + 2
    assert lines == set(range(first, first + len(swapped))), told


@pytest.mark.parametrize(
    ("deed", "act", "expected"),
    [
        (SUBMIT, by("张三", ""), []),
        (REVIEW, by("张三", ""), [("note.review", "empty")]),
        (ROLL_BACK, by("\u200b\u202e", "\u2800 \n"), [("name.roll_back", "empty"), ("note.roll_back", "empty")]),
        (SUBMIT, by(" \t", "n"), [("name.submit", "empty")]),
        (REVIEW, by("李" * 60, "好" * 500), []),
        (REVIEW, by("李" * 61, "好" * 501), [("name.review", "too_long"), ("note.review", "too_long")]),
        (REVIEW, by("李" * 57, post="处长"), []),
        (REVIEW, by("李" * 58, post="处长"), [("who", "too_long")]),
        (REVIEW, by("李\ud800", "n\udfff"), [("name.review", "not_text"), ("note.review", "not_text")]),
        (DECIDE, by("", "", post=" "), [("name.decide", "empty"), ("post", "empty"), ("note.decide", "empty")]),
        (DECIDE, by("甲", "依" * 2000, post="处长"), []),
        (DECIDE, by("甲", "依" * 2001, post="处长"), [("note.decide", "too_long")]),
    ],
)
def test_what_is_wrong_is_found_in_one_place_and_said_in_both_languages(
    deed: Deed, act: Act, expected: list[tuple[str, str]]
) -> None:
    faults = act.faults(deed, load().limits.length)
    assert [(fault.field, fault.problem) for fault in faults] == expected
    refused = ActRefused(faults)
    for language in LANGUAGES:
        told = fault_words(refused, language)
        assert told in str(refused), "a terminal is told both"
        assert "{" not in told
        for fault in faults:
            assert f"“{say(f'act.field.{fault.field}', language)}”" in told


def test_signs_nobody_sees_and_line_breaks_leave_a_name_and_a_note_keeps_its_lines() -> None:
    act = Act(Actor(" 李\u200b 四\n", post="\u2066副\t处长", via="command"), " 一\u202e\n二 ")
    assert (act.actor.name, act.actor.post, act.who, act.note) == ("李 四", "副 处长", "副 处长 李 四", "一\n二")


def test_the_lengths_on_record_fit_the_columns_of_the_decision_log() -> None:
    length = load().limits.length
    assert length("who") <= LENGTHS["decided_by"]
    assert length(DECIDE.note) <= LENGTHS["basis"]
