"""The marks every page shares, as HTML: status chips, provenance badges, grades and classes, blocks under a rule.

Pure; texts are escaped here.
"""

from __future__ import annotations

from html import escape

from cockpit.phrases import say
from cockpit.policy.records import Origin
from cockpit.vocabulary import (
    CHAIN_GRADE_SHAPES,
    CHAIN_GRADES,
    ORIGINS,
    PER_MU_CLASSES,
    PROVENANCES,
    STATUS_SHAPES,
    Language,
    Provenance,
    Status,
)
from cockpit.wording.chain import GRADE_STATUS
from cockpit.wording.per_mu import CLASS_STATUS


def glyph(status: Status) -> str:
    """The status shape, drawn by the stylesheet: fonts differ, boxes do not."""
    return f'<i class="g g-{STATUS_SHAPES[status].value}" aria-hidden="true"></i>'


def chip(status: Status, words: str, size: str = "") -> str:
    return f'<span class="chip {size} t-{status.value.replace("_", "-")}">{glyph(status)}{escape(words)}</span>'


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
    """Shape and colour of a grade, without its word."""
    status = GRADE_STATUS[grade].value.replace("_", "-")
    return f'<span class="t-{status}"><i class="g g-{CHAIN_GRADE_SHAPES[grade].value}"></i></span>'


def grade_chip(grade: str, language: Language, *, big: bool = False) -> str:
    """Shape, colour and word of a grade."""
    status = GRADE_STATUS[grade].value.replace("_", "-")
    word = escape(CHAIN_GRADES[grade].say(language))
    return (
        f'<span class="chip{" lg" if big else ""} t-{status}">'
        f'<i class="g g-{CHAIN_GRADE_SHAPES[grade].value}"></i>{word}</span>'
    )


def class_mark(letter: str, language: Language, text: str | None = None) -> str:
    """Shape, word and colour of a class as HTML."""
    status = CLASS_STATUS[letter]
    word = text if text is not None else PER_MU_CLASSES[letter].say(language)
    name = status.value.replace("_", "-")
    return f'<span class="t-{name} cls"><i class="g g-{STATUS_SHAPES[status].value}"></i>{escape(word)}</span>'


def section(title: str, aside: str, body: str, kind: str = "") -> str:
    """A block under a rule: title, what stands beside it, body. `title` is text, the others are markup."""
    return (
        f'<section class="rail{kind and f" {kind}"}"><header><h2>{escape(title)}</h2>{aside}</header>{body}</section>'
    )
