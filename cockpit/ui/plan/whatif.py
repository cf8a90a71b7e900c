"""Step 3: what if. Levers on the figures of some towns, the same measures, both verdicts; never data."""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.analysis.attainment import is_met
from cockpit.analysis.briefing import Scenario, by_place
from cockpit.analysis.briefing.levers import Lever
from cockpit.briefings.scenarios import crossed, saved_for, sought, tried
from cockpit.exports.notes import period_words
from cockpit.exports.planning import scenario_sheet
from cockpit.exports.tables import Sheet
from cockpit.policy.records import Target
from cockpit.ui.frame import address
from cockpit.ui.frame.copy_link import copy_link
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.segments import choose
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import levers, page
from cockpit.units import percent
from cockpit.visuals.marks.markup import html
from cockpit.visuals.plan import whatif as drawing
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Status
from cockpit.wording import plan as words

_STEPS: Final = (-0.02, -0.01, 0.0, 0.01, 0.02)  # of the first lever around where it stands
_COLUMNS: Final = {"prefecture": "prefecture_adcode", "class": "industry_class"}


def step(view: View, book: page.Book) -> None:
    """Assumptions at the left, targets in the middle, who moves at the right."""
    period = str(book.base_year)
    pulled = levers.asked(view)
    found = tried(view.desk, period, view.person.sees, pulled)
    manifest = view.desk.dataset.manifest
    basis = view.say("plan.scenario.basis", number=manifest.number, period=period_words(period, view.language))
    show(drawing.band(view.say("plan.scenario.band"), basis, view.language))
    with st.container(key="ptop", horizontal=True, vertical_alignment="center", gap="small"):
        show(page.title(view, _title(view, found), "", is_scenario=True), width="stretch")
        kept = saved_for(book.plans, view.desk, view.person.sees)
        levers.saved(view, kept, pulled)
        if pulled:
            stem = f"scenario-{view.desk.dataset.name}-{period}"
            downloads(view, lambda: _sheet(view, book, found, pulled), stem, prefix="scenario_", kinds=("xlsx",))
            copy_link(view.say("vitality.copy"), view.say("vitality.copied"))
            levers.save(view, kept, pulled)
    left, middle, right = st.columns([1.15, 2.1, 1.1], gap="medium")
    with left:
        levers.panel(view, found, pulled, book.names)
        _seek(view, found, pulled, period)
    with middle:
        with st.container(key="ptargets", horizontal=True, vertical_alignment="center"):
            head, when = view.say("plan.targets"), period_words(period, view.language)
            show(html('<div class="pside"><h2>{}</h2><span>{}</span></div>', head, when), width="stretch")
            shown = choose(view, "pmoved", ("all", "moved"), head, "plan.moved.") if pulled else "all"
        only = shown == "moved"
        rows = [row for row in found.moved if row.is_moved or row.is_flipped or not only]
        show(drawing.targets(rows, view.desk.limits, view.language))
        _two(view, found, pulled, period)
    with right:
        _who(view, found, pulled)


def _sheet(view: View, book: page.Book, found: Scenario, pulled: tuple[Lever, ...]) -> Sheet:
    count = int(view.desk.cube.in_scope("province", found.period).sum())
    return scenario_sheet(view.desk, found, pulled, book.names, view.language, count)


def _title(view: View, found: Scenario) -> str:
    if not found.pulled:
        return view.say("plan.scenario.none")
    met = (Status.ACHIEVED, Status.ON_TRACK)
    before, after = (
        sum(card.status in met for card in cards)
        for cards in zip(*((row.before, row.after) for row in found.moved), strict=True)
    )
    return view.say("plan.scenario.title", count=found.flipped, met=after, all=len(found.moved), before=before)


def _first_target(view: View, found: Scenario, pulled: tuple[Lever, ...]) -> str:
    """The target the first lever moves, else the first in money."""
    own = [row.before.target for row in found.moved if pulled and row.before.target.indicator == pulled[0].indicator]
    money = [row.before.target for row in found.moved if row.before.target.rank == "money"]
    return (own or money)[0].id


def _seek(view: View, found: Scenario, pulled: tuple[Lever, ...], period: str) -> None:
    """What the first assumption alone would have to be."""
    targets = view.desk.register.targets
    if not pulled or pulled[0].kind == "fill":
        return
    with st.container(key="pseek"):
        show(html("<h2>{}</h2>", view.say("plan.seek")))
        names = {
            name: view.desk.register.indicator(item.indicator).label.say(view.language)
            for name, item in targets.items()
        }
        picked = address.choose_one(
            "pseek", tuple(targets), _first_target(view, found, pulled),
            lambda widget: st.selectbox(
                view.say("plan.seek.target"), list(targets), format_func=names.__getitem__, key=widget
            ),
            view.language,
        )  # fmt: skip
        row = next(row for row in found.moved if row.before.target.id == picked)
        indicator = row.before.indicator
        if pulled[0].indicator != indicator.id:
            st.caption(view.say("plan.seek.beside" if row.is_moved else "plan.seek.other"))
            return
        said = sought(view.desk, period, view.person.sees, pulled, picked)
        lever = pulled[0]
        now = words.lever_value(lever, indicator, view.language)
        if said.value is None:
            text = view.say("plan.seek.never", gap=words.amount(said.short, indicator, view.language))
        elif said.value == 0:
            text = view.say("plan.seek.met")
        else:
            there = words.lever_value(levers.moved_to(lever, said.value), indicator, view.language)
            text = view.say("plan.seek.needs", value=there, now=now)
        show(html("<p>{}</p>", text))
        past = levers.observed(view, lever, period)
        if lever.kind == "growth" and past is not None:
            show(html('<p class="note">{}</p>', view.say("plan.seek.past", growth=percent(past))))


def _two(view: View, found: Scenario, pulled: tuple[Lever, ...], period: str) -> None:
    """Steps of the first assumption across, without and with the second down."""
    if len(pulled) < 2 or pulled[0].kind != "growth" or pulled[1].indicator != pulled[0].indicator:
        return
    target = view.desk.register.targets[_first_target(view, found, pulled)]
    if target.indicator != pulled[0].indicator:
        return
    steps = tuple(round(pulled[0].value + step, 6) for step in _STEPS)
    rows = crossed(view.desk, period, view.person.sees, pulled, steps, target.id)
    limits, indicator = view.desk.limits, view.desk.register.indicator(target.indicator)
    met = [[_meets(value, target, limits.tolerance) for value in row] for row in rows]
    lead = view.say("plan.two.lead", name=words.aim(target.base_value, target.sense, indicator, view.language))
    show(html('<div class="pside"><h2>{}</h2><span>{}</span></div>', view.say("plan.two"), lead))
    heads = (view.say("plan.two.without"), view.say("plan.two.with"))
    show(
        drawing.crossed(rows, [drawing.growth_words(at) for at in steps], heads, (1, 2), met, indicator, view.language)
    )


def _meets(value: float | None, target: Target, tolerance: float) -> bool:
    return value is not None and is_met(value, target.base_value, target.sense, tolerance)


def _who(view: View, found: Scenario, pulled: tuple[Lever, ...]) -> None:
    """Who moves: by prefecture or class, parts by assumption."""
    with st.container(key="pwhohead", horizontal=True, vertical_alignment="center"):
        show(html('<div class="pside"><h2>{}</h2></div>', view.say("plan.who")), width="stretch")
        if not pulled:
            return
        by = choose(view, "pby", ("prefecture", "class"), view.say("plan.who.by"), "plan.who.")
    names = {
        code: text.say(view.language)
        for code, text in (PREFECTURES if by == "prefecture" else INDUSTRY_CLASSES).items()
    }
    for name in dict.fromkeys(lever.indicator for lever in pulled):
        indicator = view.desk.register.indicator(name)
        rows = by_place(found, view.desk.dataset.towns, name, _COLUMNS[by])
        if not rows:
            continue
        told = view.desk.register.indicator(indicator.numerator) if indicator.numerator else indicator
        said = [words.size(lever, view.desk.register, view.language) for lever in pulled if lever.indicator == name]
        show(
            html(
                '<h3 class="pwhat">{} <small>{}</small></h3>',
                told.label.say(view.language),
                words.unit_of(told, view.language),
            )
        )
        show(drawing.who(rows, names, said, told, view.language))
