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
