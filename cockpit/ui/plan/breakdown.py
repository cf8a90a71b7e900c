"""Step 2: who carries how much of a sum, from the province to the towns; of a share, the floor of every town."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from cockpit.analysis.briefing import areas_of, disagreeing, lines, lines_seen
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.analysis.planning.sets import Plan
from cockpit.briefings.planning import Shared, is_shared, raised, shared_out
from cockpit.datasets.boundaries import read_boundaries
from cockpit.exports.plan import plan_book
from cockpit.policy.records import Indicator
from cockpit.ui.frame import address
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.picture import drawing as draw
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import answers, holding, page, weights
from cockpit.units import percent
from cockpit.visuals.map.shapes import areas
from cockpit.visuals.marks.markup import html
from cockpit.visuals.plan import breakdown as drawing
from cockpit.wording import plan as words

_WITHIN: Final = 0.03  # a stated figure further away than this is marked


def step(view: View, book: page.Book) -> None:
    """The indicator picked, broken down; what cannot be is told with its bounds."""
    plan = book.plan
    names = page.chosen_indicators(view, plan) if plan else {}
    if plan is None or not names:
        page.nothing(view, "plan.no_set" if plan is None else "plan.nothing_chosen")
        return
    default = next((name for name, item in names.items() if item.unit == "yuan"), next(iter(names)))
    asked = address.get("pind")
    if asked and asked[0] not in names and asked[0] in plan.items:
        address.put("pind", [])  # left out of the set: another is shown
    with st.container(key="ptop", horizontal=True, vertical_alignment="center", gap="small"):
        head = st.container(width="stretch")
        name = page.picked_indicator(view, names, default)
        found = shared_out(view.desk, plan, name, weights.trial(view, plan, name))
        with head:
            show(_title(view, plan, name))
        if (written := shared_out(view.desk, plan, name)).assigned is not None:
            _outward(view, plan, written)
    if found.why is not None:
        page.cannot(view, found)
    elif found.level is not None:
        _floors(view, plan, names[name])
    elif found.suggested is None:
        st.info(view.say("plan.list.none"), icon=":material/info:")
    if found.suggested is not None:
        _tree(view, book, plan, found)
    elif found.why is not None:
        weights.panel(view, plan, found, names[name])


def _title(view: View, plan: Plan, name: str) -> Any:
    indicator = view.desk.register.indicator(name)
    key = "plan.ratio.title" if indicator.is_ratio else "plan.break.title"
    said = view.say(
        key, year=plan.year, name=indicator.label.say(view.language), value=page.amount_words(view, plan, name)
    )
    units = ""
    if is_shared(indicator):
        kind = "plan.break.units" if indicator.unit == "yuan" else "plan.break.units_count"
        units = view.say(kind, unit=words.unit_of(indicator, view.language), base=plan.since)
    return page.title(view, said, units)


def _outward(view: View, plan: Plan, found: Shared) -> None:
    """The workbook to send round, and where answers are read back: of what is written, never of weights on trial."""
    known = view.desk.register.indicator(found.item.indicator)
    assert found.suggested is not None
    suggested = found.suggested

    def made() -> bytes:
        return plan_book(
            suggested, view.desk.dataset.towns, view.desk.register.planning, view.language,
            is_simulated=view.briefing.is_simulated(), set_id=plan.id, number=plan.number,
            in_force=view.say(f"plan.state.{plan.state}") if plan.is_in_force else "",
            assigned=found.by_town, seen=view.person.sees,
        )  # fmt: skip

    file = f"plan-{plan.id}-{known.id}-{view.desk.dataset.name}.xlsx"
    offer(view, view.say("plan.book"), made, file, key="plan_book")
    answers.reader(view, plan, found)


def _tree(view: View, book: page.Book, plan: Plan, found: Shared) -> None:
    suggested = found.suggested
    assert suggested is not None
    towns, seen = view.desk.dataset.towns, view.person.sees
    opened = page.opened(areas_of(towns))
    told = lines_seen(found.item, suggested, found.by_town, towns, opened, seen)
    mean = yearly_growth(sum(suggested.bases.values()), sum(found.by_town.values()), plan.year - suggested.base_year)
    tree = drawing.Tree(
        told, book.names, suggested.indicator, suggested.base_year, plan.year,
        view.desk.register.planning.limit("ceiling_mountain"), mean, _WITHIN, opened, plan.state == "comment",
    )  # fmt: skip
    work, side = st.columns([3.3, 1], gap="medium")
    with work:
        show(drawing.table(tree, _reserve(view, found), view.language))
        show(html('<p class="note">{}</p>', view.say("plan.rule", within=percent(_WITHIN, decimals=0))))
        if seen.is_all:
            holding.form(view, book, plan, found)
    with side:
        if seen.is_all:
            show(
                html(
                    '<div class="pside"><h2>{}</h2><span>{}</span></div>',
                    view.say("plan.map"),
                    view.say("plan.col.shift") + " " + view.say("plan.points"),
                )
            )
            shapes = areas(read_boundaries("prefectures_light"))
            draw(drawing.shift_map(told, shapes, view.language), "plan_map")
            show(drawing.proof(_checks(view, found), view.language))
        weights.panel(view, plan, found, suggested.indicator)


def _reserve(view: View, found: Shared) -> Any:
    assert found.suggested is not None
    lacking = found.suggested.without_base
    known = view.desk.register.indicator(found.item.indicator)
    towns = view.desk.dataset.towns
    names = dict(zip(towns["town_code"].astype(str), towns[f"name_{view.language}"].astype(str), strict=True))
    listed = "、".join(names[code] for code in lacking if view.person.sees.is_all)
    value = words.amount(found.item.reserve, known, view.language, is_bare=True)
    told = view.say("plan.reserve_for", count=len(lacking))
    title = view.say("plan.reserve_named", names=listed) if listed else ""
    return drawing.reserve_row(value, told, title, view.language)


def _checks(view: View, found: Shared) -> list[drawing.Check]:
    """The proof: what was summed, what was rounded, who carries less than he has, who does not agree."""
    assert found.suggested is not None
    known, towns = found.suggested.indicator, view.desk.dataset.towns
    deep = lines(found.item, found.suggested, found.by_town, towns, areas_of(towns))

    def said(value: float) -> str:
        return words.amount(value, known, view.language, is_bare=True)

    carried, total, close = sum(found.by_town.values()), found.item.value or 0.0, found.suggested.unit / 2
    off = carried + found.item.reserve - total
    levels = ("prefecture", "county", "town")
    sums = (sum(line.assigned for line in deep if line.level == level) for level in levels)
    is_exact = abs(off) < close
    bases = found.suggested.bases
    kept = sum(found.by_town.get(code, 0.0) >= base for code, base in bases.items())
    silent = sum(line.stated is None for line in deep if line.level == "prefecture")
    apart = disagreeing(deep, _WITHIN)
    shown = f"{said(carried)} + {said(found.item.reserve)} = {said(total)}"
    return [
        drawing.Check("sum", shown, is_exact and all(abs(value - carried) < close for value in sums)),
        drawing.Check("whole", view.say("plan.proof.difference", value=said(off)), is_exact),
        drawing.Check("base", view.say("plan.proof.towns", count=kept, all=len(bases)), kept == len(bases)),
        drawing.Check("stated", view.say("plan.proof.apart", apart=apart, silent=silent), not apart and not silent),
    ]


def _floors(view: View, plan: Plan, indicator: Indicator) -> None:
    """A share: who has to come up, and to what."""
    found, aim = raised(view.desk, plan, indicator.id), plan.items[indicator.id].value or 0.0
    if not found.raised:
        show(html('<p class="note">{}</p>', view.say("plan.ratio.met", base=found.base_year, now=percent(found.now))))
        return
    told = view.say(
        "plan.ratio.level",
        below=len(found.raised),
        level=percent(found.level),
        now=percent(found.now),
        aim=percent(aim),
    )
    show(html('<p class="note">{}</p>', told))
    answers.floors(view, found)
