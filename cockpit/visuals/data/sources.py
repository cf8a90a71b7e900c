"""Where a figure comes from, as HTML: what the drawer beside a page holds.

Pure: values in, markup out; the stylesheet is visuals/styles/figure_source.css.
"""

from __future__ import annotations

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
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
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


def answer(found: FigureSource, dataset: Dataset, register: Register, names: Names, language: Language) -> Markup:
    """The figure, how it is computed, the files behind it, and its parts with their cells."""
    parts = [_head(found, dataset, language)]
    if found.quoted:
        parts.append(_quoted(found, language))
        return html('<div class="fs">{}</div>', html_of(parts))
    if not found.deliveries and not found.tree:
        parts.append(html('<p class="note">{}</p>', say("source.nothing", language)))
    if len(found.deliveries) > 1 or (found.deliveries and not found.tree):
        rows = [_delivery(item, dataset, bool(found.firms), language) for item in found.deliveries]
        heads = [say(key, language) for key in ("source.file", "source.count", "source.by")]
        parts.append(html("<h3>{}</h3>{}", say("source.files", language), table(heads, rows, "fsfiles")))
    if found.tree:
        parts.append(freshness_blocks.trace(found.tree, register, dataset, language))
    elif found.lines:
        parts.append(_lines(found, dataset, names, language))
    if found.silent:
        parts.append(html('<p class="note">{}</p>', say("source.silent", language, count=found.silent)))
    return html('<div class="fs">{}</div>', html_of(parts))


def _head(found: FigureSource, dataset: Dataset, language: Language) -> Markup:
    number = say(
        "source.version",
        language,
        dataset=say(f"dataset.{dataset.name}", language),
        number=dataset.manifest.number,
    )
    told = f"{Period.parse(found.asked.period).say(language)} · {number}"
    mark = badge(Provenance.SIMULATED, language) if dataset.manifest.is_simulated else EMPTY
    formula = found.formula.say(language)
    how = html("<p>{}</p>", say("source.formula", language, formula=formula)) if formula else EMPTY
    value = html("<b>{}</b>", found.shown.say(language)) if found.shown.zh else EMPTY
    return html(
        '<header class="fsh"><h2>{}</h2>{}<small>{}</small></header>{}{}',
        found.title.say(language),
        mark,
        told,
        value,
        how,
    )


def _quoted(found: FigureSource, language: Language) -> Markup:
    items = html_of(
        html("<li><b>{}</b><q>{}</q>", item.written, item.quote)
        + html_of(html("<small>{}</small>", source) for source in item.sources)
        + html("</li>")
        for item in found.quoted
    )
    return html('<h3>{}</h3><ul class="fsq">{}</ul>', say("source.quoted", language), items)


def _delivery(item: Delivery, dataset: Dataset, counts_firms: bool, language: Language) -> tuple[str, str, str]:
    kind = "firms" if counts_firms else "of" if item.towns > 1 else "one"
    count = say(f"source.count_{kind}", language, figures=f"{item.figures:,}", towns=item.towns)
    if item.cell is None:
        return shipped(dataset, item.publisher, language), count, "—"
    told = say("source.submission", language, id=item.cell.submission)
    sheet = f" · {item.cell.sheet}" if item.cell.sheet else ""
    file = html("<div><b>{}</b>{}<small>{}</small></div>", item.cell.file, sheet, told)
    return file, count, by(item.cell)


def _lines(found: FigureSource, dataset: Dataset, names: Names, language: Language) -> Markup:
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
    title = say("source.cells", language)
    return html('<h3>{}<span class="cnt">{}</span></h3>{}', title, told, table(heads, rows, "fslines"))


def _line(line: Line, dataset: Dataset, names: Names | None, language: Language) -> tuple[str, ...]:
    first = (line.label.say(language), line.period)
    if names is not None:
        first = (names.get(line.town_code, line.town_code), line.label.say(language))
    where, who = say("data.trace.none", language), "—"
    if line.cell:
        where, who = html("<b>{}</b>", place(line.cell)), by(line.cell)
    elif not line.is_missing:
        where = say("source.shipped_short", language)
    return (*first, line.shown.say(language), where, who)
