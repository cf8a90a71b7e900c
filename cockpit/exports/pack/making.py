"""Makes the files of a briefing pack, step by step; what the command line runs.

Desk and selection in, bytes out. Figures are drawn by a process beside this one while sections are made and the other
files are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk
from cockpit.exports.pack.building import build
from cockpit.exports.pack.drawing import Drawer
from cockpit.exports.pack.figures import Pictures
from cockpit.exports.pack.model import Pack, Wish
from cockpit.exports.pack.steps import ORDER
from cockpit.vocabulary import Language


def make(
    desk: Desk,
    selection: Selection,
    as_of: date,
    language: Language,
    formats: Sequence[str],
    *,
    drawer: Drawer | None = None,
    target: str = "",
    wish: Wish | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, content) of each format.

    Args:
        formats: some of `pack_steps.FORMATS`. target, wish: see `build`.
        drawer: draws the figures of a document, and of a workbook what Excel has no chart for.
        tell: called with the name of each step (`steps_of`) before it is done.
    """
    pictures = Pictures(drawer) if drawer is not None and {"docx", "xlsx"} & set(formats) else None
    taken = pictures.take if pictures is not None else lambda _: None
    pack = build(desk, selection, as_of, language, target, tell, taken, wish)
    for name in ORDER:
        if name in formats:
            tell(name)
            yield f"{pack.stem}.{name}", _write(name, pack, pictures)


def _write(name: str, pack: Pack, pictures: Pictures | None) -> bytes:
    # Each library is loaded when its file is asked for.
    if name == "pptx":
        from cockpit.exports.pack.slides import write_slides

        return write_slides(pack)
    if name == "xlsx":
        from cockpit.exports.pack.workbook import write_workbook

        if pictures is None:
            return write_workbook(pack)
        return write_workbook(replace(pack, sections=pictures.sections), pictures.of)
    from cockpit.exports.pack.document import write_document

    assert pictures is not None
    return write_document(replace(pack, sections=pictures.sections), pictures.of)
