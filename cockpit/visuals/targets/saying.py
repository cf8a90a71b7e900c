"""What to say of a target in a report, in three labelled lines with a button that copies them.

Pure: values in, markup out.
"""

from __future__ import annotations

from cockpit.phrases import say
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.wording.statement import StatementText


def to_say(text: StatementText) -> Markup:
    """Heading, button, and verdict, reason and next step each on a line."""
    colon = "：" if text.language == "zh" else ": "
    lines = "\n".join(f"{label}{colon}{words}" for label, words in text.parts)
    return html(
        '<section class="rail"><header class="sayhead"><h2>{}</h2>'
        '<button type="button" class="saycopy" data-copy="{}">{}</button></header><dl class="tosay">{}</dl></section>',
        say("statement.title", text.language),
        lines,
        say("statement.copy", text.language),
        html_of(html("<dt>{}</dt><dd>{}</dd>", label, words) for label, words in text.parts),
    )
