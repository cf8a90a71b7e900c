"""One place says how a grade is marked: every grade has a mark, forms part grades without colour, a colour exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from PIL.ImageColor import colormap

from cockpit import marks
from cockpit.datasets.findings import Severity
from cockpit.marks import MARKS, SIGNS, Mark, mark_of
from cockpit.visuals.marks import html
from cockpit.visuals.marks.palette import MARK_COLOURS, css_variables
from cockpit.vocabulary import CHAIN_GRADES, PER_MU_CLASSES, RISKS, STAGES, STATUSES, Shape
from tests.sources import parsed

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


# White and black of masks and codes are no colours of ours.
PLAIN = {"#000000", "#ffffff", "#000", "#fff", "black", "white"}
LIGHTS = {"red", "yellow", "green"}  # of a matter: words here, colours in the palette
_HEX = r"(?<![\w&])#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})\b"
_MADE = r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^)]*\)?"
_NAMED = rf"(?<![\w-])(?:{'|'.join(colormap)})(?![\w-])"
_SET = rf"(?:color|fill|stroke|background|stop-color)\s*[:=]\s*[\"']?({_NAMED})"


def colours(tree: ast.Module) -> list[tuple[int, str]]:
    """Colours written in a module, with their lines; of an f-string what stands between its values is looked at."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("color", "colour", "fill", "stroke", "background"):
            value = getattr(node.value, "value", None)
            found += [(node.value.lineno, value)] if value in colormap else []
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in said:
            continue
        text = node.value
        written = [*re.findall(_HEX, text), *re.findall(_MADE, text), *re.findall(_SET, text)]
        if text.lower() in colormap and text.lower() not in LIGHTS:
            written.append(text)
        found += [(node.lineno, colour) for colour in written]
    return [(line, colour) for line, colour in found if colour.lower() not in PLAIN]


def test_no_colour_and_no_sign_is_written_elsewhere() -> None:
    allowed = {"cockpit/marks.py", "cockpit/visuals/marks/palette.py", "cockpit/visuals/town/qr.py"}
    offences = []
    for path in sorted(file for folder in ("cockpit", "pages") for file in (ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name in allowed or "/phrases/" in name:
            continue
        offences += [f"{name}:{line} {colour}" for line, colour in colours(parsed(path))]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"[\"'][●■◆◐][\"']", line):
                offences.append(f"{name}:{number} a sign")
    assert not offences, "marks and colours are decided in cockpit/marks.py and the palette:\n" + "\n".join(offences)


def test_the_law_sees_a_colour_however_it_is_written() -> None:
    for text in (
        "x = '#ff8800'",
        "x = f'stroke:#ff8800;width:{w}'",
        "x = 'rgb(255, 0, 0)'",
        "x = f'rgba({red}, 0, 0)'",
        "x = 'crimson'",
        "x = html('<b style=\"color:red\">{}</b>', a)",
        "draw(fill='red')",
    ):
        assert colours(ast.parse(text)), text
    for text in ("x = '&#39;'", "x = '#fff'", "light = 'red'", "rgb(colour['ink'])", "x = 'fill:var(--ink)'"):
        assert not colours(ast.parse(text)), text


def written_in_sheet(text: str) -> list[str]:
    """Colours of a style sheet: in the value of a declaration, whatever its property."""
    values = re.findall(r":([^:;{}]+)(?=[;}]|$)", re.sub(r"/\*.*?\*/|url\([^)]*\)", "", text, flags=re.DOTALL))
    return [found for value in values for found in re.findall(f"{_HEX}|{_MADE}|{_NAMED}", value)]


def test_style_sheets_take_their_colours_from_the_palette() -> None:
    """Tokens are made from the palette (`css_variables`); paper is grey, a shadow black, the ground of a code white."""
    offences = []
    for path in sorted((ROOT / "cockpit").rglob("*.*")):
        text = path.read_text(encoding="utf-8") if path.suffix in (".css", ".html", ".js", ".typ") else ""
        if path.suffix == ".css":
            found = [
                colour for colour in written_in_sheet(text) if not re.fullmatch(r"rgb\(0 0 0 / [\d.]+%?\)", colour)
            ]
            found = [colour for colour in found if (path.name, colour) != ("town.css", "#fff")]
        elif path.suffix == ".typ":
            found = [colour for colour in re.findall(_HEX, text) if len(set(re.findall("..", colour[1:].lower()))) > 1]
        else:
            found = re.findall(f"{_HEX}|{_MADE}", text)
        offences += [f"{path.relative_to(ROOT)} {colour}" for colour in found]
    assert not offences, "write var(--name) of cockpit/visuals/marks/palette.py:\n" + "\n".join(offences)
    assert written_in_sheet("a{color:#ff00aa;border:1px solid red}b{fill:rgb(1 2 3)}") == [
        "#ff00aa",
        "red",
        "rgb(1 2 3)",
    ]
    assert written_in_sheet("/* red: x; */ a:hover{color:var(--red-text);white-space:nowrap}") == []
