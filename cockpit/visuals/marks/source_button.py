"""The button beside a figure that asks where it comes from.

Pure: values in, markup out; `ui.figure_source` listens for it.
"""

from __future__ import annotations

from cockpit.figure_sources import FigureKey
from cockpit.phrases import say
from cockpit.visuals.marks.markup import Markup, html
from cockpit.vocabulary import Language


def source_button(asked: FigureKey, label: str, language: Language) -> Markup:
    """What opens the drawer: a word in its place, spoken with the figure's name."""
    spoken = say("source.of", language, label=label)
    return html(
        '<button type="button" class="src" data-source="{}" aria-label="{}" title="{}">{}</button>',
        str(asked),
        spoken,
        spoken,
        say("source.button", language),
    )
