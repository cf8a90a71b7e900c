"""The queue and the decision log as people take them away: workbooks in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.analysis.briefing.lists import CreatingTown, Lists
from cockpit.briefings import SHANGHAI, Decided
from cockpit.datasets.decisions.log import Entry
from cockpit.exports.notes import period_words, standing_notes
from cockpit.exports.tables import Cell, Note, Sheet
from cockpit.ui.frame.shell import View
from cockpit.vocabulary import DECISION_ACTIONS, PROVENANCES, RISKS, Provenance
from cockpit.wording import lists as words


def _notes(view: View, count: int, year: str, remarks: tuple[str, ...] = ()) -> tuple[Note, ...]:
    period = period_words(year, view.language) if year else view.say("lists.no_figures")
    return standing_notes(view.desk, view.language, period=period, count=str(count), remarks=remarks)


def queue_sheet(view: View, lists: Lists, towns: Sequence[CreatingTown], log: Decided | None) -> Sheet:
    """The queue as seen, every rule with value, points and clause."""
    language = view.language
    names = (
        "deadline", "section", "town", "code", "county", "created", "due", "extension", "stage", "grade", "points",
        "rules", "unknown", "suggestion", "decision", "against",
    )  # fmt: skip
    simulated = PROVENANCES[Provenance.SIMULATED].say(language) if view.briefing.is_simulated() else ""
    rows: list[tuple[Cell, ...]] = []
    for town in towns:
        grade, entry = town.grade, log.latest.get(town.place.code) if log else None
        contrary = log.against.get(town.place.code) if log else None
        # The mark travels with the grade: a cell copied elsewhere still says what it is.
        mark = f"{RISKS[grade.grade].say(language)} {simulated}".strip() if grade else ""
        found = "; ".join(words.finding_texts(grade, language)) if grade else ""
        lacking = words.joined(words.labels(grade.unknown, view.desk.register, language), language) if grade else ""
        done = f"#{entry.number} {DECISION_ACTIONS[entry.action].say(language)} {entry.decided_by}" if entry else ""
        reason = words.reason(town, language)
        rows.append(
            (
                words.day(town.clock.deadline),
                words.section(town.section, lists.horizons, language) if town.section else "",
                words.name(town.place, language),
                town.place.code,
                town.place.county.say(language),
                town.created_on,
                words.day(town.clock.due_to),
                words.day(town.clock.extension_end),
                words.time_limit(town, lists.windows, language),
                mark,
                words.grade_note(grade, language) if grade else "",
                found,
                lacking,
                words.suggestion(town, language) + (f" ({reason})" if reason else ""),
                done,
                f"{view.say('lists.against')} #{contrary.number}: {words.against(contrary, language)}"
                if contrary
                else "",
            )
        )
    return Sheet(
        title=view.say("lists.queue"),
        headers=tuple(view.say(f"lists.column.{name}") for name in names),
        units=("",) * len(names),
        rows=tuple(rows),
        notes=_notes(view, len(rows), lists.year, (view.say("lists.subject"), view.say("export.blank"))),
        notes_title=view.say("export.notes"),
    )


def log_sheet(view: View, entries: Sequence[Entry], names: Mapping[str, str]) -> Sheet:
    """The decision log, refused attempts included."""
    language = view.language
    heads = [view.say("lists.log_number"), view.say("lists.log_when"), view.say("lists.column.town")]
    heads += [
        view.say(f"decision.field.{name}")
        for name in ("action", "until", "basis", "clauses", "risk_grade", "decided_by", "data_version", "register")
    ]
    heads += [view.say("lists.log_result"), view.say("lists.column.against"), view.say("lists.column.objection")]
    rows: list[tuple[Cell, ...]] = [
        (
            entry.number,
            f"{entry.recorded_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            names.get(entry.town_code, entry.town_code),
            DECISION_ACTIONS[entry.action].say(language),
            words.day(entry.until),
            entry.basis,
            " ".join(f"[{clause}]" for clause in entry.clauses),
            next((text.say(language) for risk, text in RISKS.items() if risk.value == entry.risk_grade), ""),
            entry.decided_by,
            entry.data_version,
            entry.register,
            view.say("lists.log_recorded" if entry.outcome == "recorded" else "lists.log_refused"),
            view.say("lists.against") if entry.is_against else "",
            words.against(entry, language),
        )
        for entry in entries
    ]
    return Sheet(
        title=view.say("lists.log"),
        headers=tuple(heads),
        units=("",) * len(heads),
        rows=tuple(rows),
        notes=_notes(view, len(rows), ""),
        notes_title=view.say("export.notes"),
    )
