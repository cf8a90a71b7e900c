"""The style sheets as they are sent: written a rule a line in the files beside this one, sent without blanks.

`base` is for all pages, the others for the page or the part of their name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
_QUOTED: Final = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


@lru_cache(maxsize=64)
def style_sheet(name: str) -> str:
    """The sheet of that name, "" where there is none; on one line, as Streamlit looks at every line at each run."""
    path = _FOLDER / f"{name}.css"
    return shortened(path.read_text(encoding="utf-8")) if path.is_file() else ""


def shortened(text: str) -> str:
    """Style rules without comments and without the blanks nobody needs; what stands in quotes is left alone."""
    pieces = _QUOTED.split(re.sub(r"/\*.*?\*/", " ", text, flags=re.S))
    for place in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[place])
        piece = re.sub(r" ?([{};,]) ?", r"\1", piece)
        pieces[place] = re.sub(r"([:(]) ", r"\1", re.sub(r" \)", ")", piece))
    return "".join(pieces).replace(";}", "}").strip()
