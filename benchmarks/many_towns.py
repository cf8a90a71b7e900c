"""Generated towns for the measurements: the demonstration's towns again and again, under codes of their own."""

from __future__ import annotations

import string
from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd

from cockpit.datasets.store.loading import load
from cockpit.datasets.store.versions import write_version

_FIRM_TABLES = frozenset({"firms", "firm_cubes"})


def write_towns(folder: Path, count: int) -> None:
    """Write a `demo` dataset of `count` towns below `folder`, a whole data folder for COCKPIT_DATA_DIR.

    Copies share figures, counties and dates with the town they are taken from; firms stay with the first ones.
    """
    demo = load("demo")
    known = [str(code) for code in demo.towns["town_code"]]
    endings = ["".join(pair) for pair in product(string.ascii_uppercase, repeat=2)]
    stems = {code: code[:7] + letter for code, letter in zip(known, (code[7:] for code in known), strict=True)}
    copies = -(-count // len(known))
    frames: dict[str, pd.DataFrame] = {}
    for name, frame in demo.frames.items():
        if name in _FIRM_TABLES:
            continue
        if "town_code" not in frame.columns:
            frames[name] = frame
            continue
        parts = [frame]
        for ending in endings[1:copies]:
            part = frame.assign(
                town_code=frame["town_code"].astype("str").map(lambda code, end=ending: stems[code] + end)
            )
            if name == "towns":
                part = part.assign(name_zh=part["name_zh"] + ending, name_en=part["name_en"] + " " + ending)
            parts.append(part)
        whole = pd.concat(parts, ignore_index=True)
        if name == "towns":
            whole = whole.head(count)
        frames[name] = whole[whole["town_code"].isin(_codes(frames, whole))]
    write_version(folder, replace(demo.manifest, files={}), frames)


def _codes(frames: dict[str, pd.DataFrame], towns: pd.DataFrame) -> set[str]:
    """Codes of the towns kept; the towns table comes first."""
    return set(frames.get("towns", towns)["town_code"].astype("str"))
