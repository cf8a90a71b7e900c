"""The page 督办 with many matters: `python -m benchmarks.matters [--count 5000] [--json]`.

A log of its own is filled with the demonstration's story over and over; then, in this process, what the server does for
a run of the page is timed: the first look (every matter folded), a look after one event more, board, table, a filter;
and a round of the clock, with and without something to write.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cockpit.analysis.supervision.machine import Matter
from cockpit.analysis.supervision.views import Narrowed, narrowed
from cockpit.briefings import open_desk, today
from cockpit.briefings.alerting import seen_now, sightings
from cockpit.briefings.supervising import all_matters, count_matters, lit_matters, standing, tally_matters
from cockpit.briefings.ticking import tick
from cockpit.datasets.database.events import Row
from cockpit.datasets.matters.demonstration import story
from cockpit.datasets.matters.log import MatterLog, matter_log
from cockpit.policy.register import load
from cockpit.visuals.actions.blocks import board
from cockpit.visuals.actions.figures import track
from cockpit.visuals.actions.table import table
from cockpit.visuals.marks.markup import Markup

COUNT: Final = 5000
TIMES: Final = 15


def many(count: int) -> list[Row]:
    """The story's matters again and again, each time under other numbers."""
    rows = story()
    names = list(dict.fromkeys(row.subject for row in rows))
    made: list[Row] = []
    for turn in range(-(-count // len(names))):
        renamed = {name: f"DB-2026-{turn * len(names) + place:04d}" for place, name in enumerate(names, start=1)}
        made += [replace(row, subject=renamed[row.subject]) for row in rows]
    return made


def one_more(log: MatterLog) -> None:
    log.open_matter(Row("", 1, datetime.now(UTC), "filed", "演示甲", "省特镇办", "", {"title": "t", "dataset": "demo"}))


def timed(what: Callable[[], Any], times: int = TIMES) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        what()
        found.append((time.perf_counter() - began) * 1000)
    return found


def look(by: Narrowed, way: str, order: str = "") -> Markup:
    """What the server does for one run of the page, without the framework around it."""
    matters = all_matters().of_dataset("demo")
    day = matters.day(today())
    tally_matters(matters, day)
    count_matters(matters, day)
    kept = narrowed(lit_matters(matters, day), by, order)
    rules = load().supervision

    def tracks(item: Matter) -> Markup:
        return track(item, load().indicators.get(item.goal.indicator), standing(item), "zh")

    if way == "table":
        return table(kept[:25], matters.events, tracks, order, day, rules, "zh")
    return board([item.matter for item in kept], {}, tracks, day, rules, "zh")


def _two_hundred_rules() -> None:
    """The rules many times over, with everything judged before: what a further rule costs."""
    desk = open_desk("demo")
    few = list(desk.register.alerts.values())
    rules = {f"{rule.id}_{turn}": rule for turn in range(-(-200 // len(few))) for rule in few}
    sightings(replace(desk, register=replace(desk.register, alerts=rules)), today())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=COUNT)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COCKPIT_DATABASE_URL"] = f"sqlite:///{Path(folder, 'matters.sqlite')}"
        log = matter_log(os.environ["COCKPIT_DATABASE_URL"])
        log.begin(many(options.count))
        open_desk("demo")
        found = {"first look, every matter folded": timed(all_matters, 1)[0]}
        look(Narrowed(), "board")
        after = []
        for _ in range(TIMES):
            one_more(log)
            after += timed(lambda: look(Narrowed(), "board"), 1)
        found["board after one event more"] = statistics.median(after)
        found["board, asked at most 150"] = statistics.median(timed(lambda: look(Narrowed(), "board")))
        found["a filter, asked at most 60"] = statistics.median(timed(lambda: look(Narrowed(light="red"), "board")))
        found["table"] = statistics.median(timed(lambda: look(Narrowed(), "table")))
        found["table by its light, filtered"] = statistics.median(
            timed(lambda: look(Narrowed(region="330100"), "table", "-light"))
        )
        seen_now("demo", today())
        found["rules judged, 200 of them"] = timed(_two_hundred_rules, 1)[0]
        found["tick that writes what is due"] = timed(lambda: tick("demo"), 1)[0]
        found["tick, asked at most 5000"] = timed(lambda: tick("demo"), 1)[0]
        found["matters"] = float(len(all_matters().matters))
    told = (f"{name:36}{value:10.1f}{'' if name == 'matters' else ' ms'}" for name, value in found.items())
    print(json.dumps(found) if options.json else "\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
