"""Step 4: how far every prefecture, county and town is on its own line."""

from __future__ import annotations

import streamlit as st

from cockpit.analysis.briefing import PATHS, areas_of, lines_seen, track
from cockpit.analysis.planning.records import targets_of
from cockpit.briefings.planning import is_shared, shared_out
from cockpit.exports.notes import period_words
from cockpit.ui.frame import address
from cockpit.ui.frame.segments import choose
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import page
from cockpit.units import percent
from cockpit.visuals.marks.markup import html
from cockpit.visuals.plan import track as drawing
from cockpit.wording import plan as words


def step(view: View, book: page.Book) -> None:
    """The units of one indicator with milestones; a preview until the set is in force."""
    plan = book.plan
    sums = {}
    if plan is not None:
        chosen = page.chosen_indicators(view, plan)
        sums = {name: item for name, item in chosen.items() if is_shared(item)}
    if plan is None or not sums:
        page.nothing(view, "plan.no_set" if plan is None else "plan.nothing_chosen")
        return
    asked = address.get("pind")
    if asked and asked[0] not in sums and asked[0] in plan.items:
        address.put("pind", [])  # a share or the list has no line of its own
    default = next((name for name, item in sums.items() if item.unit == "yuan"), next(iter(sums)))
    with st.container(key="ptop", horizontal=True, vertical_alignment="center", gap="small"):
        head = st.container(width="stretch")
        name = page.picked_indicator(view, sums, default)
        path = choose(view, "path", PATHS, view.say("plan.track.path"), "plan.path.")
        with head:
            lead = f"{sums[name].label.say(view.language)} {page.amount_words(view, plan, name)}"
            lead += view.say("plan.track.unit", unit=words.unit_of(sums[name], view.language))
            show(
                page.title(
                    view,
                    view.say("plan.track.title", year=plan.year),
                    lead,
                    is_fixed=plan.is_in_force,
                )
            )
    if not plan.is_in_force:
        st.info(view.say("plan.track.not_yet", state=words.state(plan, view.language)), icon=":material/info:")
    found = shared_out(view.desk, plan, name)
    if found.suggested is None:
        page.cannot(view, found)
        return
    towns = view.desk.dataset.towns
    opened = page.opened(areas_of(towns))
    told = lines_seen(found.item, found.suggested, found.by_town, towns, opened, view.person.sees)
    target = next(at for at in targets_of(plan, view.desk.register).values() if at.indicator == name)
    standing = track(
        view.desk.cube, towns, sums[name], target, found.by_town, told, plan.since, path, view.desk.limits,  # type: ignore[arg-type]
    )  # fmt: skip
    period = period_words(view.desk.cube.periods[-1], view.language)
    show(drawing.table(standing, book.names, opened, sums[name], (plan.since, plan.year), period, view.language))
    coverage = percent(view.desk.limits.coverage, decimals=0)
    show(html('<p class="note">{}</p>', view.say("plan.track.rule", coverage=coverage)))
