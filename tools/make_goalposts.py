"""Prints the goalposts of the vitality index from a base year's returns, or writes them into the record.

    python tools/make_goalposts.py [--write] [--dataset demo]

Only items marked `low_from` / `high_from` = "base_year" are touched: the percentiles named in the record, of the towns
in the population of that year, three significant digits. Run once when the base year is fixed; the figures then stay.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cockpit.analysis import vitality as engine  # noqa: E402
from cockpit.analysis.briefing import cube_of, town_values  # noqa: E402
from cockpit.datasets.store.loading import load as load_dataset  # noqa: E402
from cockpit.policy.register import FOLDER, load  # noqa: E402


def goalposts(dataset: str) -> dict[str, dict[str, float]]:
    """Item -> {low or high: figure} for the items that take them from the base year."""
    register, data = load(), load_dataset(dataset)
    design = register.vitality
    quantiles = {"low": design.index.base_low, "high": design.index.base_high}
    table = town_values(data, cube_of(data, register), design, str(design.index.base_year))
    # Unclipped and untransformed: the raw figure of each item in the unit of its goalposts.
    structure = engine.structure_of(design)
    bare = engine.Group("all", tuple(replace(item, transform="none", clip="none") for item in structure.indicators()))
    values = engine.compute(table, engine.Structure(bare, group=structure.group)).values
    found: dict[str, dict[str, float]] = {}
    for name, item in design.items.items():
        wanted = {
            side: quantile for side, quantile in quantiles.items() if getattr(item, f"{side}_from") == "base_year"
        }
        column = values[name].dropna()
        found[name] = {side: float(f"{np.quantile(column, at):.3g}") for side, at in wanted.items()}
    return {name: posts for name, posts in found.items() if posts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put them into data/policy/vitality.toml")
    parser.add_argument("--dataset", default="demo")
    asked = parser.parse_args()
    path = FOLDER / "vitality.toml"
    text = path.read_text(encoding="utf-8")
    for name, posts in goalposts(asked.dataset).items():
        print(name, posts)
        start = text.index(f"[item.{name}]")
        end = text.find("\n[", start)
        block = text[start : end if end > 0 else len(text)]
        changed = block
        for side, value in posts.items():
            changed = re.sub(rf"(?m)^{side} = .*$", f"{side} = {value:g}", changed)
        text = text.replace(block, changed)
    if asked.write:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
