"""Submitting, publishing, rejecting and rolling back: what changes, what stays, who is told."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pandas as pd
import pytest

from cockpit.datasets.decisions.log import DecisionLog, Draft
from cockpit.datasets.findings import Checked, Finding, Upload
from cockpit.datasets.publishing import submissions
from cockpit.datasets.publishing.merging import diff, preview
from cockpit.datasets.publishing.releases import PublishConflict, list_versions, log_of, publish, reject, roll_back
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store import loading
from cockpit.datasets.store.disk import StorageFault, locked
from cockpit.datasets.store.loading import current_marker, load
from cockpit.datasets.store.versions import read_manifest
from cockpit.errors import DatasetError
from cockpit.policy.register import load as load_register
from cockpit.policy.register import short
from cockpit.visuals.data import blocks as data_blocks
from cockpit.vocabulary import Text
from tests.acts import by
from tests.datasets.publishing_small import FIGURES, YI, checked, ship, submit

ROOT = Path(__file__).resolve().parents[3]
NEW = {("B", "2025", "total_output_yuan"): 9.0, ("B", "2024", "total_output_yuan"): 7.0}


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shipped and a written folder of the test's own; returns the parent of both."""
    ship(tmp_path / "shipped")
    monkeypatch.setattr(loading, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr("cockpit.datasets.publishing.releases.SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "written"))
    return tmp_path


def figures(version: str | None = None) -> dict[tuple[str, str, str], float]:
    frame = load("demo", version).table("returns")
    keys = zip(*(frame[name].astype("str") for name in ("town_code", "period", "indicator")), strict=True)
    return dict(zip(keys, frame["value"] / YI, strict=True))


def test_publishing_changes_what_was_submitted_and_nothing_else() -> None:
    before = load("demo")
    written = publish("demo", submit(NEW).id, by("李四", "三季度上报"), "v0001")
    after = load("demo")
    assert after.manifest == written
    assert (written.version, written.parent, written.published_by) == ("v0002", "v0001", "李四")
    assert figures() == FIGURES | NEW
    assert figures("v0001") == FIGURES, "the old version stays as it was"
    for name in before.frames:
        if name not in ("returns", "sources"):
            pd.testing.assert_frame_equal(before.table(name), after.table(name))
            assert before.manifest.files[name] == after.manifest.files[name]


def test_what_is_previewed_is_what_is_published() -> None:
    submission = submit(NEW)
    shown = preview(load("demo"), submission)
    publish("demo", submission.id, by("李四"), "v0001")
    for name in ("returns", "sources", "return_sources"):
        pd.testing.assert_frame_equal(shown.table(name), load("demo").table(name))


def test_the_difference_names_the_cells_before_and_after() -> None:
    found = diff(load("demo"), submit({**NEW, ("A", "2025", "total_output_yuan"): 12.0}))
    assert (found.parent, found.new, found.changed, found.same) == ("v0001", 1, 1, 1)
    changed = found.cells[found.cells["before"].notna()].iloc[0]
    assert (changed["before"], changed["after"], changed["cell"]) == (8 * YI, 9 * YI, "D5")
    assert found.cells["sheet"].unique().tolist() == ["年报"]
    assert diff(load("demo"), submit({("A", "2025", "total_output_yuan"): 12.0})).is_empty


def test_every_submitted_figure_keeps_its_cell_through_later_versions() -> None:
    first = submit(NEW)
    publish("demo", first.id, by("李四"), "v0001")
    second = submit({("A", "2025", "total_output_yuan"): 13.0}, who="王五")
    publish("demo", second.id, by("李四"), "v0002")
    cells = load("demo").table("return_sources").astype("str").set_index(["town_code", "period"])
    assert cells.loc[("B", "2024"), ["submission", "cell", "submitted_by"]].tolist() == [first.id, "D6", "张三"]
    assert cells.loc[("A", "2025"), ["submission", "cell", "submitted_by"]].tolist() == [second.id, "D5", "王五"]
    sources = load("demo").table("sources").set_index("source_id")
    assert sources.loc[first.id, "publisher"] == "张三"


def test_a_submission_is_kept_as_it_came() -> None:
    warning = Finding("上报 2025.xlsx", "年报", "D5", "9", "jump", "warning", {"unit": Text("亿元", "billion"), "n": 2})
    submission = submit(NEW, warning)
    assert submissions.original(submission, submission.files[0].stored) == b"the bytes as they were sent"
    assert submission.files[0].name == "上报 2025.xlsx"
    assert submissions.findings_of(submission) == (warning,)
    assert submissions.all_submissions("demo") == (submission,)
    path = submissions.folder_of("demo", submission.id) / "files" / submission.files[0].stored
    path.chmod(0o644)
    path.write_bytes(b"other bytes")
    with pytest.raises(DatasetError, match="was changed after it was received"):
        submissions.original(submission, submission.files[0].stored)


def test_a_senders_file_name_never_becomes_a_path(places: Path) -> None:
    upload = Upload("../../../evil\x00/..\\x.xl/sx", b"1")
    kept = submissions.keep("demo", [upload], checked(NEW), by("张三"), checked_against="v0001")
    assert kept.files[0].name == upload.name
    assert kept.files[0].stored == "01"
    with pytest.raises(DatasetError, match="no submission"):
        submissions.open_submission("demo", f"../{kept.id}")


def test_a_submission_with_errors_or_closed_is_not_published() -> None:
    error = Finding("f", "s", "D5", "x", "type", "error")
    with pytest.raises(DatasetError, match="has 1 errors"):
        publish("demo", submit(NEW, error).id, by("李四"), "v0001")
    rejected = submit(NEW)
    assert reject("demo", rejected.id, by("李四", "口径不对")).steps[-1].note == "口径不对"
    with pytest.raises(DatasetError, match="rejected already, by 李四"):
        publish("demo", rejected.id, by("李四"), "v0001")
    published = submit(NEW)
    publish("demo", published.id, by("李四"), "v0001")
    with pytest.raises(DatasetError, match="published already"):
        reject("demo", published.id, by("李四", "too late"))
    assert current_marker("demo") == "v0002"


@pytest.mark.parametrize(("who", "note"), [("", "n"), ("  ", "n"), ("李四", " ")])
def test_nobody_publishes_without_name_and_note(who: str, note: str) -> None:
    with pytest.raises(DatasetError, match="is not filled in"):
        publish("demo", submit(NEW).id, by(who, note), "v0001")


def test_of_two_reviewers_the_second_is_told_who_was_first() -> None:
    first, second = submit(NEW), submit({("A", "2025", "total_output_yuan"): 99.0})
    publish("demo", first.id, by("李四"), "v0001")
    with pytest.raises(PublishConflict, match="v0002 became current by 李四") as caught:
        publish("demo", second.id, by("王五"), "v0001")
    assert (caught.value.current, caught.value.by) == ("v0002", "李四")
    assert submissions.open_submission("demo", second.id).state == "received"


def test_of_many_publishers_at_once_one_wins() -> None:
    deliveries = [submit({("A", "2025", "total_output_yuan"): 20.0 + number}) for number in range(6)]
    outcomes: list[str] = []

    def run(submission: str) -> None:
        try:
            outcomes.append(publish("demo", submission, by(submission), "v0001").version)
        except PublishConflict as conflict:
            outcomes.append(f"told of {conflict.current}")

    threads = [threading.Thread(target=run, args=(item.id,)) for item in deliveries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told of v0002"] * 5 + ["v0002"]
    assert [move.to for move in log_of("demo")] == ["v0002"]


def test_who_waits_too_long_for_another_publisher_is_told(places: Path) -> None:
    base = places / "written" / "demo"
    with locked(base), pytest.raises(DatasetError, match="somebody else is publishing"), locked(base, seconds=0.1):
        pass


def test_rolling_back_moves_the_pointer_is_logged_and_leads_on_to_a_new_number() -> None:
    publish("demo", submit(NEW).id, by("李四"), "v0001")
    roll_back("demo", "v0001", by("王五", "口径有误"), expected_current="v0002")
    assert load("demo").manifest.version == "v0001"
    assert figures() == FIGURES
    assert figures("v0002") == FIGURES | NEW, "a version left behind can still be pinned"
    move = log_of("demo")[-1]
    assert (move.action, move.to, move.before, move.who, move.note) == (
        "roll_back",
        "v0001",
        "v0002",
        "王五",
        "口径有误",
    )
    assert publish("demo", submit(NEW).id, by("李四"), "v0001").version == "v0003"
    listed = {item.id: (item.is_current, item.is_shipped) for item in list_versions("demo")}
    assert listed == {"v0003": (True, False), "v0002": (False, False), "v0001": (False, True)}
    with pytest.raises(DatasetError, match="did you mean 'v0003'"):
        roll_back("demo", "v0033", by("王五"))
    with pytest.raises(DatasetError, match="current already"):
        roll_back("demo", "v0003", by("王五"))


def test_the_shipped_folder_is_never_written(places: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        files = (path for path in (places / "shipped").rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in files}

    before = state()
    publish("demo", submit(NEW).id, by("李四"), "v0001")
    roll_back("demo", "v0001", by("李四"))
    assert state() == before


@pytest.mark.many
@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full.*free some space"), (errno.EROFS, "cannot be written.*COCKPIT_DATA_DIR")],
)
@pytest.mark.parametrize("call", ["replace", "fsync", "mkdir", "link"])
def test_a_full_or_closed_disk_is_told_and_leaves_the_old_version_whole(
    places: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str, call: str
) -> None:
    if call == "link" and code == errno.EROFS:
        pytest.skip("a link that is refused becomes a copy")
    submission = submit(NEW)
    with monkeypatch.context() as patch:

        def fail(*_: object, **__: object) -> None:
            raise OSError(code, os.strerror(code))

        patch.setattr(os, call, fail)
        with pytest.raises(StorageFault, match=words) as caught:
            publish("demo", submission.id, by("李四"), "v0001")
        if call in ("mkdir", "fsync"):
            with pytest.raises(StorageFault, match=words):
                submit(NEW)
    assert str(places) not in str(caught.value), "no path of the machine on the screen"
    assert figures() == FIGURES
    assert current_marker("demo") == "v0001"
    assert publish("demo", submission.id, by("李四"), "v0001").version == "v0002", "and it goes on afterwards"


def spoil(places: Path, version: str, file: str) -> Path:
    path = places / "written" / "demo" / "versions" / version / file
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    return path


@pytest.mark.parametrize("file", ["returns.parquet", "return_sources.parquet", "manifest.json"])
def test_a_damaged_version_is_refused_by_file_and_the_last_good_one_served(places: Path, file: str) -> None:
    publish("demo", submit(NEW).id, by("李四"), "v0001")
    publish("demo", submit({("A", "2025", "total_output_yuan"): 13.0}).id, by("李四"), "v0002")
    path = places / "written" / "demo" / "versions" / "v0003" / file
    whole = path.read_bytes()
    spoil(places, "v0003", file)
    loading._loaded.clear()
    loading.checked_path.cache_clear()
    served = load("demo")
    assert served.manifest.version == "v0002"
    assert served.warning is not None
    assert served.warning.version == "v0003"
    assert file in served.warning.where
    assert load("demo") is served, "one object, so that what was computed from it is kept"
    with pytest.raises(DatasetError, match=file.replace(".", r"\.")):
        load("demo", "v0003")
    path.write_bytes(whole)
    assert load("demo").manifest.version == "v0003", "mended, it is served again"
    assert load("demo").warning is None


def test_a_spoilt_pointer_is_a_warning_and_not_the_end(places: Path) -> None:
    publish("demo", submit(NEW).id, by("李四"), "v0001")
    (places / "written" / "demo" / "CURRENT").write_text("../../etc\n")
    served = load("demo")
    assert (served.manifest.version, served.warning is not None) == ("v0002", True), "the log says what was current"
    roll_back("demo", "v0001", by("李四", "pointer mended"))
    assert (load("demo").manifest.version, load("demo").warning) == ("v0001", None)


def test_the_marker_is_the_pointer_and_nothing_else_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_marker("demo") == "v0001"
    publish("demo", submit(NEW).id, by("李四"), "v0001")
    monkeypatch.setattr("pyarrow.parquet.ParquetFile", None)
    assert current_marker("demo") == "v0002"


def test_an_empty_submission_is_not_published() -> None:
    kept = submissions.keep("demo", [], Checked((), {}, ()), by("张三"), checked_against="v0001")
    with pytest.raises(DatasetError, match="nothing"):
        publish("demo", kept.id, by("李四"), "v0001")


def test_firms_come_in_over_a_version_whose_towns_are_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "SHIPPED", ROOT / "data")
    monkeypatch.setattr("cockpit.datasets.publishing.releases.SHIPPED", ROOT / "data")
    columns = ["firm_id", "period", "name_zh", "town_code", "chain_id", "node_id", "revenue_yuan", "provenance"]
    before = load("demo").table("firms")
    rows = before.head(1)[columns].assign(revenue_yuan=1.0, file="f.csv", sheet="", cell="A2:H2")
    sent = submissions.keep("demo", [], Checked(("f.csv",), {"firms": rows}, ()), by("张三"), checked_against="v0003")
    assert diff(load("demo"), sent).rows == {"firms": (0, 1)}
    publish("demo", sent.id, by("李四"), "v0003")
    after = load("demo").table("firms")
    assert len(after) == len(before)
    changed = after[(after["firm_id"] == rows["firm_id"].iloc[0]) & (after["period"] == rows["period"].iloc[0])]
    assert changed["revenue_yuan"].tolist() == [1.0]
    assert changed["tax_yuan"].tolist() == before.head(1)["tax_yuan"].tolist(), "what was not sent stays"
    cubes = [load("demo", version).table("firm_cubes") for version in ("v0003", "v0004")]
    lost = cubes[0]["revenue_yuan"].sum() - cubes[1]["revenue_yuan"].sum()
    assert lost == round(float(before["revenue_yuan"].iloc[0])) - 1, "the cubes are added up again"


def test_a_new_row_without_what_its_table_requires_is_refused() -> None:
    towns = load("demo").table("towns").head(1)[["town_code", "name_zh"]]
    rows = towns.assign(town_code="C", file="f.csv", sheet="", cell="A2:B2").reset_index(drop=True)
    whole = rows.reindex(columns=[column.name for column in TABLES["towns"].columns] + ["file", "sheet", "cell"])
    sent = submissions.keep("demo", [], Checked(("f.csv",), {"towns": whole}, ()), by("张三"), checked_against="v0001")
    with pytest.raises(DatasetError, match=r"towns\.name_en: a value is missing"):
        publish("demo", sent.id, by("李四"), "v0001")
    assert current_marker("demo") == "v0001"


def test_what_is_written_is_for_this_account_alone_and_what_is_shipped_stays_as_it_is(tmp_path: Path) -> None:
    for path in (tmp_path / "shipped").rglob("*"):  # open to all, as a checkout makes it
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = {path: path.stat().st_mode for path in (tmp_path / "shipped").rglob("*")}
    old = os.umask(0)  # the most careless account
    try:
        delivery = submit({("A", "2025", "total_output_yuan"): 13.0})
        publish("demo", delivery.id, by("李四", "年报"), "v0001")
        again = submit({("B", "2025", "total_output_yuan"): 13.0})
        publish("demo", again.id, by("李四", "年报"), "v0002")
        rejected = submit({("A", "2025", "total_output_yuan"): 14.0})
        reject("demo", rejected.id, by("李四", "不对"))
        log = f"sqlite:///{loading.data_root()}/new/decisions.sqlite"
        draft = Draft("demo", "A", "note", None, ("3.4",), "low", "demo@v0001")
        DecisionLog(log).append(draft, by("张三", "核查", post="处长"), 0)
    finally:
        os.umask(old)
    root = loading.data_root()
    for path in root.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0, f"{path.relative_to(root)} is open to others: {mode:o}"
        if path.is_file() and "versions" in path.parts:
            assert mode == 0o600, f"{path.relative_to(root)}: {mode:o}"
    first, second = (root / "demo" / "versions" / name / "towns.parquet" for name in ("v0002", "v0003"))
    assert first.samefile(second), "between versions of ours nothing is copied"
    assert stat.S_IMODE((root / "demo" / "versions" / "v0002").stat().st_mode) == 0o700
    assert {path: path.stat().st_mode for path in (tmp_path / "shipped").rglob("*")} == before


@pytest.mark.parametrize(
    ("who", "note"), [("李" * 61, "好"), ("李四", "好" * 501), ("\u200b\u202e", "好"), ("李四", "\u200b")]
)
def test_names_and_notes_have_a_length_and_are_seen(who: str, note: str) -> None:
    delivery = submit({("A", "2025", "total_output_yuan"): 13.0})
    for act in (
        lambda: publish("demo", delivery.id, by(who, note), "v0001"),
        lambda: reject("demo", delivery.id, by(who, note)),
        lambda: roll_back("demo", "v0001", by(who, note)),
    ):
        with pytest.raises(DatasetError):
            act()
    assert current_marker("demo") == "v0001"


def test_signs_nobody_sees_are_taken_out_of_names_and_notes() -> None:
    delivery = submit({("A", "2025", "total_output_yuan"): 13.0}, who="张\u202e三")
    manifest = publish("demo", delivery.id, by("\u2066李四", "年\u200b报"), "v0001")
    assert (delivery.submitted_by, manifest.published_by, manifest.note) == ("张三", "李四", "年报")


def test_a_pointer_that_names_no_version_is_not_echoed() -> None:
    delivery = submit({("A", "2025", "total_output_yuan"): 13.0})
    publish("demo", delivery.id, by("李四", "年报"), "v0001")
    pointer = loading.data_root() / "demo" / "CURRENT"
    pointer.unlink()
    pointer.symlink_to("/etc/passwd")
    assert current_marker("demo") == loading.SPOILT
    found = load("demo")
    assert found.warning is not None
    assert found.warning.version == loading.SPOILT
    assert found.manifest.version == "v0002", "the one that was current before is served meanwhile"
    roll_back("demo", "v0002", by("李四", "指针损坏"), loading.SPOILT)
    assert current_marker("demo") == "v0002"


def test_a_version_says_which_register_judged_when_it_was_published() -> None:
    assert load("demo").manifest.register == "", "shipped with its register, which needs no telling"
    written = publish("demo", submit(NEW).id, by("李四"), "v0001")
    assert written.register == load_register().fingerprint
    assert read_manifest(loading.data_root() / "demo", written.version).register == written.register
    (new, old) = (data_blocks.version_row(version, "zh", str, may_look_back=True) for version in list_versions("demo"))
    assert f"规则 {short(written.register)}" in new
    assert 'data-lead="/?version=v0001"' in old, "an older one opens the cockpit as of then"
    assert "data-lead" not in new
    assert "规则" not in old.replace("虚构", "")
