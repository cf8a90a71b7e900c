"""Views by name, kept by the reader's browser: page and address, opened like a link.

Where they are kept is known to one object of `views.js`; a store for persons takes its place there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from cockpit.phrases import say
from cockpit.vocabulary import Language

MOST: Final = 20
LONGEST: Final = 40  # signs of a name
_SCRIPT: Final = Path(__file__).with_name("views.js").read_text(encoding="utf-8")
_LABELS: Final = ("name", "save", "open", "delete_of", "none", "empty", "saved", "deleted", "where")
_HTML: Final = (
    '<form><input type="text" autocomplete="off"><button type="submit"></button></form>'
    '<p role="status"></p><ul></ul><p class="where"></p>'
)
_CSS: Final = """
:host, form, input, button, li, p { font: inherit; font-size: 14px; color: var(--st-text-color); }
form { display: flex; gap: 6px; }
input { flex: 1; min-width: 0; height: 34px; padding: 0 8px; background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 4px; }
form button { height: 34px; padding: 0 12px; cursor: pointer; white-space: nowrap; background: transparent;
  color: var(--st-primary-color); border: 1px solid var(--st-primary-color); border-radius: 4px; }
ul { list-style: none; margin: 4px 0 0; padding: 0; max-height: 220px; overflow-y: auto; }
li { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 32px; }
a { color: var(--st-link-color); overflow-wrap: anywhere; }
li button { border: 0; background: none; cursor: pointer; font-size: 18px; width: 32px; height: 32px; }
p { margin: 4px 0 0; font-size: 13px; }
p:empty { display: none; }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
_views = st.components.v2.component("saved_views", html=_HTML, css=_CSS, js=_SCRIPT)


def views(pages: Sequence[str], language: Language) -> None:
    """The list with its form; `pages` are the addresses a view may be of."""
    labels = {name: say(f"views.{name}", language) for name in _LABELS}
    labels["full"] = say("views.full", language, most=MOST)
    data = {"labels": labels, "most": MOST, "longest": LONGEST, "pages": list(pages)}
    _views(key=f"saved_views|{language}", data=data)
