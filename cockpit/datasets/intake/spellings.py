"""What two spellings of one name share. Imports the ground floor alone; pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cockpit.texts import visible

# What two spellings of one name may differ by: signs, blanks, and words that only say where or of what form it is.
_SIGNS: Final = re.compile(r"[\W_]+")
_WORDS: Final = re.compile(
    r"浙江省?|中国|省级|市级|县级|国家级|(?:股份|集团|科技|责任)?有限(?:责任)?公司|co\.?,?\s*ltd\.?|limited|provincial"
)


def same_name(name: object) -> str:
    """What two spellings of one name share; the name itself where nothing else would be left of it."""
    text = unicodedata.normalize("NFKC", visible(str(name))).casefold()
    return _SIGNS.sub("", _WORDS.sub("", text)) or _SIGNS.sub("", text) or text


def bare_name(name: str) -> str:
    """A name without what a keyboard leaves in it: blanks, width, case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(name))).casefold()
