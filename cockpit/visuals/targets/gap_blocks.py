"""The gap of a target on the cockpit, as HTML: the four parts, areas or classes with their bars, towns of one part.

Pure: a table of words in, markup out; every text from data is escaped here. What carries `data-pick` can be clicked:
`gappart:exit` shows that part, `prefecture:330100` filters, `town:D330102A` opens the profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final, Literal

from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.phrases import say
from cockpit.vocabulary import Language
from cockpit.wording.gap import Column, GapTable, Row, TownRow, summed

By = Literal["area", "class"]
BYS: Final[tuple[By, ...]] = ("area", "class")
_MOST: Final = 13  # rows of areas; a prefecture of more counties says the rest in one


def _pick(what: str, title: str = "") -> str:
    hint = f' title="{escape(title)}"' if title else ""
    return f'data-pick="{escape(what)}" role="button" tabindex="0"{hint}'


def strip(table: GapTable, shown: Movement, period: str, language: Language) -> str:
    """The four parts and what they sum to; each part shows its own ranking when clicked."""
    most = max((abs(part.figure.value or 0.0) for part in table.parts), default=0.0) or 1.0
    cells = ""
    for part in table.parts:
        value = part.figure.value
        tone = "none" if value is None else "down" if value < 0 else "up"
        width = abs(value or 0.0) / most * 100
        count = say("gap.towns", language, count=part.towns)
        pressed = "true" if part.movement == shown else "false"
        opens = _pick(f"gappart:{part.movement}", part.note)
        cells += (
            f'<div class="gpart k-{part.movement}" {opens} aria-pressed="{pressed}">'
            f"<span><b>{escape(part.name)}</b><small>{escape(count)}</small></span><strong>{escape(part.text)}</strong>"
            f'<i class="{tone}" style="width:{width:.1f}%"></i></div>'
        )
    label = say("gap.to_target", language, period=period)
    tone = "down" if (table.total.value or 0.0) < 0 else "up"
    return (
        f'<div class="gstrip">{cells}<div class="gsum"><span>{escape(label)}</span>'
        f'<strong class="{tone}">{escape(table.total.number)}</strong></div></div>'
    )


def groups(table: GapTable, by: By, shown: Movement, filters: str, language: Language) -> str:
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

    def bar(row: Row) -> str:
        value = row.value(shown)
        width = abs(value) / span * 100
        left = zero - width if value < 0 else zero
        tone = "down" if value < 0 else "up"
        return f'<i class="gbar"><b class="{tone}" style="left:{left:.2f}%;width:{width:.2f}%"></b><u style="left:{zero:.2f}%"></u></i>'  # noqa: E501

    def cells(texts: Sequence[tuple[Column, str]]) -> str:
        return "".join(
            f'<td class="{"on" if column == shown else ""}{" sum" if column == "value" else ""}">'
            f"{escape(text) if text else '<span aria-hidden=true>·</span>'}</td>"
            for column, text in texts
        )

    columns: tuple[Column, ...] = (*MOVEMENTS, "value")
    heads = "".join(
        f'<th scope="col" class="{"on" if column == shown else ""}">'
        f"{escape(say('gap.total', language) if column == 'value' else table.part(column).name)}</th>"
        for column in columns
    )
    what = say("gap.by_class" if by == "class" else "gap.county" if table.by_county else "gap.prefecture", language)
    body = "".join(
        f'<tr><th scope="row"><span class="gname" {_pick(f"{filters}:{row.key}", say("gap.filter_to", language))}>'
        f"{escape(row.name)}</span></th><td class=b>{bar(row)}</td>"
        f"{cells([(column, row.text(column)) for column in columns])}</tr>"
        for row in rows
    )
    if rest:
        texts = [(column, found.number if (found := summed(rest, column)) else "") for column in columns]
        body += (
            f'<tr class="rest"><th scope="row">{escape(say("gap.rest_areas", language, count=len(rest)))}</th>'
            f"<td class=b></td>{cells(texts)}</tr>"
        )
    foot = f'<th scope="row">{escape(say("gap.total", language))}</th><td class=b></td>'
    foot += cells([(column, table.sums[column].number) for column in columns])
    ranked = say("gap.ranked_by", language)
    return (
        f'<table class="gtab"><thead><tr><th scope="col">{escape(what)}</th>'
        f'<th scope="col" class=b>{escape(ranked)}</th>{heads}</tr></thead><tbody>{body}</tbody>'
        f"<tfoot><tr>{foot}</tr></tfoot></table>"
    )


def towns(table: GapTable, rows: Sequence[TownRow], shown: Movement, tags: dict[str, str], language: Language) -> str:
    """Towns of the part shown, from the widest to the most closing; a name opens the profile."""
    name = table.part(shown).name
    head = say("gap.towns_of", language, part=name)
    if not rows:
        none = escape(say("gap.part_none", language))
        return f'<div class="gnone"><b>{escape(head)}</b><p class="note">{none}</p></div>'
    most = max((abs(row.value) for row in rows if row.key), default=0.0) or 1.0
    body = ""
    for row in rows:
        tone = "down" if row.value < 0 else "up"
        if not row.key:
            cells = f"<td class=b></td><td>{escape(row.text)}</td><td></td>"
            body += f'<tr class="rest"><th scope="row">{escape(row.name)}</th>{cells}</tr>'
            continue
        tag = f' <em class="tag">{escape(tags[row.key])}</em>' if tags.get(row.key) else ""
        width = abs(row.value) / most * 100
        body += (
            f'<tr><th scope="row"><span class="gname" {_pick(f"town:{row.key}", say("gap.open_town", language))}>'
            f"{escape(row.name)}</span>{tag}</th>"
            f'<td class=b><i class="gbar"><b class="{tone}" style="left:0;width:{width:.1f}%"></b></i></td>'
            f'<td class="on">{escape(row.text)}</td><td>{escape(str(row.done or ""))}</td></tr>'
        )
    total = table.part(shown).text
    heads = (
        f'<th scope="col">{escape(head)}</th><th scope="col" class=b>{escape(say("gap.pulls", language))}</th>'
        f'<th scope="col" class="on">{escape(table.unit)}</th><th scope="col">{escape(say("gap.done", language))}</th>'
    )
    label = escape(say("gap.part_total", language, part=name))
    return (
        f'<table class="gtab gtowns"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody><tfoot><tr>'
        f'<th scope="row">{label}</th><td class=b></td><td>{escape(total)}</td><td></td></tr></tfoot></table>'
    )


def section(left: str, right: str, head: str, finding: str) -> str:
    lead = f'<p class="gfind">{escape(finding)}</p>' if finding else ""
    return f'<section class="gap4">{lead}{head}<div class="gtwo">{left}{right}</div></section>'
