"""Does the app answer while it is leant on? `python -m benchmarks.sturdy [--seconds 20] [--rest 60]`.

100 readers of all firms (ten of them stop reading), 20 visitors who make a briefing pack and 50 sockets opened by a
foreign page are tried at once, again and again; meanwhile /healthz is asked fifty times a second from a process of its
own. Prints its times before, while and after, what became of the tries, and the memory before and a minute later. No
threshold fails the run; the aim is a p99 below 250 ms and memory back within a fifth.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import multiprocessing
import socket
import statistics
import tempfile
import threading
import time
from collections import Counter
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.client import StreamlitClient
from benchmarks.serving import Server, running_server

READERS: Final = 100
STALLING: Final = 10
PACKS: Final = 20
HANDSHAKES: Final = 50
EVERY_S: Final = 0.02
AIM_MS: Final = 250.0
AIM_GROWTH: Final = 0.2
_PIECE: Final = 1 << 16


async def _ask(port: int, lines: list[str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await writer.drain()
    status = int((await reader.readline()).split()[1])
    return reader, writer, status


async def _read_firms(port: int, until: float, is_stalling: bool, told: Counter[str]) -> None:
    """Ask for all firms until they came once, as a caller does that keeps to Retry-After."""
    lines = ["GET /api/v1/firms.csv HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    while time.monotonic() < until:
        reader, writer, status = await _ask(port, lines)
        told[f"firms.csv {status}"] += 1
        wait = 0.0
        while (line := await reader.readline()).strip():
            name, _, value = line.decode().partition(":")
            wait = float(value) if name.lower() == "retry-after" else wait
        if status == 200 and is_stalling:
            await asyncio.sleep(max(0.0, until - time.monotonic()))
        while status == 200 and not is_stalling and await reader.read(_PIECE):
            pass
        writer.close()
        if status == 200:
            return
        await asyncio.sleep(wait or 0.5)


async def _make_pack(url: str, until: float, told: Counter[str]) -> None:
    async with await StreamlitClient.open(url, "/") as client:
        await client.run("lang=zh")
        await client.press("汇报包")
        try:
            await asyncio.wait_for(client.press("生成"), max(1.0, until - time.monotonic()))
            told["packs made"] += 1
        except TimeoutError:
            told["packs still in line or being made at the end"] += 1  # leaving ends them


async def _open_foreign(port: int, number: int, until: float, told: Counter[str]) -> None:
    lines = [
        "GET /_stcore/stream HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://page{number}.invalid",
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: streamlit",
    ]  # fmt: skip
    while time.monotonic() < until:
        _, writer, status = await _ask(port, lines)
        told[f"foreign sockets {status}"] += 1
        writer.close()
        await asyncio.sleep(1)


async def _lean(url: str, seconds: float) -> Counter[str]:
    port, until, told = urlsplit(url).port or 80, time.monotonic() + seconds, Counter[str]()
    tries: list[Any] = [_read_firms(port, until, number < STALLING, told) for number in range(READERS)]
    tries += [_make_pack(url, until, told) for _ in range(PACKS)]
    tries += [_open_foreign(port, number, until, told) for number in range(HANDSHAKES)]
    for outcome in await asyncio.gather(*tries, return_exceptions=True):
        if isinstance(outcome, BaseException):
            told[f"broken off: {type(outcome).__name__}"] += 1
    return told


def lean(url: str, seconds: float, answer: Any) -> None:
    """All tries of a run, in a process of its own."""
    answer.put(asyncio.run(_lean(url, seconds)))


def probe(url: str, stop: threading.Event) -> list[float]:
    """Milliseconds of /healthz, asked at even times; a slow answer is not hidden by asking less."""
    parts, found, due = urlsplit(url), [], time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=60)
    while not stop.is_set():
        due += EVERY_S
        began = time.monotonic()
        if connection.sock is None:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        found.append((time.monotonic() - began) * 1000)
        time.sleep(max(0.0, due - time.monotonic()))
    connection.close()
    return found


def _probed(url: str, work: Any) -> tuple[list[float], Any]:
    stop, found = threading.Event(), list[float]()
    thread = threading.Thread(target=lambda: found.extend(probe(url, stop)))
    thread.start()
    try:
        outcome = work()
    finally:
        stop.set()
        thread.join()
    return found, outcome


def _row(name: str, times: list[float], rss: float) -> str:
    cuts = statistics.quantiles(times, n=100)
    figures = (len(times), f"{cuts[49]:.1f}", f"{cuts[98]:.1f}", f"{max(times):.0f}", f"{rss:.0f}")
    return f"{name:<28}" + "".join(f"{figure:>12}" for figure in figures)


def measure(server: Server, seconds: float, rest: float) -> None:
    async def visit() -> None:
        async with await StreamlitClient.open(server.url, "/") as client:
            await client.run("lang=zh")

    async def warm() -> None:
        """One of each kind, and the visitors: what a first one brings for good is no growth."""
        port = urlsplit(server.url).port or 80
        await asyncio.gather(*(visit() for _ in range(5)))
        await _read_firms(port, time.monotonic() + 30, False, Counter())
        await _make_pack(server.url, time.monotonic() + 60, Counter())

    asyncio.run(warm())
    idle, _ = _probed(server.url, lambda: time.sleep(5))
    before = server.rss_mib()
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=lean, args=(server.url, seconds, answer))

    def work() -> Counter[str]:
        process.start()
        told: Counter[str] = answer.get()
        process.join()
        return told

    leant, told = _probed(server.url, work)
    most = server.rss_mib()
    time.sleep(rest)
    asyncio.run(visit())  # sessions that ended are cleared away when another one comes
    after, _ = _probed(server.url, lambda: time.sleep(5))
    left = server.rss_mib()
    print(f"{'/healthz':<28}" + "".join(f"{head:>12}" for head in ("asked", "p50 ms", "p99 ms", "worst ms", "RSS MiB")))
    print(_row("before", idle, before))
    print(_row(f"leant on for {seconds:.0f} s", leant, most))
    print(_row(f"{rest:.0f} s later", after, left))
    for name, count in sorted(told.items()):
        print(f"  {name}: {count}")
    p99, growth = statistics.quantiles(leant, n=100)[98], left / before - 1
    print(f"p99 {p99:.0f} ms (aim below {AIM_MS:.0f}); memory {growth:+.0%} (aim within {AIM_GROWTH:.0%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rest", type=float, default=60)
    parser.add_argument("--port", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = {"COCKPIT_DATA_DIR": folder, "COCKPIT_DECISIONS_URL": f"sqlite:///{folder}/decisions.sqlite"}
        with running_server(environment=places, port=given.port) as server:
            measure(server, given.seconds, given.rest)


if __name__ == "__main__":
    main()
