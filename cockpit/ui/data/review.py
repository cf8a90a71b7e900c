"""The reviewer's side: what waits, what it would change, publish or reject."""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.acting import REVIEW
from cockpit.briefings import Review, review
from cockpit.datasets.publishing.again import same_before
from cockpit.datasets.publishing.releases import publish, reject
from cockpit.datasets.publishing.submissions import Submission, findings_of, remarks_of
from cockpit.datasets.store.versions import number_of
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.ui.data.page import Book, attempt, names, tell
from cockpit.ui.frame import acting, address, live
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.data import blocks, rows
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import Language
from cockpit.wording import data as words

_LOOKED: Final = "_data_looked"  # submission -> version its differences were first shown against
_MOST: Final = 50


def review_part(view: View, book: Book) -> None:
    """One submission at a time: its files, findings, differences, and the decision."""
    if not book.pending:
        with st.container(key="dpending"):
            show(blocks.head(view.say("data.pending"), lead=view.say("data.pending_none")))
    else:
        _pending(view, book)
    waiting_elsewhere(view, book)
    done = [item for item in book.deliveries if item.state != "received"][:_MOST]
    if done:
        with st.container(key="ddone"):
            show(blocks.head(view.say("data.history")) + blocks.delivered(done, view.language, book.free))


def waiting_elsewhere(view: View, book: Book) -> None:
    """What waits for somebody who sees more: told to its reviewer here and to who handed it in."""
    if book.reaching_out:
        show(html('<p class="note">{}</p>', view.say("data.reaching_out", count=book.reaching_out)))


def _pending(view: View, book: Book) -> None:
    language = view.language
    labels = {
        item.id: view.say(
            "data.pending_item",
            when=words.day(item.submitted_at),
            who=item.submitted_by,
            files=words.files(item, language, book.free),
        )
        for item in book.pending
    }
    if {item.id for item in book.deliveries} - labels.keys() >= set(address.get("submission")):
        address.put("submission", [])  # dealt with since, perhaps by somebody else
    left, right = st.columns([3, 1], gap="medium")
    with left, st.container(key="dreview"):
        show(blocks.head(view.say("data.pending"), blocks.simulated(book.desk.dataset, language)))
        chosen = address.choose_one(
            "submission",
            tuple(labels),
            next(iter(labels)),
            lambda widget: st.selectbox(
                view.say("data.pending_pick"),
                tuple(labels),
                format_func=lambda code: labels.get(code, code),
                key=widget,
                label_visibility="collapsed",
            ),
            language,
        )
        try:
            found = review(book.desk, chosen, view.briefing.as_of, view.person.sees)
        except DatasetError as error:
            show(blocks.said("error", words.fault(error, language)))
            found = None
        if found:
            _differences(view, book, found)
    with right, st.container(key="ddecide"):
        show(blocks.head(view.say("data.decide")))
        _decide(view, book, chosen, found)


def _differences(view: View, book: Book, found: Review) -> None:
    language, register, difference = view.language, book.desk.register, found.difference
    number = number_of(difference.parent)
    looked: dict[str, str] = st.session_state.setdefault(_LOOKED, {})
    if looked.setdefault(found.submission.id, difference.parent) != difference.parent:
        show(blocks.said("warning", view.say("data.diff_moved", number=number)))
    findings = book.outside.findings(findings_of(found.submission), language)
    remarks = book.outside.remarks(remarks_of(found.submission), language)
    seen = {item.id for item in book.deliveries}
    told = blocks.again([at for at in same_before(found.submission) if at.first.id in seen], language, book.free)
    # What the checks said comes before the long lists: it is what a reviewer has to weigh.
    if findings.shown or findings.outside:
        told += blocks.head(view.say("data.findings"), lead=_left_out(view, findings.outside))
    if findings.shown:
        told += blocks.findings(findings.shown, language, names(view, book))
    if remarks.shown or remarks.outside:
        told += blocks.head(view.say("data.remarks"), lead=_left_out(view, remarks.outside))
    if remarks.shown:
        told += blocks.remarks(remarks.shown, names(view, book), language)
    show(
        blocks.head(view.say("data.diff", number=number), lead=_about(view, book, found.submission))
        + blocks.difference(difference, language)
        + told
        + blocks.head(view.say("data.verdicts"))
        + blocks.verdicts(found.verdicts, register, language)
        + blocks.head(view.say("data.totals"))
        + blocks.totals(found.totals, register, language)
    )
    if len(difference.cells):
        show(
            blocks.head(view.say("data.cells"), lead=view.say("data.cells_lead", count=f"{len(difference.cells):,}"))
            + blocks.cells(book.outside.cells(difference.cells, language), register, names(view, book), language)
        )
    if difference.entries:
        count = sum(new + changed for new, changed in difference.rows.values())
        show(
            blocks.head(view.say("data.rows"), lead=view.say("data.rows_lead", count=f"{count:,}"))
            + rows.rows(book.outside.rows(difference.entries, language), count, names(view, book), language)
        )


def _left_out(view: View, count: int) -> str:
    return view.say("data.outside_count", count=count) if count else ""


def _about(view: View, book: Book, delivery: Submission) -> str:
    return view.say(
        "data.delivery",
        files=words.files(delivery, view.language, book.free),
        who=delivery.submitted_by,
        when=words.day(delivery.submitted_at),
        warnings=delivery.warnings,
    )


def _decide(view: View, book: Book, chosen: str, found: Review | None) -> None:
    may = acting.fields(view, REVIEW, chosen, other_than=_sender(book, chosen))
    expected = found.difference.parent if found else ""
    for action, label in ((_publish, "publish"), (_reject, "reject")):
        is_first = action is _publish
        st.button(
            view.say(f"data.{label}"),
            key=f"{label}|{view.language}",
            type="primary" if is_first else "secondary",
            disabled=not may or (found is None and is_first),
            on_click=action,
            args=(book.name, chosen, expected, view.language),
            width="stretch",
        )


def _sender(book: Book, chosen: str) -> str:
    return next(item.submitted_by for item in book.pending if item.id == chosen)


def _publish(name: str, chosen: str, expected: str, language: Language) -> None:
    """Publish over the version the reviewer saw; a fault keeps what was typed."""
    act = acting.act(REVIEW, chosen)
    if manifest := attempt(lambda: publish(name, chosen, act, expected), language):
        live.own(manifest.version)
        _done(chosen, say("data.published_done", language, number=manifest.number))


def _reject(name: str, chosen: str, _expected: str, language: Language) -> None:
    """Close a submission with a reason; which version is current does not matter."""
    act = acting.act(REVIEW, chosen)
    if attempt(lambda: reject(name, chosen, act), language):
        _done(chosen, say("data.rejected_done", language))


def _done(chosen: str, text: str) -> None:
    acting.clear(REVIEW, chosen)
    address.put("submission", [])
    tell("success", text)
