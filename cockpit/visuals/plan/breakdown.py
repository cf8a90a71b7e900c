"""Who carries how much: the tree of a breakdown, the map of who carries more, the proof that the sums hold.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cockpit.analysis.briefing import Line
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.units import minus, percent
from cockpit.visuals.map.shapes import Area, fit, join
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PREFECTURES, Language
from cockpit.wording.plan import amount

OPENED: Final = "popen"
_WIDTH, _HEIGHT = 330.0, 300.0
_LINE: Final = 14.0
_SHIFTS: Final = (-0.003, -0.0005, 0.0005, 0.003)  # where the five steps of carrying more part, as shares
_STEPS: Final = ("less2", "less1", "same", "more1", "more2")
_DEPTH: Final = {"province": 0, "prefecture": 1, "county": 2, "town": 3}


@dataclass(frozen=True)
class Tree:
    """What the tree is drawn of.

    `most` is the growth at the right end of the strip, `mean` the province's, `within` the share above which a stated
    figure is marked, `opened` the units unfolded, `is_asked` whether answers are awaited.
    """

    lines: Sequence[Line]
    names: Mapping[str, str]
    indicator: Indicator
    base_year: int
    year: int
    most: float
    mean: float | None
    within: float
    opened: frozenset[str]
    is_asked: bool


def step_of(shift: float) -> str:
    """One of five steps from carrying much less to carrying much more than the share of the base."""
    return _STEPS[sum(shift >= cut for cut in _SHIFTS)]


def table(tree: Tree, reserve: Markup, language: Language) -> Markup:
    """Head, a row a unit, the reserve."""
    heads = ["unit", "base", "share", "stated", "suggested", "strip", "assigned", "yearly", "shift", "bounds", "note"]
    top = html_of(html('<th scope="col" class="h-{}">{}</th>', name, _head(name, tree, language)) for name in heads)
    rows = html_of(_row(line, tree, language) for line in tree.lines)
    inside = html("<table><thead><tr>{}</tr></thead><tbody>{}{}</tbody></table>", top, rows, reserve)
    return html('<div class="ptree" role="group" tabindex="0">{}</div>', inside)


def reserve_row(value: str, told: str, title: str, language: Language) -> Markup:
    """The line of what is kept back."""
    return html(
        '<tr class="preserve"><th scope="row">{}</th><td></td><td></td><td></td><td>{}</td><td></td>'
        '<td class="hand">{}</td><td></td><td></td><td></td><td class="t" title="{}">{}</td></tr>',
        say("plan.reserve", language),
        value,
        value,
        title,
        told,
    )


def _head(name: str, tree: Tree, language: Language) -> Markup:
    said = say(f"plan.col.{name}", language, most=percent(tree.most, decimals=0))
    year = {"base": tree.base_year, "assigned": tree.year}.get(name)
    unit = say("plan.points", language) if name == "shift" else ""
    return html("{}<small>{}</small>", said, year if year is not None else unit)


def _row(line: Line, tree: Tree, language: Language) -> Markup:
    def figure(value: float) -> str:
        return amount(value, tree.indicator, language, is_bare=True)

    stated = say("plan.not_in", language) if tree.is_asked and line.level == "prefecture" else "—"
    apart = line.stated is not None and abs(line.stated - line.assigned) > tree.within * line.assigned
    if line.stated is not None:
        stated = figure(line.stated)
    lock = html('<i class="plock">{}</i>', say("plan.held", language)) if line.held else EMPTY
    return html(
        '<tr class="l-{}"><th scope="row">{}</th><td>{}</td><td>{}</td><td class="{}">{}</td><td>{}</td>'
        '<td class="s">{}</td><td class="hand">{}{}</td><td>{}</td><td class="s">{}</td><td class="t">{}</td>'
        '<td class="t">{}</td></tr>',
        line.level,
        unit_name(line, tree.names, tree.opened, language),
        figure(line.base),
        percent(line.share, decimals=2),
        "apart" if apart else "",
        stated,
        figure(line.suggested),
        _strip(line, tree),
        lock,
        figure(line.assigned),
        percent(line.yearly),
        _shift(line) if line.level != "province" else EMPTY,
        _bounds(line, language),
        _note(line, language),
    )


def unit_name(line: Line, names: Mapping[str, str], is_unfolded: frozenset[str], language: Language) -> Markup:
    """The name of a unit: a town leads to its profile, an area folds and unfolds."""
    name = names.get(line.code, line.code)
    if line.level == "town":
        return html('<span class="d3">{}</span>', marks.town(line.code, name, language))
    if line.level == "province":
        return html("<b>{}</b>", say("plan.province", language))
    opened = is_unfolded ^ {line.code}
    sign = "▾" if line.is_open else "▸"
    return html(
        '<span class="d{} fold" {} aria-expanded="{}"><i>{}</i> {}</span>',
        _DEPTH[line.level],
        marks.narrows(OPENED, ",".join(sorted(opened)), name),
        "true" if line.is_open else "false",
        sign,
        name,
    )


def _strip(line: Line, tree: Tree) -> Markup:
    def at(growth: float) -> float:
        return 100 * min(max(growth / tree.most, 0.0), 1.0)

    years = tree.year - tree.base_year
    bar = EMPTY
    ends = [yearly_growth(line.base, end, years) for end in (line.low, line.high) if end is not None]
    known = [end for end in ends if end is not None]
    if len(known) == 2:
        left, right = at(known[0]), at(known[1])
        bar = html('<u style="left:{:.1f}%;width:{:.1f}%"></u>', left, max(right - left, 1.0))
    dot = html('<i style="left:{:.1f}%"></i>', at(line.yearly)) if line.yearly is not None else EMPTY
    is_told = line.level != "province" and tree.mean is not None
    mean = html('<s style="left:{:.1f}%"></s>', at(tree.mean or 0.0)) if is_told else EMPTY
    return html('<span class="pstrip">{}{}{}</span>', bar, mean, dot)


def _shift(line: Line) -> Markup:
    width = min(abs(line.shift) / 0.015, 1.0) * 50
    text = minus(f"{line.shift * 100:+.2f}")
    side = "more" if line.shift >= 0 else "less"
    return html('<span class="pshift {}"><b><u style="width:{:.1f}%"></u></b><em>{}</em></span>', side, width, text)


def _bounds(line: Line, language: Language) -> str:
    key = "plan.{}" if line.level == "town" else "plan.bound_{}"
    counts = (("ceiling", line.at_ceiling), ("floor", line.at_floor), ("whole", line.at_whole))
    return " ".join(say(key.format(name), language, count=count) for name, count in counts if count) or "—"


def _note(line: Line, language: Language) -> Markup:
    parts = [html("{} <small>{}</small>", line.held.note, line.held.by)] if line.held else []
    if line.answer:
        parts.append(html("{} <small>{} {}</small>", line.answer.note.say(language), line.answer.by, line.answer.cell))
    return html_of(parts, html("<br>"))


def shift_map(lines: Sequence[Line], areas: Sequence[Area], language: Language) -> Markup:
    """Prefectures by how much more (fill) or less (hatch) they carry than their share of the base."""
    shifts = {line.code: line.shift for line in lines if line.level == "prefecture"}
    view = fit(join(at.box for at in areas), (2.0, 2.0, _WIDTH - 2, _HEIGHT - 2))
    grounds, names = EMPTY, EMPTY
    for at in areas:
        name, shift = PREFECTURES[at.code].say(language), shifts.get(at.code)
        text = minus(f"{shift * 100:+.2f}") if shift is not None else ""
        step = step_of(shift) if shift is not None else "none"
        grounds += html(
            '<path class="m-{}" d="{}" vector-effect="non-scaling-stroke"><title>{} {}</title></path>',
            step, at.path, name, text,
        )  # fmt: skip
        x, y = view.at(at.label)
        second = html('<tspan x="{:.0f}" dy="{:.0f}">{}</tspan>', x, _LINE, text) if text else EMPTY
        names += html('<text x="{:.0f}" y="{:.0f}">{}{}</text>', x, y, name, second)
    # A pattern is drawn in the plane of the areas: back to the size of the picture, or its lines run into a grey.
    turn = f"scale({1 / view.scale:.4f}) rotate(45)"
    hatch = html(
        '<defs><pattern id="phatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="{}">'
        '<path d="M0 0V9" class="hline"/></pattern><pattern id="phatch2" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="{}"><path d="M0 0V6" class="hline2"/></pattern>'
        "</defs>",
        turn, turn,
    )  # fmt: skip
    legend = html_of(
        html('<span><i class="k-{}"></i>{}</span>', step, words)
        for step, words in zip(reversed(_STEPS), say("plan.map_steps", language).split("|"), strict=True)
    )
    return html(
        '<svg class="pmap" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}<g transform="{}">{}</g>'
        '<g class="pnames" aria-hidden="true">{}</g></svg><p class="plegend">{}</p>',
        _WIDTH, _HEIGHT, say("plan.map", language), hatch, view.transform, grounds, names, legend,
    )  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One line of the proof: what holds, what shows it, whether it does."""

    name: str
    told: str
    holds: bool


def proof(checks: Sequence[Check], language: Language) -> Markup:
    """The proof, printed and not only ticked."""
    rows = html_of(
        html(
            '<li class="{}"><b>{}</b><span>{}</span></li>', "ok" if at.holds else "open",
            say(f"plan.proof.{at.name}", language), at.told,
        )
        for at in checks
    )  # fmt: skip
    return html('<section class="pproof"><h2>{}</h2><ul>{}</ul></section>', say("plan.proof", language), rows)


def facts(title: str, pairs: Sequence[tuple[str, str]]) -> Markup:
    """Bounds and the like, label and figure."""
    rows = html_of(html("<li><span>{}</span><b>{}</b></li>", *pair) for pair in pairs)
    heading = html("<h2>{}</h2>", title) if title else EMPTY
    return html('<section class="pproof pfacts">{}<ul>{}</ul></section>', heading, rows)
