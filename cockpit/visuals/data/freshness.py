"""Who has reported and where a figure comes from, as HTML.

Pure: values in, markup out; the stylesheet is visuals/styles/data.css.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from cockpit.analysis.briefing import Freshness
from cockpit.datasets.publishing.provenance import Trace
from cockpit.datasets.store.loading import Dataset
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.units import Period, scale_of
from cockpit.visuals.data.blocks import Names, figure_name, table
from cockpit.visuals.data.matrix import state_of
from cockpit.visuals.marks.html import chip, opens
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PROVENANCES, Language
from cockpit.wording import data as words

_MOST_TOWNS: Final = 60
_MOST_NAMES: Final = 5


def _period(period: str, language: Language) -> str:
    return Period.parse(period).say(language)


def by_indicator(fresh: Freshness, floor: float, language: Language) -> Markup:
    """How each indicator stands against the calendar.

    Args:
        floor: coverage (0-1) below which nothing is judged.
    """
    rows = []
    for item in fresh.indicators.values():
        counts = html_of(
            [
                chip(mark_of("freshness", word), str(count))
                for word, count in (("reported", item.reported), ("late", item.late), ("missing", item.missing))
                if count
            ],
            " ",
        )
        owed = {"reported": item.reported, "late": item.late, "missing": item.missing}
        state = state_of(owed, floor) if item.state == "missing" else item.state
        rows.append(
            (
                figure_name(item.indicator.id, item.indicator.label.say(language), language),
                item.duty.label.say(language),
                _period(item.due.period, language),
                html('<span class="dday">{}</span>', item.due.due_on.isoformat()),
                chip(mark_of("freshness", state), say(f"data.fresh.{state}", language)),
                html('<span class="dcounts">{} / {}</span>', counts, item.expected),
            )
        )
    keys = ("towns.indicator", "data.fresh_duty", "data.fresh_period", "data.fresh_due", "data.fresh_state")
    return table([*(say(key, language) for key in keys), say("towns.title", language)], rows)


def by_town(fresh: Freshness, codes: Sequence[str], names: Names, language: Language) -> Markup:
    """Towns with something late or missing, those with most of it first, and what it is."""
    labels = [item.indicator.label.say(language) for item in fresh.indicators.values()]
    found = []
    for code in codes:
        row = fresh.states[fresh.towns.index(code)]
        absent = {word: [labels[at] for at, state in enumerate(row) if state == word] for word in ("missing", "late")}
        if any(absent.values()):
            found.append((code, Counter(row.tolist()), absent))
    if not found:
        return html('<p class="note">{}</p>', say("data.fresh_towns_none", language))
    found.sort(key=lambda item: (-len(item[2]["missing"]), -len(item[2]["late"]), item[0]))
    rows = [
        (
            town_name(code, names.get(code, code), language),
            html_of(
                chip(mark_of("freshness", word), f"{say(f'data.fresh.{word}', language)} {counts[word]}")
                for word in ("missing", "late", "reported")
                if counts[word]
            ),
            _named([*absent["missing"], *absent["late"]], len(labels), language),
        )
        for code, counts, absent in found[:_MOST_TOWNS]
    ]
    more = len(found) - _MOST_TOWNS
    rest = html('<p class="note">{}</p>', say("data.fresh_more", language, count=more)) if more > 0 else EMPTY
    keys = ("towns.name", "data.fresh_state", "data.what")
    return table([say(key, language) for key in keys], rows, "dlate") + rest


def _named(labels: Sequence[str], total: int, language: Language) -> Markup:
    """Names of what is outstanding; all of it, or much of it, in one word with the rest behind it."""
    joint = "、" if language == "zh" else ", "
    whole = joint.join(labels)
    shown = whole
    if len(labels) == total:
        shown = say("data.fresh_all", language, count=total)
    elif len(labels) > _MOST_NAMES:
        shown = say("data.fresh_and", language, names=joint.join(labels[:_MOST_NAMES]), count=len(labels))
    return html('<span title="{}">{}</span>', whole, shown)


def calendar(fresh: Freshness, language: Language) -> Markup:
    """The rules of the calendar, marked as our choice, and what is due next."""
    items = html_of(
        html(
            '<li><b>{}</b> {} <span class="own">{}</span><small>{}</small></li>',
            duty.label.say(language),
            duty.reading.say(language),
            say("card.own", language),
            say("data.fresh_next", language, period=_period(due.period, language), day=due.due_on.isoformat()),
        )
        for duty, due in fresh.upcoming
    )
    return html('<ul class="dcal">{}</ul>', items)


def trace(found: Trace, register: Register, dataset: Dataset, language: Language) -> Markup:
    """A figure and where it comes from, its parts below it down to their cells."""
    return html(
        '<ul class="dtrace">{}</ul>', _trace(found, register, dataset, language, _step(found, register, language))
    )


def _step(found: Trace, register: Register, language: Language) -> float | None:
    """Money is told in one unit, the sum's, so that the parts can be added up by eye."""
    record = register.indicators.get(found.indicator)
    if found.value is None or record is None or record.unit != "yuan" or not found.parts:
        return None
    return scale_of(found.value, record.unit, language).divisor


def _trace(found: Trace, register: Register, dataset: Dataset, language: Language, step: float | None) -> Markup:
    role = html("<i>{}</i>", say(f"data.role.{found.role}", language)) if found.role else EMPTY
    name: Markup | str = words.indicator_name(register, found.indicator, language)
    if found.indicator in register.indicators and found.indicator != "named_town_count":  # counted from the lists
        aim = opens("towns", say("data.open_column", language), columns=found.indicator, tsort=f"-{found.indicator}")
        name = html('<span class="to" {}>{}</span>', aim, name)
    value = words.amount(register, found.indicator, found.value, language, step)
    mark = html('<span class="bdg b-{}">{}</span>',
found.provenance.value,
PROVENANCES[found.provenance].say(language)) if (
        found.provenance
    ) else EMPTY  # fmt: skip
    where = say(f"data.trace.{found.origin}", language, file="", sheet="", cell="", source="", reason="")
    small = ""
    if found.cell:
        cell = found.cell
        where = say("data.trace.cell", language, file=cell.file, sheet=cell.sheet, cell=cell.cell).strip("， ,")
        if found.origin == "withdrawn":
            taken = say("data.trace.withdrawn", language, reason=found.reason)
            where = f"{taken} {where}"
        small = say(
            "data.trace.cell_by",
            language,
            submission=cell.submission,
            who=cell.submitted_by,
            when=words.day(cell.submitted_at),
        )
    elif found.origin == "source":
        publisher = found.source[1] if found.source else ""
        key = "data.trace.source" if publisher and not dataset.manifest.is_simulated else "data.trace.shipped"
        where = say(key, language, source=publisher)
    below = html_of(_trace(part, register, dataset, language, step) for part in found.parts)
    return html(
        '<li class="o-{}"><div>{}<b>{}</b><em>{}</em>{}<span>{}</span><small>{}</small></div>{}</li>',
        found.origin,
        role,
        name,
        value,
        mark,
        where,
        small,
        html("<ul>{}</ul>", below) if below else "",
    )
