"""The matters as a table, a page of it at a time, and their spread over the prefectures in administrative order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from cockpit.analysis.supervision.events import Event
from cockpit.analysis.supervision.machine import Matter
from cockpit.analysis.supervision.views import TURNS, Lit
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.supervision_design import SupervisionDesign
from cockpit.visuals.actions.blocks import lamp
from cockpit.visuals.marks.html import narrows
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PREFECTURES, Language

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
# Columns in their order, and the order of `views.ORDERS` a click on the head gives; "" sorts nothing.
COLUMNS: Final[Mapping[str, str]] = {
    "number": "number", "title": "title", "kind": "kind", "lead": "lead", "turn": "state", "figure": "",
    "accepted": "accepted", "first_due": "first_due", "clock": "clock", "light": "light", "last": "",
}  # fmt: skip


def table(
    items: Sequence[Lit],
    events: Mapping[str, Sequence[Event]],
    figures: Callable[[Matter], Markup],
    order: str,
    as_of: date,
    design: SupervisionDesign,
    language: Language,
) -> Markup:
    """One page of the matters.

    Args:
        order: that of the address; the head of its column shows it, and turns it round.
    """
    heads = html_of(_head(name, COLUMNS[name], order or "clock", language) for name in COLUMNS)
    rows = html_of(_row(item, events[item.matter.id], figures, as_of, design, language) for item in items)
    return html('<div class="mtable"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', heads, rows)


def _head(name: str, key: str, order: str, language: Language) -> Markup:
    words = say(f"actions.column.{name}", language)
    if not key:
        return html('<th scope="col">{}</th>', words)
    is_here, is_turned = order.removeprefix("-") == key, order.startswith("-")
    sign = ("▼" if is_turned else "▲") if is_here else ""
    aria = ("descending" if is_turned else "ascending") if is_here else "none"
    follows = f"-{key}" if is_here and not is_turned else key
    return html(
        '<th scope="col" aria-sort="{}"><span class="to" {}>{}</span> {}</th>',
        aria,
        narrows("msort", follows),
        words,
        sign,
    )


def _row(
    item: Lit,
    events: Sequence[Event],
    figures: Callable[[Matter], Markup],
    as_of: date,
    design: SupervisionDesign,
    language: Language,
) -> Markup:
    matter, last = item.matter, events[-1]
    moved = matter.due is not None and matter.first_due != matter.due
    told = f"{last.at.astimezone(_SHANGHAI):%m-%d} {say(f'actions.kind_{last.kind}', language)}"
    return html(
        '<tr><td>{}</td><th scope="row"><span class="to" {}>{}</span></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>'
        '<td>{}</td><td class="{}">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
        matter.id[-4:],
        narrows("matter", matter.id),
        matter.name.say(language),
        say(f"actions.goal_{matter.goal.kind}", language),
        matter.office.say(language) or "—",
        say(f"actions.turn_{TURNS[matter.state]}", language),
        figures(matter),
        _short(matter.accepted_on),
        "moved" if moved else "",
        _short(matter.first_due),
        _short(matter.due),
        lamp(matter, as_of, design, language),
        told,
    )


def _short(day: date | None) -> str:
    return day.isoformat()[5:] if day else "—"


def spread(regions: Mapping[str, tuple[int, int]], language: Language) -> Markup:
    """Open matters by prefecture, in administrative order and never by how many; the late ones beside.

    Args:
        regions: open and late ones by prefecture.
    """
    rows, red = [], mark_of("light", "red")
    most = max((regions.get(code, (0, 0))[0] for code in PREFECTURES), default=0)
    for code, text in PREFECTURES.items():
        count, late = regions.get(code, (0, 0))
        rows.append(
            html(
                '<li><span class="to" {}>{}</span><i><b style="width:{:.1f}%"></b></i><em>{}{}</em></li>',
                narrows("mregion", code),
                text.say(language),
                100 * count / most if most else 0.0,
                count,
                html(' <span class="{}">{}{}</span>', red.style, red.sign, late) if late else EMPTY,
            )
        )
    return html(
        '<section class="mspread"><h2>{}</h2><p class="note">{}</p><ul>{}</ul></section>',
        say("actions.spread", language),
        say("actions.spread_lead", language),
        html_of(rows),
    )
