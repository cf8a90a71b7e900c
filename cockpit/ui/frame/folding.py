"""Keeps the filter bar in one row: what finds no room, and on a phone all that is not set, is folded behind a button.

How wide the words of a bar are is known to the browser alone, so it folds; nothing is asked of the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from cockpit.phrases import say
from cockpit.vocabulary import Language

# In the order in which they give way.
_FIELDS: Final = ("industry", "mountain", "q", "status", "class", "county", "prefecture", "pack")
_JS: Final = """
export default function ({ parentElement, data }) {
  const bar = parentElement.closest(".st-key-filters");
  const button = parentElement.querySelector("button");
  if (!bar) return;
  const field = (name) => bar.querySelector(`:scope > [class*="st-key-${name}-"]`);
  const parts = data.fields.map((name) => [name, field(name)]).filter(([, part]) => part);
  const arrange = () => {
    const isNarrow = matchMedia("(max-width: 767px)").matches;
    const isOpen = bar.dataset.open === "yes";
    bar.dataset.open = "no";
    bar.dataset.full = "no";
    for (const [, part] of parts) part.dataset.folded = "no";
    const free = parts.filter(([name]) => !data.set.includes(name));
    let folded = 0;
    button.hidden = !isNarrow;
    for (const [, part] of free) {
      if (!isNarrow && bar.scrollWidth <= bar.clientWidth) break;
      part.dataset.folded = "yes";
      folded += 1;
      button.hidden = false;
      button.textContent = `${data.more} ${folded}`;
    }
    if (isNarrow) button.textContent = data.set.length ? `${data.filters} ${data.set.length}` : data.filters;
    // Pills alone may need more than a row.
    if (bar.scrollWidth > bar.clientWidth) bar.dataset.full = "yes";
    bar.dataset.open = isOpen && folded ? "yes" : "no";
    button.setAttribute("aria-expanded", String(bar.dataset.open === "yes"));
  };
  button.onclick = () => { bar.dataset.open = bar.dataset.open === "yes" ? "no" : "yes"; arrange(); };
  // What arranging itself moves is reported as well; only a width of another's making is a reason to arrange anew.
  const widths = () => [bar.clientWidth, ...parts.map(([, part]) => part.offsetWidth)].join();
  let last = "";
  const again = () => { if (widths() !== last) { arrange(); last = widths(); } };
  // Run anew with every change of the page: the one before would go on watching.
  button.watch?.disconnect();
  button.watch = new ResizeObserver(again);
  for (const part of [bar, ...bar.children]) button.watch.observe(part);
  again();
  return () => button.watch.disconnect();
}
"""

# Not isolated: the page's stylesheet dresses the button as one of the bar's words.
_fold = st.components.v2.component(
    "filter_fold", html='<button type="button" class="fold"></button>', js=_JS, isolate_styles=False
)


def fold(filtered: Sequence[str], language: Language) -> None:
    """The button that unfolds; drawn in the bar, after its fields. `filtered` are the fields that are set."""
    _fold(
        key="filter_fold",
        data={
            "fields": list(_FIELDS),
            "set": list(filtered),
            "more": say("filter.more", language),
            "filters": say("filter.fold", language),
        },
        width="content",
        height="content",
    )
