"""督办: what was handed out, who has it, how far it is; one matter, and what the reader may do to it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from cockpit.acting import FILE_TASK, VERIFY_TASK
from cockpit.analysis.supervision.events import GOALS, Event
from cockpit.analysis.supervision.machine import Matter, steps_to_come
from cockpit.analysis.supervision.views import ORDERS, TURNS, Lit, Narrowed, Tally, narrowed, waits_for
from cockpit.briefings import place_names
from cockpit.briefings.demonstrating import is_gone_on_with, story_end
from cockpit.briefings.supervising import (
    Matters,
    all_matters,
    count_matters,
    course_of,
    design,
    evidence_of,
    figure_standing,
    kinds_counted,
    lit_matters,
    tally_matters,
)
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.texts import plain
from cockpit.ui.actions import forms
from cockpit.ui.actions.exports import matters_sheet
from cockpit.ui.frame import address, uploads
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.downloads import downloads, offer
from cockpit.ui.frame.picture import drawing
from cockpit.ui.frame.segments import choose, rows_of_page
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.actions import blocks, figures, table
from cockpit.visuals.marks.html import narrows
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.vocabulary import PREFECTURES

_PAGE: Final = 25  # rows of the table at a time
_WAYS: Final = ("board", "table")
_WHO: Final = ("mine", "all")
_LIGHTS: Final = ("red", "yellow", "green", "none", "done")


@dataclass(frozen=True)
class Book:
    """The matters the reader may see, the one looked at, the day they are looked at, and the names of places."""

    matters: Matters
    chosen: Matter | None
    names: Mapping[str, str]
    day: date


def open_book(view: View) -> Book | None:
    """Read the log once for this run; None where it cannot be read, which is told.

    What rests on other data is left out: simulated matters are never counted with others.
    """
    try:
        found = all_matters().of_dataset(view.desk.dataset.name).seen(view.person.sees)
    except LogUnavailable as error:
        st.error(unavailable_words(error, view.language), icon=":material/error:")
        return None
    asked = address.get("matter")[:1]
    chosen = next((item for item in found.matters if [item.id] == asked), None)
    if asked and chosen is None:
        address.set_aside("matter", asked)
        address.put("matter", [])
    return Book(found, chosen, place_names(view.desk, view.language), view.briefing.as_of)


def heed(view: View, book: Book) -> None:
    """Tell what the address asks for and nobody offers, also where its choice is not drawn: beside one matter, where
    the list waits behind it, or on an empty page."""
    found = tally_matters(book.matters, book.day)
    for name, options in {**_options(found), "mview": _WAYS, "mwho": _WHO}.items():
        _leave_out(name, lambda value, options=options: value in options)  # type: ignore[misc]
    _leave_out("msort", lambda value: value.removeprefix("-") in ORDERS)
    _leave_out("mpage", str.isdecimal)


def _leave_out(name: str, is_known: Callable[[str], bool]) -> None:
    asked = address.get(name)
    if unknown := [value for value in asked if not is_known(value)]:
        address.set_aside(name, unknown)
        address.put(name, [value for value in asked if is_known(value)])


def overview(view: View, book: Book) -> None:
    """The board or the table, narrowed, the counts, and the form for a new matter."""
    uploads.shown()
    rules, day = design(), book.day
    every = lit_matters(book.matters, day)
    found, counts = tally_matters(book.matters, day), count_matters(book.matters, day)
    asked = "".join(address.get("mlight")[:1])
    with st.container(key="mtop", horizontal=True, vertical_alignment="center"):
        is_simulated = found.is_simulated or view.briefing.is_simulated()
        show(blocks.head(counts, found.lights, day, is_simulated, asked, view.language), width="stretch")
        show(
            html('<span class="to" {}>{} →</span>', narrows("alert", "all"), view.say("alerts.title")), width="content"
        )
        forms.new_matter(view)
    forms.said()
    if not every:
        st.info(view.say("actions.none"), icon=":material/info:")
        return
    if found.is_simulated and is_gone_on_with(view.desk.dataset.name, day):
        st.caption(view.say("actions.gone_on", day=story_end().isoformat()))
    with st.container(key="mbar", horizontal=True, vertical_alignment="center", gap="small"):
        way = choose(view, "mview", _WAYS, view.say("actions.view"), "actions.view.")
        mine = _turn(view, every)
        by = _narrowing(view, found)
        order = _order(way)
        kept = narrowed(mine, by, order)
        stem = f"actions-{view.desk.dataset.name}-{day.isoformat()}"
        told = "; ".join(_words(view, by).values()) or view.say("actions.all")
        downloads(
            view, lambda: matters_sheet(view, kept, book.names, figure_standing, day, told), stem, prefix="actions_"
        )
    show(_pills(view, by, len(kept), len(every)))
    if way == "table":
        shown = [kept[at] for at in rows_of_page(view, "mpage", len(kept), _PAGE)]
        show(table.table(shown, book.matters.events, lambda item: _track(view, item), order, day, rules, view.language))
        board, side = st.columns(2, gap="medium")
    else:
        board, side = st.columns([3, 1], gap="medium")
        with board:
            matters = [item.matter for item in kept]
            show(blocks.board(matters, book.names, lambda item: _track(view, item), day, rules, view.language))
    # Beside the board, below the table.
    with side if way == "board" else board:
        kinds = kinds_counted(book.matters, day)
        show(blocks.numbers(counts, kinds, rules.limit("fewest_for_a_rate"), view.language))
    with side:
        show(table.spread(found.regions, view.language))


def _turn(view: View, every: Sequence[Lit]) -> Sequence[Lit]:
    """All, or those that wait for the reader; who uses the machine alone has no office to be asked for."""
    if view.person.is_local:
        return every
    mine = _mine(view, every)
    who = address.choose_one(
        "mwho",
        _WHO,
        "mine" if mine else "all",
        lambda widget: st.segmented_control(
            view.say("actions.who"),
            _WHO,
            format_func=lambda name: view.say(f"actions.who_{name}", count=len(mine if name == "mine" else every)),
            key=widget,
            required=True,
            label_visibility="collapsed",
            width="content",
        ),
        view.language,
    )
    return mine if who == "mine" else every


def _mine(view: View, every: Sequence[Lit]) -> Sequence[Lit]:
    rights = view.person.rights
    may = {"may_issue": rights.may(FILE_TASK.verb), "may_verify": rights.may(VERIFY_TASK.verb)}
    return [item for item in every if waits_for(item.matter, view.person.office, **may)]


def _options(found: Tally) -> dict[str, tuple[str, ...]]:
    """What each part may be narrowed to, by the parameter of the address: what there is, in a fixed order."""
    return {
        "mlight": tuple(name for name in _LIGHTS if found.lights[name]),
        "mstate": ("open", *(name for name in TURNS if name in found.states)),
        "mlead": found.leads,
        "mkind": tuple(kind for kind in GOALS if kind in found.kinds),
        "mregion": tuple(code for code in PREFECTURES if code in found.regions),
    }


def _narrowing(view: View, found: Tally) -> Narrowed:
    """Five choices, each "all" at first, kept in the address."""
    chosen = {}
    for name, options in _options(found).items():
        chosen[name] = address.choose_one(
            name,
            ("", *options),
            "",
            lambda widget, name=name, options=options: st.selectbox(  # type: ignore[misc]
                view.say(f"actions.by.{name}"),
                ("", *options),
                format_func=lambda value: _value(view, name, value) if value else view.say(f"actions.by.{name}"),
                key=widget,
                label_visibility="collapsed",
                width=124,  # beside the rest on one line of 1,366 pixels
            ),
            view.language,
        )
    return Narrowed(*chosen.values())


def _value(view: View, name: str, value: str) -> str:
    if name == "mlead":
        return value
    if name == "mregion":
        return PREFECTURES[value].say(view.language)
    head = {"mlight": "light", "mstate": "state", "mkind": "goal"}[name]
    return view.say(f"actions.{head}_{value}")


def _words(view: View, by: Narrowed) -> dict[str, str]:
    """What is narrowed to, by parameter."""
    given = {"mlight": by.light, "mstate": by.state, "mlead": by.lead, "mkind": by.kind, "mregion": by.region}
    return {name: _value(view, name, value) for name, value in given.items() if value}


def _pills(view: View, by: Narrowed, kept: int, every: int) -> Markup:
    """What is narrowed to, each taken out by a click, and how many are left."""
    pills = html_of(
        html('<span class="pill" {}>{} ×</span>', narrows(name, "", view.say("filter.take_out")), words)
        for name, words in _words(view, by).items()
    )
    return html('<p class="note mkept">{} {}</p>', view.say("actions.kept", kept=kept, all=every), pills)


def _order(way: str) -> str:
    """The order the address asks for."""
    asked = "".join(address.get("msort")[:1])
    return asked if way == "table" else ""


def _track(view: View, item: Matter) -> Markup:
    indicator = view.desk.register.indicators.get(item.goal.indicator)
    return figures.track(item, indicator, figure_standing(item) if indicator else None, view.language)


def one(view: View, book: Book) -> None:
    """One matter: its figure then and now, its clocks, its course, and what may be done."""
    item = book.chosen
    assert item is not None
    events = book.matters.events[item.id]
    indicator = view.desk.register.indicators.get(item.goal.indicator)
    rules = design()
    is_simulated = view.briefing.is_simulated()
    among = _among(view, book)
    show(blocks.one(item, among, book.names, book.day, rules, view.language, is_simulated=is_simulated))
    show(blocks.steps(events, view.language))
    forms.said()
    # On a phone what may be done comes first: a stylesheet turns the two round.
    with st.container(key="mone"):
        left, right = st.columns([2, 1], gap="medium")
        with left:
            found = figure_standing(item)
            course = course_of(item) if found is not None else None
            with st.container(key="mfigure", horizontal=True):
                show(figures.goal(item, indicator, found, course, is_simulated, view.language))
                if indicator is not None and course is not None and not course.is_empty:
                    drawing(figures.chart(item, indicator, course, view.language), "matter_chart")
            show(blocks.course(events, item, view.language))
            _evidence(view, item, events)
        with right:
            forms.may(view, item)
            show(blocks.clocks(item, view.language))
            show(blocks.reminders(steps_to_come(item, book.day, rules), rules, view.language))


def _among(view: View, book: Book) -> blocks.Among:
    """Its place in the list it was come from, as the address narrows and sorts that; in all where it is not in it."""
    assert book.chosen is not None
    every = lit_matters(book.matters, book.day)
    options = _options(tally_matters(book.matters, book.day))
    asked = (next((value for value in address.get(name)[:1] if value in options[name]), "") for name in options)
    order, mine = "".join(address.get("msort")[:1]), [] if view.person.is_local else _mine(view, every)
    if address.get("mwho")[:1] == ["mine"] or (mine and not address.get("mwho")):
        every = tuple(mine)
    kept = [item.matter.id for item in narrowed(every, Narrowed(*asked), order)]
    if book.chosen.id not in kept:
        kept = [item.matter.id for item in narrowed(lit_matters(book.matters, book.day), Narrowed())]
    at = kept.index(book.chosen.id)
    before, after = kept[at - 1] if at else "", kept[at + 1] if at + 1 < len(kept) else ""
    return blocks.Among(at + 1, len(kept), before, after)


def _evidence(view: View, item: Matter, events: Sequence[Event]) -> None:
    """The files of a matter, to be taken away; nothing of them is drawn."""
    found = [(event, file) for event in events for file in event.detail.get("evidence", ())]
    if not found:
        return
    show(html("<h2>{}</h2>", view.say("actions.files_of")))
    for event, file in found:
        name, sha256 = str(file["name"]), str(file["sha256"])
        label = f"{plain(name)}　{event.said('office').say(view.language)}　{file['size'] / (1 << 20):.1f} MiB"
        made = partial(evidence_of, item, event, sha256)
        offer(view, label, made, name, key=f"file|{event.number}|{sha256[:12]}", verb="read")
