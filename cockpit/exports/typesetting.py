"""Typesets a template in a process of its own: `python -m cockpit.exports.typesetting TEMPLATE FONTS OUT < data`.

Typst keeps what it has laid out for as long as its process lives, some six megabytes a page; in the server's own
process 137 sheets would hold 0.9 GB for good. Imports the records only where the process is started, so that it starts
quickly.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from cockpit.processes import Ended, Line, run


class TypesettingError(RuntimeError):
    """The template could not be set; the text is Typst's own."""


@lru_cache(maxsize=1)
def _line() -> Line:
    from cockpit.policy.register import load

    return Line(load().limits.limit("sheets_at_once"))


def typeset(template: Path, fonts: Path, data: str) -> bytes:
    """The PDF of a template whose `sys.inputs.data` is `data`. Waits in line where others are being set.

    Raises:
        TypesettingError: Typst refused the template, took too long, or the process was lost.
    """
    from cockpit.policy.register import load

    seconds = load().limits.limit("sheet_seconds")
    with tempfile.TemporaryDirectory(prefix="cockpit-sheets-") as folder:
        made = Path(folder) / "sheets.pdf"
        arguments = [str(template), str(fonts), str(made)]
        given = data.encode()
        steps = run(
            "cockpit.exports.typesetting",
            arguments,
            _line(),
            seconds=seconds,
            given=lambda stdin: stdin.write(given),
        )
        with closing(steps):
            end = next(step for step in steps if isinstance(step, Ended))
        if end.is_late:
            raise TypesettingError(f"not done after {seconds} seconds")
        if end.code:
            raise TypesettingError(end.words[-2000:])
        return made.read_bytes()


def _main(template: str, fonts: str, out: str) -> None:
    import typst

    made: bytes = typst.compile(
        template,
        root=str(Path(template).parent),
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
    )
    Path(out).write_bytes(made)


if __name__ == "__main__":
    _main(*sys.argv[1:])
