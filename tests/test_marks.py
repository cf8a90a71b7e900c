"""One place says how a grade is marked: every grade has a mark, forms part grades without colour, a colour exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from cockpit import marks
from cockpit.datasets.findings import Severity
from cockpit.marks import MARKS, SIGNS, Mark, mark_of
from cockpit.visuals.marks import html
from cockpit.visuals.marks.palette import MARK_COLOURS, css_variables
from cockpit.vocabulary import CHAIN_GRADES, PER_MU_CLASSES, RISKS, STAGES, STATUSES, Shape

ROOT = Path(__file__).resolve().parents[1]


def test_every_grade_has_a_mark_and_no_other() -> None:
    for kind, words in (
        ("status", STATUSES),
        ("chain_grade", CHAIN_GRADES),
        ("risk", RISKS),
        ("per_mu_class", PER_MU_CLASSES),
        ("stage", STAGES),
    ):
        assert set(MARKS[kind]) == set(words), kind  # type: ignore[index]
    assert set(MARKS["severity"]) == set(get_args(Severity))


def test_forms_tell_grades_apart_without_colour() -> None:
    for kind in ("status", "chain_grade", "risk", "per_mu_class", "freshness", "odds"):
        found = [mark.shape for mark in MARKS[kind].values()]  # type: ignore[index]
        assert len(found) == len(set(found)), kind
    assert len(set(SIGNS.values())) == len(Shape)


def test_every_colour_is_in_the_palette_and_the_style_sheet() -> None:
    for theme in ("light", "dark"):
        style = css_variables(theme)
        for grades in MARKS.values():
            for mark in grades.values():
                assert mark.colour in MARK_COLOURS[theme]
                assert f".{mark.style}{{" in style


def test_a_class_may_have_a_colour_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for theme in ("light", "dark"):
        monkeypatch.setitem(MARK_COLOURS[theme], "leader", ("#0A6E78", "#0A6E78"))
    monkeypatch.setitem(marks.MARKS["per_mu_class"], "A", Mark("leader", Shape.CIRCLE))
    assert 'class="t-leader cls"' in html.class_mark("A", "zh")
    assert ".t-leader{color:var(--leader-text)}" in css_variables("light")
    assert mark_of("status", "achieved").colour == "achieved", "the status keeps its own"


def test_no_colour_and_no_sign_is_written_elsewhere() -> None:
    # White and black of masks and codes are no colours of ours; the wall and paper have grounds of their own.
    allowed = {"cockpit/marks.py", "cockpit/visuals/marks/palette.py", "cockpit/visuals/town/qr.py"}
    offences = []
    for path in sorted((ROOT / "cockpit").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name in allowed or "/phrases/" in name:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for found in re.findall(r"[\"']#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b", line):
                if found[2:].lower() not in ("000000", "fff", "000", "ffffff"):
                    offences.append(f"{name}:{number} {found}")
            if re.search(r"[\"'][●■◆◐][\"']", line):
                offences.append(f"{name}:{number} a sign")
    assert not offences, "marks and colours are decided in cockpit/marks.py and the palette:\n" + "\n".join(offences)
