"""One town with its code: what a visitor may take along on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cockpit.marks import Mark, mark_of
from cockpit.policy.wall_design import SceneRecord
from cockpit.visuals.marks.html import glyph
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.town import qr
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.maps import Shapes, TownName, prefecture
from cockpit.visuals.wall.scene import Scene, Setting, h2
from cockpit.vocabulary import Status
from cockpit.wording.profile_face import BarLine, Face, TrendFace

_FACTS: Final = 12
_BARS: Final = 4
_HISTORY: Final = 7
_MILESTONE: Final = 2
_MATTERS: Final = 3
_STOPS: Final = 5  # nodes of a stage
# A node of the chain as a chip: held by the town, without firms there, not reported.
_KINDS: Final = {"held": "strong", "empty": "weak", "silent": "unknown"}


@dataclass(frozen=True, eq=False)
class TownShow:
    """What the scene shows: a profile in words, where the town lies (None where that is not known)."""

    face: Face
    shapes: Shapes
    prefecture: str
    place: tuple[float, float] | None
    is_named: bool
    counties: Mapping[str, str]
    record: SceneRecord
    about: str


def _urgency(is_red: bool) -> Mark:
    return mark_of("status", Status.MISSED if is_red else Status.BEHIND)


def town_scene(show: TownShow, setting: Setting) -> Scene:
    face, record = show.face, show.record
    status = parts_of.word(face.status.mark, face.status.word)
    left = html(
        '<section class="w-left"><div>{}{}</div>{}</section>',
        h2(face.place, face.rule_line),
        _matters(show, setting),
        _facts(show),
    )
    middle = html('<section class="w-C">{}</section>', _middle(show, setting))
    right = html('<div class="w-right">{}{}</div>', _code(show, setting), _history(face))
    wide = html('<section class="w-wide2"><div class="w-left">{}{}</div></section>', _bars(face, setting), _chain(face))
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, face.title, html('<span class="w-tally">{}</span>', status)),
        parts_of.main(record, left + middle + right + wide),
        show.about,
        setting.dotted(setting.say("wall.fictional") if face.fictional else "", setting.say("wall.source_short")),
        link={"code": (face.code,)},
    )


def _matters(show: TownShow, setting: Setting) -> Markup:
    rows = html_of(
        html(
            '<li class="{}">{}<span><b>{}</b><i>{}</i></span></li>',
            _urgency(item.is_red).style,
            glyph(_urgency(item.is_red)),
            item.head,
            item.detail,
        )
        for item in show.face.matters[:_MATTERS]
    )
    rest = len(show.face.matters) - _MATTERS
    more = html('<p class="w-sub">{}</p>', setting.say("wall.matters_rest", count=rest)) if rest > 0 else EMPTY
    return html('<ul class="w-matters">{}</ul>{}', rows, more) if rows else EMPTY


def _facts(show: TownShow) -> Markup:
    rows = html_of(
        html(
            "<div><dt>{}</dt><dd{}>{}<small>{}</small><em>{}</em></dd></div>",
            line.label,
            " class=none" if line.is_none else "",
            line.number,
            line.short_unit or line.unit,
            line.note,
        )
        for line in show.face.facts[:_FACTS]
    )
    return html('<dl class="w-facts">{}</dl>', rows)


def _middle(show: TownShow, setting: Setting) -> Markup:
    face = show.face
    trend = _trend(face.trend) if face.trend is not None else EMPTY
    if show.place is None:
        return html("{}{}", h2(setting.say("wall.town_no_place")), trend)
    spot = TownName(show.place[0], show.place[1], show.is_named, 1.0)
    picture = prefecture(show.shapes, show.prefecture, [spot], show.counties, face.place, "", code_suffix="t")
    return html("{}{}{}", h2(setting.say("wall.town_place"), face.standing_note if not trend else ""), picture, trend)


def _trend(face: TrendFace) -> Markup:
    """Columns for the years; a year without a figure leaves its place free."""
    columns = html_of(
        html('<div><b>{}</b><i style="height:{:.1f}%"></i><span>{}</span></div>', number, (place or 0) * 100, year)
        if place is not None
        else html('<div class="none"><b>—</b><i></i><span>{}</span></div>', year)
        for year, number, place in face.points
    )
    return html(
        '<div class="w-trend">{}<div class="w-years" role="img" aria-label="{}">{}</div></div>',
        h2(face.heading, face.note),
        face.alt,
        columns,
    )


def _code(show: TownShow, setting: Setting) -> Markup:
    face = show.face
    if face.url:
        picture = qr.svg(face.url, face.title)
        note = setting.say("wall.town_scan")
    else:
        picture, note = EMPTY, setting.say("wall.town_no_address")
    return html(
        '<section class="w-code">{}<div>{}<b class="w-printed">{}</b></div></section>',
        picture,
        h2(setting.say("wall.town_code"), note),
        face.code,
    )


def _history(face: Face) -> Markup:
    # Milestones first, then the newest of the rest; shown in the order of time.
    order = sorted(range(len(face.history)), key=lambda at: (face.history[at].weight != _MILESTONE, -at))
    kept = [face.history[at] for at in sorted(order[:_HISTORY])]
    rows = html_of(html("<li><time>{}</time><span>{}</span></li>", entry.day, entry.text) for entry in kept)
    rating = html('<p class="w-sub">{}</p>', face.rating.note)
    stars = (
        "★" * face.rating.stars + "☆" * (face.rating.most - face.rating.stars) if face.rating.stars is not None else ""
    )
    told_stars = html('<p class="w-big">{}</p>', stars) if stars else EMPTY
    return html(
        '<section class="w-F">{}{}{}</section><section class="w-F">{}<ul class="w-history">{}</ul></section>',
        h2(face.rating.heading),
        told_stars,
        rating,
        h2(face.history_heading),
        rows,
    )


def _bars(face: Face, setting: Setting) -> Markup:
    if not face.bars:
        return EMPTY
    rows = html_of(_bar(line, setting) for line in face.bars[:_BARS])
    return html(
        '<div>{}<ul class="w-standing">{}</ul></div>', h2(setting.say("wall.town_standing"), face.standing_note), rows
    )


def _bar(line: BarLine, setting: Setting) -> Markup:
    marks = EMPTY
    if line.at_low is not None and line.at_high is not None:
        marks += html(
            '<s style="left:{:.1f}%;width:{:.1f}%"></s>', line.at_low * 100, (line.at_high - line.at_low) * 100
        )
    if line.at is not None:
        marks += html('<b style="width:{:.1f}%"></b>', line.at * 100)
    if line.at_whole is not None:
        marks += html('<u style="left:{:.1f}%"></u>', line.at_whole * 100)
    told = setting.dotted(line.rank, line.counts)
    return html(
        '<li><div class="nm"><span>{}</span><b>{}<small>{}</small></b></div><div class="w-bar">{}</div>'
        '<p class="w-sub">{}</p></li>',
        line.label,
        line.town,
        line.unit,
        marks,
        told,
    )


def _chain(face: Face) -> Markup:
    if face.chain is None:
        return EMPTY
    rows = []
    for stage, stops in face.chain.stages:
        shown = sorted(stops, key=lambda stop: stop.kind != "held")[:_STOPS]
        chips = html_of(html('<span class="w-chip k-{}">{}</span>', _KINDS[stop.kind], stop.label) for stop in shown)
        more = html('<em class="w-more">+{}</em>', len(stops) - _STOPS) if len(stops) > _STOPS else EMPTY
        rows.append(html('<div class="w-stage3"><span>{}</span><div>{}{}</div></div>', stage, chips, more))
    return html("<div>{}{}</div>", h2(face.chain.heading, face.chain.note), html_of(rows))
