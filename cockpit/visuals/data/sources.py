"""Where a figure comes from, as HTML: what the drawer beside a page holds.

Pure: values in, markup out; the stylesheet is ui/styles/figure_source.css. Every text from files and people is escaped.
"""

from __future__ import annotations

from html import escape
from typing import Final

from cockpit.datasets.publishing.provenance import Cell
from cockpit.datasets.store.loading import Dataset
from cockpit.figure_sources import Delivery, FigureSource, Line
from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.units import Period
from cockpit.visuals.data import freshness as freshness_blocks
from cockpit.visuals.data.blocks import Names, table
from cockpit.visuals.marks.html import badge
from cockpit.vocabulary import Language, Provenance
from cockpit.wording import data as words

FEW: Final = 12  # parts of a sum shown at first; the whole list stands on the data page


def place(cell: Cell) -> str:
    """`file · sheet cell`, without what a file does not have."""
    where = " ".join(part for part in (cell.sheet, cell.cell) if part)
    return " · ".join(part for part in (cell.file, where) if part)


def by(cell: Cell) -> str:
    return f"{cell.submitted_by} {words.day(cell.submitted_at)}"


def shipped(dataset: Dataset, publisher: str, language: Language) -> str:
    """What is said of a figure that no submission brought."""
    if dataset.manifest.is_simulated:
        return say("source.shipped_simulated", language)
    return say("source.shipped_public" if publisher else "source.shipped", language, publisher=publisher)


def answer(found: FigureSource, dataset: Dataset, register: Register, names: Names, language: Language) -> str:
    """The figure, how it is computed, the files behind it, and its parts with their cells."""
    parts = [_head(found, dataset, language)]
    if found.quoted:
        parts.append(_quoted(found, language))
        return f'<div class="fs">{"".join(parts)}</div>'
    if not found.deliveries and not found.tree:
        parts.append(f'<p class="note">{escape(say("source.nothing", language))}</p>')
    if len(found.deliveries) > 1 or (found.deliveries and not found.tree):
        rows = [_delivery(item, dataset, bool(found.firms), language) for item in found.deliveries]
        heads = [say(key, language) for key in ("source.file", "source.count", "source.by")]
        parts.append(f"<h3>{escape(say('source.files', language))}</h3>{table(heads, rows, 'fsfiles')}")
    if found.tree:
        parts.append(freshness_blocks.trace(found.tree, register, dataset, language))
    elif found.lines:
        parts.append(_lines(found, dataset, names, language))
    if found.silent:
        parts.append(f'<p class="note">{escape(say("source.silent", language, count=found.silent))}</p>')
    return f'<div class="fs">{"".join(parts)}</div>'


def _head(found: FigureSource, dataset: Dataset, language: Language) -> str:
    number = say(
        "source.version",
        language,
        dataset=say(f"dataset.{dataset.name}", language),
        number=dataset.manifest.number,
    )
    told = f"{Period.parse(found.asked.period).say(language)} · {number}"
    mark = badge(Provenance.SIMULATED, language) if dataset.manifest.is_simulated else ""
    formula = found.formula.say(language)
    how = f"<p>{escape(say('source.formula', language, formula=formula))}</p>" if formula else ""
    value = f"<b>{escape(found.shown.say(language))}</b>" if found.shown.zh else ""
    return (
        f'<header class="fsh"><h2>{escape(found.title.say(language))}</h2>{mark}'
        f"<small>{escape(told)}</small></header>{value}{how}"
    )


def _quoted(found: FigureSource, language: Language) -> str:
    items = "".join(
        f"<li><b>{escape(item.written)}</b><q>{escape(item.quote)}</q>"
        + "".join(f"<small>{escape(source)}</small>" for source in item.sources)
        + "</li>"
        for item in found.quoted
    )
    return f'<h3>{escape(say("source.quoted", language))}</h3><ul class="fsq">{items}</ul>'


def _delivery(item: Delivery, dataset: Dataset, counts_firms: bool, language: Language) -> tuple[str, str, str]:
    kind = "firms" if counts_firms else "of" if item.towns > 1 else "one"
    count = escape(say(f"source.count_{kind}", language, figures=f"{item.figures:,}", towns=item.towns))
    if item.cell is None:
        return escape(shipped(dataset, item.publisher, language)), count, "—"
    told = say("source.submission", language, id=item.cell.submission)
    sheet = f" · {item.cell.sheet}" if item.cell.sheet else ""
    file = f"<div><b>{escape(item.cell.file)}</b>{escape(sheet)}<small>{escape(told)}</small></div>"
    return file, count, escape(by(item.cell))


def _lines(found: FigureSource, dataset: Dataset, names: Names, language: Language) -> str:
    """The parts, one a row; the whole list only where it is short."""
    is_sum = found.asked.kind == "target"
    shown = found.lines[:FEW] if is_sum else found.lines
    told = say("source.parts_of", language, count=len(found.lines))
    if len(shown) < len(found.lines):
        told = say("source.cells_of", language, shown=len(shown), count=f"{len(found.lines):,}")
    rows = [_line(line, dataset, names if is_sum else None, language) for line in shown]
    keys = ["towns.name"] if is_sum else []
    # A sum is of one period, which the head says.
    keys += ["towns.indicator", *([] if is_sum else ["basis.period"]), "basis.value", "data.trace_where", "source.by"]
    heads = [say(key, language) for key in keys]
    title = escape(say("source.cells", language))
    return f'<h3>{title}<span class="cnt">{escape(told)}</span></h3>{table(heads, rows, "fslines")}'


def _line(line: Line, dataset: Dataset, names: Names | None, language: Language) -> tuple[str, ...]:
    first = (escape(line.label.say(language)), escape(line.period))
    if names is not None:
        first = (escape(names.get(line.town_code, line.town_code)), escape(line.label.say(language)))
    where, who = escape(say("data.trace.none", language)), "—"
    if line.cell:
        where, who = f"<b>{escape(place(line.cell))}</b>", escape(by(line.cell))
    elif not line.is_missing:
        where = escape(say("source.shipped_short", language))
    return (*first, escape(line.shown.say(language)), where, who)
