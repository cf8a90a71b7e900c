"""What was logged before an act was one value reads as it did, and what is logged now has the same shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cockpit.datasets.decisions.log import DecisionLog, Draft
from cockpit.datasets.publishing import submissions
from cockpit.datasets.publishing.releases import log_of, publish, reject, roll_back
from cockpit.datasets.store import loading
from cockpit.datasets.store.loading import data_root
from cockpit.datasets.store.versions import LOG, MANIFEST, Move, read_manifest
from tests.acts import by
from tests.datasets.publishing_small import ship, submit

NEW = {("B", "2025", "total_output_yuan"): 9.0}
# Lines as they were written, letter by letter.
PUBLISHED = (
    '{"at": "2026-11-20T10:00:00+08:00", "who": " 李四", "action": "publish", "to": "v0002", "before": "v0001", '
    '"note": "三季度", "submission": "s20261120-095900-ab12"}'
)
FIRST_MOVE = (
    '{"at": "2026-11-20T11:00:00+08:00", "who": "王五", "action": "roll_back", "to": "v0001", "before": "v0002", '
    '"note": "口径"}'
)
STEPS = (
    '{"at": "2026-11-20T09:59:00+08:00", "who": "张三", "state": "received", "note": "", "version": ""}',
    '{"at": "2026-11-20T10:00:00+08:00", "who": "李四", "state": "published", "note": "三季度", "version": "v0002"}',
)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dataset's folder, with a shipped version of the test's own below it."""
    ship(tmp_path / "shipped")
    monkeypatch.setattr(loading, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr("cockpit.datasets.publishing.releases.SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "written"))
    return data_root() / "demo"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_old_moves_and_steps_are_read_and_added_to(base: Path) -> None:
    delivery = submit(NEW)
    folder = submissions.folder_of("demo", delivery.id)
    (folder / "log.jsonl").write_text("\n".join(STEPS) + "\n", encoding="utf-8")
    (base / LOG).write_text(f"{PUBLISHED}\n{FIRST_MOVE}\n", encoding="utf-8")
    old = submissions.open_submission("demo", delivery.id)
    assert [(step.who, step.state, step.note) for step in old.steps] == [
        ("张三", "received", ""),
        ("李四", "published", "三季度"),
    ]
    first, second = log_of("demo")
    assert (first.who, first.submission, second.who, second.submission) == (
        " 李四",
        "s20261120-095900-ab12",
        "王五",
        None,
    )
    publish("demo", submit(NEW).id, by("赵六", "年报"), "v0001")
    assert (base / LOG).read_text(encoding="utf-8").startswith(f"{PUBLISHED}\n{FIRST_MOVE}\n"), "only added to"
    assert [move.who for move in log_of("demo")] == [" 李四", "王五", "赵六"]


def test_what_is_stored_has_the_shape_it_had(base: Path) -> None:
    delivery = submit(NEW)
    publish("demo", delivery.id, by("李四", "年报", post="科长"), "v0001")
    roll_back("demo", "v0001", by("王五", "口径"))
    refused = submit(NEW)
    reject("demo", refused.id, by("李四", "不对"))
    moves, steps = lines(base / LOG), lines(submissions.folder_of("demo", delivery.id) / "log.jsonl")
    assert all(list(move) == list(json.loads(PUBLISHED)) for move in moves)
    assert [(move["who"], move["note"]) for move in moves] == [("科长 李四", "年报"), ("王五", "口径")]
    assert all(list(step) == list(json.loads(STEPS[0])) for step in steps)
    assert [(step["who"], step["note"]) for step in steps] == [("张三", "n"), ("科长 李四", "年报")]
    last = lines(submissions.folder_of("demo", refused.id) / "log.jsonl")[-1]
    assert (last["who"], last["state"], last["note"]) == ("李四", "rejected", "不对")
    manifest = json.loads((base / "versions" / "v0002" / MANIFEST).read_text(encoding="utf-8"))
    shipped = json.loads((loading.SHIPPED / "demo" / "versions" / "v0001" / MANIFEST).read_text(encoding="utf-8"))
    assert list(manifest) == list(shipped)
    assert (manifest["published_by"], manifest["note"]) == ("科长 李四", "年报")
    record = json.loads((submissions.folder_of("demo", delivery.id) / "submission.json").read_text(encoding="utf-8"))
    assert (record["submitted_by"], record["note"]) == ("张三", "n")


def test_a_move_an_older_program_left_half_done_is_finished(base: Path) -> None:
    publish("demo", submit(NEW).id, by("李四"), "v0001")
    log = (base / LOG).read_text(encoding="utf-8")
    (base / LOG).unlink()
    (base / ".moving.json").write_text(log.strip(), encoding="utf-8")
    roll_back("demo", "v0001", by("王五"))
    assert [move.who for move in log_of("demo")] == ["李四", "王五"]
    assert Move(**json.loads(log)) == log_of("demo")[0]
    assert read_manifest(base, "v0002").published_by == "李四"


def test_decisions_of_an_older_program_are_read_and_followed(url: str) -> None:
    log = DecisionLog(url)
    draft = Draft("demo", "D001", "note", None, ("3.4",), "low", "demo@v0001")
    log.count("demo")  # makes the table
    names = "recorded_at, dataset, town_code, action, decided_by, basis, clauses, risk_grade, data_version, previous"
    values = "'2026-11-20 02:00:00', 'demo', 'D001', 'note', '张三', '现场核查', '[\"3.4\"]', 'low', 'demo@v0001', 0"
    engine = sa.create_engine(sa.make_url(url))
    with engine.begin() as connection:  # a line without a post, as was allowed
        connection.exec_driver_sql(
            f"INSERT INTO decisions ({names}, outcome, refused_because, newer) VALUES ({values}, 'recorded', '', 0)"
        )
    engine.dispose()
    old = log.latest("demo")["D001"]
    assert (old.decided_by, old.basis) == ("张三", "现场核查")
    new = log.append(draft, by("李四", "已约谈", post="处长"), old.number)
    assert (new.decided_by, new.basis, new.previous) == ("处长 李四", "已约谈", old.number)
    assert [entry.decided_by for entry in log.entries("demo")] == ["处长 李四", "张三"]
