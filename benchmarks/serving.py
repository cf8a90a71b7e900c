"""Starts the app for a measurement or a test on a free loopback port, and always ends it.

Standard library only. Shared by the benchmarks and tests/browser, so that both wait for a server in the same way.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
READY_WITHIN_S = 90.0
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Server:
    """A running app. `url` has no trailing slash."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    ready_s: float

    def rss_mib(self) -> float:
        """Return the resident memory of the server process in MiB (Linux; NaN elsewhere)."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return float("nan")
        return pages * _PAGE_BYTES / 2**20


def free_port() -> int:
    """Return a loopback port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_server(
    app: Path | None = None,
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
    ready_path: str = "/readyz",
) -> Iterator[Server]:
    """Serve `app` (default: the project's streamlit_app.py) until the block ends, on `port` or a free one.

    `ready_path` answers once it can be visited; a script without our launcher has only the framework's own.
    Raises RuntimeError with the server's own words when it ends early or is not ready in time.
    """
    app = (app or PROJECT / "streamlit_app.py").resolve()
    port = port or free_port()
    # Not the caller's folder: Streamlit reads .streamlit/config.toml from where it is started.
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)]
    descriptor, name = tempfile.mkstemp(prefix="cockpit-server-", suffix=".log")
    log = Path(name)
    began = time.monotonic()
    with os.fdopen(descriptor, "wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=app.parent,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            # Nothing that happens by the clock stands between two measurements, or two looks of a test.
            env={**os.environ, "COCKPIT_TICK": "off", **(environment or {})},
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(process, url, ready_path, log)
        yield Server(url, process, log, time.monotonic() - began)
    finally:
        _end(process)
        log.unlink(missing_ok=True)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, path: str, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    reason = "no answer yet"
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode}:\n{_tail(log)}")
        try:
            with urllib.request.urlopen(f"{url}{path}", timeout=5) as answer:
                # Without a route of this name the app answers with its page: that is not readiness.
                if answer.status == 200 and "html" not in answer.headers.get("content-type", ""):
                    return
                reason = f"{path} answers with a page; has the launcher the route?"
        except (urllib.error.URLError, OSError) as error:
            reason = str(error)
        time.sleep(0.1)
    raise RuntimeError(f"The server is not ready after {READY_WITHIN_S:.0f} s ({reason}):\n{_tail(log)}")


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-4000:]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
