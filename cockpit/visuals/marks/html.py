"""The marks every page shares, as HTML: status chips, provenance badges, grades and classes, blocks under a rule.

Pure; texts are escaped here.
"""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

from cockpit.marks import Mark, mark_of
from cockpit.phrases import say
from cockpit.policy.records import Origin
from cockpit.vocabulary import (
    CHAIN_GRADES,
    ORIGINS,
    PER_MU_CLASSES,
    PROVENANCES,
    Language,
    Provenance,
    Status,
)

_BOLD: Final = re.compile(r"\*([^*]+)\*")


def marked(key: str, language: Language, /, **values: object) -> Markup:
    """A sentence as markup: what stands between *asterisks* in the phrase is bold, and every value is escaped."""
    text = _BOLD.sub(r"<b>\1</b>", str(escape(say(key, language))))
    return Markup(text).format(**values)


def glyph(mark: Mark) -> str:
    """A mark's form, drawn by the stylesheet: fonts differ, boxes do not."""
    return f'<i class="g g-{mark.shape.value}" aria-hidden="true"></i>'


def chip(mark: Mark, words: str, size: str = "") -> str:
    """Form and colour with words."""
    return f'<span class="chip {size} {mark.style}">{glyph(mark)}{escape(words)}</span>'


def status_glyph(status: Status) -> str:
    return glyph(mark_of("status", status))


def status_chip(status: Status, words: str, size: str = "") -> str:
    return chip(mark_of("status", status), words, size)


def badge(provenance: Provenance, language: Language) -> str:
    return f'<span class="bdg b-{provenance.value}">{PROVENANCES[provenance].say(language)}</span>'


def simulated(is_simulated: bool, language: Language) -> str:
    """The mark of simulated figures, in every head."""
    if not is_simulated:
        return ""
    return f'<span class="bdg b-simulated">{escape(PROVENANCES[Provenance.SIMULATED].say(language))}</span>'


def own(language: Language) -> str:
    """A parameter of ours, with what that means."""
    return f'<abbr class="own" title="{escape(say("card.own_help", language))}">{say("card.own", language)}</abbr>'


def origin_mark(origin: Origin, language: Language) -> str:
    """Beside a target that is not of the policy: 自定, or 建议 where it is only proposed."""
    if origin == "own":
        return own(language)
    if origin == "proposed":
        help_ = escape(say("card.proposed_help", language))
        return f'<abbr class="own proposed" title="{help_}">{escape(ORIGINS[origin].say(language))}</abbr>'
    return ""


def clause(number: str) -> str:
    return f'<span class="cl">[{escape(number)}]</span>'


def grade(grade: str) -> str:
    """Form and colour of a chain node's grade, without its word."""
    mark = mark_of("chain_grade", grade)
    return f'<span class="{mark.style}">{glyph(mark)}</span>'


def grade_chip(grade: str, language: Language, *, big: bool = False) -> str:
    """Form, colour and word of a chain node's grade."""
    return chip(mark_of("chain_grade", grade), CHAIN_GRADES[grade].say(language), "lg" if big else "")


def class_mark(letter: str, language: Language, text: str | None = None) -> str:
    """Form, word and colour of a per-mu class."""
    mark = mark_of("per_mu_class", letter)
    word = text if text is not None else PER_MU_CLASSES[letter].say(language)
    return f'<span class="{mark.style} cls">{glyph(mark)}{escape(word)}</span>'


def section(title: str, aside: str, body: str, kind: str = "") -> str:
    """A block under a rule: title, what stands beside it, body. `title` is text, the others are markup."""
    return (
        f'<section class="rail{kind and f" {kind}"}"><header><h2>{escape(title)}</h2>{aside}</header>{body}</section>'
    )
