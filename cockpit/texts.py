"""Signs nobody sees in a text: those that turn its direction, join, part or fill and show nothing.

They make one name look like another, or turn what stands beside them. Ground floor: imports nothing from the package.
"""

from __future__ import annotations

import re
from typing import Final

# Format controls (category Cf), and fillers and joiners that count as letters or marks and show nothing all the same.
INVISIBLE: Final = re.compile(
    "["
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f-\u1160\u17b4-\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
    "]"
)


def visible(text: str) -> str:
    """The text without signs nobody sees; line breaks stay."""
    return text if text.isascii() else INVISIBLE.sub("", text)
