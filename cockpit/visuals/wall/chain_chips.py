"""A chain in a corner: its stages with as many nodes as there is room for, the gaps first."""

from __future__ import annotations

from typing import Final

from cockpit.analysis.briefing.chains import ChainGlance, GradedNode
from cockpit.analysis.chain.grading import GRADES, Grade
from cockpit.phrases import say
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.widths import text_width
from cockpit.visuals.wall.scene import Setting, h2
from cockpit.vocabulary import CHAIN_GRADES
from cockpit.wording import chain as words

# What is told first: gaps, then what carries the chain.
_ORDER: Final[tuple[Grade, ...]] = ("missing", "weak", "strong", "adequate", "unknown")
_FRAME: Final = 26.0  # of a chip around its words, units of a twentieth of a rem
_GAP: Final = 8.0
_UNIT: Final = 20.0


def finding(glance: ChainGlance, setting: Setting) -> str:
    """What the chain lacks, in a few words."""
    most = 2 if setting.language == "zh" else 1
    for grade, key in (("missing", "wall.chain_missing"), ("weak", "wall.chain_weak")):
        found = [words.short(node.node.label, setting.language) for node in glance.nodes if node.grade == grade]
        if found:
            rest = setting.say("wall.and_more", count=len(found) - most) if len(found) > most else ""
            return setting.say(key, nodes=setting.joined(found[:most]) + rest)
    if glance.counts["unknown"] == len(glance.nodes):
        return setting.say("wall.chain_unknown")
    return setting.say("wall.chain_whole")


def facts(glance: ChainGlance, setting: Setting) -> str:
    towns = setting.say(
        "wall.chain_one_town" if glance.town_count == 1 else "wall.chain_towns", count=glance.town_count
    )
    firms = "" if glance.firm_count is None else words.firms(glance.firm_count, setting.language)
    return setting.dotted(towns, firms, setting.say("wall.graded_simulated") if setting.is_simulated else "")


def chips(glance: ChainGlance, setting: Setting, room: float, lines: int) -> Markup:
    """Rows of the three stages.

    Args:
        room: units a line of chips may take. lines: lines a stage may fill.
    """
    rows = []
    for stage, nodes in glance.stages.items():
        ordered = sorted(nodes, key=lambda node: _ORDER.index(node.grade))
        shown: list[GradedNode] = []
        left, line = room, 1
        for node in ordered:
            wide = _FRAME + text_width(words.short(node.node.label, setting.language), _UNIT)
            wide += 8 + text_width(CHAIN_GRADES[node.grade].say(setting.language), _UNIT)
            # Room for what says how many are left out.
            reserve = 44.0 if line == lines and len(shown) < len(ordered) - 1 else 0.0
            if wide > left - reserve and shown:
                if line == lines:
                    break
                line, left = line + 1, room
            shown.append(node)
            left -= wide + _GAP
        rest = len(ordered) - len(shown)
        more = html('<em class="w-more">+{}</em>', rest) if rest else EMPTY
        rows.append(
            html(
                '<div class="w-stage3"><span>{}</span><div>{}{}</div></div>',
                setting.say(f"chain.short_{stage}"),
                html_of(_chip(node, setting) for node in shown),
                more,
            )
        )
    return html_of(rows)


def _chip(node: GradedNode, setting: Setting) -> Markup:
    name, grade = words.short(node.node.label, setting.language), CHAIN_GRADES[node.grade].say(setting.language)
    return html('<span class="w-chip k-{}">{}<i>{}</i></span>', node.grade, name, grade)


def block(glance: ChainGlance, setting: Setting, room: float, lines: int) -> Markup:
    label = glance.chain.label.say(setting.language)
    title = setting.say("wall.chain_title", chain=label, finding=finding(glance, setting))
    return html(
        '<section class="w-chain">{}{}</section>',
        h2(title, facts(glance, setting)),
        chips(glance, setting, room, lines),
    )


def legend(setting: Setting) -> Markup:
    """What a chip's frame means."""
    marks = html_of(
        html('<span><u class="k-{}"></u>{}</span>', grade, CHAIN_GRADES[grade].say(setting.language))
        for grade in GRADES
    )
    return html('<div class="w-legend">{}<span>{}</span></div>', marks, say("wall.chain_own", setting.language))
