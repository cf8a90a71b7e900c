"""Pieces of the cockpit page, each as markup, and the one part of the page that shows them and hears their clicks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cockpit.analysis.briefing import Briefing
from cockpit.briefings import gap_parts, logged_extensions, outside, version_update, waiting
from cockpit.datasets.boundaries import read_boundaries
from cockpit.ui.frame import alerted
from cockpit.ui.frame.picture import drawing, picture
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import cited
from cockpit.ui.targets import gap as cockpit_gap
from cockpit.visuals.map.shapes import Area, areas
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import DIVERGING
from cockpit.visuals.targets import cards, rail
from cockpit.visuals.targets import mini_map as mini_map_drawing
from cockpit.wording import data as data_words
from cockpit.wording import gap as gap_words


def show_desk(view: View, pieces: Mapping[str, Markup]) -> None:
    """Draw the pieces, placed by the style sheet, and open what was clicked in them since the last run."""
    # By itself, as it never changes: the browser keeps what it has, and nothing is sent again.
    drawing(mini_map_drawing.outlines(_areas()), "mini_outlines")
    picture(pieces, lambda what: cockpit_gap.picked(view, what), "desk")


@lru_cache(maxsize=512)
def _board(briefing: Briefing, view_key: tuple[Any, ...], target: str, to_decide: int, only: str) -> Markup:
    desk, language = view_key
    return cited(cards.board(briefing, desk.limits, target, to_decide, language, only))


@lru_cache(maxsize=512)
def _rail(briefing: Briefing, view_key: tuple[Any, ...], ways: tuple[tuple[str, str, Markup], ...]) -> Markup:
    desk, language = view_key
    beside = {(kind, subject): way for kind, subject, way in ways}
    told = data_words.told_of(desk.dataset.manifest, language)[1]
    note = outside(desk, briefing.selection.scope).free(told, language)
    decided, changed = (
        rail.decisions(briefing, desk.limits, language, beside),
        rail.changes(briefing, version_update(desk), note, language),
    )
    if any(card.source_ids for card in briefing.cards):
        return cited(decided + changed + rail.sources(briefing, language))
    # One screen holds six decisions and the numbers of the supervision; who is silent is a click away.
    return cited(decided + rail.running(briefing, language) + rail.missing(briefing, language, 0) + changed)


def _key(view: View) -> tuple[Any, ...]:
    return view.desk, view.language


def target_board(view: View, target: str) -> Markup:
    only = cockpit_gap.shown_verdict(view)
    return _board(view.briefing, _key(view), target, len(_waiting(view).decisions), only)


@lru_cache(maxsize=8)  # of one run, which makes a view of its own: the log is asked once
def _waiting(view: View) -> Briefing:
    """The briefing with what waits for a decision, as the log of decisions stands now."""
    logged = logged_extensions(view.desk.dataset.name)
    return waiting(view.desk, view.briefing.selection, view.briefing.as_of, logged)


def decision_rail(view: View) -> Markup:
    return _rail(_waiting(view), _key(view), alerted.ways_of_decisions(view))


@lru_cache(maxsize=1)
def _areas() -> tuple[Area, ...]:
    return areas(read_boundaries("prefectures_light"))


def mini_map(view: View, target: str) -> Markup:
    """Small map: effect of each prefecture on the gap, towns as dots."""
    parts = gap_parts(view.desk, view.briefing.selection, view.briefing.as_of, target)
    label = view.briefing.card(target).indicator.label.say(view.language)
    subtitle = (
        view.say("mini.subtitle", label=label, unit=gap_words.scale_of(parts.card, view.language).unit)
        if parts
        else view.say("mini.subtitle_towns")
    )
    ramp = EMPTY
    if parts:
        told = (*mini_map_drawing.cuts(parts, view.language), "")
        steps = html_of(
            html('<span><i style="background:{}"></i><em>{}</em></span>', shade, cut)
            for shade, cut in zip(DIVERGING[view.theme], told, strict=True)
        )
        ramp = html(
            '<div class="ramp"><span>{}</span>{}<span class="up">{}</span></div>',
            view.say("gap.widens"),
            steps,
            view.say("gap.closes"),
        )
    return html(
        '<div class="sect"><h2>{}</h2><p>{}</p></div>{}{}',
        view.say("mini.title"),
        subtitle,
        mini_map_drawing.draw_mini(view.briefing, parts, _areas(), subtitle, view.language),
        ramp,
    )
