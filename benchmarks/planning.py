"""What a breakdown and a lever cost: nine targets with a thousand draws, one lever of what-if; ten times the towns.

    python -m benchmarks.planning

Bounds of ours: nine breakdowns under 1 s, one lever under 150 ms, both at 137 towns.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from cockpit.analysis.briefing import break_down, scenario
from cockpit.analysis.briefing.levers import read_lever
from cockpit.analysis.measures import Cube
from cockpit.briefings import Desk, open_desk

TARGETS = 9
RUNS = 5
TIMES = 10
OUTPUT = "total_output_yuan"
LEVER = f"growth:{OUTPUT}:class:digital_economy:0.06"


def seconds(work: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def more(cube: Cube, towns: pd.DataFrame, times: int) -> tuple[Cube, pd.DataFrame]:
    """The same towns so many times over, each with a code of its own."""
    names = tuple(f"{code}-{n}" for n in range(times) for code in cube.towns)
    values, status = np.tile(cube.values, (1, times, 1)), np.tile(cube.status, (1, times))
    frame = pd.concat([towns] * times, ignore_index=True)
    frame["town_code"] = names
    return replace(cube, towns=names, values=values, status=status), frame


def measured(desk: Desk, times: int) -> tuple[int, float, float]:
    """(towns, seconds of nine breakdowns, seconds of one lever)."""
    cube, towns = more(desk.cube, desk.dataset.towns, times) if times > 1 else (desk.cube, desk.dataset.towns)
    indicator, total = desk.register.indicator(OUTPUT), 33_000e8 * times
    lever = read_lever(LEVER, desk.register.indicators)
    assert lever is not None
    frames = {**desk.dataset.frames, "towns": towns}
    dataset = replace(desk.dataset, frames=frames)

    def nine() -> None:
        for _ in range(TARGETS):
            break_down(cube, towns, indicator, 2030, total, 1e8, desk.register.planning)

    pulled = [lever]
    return len(towns), seconds(nine), seconds(lambda: scenario(dataset, cube, desk.register, "2025", pulled))


def main() -> None:
    """Print both sizes and their ratio."""
    desk = open_desk("demo")
    small, large = measured(desk, 1), measured(desk, TIMES)
    print("towns\tnine breakdowns, 1,000 draws (s)\tone lever (s)")
    for count, nine, lever in (small, large):
        print(f"{count:,}\t{nine:.2f}\t{lever:.3f}")
    print(f"x{large[0] / small[0]:.0f}\tx{large[1] / small[1]:.1f}\tx{large[2] / small[2]:.1f}")


if __name__ == "__main__":
    main()
