"""The names the program asks the register for: looked at when the records are read, and the list is complete."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cockpit.access import keys
from cockpit.errors import RecordError
from cockpit.policy import (
    access_design,
    chain_design,
    intake_design,
    limit_design,
    per_mu_design,
    planning_design,
    supervision_design,
    town_code_design,
)
from cockpit.policy.asked import FIGURES, INDICATORS, KINDS, PROCEDURES, ROLES, TERMS
from cockpit.policy.register import FOLDER, load
from cockpit.vocabulary import Provenance

ROOT = Path(__file__).resolve().parents[2]
REGISTER = load()
SOURCES = [
    path
    for folder in ("cockpit", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "phrases" not in path.parts and "policy" not in path.parts
] + [ROOT / "streamlit_app.py"]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
# What `.value("…")`, `.limit("…")`, `.threshold("…")` may ask for, whatever the file.
WITHIN = {
    "value": {*per_mu_design._PARAMETERS, *chain_design.PARAMETERS, *town_code_design.PARAMETERS},
    "limit": {
        *limit_design._LIMITS, *intake_design._LIMITS, *access_design._LIMITS, *supervision_design._LIMITS,
        *planning_design._NAMES["limit"],
    },
    "threshold": set(intake_design._THRESHOLDS),
}  # fmt: skip
NO_RECORDS = {"alt", "row", "lead"}  # have a `value` too: a chart's, and a part of the gap


def calls(method: str) -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name) and node.func.id == f"{method}s" and node.args:  # limits = design.limit
                yield path, node
            if isinstance(node.func, ast.Attribute) and node.func.attr == method:
                of = node.func.value
                if node.args and not (isinstance(of, ast.Name) and of.id in NO_RECORDS):
                    yield path, node


def texts(path: Path) -> set[str]:
    return {
        node.value for node in ast.walk(TREES[path]) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def asked_rules() -> set[str]:
    """Names of `.rule("…")`; where the name is put together or handed in, every rule its form or its file can name."""
    found = set()
    for path, call in calls("rule"):
        name = call.args[0]
        if isinstance(name, ast.Constant):
            found.add(str(name.value))
        elif isinstance(name, ast.JoinedStr):
            form = "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in name.values)
            found |= {rule for rule in REGISTER.rules if re.fullmatch(form, rule)}
        else:
            found |= texts(path) & set(REGISTER.rules)
    return found


def test_every_rule_the_code_asks_for_is_on_the_list_and_no_other() -> None:
    assert asked_rules() == {*FIGURES, *PROCEDURES}


def test_the_rules_read_for_their_value_have_one() -> None:
    assert all(REGISTER.rules[name].value is not None for name in FIGURES)
    assert not set(FIGURES) & set(PROCEDURES)


@pytest.mark.parametrize("method", WITHIN)
def test_every_figure_the_code_asks_a_file_for_is_one_that_file_must_have(method: str) -> None:
    named = {call.args[0].value for _, call in calls(method) if isinstance(call.args[0], ast.Constant)}
    asked = {name for name in named if isinstance(name, str)}
    assert asked, f"nothing asks for a {method} any more; mend the test"
    assert asked <= WITHIN[method]


def test_every_indicator_and_kind_the_code_names_is_on_the_list() -> None:
    named = {text for path in SOURCES for text in texts(path)}
    assert named & set(REGISTER.indicators) <= set(INDICATORS)
    # `operator` is a word of many meanings; the code means a kind where it says these.
    assert named & set(REGISTER.elements.kinds) - {"operator"} <= set(KINDS)


def test_every_role_a_key_may_hold_is_on_the_list() -> None:
    assert frozenset(ROLES) == frozenset().union(*keys.ROLES.values())


def test_every_term_a_mark_explains_is_on_the_list() -> None:
    named = {call.args[0] for _, call in _terms()}
    plain = {str(name.value) for name in named if isinstance(name, ast.Constant)}
    assert plain | {str(kind.value) for kind in Provenance} <= set(TERMS)


def _terms() -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "term":
                yield path, node


@pytest.mark.many
@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (
            "rules.toml",
            "[coverage_minimum]",
            "[coverage_min]",
            "rules.toml [coverage_minimum]: record 'coverage_minimum' is missing, and the program asks for it by this "
            "name. "
            "was it renamed to [coverage_min]? name it as before.",
        ),
        ("rules.toml", "[per_mu_leaders]", "[leaders_of_all]", "rules.toml [per_mu_leaders]: record"),
        (
            "rules.toml",
            "[star_stability]",
            "[stability]",
            "rules.toml [star_stability]: record 'star_stability' is missing",
        ),
        ("glossary.toml", "[pace]", "[speed]", "glossary.toml [pace]: record 'pace' is missing"),
        ("access.toml", "[role.viewer]", "[role.view]", "was it renamed to [role.view]? name it as before."),
        ("elements.toml", "kind.best_practice", "kind.best_practices", "[kind.best_practice]: record"),
    ],
)
def test_a_record_under_another_name_stops_the_start(
    tmp_path: Path, file: str, before: str, after: str, told: str
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before} is gone from {file}; mend the test"
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        load(folder)
    assert told in str(error.value)


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_the_code_names_is_one_of_the_register(name: str) -> None:
    assert name in REGISTER.indicators
