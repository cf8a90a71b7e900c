"""The data desk as HTML: current version, findings, differences, versions, log.

Pure: values in, markup out; the stylesheet is ui/styles/data.css. Every text from files and people is escaped here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing import VerdictChange
from cockpit.datasets.findings import Finding, Remark
from cockpit.datasets.publishing.merging import Diff
from cockpit.datasets.publishing.releases import Version
from cockpit.datasets.publishing.submissions import Submission
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.store.versions import Move, number_of
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.register import Register, short
from cockpit.units import Period
from cockpit.visuals.marks.html import badge, chip, status_chip
from cockpit.vocabulary import PREFECTURES, STATUSES, Language, Provenance, Status
from cockpit.wording import data as words

MOST_FINDINGS: Final = 200
MOST_CELLS: Final = 200

Names = Mapping[str, str]


def simulated(dataset: Dataset, language: Language) -> str:
    return badge(Provenance.SIMULATED, language) if dataset.manifest.is_simulated else ""


def head(title: str, mark: str = "", lead: str = "") -> str:
    """Title line of a block; `mark` is markup."""
    return f'<header class="dh"><h2>{escape(title)}</h2>{mark}<span class="cnt">{escape(lead)}</span></header>'


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    """A table of markup cells that becomes cards on a phone."""
    top = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(
        "<tr>"
        + "".join(f'<td data-label="{escape(title)}">{cell}</td>' for title, cell in zip(titles, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="dscroll" tabindex="0" role="group"><table class="doc {kind}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def current(dataset: Dataset, waiting: int, language: Language) -> str:
    """What is current: number, when, who, why, how much."""
    manifest = dataset.manifest
    number = say("data.number", language, number=manifest.number)
    who, note = words.told_of(manifest, language)
    when = say("data.published", language, when=words.day(manifest.published_at), who=who)
    rows = manifest.rows()
    facts = say("data.facts", language, towns=rows.get("towns", 0), figures=f"{rows.get('returns', 0):,}")
    more = status_chip(Status.BEHIND, say("data.waiting", language, count=waiting)) if waiting else ""
    return (
        f'<section class="ans"><h1>{escape(say("data.title", language))}</h1><div class="dnow"><b>'
        f"{escape(say('data.version', language))} {escape(number)}</b>{simulated(dataset, language)}"
        f"<span>{escape(when)}</span><span>{escape(facts)}</span><q>{escape(note)}</q>{more}</div></section>"
    )


def said(kind: str, text: str) -> str:
    """What became of an act."""
    role = "status" if kind == "success" else "alert"
    return f'<p class="dsaid {kind}" role="{role}">{escape(text)}</p>'


def severity_chip(severity: str, language: Language, text: str = "") -> str:
    return chip(mark_of("severity", severity), text or say(f"intake.severity.{severity}", language))


def findings(found: Sequence[Finding], language: Language) -> str:
    """Findings by file, sheet and cell, the first `MOST_FINDINGS`."""
    keys = ("severity", "file", "sheet", "cell", "written", "what", "do")
    rows = [
        (
            severity_chip(item.severity, language),
            escape(item.file),
            escape(item.sheet) or "—",
            f"<b>{escape(item.cell)}</b>" if item.cell else "—",
            escape(item.value) or "—",
            escape(item.what(language)),
            escape(item.remedy(language)),
        )
        for item in found[:MOST_FINDINGS]
    ]
    more = ""
    if len(found) > MOST_FINDINGS:
        text = say("data.findings_more", language, count=len(found) - MOST_FINDINGS)
        more = f'<p class="note">{escape(text)}</p>'
    return table([say(f"intake.{key}", language) for key in keys], rows, "dfind") + more


def difference(diff: Diff, language: Language) -> str:
    """How much would change, in four numbers."""
    numbers = [("new", diff.new), ("changed", diff.changed), ("same", diff.same)]
    numbers += [("withdrawn", diff.withdrawn)] if diff.withdrawn else []
    items = "".join(f"<li><b>{count:,}</b><span>{escape(say(f'data.diff_{key}', language))}</span></li>"
                    for key, count in numbers)  # fmt: skip
    others = "".join(
        f'<p class="note">{escape(_rows(name, new, changed, language))}</p>'
        for name, (new, changed) in diff.rows.items()
        if new or changed
    )
    empty = f'<p class="note">{escape(say("data.diff_none", language))}</p>' if diff.is_empty else ""
    return f'<ul class="dnums">{items}</ul>{others}{empty}'


def _rows(name: str, new: int, changed: int, language: Language) -> str:
    table = say(f"intake.sheet.{name}", language)
    return say("data.diff_rows_item", language, table=table, new=new, changed=changed)


def _period(period: str, language: Language) -> str:
    return Period.parse(period).say(language)


def verdicts(changes: Sequence[VerdictChange], register: Register, language: Language) -> str:
    """Targets whose verdict would turn, each with both verdicts and values; the others by count."""
    turned = [change for change in changes if change.is_turned]
    if not changes:
        return f'<p class="note">{escape(say("data.verdicts_none", language))}</p>'
    rows = [
        (
            escape(change.indicator.label.say(language)),
            escape(_period(change.period, language)),
            status_chip(change.before, STATUSES[change.before].say(language))
            + f" {escape(words.amount(register, change.indicator.id, change.before_value, language))}",
            status_chip(change.after, STATUSES[change.after].say(language))
            + f" {escape(words.amount(register, change.indicator.id, change.after_value, language))}",
        )
        for change in turned
    ]
    titles = [say(key, language) for key in ("towns.indicator", "basis.period", "data.before", "data.after")]
    first = table(titles, rows) if rows else f'<p class="note">{escape(say("data.verdicts_none", language))}</p>'
    rest = len(changes) - len(turned)
    text = say("data.verdicts_value", language, count=rest)
    return first + (f'<p class="note">{escape(text)}</p>' if rest else "")


def totals(frame: pd.DataFrame, register: Register, language: Language) -> str:
    """Totals before and after by indicator, period and prefecture; `frame` as `analysis.total_changes` gives it."""
    if not len(frame):
        return f'<p class="note">{escape(say("data.totals_none", language))}</p>'
    province = say("data.template_all", language)
    rows, above = [], ("", "")
    for row in frame.to_dict("records"):
        before = say("data.totals_reported", language, reported=row["before_reported"], expected=row["expected"])
        after = say("data.totals_reported", language, reported=row["after_reported"], expected=row["expected"])
        area = PREFECTURES[row["prefecture"]].say(language) if row["prefecture"] in PREFECTURES else province
        name = words.indicator_name(register, row["indicator"], language)
        head = (name, _period(row["period"], language))
        # Prefectures stand under the province's line, which names indicator and period once for a wide screen.
        shown = [f'<span class="again">{escape(text)}</span>' if head == above else escape(text) for text in head]
        above = head
        rows.append(
            (
                *shown,
                f"<b>{escape(area)}</b>" if not row["prefecture"] else escape(area),
                f"{escape(words.amount(register, row['indicator'], row['before'], language))}<small>{before}</small>",
                f"{escape(words.amount(register, row['indicator'], row['after'], language))}<small>{after}</small>",
                escape(words.change(register, row["indicator"], row["before"], row["after"], language)),
            )
        )
    keys = ("towns.indicator", "basis.period", "data.totals_where", "data.before", "data.after", "data.change")
    return table([say(key, language) for key in keys], rows, "dnum dtotals")


def cells(frame: pd.DataFrame, register: Register, names: Names, language: Language) -> str:
    """Figures that would change, with the cell each was written in: the largest changes first, then new figures."""
    change = (frame["after"] / frame["before"].where(frame["before"] != 0) - 1).abs()
    change = change.mask(frame["after"].isna(), np.inf)  # figures taken back first of all
    frame = frame.loc[change.sort_values(ascending=False, kind="stable", na_position="last").index]
    rows = [
        (
            escape(names.get(row["town_code"], row["town_code"])),
            escape(words.indicator_name(register, row["indicator"], language)),
            escape(_period(row["period"], language)),
            escape(words.amount(register, row["indicator"], row["before"], language)),
            f"<b>{escape(_after(register, row, language))}</b>",
            escape(words.change(register, row["indicator"], row["before"], row["after"], language)),
            f"{escape(row['file'])}<small>{escape(row['sheet'])} {escape(row['cell'])}</small>",
        )
        for row in frame.head(MOST_CELLS).to_dict("records")
    ]
    keys = ["towns.name", "towns.indicator", "basis.period", "data.before", "data.after", "data.change"]
    keys.append("data.trace_where")
    more = ""
    if len(frame) > MOST_CELLS:
        text = say("data.cells_more", language, shown=MOST_CELLS, count=f"{len(frame):,}")
        more = f'<p class="note">{escape(text)}</p>'
    return table([say(key, language) for key in keys], rows, "dnum") + more


def _after(register: Register, row: Mapping[Hashable, Any], language: Language) -> str:
    """The figure after publishing; of one that is taken back the reason."""
    if row["reason"]:
        return say("data.withdrawn", language, reason=row["reason"])
    return words.amount(register, row["indicator"], row["after"], language)


def remarks(found: Sequence[Remark], names: Names, language: Language) -> str:
    """What the senders wrote beside their figures, by file, sheet and cell."""
    rows = [
        (
            f"{escape(item.file)}<small>{escape(item.sheet)} {escape(item.cell)}</small>",
            escape(names.get(item.town_code, item.town_code)) or "—",
            escape(item.text),
        )
        for item in found[:MOST_FINDINGS]
    ]
    more = ""
    if len(found) > MOST_FINDINGS:
        more = f'<p class="note">{escape(say("data.findings_more", language, count=len(found) - MOST_FINDINGS))}</p>'
    return table([say(key, language) for key in ("data.trace_where", "towns.name", "data.remark")], rows) + more


def version_row(version: Version, language: Language) -> str:
    """One version: number, when, who, note, rows."""
    manifest = version.manifest
    if manifest is None:
        broken = status_chip(Status.MISSED, say("data.newer" if version.is_newer else "data.broken", language))
        return f'<div class="dver"><b>{escape(version.id)}</b><div>{broken}</div></div>'
    marks = status_chip(Status.ACHIEVED, say("data.current", language)) if version.is_current else ""
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
    return (
        f'<div class="dver"><b>{escape(say("data.number", language, number=manifest.number))}</b>'
        f"<div><p>{escape(note)} {marks}</p><small>{escape(' · '.join(told))}</small></div></div>"
    )


def log(moves: Sequence[Move], language: Language) -> str:
    """Publications and roll-backs, the newest first."""
    if not moves:
        return f'<p class="note">{escape(say("data.log_none", language))}</p>'
    items = "".join(
        f"<li><small>{escape(words.day(move.at))}</small><div><b>"
        f"{escape(say(f'data.log.{move.action}', language, to=number_of(move.to), before=number_of(move.before)))}</b> "
        f"{escape(move.who)}<small>{escape(move.note)}</small></div></li>"
        for move in reversed(moves)
    )
    return f'<ol class="dlog" tabindex="0">{items}</ol>'


def delivered(deliveries: Sequence[Submission], language: Language) -> str:
    """Submissions that were published or rejected."""
    rows = []
    for delivery in deliveries:
        last = delivery.steps[-1]
        rows.append(
            (
                chip(mark_of("submission", delivery.state), say(f"data.state.{delivery.state}", language)),
                f"{escape(words.files(delivery, language))}<small>{escape(delivery.id)}</small>",
                f"{escape(delivery.submitted_by)}<small>{escape(words.day(delivery.submitted_at))}</small>",
                f"{escape(last.who)}<small>{escape(words.day(last.at))}</small>",
                escape(last.note) or "—",
            )
        )
    keys = ("data.fresh_state", "intake.file", "data.part.submit", "data.decide", "data.what")
    return table([say(key, language) for key in keys], rows)
