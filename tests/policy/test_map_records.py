"""Class borders of the map as records: what is wrong with one stops the start and says where."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.errors import RecordError
from cockpit.policy.map_design import read_map
from cockpit.policy.register import load

GOOD: dict[str, Any] = {
    "map": {"parting_px": 15, "largest_px": 17, "origin": "own", "reading_zh": "说明", "reading_en": "words"},
    "borders": {
        "tax_per_mu_yuan": {"borders": [40, 60, 80, 120], "unit": "万元/亩"},
        "share": {"borders": [20, 40, 60, 80], "unit": "%"},
        "growth": {"borders": [-5, 0, 5, 10], "unit": "%"},
    },
}


def read(**borders: Any) -> Any:
    return read_map({**GOOD, "borders": {**GOOD["borders"], **borders}}, load().indicators)


def test_borders_are_those_of_the_indicator_or_of_shares() -> None:
    design, indicators = read(), load().indicators
    assert design.borders_of(indicators["tax_per_mu_yuan"]) == (4e5, 6e5, 8e5, 12e5)
    assert design.borders_of(indicators["specialty_output_share"]) == pytest.approx((0.2, 0.4, 0.6, 0.8))
    assert design.borders_of(indicators["output_per_mu_yuan"]) == (), "no record, no colour"
    assert design.growth_borders == pytest.approx((-0.05, 0, 0.05, 0.1))


@pytest.mark.parametrize(
    ("borders", "said"),
    [
        ({"growth": {"borders": [0, 0, 5, 10], "unit": "%"}}, "borders must rise"),
        ({"growth": {"borders": [0, 5, 10], "unit": "%"}}, "at least 4"),
        ({"growth": {"borders": [0, 1, 5, 10], "unit": "percent"}}, "unknown unit"),
        ({"tax_per_nu": {"borders": [0, 1, 5, 10], "unit": "%"}}, "unknown indicator"),
        ({"tax_per_mu_yuan": {"borders": [0, 1, 5, 10], "unit": "%"}}, "is not a unit of yuan_per_mu"),
    ],
)
def test_a_bad_record_stops_the_start(borders: dict[str, Any], said: str) -> None:
    with pytest.raises(RecordError, match=said) as error:
        read(**borders)
    assert "map.toml" in str(error.value)


def test_shares_and_growth_are_always_there() -> None:
    with pytest.raises(RecordError, match="borders of growth are missing"):
        read_map({**GOOD, "borders": {"share": GOOD["borders"]["share"]}}, load().indicators)


def test_an_unknown_section_is_told() -> None:
    with pytest.raises(RecordError, match="unknown section"):
        read_map({**GOOD, "colours": {}}, load().indicators)
