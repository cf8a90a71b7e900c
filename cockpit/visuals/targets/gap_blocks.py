"""The gap of a target on the cockpit, as HTML: the four parts, areas or classes with their bars, towns of one part.

Pure: a table of words in, markup out. What carries `data-pick` can be clicked:
`gappart:exit` shows that part, `prefecture:330100` filters, `town:D330102A` opens the profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.phrases import say
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language
from cockpit.wording.gap import Column, GapTable, Row, TownRow, summed

By = Literal["area", "class"]
BYS: Final[tuple[By, ...]] = ("area", "class")
_MOST: Final = 13  # rows of areas; a prefecture of more counties says the rest in one


def _pick(what: str, title: str = "") -> Markup:
    hint = html(' title="{}"', title) if title else EMPTY
    return html('data-pick="{}" role="button" tabindex="0"{}', what, hint)


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
        opens = _pick(f"gappart:{part.movement}", part.note)
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
            '<tr><th scope="row"><span class="gname" {}>{}</span></th><td class=b>{}</td>{}</tr>',
            _pick(f"{filters}:{row.key}", say("gap.filter_to", language)),
            row.name,
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
            '<tr><th scope="row"><span class="gname" {}>{}</span>{}</th><td class=b><i class="gbar">'
            '<b class="{}" style="left:0;width:{:.1f}%"></b></i></td><td class="on">{}</td><td>{}</td></tr>',
            _pick(f"town:{row.key}", say("gap.open_town", language)),
            row.name,
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


def section(left: str, right: str, head: str, finding: str) -> Markup:
    lead = html('<p class="gfind">{}</p>', finding) if finding else EMPTY
    return html('<section class="gap4">{}{}<div class="gtwo">{}{}</div></section>', lead, head, left, right)
