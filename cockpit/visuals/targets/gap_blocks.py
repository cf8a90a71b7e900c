"""The gap of a target on the cockpit, as HTML: the four parts, areas or classes with their bars, towns of one part.

Pure: a table of words in, markup out. A part, a bar or an area's name narrows, a town's name opens its page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.phrases import say
from cockpit.visuals.marks.html import narrowing, narrows, opens
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language
from cockpit.wording.gap import Column, GapTable, Row, TownRow, summed

By = Literal["area", "class"]
BYS: Final[tuple[By, ...]] = ("area", "class")
_MOST: Final = 13  # rows of areas; a prefecture of more counties says the rest in one


def strip(table: GapTable, shown: Movement, period: str, language: Language) -> Markup:
    """The four parts and what they sum to; each part shows its own ranking when clicked."""
    most = max((abs(part.figure.value or 0.0) for part in table.parts), default=0.0) or 1.0
    cells = EMPTY
    for part in table.parts:
        value = part.figure.value
        tone = "none" if value is None else "down" if value < 0 else "up"
        width = abs(value or 0.0) / most * 100
        count = say("gap.towns", language, count=part.towns)
        pressed = "true" if part.movement == shown else "false"
        opens = narrows("gappart", part.movement, part.note)
        cells += html(
            '<div class="gpart k-{}" {} aria-pressed="{}"><span><b>{}</b><small>{}</small></span>'
            '<strong>{}</strong><i class="{}" style="width:{:.1f}%"></i></div>',
            part.movement,
            opens,
            pressed,
            part.name,
            count,
            part.text,
            tone,
            width,
        )
    label = say("gap.to_target", language, period=period)
    tone = "down" if (table.total.value or 0.0) < 0 else "up"
    return html(
        '<div class="gstrip">{}<div class="gsum"><span>{}</span><strong class="{}">{}</strong></div></div>',
        cells,
        label,
        tone,
        table.total.number,
    )


def groups(table: GapTable, by: By, shown: Movement, filters: str, language: Language) -> Markup:
    """Areas or classes ranked by the part shown, its bars, and every part beside it.

    Args:
        filters: parameter a click on a row's name sets.
    """
    rows = sorted(table.areas if by == "area" else table.classes, key=lambda row: (row.value(shown), row.key))
    rows, rest = rows[:_MOST], rows[_MOST:]
    low = min([0.0, *(row.value(shown) for row in rows)])
    high = max([0.0, *(row.value(shown) for row in rows)])
    span = (high - low) or 1.0
    zero = -low / span * 100

    def bar(row: Row) -> Markup:
        value = row.value(shown)
        width = abs(value) / span * 100
        left = zero - width if value < 0 else zero
        tone = "down" if value < 0 else "up"
        return html(
            '<i class="gbar"><b class="{}" style="left:{:.2f}%;width:{:.2f}%"></b><u style="left:{:.2f}%"></u></i>',
            tone,
            left,
            width,
            zero,
        )

    def cells(texts: Sequence[tuple[Column, str]]) -> Markup:
        return html_of(
            html(
                '<td class="{}{}">{}</td>',
                "on" if column == shown else "",
                " sum" if column == "value" else "",
                text if text else html("<span aria-hidden=true>·</span>"),
            )
            for column, text in texts
        )

    columns: tuple[Column, ...] = (*MOVEMENTS, "value")
    heads = html_of(
        html(
            '<th scope="col" class="{}">{}</th>',
            "on" if column == shown else "",
            say("gap.total", language) if column == "value" else table.part(column).name,
        )
        for column in columns
    )
    what = say("gap.by_class" if by == "class" else "gap.county" if table.by_county else "gap.prefecture", language)
    body = html_of(
        html(
            '<tr><th scope="row">{}</th><td class=b {}>{}</td>{}</tr>',
            narrowing(filters, row.key, row.name, language),
            html('data-lead="{}:{}"', filters, row.key),
            bar(row),
            cells([(column, row.text(column)) for column in columns]),
        )
        for row in rows
    )
    if rest:
        texts = [(column, found.number if (found := summed(rest, column)) else "") for column in columns]
        body += html(
            '<tr class="rest"><th scope="row">{}</th><td class=b></td>{}</tr>',
            say("gap.rest_areas", language, count=len(rest)),
            cells(texts),
        )
    foot = html('<th scope="row">{}</th><td class=b></td>', say("gap.total", language))
    foot += cells([(column, table.sums[column].number) for column in columns])
    ranked = say("gap.ranked_by", language)
    return html(
        '<table class="gtab"><thead><tr><th scope="col">{}</th><th scope="col" class=b>{}</th>{}</tr></thead>'
        "<tbody>{}</tbody><tfoot><tr>{}</tr></tfoot></table>",
        what,
        ranked,
        heads,
        body,
        foot,
    )


def towns(
    table: GapTable, rows: Sequence[TownRow], shown: Movement, tags: dict[str, str], language: Language
) -> Markup:
    """Towns of the part shown, from the widest to the most closing; a name opens the profile."""
    name = table.part(shown).name
    head = say("gap.towns_of", language, part=name)
    if not rows:
        none = say("gap.part_none", language)
        return html('<div class="gnone"><b>{}</b><p class="note">{}</p></div>', head, none)
    most = max((abs(row.value) for row in rows if row.key), default=0.0) or 1.0
    body = EMPTY
    for row in rows:
        tone = "down" if row.value < 0 else "up"
        if not row.key:
            cells = html("<td class=b></td><td>{}</td><td></td>", row.text)
            body += html('<tr class="rest"><th scope="row">{}</th>{}</tr>', row.name, cells)
            continue
        tag = html(' <em class="tag">{}</em>', tags[row.key]) if tags.get(row.key) else EMPTY
        width = abs(row.value) / most * 100
        body += html(
            '<tr><th scope="row">{}{}</th><td class=b><i class="gbar">'
            '<b class="{}" style="left:0;width:{:.1f}%"></b></i></td><td class="on">{}</td><td>{}</td></tr>',
            town_name(row.key, row.name, language),
            tag,
            tone,
            width,
            row.text,
            str(row.done or ""),
        )
    total = table.part(shown).text
    heads = html(
        '<th scope="col">{}</th><th scope="col" class=b>{}</th><th scope="col" class="on">{}</th>'
        '<th scope="col">{}</th>',
        head,
        say("gap.pulls", language),
        table.unit,
        say("gap.done", language),
    )
    label = say("gap.part_total", language, part=name)
    return html(
        '<table class="gtab gtowns"><thead><tr>{}</tr></thead><tbody>{}</tbody><tfoot><tr>'
        '<th scope="row">{}</th><td class=b></td><td>{}</td><td></td></tr></tfoot></table>',
        heads,
        body,
        label,
        total,
    )


def section(left: Markup, right: Markup, head: Markup, finding: str, method: str) -> Markup:
    """Two tables side by side below what is said of both, and how they were made."""
    lead = html('<p class="gfind">{}</p>', finding) if finding else EMPTY
    note = html('<p class="note gmethod">{}</p>', method) if method else EMPTY
    return html('<section class="gap4">{}{}<div class="gtwo">{}{}</div>{}</section>', lead, head, left, right, note)


def head(
    title: str,
    targets: Mapping[str, str],
    target: str,
    finding: str,
    unit: Markup | str,
    by: By | None,
    language: Language,
) -> Markup:
    """The line above the section: title, list of targets, the way into depth, finding, unit, and grouping.

    Args:
        targets: name of every target of the set, by its key.
        by: how the groups are made, None where there is one way.
    """
    options = html_of(
        html('<option value="{}"{}>{}</option>', key, html(" selected") if key == target else EMPTY, name)
        for key, name in targets.items()
    )
    switch = EMPTY
    if by is not None:
        choices = html_of(
            html(
                '<button type="button" data-pick="gapby:{}" aria-pressed="{}">{}</button>',
                way,
                "true" if way == by else "false",
                say(f"gap.by_{way}", language),
            )
            for way in BYS
        )
        switch = html('<span class="gseg" role="group" aria-label="{}">{}</span>', say("gap.by", language), choices)
    return html(
        '<header class="ghead"><h2 id="gap">{}</h2><select data-choose="gaptarget" aria-label="{}">{}</select>'
        '<span class="lead" {}>{} →</span><span class="find">{}</span><span class="cnt">{}</span>{}</header>',
        title,
        say("gap.target", language),
        options,
        opens("targets"),
        say("gap.depth", language),
        finding,
        unit,
        switch,
    )


@dataclass(frozen=True)
class Bar:
    """A row of a plain ranking; `opens` are the attributes of a name that can be clicked."""

    name: str
    value: float
    text: str
    note: str = ""
    opens: Markup = EMPTY


def bars(heads: tuple[str, str, str], rows: Sequence[Bar], ends: tuple[float, float], mark: float = 0.0) -> Markup:
    """A ranking as a table: name, bar, figure.

    Args:
        heads: over the names, the bars and the figures.
        ends: values at the ends of the room for bars; 0 lies between them.
        mark: value at which a line stands through all bars, a target's, say.
    """
    low, high = ends
    span = (high - low) or 1.0
    zero = -low / span * 100
    body = EMPTY
    for row in rows:
        width = abs(row.value) / span * 100
        name = html('<span class="gname" {}>{}</span>', row.opens, row.name) if row.opens else row.name
        body += html(
            '<tr><th scope="row">{} <small>{}</small></th><td class=b><i class="gbar">'
            '<b class="{}" style="left:{:.2f}%;width:{:.2f}%"></b><u style="left:{:.2f}%"></u></i></td>'
            "<td>{}</td></tr>",
            name,
            row.note,
            "down" if row.value < 0 else "up",
            zero - width if row.value < 0 else zero,
            width,
            (mark - low) / span * 100,
            row.text,
        )
    titles = html_of(
        html('<th scope="col"{}>{}</th>', html(" class=b") if at == 1 else EMPTY, head) for at, head in enumerate(heads)
    )
    return html('<table class="gtab gplain"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', titles, body)
