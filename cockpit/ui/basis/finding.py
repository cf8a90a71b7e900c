"""The basis page's contents, search and deep links: which sections are open, which rows are shown, where to scroll.

`part=rules` opens a section, `clause=3.4` the clause, `find=绿化` leaves the rows that hold the words. A section
without such a row is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import streamlit as st

from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html

SECTIONS: Final = (
    "clauses", "targets", "rules", "reviews", "vitality", "per_mu", "lists", "town_code", "chains", "chain_rules",
    "desk", "cases", "indicators", "published", "sources", "glossary", "versions",
)  # fmt: skip
_STATE: Final = "_basis_finder"


@dataclass
class Finder:
    """What is looked for in this run, and how many rows of the section now drawn hold it."""

    words: str
    part: str
    clause: str
    hits: int = 0
    is_open: bool = False
    found: int = 0

    def holds(self, text: str) -> bool:
        """Whether a row of this text is shown."""
        is_hit = not self.words or self.words in text.casefold()
        self.hits += is_hit
        return is_hit


def finder() -> Finder:
    """The finder of this run."""
    found: Finder = st.session_state[_STATE]
    return found


def read(view: View) -> None:
    """Draw the search box and the contents, and take over what the address asks for."""
    with st.container(key="basissearch"):
        words = address.choose_text(
            "find",
            lambda widget: st.text_input(
                view.say("basis.find"),
                key=widget,
                placeholder=view.say("basis.find"),
                label_visibility="collapsed",
                icon=":material/search:",
            ),
            view.language,
        )
    asked = address.get("clause")[:1]
    clause = asked[0] if asked and asked[0] in view.desk.register.passages else ""
    if asked and not clause:
        address.set_aside("clause", asked)
        address.put("clause", [])
    if clause and not address.get("part"):
        address.put("part", ["clauses"])
    part = address.choose_one(
        "part",
        SECTIONS,
        "",
        lambda widget: st.radio(
            view.say("basis.contents"),
            ("", *SECTIONS),
            format_func=lambda name: view.say(f"basis.{name or 'all'}"),
            key=widget,
        ),
        f"{view.language}|basis",
    )
    if clause and part != "clauses":  # another section was chosen since
        address.put("clause", [])
        clause = ""
    st.session_state[_STATE] = Finder(words.casefold(), part, clause)


@contextmanager
def section(view: View, name: str) -> Iterator[None]:
    """A folded section: open where it is asked for, while something is looked for, and at first the two main ones."""
    find = finder()
    find.hits = 0
    is_open = bool(find.words) or (name == find.part if find.part else name in ("targets", "rules"))
    find.is_open = is_open
    if find.words and name == SECTIONS[0]:
        show(html('<span data-here="{}"></span>', f"find-{find.words}"))
    slot = st.empty()
    with slot.container(), st.expander(view.say(f"basis.{name}"), expanded=is_open):
        if find.part == name and not find.clause and not find.words:
            show(html('<span data-here="{}"></span>', f"part-{name}"))
        yield
    find.found += find.hits
    if find.words and not find.hits:
        slot.empty()


def tell_none(view: View) -> None:
    """Say so where no row of any section holds the words."""
    find = finder()
    if find.words and not find.found:
        st.info(view.say("basis.find_none", words=find.words), icon=":material/search_off:")
