"""Style sheets: written a rule a line, sent without blanks, the same rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cockpit.visuals import styles
from cockpit.visuals.styles import shortened, style_sheet

SHEETS = sorted(Path(styles.__file__).parent.glob("*.css"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_rule_a_line(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    crowded = [line for line in text.splitlines() if len(line) > 120 or line.count("{") > 1 or line.count("}") > 1]
    assert not crowded, "one rule a line, long ones a declaration a line:\n" + "\n".join(crowded)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_what_is_sent_says_what_is_written(path: Path) -> None:
    written = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    sent = style_sheet(path.stem)
    assert "\n" not in sent
    assert re.sub(r"\s|;(?=\s*})", "", written) == re.sub(r"\s", "", sent)


def test_blanks_that_say_something_stay() -> None:
    text = """a > b , c :hover { content : "x  ; y" ; width: calc(1px + 2px) ;
      /* told */ grid: "a  b" 1fr / auto; }"""
    assert shortened(text) == """a > b,c :hover{content :"x  ; y";width:calc(1px + 2px);grid:"a  b" 1fr / auto}"""
    assert style_sheet("no_such_page") == ""
