"""The commands that publish, roll back and list: exit codes and JSON a cron job can rely on."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cockpit.cli import main
from cockpit.datasets.publishing.submissions import all_submissions
from cockpit.datasets.store.loading import current_marker, load

ROOT = Path(__file__).resolve().parents[2]
TOWN = "D330102A"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def sheet(folder: Path, rows: str) -> str:
    path = folder / "returns.csv"
    path.write_text(rows, encoding="utf-8-sig")
    return str(path)


def current_output() -> float:
    frame = load("demo").table("returns").astype({"town_code": "str", "period": "str", "indicator": "str"})
    found = frame.set_index(["town_code", "period", "indicator"])["value"]
    return float(found[TOWN, "2025", "total_output_yuan"])


def figures(value: float) -> str:
    return f"town_code,period,indicator,value\n{TOWN},2025,total_output_yuan,{value}\n"


def publish(path: str, *more: str) -> tuple[int, dict[str, Any]]:
    done = call("publish", path, "--by", "李四", "--note", "三季度", "--json", *more)
    answer: dict[str, Any] = json.loads(done.output)
    return done.exit_code, answer


def test_a_clean_file_becomes_a_version_and_rolls_back(place: Path) -> None:
    before = current_output()
    code, answer = publish(sheet(place, figures(before * 1.01)))
    assert (code, answer["version"], answer["cells"]) == (0, "v0004", {"new": 0, "changed": 1, "withdrawn": 0})
    assert current_output() == pytest.approx(before * 1.01)
    listed = json.loads(call("versions", "--json").output)
    told = [(item["version"], item["is_current"]) for item in listed["versions"]]
    assert told == [("v0004", True), ("v0003", False), ("v0002", False), ("v0001", False)]
    assert call("versions").output.startswith("* v0004")
    back = call("rollback", "v0003", "--by", "王五", "--note", "口径", "--expect", "v0004", "--json")
    assert (back.exit_code, json.loads(back.output)["to"]) == (0, "v0003")
    assert current_output() == before


@pytest.mark.long
def test_a_file_that_says_nothing_new_is_told_so_whatever_was_asked_of_it(place: Path) -> None:
    written = f'"{current_output():,.2f}"'
    path = sheet(place, f"town_code,period,indicator,value\n{TOWN},2025,total_output_yuan,{written}\n")
    done = call("publish", path, "--by", "李四", "--note", "再报", "--accept-warnings")
    assert (done.exit_code, "与现行版本完全相同" in done.output) == (0, True), done.output
    assert load("demo").manifest.version == "v0003"


@pytest.mark.long
def test_a_file_with_errors_is_kept_and_not_published(place: Path) -> None:
    code, answer = publish(sheet(place, figures(1).replace(TOWN, "D999999Z")))
    assert (code, answer["version"], answer["is_acceptable"]) == (1, None, False)
    assert answer["submission"]
    assert current_marker("demo") == "v0003"


@pytest.mark.long
def test_warnings_wait_for_a_reviewer_unless_they_are_accepted(place: Path) -> None:
    path = sheet(place, figures(current_output() * 9))
    code, answer = publish(path)
    assert (code, answer["version"], answer["counts"]["warning"] > 0) == (1, None, True)
    assert publish(path, "--accept-warnings")[1]["version"] == "v0004"


def test_what_cannot_be_done_ends_with_two_and_one_line(place: Path) -> None:
    for done, told in (
        (call("rollback", "v00011", "--by", "a", "--note", "b"), "no version 'v00011'"),
        (call("rollback", "v0003", "--by", "a", "--note", "b"), "current already"),
        (call("rollback", "v0003", "--by", "a", "--note", "b", "--expect", "v0009"), "you looked at v0009"),
        (call("publish", str(place / "none.csv"), "--by", "a", "--note", "b"), "No such file"),
        (call("publish", sheet(place, figures(1)), "--note", "b"), "--by"),
    ):
        assert done.exit_code == 2, done.output
        assert told in done.output
        assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("who", "note", "told"),
    [
        ("\u200b ", "n", "没有填写。"),
        ("李四", "\u2800", "is not filled in."),
        ("李" * 61, "n", "61 characters; 60 at most."),
        ("李四", "n" * 501, "501 characters; 500 at most."),
        ("李\ud800", "n", "含有无法保存的字符。"),
    ],
)
def test_who_and_why_are_asked_for_before_anything_is_kept(place: Path, who: str, note: str, told: str) -> None:
    path = sheet(place, figures(current_output() * 1.01))
    for command in (("publish", path), ("rollback", "v0003")):
        done = call(*command, "--by", who, "--note", note)
        assert done.exit_code == 2, done.output
        assert told in done.output
        assert "Traceback" not in done.output
    assert all_submissions("demo") == ()


@pytest.mark.long
def test_the_actor_may_be_given_as_who_and_is_kept_without_signs_nobody_sees(place: Path) -> None:
    path = sheet(place, figures(current_output() * 1.01))
    done = call("publish", path, "--who", "李\u202e四", "--note", " 三季\u200b度")
    assert done.exit_code == 0, done.output
    assert (load("demo").manifest.published_by, load("demo").manifest.note) == ("李四", "三季度")
    (delivery,) = all_submissions("demo")
    assert [(step.who, step.note) for step in delivery.steps] == [("李四", "三季度")] * 2


@pytest.mark.long
def test_serve_serves_and_ends_with_its_process() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "cockpit", "serve", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                    assert answer.read() == b"ok"
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail("nothing answered")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) is not None


@pytest.mark.long
def test_what_a_publication_changed_is_printed_for_every_table(place: Path) -> None:
    path = place / "延期.csv"
    path.write_text("小镇编码,批准日期,截止日期\nD330102C,2026-10-10,2027-12-31\n", encoding="utf-8-sig")
    done = call("publish", str(path), "--by", "李四", "--note", "n", "--dataset", "demo")
    assert done.exit_code == 0, done.output
    assert "延期 +1 ~0" in done.output
    assert "+0 ~0 =0" not in done.output


@pytest.mark.long
def test_a_figure_taken_back_is_counted(place: Path) -> None:
    path = place / "returns.csv"
    path.write_text(f"小镇编码,期间,总产出（万元）,备注\n{TOWN},2025,撤回,误报\n", encoding="utf-8-sig")
    code, answer = publish(str(path))
    assert (code, answer["version"]) == (0, "v0004")
    assert answer["cells"] == {"new": 0, "changed": 0, "withdrawn": 1}
    assert answer["remarks"][0]["text"] == "误报"
