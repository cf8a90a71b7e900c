"""Marks that carry their own sentence: the glossary's, shown on hover and focus (`ui/frame/aids.js`)."""

from __future__ import annotations

from functools import lru_cache

from cockpit.policy.register import load
from cockpit.visuals.marks.markup import Markup, html
from cockpit.vocabulary import Language


@lru_cache(maxsize=256)
def sentence(key: str, language: Language) -> str:
    """What the glossary says of a word."""
    return load().glossary[key].text.say(language)


def term(key: str, word: str, language: Language, style: str = "") -> Markup:
    """`word` as a mark that tells its meaning. The title is for pages without our script, which takes it away."""
    return html(
        '<abbr class="{}" data-term="{}" title="{}" tabindex="0">{}</abbr>',
        style,
        key,
        sentence(key, language),
        word,
    )
