"""The browser part of the map: takes the drawing and what stands beside it, answers pointer and keys (`map.js`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from cockpit.visuals.marks.markup import Markup, html

KEY: Final = "map_stage"
_SCRIPT: Final = Path(__file__).with_name("map.js").read_text(encoding="utf-8")
_STORE_JS: Final = """
export default function ({ parentElement, data }) {
  const store = parentElement.querySelector(".m-outlines");
  if (store.drawn !== data.outlines) { store.innerHTML = data.outlines; store.drawn = data.outlines; }
}
"""
_FRAME: Final = html(
    '<div class="mp"><div class="mp-side"></div><div class="mp-mid"><div class="mp-crumbs"></div>'
    '<div class="mp-map"><svg class="m-svg" role="group"><defs>'
    '<pattern id="m-hatch" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M0 0V7"/></pattern>'
    '<pattern id="m-dots" width="7" height="7" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1"/></pattern>'
    '</defs><g class="m-scene"></g></svg><div class="mp-zoom"><button type="button" data-zoom="in">+</button>'
    '<button type="button" data-zoom="out">−</button><button type="button" data-zoom="all"></button></div></div></div>'
    '<div class="mp-panel" aria-live="polite"></div><div class="mp-tip" hidden></div></div>'
)
# Not isolated: the page's stylesheet colours the map, and its outlines stand once for both drawings of the page.
_part = st.components.v2.component(KEY, html=str(_FRAME), js=_SCRIPT, isolate_styles=False)
_store = st.components.v2.component(
    "map_outlines", html=str(html('<div class="m-outlines"></div>')), js=_STORE_JS, isolate_styles=False
)
_ASKED: Final = ("pick", "only", "clear", "up", "open")


def keep_outlines(outlines: Markup) -> None:
    """Put the outlines into the page; they never change, so they are sent once."""
    with st.container(key="mapstore"):
        _store(key="map_outlines", data={"outlines": outlines}, height=1)


def stage(data: Mapping[str, Any], on: Mapping[str, Callable[[str], None]]) -> None:
    """Show the map.

    Args:
        data: what `map.js` reads.
        on: called before the next run with the code: `pick`, `only` (filter to it), `clear`, `up`, `open` (a town).
    """

    def told(name: str) -> Callable[[], None]:
        def call() -> None:
            value = getattr(st.session_state.get(KEY), name, None)
            if value:
                on[name](str(value))

        return call

    callbacks: dict[str, Any] = {f"on_{name}_change": told(name) for name in _ASKED}
    _part(key=KEY, data=dict(data), **callbacks)
