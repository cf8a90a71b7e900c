"""Typesets a template in a process of its own: `python -m cockpit.exports.typesetting TEMPLATE FONTS < data > pdf`.

Typst keeps what it has laid out for as long as its process lives, some six megabytes a page; in the server's own
process 137 sheets would hold 0.9 GB for good. Imports nothing of the package, so that the process starts quickly.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

_PROJECT: Final = Path(__file__).resolve().parents[2]
_WITHIN: Final = 600  # seconds; a file of thousands of towns takes minutes
# Two at a time: each may use a core and most of a gigabyte.
_running = threading.BoundedSemaphore(2)


class TypesettingError(RuntimeError):
    """The template could not be set; the text is Typst's own."""


def typeset(template: Path, fonts: Path, data: str) -> bytes:
    """The PDF of a template whose `sys.inputs.data` is `data`. No other thread waits for it.

    Raises:
        TypesettingError: Typst refused the template or the process was lost.
    """
    command = [sys.executable, "-m", "cockpit.exports.typesetting", str(template), str(fonts)]
    with _running:
        done = subprocess.run(
            command, input=data.encode(), capture_output=True, cwd=_PROJECT, timeout=_WITHIN, check=False
        )
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout


def _main(template: str, fonts: str) -> None:
    import typst

    made: bytes = typst.compile(
        template,
        root=str(Path(template).parent),
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    _main(*sys.argv[1:])
