"""Records of the town code: what is wrong with one stops the start and says where."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.errors import RecordError
from cockpit.policy.register import load
from cockpit.policy.town_code_design import read_town_code
from tests.policy.altering import altered


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("status/watch/shape", "diamont", "did you mean 'diamond'"),
        ("status/watch", None, "'watch' is missing"),
        ("parameter/middle/unit", "％", "unknown unit"),
        ("parameter/middle", None, "'middle' is missing"),
        ("parameter/open_to_mend/value", 0, "must be above 0"),
        ("matter/green/norms/named", "stars.green_cover_3", "did you mean 'stars.green_cover_30'"),
        ("matter/green/norms/named", "stars.five_stars", "no norm of a figure"),
        ("matter/green/norms/naemd", "stars.green_cover_30", "did you mean 'named'"),
        ("matter/term_due/stages", [], "a clock names stages"),
        ("matter/term_due/stages", ["duee"], "did you mean 'due'"),
        ("matter/green/wieght", "red", "did you mean 'weight'"),
        ("fact/output/of", "total_ouput_yuan", "did you mean 'total_output_yuan'"),
        ("fact/area/label_zh", None, "needs label_zh"),
        ("standing/green/of", "green_cover", "did you mean 'green_cover_share'"),
        ("trend", {}, "one trend"),
        ("history/breach", None, "'breach' is missing"),
        ("matters", {}, "did you mean 'matter'"),
    ],
)
def test_a_bad_record_is_told(path: str, value: Any, told: str) -> None:
    register = load()
    with pytest.raises(RecordError, match=told) as error:
        read_town_code(
            altered("town_code.toml", path, value),
            register.indicators,
            register.risk,
            register.stars,
            register.rules,
        )
    assert "town_code.toml" in str(error.value)
