"""A small browser part that shows a picture made here and tells which marked thing on the page was clicked.

Streamlit's HTML block drops inline SVG, and its charts are canvases whose text neither grows with the wall nor can be
reached by keyboard (docs/decisions/0011). One listener serves the whole page: whatever carries `data-pick`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cockpit.visuals.marks.markup import Markup

_JS = """
export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".cframe");
  if (frame.drawn !== data.picture) {
    const held = frame.contains(document.activeElement) ? document.activeElement.dataset.pick : null;
    frame.innerHTML = data.picture;
    frame.drawn = data.picture;
    // Whoever came by keyboard stays on the card just picked.
    if (held) frame.querySelector(`[data-pick="${CSS.escape(held)}"]`)?.focus();
  }
  const pick = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    const found = event.target.closest ? event.target.closest("[data-pick]") : null;
    if (!found) return;
    event.preventDefault();
    setTriggerValue("pick", found.dataset.pick);
  };
  // Called anew at every run: a click must be told once, by the newest.
  const listen = (kind, listener) => ["click", "keydown"].forEach((name) => document[kind](name, listener));
  if (document.pickListener) listen("removeEventListener", document.pickListener);
  document.pickListener = pick;
  listen("addEventListener", pick);
  return () => listen("removeEventListener", pick);
}
"""

# Not isolated: the page's stylesheet colours the picture, and clicks are seen where they happen.
_part = st.components.v2.component("picture", html='<div class="cframe"></div>', js=_JS, isolate_styles=False)


def picture(markup: Markup, on_pick: Callable[[str], None], key: str) -> None:
    """Show `markup` and call `on_pick` with what was clicked, before the next run.

    Args:
        markup: SVG or HTML, or EMPTY to listen only.
        key: one part a page, as its listener serves the whole of it.
    """

    def picked() -> None:
        result: Any = st.session_state.get(key)
        value = getattr(result, "pick", None)
        if value:
            on_pick(str(value))

    _part(key=key, data={"picture": markup}, on_pick_change=picked)
