"""What accounts cost: `python -m benchmarks.access [--json]`.

The same click in `local` mode and signed in, one after the other, several times; then 50 sign-ins at once beside a
reader who goes on clicking. Passwords of the run are made for it, in a database of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.client import StreamlitClient
from benchmarks.serving import running_server
from cockpit.access import accounts, grants, house
from cockpit.access.people import LOCAL
from cockpit.access.signing_in import vouched
from cockpit.rights import ALL

ROUNDS: Final = 3
TIMES: Final = 40
BURST: Final = 50
PASSWORD: Final = "Bench-Only-2931"


class _Stay(urllib.request.HTTPRedirectHandler):
    """A sign-in answers with where to go on; the cookie is all we want of it."""

    def redirect_request(self, *_: object) -> None:
        return None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = {"COCKPIT_DATABASE_URL": f"sqlite:///{Path(folder, 'access.sqlite')}"}
        os.environ.update(place)
        people = [f"reader-{number:02}" for number in range(BURST)]
        token = _make_people(people)
        local: list[float] = []
        signed: list[float] = []
        for _ in range(ROUNDS):
            with running_server(environment={"COCKPIT_ACCESS": "local"}) as server:
                local += asyncio.run(_clicks(server.url, ""))
            with running_server(environment={**place, "COCKPIT_ACCESS": "accounts"}) as server:
                signed += asyncio.run(_clicks(server.url, f"cockpit_session={token}"))
        with running_server(environment={**place, "COCKPIT_ACCESS": "accounts"}) as server:
            quiet, busy, last, let_in = asyncio.run(_burst(server.url, f"cockpit_session={token}", people))
    found = {
        "rerun p50, local, ms": statistics.median(local),
        "rerun p50, signed in, ms": statistics.median(signed),
        "ratio, asked at most 1.10": statistics.median(signed) / statistics.median(local),
        "rerun p50 before the burst, ms": quiet,
        "longest rerun during 50 sign-ins, ms": max(busy),
        "of it more than before, asked at most 200 ms": max(busy) - quiet,
        "50 sign-ins done after, s": last,
        "let in": let_in,
    }
    print(json.dumps(found) if options.json else "\n".join(f"{name:48}{value:10.2f}" for name, value in found.items()))
    return 0


def _make_people(people: list[str]) -> str:
    access = house.open_access()
    hashed = accounts.hashing(access).hash(PASSWORD)
    for name in people:
        accounts.add(access, name, name, "", LOCAL)
        accounts.change(access, name, "account.reset", LOCAL, password=hashed, must_change=False)
        grants.give(access, name, "viewer", ALL, LOCAL, "benchmark", {})
    return vouched(access, people[0], "password", "127.0.0.1", "benchmark").token


async def _clicks(url: str, cookie: str, times: int = TIMES) -> list[float]:
    async with await StreamlitClient.open(url, cookie=cookie) as client:
        for _ in range(5):
            await client.run()
        return [(await client.run()).ms for _ in range(times)]


async def _burst(url: str, cookie: str, people: list[str]) -> tuple[float, list[float], float, int]:
    async with await StreamlitClient.open(url, cookie=cookie) as client:
        for _ in range(5):
            await client.run()
        quiet = statistics.median([(await client.run()).ms for _ in range(TIMES)])
        began = time.monotonic()
        with ThreadPoolExecutor(max_workers=len(people)) as pool:
            loop = asyncio.get_running_loop()
            coming = [loop.run_in_executor(pool, _sign_in, url, name) for name in people]
            busy = []
            while not all(item.done() for item in coming):
                busy.append((await client.run()).ms)
            results = [item.result() for item in coming]
    return quiet, busy, time.monotonic() - began, sum(results)


def _sign_in(url: str, account: str) -> bool:
    body = urllib.parse.urlencode({"account": account, "password": PASSWORD, "next": "/"}).encode()
    opener = urllib.request.build_opener(_Stay)
    try:
        opener.open(f"{url}/signin", body, timeout=60)
    except urllib.error.HTTPError as answer:
        return answer.code == 303
    return False


if __name__ == "__main__":
    sys.exit(main())
