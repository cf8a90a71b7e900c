"""The diagram of one chain as an SVG picture: cards, links, stage headings.

Pure. Coordinates are those of the layout; the picture scales with its frame, so that a wall shows larger text. Colours
are custom properties of the page, so one picture serves both themes. Cards are buttons: `data-pick` names what a click
means, the keyboard reaches them in drawing order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cockpit.analysis.briefing.chain import ChainBriefing, Link
from cockpit.analysis.briefing.chains import GradedNode
from cockpit.analysis.chain_layout import Box, Curve, Layout
from cockpit.phrases import say
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.widths import text_width
from cockpit.vocabulary import CHAIN_GRADES, CHAIN_STAGES, Language
from cockpit.wording import chain as words

HEAD: Final = 30  # room of the stage headings above the cards, px
_MARGIN: Final = 4  # the outline of the selected card and the ports must not be cut
NAME: Final = 16  # px; what is read from three metres
_LEAST: Final = 12.0
_SIZES: Final = (15.0, 14.0, 13.0, _LEAST)
_FACT: Final = 13.0
_WIDEST: Final = 16.0
_NARROW: Final = 180.0  # px; a card without room for a name and a word beside it


@dataclass(frozen=True)
class Fitted:
    """A name as it stands on a card: one or two lines of one size."""

    lines: tuple[str, ...]
    size: float

    @property
    def is_cut(self) -> bool:
        return self.lines[-1].endswith("…")


def fit_name(full: str, brief: str, room: float, height: float, last_room: float | None = None) -> Fitted:
    """The largest form of a name that fits: whole, without its brackets, on two lines, smaller, on three lines, cut.

    Args:
        room: px on the first line. last_room: px on the others, the room of the first where not given.
        height: px for the name's lines; two lines need 2.1 times their size, three 3.3 times.
    """
    forms, last = tuple(dict.fromkeys((full, brief))), last_room or room
    for text in forms:
        if text_width(text, NAME, bold=True) <= room:
            return Fitted((text,), NAME)
    for size in _SIZES:
        for text in forms:
            lines = _broken(text, (room, last), size) if height >= 2.1 * size else None
            if lines:
                return Fitted(lines, size)
            if text_width(text, size, bold=True) <= room:
                return Fitted((text,), size)
    for size in _SIZES:
        lines = _broken(brief, (room, last, last), size) if height >= 3.3 * size else None
        if lines:
            return Fitted(lines, size)
    cut = brief
    while cut and text_width(f"{cut}…", _LEAST, bold=True) > room:
        cut = cut[:-1]
    return Fitted((f"{cut.rstrip()}…",), _LEAST)


def _broken(text: str, rooms: tuple[float, ...], size: float) -> tuple[str, ...] | None:
    """As many even lines as there are rooms, broken between words; Chinese may break anywhere but at its brackets."""
    if len(rooms) == 1:
        return (text,) if text_width(text, size, bold=True) <= rooms[0] else None
    places = [at for at, sign in enumerate(text) if (sign in " （" and at) or (sign == "-" and at > 2)] or (
        [at for at in range(2, len(text) - 1) if text[at] >= "⺀"] if " " not in text else []
    )
    fits = []
    for at in places:
        end = at + 1 if text[at] == "-" else at
        first, second = text[:end].rstrip(), text[end:].lstrip()
        rest = _broken(second, rooms[1:], size)
        if rest and text_width(first, size, bold=True) <= rooms[0]:
            widths = [text_width(line, size, bold=True) for line in (first, *rest)]
            # Of five signs the first three belong together more often than the last three.
            fits.append((max(widths) - min(widths), -at, (first, *rest)))
    return min(fits)[2] if fits else None


def line_width(link: Link) -> float:
    """Px of a link; bounded, so that a chain of many towns does not become a carpet."""
    return min(link.width, _WIDEST)


def draw(
    found: ChainBriefing,
    layout: Layout,
    language: Language,
    *,
    node: str = "",
    link: tuple[str, str] | None = None,
    stated: bool = False,
    names_only: bool = False,
    kind: str = "cdia",
    is_still: bool = False,
) -> Markup:
    """The SVG.

    Args:
        node, link: what is selected. stated: cards tell their source instead of figures (data without firms).
        names_only: all room of a card goes to its name, of a narrow one that of the grade's word as well; the bar,
            the shape and the spoken label tell the rest.
        kind: its style class. is_still: nobody is there to press the cards; they are named instead.
    """
    width, height = layout.width + 2 * _MARGIN, layout.height + HEAD + 2 * _MARGIN
    glance = found.glance
    told = say(
        "chain.diagram_alt",
        language,
        chain=glance.chain.label.say(language),
        nodes=len(found.nodes),
        counts=words.counted(glance, language),
        intact=glance.paths.intact,
        total=glance.paths.total,
    )
    by_id = {item.id: item for item in found.nodes}
    largest = max((item.figures.revenue_yuan or 0.0 for item in found.nodes), default=0.0)
    cards = html_of(
        _card(
            box,
            by_id[box.node],
            largest,
            language,
            is_selected=box.node == node,
            stated=stated,
            names_only=names_only,
            is_still=is_still,
        )
        for box in layout.boxes
    )
    return html(
        '<svg class="{}" viewBox="{} {} {:.0f} {:.0f}" role="group" aria-label="{}" '
        'xmlns="http://www.w3.org/2000/svg">{}{}{}</svg>',
        kind,
        -_MARGIN,
        -HEAD - _MARGIN,
        width,
        height,
        told,
        _heads(layout, language),
        _lines(found, layout, language, node, link, is_still),
        cards,
    )


def _heads(layout: Layout, language: Language) -> Markup:
    """Stage names over their columns: once a stage, with a rule over all its columns."""
    parts = []
    card = layout.boxes[0].width if layout.boxes else 0.0
    stages = dict.fromkeys(stage for _, stage in layout.columns)
    for stage in stages:
        lefts = [left for left, other in layout.columns if other == stage]
        parts.append(
            html(
                '<text class="sth" x="{:.1f}" y="-13">{}</text><path class="str" d="M{:.1f} -6H{:.1f}"/>',
                lefts[0],
                CHAIN_STAGES[stage].say(language),
                lefts[0],
                lefts[-1] + card,
            )
        )
    return html_of(parts)


def _lines(
    found: ChainBriefing, layout: Layout, language: Language, node: str, picked: tuple[str, str] | None, is_still: bool
) -> Markup:
    """Links, those of the selected node drawn last and darker; a wide unseen line takes the click."""
    curves: Mapping[tuple[str, str], Curve] = {(curve.source, curve.end): curve for curve in layout.curves}
    labels = {item.id: words.label(item, language) for item in found.nodes}
    seen: list[tuple[int, Markup]] = []
    for link in found.links:
        key = link.source, link.end
        if key not in curves:
            continue
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in curves[key].points)
        is_marked = node in key or key == picked
        told = (
            say("chain.link_alt", language, source=labels[link.source], end=labels[link.end], count=link.weight)
            if link.state == "open"
            else f"{labels[link.source]} → {labels[link.end]} · {say(f'chain.link_{link.state}', language)}"
        )
        seen.append(
            (
                int(is_marked),
                html(
                    '<g class="ln ln-{}{}" {}="link:{}~{}"><title>{}</title><path class="hit" d="{}"/>'
                    '<path d="{}" stroke-width="{:.1f}"/></g>',
                    link.state,
                    " on" if is_marked else "",
                    "data-node" if is_still else "data-pick",
                    link.source,
                    link.end,
                    told,
                    path,
                    path,
                    line_width(link),
                ),
            )
        )
    return html_of(line for _, line in sorted(seen, key=lambda pair: pair[0]))


def _card(
    box: Box,
    node: GradedNode,
    largest: float,
    language: Language,
    *,
    is_selected: bool,
    stated: bool,
    names_only: bool,
    is_still: bool,
) -> Markup:
    known, label = node.figures, words.label(node, language)
    is_ours = node.node.basis == "ours"
    word = CHAIN_GRADES[node.grade].say(language)
    facts = words.stated(node, language) if stated else words.facts(node, language)
    value = words.output(known.revenue_yuan, language)
    if node.grade == "unknown" and not stated and known.expected:
        value = say("chain.no_data", language)
    told = f"{label}: {word}, {facts}{', ' + value if value else ''}"
    if language == "zh":
        told = f"{label}：{word}，{facts}{'，' + value if value else ''}"
    if names_only:
        facts, word = "", word if box.width >= _NARROW else ""
    classes = f"cn cn-{node.grade}{' sel' if is_selected else ''}"
    opens = (
        html('data-node="node:{}"', node.id)
        if is_still
        else html('data-pick="node:{}" role="button" tabindex="0"', node.id)
    )
    outer = html(
        '<g class="{}" {} aria-pressed="{}" aria-label="{}" transform="translate({:.1f} {:.1f})"><title>{}</title>',
        classes,
        opens,
        str(is_selected).lower(),
        told,
        box.x,
        box.y,
        told,
    )
    band = 0.0 if node.grade in ("missing", "unknown") else 5.0
    shapes = html('<rect class="bx" width="{:.1f}" height="{:.1f}" rx="3"/>', box.width, box.height)
    if band:
        shapes += html('<rect class="bd" width="{}" height="{:.1f}"/>', band, box.height)
        if known.revenue_yuan and largest > 0:
            long = (box.width - band) * known.revenue_yuan / largest
            shapes += html('<rect class="br" x="{}" y="{:.1f}" width="{:.1f}" height="4"/>', band, box.height - 4, long)
    return html(
        "{}{}{}</g>", outer, shapes, _words(box, node.grade, label, is_ours, word, facts, value, language, node)
    )


def _words(
    box: Box,
    grade: str,
    label: str,
    is_ours: bool,
    word: str,
    facts: str,
    value: str,
    language: Language,
    node: GradedNode,
) -> Markup:
    """Shape, name, grade and facts, as many of them as the card has room for; none leaves it or meets another."""
    left, right = 10.0, box.width - 8
    word_size = 15 if language == "zh" else 13
    beside = text_width(word, word_size, bold=True) + 8 if word else 0
    room = right - left - 17 - beside - (7 if is_ours else 0)
    foot = 4 if grade not in ("missing", "unknown") else 0
    free = box.height - foot
    last = right - left - 17 - (7 if is_ours else 0)
    brief = words.short(node.node.label, language)
    has_facts = bool(facts) and free >= NAME + _FACT + 7
    fitted = fit_name(label, brief, room, free - (_FACT * 1.6 + 3 if has_facts else 0), last)
    if has_facts and fitted.is_cut:
        # A card that cannot be told from another says nothing: its name goes first.
        has_facts, fitted = False, fit_name(label, brief, room, free, last)
    block = len(fitted.lines) * fitted.size * 1.18 + (_FACT * 1.35 if has_facts else 0)
    y = (free - block) / 2 + fitted.size * 0.95
    # A tall card keeps its text at the top third, where the eye runs along the column.
    y = max(min(y, free * 0.3 + fitted.size), max(fitted.size, word_size) * 0.9 + 1)
    parts = [
        html(
            '<g class="sh" transform="translate({:.1f} {:.1f})">{}</g>'
            '<text class="gw" x="{:.1f}" y="{:.1f}" font-size="{}" text-anchor="end">{}</text>',
            left + 6,
            y - fitted.size * 0.35,
            _shape(grade),
            right,
            y,
            word_size,
            word,
        )
    ]
    for number, line in enumerate(fitted.lines):
        ring = html('<tspan class="dg">°</tspan>') if is_ours and number == len(fitted.lines) - 1 else EMPTY
        parts.append(
            html(
                '<text class="nm" x="{:.1f}" y="{:.1f}" font-size="{:g}">{}{}</text>',
                left + 17,
                y + number * fitted.size * 1.15,
                fitted.size,
                line,
                ring,
            )
        )
    if has_facts:
        base = y + (len(fitted.lines) - 1) * fitted.size * 1.15 + _FACT * 1.45
        facts, value, size = fit_facts(facts, value, right - left)
        parts.append(html('<text class="ft" x="{:.1f}" y="{:.1f}" font-size="{:g}">{}</text>', left, base, size, facts))
        if value:
            parts.append(
                html(
                    '<text class="ft" x="{:.1f}" y="{:.1f}" font-size="{:g}" text-anchor="end">{}</text>',
                    right,
                    base,
                    size,
                    value,
                )
            )
    return html_of(parts)


def fit_facts(facts: str, value: str, room: float) -> tuple[str, str, float]:
    """Facts, output and their size as they fit one line. What is told last goes first; the panel tells all of it."""
    parts = facts.split(" · ")
    for count in range(len(parts), 0, -1):
        text = " · ".join(parts[:count])
        for size in (_FACT, _LEAST):
            if text_width(text, size) + (text_width(value, size) + 8 if value else 0) <= room:
                return text, value, size
    cut = parts[0]
    while cut and text_width(f"{cut}…", _LEAST) > room:
        cut = cut[:-1]
    return (cut if cut == parts[0] else f"{cut}…"), "", _LEAST


def _shape(grade: str) -> str:
    return {
        "strong": html('<circle r="5.6"/>'),
        "adequate": html('<path d="M0 -6.2L6.4 5.4H-6.4Z"/>'),
        "weak": html('<path d="M0 -6.8L6.8 0L0 6.8L-6.8 0Z"/>'),
        "missing": html('<rect x="-5.4" y="-5.4" width="10.8" height="10.8"/>'),
        "unknown": html('<circle r="5" class="ring"/>'),
    }[grade]


def legend(found: ChainBriefing, language: Language, *, stated: bool = False, with_grades: bool = True) -> Markup:
    """What shapes, lines and bars mean; without firms only what is drawn then.

    Args:
        with_grades: whether the shapes are told here, or stand with their words elsewhere.
    """
    by_weight = {link.weight: link for link in found.links if link.weight}
    samples = [by_weight[weight] for weight in sorted({min(by_weight, default=0), max(by_weight, default=0)} - {0})]
    wide = html_of(
        html('<i class="ll" style="height:{:.1f}px"></i>{}', line_width(link), link.weight) for link in samples
    )
    parts = []
    if not stated:
        if with_grades:
            parts.append(html_of(html("<span>{}</span>", marks.grade_chip(grade, language)) for grade in CHAIN_GRADES))
        if wide:
            parts.append(html("<span>{} {}</span>", say("chain.wide", language), wide))
        parts.append(html('<span><i class="ll dash"></i>{}</span>', say("chain.line_broken", language)))
    parts.append(html('<span><i class="ll dots"></i>{}</span>', say("chain.line_unknown", language)))
    if not stated:
        parts.append(html("<span>{}</span>", say("chain.bar", language)))
    parts.append(html("<span>{}</span>", say("chain.ours_mark", language)))
    return html('<div class="cleg">{}</div>', html_of(parts))
