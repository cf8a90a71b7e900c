"""The clerk's side: take a template, upload, see the findings, take the marked workbook, submit."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.acting import SUBMIT
from cockpit.analysis.freshness import newest_due, next_due
from cockpit.analysis.selection import towns_in
from cockpit.briefings import today
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.apart import annotate_now, check_apart
from cockpit.datasets.publishing.again import Again, sent_again
from cockpit.datasets.publishing.submissions import keep
from cockpit.datasets.template.workbook import template
from cockpit.phrases import say
from cockpit.processes import Waiting
from cockpit.texts import plain
from cockpit.ui.data.page import Book, attempt, tell
from cockpit.ui.frame import acting, address
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.uploads import CHECKED, files_of, page_limit, shown, speak
from cockpit.units import Period
from cockpit.visuals.data import blocks
from cockpit.visuals.marks.markup import EMPTY, html, html_of
from cockpit.vocabulary import PREFECTURES, Language

_ROUND: Final = "_data_round"  # counts deliveries: a new uploader after each, the old one while anything fails


@dataclass(frozen=True, eq=False)
class Work:
    """What the checks said of which files, kept by session until other files come.

    The bytes stay in the uploader's store alone, where they are counted and given back; here are only their names.
    """

    fingerprint: str
    uploader: str  # key of the widget whose value the files are
    checked: Checked
    again: tuple[Again, ...] = ()


def periods(view: View, book: Book) -> tuple[tuple[str, ...], str]:
    """Periods a template can be made for, the newest first, and the one that was due last."""
    day = view.briefing.as_of
    found = set(book.desk.choices.periods)
    due = [newest_due(duty.months, duty.due_days, duty.late_days, day) for duty in book.desk.register.calendar.values()]
    coming = [
        next_due(duty.months, duty.due_days, duty.late_days, day) for duty in book.desk.register.calendar.values()
    ]
    found |= {item.period for item in (*due, *coming)}
    newest = max((item.period for item in due), key=Period.parse, default=book.desk.choices.default_period)
    return tuple(sorted(found, key=Period.parse, reverse=True)), newest


def template_part(view: View, book: Book) -> None:
    """Period, prefecture and county, and the workbook made for them when it is asked for."""
    language, dataset = view.language, book.desk.dataset
    scope = f"{language}|{dataset.name}"
    offered, newest = periods(view, book)
    if address.get("sheets"):  # elements of a period that is not over are refused: no form for it is offered
        offered = tuple(item for item in offered if Period.parse(item).last_day() <= view.briefing.as_of)
    with st.container(key="dtemplate"):
        lead = view.say("data.template_note")
        show(blocks.head(view.say("data.template"), blocks.simulated(dataset, language), lead))
        with st.container(key="dtemplaterow", horizontal=True, gap="small", vertical_alignment="bottom"):
            period = address.choose_one(
                "for",
                offered,
                newest,
                lambda widget: st.selectbox(
                    view.say("data.template_period"),
                    offered,
                    format_func=lambda item: Period.parse(item).say(language),
                    key=widget,
                    width=220,
                ),
                scope,
            )
            towns = dataset.towns
            towns = towns[towns_in(towns, view.person.sees)]
            areas = ("", *sorted(towns["prefecture_adcode"].astype(str).unique()))
            prefecture = _pick(
                view,
                "area",
                areas,
                {"": view.say("data.template_all"), **_said(language)},
                "template_prefecture",
                scope,
            )
            # Without a prefecture there is no county to choose from.
            county = (
                _county(view, towns[towns["prefecture_adcode"].astype(str) == prefecture], scope) if prefecture else ""
            )
            place = county or prefecture
            departments = {"": view.say("data.template_returns"), **_departments(view)}
            checker = _pick(view, "sheets", tuple(departments), departments, "template_sheets", scope)
            day = view.briefing.as_of
            stem = "-".join(part for part in ("template", dataset.name, checker, period, place) if part)
            offer(
                view,
                view.say("data.template_download"),
                lambda: template(
                    dataset, period, as_of=day, scope=place, seen=view.person.sees, language=language, checker=checker
                ),
                f"{stem}.xlsx",
                key="data_template",
                verb="submit",
                type="primary",
            )


def _departments(view: View) -> dict[str, str]:
    """Departments that check elements, each with a workbook of its own: one office, one form."""
    departments = view.desk.register.elements.departments
    return {
        name: view.say("data.template_elements", office=at.label.say(view.language)) for name, at in departments.items()
    }


def _said(language: Language) -> dict[str, str]:
    return {code: text.say(language) for code, text in PREFECTURES.items()}


def _county(view: View, towns: pd.DataFrame, scope: str) -> str:
    """County of a prefecture's towns, "" for the whole of it."""
    column = "county_zh" if view.language == "zh" else "county_en"
    labels = dict(zip(towns["county_adcode"].astype(str), towns[column].astype(str), strict=True))
    whole = {"": view.say("data.template_all_counties")}
    options = ("", *sorted(labels))
    if not set(address.get("part_of")) <= set(options):
        address.put("part_of", [])  # of the prefecture chosen before
    return _pick(view, "part_of", options, {**whole, **labels}, "template_county", scope)


def _pick(view: View, name: str, options: tuple[str, ...], labels: dict[str, str], key: str, scope: str) -> str:
    return address.choose_one(
        name,
        options,
        "",
        lambda widget: st.selectbox(
            view.say(f"data.{key}"), options, format_func=labels.__getitem__, key=widget, width=220
        ),
        scope,
    )


def upload_part(view: View, book: Book) -> None:
    """Upload, check, findings, marked workbook, submit; a failure loses neither files nor words."""
    language, name = view.language, book.name
    left, right = st.columns([3, 1], gap="medium")
    with left, st.container(key="dupload"):
        limit = int(book.desk.register.intake.limit("file_mib"))
        together = book.desk.register.limits.limit("session_upload_mib")
        lead = view.say("data.upload_note", limit=limit, together=together)
        show(blocks.head(view.say("data.upload"), lead=lead))
        speak(view.desk.register, view.language, limit)
        # No list of types: what does not belong is refused by the gate, in words.
        uploader = f"upload|{name}|{st.session_state.get(_ROUND, 0)}"
        shown(uploader)
        may = view.person.rights.may(SUBMIT.verb)
        if not may:
            show(html('<p class="note">{}</p>', view.say("act.fault.no_right")))
        st.file_uploader(
            view.say("data.upload_files"),
            disabled=not may,
            accept_multiple_files=True,
            key=uploader,
            max_upload_size=page_limit(limit),
            label_visibility="collapsed",
        )
        files = files_of(uploader)
        if not files:
            st.session_state.pop(CHECKED, None)
        work = _checked(view, book, files, uploader) if files else None
        if work:
            if work.again:
                seen = {item.id for item in book.deliveries}
                show(blocks.again([at for at in work.again if at.first.id in seen], language, book.free))
            _findings(view, work, files)
    with right, st.container(key="dsubmit"):
        show(blocks.head(view.say("data.submit")))
        if work is None or not work.checked.is_acceptable:
            show(html('<p class="note">{}</p>', view.say("data.submit_wait")))
            return
        may = acting.fields(view, SUBMIT, name)
        st.button(
            view.say("data.submit_button"),
            key=f"submit|{language}",
            type="primary",
            disabled=not may,
            on_click=_submit,
            args=(name, book.desk.dataset.manifest.version, language),
        )


def _checked(view: View, book: Book, files: list[Any], uploader: str) -> Work:
    """Check the files once; again only when they, or the version they are compared with, change."""
    told = "\n".join((book.desk.dataset.key, *(f"{file.file_id} {file.name}" for file in files)))
    fingerprint = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    known: Work | None = st.session_state.get(CHECKED)
    if known is not None and known.fingerprint == fingerprint:
        return known
    st.session_state.pop(CHECKED, None)  # not beside the new one while that is read
    with st.status(view.say("data.checking"), expanded=True) as box:
        bar, way_out = st.progress(0.0), st.empty()
        # Whatever is pressed runs the page anew, which ends the reading; this takes the files away as well.
        way_out.button(view.say("data.cancel"), key=f"check_stop|{view.language}", on_click=_put_down)
        checked = _read(view, book, _uploads(files), bar)
        way_out.empty()
        box.update(label=view.say("data.checked"), state="complete", expanded=False)
    work = Work(fingerprint, uploader, checked, sent_again(book.name, _uploads(files)))
    st.session_state[CHECKED] = work
    return work


def _uploads(files: list[Any]) -> tuple[Upload, ...]:
    """The files as the checks take them: the uploader's own bytes, not a copy."""
    return tuple(Upload(file.name, file.getvalue()) for file in files)


def _put_down() -> None:
    """A new uploader: what was chosen is given up."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _read(view: View, book: Book, uploads: tuple[Upload, ...], bar: Any) -> Checked:
    """Check the files beside this process, showing the place in line and the steps."""
    # The page's period is what somebody looks at, not what a file means: one that states none is told so.
    with closing(check_apart(uploads, book.desk.dataset, as_of=today(), seen=view.person.sees)) as steps:
        for step in steps:
            if isinstance(step, Checked):
                return step
            if isinstance(step, Waiting):
                bar.progress(0.0, text=view.say("data.check_waiting", count=step.ahead))
            else:
                bar.progress(min(max(step.share, 0.0), 1.0), text=plain(step.text.say(view.language)) or None)
    raise AssertionError("the last step is the answer")


def _findings(view: View, work: Work, files: list[Any]) -> None:
    language, checked = view.language, work.checked
    counts = {kind: checked.count(kind) for kind in ("refusal", "error", "warning")}
    chips = html_of(
        blocks.severity_chip(kind, language, f"{view.say(f'intake.severity.{kind}')} {count}")
        for kind, count in counts.items()
        if count
    )
    rows = sum(len(frame) for frame in checked.tables.values())
    gone = len(checked.withdrawn)
    taken = html("<span>{}</span>", view.say("intake.result.withdrawn", count=f"{gone:,}")) if gone else EMPTY
    show(
        html(
            '<div class="dverdict {}" role="status">{}<b>{}</b><span>{}</span>{}</div>',
            _verdict(checked)[1],
            chips,
            view.say(f"data.verdict.{_verdict(checked)[0]}"),
            view.say("data.findings_read", count=f"{rows:,}"),
            taken,
        )
    )
    if not checked.findings:
        return
    options = ("all", *(kind for kind, count in counts.items() if count))
    labels = {"all": view.say("data.filter_all", count=len(checked.findings))}
    for kind in options[1:]:
        labels[kind] = view.say("data.filter_severity", word=view.say(f"intake.severity.{kind}"), count=counts[kind])
    with st.container(key="dfindhead", horizontal=True, gap="small", vertical_alignment="center"):
        only = st.segmented_control(
            view.say("data.filter"),
            options,
            default="all",
            format_func=labels.__getitem__,
            key=f"severity|{language}|{work.fingerprint[:12]}",
            required=True,
            label_visibility="collapsed",
        )
        for at, file in enumerate(files):
            if any(finding.file == file.name for finding in checked.findings):
                _annotated(view, work, files, at)
    shown = [item for item in checked.findings if only in (None, "all", item.severity)]
    show(blocks.findings(shown, language))


def _annotated(view: View, work: Work, files: list[Any], at: int) -> None:
    """The workbook with its faults marked, made when it is asked for."""
    language, findings = view.language, work.checked.findings
    label = view.say("data.annotated")
    file = files[at]
    stem = file.name.rsplit(".", 1)[0]
    offer(
        view,
        label if len(files) == 1 else f"{label} {at + 1}",
        lambda: annotate_now(_uploads([file])[0], findings, language),
        f"{stem}-{view.say('data.findings')}.xlsx",
        key=f"annotated|{at}",
        verb="submit",
    )


def _verdict(checked: Checked) -> tuple[str, str]:
    """(key of the sentence, kind of the block)."""
    if checked.is_refused:
        return "refused", "error"
    if checked.count("error"):
        return "errors", "error"
    if not checked.tables and not len(checked.withdrawn):
        return "nothing", "warning"
    return ("warnings", "warning") if checked.findings else ("clean", "success")


def _submit(name: str, version: str, language: Language) -> None:
    """Keep the delivery and go to its review; on any fault everything stays where it is."""
    work: Work | None = st.session_state.get(CHECKED)
    if work is None:
        tell("warning", say("data.verdict.nothing", language))
        return
    uploads = _uploads(files_of(work.uploader))
    if tuple(upload.name for upload in uploads) != work.checked.upload_names:
        tell("warning", say("data.fault.files_gone", language))
        return
    act, checked = acting.act(SUBMIT, name), work.checked
    if delivery := attempt(lambda: keep(name, uploads, checked, act, checked_against=version), language):
        _put_down()
        st.session_state.pop(CHECKED, None)
        acting.clear(SUBMIT, name)
        address.replace(("part", "submission"), {"part": ["review"], "submission": [delivery.id]})
        tell("success", say("data.submitted", language, id=delivery.id))
