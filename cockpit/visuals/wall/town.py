"""One town with its code: what a visitor may take along on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from cockpit.marks import Mark, mark_of
from cockpit.policy.wall_design import SceneRecord
from cockpit.visuals.marks.html import glyph
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
    left = (
        f'<section class="w-left"><div>{h2(face.place, face.rule_line)}{_matters(show, setting)}</div>'
        f"{_facts(show)}</section>"
    )
    middle = f'<section class="w-C">{_middle(show, setting)}</section>'
    right = f'<div class="w-right">{_code(show, setting)}{_history(face)}</div>'
    wide = f'<section class="w-wide2"><div class="w-left">{_bars(face, setting)}{_chain(face)}</div></section>'
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, face.title, f'<span class="w-tally">{status}</span>'),
        parts_of.main(record, left + middle + right + wide),
        show.about,
        setting.dotted(setting.say("wall.fictional") if face.fictional else "", setting.say("wall.source_short")),
        link={"code": (face.code,)},
    )


def _matters(show: TownShow, setting: Setting) -> str:
    rows = "".join(
        f'<li class="{_urgency(item.is_red).style}">{glyph(_urgency(item.is_red))}'
        f"<span><b>{escape(item.head)}</b><i>{escape(item.detail)}</i></span></li>"
        for item in show.face.matters[:_MATTERS]
    )
    rest = len(show.face.matters) - _MATTERS
    more = f'<p class="w-sub">{escape(setting.say("wall.matters_rest", count=rest))}</p>' if rest > 0 else ""
    return f'<ul class="w-matters">{rows}</ul>{more}' if rows else ""


def _facts(show: TownShow) -> str:
    rows = "".join(
        f"<div><dt>{escape(line.label)}</dt><dd{' class=none' if line.is_none else ''}>{escape(line.number)}"
        f"<small>{escape(line.short_unit or line.unit)}</small><em>{escape(line.note)}</em></dd></div>"
        for line in show.face.facts[:_FACTS]
    )
    return f'<dl class="w-facts">{rows}</dl>'


def _middle(show: TownShow, setting: Setting) -> str:
    face = show.face
    trend = _trend(face.trend) if face.trend is not None else ""
    if show.place is None:
        return f"{h2(setting.say('wall.town_no_place'))}{trend}"
    spot = TownName(show.place[0], show.place[1], show.is_named, 1.0)
    picture = prefecture(show.shapes, show.prefecture, [spot], show.counties, face.place, "", code_suffix="t")
    return f"{h2(setting.say('wall.town_place'), face.standing_note if not trend else '')}{picture}{trend}"


def _trend(face: TrendFace) -> str:
    """Columns for the years; a year without a figure leaves its place free."""
    columns = "".join(
        f'<li><b>{escape(number)}</b><i style="height:{(place or 0) * 100:.1f}%"></i><span>{escape(year)}</span></li>'
        if place is not None
        else f'<li class="none"><b>—</b><i></i><span>{escape(year)}</span></li>'
        for year, number, place in face.points
    )
    return (
        f'<div class="w-trend">{h2(face.heading, face.note)}<ul role="img" aria-label="{escape(face.alt)}">{columns}'
        "</ul></div>"
    )


def _code(show: TownShow, setting: Setting) -> str:
    face = show.face
    if face.url:
        picture = qr.svg(face.url, face.title)
        note = setting.say("wall.town_scan")
    else:
        picture, note = "", setting.say("wall.town_no_address")
    return (
        f'<section class="w-code">{picture}<div>{h2(setting.say("wall.town_code"), note)}'
        f'<b class="w-printed">{escape(face.code)}</b></div></section>'
    )


def _history(face: Face) -> str:
    # Milestones first, then the newest of the rest; shown in the order of time.
    order = sorted(range(len(face.history)), key=lambda at: (face.history[at].weight != _MILESTONE, -at))
    kept = [face.history[at] for at in sorted(order[:_HISTORY])]
    rows = "".join(f"<li><time>{escape(entry.day)}</time><span>{escape(entry.text)}</span></li>" for entry in kept)
    rating = f'<p class="w-sub">{escape(face.rating.note)}</p>'
    stars = (
        "★" * face.rating.stars + "☆" * (face.rating.most - face.rating.stars) if face.rating.stars is not None else ""
    )
    told_stars = f'<p class="w-big">{stars}</p>' if stars else ""
    return (
        f'<section class="w-F">{h2(face.rating.heading)}{told_stars}{rating}</section>'
        f'<section class="w-F">{h2(face.history_heading)}<ul class="w-history">{rows}</ul></section>'
    )


def _bars(face: Face, setting: Setting) -> str:
    if not face.bars:
        return ""
    rows = "".join(_bar(line, setting) for line in face.bars[:_BARS])
    return f'<div>{h2(setting.say("wall.town_standing"), face.standing_note)}<ul class="w-standing">{rows}</ul></div>'


def _bar(line: BarLine, setting: Setting) -> str:
    marks = ""
    if line.at_low is not None and line.at_high is not None:
        marks += f'<s style="left:{line.at_low * 100:.1f}%;width:{(line.at_high - line.at_low) * 100:.1f}%"></s>'
    if line.at is not None:
        marks += f'<b style="width:{line.at * 100:.1f}%"></b>'
    if line.at_whole is not None:
        marks += f'<u style="left:{line.at_whole * 100:.1f}%"></u>'
    told = escape(setting.dotted(line.rank, line.counts))
    return (
        f'<li><div class="nm"><span>{escape(line.label)}</span><b>{escape(line.town)}'
        f'<small>{escape(line.unit)}</small></b></div><div class="w-bar">{marks}</div><p class="w-sub">{told}</p></li>'
    )


def _chain(face: Face) -> str:
    if face.chain is None:
        return ""
    rows = []
    for stage, stops in face.chain.stages:
        shown = sorted(stops, key=lambda stop: stop.kind != "held")[:_STOPS]
        chips = "".join(f'<span class="w-chip k-{_KINDS[stop.kind]}">{escape(stop.label)}</span>' for stop in shown)
        more = f'<em class="w-more">+{len(stops) - _STOPS}</em>' if len(stops) > _STOPS else ""
        rows.append(f'<div class="w-stage3"><span>{escape(stage)}</span><div>{chips}{more}</div></div>')
    return f"<div>{h2(face.chain.heading, face.chain.note)}{''.join(rows)}</div>"
