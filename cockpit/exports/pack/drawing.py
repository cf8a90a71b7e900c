"""Draws Vega-Lite charts as pictures in processes of their own.

`python -m cockpit.exports.pack.drawing FONTS...` reads a chart a line (JSON) and answers a line each: PNG in base64, or
an error behind `!`. It imports nothing of the project, so that it is ready in half a second; beside it the caller goes
on with its work on another processor. The project's own fonts come first: Chinese is set the same everywhere.
"""

from __future__ import annotations

import base64
import itertools
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Queue
from typing import Final

SCALE: Final = 1.5  # pixels of the picture to one of the screen; on paper some 170 to the inch
PROCESSES: Final = 2  # the one that asks has work of its own
_PROJECT: Final = Path(__file__).resolve().parents[3]
FONTS: Final = _PROJECT / "data" / "fonts"
_FIRST: Final = '{"data":{"values":[{"a":"镇"}]},"mark":"text","encoding":{"text":{"field":"a"}}}'


class Drawer:
    """Processes that draw, and what they still owe; to be closed. A figure goes to the next of them in turn."""

    def __init__(self, processes: int = PROCESSES) -> None:
        self._workers = [_Worker() for _ in range(processes)]
        self._next = itertools.cycle(self._workers)

    def draw(self, spec: str) -> Future[bytes]:
        """The picture of a specification (JSON on one line), some time later."""
        return next(self._next).draw(spec)

    def close(self) -> None:
        """End the processes, whatever they still owe."""
        for worker in self._workers:
            worker.close()


class _Worker:
    """One process, spoken to by lines."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, *([str(FONTS)] if FONTS.is_dir() else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_PROJECT,
            text=True,
            encoding="utf-8",
        )
        self._asked: Queue[str] = Queue()
        self._owed: Queue[Future[bytes]] = Queue()
        # Both ways by threads of their own: a full pipe would stop the caller.
        for task in (self._send, self._fetch):
            threading.Thread(target=task, daemon=True).start()

    def draw(self, spec: str) -> Future[bytes]:
        future: Future[bytes] = Future()
        self._owed.put(future)
        self._asked.put(spec)
        return future

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _send(self) -> None:
        assert self._process.stdin is not None
        # When the process ended, `_fetch` tells those who wait.
        with suppress(BrokenPipeError, ValueError):
            while True:
                self._process.stdin.write(self._asked.get() + "\n")
                self._process.stdin.flush()

    def _fetch(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            future = self._owed.get()
            if line.startswith("!"):
                future.set_exception(RuntimeError(line[1:].strip()))
            else:
                future.set_result(base64.b64decode(line))
        while not self._owed.empty():
            self._owed.get().set_exception(RuntimeError("the drawing process ended"))


def serve(fonts: Sequence[str]) -> None:
    """Answer charts from standard input until it ends."""
    import vl_convert

    for folder in fonts:
        vl_convert.register_font_directory(folder)
    vl_convert.vegalite_to_svg(_FIRST)  # the engine starts before there is anything to draw
    for line in sys.stdin:
        try:
            answer = base64.b64encode(vl_convert.vegalite_to_png(line, scale=SCALE)).decode("ascii")
        except ValueError as error:
            answer = "!" + " ".join(str(error).split())
        print(answer, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1:])
