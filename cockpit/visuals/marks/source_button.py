"""The button beside a figure that asks where it comes from.

Pure: values in, markup out; `ui.figure_source` listens for it.
"""

from __future__ import annotations

from html import escape

from cockpit.figure_sources import Asked
from cockpit.phrases import say
from cockpit.vocabulary import Language


def source_button(asked: Asked, label: str, language: Language) -> str:
    """What opens the drawer: a word in its place, spoken with the figure's name."""
    spoken = escape(say("source.of", language, label=label), quote=True)
    return (
        f'<button type="button" class="src" data-source="{escape(str(asked), quote=True)}" aria-label="{spoken}" '
        f'title="{spoken}">{escape(say("source.button", language))}</button>'
    )
