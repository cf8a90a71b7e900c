"""What a click costs the server: `python -m benchmarks.reruns [--path /chain] [--quick] [--json]`.

Starts the app on a free loopback port, drives it over its own websocket and prints each figure beside what we expect
of it. Client and server share this machine, so figures are those of a busy one. No threshold fails the run.
Every loop is bounded; `--quick` does a tenth.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import math
import os
import platform
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from benchmarks.client import Run, StreamlitClient
from benchmarks.serving import Server, running_server
from cockpit.vocabulary import PREFECTURES

# Ours, from the first measurements of the design; a slower machine is not a fault, a sudden change is a question.
EXPECTED: Final[dict[str, float]] = {
    "idle memory": 250.0,
    "first session": 600.0,
    "new session p50": 600.0,
    "repeated selection p50": 60.0,
    "new selection p50": 150.0,
    "8 clients, repeated": 40.0,
}
MORE_IS_BETTER: Final = frozenset({"8 clients, repeated"})
CLIENTS: Final = 8
YEARS: Final = ("2020", "2021", "2022", "2023", "2024")
SESSIONS: Final = 50
SOAK_RERUNS: Final = 2_000
SOAK_CLIENTS: Final = 4


@dataclass(frozen=True)
class Measure:
    """One line of the table; `ratio` is measured over expected, None where nothing is expected."""

    name: str
    value: float
    unit: str
    expected: float | None = None
    ratio: float | None = None


def measure(name: str, value: float, unit: str) -> Measure:
    expected = EXPECTED.get(name)
    ratio = None if expected is None or math.isnan(value) else round(value / expected, 2)
    return Measure(name, round(value, 2), unit, expected, ratio)


def selections(seed: int = 0) -> Iterator[str]:
    """Yield address queries of the filter bar, each a different selection, in a fixed order mixed by `seed`.

    Two prefectures and a period each: none of them is empty, an empty page would cost next to nothing.
    """
    grid = list(itertools.product(itertools.combinations(PREFECTURES, 2), YEARS))
    # Steps of a number coprime to the grid's size visit all of it and change every filter at each step.
    step = next(number for number in itertools.count(89 + seed) if math.gcd(number, len(grid)) == 1)
    for index in range(len(grid)):
        prefectures, period = grid[index * step % len(grid)]
        yield urlencode({"prefecture": prefectures, "period": period}, doseq=True)


def percentile(runs: Sequence[Run], share: float) -> float:
    ordered = sorted(run.ms for run in runs)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def cpu_ms(server: Server) -> float:
    """Return CPU time the server has used so far in ms (Linux; NaN elsewhere)."""
    try:
        fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return math.nan


async def measure_sessions(server: Server, path: str, count: int) -> list[Measure]:
    """First session, new sessions, and what an open session holds in memory."""
    found = [measure("idle memory", server.rss_mib(), "MiB")]
    began = time.perf_counter()
    async with await StreamlitClient.open(server.url, path) as client:
        first = await client.run()
        found.append(measure("first session", (time.perf_counter() - began) * 1000, "ms"))
        found.append(measure("first session, sent", first.wire_bytes / 1000, "kB"))
    after_first = server.rss_mib()
    found.append(measure("memory after first session", after_first, "MiB"))
    async with contextlib.AsyncExitStack() as stack:
        times = []
        before = math.nan
        for number in range(count + 1):
            began = time.perf_counter()
            client = await stack.enter_async_context(await StreamlitClient.open(server.url, path))
            await client.run()
            times.append((time.perf_counter() - began) * 1000)
            if number == 0:  # The first of them still fills caches; memory counts from the second.
                before = server.rss_mib()
        found.append(measure("new session p50", statistics.median(times), "ms"))
        found.append(measure(f"memory per session, of {count}", (server.rss_mib() - before) * 1024 / count, "KiB"))
    return found


async def measure_reruns(server: Server, path: str, count: int) -> list[Measure]:
    """One client: every selection new, then two selections in turn."""
    found = []
    async with await StreamlitClient.open(server.url, path) as client:
        await client.run()
        queries = selections()
        fresh = [await client.run(query) for query in itertools.islice(queries, count)]
        pair = [next(queries), next(queries)]
        for query in pair:
            await client.run(query)
        cpu_before = cpu_ms(server)
        repeated = [await client.run(pair[number % 2]) for number in range(count)]
        cpu_each = (cpu_ms(server) - cpu_before) / count
    for name, runs in (("new selection", fresh), ("repeated selection", repeated)):
        found.append(measure(f"{name} p50", percentile(runs, 0.5), "ms"))
        found.append(measure(f"{name} p95", percentile(runs, 0.95), "ms"))
        found.append(measure(f"{name}, sent", statistics.median(run.wire_bytes for run in runs) / 1000, "kB"))
        plain = statistics.median(run.message_bytes for run in runs) / 1000
        found.append(measure(f"{name}, sent before compression", plain, "kB"))
    found.append(measure("repeated selection, server CPU", cpu_each, "ms"))
    return found


@contextlib.asynccontextmanager
async def opened(server: Server, path: str, count: int) -> AsyncIterator[list[StreamlitClient]]:
    """Hold `count` sessions that have had their first run."""
    async with contextlib.AsyncExitStack() as stack:
        clients = []
        for _ in range(count):
            client = await stack.enter_async_context(await StreamlitClient.open(server.url, path))
            await client.run()
            clients.append(client)
        yield clients


async def drive_together(clients: Sequence[StreamlitClient], each: int, queries: Sequence[str]) -> list[Run]:
    """Let every client make `each` reruns over `queries`, all at once."""

    async def drive(client: StreamlitClient, offset: int) -> list[Run]:
        return [await client.run(queries[(offset + number) % len(queries)]) for number in range(each)]

    gathered = await asyncio.gather(*(drive(client, offset) for offset, client in enumerate(clients)))
    return [run for runs in gathered for run in runs]


async def measure_crowd(server: Server, path: str, each: int) -> list[Measure]:
    """Several clients at once on selections the server knows."""
    queries = list(itertools.islice(selections(), 4))
    async with opened(server, path, CLIENTS) as clients:
        await drive_together(clients[:1], len(queries), queries)
        began = time.perf_counter()
        runs = await drive_together(clients, each, queries)
        seconds = time.perf_counter() - began
    return [
        measure(f"{CLIENTS} clients, repeated", len(runs) / seconds, "reruns/s"),
        measure(f"{CLIENTS} clients, repeated p50", percentile(runs, 0.5), "ms"),
        measure(f"{CLIENTS} clients, repeated p95", percentile(runs, 0.95), "ms"),
    ]


async def measure_soak(server: Server, path: str, reruns: int) -> list[Measure]:
    """Many reruns of the same sessions over a few dozen selections: does memory stop growing?"""
    queries = list(itertools.islice(selections(), 24))
    async with opened(server, path, SOAK_CLIENTS) as clients:
        await drive_together(clients, len(queries), queries)
        rss = [server.rss_mib()]
        for _ in range(2):
            await drive_together(clients, reruns // 2 // SOAK_CLIENTS, queries)
            rss.append(server.rss_mib())
    names = ("start", "half-way", "end")
    found = [measure(f"soak of {reruns}, memory {name}", value, "MiB") for name, value in zip(names, rss, strict=True)]
    return [*found, measure("soak, second half, per 1,000 reruns", (rss[2] - rss[1]) * 2_000 / reruns, "MiB")]


async def measure_all(server: Server, path: str, quick: bool, soak: int) -> list[Measure]:
    part = 10 if quick else 1
    return [
        *await measure_sessions(server, path, SESSIONS // part),
        *await measure_reruns(server, path, max(10, 100 // part)),
        *await measure_crowd(server, path, max(5, 40 // part)),
        *await measure_soak(server, path, max(soak // part, 2 * SOAK_CLIENTS)),
    ]


def print_table(measures: Sequence[Measure]) -> None:
    width = max(len(item.name) for item in measures)
    for item in measures:
        line = f"{item.name:{width}}  {item.value:10,.1f} {item.unit:9}"
        if item.ratio is not None:
            sense = "at least" if item.name in MORE_IS_BETTER else "at most"
            line += f" expected {sense} {item.expected:g}, {item.ratio:.2f} of it"
        print(line.rstrip())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, help="launcher to serve instead of the project's")
    parser.add_argument("--path", default="/", help="page to visit, such as /chain")
    parser.add_argument("--quick", action="store_true", help="a tenth of the loops")
    parser.add_argument("--soak", type=int, default=SOAK_RERUNS, help=f"reruns of the soak (default {SOAK_RERUNS})")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with running_server(options.app) as server:
        measures = [measure("server ready", server.ready_s, "s")]
        measures += asyncio.run(measure_all(server, options.path, options.quick, options.soak))
    if options.json:
        host = {"cores": os.cpu_count(), "python": platform.python_version(), "quick": options.quick}
        print(
            json.dumps({"path": options.path, "host": host, "measures": [asdict(item) for item in measures]}, indent=2)
        )
    else:
        print_table(measures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
