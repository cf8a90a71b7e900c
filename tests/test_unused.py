"""Nothing lies about that nobody asks for: phrases, names at a module's top."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from cockpit.phrases import keys
from tests.sources import parsed

ROOT = Path(__file__).resolve().parents[1]
KEPT = {
    "original",  # the only way back to a sender's file, until the review offers it
    *("revision", "down_revision", "downgrade"),  # what Alembic reads of a step
}
SOURCES = ("cockpit", "pages", "tools", "benchmarks", "tests", "streamlit_app.py")


@lru_cache(maxsize=1)
def trees() -> dict[str, ast.Module]:
    files = [
        path for name in SOURCES for path in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    ]
    return {path.relative_to(ROOT).as_posix(): parsed(path) for path in files}


def test_every_phrase_is_asked_for() -> None:
    asked: set[str] = set()
    shapes: list[re.Pattern[str]] = []
    for name, tree in trees().items():
        if not name.startswith(("cockpit", "pages", "tools", "streamlit_app")) or "/phrases/" in name:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                if len(parts) > 1 and "." in "".join(parts) and parts[0] != ".+":
                    shapes.append(re.compile("".join(parts)))
    templates = "".join(
        path.read_text(encoding="utf-8")
        for kind in ("html", "typ", "js")
        for path in (ROOT / "cockpit").rglob(f"*.{kind}")
    )
    # Some parts are told the head of their phrases: `"gap.by"` for `gap.by_area`.
    heads = {text for text in asked if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", text)}
    # A template puts a head and a word of its own together: `say("signin.go_" ~ step)`.
    heads_there = re.findall(r"say\([\"']([a-z_.]+[._])[\"'] ~", templates)
    unused = [
        key
        for key in keys()
        if key not in asked
        and key not in templates
        and not key.startswith(tuple(heads_there))
        and not any(shape.fullmatch(key) for shape in shapes)
        and not any(key.startswith((f"{head}.", f"{head}_")) for head in heads)
    ]
    assert not unused, f"phrases nobody asks for: {unused}"


def test_every_name_at_the_top_of_a_module_is_used() -> None:
    """A name is used when it is read anywhere outside the tests, its own module included."""
    read: Counter[str] = Counter()
    for name, tree in trees().items():
        if name.startswith("tests/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                read[node.id] += 1
            elif isinstance(node, ast.Attribute):
                read[node.attr] += 1
            elif isinstance(node, ast.ImportFrom):
                read.update(alias.name for alias in node.names if not name.endswith("__init__.py"))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                read[node.value] += 1
    unused = []
    for name, tree in trees().items():
        if not name.startswith("cockpit/"):
            continue
        for top in tree.body:
            targets: list[str] = []
            if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not top.decorator_list:
                targets = [top.name]
            elif isinstance(top, ast.AnnAssign) and isinstance(top.target, ast.Name):
                targets = [top.target.id]
            elif isinstance(top, ast.Assign):
                targets = [target.id for target in top.targets if isinstance(target, ast.Name)]
            unused += [
                f"{name}: {target}"
                for target in targets
                if not read[target] and target not in KEPT and not target.startswith("__")
            ]
    assert not unused, "names nobody reads:\n" + "\n".join(unused)
