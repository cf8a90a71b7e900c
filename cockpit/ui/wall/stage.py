"""The one browser part of the wall: takes all scenes at once and plays them (`wall.js`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from cockpit.visuals.marks.markup import Markup, html

KEY: Final = "wall"
_SCRIPT: Final = Path(__file__).with_name("wall.js").read_text(encoding="utf-8")


def _frame(words: Mapping[str, str]) -> Markup:
    """What stays while scenes change."""
    return html(
        '<div class="wall"><div class="w-defs"></div><section class="w-stage"><header class="w-head">'
        '<div class="w-lead"></div><div class="w-meta"><div class="w-badge"></div><div class="w-kv">'
        '<div class="w-about"></div><div class="w-version"></div></div><div class="w-clock">'
        '<small class="w-date"></small><span class="w-time"></span></div></div></header>'
        '<div class="w-body"></div></section><footer class="w-foot"><div class="w-nav">'
        '<button type="button" data-do="previous" aria-label="{}">‹</button>'
        '<button type="button" class="w-dial" data-do="pause" aria-label="{}">'
        '<svg viewBox="0 0 44 44" aria-hidden="true"><circle class="w-rail" cx="22" cy="22" r="18"/>'
        '<circle class="w-ring" cx="22" cy="22" r="18" stroke-dasharray="0 114" transform="rotate(-90 22 22)"/>'
        '<path class="w-stop" d="M17 15v14M27 15v14"/></svg></button>'
        '<button type="button" data-do="next" aria-label="{}">›</button><b class="w-now"></b>'
        '<span class="w-names"></span><button type="button" class="w-ask" data-do="help">? {}</button></div>'
        '<div class="w-source"></div></footer><div class="w-notice" role="status" hidden></div>'
        '<div class="w-help" hidden><div class="w-keys"></div></div><div class="w-blank" hidden></div></div>',
        words["previous"],
        words["pause"],
        words["next"],
        words["help"],
    )


_parts: dict[str, Any] = {}


def _part(language: str, words: Mapping[str, str]) -> Any:
    # Registered once a language: doing it at every run costs more than drawing it.
    if language not in _parts:
        _parts[language] = st.components.v2.component(
            f"{KEY}_{language}", html=_frame(words), js=_SCRIPT, isolate_styles=False
        )
    return _parts[language]


def play(data: Mapping[str, Any], language: str, words: Mapping[str, str], on_leave: Callable[[str], None]) -> None:
    """Show the scenes.

    Args:
        data: what `wall.js` reads.
        words: labels of the frame: previous, next, pause, help.
        on_leave: called with the id of the scene whose desk page is asked for.
    """
    result = _part(language, words)(
        key=f"{KEY}_{language}", data=dict(data), on_leave_change=lambda: None, on_moved_change=lambda: None
    )
    asked = getattr(result, "leave", None)
    if asked:
        on_leave(str(asked))
