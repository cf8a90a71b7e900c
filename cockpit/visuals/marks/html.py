"""The marks every page shares, as HTML: status chips, provenance badges, grades and classes, blocks under a rule.

Pure.
"""

from __future__ import annotations

import re
from typing import Final

from cockpit.marks import Mark, mark_of
from cockpit.phrases import say
from cockpit.policy.records import Origin
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html
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


def glyph(mark: Mark) -> Markup:
    """A mark's form, drawn by the stylesheet: fonts differ, boxes do not."""
    return html('<i class="g g-{}" aria-hidden="true"></i>', mark.shape.value)


def chip(mark: Mark, words: str, size: str = "") -> Markup:
    """Form and colour with words."""
    return html('<span class="chip {} {}">{}{}</span>', size, mark.style, glyph(mark), words)


def status_glyph(status: Status) -> Markup:
    return glyph(mark_of("status", status))


def status_chip(status: Status, words: str, size: str = "") -> Markup:
    return chip(mark_of("status", status), words, size)


def badge(provenance: Provenance, language: Language) -> Markup:
    return html('<span class="bdg b-{}">{}</span>', provenance.value, PROVENANCES[provenance].say(language))


def simulated(is_simulated: bool, language: Language) -> Markup:
    """The mark of simulated figures, in every head."""
    if not is_simulated:
        return EMPTY
    return html('<span class="bdg b-simulated">{}</span>', PROVENANCES[Provenance.SIMULATED].say(language))


def own(language: Language) -> Markup:
    """A parameter of ours, with what that means."""
    return html('<abbr class="own" title="{}">{}</abbr>', say("card.own_help", language), say("card.own", language))


def origin_mark(origin: Origin, language: Language) -> Markup:
    """Beside a target that is not of the policy: 自定, or 建议 where it is only proposed."""
    if origin == "own":
        return own(language)
    if origin == "proposed":
        help_ = say("card.proposed_help", language)
        return html('<abbr class="own proposed" title="{}">{}</abbr>', help_, ORIGINS[origin].say(language))
    return EMPTY


def clause(number: str) -> Markup:
    return html('<span class="cl">[{}]</span>', number)


def grade(grade: str) -> Markup:
    """Form and colour of a chain node's grade, without its word."""
    mark = mark_of("chain_grade", grade)
    return html('<span class="{}">{}</span>', mark.style, glyph(mark))


def grade_chip(grade: str, language: Language, *, big: bool = False) -> Markup:
    """Form, colour and word of a chain node's grade."""
    return chip(mark_of("chain_grade", grade), CHAIN_GRADES[grade].say(language), "lg" if big else "")


def class_mark(letter: str, language: Language, text: str | None = None) -> Markup:
    """Form, word and colour of a per-mu class."""
    mark = mark_of("per_mu_class", letter)
    word = text if text is not None else PER_MU_CLASSES[letter].say(language)
    return html('<span class="{} cls">{}{}</span>', mark.style, glyph(mark), word)


def section(title: str, aside: str, body: str, kind: str = "") -> Markup:
    """A block under a rule: title, what stands beside it, body. `title` is text, the others are markup."""
    return html(
        '<section class="rail{}"><header><h2>{}</h2>{}</header>{}</section>', kind and f" {kind}", title, aside, body
    )
