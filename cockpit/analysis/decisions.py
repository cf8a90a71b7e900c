"""What waits for a person: records of open decisions and of towns that have not reported.

Pure; may import the ground floor. Counts come in as plain arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True)
class Decision:
    """Something that waits for a person. `kind` picks the sentence, `count` and `days` fill it."""

    kind: str
    clause: str
    count: int = 0
    days: int = 0
    total: int = 0
    subject: str = ""
    is_overdue: bool = False


@dataclass(frozen=True)
class Silent:
    """A town that has not reported `count` of the headline indicators it should."""

    town_code: str
    name_zh: str
    name_en: str
    count: int
    is_all: bool


def silent_towns(towns: pd.DataFrame, gaps: npt.NDArray[np.int_], most: int) -> tuple[Silent, ...]:
    """Towns with gaps, the quietest first.

    Args:
        gaps: how many figures each town of `towns` has not reported.
        most: how many it should report.
    """
    names = zip(towns["town_code"], towns["name_zh"], towns["name_en"], gaps, strict=True)
    silent = [Silent(str(code), str(zh), str(en), int(gap), int(gap) == most) for code, zh, en, gap in names if gap]
    return tuple(sorted(silent, key=lambda town: (-town.count, town.town_code)))
