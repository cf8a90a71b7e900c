"""A profile as HTML: the same sections on the desk page and on the scan page.

Pure: a `Face` in, markup out; the stylesheet is visuals/styles/town.css. Bars are
boxes placed in percent, which need no script, follow the theme and grow with the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.phrases import say
from cockpit.visuals.marks.html import badge, glyph, opens, web
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.walking import walk
from cockpit.vocabulary import Language, Provenance
from cockpit.wording.profile_face import BarLine, Face, FactLine, RuleLine

_LEAST = 0.5  # width in percent below which a bar could not be seen


def _mark(rule: RuleLine, size: str = "") -> Markup:
    return html('<span class="{} {}">{}{}</span>', rule.mark.style, size, glyph(rule.mark), rule.word)


def _section(name: str, title: str, note: str, body: str, mark: str = "") -> Markup:
    told = html('<p class="tnote">{}</p>', note) if note else EMPTY
    return html('<section class="tsec ts-{}"><h2>{}{}</h2>{}{}</section>', name, title, mark, told, body)


def _simulated(face: Face) -> Markup:
    """The badge of a section whose note does not say so already."""
    return html(" {}", badge(Provenance.SIMULATED, face.language)) if face.is_simulated else EMPTY


def head(face: Face, level: int = 1) -> Markup:
    """Name, other name, place."""
    return html(
        '<header class="thead"><h{}>{}</h{}><p class="tsub">{}</p><p class="tplace">{}</p></header>',
        level,
        face.title,
        level,
        face.subtitle,
        face.place,
    )


def status_card(face: Face, qr: str) -> Markup:
    """QR code on its white plate with the status beside it.

    Args:
        qr: markup of the code (inline SVG, or an image where SVG is dropped); "" where there is no address.
    """
    plate = html('<div class="tqr">{}</div>', qr) if qr else EMPTY
    return html(
        '<div class="tcard b-{}">{}<div class="tstate">{}<p class="tcount">{}</p><p class="tcode">'
        "<span>{}</span><b>{}</b></p></div></div>",
        face.status.mark.css,
        plate,
        _mark(face.status, "tword"),
        face.status_count,
        say("town.code", face.language),
        face.code,
    )


def reasons(face: Face) -> Markup:
    """Why the status is what it is, and the rule it follows."""
    inner = html(' <span class="own">{}</span>', say("town.inner", face.language))
    items = html_of(
        html(
            '<li class="{}"><b>{}</b>{}<span>{}</span></li>',
            "red" if matter.is_red else "",
            matter.head,
            inner if matter.is_inner else "",
            matter.detail,
        )
        for matter in face.matters
    )
    listed = html("<ul>{}</ul>", items) if items else EMPTY
    more = html_of(html('<p class="tnote">{}</p>', text) for text in face.more)
    title = html("<h2>{}{}</h2>", face.status_why, _simulated(face)) if items or more else EMPTY
    return html('<div class="twhy">{}{}{}<p class="tnote">{}</p></div>', title, listed, more, face.rule_line)


def _fact(line: FactLine, language: Language) -> Markup:
    inner = html(' <span class="own">{}</span>', say("town.inner", language)) if line.is_inner else EMPTY
    unit = html("<small>{}</small>", line.unit) if line.unit else EMPTY
    kind = html(' class="none"') if line.is_none else EMPTY
    return html(
        "<div><dt>{}{}</dt><dd{}>{}{}<em>{}</em></dd></div>", line.label, inner, kind, line.number, unit, line.note
    )


def facts(face: Face) -> Markup:
    body = html_of(_fact(line, face.language) for line in face.facts)
    return _section(
        "facts", say("town.facts", face.language), "", html('<dl class="tfacts">{}</dl>', body), _simulated(face)
    )


def _percent(place: float) -> str:
    return f"{place * 100:.2f}%"


def _bar(line: BarLine, aim: Markup, language: Language) -> Markup:
    boxes = []
    if line.at_low is not None and line.at_high is not None:
        boxes.append(
            html(
                '<i class="band" style="left:{};width:{}"></i>',
                _percent(line.at_low),
                _percent(line.at_high - line.at_low),
            )
        )
    if line.at is not None:
        boxes.append(html('<i class="fill" style="width:max({},{}%)"></i>', _percent(line.at), _LEAST))
    for place, kind in ((line.at_norm, "norm"), (line.at_peers, "tick"), (line.at_whole, "dia")):
        if place is not None:
            boxes.append(html('<i class="{}" style="left:{}"></i>', kind, _percent(place)))
    peers = say("town.class_median", language, value=line.peers) if line.peers else line.peers_note
    told = [html("<span>| {}</span>", peers) if line.peers else html("<span>{}</span>", peers)]
    told.append(html("<span>◇ {}</span>", say("town.province_median", language, value=line.whole)))
    if line.norm:
        told.append(html("<span>┆ {}</span>", say("town.norm", language, value=line.norm)))
    if line.rank:
        told.append(html('<span class="trank">{}</span>', line.rank))
    value = html('<b class="none">{}</b>', line.town)
    if not line.is_none:
        value = html("<b>{}<small>{}</small></b>", line.town, line.unit)
    return html(
        '<li title="{}"><div class="tl"><span {}>{}</span>{}</div><div class="tbar" aria-hidden="true">{}</div>'
        '<div class="tm">{}</div></li>',
        line.counts,
        aim,
        line.label,
        value,
        html_of(boxes),
        html_of(told),
    )


def standing(face: Face, kind: str = "") -> Markup:
    """Beside class and province; a sentence where nothing can be compared.

    Args:
        kind: the town's class, at the desk: a bar leads to the towns of it by that indicator.
    """

    def aim(line: BarLine) -> Markup:
        if not kind:
            return EMPTY
        title = say("town.standing_all", face.language)
        holds = {"class": kind, "columns": line.indicator, "tsort": f"-{line.indicator}"}
        return html('class="to" {}', opens("towns", title, **holds))

    body = html_of(_bar(line, aim(line), face.language) for line in face.bars)
    rows = html('<ul class="tbars">{}</ul>', body) if body else EMPTY
    return _section("standing", say("town.standing", face.language), face.standing_note, rows)


def trend(face: Face, picture: str) -> Markup:
    """The years.

    Args:
        picture: markup of `profile_drawing.trend`, inline or as an image.
    """
    if face.trend is None:
        return _section(
            "trend", say("town.trend", face.language, label="").strip(), say("town.trend_none", face.language), ""
        )
    return _section("trend", face.trend.heading, face.trend.note, html('<div class="ttrend">{}</div>', picture))


def ways(face: Face, holds: Mapping[str, str]) -> Markup:
    """The same town on other pages of the desk.

    Args:
        holds: page -> parameter of its address that names the town.
    """
    items = html_of(
        html(
            '<span class="to" {}>{} →</span>',
            opens(page.replace("_", "-"), **{name: face.town_code}),
            say(f"page.{page}", face.language),
        )
        for page, name in holds.items()
    )
    return html('<p class="tways">{}</p>', items)


def chain(face: Face, *, at_desk: bool = False) -> Markup:
    """The town in its chain; at the desk a node opens its page."""
    if face.chain is None:
        return _section("chain", say("town.chain_title", face.language), face.chain_none, "")
    columns = []
    for stage, stops in face.chain.stages:
        nodes = html_of(
            html(
                '<li class="k-{}"{}><b>{}</b><span>{}</span><em>{}</em></li>',
                stop.kind,
                html(' data-lead="/chain?node={}" tabindex="-1"', stop.node) if at_desk else EMPTY,
                stop.label,
                stop.words,
                say("town.chain_grade", face.language, grade=stop.grade),
            )
            for stop in stops
        )
        columns.append(html("<div><h3>{}</h3><ul>{}</ul></div>", stage, nodes))
    foot = html('<p class="tnote">{}</p>', face.chain.foot) if face.chain.foot else EMPTY
    stop = html(' role="group" {}', walk(face.chain.heading)) if at_desk else EMPTY
    body = html('<div class="tchain"{}>{}</div>{}', stop, html_of(columns), foot)
    return _section("chain", face.chain.heading, face.chain.note, body)


def rating(face: Face) -> Markup:
    found = face.rating
    shown = EMPTY
    if found.stars is not None:
        stars = "★" * found.stars + "☆" * (found.most - found.stars)
        shown = html('<p class="tstars" role="img" aria-label="{}">{}</p>', found.alt, stars)
    rows = html_of(
        html("<div><dt>{}</dt><dd><b>{}</b> <span>{}</span></dd></div>", label, value, words)
        for label, value, words in found.rows
    )
    body = shown + (html('<dl class="trows">{}</dl>', rows) if rows else "")
    return _section("rating", found.heading, found.note, body, _simulated(face))


def history(face: Face, more: str = "") -> Markup:
    """What happened, newest first; `more` is markup put above (the decisions, at the desk)."""
    rows = html_of(
        html(
            '<li class="{}"><time>{}</time><span>{}</span><em>{}</em></li>',
            "sim" if entry.is_simulated else "pub",
            entry.day,
            entry.text,
            entry.badge,
        )
        for entry in reversed(face.history)
    )
    body = html('<ul class="thist">{}</ul>', rows) if rows else EMPTY
    note = "" if rows else say("town.history_none", face.language)
    return _section("history", face.history_heading, note, more + body)


def reports(face: Face) -> Markup:
    """Figures of public reports; "" where there are none. Their words stay Chinese."""
    if not face.reports:
        return EMPTY
    rows = html_of(
        html('<li><span lang="zh">{}</span><b lang="zh">{}</b><em>{}</em></li>', what, value, note)
        for what, value, note in face.reports
    )
    title, note = (say(f"town.{name}", face.language) for name in ("reports", "reports_note"))
    return _section("reports", title, note, html('<ul class="treps">{}</ul>', rows))


def rules(face: Face) -> Markup:
    return _section(
        "rules", say("town.rules", face.language), face.rules_note, rule_list(face.rules, face.matters_note)
    )


def rule_list(lines: tuple[RuleLine, ...], note: str) -> Markup:
    """The statuses with their rules; the basis page shows them too."""
    rows = html_of(html("<li>{}<span>{}</span></li>", _mark(rule), rule.text) for rule in lines)
    told = html('<p class="tnote">{}</p>', note) if note else EMPTY
    return html('<ul class="trules" id="rules">{}</ul>{}', rows, told)


def sources(face: Face) -> Markup:
    def item(text: str, link: str) -> Markup:
        return html("<li>{}</li>", web(link, text))

    rows = html_of(item(text, link) for text, link in face.sources)
    foot = html('<p class="tfoot">{}</p>', face.foot)
    fictional = html('<p class="tfoot">{}</p>', face.fictional) if face.fictional else EMPTY
    return _section(
        "sources", say("town.sources", face.language), "", html('<ul class="tsrc">{}</ul>{}{}', rows, foot, fictional)
    )
