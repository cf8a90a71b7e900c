"""The help of a page as markup.

Pure.
"""

from __future__ import annotations

from typing import Final

from cockpit.phrases import keys, say
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language

_KEYS: Final = (("?", "help"), ("/", "search"), ("Tab", "tab"), ("↑ ↓ ← →", "walk"), ("Esc", "escape"))
_TASKS: Final = (1, 2, 3)


def panel(script: str, language: Language) -> Markup:
    """What the page answers, three tasks, keys, and a button for its link; a page without help has the last two."""
    told = EMPTY
    if f"help.{script}" in keys():
        tasks = html_of(html("<li>{}</li>", say(f"help.{script}.{number}", language)) for number in _TASKS)
        told = html(
            "<h2>{}</h2><p>{}</p><h3>{}</h3><ol>{}</ol>",
            say("help.answers", language),
            say(f"help.{script}", language),
            say("help.tasks", language),
            tasks,
        )
    pressed = html_of(
        html("<dt><kbd>{}</kbd></dt><dd>{}</dd>", key, say(f"help.key_{name}", language)) for key, name in _KEYS
    )
    return html(
        '<div class="helppanel">{}<h3>{}</h3><dl>{}</dl><p><button type="button" data-copy="">{}</button></p></div>',
        told,
        say("help.keys", language),
        pressed,
        say("help.copy_link", language),
    )
