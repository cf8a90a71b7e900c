"""What idle sessions cost that ask for the current version: `python -m benchmarks.live`.

Holds sessions over the app's websocket and lets each ask over its own connection, as a browser does, and prints the
server's CPU share of one core with and without the questions.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time

import httpx

from benchmarks.reruns import cpu_ms, opened
from benchmarks.serving import Server, running_server
from cockpit.ui.frame.live import ADDRESS, EVERY_MS


async def _ask(url: str, until: float, delay: float, took: list[float]) -> None:
    async with httpx.AsyncClient(base_url=url) as client:
        await asyncio.sleep(delay)
        while time.monotonic() < until:
            began = time.perf_counter()
            (await client.get(ADDRESS, params={"dataset": "demo"})).raise_for_status()
            took.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(EVERY_MS / 1000)


async def _share(server: Server, seconds: float, sessions: int) -> tuple[float, list[float]]:
    """(CPU in percent of one core, ms of each answer) while `sessions` ask for `seconds`."""
    took: list[float] = []
    before, began = cpu_ms(server), time.monotonic()
    until = began + seconds
    asking = [_ask(server.url, until, EVERY_MS / 1000 * number / max(sessions, 1), took) for number in range(sessions)]
    await asyncio.gather(asyncio.sleep(seconds), *asking)
    return (cpu_ms(server) - before) / (time.monotonic() - began) / 10, took


async def _measure(server: Server, sessions: int, seconds: float) -> None:
    async with opened(server, "/", sessions):
        await asyncio.sleep(3)
        silent, _ = await _share(server, seconds, 0)
        asking, took = await _share(server, seconds, sessions)
    print(f"{sessions} idle sessions, silent             {silent:6.2f} % of one core")
    print(f"{sessions} idle sessions, asking every {EVERY_MS / 1000:g} s  {asking:6.2f} % of one core")
    print(f"answer, median of {len(took)}               {statistics.median(took):6.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with running_server() as server:
        asyncio.run(_measure(server, options.sessions, options.seconds))


if __name__ == "__main__":
    main()
