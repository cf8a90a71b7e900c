"""The rail of supervision: alerts nobody has looked for are not none."""

from __future__ import annotations

import pytest

from cockpit.analysis.supervision.statistics import Waiting
from cockpit.visuals.actions.alerts import rail
from cockpit.vocabulary import Language

WAITS = Waiting(34, 5, 2, 9, 0)


@pytest.mark.parametrize(("language", "told"), [("zh", "预警尚未检查"), ("en", "alerts not checked yet")])
def test_before_anybody_looked_there_is_no_number_of_alerts(language: Language, told: str) -> None:
    unchecked, checked = str(rail(WAITS, None, None, language)), str(rail(WAITS, 0, 0, language))
    assert told in unchecked
    assert ">—</b>" in unchecked
    assert told not in checked
    assert ">—</b>" not in checked


def test_a_part_of_the_province_is_told_as_a_part_and_opens_its_own_matters() -> None:
    whole, part = str(rail(WAITS, 3, 1, "zh")), str(rail(WAITS, 3, 1, "zh", is_part=True, region="330100"))
    assert "筛选内：在办34" in part
    assert part.count("mregion=330100") == 4
    assert "筛选内" not in whole
    assert "mregion" not in whole
