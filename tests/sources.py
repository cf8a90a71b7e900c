"""Python files as the laws read them: parsed and walked once a process, whichever law asks first."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in the file, function bodies included, in the order of `ast.walk`."""
    return tuple(ast.walk(parsed(path)))


def names_of(tree: ast.AST, meant: Iterable[str]) -> set[str]:
    """The names under which a module knows what is meant: `from time import sleep as rest`, `pause = time.sleep`."""
    known, before = set(meant), 0
    while len(known) > before:
        before = len(known)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                known |= {alias.asname for alias in node.names if alias.asname and alias.name in known}
            elif isinstance(node, ast.Assign | ast.AnnAssign) and last_name(node.value) in known:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                known |= {target.id for target in targets if isinstance(target, ast.Name)}
    return known


def last_name(node: ast.AST | None) -> str:
    """`sleep` of `sleep` and of `time.sleep`."""
    return str(getattr(node, "attr", getattr(node, "id", "")))
