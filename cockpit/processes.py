"""Work that may take long, fill the memory or die, in a process of its own: so many at once, the others in line.

The app keeps one process and Python's one lock for everybody; what a visitor sends or asks for must not hold either.
One mechanism for uploads that are read, packs that are made and sheets that are set. Ground floor: standard library.
"""

from __future__ import annotations

import os
import queue
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

_PROJECT: Final = Path(__file__).resolve().parents[1]
TICK: Final = 0.2  # seconds between two signs of life to the caller
_WORDS: Final = 4000  # bytes of what a process said last
# Nothing else of the environment is passed on: what stands in it (addresses of databases, keys) is no business of a
# process that reads what strangers send.
_PASSED: Final = frozenset(
    {"HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "SYSTEMROOT",
     "TMPDIR", "TZ", "VIRTUAL_ENV", "XDG_CACHE_HOME", "COCKPIT_DATA_DIR", "COCKPIT_DATASET", "COCKPIT_GEO_DIR",
     "COCKPIT_PUBLIC_URL", "COCKPIT_SCAN_PAGES"}
)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """In line: so many are before this one."""

    ahead: int


@dataclass(frozen=True)
class Said:
    """A line the process wrote; "" is a sign of life without one."""

    line: str


@dataclass(frozen=True)
class Ended:
    """How it ended: its code (negative for a signal), what it said last on its error output, whether time ran out."""

    code: int
    words: str
    is_late: bool = False


class Line:
    """So many at once; the others wait in the order they came. Safe to share between threads."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._moved = threading.Condition()
        self._standing: list[object] = []

    @contextmanager
    def joined(self) -> Iterator[Callable[[float], int]]:
        """Stand in line; yields `ahead(seconds)`: how many are before, 0 for one's turn, waited for that long."""
        ticket = object()
        with self._moved:
            self._standing.append(ticket)

        def ahead(seconds: float) -> int:
            with self._moved:
                self._moved.wait_for(lambda: self._ahead(ticket) == 0, seconds)
                return self._ahead(ticket)

        try:
            yield ahead
        finally:
            with self._moved:
                self._standing.remove(ticket)
                self._moved.notify_all()

    def _ahead(self, ticket: object) -> int:
        return max(0, self._standing.index(ticket) + 1 - self._at_once)


def environment(also: Sequence[str] = ()) -> dict[str, str]:
    """What a process is told of ours: where programs, words and data are, and the settings named in `also`."""
    passed = {
        name: value for name, value in os.environ.items() if name in _PASSED or name.startswith("LC_") or name in also
    }
    passed["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_PROJECT), passed.get("PYTHONPATH", ""))))
    return passed


def run(
    module: str,
    arguments: Sequence[str],
    line: Line,
    *,
    seconds: float,
    memory_mib: int = 0,
    given: Callable[[IO[bytes]], object] | None = None,
    also: Sequence[str] = (),
    told: Mapping[str, str] | None = None,
) -> Generator[Waiting | Said | Ended]:
    """Run `python -m module arguments`; yields several times a second, `Ended` last.

    Closing the iterator ends the process and whatever it started.

    Args:
        seconds: from its start; waiting in line does not count.
        memory_mib: most address space, 0 for any (where the system can hold a process to it: Linux).
        given: writes its standard input when its turn has come: nothing is copied for those who wait.
        also, told: settings of ours it needs, and others only it is told.
    """
    with line.joined() as ahead, tempfile.TemporaryFile() as words, tempfile.TemporaryFile() as stdin:
        while before := ahead(TICK):
            yield Waiting(before)
        if given is not None:
            given(stdin)
        stdin.seek(0)
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=words,
            cwd=_PROJECT,
            env={**environment(also), **(told or {})},
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        try:
            _hold(process.pid, seconds, memory_mib)
            lines: queue.Queue[str | None] = queue.Queue()
            threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
            while True:
                if time.monotonic() - started > seconds:
                    yield Ended(-signal.SIGKILL, "", is_late=True)
                    return
                try:
                    said = lines.get(timeout=TICK)
                except queue.Empty:
                    yield Said("")
                    continue
                if said is None:
                    break
                yield Said(said)
            # Its output is closed; what hangs after that is ended like what hangs before.
            try:
                process.wait(max(0.0, seconds - (time.monotonic() - started)))
            except subprocess.TimeoutExpired:
                yield Ended(-signal.SIGKILL, "", is_late=True)
                return
            yield Ended(process.returncode, _last(words))
        finally:
            _end(process)


def _hold(pid: int, seconds: float, memory_mib: int) -> None:
    """Limits of the system, which hold even when this process is gone. It has read nothing of its input yet."""
    if not hasattr(resource, "prlimit"):
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: int(4 * seconds) + 1}  # a core holds what was sent
    if memory_mib:
        limits[resource.RLIMIT_AS] = memory_mib << 20
    for kind, most in limits.items():
        try:
            hard = resource.prlimit(pid, kind)[1]
            held = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, kind, (held, held))
        except (ProcessLookupError, PermissionError):  # ended already, or not ours to hold: the deadline holds it
            return


def _listen(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    try:
        for text in process.stdout:
            lines.put(text)
    except ValueError:  # closed while we listened: nobody wants to know any more
        pass
    lines.put(None)


def _last(words: IO[bytes]) -> str:
    size = words.seek(0, os.SEEK_END)
    words.seek(max(0, size - _WORDS))
    return words.read().decode("utf-8", "replace").strip()


def _end(process: subprocess.Popen[str]) -> None:
    """Whatever still runs of it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
