"""The page's address as the one memory of what the reader looks at.

Every choice stands in the URL by code (`class=finance`), the same in both languages, so a link opens the same view.
Streamlit's own binding writes the label shown instead of the code and drops unknown values without a word, so the
address is kept here (docs/decisions/0003). A change from outside (first visit, back, pasted link) re-seeds the widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

_STATE = "_address"
_PAGE = "_address_page"
_SEEDED = "_address_seeded"
_UNKNOWN = "_address_unknown"
_BROWSER = "_address_browser"  # what the browser's address bar is known to hold

Parameters = dict[str, list[str]]


def restore(page: str) -> bool:
    """Take over the URL when it came from outside; return whether it did.

    Args:
        page: url path of the page being run. A switch by the navigation arrives with an empty query: the choices are
            kept then, and written again.
    """
    query = st.query_params
    incoming: Parameters = {name: query.get_all(name) for name in query}
    # Compared with what the browser held, not with the choices: a button's callback has changed those already.
    known = st.session_state.get(_BROWSER)
    switched = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    st.session_state[_BROWSER] = incoming
    outside = known is None or (incoming != known and not (switched and not incoming))
    if outside:
        st.session_state[_STATE] = incoming
        reseed()
    return outside


def set_aside(name: str, values: Sequence[str]) -> None:
    """Remember values no widget knows, for the notice at the end of the run."""
    st.session_state.setdefault(_UNKNOWN, []).extend((name, value) for value in values)


def take_unknown() -> list[tuple[str, str]]:
    """Parameters and values set aside since the last call."""
    return list(dict.fromkeys(st.session_state.pop(_UNKNOWN, [])))


def reseed() -> None:
    """Make every widget take its value from the address again."""
    st.session_state[_SEEDED] = set()


def flush() -> None:
    """Write the address to the browser if it changed."""
    current: Parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    if current != parameters():
        st.query_params.from_dict(parameters())
        st.session_state[_BROWSER] = parameters()


def parameters() -> Parameters:
    return dict(st.session_state.get(_STATE, {}))


def get(name: str) -> list[str]:
    return list(parameters().get(name, []))


def put(name: str, values: Sequence[str]) -> None:
    """Set one parameter; no values takes it out. Takes effect in the browser at the next `flush`."""
    changed = {key: value for key, value in parameters().items() if key != name}
    if values:
        changed[name] = list(values)
    # One order for all, so that the same view has the same link.
    st.session_state[_STATE] = dict(sorted(changed.items()))


def replace(names: Sequence[str], values: Parameters) -> None:
    """Replace a group of parameters at once and re-seed the widgets (clear-all, a click on the map)."""
    for name in names:
        put(name, values.get(name, []))
    reseed()


def seeded(key: str, value: Any) -> str:
    """Give the widget `key` its value from the address once, then leave it to the reader; return the key."""
    done: set[str] = st.session_state.setdefault(_SEEDED, set())
    if key not in done or key not in st.session_state:
        st.session_state[key] = value
        done.add(key)
    return key


def choose_one(
    name: str,
    options: Sequence[str],
    default: str,
    draw: Callable[[str], str | None],
    scope: str = "",
) -> str:
    """Draw a single-choice widget kept in the address; unknown values count as the default.

    Args:
        draw: draws the widget under the key it is given and returns its value.
        scope: part of the key (the language, say) when the same choice is drawn with other labels.
    """
    asked = get(name)
    set_aside(name, [value for value in asked[:1] if value not in options and value != default])
    value = asked[0] if asked and asked[0] in options else default
    chosen = draw(seeded(f"{name}|{scope}", value))
    value = chosen if chosen is not None and chosen in options else default
    put(name, [] if value == default else [value])
    return value


def choose_many(
    name: str, options: Sequence[str], draw: Callable[[str], list[str]], scope: str = ""
) -> tuple[str, ...]:
    """Draw a multiple-choice widget kept in the address."""
    allowed = set(options)
    set_aside(name, [value for value in get(name) if value not in allowed])
    chosen = draw(seeded(f"{name}|{scope}", [value for value in get(name) if value in allowed]))
    picked = set(chosen)
    values = [value for value in options if value in picked]
    put(name, values)
    return tuple(values)


def choose_text(name: str, draw: Callable[[str], str], scope: str = "", longest: int = 60) -> str:
    """Draw a text input kept in the address."""
    text = draw(seeded(f"{name}|{scope}", " ".join(get(name))[:longest])).strip()[:longest]
    put(name, [text] if text else [])
    return text
