"""The working part of the list management page: counts and checks, the clock, the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.analysis.briefing.lists import WAITING, CreatingTown, Lists, NamedTown, by_deadline, weight_of
from cockpit.briefings import Decided, town_lists
from cockpit.exports.tables import write_xlsx
from cockpit.texts import plain
from cockpit.ui.frame import address
from cockpit.ui.frame.charting import leading_chart
from cockpit.ui.frame.decision_log import read_log
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.segments import choose, is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.ui.lists.exports import queue_sheet
from cockpit.units import Period
from cockpit.visuals.lists import blocks as list_blocks
from cockpit.visuals.lists import clock as clock_drawing
from cockpit.visuals.marks import charts
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, html
from cockpit.visuals.marks.palette import Theme
from cockpit.vocabulary import STAGES, Language, Stage
from cockpit.wording import lists as words

_PAGE: Final = 15  # rows of the queue at a time
# Orders of the queue by name; the first is that of the plain address.
_ORDERS: Final[dict[str, Callable[[CreatingTown], Any]]] = {
    "deadline": by_deadline,
    "risk": lambda town: (weight_of(town), *by_deadline(town)),
    "town": lambda town: town.place.code,
}
_CHECKS: Final = ("lines", "estate", "green", "area", "plan", "output", "missing")


@dataclass(frozen=True, eq=False)
class Book:
    """What the page shows: the lists, the log (None when it cannot be read, with the reason), the chosen town."""

    lists: Lists
    log: Decided | None
    fault: str
    names: dict[str, str]
    town: CreatingTown | NamedTown | None
    default: str  # code of the town a plain address means

    @property
    def code(self) -> str:
        return self.town.place.code if self.town else ""


def open_book(view: View) -> Book:
    """Read lists and log once for this run; a log that is away costs the page its log only."""
    log, fault = read_log(view)
    briefing = view.briefing
    lists = town_lists(view.desk, briefing.selection, briefing.as_of, log.extensions if log else ())
    towns = view.desk.dataset.towns
    names = dict(zip(towns["town_code"], towns["name_zh" if view.language == "zh" else "name_en"], strict=True))
    return Book(lists, log, fault, names, *_chosen(lists))


def _chosen(lists: Lists) -> tuple[CreatingTown | NamedTown | None, str]:
    """The town in the address, else the default: the first of the queue, or the first there is."""
    kept = _kept(lists, next(iter(address.get("check")), ""))
    # Of a narrowed queue its own first: the form acts on what is seen.
    queue = sorted(lists.queue, key=lambda town: bool(kept) and town.place.code not in kept)
    every: list[CreatingTown | NamedTown] = [*queue, *lists.creating, *lists.named]
    default = every[0] if every else None
    asked = address.get("town")[:1]
    town = lists.town(asked[0]) if asked else None
    if asked and town is None:
        address.set_aside("town", asked)
        address.put("town", [])
    return town or default, default.place.code if default else ""


def title(view: View, book: Book) -> None:
    year = book.lists.year
    period = Period.parse(year).say(view.language) if year else view.say("lists.no_figures")
    lead = view.say("lists.lead", day=book.lists.as_of.isoformat(), period=period)
    own = list_blocks.own(view.language)
    if not book.lists.is_current:
        lead, own = view.say("lists.lead_public"), EMPTY
    simulated = view.briefing.is_simulated()
    note = EMPTY
    if simulated:
        badge = list_blocks.simulated(True, view.language)
        note = html('<span class="lfict">{} {}</span>', view.say("lists.fictional"), badge)
    show(
        html(
            '<section class="ans lans"><h1>{}</h1><span class="cnt">{} {}</span>{}</section>',
            view.say("lists.title"),
            lead,
            own,
            note,
        )
    )


def _press(check: str) -> None:
    address.put("check", [] if address.get("check") == [check] else [check])


def checks(view: View, book: Book) -> str:
    """Counts by status and the checks; a check pressed shows its towns and narrows the queue. Returns the check."""
    asked = address.get("check")[:1]
    check = asked[0] if asked and asked[0] in (*_CHECKS, *STAGES) else ""
    if asked and not check:
        address.set_aside("check", asked)
        address.put("check", [])
    numbers = {item.name: len(item.broken) for item in book.lists.checks} | {"missing": len(book.lists.missing)}
    clauses = {item.name: item.clause for item in book.lists.checks}
    register = view.desk.register
    limits = {
        "green": "green_cover_30",
        "area": "named_area",
        "output": "specialty_output_70",
        "estate": "residential_30",
    }
    with st.container(key="lhead", horizontal=True, gap="small"):
        show(list_blocks.counts(book.lists.counts, view.language), width="content")
        with st.container(key="lchecks", horizontal=True, gap=None, width="stretch"):
            for name in _CHECKS:
                rule = register.stars.get(limits.get(name, ""))
                note = view.say(f"lists.check_do.{name}", limit=words.limit(rule, view.language) if rule else "")
                clause = f" \\[{clauses[name]}\\]" if name in clauses else ""
                st.button(
                    f"**{numbers[name]}** {view.say(f'lists.check.{name}')}{clause}  \n{note}",
                    key=f"check_{name}|{view.language}",
                    type="primary" if name == check else "tertiary",
                    on_click=_press,
                    args=(name,),
                    width="stretch",
                )
    if check in _CHECKS:
        names = {code: str(book.names[code]) for code in book.lists.figures}
        show(list_blocks.check_towns(check, book.lists, register, names, view.language))
    return check


def columns() -> list[Any]:
    return st.columns([1248, 608], gap="small")


@lru_cache(maxsize=64)
def _drawn_clock(
    lists: Lists, language: Language, theme: Theme, code: str
) -> tuple[clock_drawing.Drawing, charts.Spec] | None:
    """The clock with its rows as Arrow, once for each briefing (which is one object for one state of the log)."""
    drawing = clock_drawing.draw_clock(lists, language, theme, code)
    return (drawing, charts.with_rows(charts.pickable(drawing.spec, "town_code"), drawing.rows)) if drawing else None


def clock(view: View, book: Book) -> None:
    """The five-year clock of the towns being created."""
    language, lists = view.language, book.lists
    rule = view.desk.register.rule("creation_clock")
    with st.container(key="lclock"):
        with st.container(key="lclockhead", horizontal=True, vertical_alignment="center", gap="small"):
            heading = view.say("lists.clock", years=words.years(lists.windows.full_years))
            lead = view.say("lists.clock_lead", count=len(lists.creating))
            show(list_blocks.head(heading, view.briefing.is_simulated(), lead, language), width="stretch")
            as_table = is_table(view, "clockview")
        show(html('<div class="lnow">{}</div>', list_blocks.clock_lead(lists, rule.clause, language)))
        drawn = _drawn_clock(lists, language, view.theme, book.code)
        if drawn is None:
            show(html('<p class="note">{}</p>', view.say("lists.clock_none")))
            return
        drawing, spec = drawn
        if as_table:
            show(drawing.table)
            return
        with st.container(key="lclockchart"):
            leading_chart(spec, f"clock|{language}", drawing.alt, heading, drawing.walk, language)
        show(list_blocks.clock_years(lists, language) + list_blocks.clock_legend(language))


def _take(code: str) -> None:
    address.put("town", [code])


def queue(view: View, book: Book, check: str) -> None:
    """Who has to be decided on and who comes near, by sections of the due date, with reasons and suggestion."""
    language, lists, register = view.language, book.lists, view.desk.register
    towns = list(lists.queue)
    if check:
        wanted = _kept(lists, check)
        towns = [town for town in towns if town.place.code in wanted]
    medium, high = (int(register.rule(name).base_value) for name in ("risk_medium_from", "risk_high_from"))
    waiting = sum(town.clock.stage in WAITING for town in towns)
    counts = {"count": waiting, "coming": len(towns) - waiting}
    lead = view.say("lists.queue_lead", **counts, low=medium - 1, medium=medium, below=high - 1, high=high)
    only = EMPTY
    if check:
        name = view.say(f"lists.check.{check}") if check in _CHECKS else STAGES[Stage(check)].say(language)
        text, out = view.say("lists.queue_filtered", check=name), view.say("filter.take_out")
        only = html('<span class="pill" {}>{} ×</span>', marks.narrows("check", check, out), text)
    with st.container(key="lqueue"):
        with st.container(key="lqueuehead", horizontal=True, vertical_alignment="center", gap="small"):
            more = html('{}{}<b class="lsubject">{}</b>', list_blocks.own(language), only, view.say("lists.subject"))
            heading = view.say("lists.queue")
            show(list_blocks.head(heading, view.briefing.is_simulated(), lead, language, more), width="stretch")
            offer(
                view,
                view.say("lists.download"),
                lambda: (write_xlsx(queue_sheet(view, lists, towns, book.log)), len(towns)),
                f"queue-{view.desk.dataset.name}-{lists.as_of.isoformat()}.xlsx",
                key="queue_xlsx",
                disabled=not towns,
            )
        if not towns:
            none = "lists.queue_none_check" if check else "lists.queue_none"
            text = view.say(none) if check else view.say(none, next=list_blocks.next_batch(lists, language))
            show(html('<p class="note">{}</p>', text))
            return
        order = choose(view, "sort", (*_ORDERS, "table"), view.say("lists.sort"), "lists.sort.")
        towns.sort(key=_ORDERS.get(order, by_deadline))
        if order == "table":
            sheet = queue_sheet(view, lists, towns, book.log)
            frame = pd.DataFrame(sheet.rows, columns=list(sheet.headers))
            names = [
                marks.town(town.place.code, words.name(town.place, language), language, is_walked=True)
                for town in towns
            ]
            led(view, frame, {view.say("towns.name"): names}, heading, is_taken=False)
            return
        first = _first_row(view, len(towns))
        section, heads = None, list_blocks.queue_head(language)
        for town in towns[first : first + _PAGE]:
            code = town.place.code
            if order == "deadline" and town.section and town.section != section:
                section = town.section
                count = sum(other.section == section for other in towns)
                heads += list_blocks.queue_section(section, count, lists, language)
            if heads:
                show(heads)
                heads = EMPTY
            entries = (book.log.latest.get(code), book.log.against.get(code)) if book.log else (None, None)
            chosen = code == book.code
            with st.container(key=f"q_{code}", horizontal=True, vertical_alignment="center", gap=None):
                show(list_blocks.queue_row(town, lists, register, language, entries, chosen), width="stretch")
                st.button(
                    view.say("lists.decide"),
                    key=f"decide_{code}|{language}",
                    type="primary" if chosen else "secondary",
                    on_click=_take,
                    args=(code,),
                    help=plain(words.name(town.place, language)),
                )


def _kept(lists: Lists, check: str) -> set[str]:
    """The towns that break a check, or that stand at a stage of the clock."""
    if check in STAGES:
        return {town.place.code for town in lists.creating if town.clock.stage == check}
    if check == "missing":
        return set(lists.missing)
    return set(next((item.broken for item in lists.checks if item.name == check), ()))


def _first_row(view: View, count: int) -> int:
    """Offset of the page of the queue in the address; one page shows no control."""
    pages = -(-count // _PAGE)
    if pages == 1:
        return 0
    options = tuple(str(number) for number in range(1, pages + 1))
    chosen = address.choose_one(
        "page",
        options,
        options[0],
        lambda widget: st.segmented_control(
            view.say("lists.page"), options, key=widget, required=True, label_visibility="collapsed", width="content"
        ),
        view.language,
    )
    return (int(chosen) - 1) * _PAGE
