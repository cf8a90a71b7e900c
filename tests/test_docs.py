"""Documents that must not drift from the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cockpit.phrases import keys, phrase
from cockpit.policy.register import load
from tests.sources import parsed
from tools import make_docs

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [path for folder in ("cockpit", "pages") for path in (ROOT / folder).rglob("*.py")]


@pytest.mark.parametrize("path", make_docs.DOCUMENTS, ids=lambda path: path.name)
def test_the_generated_references_are_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == make_docs.DOCUMENTS[path](), "run python tools/make_docs.py"


def test_every_phrase_asked_for_exists() -> None:
    asked = {
        key
        for path in SOURCES
        for key in re.findall(r'(?:say|phrase)\(\s*"([a-z_]+\.[a-z_.]+)"', path.read_text(encoding="utf-8"))
    }
    missing = sorted(asked - set(keys()))
    assert not missing, f"write them in both languages in the table of their room, cockpit/phrases: {missing}"


def test_both_languages_of_a_phrase_take_the_same_placeholders() -> None:
    unequal = [
        key
        for key in keys()
        if set(re.findall(r"\{(\w+)\}", phrase(key).zh)) != set(re.findall(r"\{(\w+)\}", phrase(key).en))
        and "label" not in phrase(key).zh
    ]
    assert not unequal


def test_english_phrases_hold_no_chinese_but_quoted_terms() -> None:
    quoted = {"左右", "镇"}
    offences = [key for key in keys() if set(re.findall(r"[一-鿿]+", phrase(key).en)) - quoted]
    assert not offences


def test_a_number_and_its_measure_word_stand_apart_everywhere_alike() -> None:
    tight = [key for key in keys() if re.search(r"[}\d*]个|[一-鿿](?:\{\w+\}|\d+) 个", phrase(key).zh)]
    assert not tight, f"write 另有 {{count}} 个小镇: {tight}"


def worth(node: ast.AST) -> float | None:
    """What a number is worth however it is written: `1500e8`, `150_000_000_000`, `1500 * 10**8`."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Pow):
        left, right = worth(node.left), worth(node.right)
        if left is not None and right is not None and abs(right) < 1e15:
            return left * right if isinstance(node.op, ast.Mult) else left**right if right < 20 else None
    return None


def figures(tree: ast.Module, known: set[float]) -> list[int]:
    """Lines with a figure on record: a sum of millions anywhere, a count where something is compared with it."""
    found = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.expr) and (worth(node) or 0) in known - SMALL
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            found += [node.lineno for side in (node.left, *node.comparators) if worth(side) in known & SMALL]
    return found


RECORDED = {
    clause.base_value
    for clause in (*load().every_target.values(), *load().rules.values())
    if clause.value is not None and clause.base_value >= 1000 and not 1900 < clause.base_value < 2100
}
SMALL = {value for value in RECORDED if value < 1e6}


def test_no_figure_of_the_policy_stands_in_python() -> None:
    pattern = re.compile(r"万亿.{0,3}2\.5|\b0\.95 \*")
    offences = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    offences += [f"{path.relative_to(ROOT)}:{line}" for path in SOURCES for line in figures(parsed(path), RECORDED)]
    assert not offences, "take it from the register:\n" + "\n".join(offences)


def test_the_law_sees_a_figure_however_it_is_written() -> None:
    for text in ("2.5e12", "a / 150_000_000_000", "1500 * 10**8", "count >= 4000", "3000 <= count"):
        assert figures(ast.parse(text), RECORDED), text
    for text in ("sleep(4000)", "count >= 4001", "2.4e12"):
        assert not figures(ast.parse(text), RECORDED), text


def test_nothing_in_the_project_names_a_machine_or_a_registry() -> None:
    pattern = re.compile(r"/(?:root|home/\w+)/|file:///|https?://\S+/simple")
    checked = [
        *ROOT.glob("*.md"),
        *ROOT.glob("*.txt"),
        *ROOT.glob("*.toml"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "Makefile",
    ]
    assert not [path.name for path in checked if pattern.search(path.read_text(encoding="utf-8"))]


def test_phrases_hold_no_markup() -> None:
    found = [key for key in keys() if re.search(r"</?[a-z]", phrase(key).zh + phrase(key).en)]
    assert not found, f"bold is written *so* and set by marks.html.marked: {found}"
