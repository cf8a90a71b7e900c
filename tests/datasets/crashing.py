"""Run as a process of its own: publishes again and again, is killed at every step and at random, while others read.

    python -m tests.datasets.crashing <random kills> <seed>

Each publisher is a fork that kills itself before its n-th touch of the disk, or is killed from outside. Version i
of the data says 100 + i for town A and 200 + i for town B, so a reader that sees anything mixed can tell. Prints what
happened as JSON. `COCKPIT_DATA_DIR` and `SHIPPED` name the folders.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from cockpit.datasets.publishing import submissions
from cockpit.datasets.publishing.releases import log_of, publish, roll_back
from cockpit.datasets.store import loading
from cockpit.datasets.store.loading import load
from tests.acts import by
from tests.datasets.publishing_small import YI, submit

TOUCHES = ("fsync", "replace", "rename", "link", "mkdir", "unlink")
READERS = 2
SEEN_BY_ALL = 3


def fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr, flush=True)
            os._exit(1)
    return child


def figures() -> tuple[str, float, float]:
    """Version, figure of A and of B as a reader finds them on the disk."""
    loading._loaded.clear()
    dataset = load("demo")
    assert dataset.warning is None, dataset.warning
    rows = dataset.table("returns").astype({"town_code": "str", "period": "str", "indicator": "str"})
    found = rows[(rows["period"] == "2025") & (rows["indicator"] == "total_output_yuan")].set_index("town_code")
    a, b = (round(float(found.loc[town, "value"]) / YI) for town in ("A", "B"))
    cells = dataset.table("return_sources").astype("str")
    if dataset.manifest.submission:
        mine = cells[(cells["period"] == "2025") & (cells["indicator"] == "total_output_yuan")]
        assert set(mine["submission"]) == {dataset.manifest.submission}, "figures of one version, cells of another"
        assert b - a == 100, f"mixed: {a} and {b}"
    return dataset.manifest.version, a, b


def read_until_told(stop: Path, report: Path) -> None:
    count, seen = 0, []
    while not stop.exists():
        version = figures()[0]
        count += 1
        if version not in seen:
            seen.append(version)
            report.with_suffix(".seen").write_text(version)
        time.sleep(0.02)  # the publishers need the cores as well
    report.write_text(json.dumps({"reads": count, "versions": len(seen)}))


def wait_until_seen(reports: list[Path], version: str) -> None:
    """Let every reader come to the version: on a busy machine they miss those that live for a moment."""
    until = time.monotonic() + 60
    marks = [report.with_suffix(".seen") for report in reports]
    while not all(mark.exists() and mark.read_text() == version for mark in marks):
        assert time.monotonic() < until, "a reader never saw the version"
        time.sleep(0.02)


def killed_before(step: int) -> None:
    """Count touches of the disk from here on; die before the given one, never for 0."""
    passed = [0]

    def counting(call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **values: Any) -> Any:
            passed[0] += 1
            if passed[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **values)

        return run

    for name in TOUCHES:
        setattr(os, name, counting(getattr(os, name)))


def attempt(number: int, step: int = 0, after: float | None = None) -> tuple[bool, bool, float]:
    """One publisher; returns (was it killed, is its version current, seconds it lived)."""
    before = figures()
    delivery = submit(
        {(town, "2025", "total_output_yuan"): base + number for town, base in (("A", 100.0), ("B", 200.0))}
    )

    def work() -> None:
        killed_before(step)
        publish("demo", delivery.id, by("王五", f"no. {number}"), before[0])

    started = time.monotonic()
    child = fork(work)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    lived = time.monotonic() - started
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "a publisher failed instead of being killed"
    found = figures()
    assert found in (before, (found[0], 100 + number, 200 + number)), f"neither old nor new: {before} {found}"
    return os.WIFSIGNALED(status), found != before, lived


def main() -> None:
    random_kills, seed = int(sys.argv[1]), int(sys.argv[2])
    loading.SHIPPED = Path(os.environ["SHIPPED"])
    root = Path(os.environ["COCKPIT_DATA_DIR"])
    root.mkdir(parents=True, exist_ok=True)
    stop, reports = root / "stop", [root / f"reader-{at}" for at in range(READERS)]
    readers = [fork(lambda report=report: read_until_told(stop, report)) for report in reports]
    duration = attempt(1)[2]
    number, kills, moved, step = 1, 0, 0, 0
    while True:  # every point at which the disk can be left half done
        number, step = number + 1, step + 1
        was_killed, is_new, _ = attempt(number, step)
        moved += is_new
        if not was_killed:
            break
        kills += 1
    at_steps = kills
    chance = random.Random(seed)
    while kills - at_steps < random_kills:  # one that was quicker than its killer counts as none
        number += 1
        # A little longer than one lives: the pointer moves at the very end, and readers shall see it move.
        was_killed, is_new, lived = attempt(number, after=chance.uniform(0, 1.15 * duration))
        duration = duration if was_killed else lived  # the machine may be busier, or less busy, by now
        kills += was_killed
        moved += is_new
    for _ in range(SEEN_BY_ALL):
        number += 1
        moved += attempt(number)[1]
        wait_until_seen(reports, figures()[0])
    roll_back("demo", "v0001", by("王五", "the end of it"))
    stop.touch()
    failed = [reader for reader in readers if os.waitpid(reader, 0)[1] != 0]
    moves = log_of("demo")
    published = {item.id for item in submissions.all_submissions("demo", 10_000) if item.state == "published"}
    answer = {
        "kills": kills,
        "at_steps": at_steps,
        "moved": moved,
        "failed_readers": len(failed),
        "reads": [json.loads(report.read_text()) for report in reports if report.exists()],
        "log_is_a_chain": all(one.to == two.before for one, two in pairwise(moves)),
        "log_tells_all": {move.submission for move in moves if move.submission} == published,
        "logged": len(moves),
        "left_behind": sorted(path.name for path in (root / "demo").rglob(".*") if path.name != ".publishing.lock"),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
