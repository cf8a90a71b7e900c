"""A cell that names several towns by their codes, printed or not. Ground floor alone; pure."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from cockpit.town_codes import read

_BETWEEN: Final = re.compile(r"[,，、;；\s]+")


def town_keys(written: Any, known: frozenset[str], own: str) -> tuple[str | None, list[tuple[str, str]]]:
    """The keys of the towns in a cell, with commas between, None for none; and what is wrong as (part, rule)."""
    parts = [] if pd.isna(written) else [part for part in _BETWEEN.split(str(written)) if part]
    keys = {part: part if part in known else read(part).town_code or part for part in parts}
    strange = [
        (part, "element_itself" if key == own else "element_no_town")
        for part, key in keys.items()
        if key == own or key not in known
    ]
    return ",".join(dict.fromkeys(keys.values())) or None, strange
