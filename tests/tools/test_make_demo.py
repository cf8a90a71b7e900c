"""The demonstration's generator: a new indicator shifts no figure of another."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cockpit.datasets.store import versions
from tools.demo.returns import PERIODS, Calendar
from tools.demo.towns import make_towns
from tools.make_demo import reported_indicators

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
def test_a_new_indicator_anywhere_in_the_register_shifts_no_other() -> None:
    public = ROOT / "data" / "public"
    manifest = versions.read_manifest(public, versions.current_version(public))
    counties = versions.read_table(public, manifest, "counties").to_pandas()
    borders = json.loads((ROOT / "data" / "geo" / "counties.geojson").read_text(encoding="utf-8"))
    towns = make_towns(counties, borders)
    known = list(reported_indicators(ROOT / "data" / "policy" / "indicators.toml"))
    before = Calendar(towns, known)
    for place in (0, 7, len(known)):
        after = Calendar(towns, [*known[:place], "green_factory_count", *known[place:]])
        for name in known:
            for period in PERIODS:
                np.testing.assert_array_equal(before.came_in(name, period), after.came_in(name, period))
        assert not after.came_in("green_factory_count", PERIODS[-1]).all(), "it has gaps of its own"
