"""Charts of the screen as pictures for paper, drawn from the very specifications the screen draws.

The project's own fonts come first, so that Chinese is set the same on every machine.
"""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa

from cockpit.exports.pack.drawing import Drawer
from cockpit.exports.pack.model import Picture, Section
from cockpit.visuals.marks.palette import FONT

FACE: Final = "Noto Sans CJK SC"  # the project's own, data/fonts
_PAPER: Final = "white"
AXIS: Final = 80  # pixels beside the plot, more or less


class Pictures:
    """Pictures of a pack's figures, begun as soon as their section is known."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer
        self._pictures: dict[int, Future[bytes]] = {}
        self.sections: tuple[Section, ...] = ()

    def take(self, section: Section) -> None:
        """Begin with the figures of a section."""
        figures = [make() for make in section.pictures]
        for figure in figures:
            self._pictures[id(figure)] = self._drawer.draw(written(figure))
        # The figures are held by the section, so that no other object takes the place of one.
        self.sections += (replace(section, pictures=tuple(_given(figure) for figure in figures)),)

    def of(self, figure: Picture) -> bytes:
        """The picture as PNG; waits for it."""
        return self._pictures[id(figure)].result()


def _given(figure: Picture) -> Any:
    return lambda: figure


def written(figure: Picture) -> str:
    """The specification on one line. One face instead of a list: each text is measured with every face named."""
    return json.dumps(whole(figure), ensure_ascii=False).replace(FONT, FACE)


def whole(figure: Picture) -> dict[str, Any]:
    """The specification with its rows as plain values and a width of its own."""
    spec: dict[str, Any] = {key: value for key, value in figure.spec.items() if key != "datasets"}
    spec["datasets"] = {name: _rows(raw) for name, raw in figure.spec["datasets"].items()}
    # Fitted into a width the engine lays everything out twice, and that is most of its work: it may be wider instead.
    spec["autosize"] = {"type": "pad"}
    spec["background"], spec["width"] = _PAPER, figure.width - AXIS
    return spec


def _rows(raw: Any) -> list[dict[str, Any]]:
    """Rows of an Arrow stream; what is not a number in it (NaN) is nothing."""
    rows = pa.ipc.open_stream(raw).read_all().to_pylist() if isinstance(raw, bytes) else list(raw)
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]
