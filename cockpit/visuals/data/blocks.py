"""The data desk as HTML: current version, findings, differences, versions, log.

Pure: values in, markup out; the stylesheet is visuals/styles/data.css.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing import VerdictChange
from cockpit.datasets.findings import Finding, Remark
from cockpit.datasets.publishing.again import Again
from cockpit.datasets.publishing.merging import Diff
from cockpit.datasets.publishing.releases import Version
from cockpit.datasets.publishing.submissions import Submission
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.store.versions import Move, number_of
from cockpit.datasets.template.sheets import sheet_title
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.register import Register, short
from cockpit.units import Period
from cockpit.visuals.marks.html import badge, chip, opens, status_chip
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PREFECTURES, STATUSES, Language, Provenance, Status
from cockpit.wording import data as words

MOST_FINDINGS: Final = 200
MOST_CELLS: Final = 200

Names = Mapping[str, str]
Free = Callable[[str], str]  # what a text somebody wrote is shown as: a reader with a scope meets no town outside it


def simulated(dataset: Dataset, language: Language) -> Markup:
    return badge(Provenance.SIMULATED, language) if dataset.manifest.is_simulated else EMPTY


def figure_name(name: str, text: str, language: Language, town: str = "all", period: str = "") -> Markup:
    """An indicator's name, which opens where its figures come from."""
    holds = {"part": "trace", "town": town, "figure": name} | ({"period": period} if period else {})
    return html('<span class="to" {}>{}</span>', opens("data", say("data.open_trace", language), **holds), text)


def head(title: str, mark: str = "", lead: str = "") -> Markup:
    """Title line of a block; `mark` is markup."""
    return html('<header class="dh"><h2>{}</h2>{}<span class="cnt">{}</span></header>', title, mark, lead)


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> Markup:
    """A table of markup cells that becomes cards on a phone."""
    top = html_of(html('<th scope="col">{}</th>', title) for title in titles)
    body = html_of(
        html("<tr>")
        + html_of(html('<td data-label="{}">{}</td>', title, cell) for title, cell in zip(titles, row, strict=True))
        + html("</tr>")
        for row in rows
    )
    return html(
        '<div class="dscroll" tabindex="0" role="group"><table class="doc {}"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        kind,
        top,
        body,
    )


def current(dataset: Dataset, waiting: int, language: Language, free: Free) -> Markup:
    """What is current: number, when, who, why, how much."""
    manifest = dataset.manifest
    number = say("data.number", language, number=manifest.number)
    who, note = words.told_of(manifest, language)
    when = say("data.published", language, when=words.day(manifest.published_at), who=who)
    rows = manifest.rows()
    facts = say("data.facts", language, towns=rows.get("towns", 0), figures=f"{rows.get('returns', 0):,}")
    more = status_chip(Status.BEHIND, say("data.waiting", language, count=waiting)) if waiting else EMPTY
    return html(
        '<section class="ans"><h1>{}</h1><div class="dnow"><b>{} {}</b>{}<span>{}</span><span>{}</span>'
        "<q>{}</q>{}</div></section>",
        say("data.title", language),
        say("data.version", language),
        number,
        simulated(dataset, language),
        when,
        facts,
        free(note),
        more,
    )


def said(kind: str, text: str) -> Markup:
    """What became of an act."""
    role = "status" if kind == "success" else "alert"
    return html('<p class="dsaid {}" role="{}">{}</p>', kind, role, text)


def again(found: Sequence[Again], language: Language, free: Free) -> Markup:
    """Files that were submitted before: when, by whom, what became of it, and the way there."""
    return html_of(
        html(
            '<p class="dsaid warning" role="status">{} <span class="to" {}>{}</span></p>',
            words.again(item, language, free),
            opens("data", say("data.again_open", language), part="review", submission=item.first.id),
            item.first.id,
        )
        for item in found
    )


def severity_chip(severity: str, language: Language, text: str = "") -> Markup:
    return chip(mark_of("severity", severity), text or say(f"intake.severity.{severity}", language))


def findings(found: Sequence[Finding], language: Language, names: Names | None = None) -> Markup:
    """Findings by file, sheet and cell, the first `MOST_FINDINGS`.

    Args:
        names: names of towns by code, where the town of a row is shown and opens its page. Not beside files that are
            not handed in: who leaves the page leaves them behind.
    """
    keys = ("severity", "file", "sheet", "cell", "written", "what", "do")
    rows = [
        (
            severity_chip(item.severity, language),
            item.file,
            item.sheet or "—",
            _spot(item, names or {}, language),
            item.value or "—",
            item.what(language),
            item.remedy(language),
        )
        for item in found[:MOST_FINDINGS]
    ]
    more = EMPTY
    if len(found) > MOST_FINDINGS:
        text = say("data.findings_more", language, count=len(found) - MOST_FINDINGS)
        more = html('<p class="note">{}</p>', text)
    return table([say(f"intake.{key}", language) for key in keys], rows, "dfind") + more


def _spot(item: Finding, names: Names, language: Language) -> Markup | str:
    """The cell, and the town of its row."""
    cell: Markup | str = html("<b>{}</b>", item.cell) if item.cell else "—"
    name = names.get(item.town_code)
    return html("{}<small>{}</small>", cell, town_name(item.town_code, name, language)) if name else cell


def difference(diff: Diff, language: Language) -> Markup:
    """How much would change, in four numbers."""
    numbers = [("new", diff.new), ("changed", diff.changed), ("same", diff.same)]
    numbers += [("withdrawn", diff.withdrawn)] if diff.withdrawn else []
    items = html_of(html("<li><b>{:,}</b><span>{}</span></li>",
count,
say(f'data.diff_{key}', language))
                    for key, count in numbers)  # fmt: skip
    others = html_of(
        html('<p class="note">{}</p>', _rows(name, new, changed, language))
        for name, (new, changed) in diff.rows.items()
        if new or changed
    )
    empty = html('<p class="note">{}</p>', say("data.diff_none", language)) if diff.is_empty else EMPTY
    return html('<ul class="dnums">{}</ul>{}{}', items, others, empty)


def _rows(name: str, new: int, changed: int, language: Language) -> str:
    return say("data.diff_rows_item", language, table=sheet_title(name).say(language), new=new, changed=changed)


def _period(period: str, language: Language) -> str:
    return Period.parse(period).say(language)


def verdicts(changes: Sequence[VerdictChange], register: Register, language: Language) -> Markup:
    """Targets whose verdict would turn, each with both verdicts and values; the others by count."""
    turned = [change for change in changes if change.is_turned]
    if not changes:
        return html('<p class="note">{}</p>', say("data.verdicts_none", language))
    rows = [
        (
            change.indicator.label.say(language),
            _period(change.period, language),
            status_chip(change.before, STATUSES[change.before].say(language))
            + f" {words.amount(register, change.indicator.id, change.before_value, language)}",
            status_chip(change.after, STATUSES[change.after].say(language))
            + f" {words.amount(register, change.indicator.id, change.after_value, language)}",
        )
        for change in turned
    ]
    titles = [say(key, language) for key in ("towns.indicator", "basis.period", "data.before", "data.after")]
    first = table(titles, rows) if rows else html('<p class="note">{}</p>', say("data.verdicts_none", language))
    rest = len(changes) - len(turned)
    text = say("data.verdicts_value", language, count=rest)
    return first + (html('<p class="note">{}</p>', text) if rest else "")


def totals(frame: pd.DataFrame, register: Register, language: Language) -> Markup:
    """Totals before and after by indicator, period and prefecture; `frame` as `analysis.total_changes` gives it."""
    if not len(frame):
        return html('<p class="note">{}</p>', say("data.totals_none", language))
    province = say("data.template_all", language)
    rows, above = [], ("", "")
    for row in frame.to_dict("records"):
        before = say("data.totals_reported", language, reported=row["before_reported"], expected=row["expected"])
        after = say("data.totals_reported", language, reported=row["after_reported"], expected=row["expected"])
        area = PREFECTURES[row["prefecture"]].say(language) if row["prefecture"] in PREFECTURES else province
        name = words.indicator_name(register, row["indicator"], language)
        head = (name, _period(row["period"], language))
        # Prefectures stand under the province's line, which names indicator and period once for a wide screen.
        shown = [html('<span class="again">{}</span>', text) if head == above else text for text in head]
        above = head
        rows.append(
            (
                *shown,
                _area(row["prefecture"], area, language) if row["prefecture"] else html("<b>{}</b>", area),
                html("{}<small>{}</small>", words.amount(register, row["indicator"], row["before"], language), before),
                html("{}<small>{}</small>", words.amount(register, row["indicator"], row["after"], language), after),
                words.change(register, row["indicator"], row["before"], row["after"], language),
            )
        )
    keys = ("towns.indicator", "basis.period", "data.totals_where", "data.before", "data.after", "data.change")
    return table([say(key, language) for key in keys], rows, "dnum dtotals")


def _area(code: str, name: str, language: Language) -> Markup:
    """A prefecture's name, which opens who of it has reported."""
    aim = opens("data", say("data.open_fresh", language), part="freshness", prefecture=code)
    return html('<span class="to" {}>{}</span>', aim, name)


def cells(frame: pd.DataFrame, register: Register, names: Names, language: Language) -> Markup:
    """Figures that would change, with the cell each was written in: the largest changes first, then new figures."""
    change = (frame["after"] / frame["before"].where(frame["before"] != 0) - 1).abs()
    change = change.mask(frame["after"].isna(), np.inf)  # figures taken back first of all
    frame = frame.loc[change.sort_values(ascending=False, kind="stable", na_position="last").index]
    rows = [
        (
            town_name(row["town_code"], names.get(row["town_code"], row["town_code"]), language),
            figure_name(
                row["indicator"],
                words.indicator_name(register, row["indicator"], language),
                language,
                row["town_code"],
                row["period"],
            ),
            _period(row["period"], language),
            words.amount(register, row["indicator"], row["before"], language),
            html("<b>{}</b>", _after(register, row, language)),
            words.change(register, row["indicator"], row["before"], row["after"], language),
            html("{}<small>{} {}</small>", row["file"], row["sheet"], row["cell"]),
        )
        for row in frame.head(MOST_CELLS).to_dict("records")
    ]
    keys = ["towns.name", "towns.indicator", "basis.period", "data.before", "data.after", "data.change"]
    keys.append("data.trace_where")
    more = EMPTY
    if len(frame) > MOST_CELLS:
        text = say("data.cells_more", language, shown=MOST_CELLS, count=f"{len(frame):,}")
        more = html('<p class="note">{}</p>', text)
    return table([say(key, language) for key in keys], rows, "dnum") + more


def _after(register: Register, row: Mapping[Hashable, Any], language: Language) -> str:
    """The figure after publishing; of one that is taken back the reason."""
    if row["reason"]:
        return say("data.withdrawn", language, reason=row["reason"])
    return words.amount(register, row["indicator"], row["after"], language)


def remarks(found: Sequence[Remark], names: Names, language: Language) -> Markup:
    """What the senders wrote beside their figures, by file, sheet and cell."""
    rows = [
        (
            html("{}<small>{} {}</small>", item.file, item.sheet, item.cell),
            town_name(item.town_code, names.get(item.town_code, item.town_code), language) if item.town_code else "—",
            item.text,
        )
        for item in found[:MOST_FINDINGS]
    ]
    more = EMPTY
    if len(found) > MOST_FINDINGS:
        more = html('<p class="note">{}</p>', say("data.findings_more", language, count=len(found) - MOST_FINDINGS))
    return table([say(key, language) for key in ("data.trace_where", "towns.name", "data.remark")], rows) + more


def version_row(version: Version, language: Language, free: Free, *, may_look_back: bool) -> Markup:
    """One version: number, when, who, note, rows. The number of an older one opens the cockpit as of that version."""
    manifest = version.manifest
    if manifest is None:
        broken = status_chip(Status.MISSED, say("data.newer" if version.is_newer else "data.broken", language))
        return html('<div class="dver"><b>{}</b><div>{}</div></div>', version.id, broken)
    marks = status_chip(Status.ACHIEVED, say("data.current", language)) if version.is_current else EMPTY
    if manifest.is_simulated:
        marks += badge(Provenance.SIMULATED, language)
    if not version.was_published:
        marks += status_chip(Status.NO_DATA, say("data.unfinished", language))
    rows = manifest.rows()
    who, note = words.told_of(manifest, language)
    told = [
        words.day(manifest.published_at),
        who,
        say("data.facts", language, towns=rows.get("towns", 0), figures=f"{rows.get('returns', 0):,}"),
    ]
    if manifest.submission:
        told.append(say("data.from", language, id=manifest.submission))
    if manifest.register:
        told.append(say("data.register", language, id=short(manifest.register)))
    number = say("data.number", language, number=manifest.number)
    if may_look_back and version.was_published and not version.is_current:
        aim = opens("", say("data.open_version", language), version=version.id)
        number = html('<span class="to" {}>{}</span>', aim, number)
    return html(
        '<div class="dver"><b>{}</b><div><p>{} {}</p><small>{}</small></div></div>',
        number,
        free(note),
        marks,
        " · ".join(told),
    )


def log(moves: Sequence[Move], language: Language, free: Free) -> Markup:
    """Publications and roll-backs, the newest first."""
    if not moves:
        return html('<p class="note">{}</p>', say("data.log_none", language))
    items = html_of(
        html(
            "<li><small>{}</small><div><b>{}</b> {}<small>{}</small></div></li>",
            words.day(move.at),
            say(f"data.log.{move.action}", language, to=number_of(move.to), before=number_of(move.before)),
            move.who,
            free(move.note),
        )
        for move in reversed(moves)
    )
    return html('<ol class="dlog" tabindex="0">{}</ol>', items)


def delivered(deliveries: Sequence[Submission], language: Language, free: Free) -> Markup:
    """Submissions that were published or rejected."""
    rows = []
    for delivery in deliveries:
        last = delivery.steps[-1]
        rows.append(
            (
                chip(mark_of("submission", delivery.state), say(f"data.state.{delivery.state}", language)),
                html("{}<small>{}</small>", words.files(delivery, language, free), delivery.id),
                html("{}<small>{}</small>", delivery.submitted_by, words.day(delivery.submitted_at)),
                html("{}<small>{}</small>", last.who, words.day(last.at)),
                free(last.note) or "—",
            )
        )
    keys = ("data.fresh_state", "intake.file", "data.part.submit", "data.decide", "data.what")
    return table([say(key, language) for key in keys], rows)
