"""What a briefing pack costs, and what it costs the others: `python -m benchmarks.pack`.

Builds the province's pack as the app does, in a process of its own, and prints seconds and bytes; then lets another
session of a running app rerun two selections in turn, with and without a pack being built beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import time
from contextlib import closing

from benchmarks.client import Run, StreamlitClient
from benchmarks.reruns import percentile, selections
from benchmarks.serving import Server, running_server
from cockpit.exports.pack.process import Made, run

PROVINCE = ("--dataset", "demo", "--period", "2025", "--lang", "zh")


def build(*more: str) -> Made:
    """Build the province's pack and wait for it."""
    with closing(run([*PROVINCE, *more])) as steps:
        return next(step for step in steps if isinstance(step, Made))


def measure_packs(count: int) -> None:
    """Seconds of all three files together and of each alone; the quickest of `count` runs, and the median."""
    for formats in ("pptx,docx,xlsx", "pptx", "docx", "xlsx"):
        made = [build("--formats", formats) for _ in range(count)]
        seconds = sorted(each.seconds for each in made)
        size = sum(len(content) for content in made[0].files.values()) / 1024
        print(
            f"{formats:15}  quickest {seconds[0]:5.2f} s  median {statistics.median(seconds):5.2f} s  {size:7.0f} KiB"
        )


async def _rerun(client: StreamlitClient, pair: list[str], seconds: float) -> list[Run]:
    until, runs = time.monotonic() + seconds, []
    for number in itertools.count():
        runs.append(await client.run(pair[number % 2]))
        if time.monotonic() > until:
            return runs
    raise AssertionError


async def _build_on(until: float) -> int:
    count = 0
    while time.monotonic() < until:
        await asyncio.to_thread(build)
        count += 1
    return count


async def measure_others(server: Server, seconds: float) -> None:
    """Reruns of another session, alone and beside packs built one after the other."""
    async with await StreamlitClient.open(server.url, "/") as client:
        pair = list(itertools.islice(selections(), 2))
        for query in ("", *pair, *pair):
            await client.run(query)
        alone = await _rerun(client, pair, seconds)
        beside, packs = await asyncio.gather(_rerun(client, pair, seconds), _build_on(time.monotonic() + seconds - 1))
    for name, runs in (("alone", alone), (f"beside {packs} packs", beside)):
        print(
            f"another session, {name:15}  p50 {percentile(runs, 0.5):6.1f} ms  p95 {percentile(runs, 0.95):6.1f} ms  "
            f"of {len(runs)} reruns"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    measure_packs(options.packs)
    with running_server() as server:
        asyncio.run(measure_others(server, options.seconds))


if __name__ == "__main__":
    main()
