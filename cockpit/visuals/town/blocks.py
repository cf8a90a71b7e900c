"""A profile as HTML: the same sections on the desk page and on the scan page.

Pure: a `Face` in, markup out; the stylesheet is ui/styles/town.css. Every text from data is escaped here. Bars are
boxes placed in percent, which need no script, follow the theme and grow with the page.
"""

from __future__ import annotations

from html import escape

from cockpit.phrases import say
from cockpit.visuals.marks.html import badge, glyph
from cockpit.vocabulary import Language, Provenance
from cockpit.wording.profile_face import BarLine, Face, FactLine, RuleLine

_LEAST = 0.5  # width in percent below which a bar could not be seen


def _mark(rule: RuleLine, size: str = "") -> str:
    return f'<span class="{rule.mark.style} {size}">{glyph(rule.mark)}{escape(rule.word)}</span>'


def _section(name: str, title: str, note: str, body: str, mark: str = "") -> str:
    told = f'<p class="tnote">{escape(note)}</p>' if note else ""
    return f'<section class="tsec ts-{name}"><h2>{escape(title)}{mark}</h2>{told}{body}</section>'


def _simulated(face: Face) -> str:
    """The badge of a section whose note does not say so already."""
    return f" {badge(Provenance.SIMULATED, face.language)}" if face.is_simulated else ""


def head(face: Face, level: int = 1) -> str:
    """Name, other name, place."""
    return (
        f'<header class="thead"><h{level}>{escape(face.title)}</h{level}><p class="tsub">{escape(face.subtitle)}</p>'
        f'<p class="tplace">{escape(face.place)}</p></header>'
    )


def status_card(face: Face, qr: str) -> str:
    """QR code on its white plate with the status beside it.

    Args:
        qr: markup of the code (inline SVG, or an image where SVG is dropped); "" where there is no address.
    """
    plate = f'<div class="tqr">{qr}</div>' if qr else ""
    return (
        f'<div class="tcard b-{face.status.mark.css}">{plate}<div class="tstate">{_mark(face.status, "tword")}'
        f'<p class="tcount">{escape(face.status_count)}</p>'
        f'<p class="tcode"><span>{escape(say("town.code", face.language))}</span><b>{escape(face.code)}</b></p>'
        "</div></div>"
    )


def reasons(face: Face) -> str:
    """Why the status is what it is, and the rule it follows."""
    inner = f' <span class="own">{escape(say("town.inner", face.language))}</span>'
    items = "".join(
        f'<li class="{"red" if matter.is_red else ""}"><b>{escape(matter.head)}</b>{inner if matter.is_inner else ""}'
        f"<span>{escape(matter.detail)}</span></li>"
        for matter in face.matters
    )
    listed = f"<ul>{items}</ul>" if items else ""
    more = "".join(f'<p class="tnote">{escape(text)}</p>' for text in face.more)
    title = f"<h2>{escape(face.status_why)}{_simulated(face)}</h2>" if items or more else ""
    return f'<div class="twhy">{title}{listed}{more}<p class="tnote">{escape(face.rule_line)}</p></div>'


def _fact(line: FactLine, language: Language) -> str:
    inner = f' <span class="own">{escape(say("town.inner", language))}</span>' if line.is_inner else ""
    unit = f"<small>{escape(line.unit)}</small>" if line.unit else ""
    kind = ' class="none"' if line.is_none else ""
    return (
        f"<div><dt>{escape(line.label)}{inner}</dt><dd{kind}>{escape(line.number)}{unit}"
        f"<em>{escape(line.note)}</em></dd></div>"
    )


def facts(face: Face) -> str:
    body = "".join(_fact(line, face.language) for line in face.facts)
    return _section("facts", say("town.facts", face.language), "", f'<dl class="tfacts">{body}</dl>', _simulated(face))


def _percent(place: float) -> str:
    return f"{place * 100:.2f}%"


def _bar(line: BarLine, language: Language) -> str:
    boxes = []
    if line.at_low is not None and line.at_high is not None:
        boxes.append(
            f'<i class="band" style="left:{_percent(line.at_low)};width:{_percent(line.at_high - line.at_low)}"></i>'
        )
    if line.at is not None:
        boxes.append(f'<i class="fill" style="width:max({_percent(line.at)},{_LEAST}%)"></i>')
    for place, kind in ((line.at_norm, "norm"), (line.at_peers, "tick"), (line.at_whole, "dia")):
        if place is not None:
            boxes.append(f'<i class="{kind}" style="left:{_percent(place)}"></i>')
    peers = say("town.class_median", language, value=line.peers) if line.peers else line.peers_note
    told = [f"<span>| {escape(peers)}</span>" if line.peers else f"<span>{escape(peers)}</span>"]
    told.append(f"<span>◇ {escape(say('town.province_median', language, value=line.whole))}</span>")
    if line.norm:
        told.append(f"<span>┆ {escape(say('town.norm', language, value=line.norm))}</span>")
    if line.rank:
        told.append(f'<span class="trank">{escape(line.rank)}</span>')
    value = f'<b class="none">{escape(line.town)}</b>'
    if not line.is_none:
        value = f"<b>{escape(line.town)}<small>{escape(line.unit)}</small></b>"
    return (
        f'<li title="{escape(line.counts)}"><div class="tl"><span>{escape(line.label)}</span>{value}</div>'
        f'<div class="tbar" aria-hidden="true">{"".join(boxes)}</div><div class="tm">{"".join(told)}</div></li>'
    )


def standing(face: Face) -> str:
    """Beside class and province; a sentence where nothing can be compared."""
    body = "".join(_bar(line, face.language) for line in face.bars)
    rows = f'<ul class="tbars">{body}</ul>' if body else ""
    return _section("standing", say("town.standing", face.language), face.standing_note, rows)


def trend(face: Face, picture: str) -> str:
    """The years.

    Args:
        picture: markup of `profile_drawing.trend`, inline or as an image.
    """
    if face.trend is None:
        return _section(
            "trend", say("town.trend", face.language, label="").strip(), say("town.trend_none", face.language), ""
        )
    return _section("trend", face.trend.heading, face.trend.note, f'<div class="ttrend">{picture}</div>')


def chain(face: Face) -> str:
    if face.chain is None:
        return _section("chain", say("town.chain_title", face.language), face.chain_none, "")
    columns = []
    for stage, stops in face.chain.stages:
        nodes = "".join(
            f'<li class="k-{stop.kind}"><b>{escape(stop.label)}</b><span>{escape(stop.words)}</span>'
            f"<em>{escape(say('town.chain_grade', face.language, grade=stop.grade))}</em></li>"
            for stop in stops
        )
        columns.append(f"<div><h3>{escape(stage)}</h3><ul>{nodes}</ul></div>")
    foot = f'<p class="tnote">{escape(face.chain.foot)}</p>' if face.chain.foot else ""
    body = f'<div class="tchain">{"".join(columns)}</div>{foot}'
    return _section("chain", face.chain.heading, face.chain.note, body)


def rating(face: Face) -> str:
    found = face.rating
    shown = ""
    if found.stars is not None:
        stars = "★" * found.stars + "☆" * (found.most - found.stars)
        shown = f'<p class="tstars" role="img" aria-label="{escape(found.alt)}">{stars}</p>'
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd><b>{escape(value)}</b> <span>{escape(words)}</span></dd></div>"
        for label, value, words in found.rows
    )
    body = shown + (f'<dl class="trows">{rows}</dl>' if rows else "")
    return _section("rating", found.heading, found.note, body, _simulated(face))


def history(face: Face, more: str = "") -> str:
    """What happened, newest first; `more` is markup put above (the decisions, at the desk)."""
    rows = "".join(
        f'<li class="{"sim" if entry.is_simulated else "pub"}"><time>{escape(entry.day)}</time>'
        f"<span>{escape(entry.text)}</span><em>{escape(entry.badge)}</em></li>"
        for entry in reversed(face.history)
    )
    body = f'<ul class="thist">{rows}</ul>' if rows else ""
    note = "" if rows else say("town.history_none", face.language)
    return _section("history", face.history_heading, note, more + body)


def reports(face: Face) -> str:
    """Figures of public reports; "" where there are none. Their words stay Chinese."""
    if not face.reports:
        return ""
    rows = "".join(
        f'<li><span lang="zh">{escape(what)}</span><b lang="zh">{escape(value)}</b><em>{escape(note)}</em></li>'
        for what, value, note in face.reports
    )
    title, note = (say(f"town.{name}", face.language) for name in ("reports", "reports_note"))
    return _section("reports", title, note, f'<ul class="treps">{rows}</ul>')


def rules(face: Face) -> str:
    return _section(
        "rules", say("town.rules", face.language), face.rules_note, rule_list(face.rules, face.matters_note)
    )


def rule_list(lines: tuple[RuleLine, ...], note: str) -> str:
    """The statuses with their rules; the basis page shows them too."""
    rows = "".join(f"<li>{_mark(rule)}<span>{escape(rule.text)}</span></li>" for rule in lines)
    told = f'<p class="tnote">{escape(note)}</p>' if note else ""
    return f'<ul class="trules" id="rules">{rows}</ul>{told}'


def sources(face: Face) -> str:
    def item(text: str, link: str) -> str:
        # A link from the data is only followed when it leads to the web.
        if link.startswith(("http://", "https://")):
            return f'<li><a href="{escape(link)}" rel="noopener noreferrer" target="_blank">{escape(text)}</a></li>'
        return f"<li>{escape(text)}</li>"

    rows = "".join(item(text, link) for text, link in face.sources)
    foot = f'<p class="tfoot">{escape(face.foot)}</p>'
    fictional = f'<p class="tfoot">{escape(face.fictional)}</p>' if face.fictional else ""
    return _section("sources", say("town.sources", face.language), "", f'<ul class="tsrc">{rows}</ul>{foot}{fictional}')
