"""What a crowd with phones costs: `python -m benchmarks.scan`.

Scans of different towns all at once, each over a connection of its own, as phones do: how many failed, how long the
slowest waited, how large a page is; and the server's time for one page, first and again.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time

import httpx

from benchmarks.serving import Server, running_server
from cockpit.datasets.store.loading import load
from cockpit.town_codes import printed

_WAIT = 30.0


async def _scan(url: str, path: str, gate: asyncio.Event) -> tuple[int, float, int]:
    """(status, ms, bytes of the page) of one phone; 0 where the connection failed."""
    async with httpx.AsyncClient(base_url=url, timeout=_WAIT) as client:
        await gate.wait()
        began = time.perf_counter()
        try:
            answer = await client.get(path)
        except httpx.HTTPError:
            return 0, (time.perf_counter() - began) * 1000, 0
        return answer.status_code, (time.perf_counter() - began) * 1000, len(answer.content)


async def _crowd(url: str, paths: list[str]) -> list[tuple[int, float, int]]:
    gate = asyncio.Event()
    phones = [asyncio.create_task(_scan(url, path, gate)) for path in paths]
    await asyncio.sleep(0.5)
    gate.set()
    return list(await asyncio.gather(*phones))


def _tell(name: str, found: list[tuple[int, float, int]]) -> None:
    times = sorted(took for _, took, _ in found)
    failed = sum(status != 200 for status, _, _ in found)
    largest = max(size for _, _, size in found)
    print(
        f"{name}: {failed} failed, median {statistics.median(times):.0f} ms, slowest {times[-1]:.0f} ms, "
        f"largest page {largest / 1000:.1f} kB"
    )


def _one_by_one(server: Server, codes: list[str]) -> None:
    with httpx.Client(base_url=server.url, timeout=_WAIT) as client:
        for name in ("very first", "made once", "from memory"):
            took = []
            for code in codes[:1] if name == "very first" else codes[1:21]:
                began = time.perf_counter()
                client.get(f"/t/{code}").raise_for_status()
                took.append((time.perf_counter() - began) * 1000)
            print(f"one page, {name:11s} {statistics.median(took):7.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=200)
    options = parser.parse_args()
    codes = [printed(str(code)) for name in ("demo", "public") for code in load(name).towns["town_code"]]
    paths = [f"/t/{codes[number % len(codes)]}" for number in range(options.phones)]
    with running_server() as server:
        before = server.rss_mib()
        _tell(f"{options.phones} scans at once, cold", asyncio.run(_crowd(server.url, paths)))
        _tell(f"{options.phones} scans at once, again", asyncio.run(_crowd(server.url, paths)))
        print(f"memory {before:.0f} MiB before, {server.rss_mib():.0f} MiB after")
    with running_server() as server:
        _one_by_one(server, codes)


if __name__ == "__main__":
    main()
