"""What is lacking stands in the decimals of the amounts it is the difference of."""

from __future__ import annotations

import pytest

from cockpit.analysis.briefing.elements import Panel, PanelRow
from cockpit.visuals.elements.panels import _scale
from tests.spec.entries import KINDS


def test_due_less_received_is_what_is_lacking_as_it_is_written() -> None:
    kind = KINDS["land_award"]
    assert kind.panel is not None

    def row(key: str, used: float, due: float, received: float) -> PanelRow:
        return PanelRow(key, {"used": used, "due": due, "received": received}, due - received, None, None)

    rows = (row("甲", 150.0, 89.6, 33.2), row("乙", 2142.0, 1285.2, 1230.4))
    panel = Panel(kind, kind.panel, {}, rows, row("", 2292.0, 1374.8, 1263.6), None)
    due, received, lacking = (
        _scale(panel, name, "zh").figure(value).number
        for name, value in (("due", 89.6), ("received", 33.2), ("due", 89.6 - 33.2))
    )
    assert (due, received, lacking) == ("89.6", "33.2", "56.4")
    assert float(due) - float(received) == pytest.approx(float(lacking))
