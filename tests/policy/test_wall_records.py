"""Scenes of the wall as records: what is wrong with one stops the start and says where."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.errors import RecordError
from cockpit.policy.register import load
from cockpit.policy.wall_design import WallDesign, read_wall
from cockpit.ui.frame.shell import PAGES
from tests.policy.altering import altered


def read(path: str, value: Any) -> WallDesign:
    register = load()
    return read_wall(altered("wall.toml", path, value), register.targets, register.indicators, register.chains)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("wall/dwell_seconds", 0, "must be at least 2"),
        ("wall/map_steps", [0, 10, 5], "map_steps must rise"),
        ("wall/labelled", 13, "must not be above labelled_most"),
        ("scene/overview/kind", "overvew", "did you mean 'overview'"),
        ("scene/overview/subject", "total_output_2026", "did you mean 'total_output_2025'"),
        ("scene/overview/subject", "specialty_output_share_2025", "adds up"),
        ("scene/overview/columns", [27.6, 0], "are 3 widths"),
        ("scene/overview/columns", [27, 10, 22], "one of them 0"),
        ("scene/overview/columns", [60, 0, 40], "must leave room"),
        ("scene/overview/colums", [0, 1, 2], "did you mean 'columns'"),
        ("scene/tour/targets", [], "names the targets"),
        ("scene/tour/targets", ["tax_revenue"], "did you mean 'tax_revenue_2025'"),
        ("scene/tour/filters", {"prefectur": ["330100"]}, "did you mean 'prefecture'"),
        ("scene/tour/filters", {"prefecture": ["330101"]}, "unknown prefecture '330101'"),
        ("scene/chain/subject", "hosery", "did you mean 'hosiery'"),
        ("scene/a b", {"kind": "town"}, "is missing|one word"),
        ("scene", {}, "1 to 9 scenes"),
        ("scenes", {}, "did you mean 'scene'"),
    ],
)
def test_a_bad_record_is_told(path: str, value: Any, told: str) -> None:
    with pytest.raises(RecordError, match=told) as error:
        read(path, value)
    assert "wall.toml" in str(error.value)


def test_every_scene_opens_a_page_that_exists() -> None:
    scripts = {script for script, _, _ in PAGES}
    strange = {scene.page for scene in load().wall.scenes.values()} - scripts
    assert not strange, f"data/policy/wall.toml names pages there are not: {sorted(strange)}"


def test_a_scene_may_have_its_own_dwell_and_filters() -> None:
    design = read("scene/lists/dwell_seconds", 45)
    assert design.dwell(design.scenes["lists"]) == 45
    assert design.dwell(design.scenes["tour"]) == design.wall.dwell_seconds
    own = read("scene/lists/filters", {"status": ["creating"]}).scenes["lists"]
    assert own.filters == {"status": ["creating"]}
