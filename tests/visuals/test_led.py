"""A table whose names lead on: every row, numbers that sort as numbers, missing never zero, text never markup."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cockpit.visuals.marks.html import town
from cockpit.visuals.marks.led import MOST, led_table
from cockpit.visuals.marks.walking import Walk, points


def test_names_lead_and_numbers_carry_themselves() -> None:
    frame = pd.DataFrame({"小镇": ["甲", "<b>乙"], "得分": [-1234.56, np.nan]})
    names = [town(code, name, "zh", is_walked=True) for code, name in (("D330102A", "甲"), ("D330102B", "<b>乙"))]
    made = led_table(frame, {"小镇": names}, "排名", "zh", {"得分": "%.1f"})
    assert made.count('data-lead="/town?code=') == made.count('tabindex="-1"') == 2
    assert re.findall(r'data-v="([^"]*)">(.*?)</td>', made) == [("-1234.56", "−1,234.6"), ("", "—")]
    assert "&lt;b&gt;乙" in made
    assert made.count("data-walk") == made.count('tabindex="0"') == 1, "one stop of the keyboard"


def test_more_rows_than_shown_are_counted() -> None:
    made = led_table(pd.DataFrame({"n": range(MOST + 1)}), {}, "n", "zh")
    assert made.count("<tr>") == MOST + 1
    assert f"共 {MOST + 1} 行" in made


def test_points_of_a_canvas_are_marks_in_their_order() -> None:
    made = points(Walk("town", (("A", "甲 · 1"), ("B", "乙 · 2"))), "图中 2 个点")
    assert re.findall(r'data-lead="([^"]*)"', made) == ["town:A", "town:B"]
    assert 'aria-label="甲 · 1"' in made
