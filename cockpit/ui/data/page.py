"""The data page: what is current, the work to be done on it, versions and their way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import streamlit as st

from cockpit.acting import ROLL_BACK, ActRefused
from cockpit.analysis.selection import towns_in
from cockpit.briefings import Desk, Outside, open_desk, outside, reaching_out, submissions_seen
from cockpit.datasets.publishing.releases import Version, list_versions, log_of, roll_back
from cockpit.datasets.publishing.submissions import Submission, all_submissions
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.ui.frame import acting, address, live
from cockpit.ui.frame.pinning import HISTORY
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.data import blocks
from cockpit.vocabulary import Language
from cockpit.wording import data as words

Part = Literal["submit", "review", "versions", "freshness", "trace"]
PARTS: Final = ("submit", "review", "versions", "freshness", "trace")
T = TypeVar("T")
_SAID: Final = "_data_said"
_TARGET: Final = "_data_back_to"
_MOST: Final = 30


@dataclass(frozen=True, eq=False)
class Book:
    """What the page works on: the current version, whatever older one the address may pin; what waits for review.

    `outside` are the towns the reader is not told of, `reaching_out` how many submissions wait for somebody who sees
    all of their towns.
    """

    desk: Desk
    deliveries: tuple[Submission, ...]
    outside: Outside
    reaching_out: int
    language: Language

    @property
    def name(self) -> str:
        return self.desk.dataset.name

    @property
    def pending(self) -> tuple[Submission, ...]:
        return tuple(item for item in self.deliveries if item.state == "received")

    def free(self, text: str) -> str:
        """A text somebody wrote, as the reader is shown it."""
        return self.outside.free(text, self.language)


def open_book(view: View) -> Book:
    name = view.desk.dataset.name
    desk, every, sees = open_desk(name), all_submissions(name), view.person.sees
    waiting = tuple(item for item in every if item.state == "received")
    seen, elsewhere = submissions_seen(desk, every, sees), reaching_out(desk, waiting, sees)
    return Book(desk, seen, outside(desk, sees), elsewhere, view.language)


def tell(kind: str, text: str) -> None:
    """Keep what became of an act for the next run, which shows it."""
    st.session_state[_SAID] = (kind, text)


def attempt(act: Callable[[], T], language: Language) -> T | None:
    """What an act gives; None where it was refused, which is told and loses nothing that was typed."""
    try:
        return act()
    except DatasetError as error:
        kind = "warning" if isinstance(error, ActRefused) else "error"
        tell(kind, f"{words.fault(error, language)} {say('data.fault.kept', language)}")
    return None


def head(view: View, book: Book) -> None:
    """Current version, outcome of the last act, choice of the work."""
    dataset = book.desk.dataset
    show(blocks.current(dataset, len(book.pending), view.language, book.free))
    outcome = st.session_state.pop(_SAID, None)
    if outcome:
        show(blocks.said(*outcome))


def part(view: View, book: Book) -> str:
    """Which work is shown; kept in the address."""
    names = {name: view.say(f"data.part.{name}") for name in PARTS}
    if book.pending:
        names["review"] += f" ({len(book.pending)})"
    return address.choose_one(
        "part",
        PARTS,
        PARTS[0],
        lambda widget: st.segmented_control(
            view.say("data.parts"),
            PARTS,
            format_func=names.__getitem__,
            key=widget,
            required=True,
            label_visibility="collapsed",
        ),
        view.language,
    )


def versions(view: View, book: Book) -> None:
    """Every version, the way back to each in two clicks, and the log."""
    left, right = st.columns([3, 2], gap="medium")
    found = list_versions(book.name)
    with left, st.container(key="dversions"):
        mark = blocks.simulated(book.desk.dataset, view.language)
        show(blocks.head(view.say("data.list"), mark, view.say("data.list_note")))
        for version in found[:_MOST]:
            _version(view, book, version)
    with right:
        target = next((item for item in found if item.id == st.session_state.get(_TARGET)), None)
        if target and target.manifest and not target.is_current:
            _confirm(view, book, target)
        with st.container(key="dlog"):
            show(blocks.head(view.say("data.log")) + blocks.log(log_of(book.name), view.language, book.free))


def _version(view: View, book: Book, version: Version) -> None:
    may = view.person.rights.may(HISTORY)
    with st.container(key=f"dv_{version.id}", horizontal=True, vertical_alignment="center", gap="small"):
        show(blocks.version_row(version, view.language, book.free, may_look_back=may), width="stretch")
        if version.manifest and not version.is_current:
            st.button(
                view.say("data.back"),
                key=f"back|{book.name}|{version.id}|{view.language}",
                on_click=_aim,
                args=(version.id,),
                disabled=not version.was_published,
            )


def _aim(version: str) -> None:
    st.session_state[_TARGET] = version


def _confirm(view: View, book: Book, target: Version) -> None:
    """The second click: who and why, then back."""
    manifest = target.manifest
    assert manifest is not None
    current = book.desk.dataset
    with st.container(key="dconfirm"):
        lead = view.say("data.back_help", current=current.manifest.number)
        show(blocks.head(view.say("data.back_to", number=manifest.number), lead=lead))
        may = acting.fields(view, ROLL_BACK, book.name)
        expected = current.warning.version if current.warning else current.manifest.version
        with st.container(horizontal=True, gap="small"):
            st.button(
                view.say("data.back_confirm", number=manifest.number),
                key=f"back_do|{view.language}",
                type="primary",
                disabled=not may,
                on_click=_roll_back,
                args=(book.name, target.id, manifest.number, expected, view.language),
            )
            st.button(view.say("data.cancel"), key=f"back_no|{view.language}", on_click=_aim, args=("",))


def _roll_back(name: str, target: str, number: int, expected: str, language: Language) -> None:
    act = acting.act(ROLL_BACK, name)
    if attempt(lambda: roll_back(name, target, act, expected), language):
        live.own(target)
        st.session_state[_TARGET] = ""
        acting.clear(ROLL_BACK, name)
        tell("success", say("data.back_done", language, number=number))


def names(view: View, book: Book) -> dict[str, str]:
    """Town code -> name in the reader's language, of the towns he may see."""
    towns = book.desk.dataset.towns
    towns = towns[towns_in(towns, view.person.sees)]
    column = "name_zh" if view.language == "zh" else "name_en"
    return dict(zip(towns["town_code"].astype(str), towns[column].astype(str), strict=True))
