"""The browser part of the towns page: the table as it is made on the server, its heads, ticks and names as clicks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from cockpit.visuals.marks.markup import Markup, html

KEY: Final = "towns_table"
_ASKED: Final = ("sort", "tick", "open")
# One listener on the document, as the comparison below the table has names and ticks as well.
_JS: Final = """
export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".tt-frame");
  if (frame.drawn !== data.table) {
    const old = frame.querySelector(".tt-scroll");
    const [down, across] = old ? [old.scrollTop, old.scrollLeft] : [0, 0];
    const active = frame.contains(document.activeElement) ? document.activeElement : null;
    const held = active && ["sort", "tick"].find((name) => active.getAttribute(`data-town-${name}`));
    const code = held && active.getAttribute(`data-town-${held}`).replace(/^-/, "");
    frame.innerHTML = data.table;
    frame.drawn = data.table;
    const now = frame.querySelector(".tt-scroll");
    if (now && old) { now.scrollTop = down; now.scrollLeft = across; }
    if (held) frame.querySelector(`[data-town-${held}="${code}"], [data-town-${held}="-${code}"]`)?.focus();
  }
  const told = (event) => {
    if (event.target.closest?.(".tt-more")) { frame.classList.add("all"); return; }
    // Names of our own: the framework marks its open lists with data-open.
    const marks = "[data-town-sort],[data-town-tick],[data-town-open]";
    const found = event.target.closest ? event.target.closest(marks) : null;
    if (!found || (event.type === "click") === (found.type === "checkbox")) return;
    for (const name of ["sort", "tick", "open"]) {
      const value = found.getAttribute(`data-town-${name}`);
      if (value) setTriggerValue(name, value);
    }
  };
  const listen = (kind, listener) => ["click", "change"].forEach((name) => document[kind](name, listener));
  if (document.townListener) listen("removeEventListener", document.townListener);
  document.townListener = told;
  listen("addEventListener", told);
  return () => listen("removeEventListener", told);
}
"""
_FRAME: Final = html('<div class="tt-frame"></div>')
_part = st.components.v2.component(KEY, html=str(_FRAME), js=_JS, isolate_styles=False)


def towns_part(table: Markup, on: Mapping[str, Callable[[str], None]]) -> None:
    """Show the table; `on` are called before the next run: `sort` with the order, `tick` and `open` with a town."""

    def told(name: str) -> Callable[[], None]:
        def call() -> None:
            value = getattr(st.session_state.get(KEY), name, None)
            if value:
                on[name](str(value))

        return call

    callbacks: dict[str, Any] = {f"on_{name}_change": told(name) for name in _ASKED}
    _part(key=KEY, data={"table": table}, **callbacks)
