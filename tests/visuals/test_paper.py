"""A table for paper: every row or how many are left out, missing never zero, text never markup."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

import cockpit
from cockpit.visuals.marks.paper import MOST, paper


def test_cells_say_what_the_grid_says() -> None:
    frame = pd.DataFrame(
        {
            "小镇": ["甲", "<b>乙</b>", None],
            "得分": [1.25, np.nan, 0.0],
            "个": pd.array([3, None, 1200], dtype="Int64"),
            "是": [True, False, True],
        }
    )
    made = paper(frame, "zh", {"得分": "%.1f"})
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in made.split("<tr>")[2:]]
    assert rows == [["甲", "1.2", "3", "✓"], ["&lt;b&gt;乙&lt;/b&gt;", "—", "—", ""], ["—", "0.0", "1200", "✓"]]


def test_more_rows_than_paper_are_counted() -> None:
    frame = pd.DataFrame({"n": range(MOST + 1)})
    made = paper(frame, "zh")
    assert made.count("<tr>") == MOST + 1
    assert f"共 {MOST + 1} 行" in made
    assert "共" not in paper(frame.head(MOST), "zh")
    assert f"{MOST + 1} rows" in paper(frame, "en"), "kept by language"


def test_a_frame_is_set_once_and_another_in_its_place_is_not_taken_for_it() -> None:
    frame = pd.DataFrame({"n": [1]})
    assert paper(frame, "zh") is paper(frame, "zh")
    for number in range(200):
        assert f">{number}<" in paper(pd.DataFrame({"n": [number]}), "zh")


def test_every_grid_has_its_rows_on_paper() -> None:
    """One door to the framework's grid, which also prints."""
    home = Path(cockpit.__file__).parent
    users = [path.name for path in home.rglob("*.py") if "st.dataframe(" in path.read_text(encoding="utf-8")]
    assert users == ["tables.py"]
