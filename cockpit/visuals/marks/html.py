"""The marks every page shares, as HTML: status chips, provenance badges, grades and classes, blocks under a rule.

Pure.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from cockpit.marks import Mark, mark_of
from cockpit.phrases import say
from cockpit.policy.records import Origin
from cockpit.town_codes import printed
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html
from cockpit.visuals.marks.terms import term
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
    """Where a figure comes from."""
    return term(provenance.value, PROVENANCES[provenance].say(language), language, f"bdg b-{provenance.value}")


def simulated(is_simulated: bool, language: Language) -> Markup:
    """The mark of simulated figures, in every head."""
    return badge(Provenance.SIMULATED, language) if is_simulated else EMPTY


def own(language: Language) -> Markup:
    """A parameter of ours, with what that means."""
    return term("own", say("card.own", language), language, "own")


def origin_mark(origin: Origin, language: Language) -> Markup:
    """Beside a target that is not of the policy: 自定, or 建议 where it is only proposed."""
    if origin == "own":
        return own(language)
    if origin == "proposed":
        return term("proposed", ORIGINS[origin].say(language), language, "own proposed")
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


def narrows(name: str, value: str, title: str = "", *, is_walked: bool = False) -> Markup:
    """Attributes of a mark that sets a parameter of this page's address, by click or key (`ui/frame/leading.py`).

    Args:
        is_walked: whether it stands in a picture or table that is one stop of the keyboard (`marks/walking.py`).
    """
    return _leads(f"{name}:{value}", "button", title, is_walked)


def turns(title: str, /, **parameters: str) -> Markup:
    """Attributes of a mark that sets several parameters of this page's address at once."""
    return _leads(f"?{urlencode(parameters)}", "button", title, is_walked=False)


def opens(page: str, title: str = "", is_walked: bool = False, /, **parameters: str) -> Markup:
    """Attributes of a mark that opens another page, with what its address shall hold beside what it holds now."""
    return _leads(f"/{page}{'?' if parameters else ''}{urlencode(parameters)}", "link", title, is_walked)


def _leads(what: str, role: str, title: str, is_walked: bool) -> Markup:
    hint = html(' title="{}"', title) if title else EMPTY
    return html('data-lead="{}" role="{}" tabindex="{}"{}', what, role, "-1" if is_walked else "0", hint)


def is_web(link: str) -> bool:
    """Whether a text from the data is an address of the web that may be followed, and nothing beside it."""
    return re.fullmatch(r"https?://[^\s<>\"'`\\]+", link, re.IGNORECASE) is not None


def web(link: str, text: str = "") -> Markup:
    """A link from the data, followed only when it leads to the web; else its text. The page it leads to learns nothing
    of ours."""
    if not is_web(link):
        return html("{}", text or link)
    return html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', link, text or link)


def town(code: str, name: str, language: Language, *, is_walked: bool = False) -> Markup:
    """A town's name, which opens its page."""
    aim = opens("town", say("gap.open_town", language), is_walked, code=printed(code))
    return html('<span class="to" {}>{}</span>', aim, name)


def narrowing(name: str, value: str, text: str, language: Language, *, is_walked: bool = False) -> Markup:
    """The name of a prefecture, county or class, which filters to it; the same again takes the filter out."""
    aim = narrows(name, value, say("gap.filter_to", language), is_walked=is_walked)
    return html('<span class="to" {}>{}</span>', aim, text)
