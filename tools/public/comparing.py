"""Checks the trimmed input in the project against the full collection, which is not shipped with it.

May import `cockpit.units` and its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from cockpit.units import to_base
from tools.public.reading import Row, read_raw, split_unit

ADDED_BEHIND = ("town_facts", "sources")
"""Tables to which later reading (clauses 8 to 29 of the policy) added rows behind the collected ones."""


def resolve_ditto(rows: Iterable[Row]) -> list[Row]:
    """Give rows whose quote is 同上 the quote of the row above."""
    resolved: list[Row] = []
    for row in rows:
        quote = resolved[-1]["quote"] if row["quote"].startswith("同上") else row["quote"]
        resolved.append({**row, "quote": quote})
    return resolved


def expand(row: Row) -> list[Row]:
    """One collected row may carry several figures: `一说5900` and `prefecture total: 11/19/6`."""
    if other := re.search(r",一说(\d+)", row["unit"]):
        return [{**row, "unit": row["unit"].replace(other[0], "")}, {**row, "value": other[1]}]
    if row["value"]:
        return [row]
    return [{**row, "value": value} for value in re.findall(r"\d+", row["confidence"])]


def compare(folder: Path) -> list[str]:
    """Return what differs: figures that changed, quotes that are not part of the collected quote."""
    series = [row for row in resolve_ditto(read_raw("province_series", folder)) if "目标" not in row["period"]]
    facts = [part for row in resolve_ditto(read_raw("town_facts", folder)) for part in expand(row)]
    pairs: list[tuple[str, list[Row], list[Row], Callable[[Row], Any]]] = [
        (
            "province_series",
            series,
            read_raw("province_series"),
            lambda r: (r["period"], r["indicator"], r["scope"], _base(r)),
        ),
        ("town_facts", facts, read_raw("town_facts"), lambda r: (r["name_zh"], r["period"], _base(r))),
        (
            "chain_segments",
            read_raw("chain_segments", folder),
            read_raw("chain_segments"),
            lambda r: (r["stage"], r["segment"]),
        ),
    ]
    problems = []
    for name, full, trimmed, identify in pairs:
        problems += _missing_rows(name, trimmed, full)
        for ours, theirs in zip(trimmed, full, strict=False):
            if identify(ours) != identify(theirs) or ours["source_ids"] != theirs["source_ids"]:
                problems.append(f"{name}: {identify(ours)} is not {identify(theirs)}")
            if ours["quote"] not in theirs["quote"]:
                problems.append(f"{name}: {ours['quote']!r} is not in the collected quote")
    for name in ("towns", "counties", "sources"):
        trimmed, full = read_raw(name), read_raw(name, folder)
        problems += _missing_rows(name, trimmed, full)
        for ours, theirs in zip(trimmed, full, strict=False):
            problems += [
                f"{name}: {ours[key]!r}, collected {theirs[key]!r}"
                for key in ours.keys() & theirs.keys() - {"kind"}
                if ours[key] != theirs[key]
            ]
    return problems


def _missing_rows(name: str, trimmed: Sequence[Row], full: Sequence[Row]) -> list[str]:
    is_allowed = len(trimmed) >= len(full) if name in ADDED_BEHIND else len(trimmed) == len(full)
    return [] if is_allowed else [f"{name}: {len(trimmed)} rows, collected {len(full)}"]


def _base(row: Row) -> tuple[float, str]:
    return to_base(float(row["value"]), split_unit(row["unit"])[0])
