"""No file ends, fills or holds up the process that was sent it, and the sender reads which file it was and why."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from cockpit import processes
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake import apart as intake_apart
from cockpit.datasets.intake.apart import annotate_now, check_apart, check_now
from cockpit.datasets.store.loading import load
from cockpit.policy.register import load as register
from cockpit.processes import Ended, Line, Said, Waiting, environment, run
from tests.datasets import bombs
from tests.datasets.bad_files import TODAY, check, csv_bytes, filled

pytestmark = pytest.mark.many

FAR = bombs.far_cells()


def refusals(checked: Checked) -> list[tuple[str, str]]:
    return [(finding.file, finding.rule) for finding in checked.findings if finding.severity == "refusal"]


@pytest.mark.parametrize("case", sorted(FAR))
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(case: str) -> None:
    checked = check(FAR[case])
    assert next(rule for _, rule in refusals(checked)) in ("too_many_rows", "too_many_columns", "damaged")
    assert not checked.tables


def test_a_formatted_cell_without_a_value_far_out_is_no_extent() -> None:
    row = '<row r="1"><c r="A1" t="str"><v>小镇编码</v></c></row>'
    for far in (
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        '<row r="1048576"><c r="A1048576" s="0"></c></row>',
    ):
        assert refusals(check(bombs.sheet_of(row + far))) == [], "it is only formatted"


def test_one_text_in_many_cells_is_counted_as_often_as_it_is_used() -> None:
    assert refusals(check(bombs.long_shared_text(1 << 20, 600))) == [("报送.xlsx", "too_much_text")]
    # The longest text used once: the others are short, and their sum is what counts.
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>1</v></c></row>' for row in range(2, 2000))
    shared = f"<sst><si><t>{'长' * 200_000}</t></si><si><t>短</t></si></sst>"
    assert refusals(check(bombs.sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + cells, shared))) == []


def test_one_text_in_a_dictionary_is_counted_before_it_is_copied() -> None:
    start = time.process_time()
    assert refusals(check(bombs.long_dictionary_text(200_000, 1_000_000), "a.parquet")) == [
        ("a.parquet", "too_much_text")
    ]
    assert time.process_time() - start < 5


def test_lists_in_parquet_are_refused_by_name() -> None:
    checked = check(bombs.lists(1_000_000), "a.parquet")
    assert refusals(checked) == [("a.parquet", "nested_column")]
    assert "total_output_yuan" in checked.findings[0].what("zh")


def test_formulas_without_end_cost_no_more_than_twice_for_twice_as_many() -> None:
    took = []
    for count in (100_000, 200_000):
        start = time.process_time()
        check(bombs.open_formulas(count))
        took.append(time.process_time() - start)
    assert took[1] < 3 * took[0] + 0.5


@pytest.mark.long
@pytest.mark.parametrize("width", [2_001, 1_000_000])
def test_an_absurdly_wide_table_is_refused_quickly(width: int) -> None:
    start = time.process_time()
    assert refusals(check(csv_bytes([range(width), range(width)]), "a.csv")) == [("a.csv", "too_many_columns")]
    assert time.process_time() - start < 5


def test_a_wide_table_of_strange_headers_is_read_in_seconds() -> None:
    start = time.process_time()
    checked = check(
        csv_bytes([["小镇编码", "期间", *(f"总产处{at}" for at in range(1990))], ["D330102A", "2025"]]), "a.csv"
    )
    assert not refusals(checked)
    assert time.process_time() - start < 5


@pytest.mark.long
def test_what_is_read_apart_is_what_is_read_here() -> None:
    uploads = [
        Upload("报送.xlsx", filled()),
        Upload("二.csv", csv_bytes([["小镇编码", "期间", "总产出"], ["?", "2025", "1"]])),
    ]
    here = intake_apart.check_uploads(uploads, load("demo"), as_of=TODAY)
    apart = check_now(uploads, load("demo"), as_of=TODAY)
    assert apart.findings == here.findings
    assert apart.upload_names == here.upload_names
    assert apart.tables.keys() == here.tables.keys()
    for name, frame in here.tables.items():
        assert frame.equals(apart.tables[name])
        assert list(frame.dtypes) == list(apart.tables[name].dtypes)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set limits of this run: `strict(reading_seconds=1)`."""

    def to(**values: int) -> None:
        whole = register()
        limits = {
            name: figure.model_copy(update={"value": float(values[name])}) if name in values else figure
            for name, figure in whole.limits.limits.items()
        }
        changed = replace(whole, limits=replace(whole.limits, limits=limits))
        monkeypatch.setattr(intake_apart, "load", lambda: changed)

    return to


@pytest.mark.long
def test_a_file_that_ends_its_reader_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # The gate is taken out: what stands behind it must hold by itself.
    start = "from cockpit.datasets.intake import reading, scan\n"
    open_gate = f"{start}reading.is_too_large = scan.is_too_large = lambda *_: False\n"
    monkeypatch.setattr(intake_apart, "run", _with_first(open_gate))
    bomb = FAR["six digits"]
    uploads = [Upload("一.xlsx", filled()), Upload("坏.xlsx", bomb), Upload("二.xlsx", filled())]
    checked = check_now(uploads, load("demo"), as_of=TODAY)
    assert refusals(checked) == [("坏.xlsx", "too_demanding")]
    assert checked.upload_names == ("一.xlsx", "坏.xlsx", "二.xlsx")
    assert len(checked.tables["returns"]) > 100, "the two good ones were read"
    assert "3072 MiB" in next(item for item in checked.findings if item.rule == "too_demanding").what("zh")


def _with_first(code: str) -> Any:
    """`processes.run` with some Python run in the new process before the module asked for."""

    def changed(module: str, arguments: list[str], line: Line, **options: Any) -> Any:
        start = (
            f"import runpy, sys\nsys.argv = ['x', *{arguments!r}]\nrunpy.run_module({module!r}, run_name='__main__')"
        )
        whole = f"{code}\n{start}"
        return run("tests.datasets.run_code", [whole], line, **options)

    return changed


@pytest.mark.long
def test_too_slow_a_file_is_stopped_and_told(strict: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    strict(reading_seconds=12)
    code = (
        "import time\nfrom cockpit.datasets.intake import checking\nold = checking._check_file\n"
        "def slow(upload, *rest):\n    if upload.name == 'slow.csv': time.sleep(60)\n    return old(upload, *rest)\n"
        "checking._check_file = slow"
    )
    monkeypatch.setattr(intake_apart, "run", _with_first(code))
    good = csv_bytes([["小镇编码", "期间", "总产出"], ["D330102A", "2025", "1"]])
    checked = check_now([Upload("slow.csv", good), Upload("good.csv", good)], load("demo"), as_of=TODAY)
    assert refusals(checked) == [("slow.csv", "too_slow")]
    assert len(checked.tables["returns"]) == 1


@pytest.mark.long
def test_many_bad_files_end_the_upload_not_the_day(strict: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    strict(lost_readings=2)
    code = "import os\nfrom cockpit.datasets.intake import checking\nchecking._check_file = lambda *_: os.abort()"
    monkeypatch.setattr(intake_apart, "run", _with_first(code))
    uploads = [Upload(f"{number}.csv", b"a,b\n1,2\n") for number in range(4)]
    checked = check_now(uploads, load("demo"), as_of=TODAY)
    assert [rule for _, rule in refusals(checked)] == ["reader_died", "reader_died", "not_reached", "not_reached"]
    assert {name for name, _ in refusals(checked)} == {f"{number}.csv" for number in range(4)}


@pytest.mark.long
def test_a_refused_file_is_returned_as_the_list_alone_without_being_opened() -> None:
    upload = Upload("坏.xlsx", FAR["six digits"])
    checked = check_now([upload], load("demo"), as_of=TODAY)
    assert annotate_now(upload, checked.findings, "zh").startswith(b"PK")


@pytest.mark.parametrize(
    ("end", "rule"),
    [
        (Ended(-signal.SIGKILL, "", is_late=True), "too_slow"),
        (Ended(-signal.SIGXCPU, ""), "too_slow"),
        (Ended(-signal.SIGKILL, ""), "too_demanding"),
        (Ended(71, ""), "too_demanding"),
        (Ended(-signal.SIGABRT, "memory allocation of 8 bytes failed"), "too_demanding"),
        (Ended(-signal.SIGABRT, "terminate called after throwing an instance of 'std::bad_alloc'"), "too_demanding"),
        (Ended(-signal.SIGSEGV, ""), "reader_died"),
        (Ended(1, "ValueError: x"), "reader_died"),
    ],
)
def test_why_a_reading_ended_is_said_by_how_it_ended(end: Ended, rule: str) -> None:
    """The system itself ends what has used up its time, and what is too much for the machine."""
    assert intake_apart._why(end) == rule


def test_giving_up_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    real = processes._hold
    monkeypatch.setattr(processes, "_hold", lambda pid, *rest: (started.append(pid), real(pid, *rest)))
    steps = check_apart([Upload("报送.xlsx", filled())], load("demo"), as_of=TODAY)
    next(steps)
    steps.close()
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_the_third_waits_and_sees_how_many_are_before_it() -> None:
    line = Line(2)
    seen: dict[str, list[object]] = {}
    gate = threading.Event()

    def go(name: str) -> None:
        code = f"import time; time.sleep({3 if name in 'ab' else 0})"
        steps = run("tests.datasets.run_code", [code], line, seconds=20)
        with closing(steps):
            seen[name] = []
            for step in steps:
                seen[name].append(step)
                gate.set()

    threads = []
    for name in "abcd":
        threads.append(threading.Thread(target=go, args=(name,)))
        threads[-1].start()
        assert gate.wait(5)
        gate.clear()
        time.sleep(0.05)
    for thread in threads:
        thread.join(20)
    assert not [step for name in "ab" for step in seen[name] if isinstance(step, Waiting)]
    assert next(iter(seen["c"])) == Waiting(1)
    assert next(iter(seen["d"])) == Waiting(2)
    assert all(isinstance(steps[-1], Ended) and steps[-1].code == 0 for steps in seen.values())


def test_a_process_is_told_no_secret_and_leaves_no_core(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COCKPIT_SOURCE_URL", "COCKPIT_DECISIONS_URL", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY", "ANY_TOKEN"):
        monkeypatch.setenv(name, "secret")
    assert "secret" not in environment().values()
    assert environment(("COCKPIT_DECISIONS_URL",))["COCKPIT_DECISIONS_URL"] == "secret"
    code = "import os, resource; print(os.environ, resource.getrlimit(resource.RLIMIT_CORE))"
    said = [step.line for step in run("tests.datasets.run_code", [code], Line(1), seconds=20) if isinstance(step, Said)]
    assert "secret" not in "".join(said)
    assert "(0, 0)" in "".join(said)


def test_memory_and_time_are_held_from_outside() -> None:
    greedy = "import time; time.sleep(0.5); print('start', flush=True); bytearray(1 << 30)"
    end = list(run("tests.datasets.run_code", [greedy], Line(1), seconds=20, memory_mib=512))[-1]
    assert isinstance(end, Ended)
    assert end.code != 0
    assert "MemoryError" in end.words
    start = time.monotonic()
    end = list(run("tests.datasets.run_code", ["while True: pass"], Line(1), seconds=1))[-1]
    assert end == Ended(-signal.SIGKILL, "", is_late=True)
    assert time.monotonic() - start < 5
    quiet = "import os, time; os.close(1); time.sleep(60)"
    assert list(run("tests.datasets.run_code", [quiet], Line(1), seconds=1))[-1] == Ended(-signal.SIGKILL, "", True)
