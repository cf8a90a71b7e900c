"""Runs `python -m cockpit export pack` as a process of its own and reads what it wrote.

A pack keeps a processor busy for seconds; within the app every session would wait for Python's one lock. The folder it
writes into goes when the caller is done, whatever happened.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from cockpit.errors import CockpitError

_PROJECT: Final = Path(__file__).resolve().parents[3]
TICK: Final = 0.2  # seconds between two signs of life to the caller
LONGEST: Final = 120.0  # seconds
DONE: Final = "done"  # the last line of progress, after the files were written


@dataclass(frozen=True)
class Progress:
    """Where the process stands: a step and its number; `step` is "" until the first."""

    step: str
    done: int
    of: int


@dataclass(frozen=True)
class Made:
    """The files by name, and the seconds the process took."""

    files: dict[str, bytes]
    seconds: float


class PackFault(CockpitError):
    """The process ended without a pack, or did not end: `where` is its code or `timeout`, `what` what it said last."""


def run(arguments: Sequence[str], *, longest: float = LONGEST) -> Generator[Progress | Made]:
    """Yield progress, several times a second, and at last the files.

    Closing the iterator ends the process and clears its folder away.

    Args:
        arguments: of `export pack`, without the folder.

    Raises:
        PackFault: its sentence is what the process said last, or "" when it was too slow or said nothing.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cockpit-pack-") as folder, tempfile.TemporaryFile() as said:
        process = _start([*arguments, "--json", "--gently"], folder, said)
        try:
            lines: queue.Queue[str | None] = queue.Queue()
            threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
            last = Progress("", 0, 1)
            while True:
                if time.monotonic() - started > longest:
                    raise PackFault("", where="timeout")
                try:
                    line = lines.get(timeout=TICK)
                except queue.Empty:
                    yield last
                    continue
                if line is None:
                    break
                answer: dict[str, Any] = json.loads(line)
                if answer["step"] == DONE:
                    # The files are there; the process takes another half second to take itself apart.
                    yield Made(_read(folder), time.monotonic() - started)
                    return
                last = Progress(str(answer["step"]), int(answer["done"]), int(answer["of"]))
                yield last
            process.wait()
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip().splitlines()
            # A refusal is one sentence; a traceback's last line is the fault.
            raise PackFault(words[-1] if words else "", where=str(process.returncode))
        finally:
            _end(process)


def _read(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def _start(arguments: Sequence[str], folder: str, said: IO[bytes]) -> subprocess.Popen[str]:
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_PROJECT), environment.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-m", "cockpit", "export", "pack", folder, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=said,
        env=environment,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def _listen(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            lines.put(line)
    lines.put(None)


def _end(process: subprocess.Popen[str]) -> None:
    """Whatever still runs of it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
