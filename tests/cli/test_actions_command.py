"""Matters handed out by commands: from filing to closing by the figure, and what is refused on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cockpit.cli import main

ISSUER, LEAD = "省特镇办", "富阳区特镇办"
GOAL = ["--goal", "figure", "--indicator", "total_output_yuan", "--operator", "at_least", "--period", "2025"]


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'matters.sqlite'}")


def run(*words: str, office: str = ISSUER, note: str = "n") -> tuple[int, str]:
    done = CliRunner().invoke(main, ["actions", *words, "--office", office, "--by", "甲", "--note", note])
    return done.exit_code, done.output


def listed() -> dict[str, object]:
    done = CliRunner().invoke(main, ["actions", "list", "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def to_asked(value: str) -> str:
    assert run("file", "--title", "补报", "--subject", "330111", "--value", value, *GOAL) == (
        0,
        "DB-2026-0001\tfiled\n",
    )
    assert run("assign", "DB-2026-0001", "--lead", LEAD)[0] == 0
    assert run("accept", "DB-2026-0001", office=LEAD)[0] == 0
    assert run("ask-close", "DB-2026-0001", office=LEAD) == (0, "DB-2026-0001\tasked\n")
    return "DB-2026-0001"


def test_a_figure_is_judged_by_the_data_and_by_a_version_newer_than_the_matter() -> None:
    code, words = run("verify", to_asked("1"))
    assert code == 2
    assert "须有交办之后发布的新版本数据" in words  # the demonstration has its first version only


def test_a_figure_that_is_not_reached_closes_nothing() -> None:
    code, words = run("verify", to_asked("9e15"))
    assert code == 2
    assert "数据目标没有达到" in words
    assert run("return", "DB-2026-0001", note="还差") == (0, "DB-2026-0001\tworking\n")


def test_the_office_in_the_lead_does_not_verify() -> None:
    code, words = run("return", to_asked("1"), office=LEAD)
    assert code == 2
    assert "承办单位不能自己核验" in words


def test_evidence_is_verified_by_another_office_and_counted() -> None:
    assert run("file", "--title", "整改", "--subject", "D330111A")[0] == 0
    assert run("assign", "DB-2026-0001", "--lead", LEAD)[0] == 0
    assert run("accept", "DB-2026-0001", office=LEAD)[0] == 0
    assert run("report", "DB-2026-0001", office=LEAD, note="一半")[0] == 0
    assert run("ask-close", "DB-2026-0001", office=LEAD)[0] == 0
    assert run("verify", "DB-2026-0001") == (0, "DB-2026-0001\tclosed\n")
    found = listed()
    assert [item["closed_as"] for item in found["matters"]] == ["done"]  # type: ignore[attr-defined]
    assert found["counts"]["closed"] == 1  # type: ignore[index]


def test_what_is_unknown_or_out_of_order_is_a_sentence() -> None:
    code, words = run("accept", "DB-2026-0009", office=LEAD)
    assert (code, "no matter" in words) == (2, True)
    run("file", "--title", "整改", "--subject", "D330111A")
    code, words = run("accept", "DB-2026-0001", office=LEAD)
    assert (code, "现在的状态不能这样做" in words) == (2, True)
    assert run("assign", "DB-2026-0001", "--lead", LEAD, "--due", "2026-01-01")[0] == 2
