"""The page's address as the one memory of what the reader looks at.

Every choice stands in the URL by code (`class=finance`), the same in both languages, so a link opens the same view.
Streamlit's own binding writes the label shown instead of the code and drops unknown values without a word, so the
address is kept here (docs/decisions/0003). An address from outside (first visit, pasted link, Back) re-seeds the
widgets; in every other run a widget that was clicked wins, whatever address the browser still showed at that moment,
and the others follow the choices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx

_MEMORY: Final = "_address"

Parameters = dict[str, list[str]]
# Every parameter a page's address may have; what else stands in one is told and left out.
NAMES: Final = frozenset(
    {
        # of all pages
        "dataset", "lang", "theme", "version", "source", "wall",
        "prefecture", "county", "class", "status", "industry", "period", "set", "mountain", "q",
        # targets
        "target", "gapview", "gapby", "gappart", "verdict", "trendview", "parts", "by", "partsview",
        # chain, map, vitality
        "chain", "node", "link", "fpage", "fq", "fsort", "coverview", "chainview",
        "measure", "mapview", "size", "colour", "area", "draw", "hide", "pick",
        "within", "scope", "vitview", "page", "w",
        # lists, per mu, towns
        "check", "town", "sort", "clockview", "land", "per_mu_town", "per_mu_view", "permu_class",
        "columns", "compare", "tsort", "code",
        # data, wall
        "part", "submission", "for", "part_of", "figure", "across", "freshview", "scenes", "scene", "dwell",
        # actions
        "matter", "alert", "mview", "mlight", "mstate", "mlead", "mkind", "mregion", "msort", "mpage", "mwho",
        # elements, cases
        "case", "ekind", "ecell", "egroup", "epage", "sheets",
        # plan
        "plan", "step", "pind", "popen", "pw", "lever", "pby", "pseek", "pmoved", "path",
        # basis
        "find", "clause",
    }
)  # fmt: skip
# Streamlit's own, for pages within pages.
_FRAME: Final = frozenset({"embed", "embed_options"})
_NOTHING: Final = object()


@dataclass
class _Memory:
    """What one session remembers of its address and of the widgets that show it."""

    parameters: Parameters = field(default_factory=dict)
    # The value each widget had when the address last took it over.
    shown: dict[str, Any] = field(default_factory=dict)
    # Parameters and values no widget knows.
    unknown: list[tuple[str, str]] = field(default_factory=list)
    # What the browser's address bar is known to hold; None when it may hold another by now.
    browser: Parameters | None = None
    is_met: bool = False
    # Widgets' values a page that outlived its server brought along.
    carried: Any = None
    echo: set[str] = field(default_factory=set)
    # Widgets set in a run that has not ended: the browser may not have been told.
    untold: set[str] = field(default_factory=set)


def _memory() -> _Memory:
    state = st.session_state
    if _MEMORY not in state:
        state[_MEMORY] = _Memory()
    found: _Memory = state[_MEMORY]
    return found


def restore() -> bool:
    """Take over the URL when it came from outside; return whether it did.

    It did at a session's first run and when the browser says that the reader went back or forward in its history. Any
    other message was sent by a click or a timer and names the address the browser held at that moment, which may be
    older than the choices, or empty after a switch by the navigation: the choices are kept then, and written again.
    """
    context = get_script_run_ctx()
    query, memory = st.query_params, _memory()
    incoming: Parameters = {name: query.get_all(name) for name in query}
    is_first, memory.is_met = not memory.is_met, True
    outside = is_first or (context is not None and context.is_history_navigation)
    if outside:
        for name in incoming.keys() - NAMES - _FRAME:
            set_aside(name, incoming[name] or [""])
        memory.parameters = {name: incoming[name] for name in incoming if name in NAMES | _FRAME}
        _overrule(list(memory.shown))
    if is_first and context is not None:
        # A page that outlived its server brings its widgets' values, and perhaps a click, to a session that has never
        # drawn them. Drawn from the address first, they are set in a second run, callbacks and all: see `replay`.
        memory.carried = context.session_state.get_widget_states()
    memory.browser = incoming if outside or incoming == memory.browser else None
    return outside


def replay() -> None:
    """At the end of a session's first run: hand the values the browser brought along to a second one."""
    memory = _memory()
    carried, memory.carried = memory.carried, None
    context = get_script_run_ctx()
    if not carried or context is None or context.script_requests is None:
        return
    # The first run has told the browser the address's values; the second must tell it its own ones back.
    memory.echo = set(memory.shown)
    context.script_requests.request_rerun(
        RerunData(
            query_string=context.query_string,
            widget_states=WidgetStates(widgets=carried),
            page_script_hash=context.page_script_hash,
            context_info=context.context_info,
        )
    )


def leave(path: str) -> None:
    """Go on with another page of the app, by its path.

    Streamlit's own switch first writes an empty address for the page that is left, which stays in the browser's history
    and is where a step back would land.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    pages = context.pages_manager.get_pages().items()
    raise RerunException(
        RerunData(
            query_string=context.query_string,
            page_script_hash=next(page for page, told in pages if told["url_pathname"] == path),
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
    )


def set_aside(name: str, values: Sequence[str]) -> None:
    """Remember values no widget knows, for the notice at the end of the run."""
    if values:
        _memory().unknown.extend((name, value) for value in values)


def take_unknown() -> list[tuple[str, str]]:
    """Parameters and values set aside since the last call."""
    memory = _memory()
    taken, memory.unknown = memory.unknown, []
    return list(dict.fromkeys(taken))


def _overrule(keys: Sequence[str]) -> None:
    """Count no value these widgets have by now as a click: they follow the address."""
    for key in keys:
        if key in st.session_state:
            _memory().shown[key] = st.session_state[key]


def flush() -> None:
    """Write the address to the browser unless it is known to hold it."""
    memory = _memory()
    if memory.browser != memory.parameters:
        st.query_params.from_dict(memory.parameters)
        memory.browser = dict(memory.parameters)


def parameters() -> Parameters:
    return dict(_memory().parameters)


def get(name: str) -> list[str]:
    return list(_memory().parameters.get(name, ()))


def put(name: str, values: Sequence[str]) -> None:
    """Set one parameter; no values takes it out. Takes effect in the browser at the next `flush`.

    Raises:
        KeyError: the name is not among `NAMES`; a link that holds it would be told as a mistake.
    """
    if name not in NAMES:
        raise KeyError(name)
    memory = _memory()
    if memory.parameters.get(name, []) == list(values):
        return
    changed = {key: value for key, value in memory.parameters.items() if key != name}
    if values:
        changed[name] = list(values)
    # One order for all, so that the same view has the same link.
    memory.parameters = dict(sorted(changed.items()))


def replace(names: Sequence[str], values: Parameters) -> None:
    """Replace a group of parameters at once, whatever their widgets hold (clear-all, a click on the map)."""
    for name in names:
        put(name, values.get(name, []))
    _overrule([key for key in _memory().shown if key.partition("|")[0] in names])


def seeded(key: str, value: Any) -> str:
    """Give the widget `key` the address's `value`, unless the reader has just changed it; return the key.

    To be followed by `drawn` once the address holds what the widget holds: a run may be cut short by the next click
    between the two, and what was clicked must still count as a click then. Widgets named after a parameter have keys
    that begin with it and a bar.
    """
    memory, state = _memory(), st.session_state
    holds = state.get(key, _NOTHING)
    if holds is not _NOTHING and key in memory.shown and not _is_same(holds, memory.shown[key]):  # clicked
        if key in memory.echo:
            state[key] = holds
    elif holds is _NOTHING or key in memory.untold or not _is_same(holds, value):
        state[key] = value
        memory.untold.add(key)
    return key


def drawn(key: str) -> None:
    """The address holds what the widget `key` holds."""
    memory = _memory()
    memory.shown[key] = st.session_state[key]
    memory.echo.discard(key)


def settle() -> None:
    """At the end of a run: the browser has been told of every widget that was set. What a run set that the next click
    cut short is set again by the next."""
    _memory().untold = set()


def _is_same(one: Any, other: Any) -> bool:
    """Of several picks the order does not count: setting it anew could overtake a click on its way."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return bool(one == other)


def choose_one(
    name: str,
    options: Sequence[str],
    default: str,
    draw: Callable[[str], str | None],
    scope: str = "",
    is_blank_allowed: bool = False,
) -> str:
    """Draw a single-choice widget kept in the address; unknown values count as the default.

    Args:
        draw: draws the widget under the key it is given and returns its value.
        scope: part of the key (the language, say) when the same choice is drawn with other labels.
        is_blank_allowed: the widget shows the default by holding nothing.
    """
    value = asked_one(name, options, default)
    key = seeded(f"{name}|{scope}", None if is_blank_allowed and value == default else value)
    chosen = draw(key)
    value = chosen if chosen is not None and chosen in options else default
    put(name, [] if value == default else [value])
    drawn(key)
    return value


def asked_one(name: str, options: Sequence[str], default: str) -> str:
    """A single choice as the address has it, where its widget is not drawn; an unknown value is set aside."""
    asked = get(name)
    set_aside(name, [value for value in asked[:1] if value not in options and value != default])
    value = asked[0] if asked and asked[0] in options else default
    put(name, [] if value == default else [value])
    return value


def choose_many(
    name: str, options: Sequence[str], draw: Callable[[str], list[str]], scope: str = ""
) -> tuple[str, ...]:
    """Draw a multiple-choice widget kept in the address."""
    allowed = set(options)
    set_aside(name, [value for value in get(name) if value not in allowed])
    key = seeded(f"{name}|{scope}", [value for value in dict.fromkeys(get(name)) if value in allowed])
    picked = set(draw(key))
    values = [value for value in options if value in picked]
    put(name, values)
    drawn(key)
    return tuple(values)


def choose_text(name: str, draw: Callable[[str], str], scope: str = "", longest: int = 60) -> str:
    """Draw a text input kept in the address."""
    key = seeded(f"{name}|{scope}", " ".join(get(name))[:longest])
    text = draw(key).strip()[:longest]
    put(name, [text] if text else [])
    drawn(key)
    return text
