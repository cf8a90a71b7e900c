"""What the intake says of a file: findings by cell, and the tables it could read.

Imports the ground floor. Pure: no files are read here. The sentences stand in `phrases.intake`, by rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from cockpit.phrases import phrase
from cockpit.vocabulary import Language, Text

Severity = Literal["error", "warning", "refusal"]
# Columns that every table of `Checked` carries beside its own: where the row, or its value, was written.
WHERE: Final = ("file", "sheet", "cell")
# Beside them while files are checked: what stood in the cell, which is what a finding shows.
WRITTEN: Final = "written"
# Columns of withdrawals: table, key (the land type stands as the indicator), reason, place.
# Column of rows while they are checked: where each field stands in their sheet, field -> letters.
LETTERS: Final = "letters"
# Beside it: what stands in the row's cells.
CELLS: Final = "cells"
WITHDRAWN: Final = ("table", "town_code", "period", "indicator", "reason", *WHERE)


class Shown(float):
    """A figure in a cell that shows it divided by `scale` and with a text: 0.389 on file is 38.9% to who typed it.

    `word` stands beside it and is no unit; `is_other`: the cell hides the figure, or shows it with another sign.
    """

    text: str
    scale: float
    word: str
    is_other: bool

    def __new__(cls, value: float, text: str, scale: float = 1.0, word: str = "", is_other: bool = False) -> Shown:
        self = super().__new__(cls, value)
        self.text, self.scale, self.word, self.is_other = text, scale, word, is_other
        return self

    def __str__(self) -> str:
        return f"{float(self) / self.scale:.12g}{self.text}"

    @property
    def is_percent(self) -> bool:
        """Whether it is a share; a percent sign in the words of a format is none."""
        return self.text == "%" and self.scale != 1.0


def shown(value: object) -> str:
    """A cell's content as a finding shows it: at most 80 signs, on one line."""
    if isinstance(value, Shown):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= 80 else text[:79] + "…"


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Finding:
    """One fault: where it stands, what was written there, which rule it breaks.

    `cell` is an address as in Excel (`C7`), a range (`A3:Q3`), a column (`C`), a row (`7`), or empty for the whole
    sheet; `sheet` is empty for the whole file. CSV and Parquet have no sheets: their cells are addressed as Excel
    would show them, the header in row 1. `value` is the text written there, cut at 80 signs. `values` fill the rule's
    sentence; a `Text` among them is said in the reader's language. `town_code` is the town of its row, "" where the row
    names none, or it is about no row.
    """

    file: str
    sheet: str
    cell: str
    value: str
    rule: str
    severity: Severity
    values: Mapping[str, object] = field(default_factory=dict)
    town_code: str = ""

    def _fill(self, key: str, language: Language) -> str:
        said = {name: item.say(language) if isinstance(item, Text) else item for name, item in self.values.items()}
        # A finding kept by an older program may lack what a sentence says today.
        return phrase(key).say(language).format_map(defaultdict(str, {"value": self.value, **said}))

    def what(self, language: Language) -> str:
        """The fault in one sentence."""
        return self._fill(f"intake.{self.rule}", language)

    def remedy(self, language: Language) -> str:
        """What to do about it in one sentence."""
        return self._fill(f"intake.{self.rule}.remedy", language)

    def sentences(self, language: Language) -> str:
        """Fault and remedy together."""
        what, remedy = self.what(language).strip(), self.remedy(language).strip()
        if language == "zh":
            return f"{what}。{remedy}。".replace("？。", "？").replace("。。", "。")
        return f"{what}. {remedy}.".replace("?.", "?").replace("..", ".")

    def where(self) -> str:
        """`file / sheet / cell`, without what is empty."""
        return " / ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True)
class Remark:
    """What somebody wrote into a remarks column, for the reviewer; `town_code` is "" where the row names no town."""

    file: str
    sheet: str
    cell: str
    town_code: str
    text: str


@dataclass(frozen=True, eq=False)
class Checked:
    """What a submission holds after checking.

    `tables`: table name -> frame with the columns declared in `schema` (base units, `provenance` filled in) and `file`,
    `sheet`, `cell`. Returns, land and assessments have one value a row: `cell` is the cell of that value. Other tables
    carry the row's range (`A3:Q3`). Rows with an error are left out; a cell left empty is no row and no value.
    `findings` are ordered by file, sheet and place. `withdrawn`: figures of returns and land to be taken back, columns
    `WITHDRAWN`. `remarks`: what stands in the remarks columns.
    """

    upload_names: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    withdrawn: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(WITHDRAWN)))
    remarks: tuple[Remark, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether a file was not even opened."""
        return any(finding.severity == "refusal" for finding in self.findings)

    @property
    def is_acceptable(self) -> bool:
        """Whether it may be published: something was read, and nothing worse than warnings was found."""
        return (bool(self.tables) or len(self.withdrawn) > 0) and all(
            finding.severity == "warning" for finding in self.findings
        )

    def count(self, severity: Severity) -> int:
        return sum(finding.severity == severity for finding in self.findings)
