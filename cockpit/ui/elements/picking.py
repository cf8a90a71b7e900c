"""Which cell and kind of the page of elements the address picks."""

from __future__ import annotations

from cockpit.analysis.briefing import Elements
from cockpit.policy.elements import ElementKind
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View
from cockpit.visuals.elements import matrix as drawing


def cell_of_address(found: Elements) -> tuple[str, str]:
    """(town, kind) of the cell in the address; a cell there is not is told and left out."""
    asked = "".join(address.get(drawing.CELL)[:1])
    code, _, kind = asked.partition(".")
    if asked and (code not in found.coverage.towns or kind not in found.design.kinds):
        address.set_aside(drawing.CELL, [asked])
        address.put(drawing.CELL, [])
        return "", ""
    return code, kind


def picked_kind(view: View, found: Elements) -> ElementKind | None:
    """The kind the list is of: that of the cell picked, else the one in the address."""
    _, kind = cell_of_address(found)
    asked = "".join(address.get(drawing.KIND)[:1])
    if asked and asked not in found.design.kinds:
        address.set_aside(drawing.KIND, [asked])
        address.put(drawing.KIND, [])
        asked = ""
    return found.design.kinds.get(kind or asked)
