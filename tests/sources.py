"""Python files as the laws read them: parsed and walked once a process, whichever law asks first."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in the file, function bodies included, in the order of `ast.walk`."""
    return tuple(ast.walk(parsed(path)))
