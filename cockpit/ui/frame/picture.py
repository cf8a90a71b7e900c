"""A small browser part that shows a picture made here and tells which marked thing on the page was clicked.

Streamlit's HTML block drops inline SVG and cleans every text anew, and its charts are canvases whose text neither grows
with the wall nor can be reached by keyboard (docs/decisions/0011). One listener serves the whole page: whatever carries
`data-pick`, and every list of choices with `data-choose`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cockpit.visuals.marks.markup import Markup

# Pieces are drawn anew one by one, and only those that changed.
_DRAW = """
function draw(frame, data) {
  const names = Object.keys(data);
  if (frame.names !== String(names)) {
    frame.replaceChildren(...names.map((name) => {
      const piece = document.createElement("div");
      piece.className = `piece p-${name}`;
      return piece;
    }));
    frame.names = String(names);
  }
  let back = null;
  names.forEach((name, place) => {
    const piece = frame.children[place];
    if (piece.drawn === data[name]) return;
    const held = piece.contains(document.activeElement) ? document.activeElement.dataset : null;
    piece.innerHTML = data[name];
    piece.drawn = data[name];
    for (const kind of ["pick", "lead", "choose"]) {
      if (held?.[kind]) back = piece.querySelector(`[data-${kind}="${CSS.escape(held[kind])}"]`) ?? back;
    }
  });
  // Whoever came by keyboard stays on what was just picked. Last of all: the browser lays everything out for it.
  back?.focus();
}
"""
_DRAW_JS = (
    _DRAW
    + """
export default function ({ parentElement, data }) { draw(parentElement.querySelector(".cframe"), data); }
"""
)
_JS = (
    _DRAW
    + """
const KINDS = ["click", "keydown", "change"];
export default function ({ parentElement, data, setTriggerValue }) {
  draw(parentElement.querySelector(".cframe"), data);
  const pick = (event) => {
    if (event.type === "change") {
      const list = event.target.closest?.("select[data-choose]");
      if (list) setTriggerValue("pick", `${list.dataset.choose}:${list.value}`);
      return;
    }
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    const found = event.target.closest ? event.target.closest("[data-pick]") : null;
    if (!found) return;
    event.preventDefault();
    setTriggerValue("pick", found.dataset.pick);
  };
  // Called anew at every run: a click must be told once, by the newest.
  const listen = (kind, listener) => KINDS.forEach((name) => document[kind](name, listener));
  if (document.pickListener) listen("removeEventListener", document.pickListener);
  document.pickListener = pick;
  listen("addEventListener", pick);
  return () => listen("removeEventListener", pick);
}
"""
)

# Not isolated: the page's stylesheet colours the picture, and clicks are seen where they happen.
_part = st.components.v2.component("picture", html='<div class="cframe stHtml"></div>', js=_JS, isolate_styles=False)

_drawing = st.components.v2.component("drawing", html='<div class="cframe"></div>', js=_DRAW_JS, isolate_styles=False)


def drawing(markup: Markup, key: str) -> None:
    """Show SVG that listens to nothing; what it marks to be picked is told by the page's `picture`."""
    _drawing(key=key, data={"picture": markup})


def picture(pieces: Markup | Mapping[str, Markup], on_pick: Callable[[str], None], key: str) -> None:
    """Show `pieces` and call `on_pick` with what was clicked, before the next run.

    Args:
        pieces: SVG or HTML, or EMPTY to listen only; several by name, each in a block of the class `p-<name>`.
        key: one part a page, as its listener serves the whole of it.
    """

    def picked() -> None:
        result: Any = st.session_state.get(key)
        value = getattr(result, "pick", None)
        if value:
            on_pick(str(value))

    shown = {"picture": pieces} if isinstance(pieces, str) else dict(pieces)
    _part(key=key, data=shown, on_pick_change=picked)
