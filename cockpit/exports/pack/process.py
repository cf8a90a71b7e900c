"""Runs `python -m cockpit export pack` as a process of its own and reads what it wrote.

A pack keeps a processor busy for seconds; within the app every session would wait for Python's one lock. So many at
once, the others in line. The folder it writes into goes when the caller is done, whatever happened.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cockpit import processes
from cockpit.datasets.database.address import OLDER, SETTING
from cockpit.errors import CockpitError
from cockpit.policy.register import load
from cockpit.processes import Ended, Line, Waiting

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


@lru_cache(maxsize=1)
def _line() -> Line:
    return Line(load().limits.limit("packs_at_once"))


def time_limit() -> float:
    """Seconds a pack may take."""
    return float(load().limits.limit("pack_seconds"))


def run(arguments: Sequence[str], *, longest: float | None = None) -> Generator[Waiting | Progress | Made]:
    """Yield the place in line, then progress, several times a second, and at last the files.

    Closing the iterator ends the process and clears its folder away.

    Args:
        arguments: of `export pack`, without the folder.
        longest: another limit of time than the usual one, in seconds.

    Raises:
        PackFault: its sentence is what the process said last, or "" when it was too slow or said nothing.
    """
    most = time_limit() if longest is None else longest
    with tempfile.TemporaryDirectory(prefix="cockpit-pack-") as folder:
        command = ["export", "pack", folder, *arguments, "--json", "--gently"]
        started, last = time.monotonic(), Progress("", 0, 1)
        with closing(processes.run("cockpit", command, _line(), seconds=most, also=(SETTING, OLDER))) as steps:
            for step in steps:
                if isinstance(step, Waiting):
                    started = time.monotonic()
                    yield step
                elif isinstance(step, Ended):
                    # A refusal is one sentence; a traceback's last line is the fault.
                    words = step.words.splitlines()
                    raise PackFault(words[-1] if words else "", where="timeout" if step.is_late else str(step.code))
                else:
                    if step.line.startswith("{"):
                        answer: dict[str, Any] = json.loads(step.line)
                        if answer["step"] == DONE:
                            # The files are there; the process takes another half second to take itself apart.
                            yield Made(_read(folder), time.monotonic() - started)
                            return
                        last = Progress(str(answer["step"]), int(answer["done"]), int(answer["of"]))
                    yield last


def _read(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
