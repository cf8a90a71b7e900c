"""A record file with one thing wrong."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

from cockpit.policy.register import FOLDER


def altered(file: str, path: str, value: Any) -> dict[str, Any]:
    """The tables of a record file with `path` (`criterion/tax/value`) set to `value`; None takes it out."""
    tables = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    *parents, last = path.split("/")
    at = tables
    for name in parents:
        at = at[name]
    if value is None:
        del at[last]
    else:
        at[last] = copy.deepcopy(value)
    return tables
