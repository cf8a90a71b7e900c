"""The chain of the day: its diagram as on the desk, where it breaks, who could mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from cockpit.analysis.briefing import ChainBriefing
from cockpit.analysis.briefing.chain import Break
from cockpit.analysis.briefing.chains import Chains
from cockpit.analysis.chain.grading import GRADES
from cockpit.analysis.chain_layout import Frame, Layout
from cockpit.marks import mark_of
from cockpit.policy.wall_design import SceneRecord
from cockpit.units import column_scale, percent
from cockpit.visuals.chain import diagram as chain_diagram
from cockpit.visuals.marks.html import glyph
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.wall import chain_chips
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.scene import Scene, Setting, counted, h2
from cockpit.vocabulary import CHAIN_GRADES, PREFECTURES
from cockpit.wording import chain as words

# The diagram by form of wall, in its own pixels: twelve to a rem, so that its smallest text is one rem on an ordinary
# screen. Names are read from afar, so that cards take more of a column than on the desk.
FRAME: Final = Frame(784.0, 382.0, card=150.0, lowest=48.0, gap=9.0, pitch=0.88)
BROAD: Final = replace(FRAME, width=1160.0, card=200.0)
TALL: Final = replace(FRAME, width=582.0, height=540.0)
_BREAKS: Final = 4
_TWO_LINES: Final = 48  # letters that surely stand in two lines of the column, wherever they break
_DEPENDENT: Final = 2
_ROWS: Final = 12


@dataclass(frozen=True, eq=False)
class ChainShow:
    """What the scene shows; `names` are towns by code."""

    found: ChainBriefing
    every: Chains
    layout: Layout
    broad: Layout
    tall: Layout
    names: Mapping[str, str]
    record: SceneRecord
    about: str


def chain_scene(show: ChainShow, setting: Setting) -> Scene:
    glance, language, record = show.found.glance, setting.language, show.record
    counts = [
        (mark_of("chain_grade", grade), CHAIN_GRADES[grade].say(language), glance.counts[grade])
        for grade in GRADES
        if glance.counts[grade]
    ]
    stated = not show.every.has_firms
    after = (
        html('<span class="w-aside">{}</span>', setting.say("wall.chain_stated")) if stated else parts_of.tally(counts)
    )
    # One drawing for each form of wall; the style shows the one that fits.
    pictures = html_of(
        (
            _diagram(show, show.layout, setting, names_only=language == "en"),
            _diagram(show, show.broad, setting, names_only=False, kind="cdia broad"),
            _diagram(show, show.tall, setting, names_only=True, kind="cdia tall"),
        )
    )
    money = "" if glance.revenue_yuan is None else words.money_figure(glance.revenue_yuan, language).short(language)
    facts = setting.dotted(
        setting.say("wall.chain_output", value=money) + setting.mark if money else "",
        chain_chips.facts(glance, setting),
    )
    heading = setting.say(
        "wall.chain_paths", nodes=len(glance.nodes), intact=glance.paths.intact, total=glance.paths.total
    )
    if stated:
        heading, facts = setting.say("wall.chain_nodes", nodes=len(glance.nodes)), setting.say("wall.chain_no_firms")
    body = html(
        '<section class="w-C w-dia">{}{}{}</section><div class="w-right">{}{}</div>{}',
        h2(heading, facts),
        pictures,
        chain_diagram.legend(show.found, language, stated=stated, with_grades=False),
        _weak_points(show, setting),
        _others(show, setting),
        _towns(show, setting),
    )
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, glance.chain.label.say(language), after),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.chain_source"),
        link={"chain": (glance.chain.id,)},
    )


def _diagram(show: ChainShow, layout: Layout, setting: Setting, *, names_only: bool, kind: str = "cdia") -> Markup:
    stated = not show.every.has_firms
    return chain_diagram.draw(
        show.found, layout, setting.language, stated=stated, names_only=names_only, kind=kind, is_still=True
    )


def _node(show: ChainShow, node: str, setting: Setting) -> str:
    return words.short(show.found.node(node).node.label, setting.language)


def _weak_points(show: ChainShow, setting: Setting) -> Markup:
    """Where the chain breaks; for published data that nothing is known of firms."""
    breaks = show.found.resilience.breaks
    heading = h2(setting.say("wall.chain_breaks"), setting.say("wall.chain_breaks_note"))
    if not show.every.has_firms:
        text = setting.say("wall.chain_cannot")
        return html('<section class="w-breaks">{}<p>{}</p></section>', h2(setting.say("wall.chain_breaks")), text)
    lines = [_break(item, show, setting) for item in breaks[:_BREAKS]]
    dependent = [_node(show, node, setting) for node in show.found.resilience.dependent]
    if dependent:
        # Where few breaks are told, there is room for more of the names.
        most = _DEPENDENT * (1 + max(0, _BREAKS - len(breaks)) // 2)
        told = _named(dependent, most, setting)
        while most > 1 and len(told) > _TWO_LINES:
            most -= 1
            told = _named(dependent, most, setting)
        lines.append((str(len(dependent)), setting.say("wall.chain_dependent"), told))
    if not breaks:
        lines.insert(0, ("0", setting.say("wall.chain_no_break"), setting.say("wall.chain_whole")))
    return html('<section class="w-breaks">{}{}</section>', heading, counted(lines))


def _named(nodes: list[str], most: int, setting: Setting) -> str:
    rest = setting.say("wall.and_more", count=len(nodes) - most) if len(nodes) > most else ""
    return setting.joined(nodes[:most]) + rest


def _break(item: Break, show: ChainShow, setting: Setting) -> tuple[str, str, str]:
    name, grade = _node(show, item.node, setting), CHAIN_GRADES[item.grade].say(setting.language)
    text = setting.say("wall.chain_break", node=name, grade=grade.lower())
    if item.mends:
        return str(item.through), text, setting.say("wall.chain_mend", town=show.names.get(item.mends[0].town, ""))
    under = (
        setting.say("wall.chain_silent", count=len(item.silent)) if item.silent else setting.say("wall.chain_no_mend")
    )
    return str(item.through), text, under


def _others(show: ChainShow, setting: Setting) -> Markup:
    """The other chains in a line each: what they lack."""
    if not show.every.has_firms:
        return EMPTY
    rows = []
    for glance in show.every.chains:
        if glance.chain.id == show.found.chain.id:
            continue
        counts = html_of(
            html('<span class="{}">{}{}</span>', mark.style, glyph(mark), glance.counts[grade])
            for grade in ("missing", "weak", "unknown")
            if glance.counts[grade]
            for mark in (mark_of("chain_grade", grade),)
        )
        rows.append(html("<li><span>{}</span><em>{}</em></li>", glance.chain.label.say(setting.language), counts))
    return html(
        '<section class="w-F">{}<ul class="w-list">{}</ul></section>',
        h2(setting.say("wall.chain_others")),
        html_of(rows),
    )


def _towns(show: ChainShow, setting: Setting) -> Markup:
    """The chain's towns, where the wall is wide enough."""
    if not show.found.towns:
        return EMPTY
    language = setting.language
    heads = [setting.say(f"wall.col_{name}") for name in ("town", "prefecture", "nodes", "firms", "output", "share")]
    total, rows = show.found.glance.revenue_yuan, []
    shown = show.found.towns[:_ROWS]
    scale = column_scale((town.revenue_yuan for town in shown), "yuan", language)
    for town in shown:
        money = scale.figure(town.revenue_yuan).short(language)
        share = percent(town.revenue_yuan / total) if town.revenue_yuan is not None and total else "—"
        numbers = [
            "—" if town.node_count is None else str(town.node_count),
            "—" if town.firm_count is None else words.grouped(town.firm_count),
            money,
            share,
        ]
        rows.append([town.name.say(language), PREFECTURES[town.prefecture].say(language), *numbers])
    table = parts_of.table(heads, rows, 2)
    rest = len(show.found.towns) - len(shown)
    note = setting.say("wall.table_rest", count=rest) if rest else ""
    return html(
        '<section class="w-wide2 w-towns">{}{}</section>',
        h2(setting.say("wall.chain_towns_title") + setting.mark, note),
        table,
    )
