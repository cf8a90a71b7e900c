"""Give one unit another figure: a hold before the set is fixed, an adjustment when it is in force."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cockpit.analysis.planning.sets import Plan
from cockpit.briefings.planning import Shared
from cockpit.ui.frame.shell import View
from cockpit.ui.plan import acts, page
from cockpit.wording import plan as words


def form(view: View, book: page.Book, plan: Plan, found: Shared) -> None:
    """Give one unit another figure: a hold before it is fixed, an adjustment in force."""
    kind = "held" if plan.is_open else "adjusted" if plan.state == "in_force" else ""
    if kind == "" or not acts.may(view, "held" if kind == "held" else "adjusted"):
        return
    box = acts.form_box(view.say("plan.hold"), "hold", icon=":material/lock:")
    if not box.open:
        return
    assert found.suggested is not None
    known, name = found.suggested.indicator, found.item.indicator
    towns = view.desk.dataset.towns
    frame = towns[towns["town_code"].astype(str).isin(found.suggested.bases)]
    units = [
        code
        for column in ("prefecture_adcode", "county_adcode", "town_code")
        for code in sorted(set(frame[column].astype(str)))
    ]
    about = f"{plan.id}|{name}|hold"
    with box:
        st.selectbox(
            view.say("plan.hold.unit"),
            units,
            format_func=lambda code: book.names.get(code, code),
            key=f"plan_unit|{about}",
        )
        in_words = words.unit_of(known, view.language)
        st.number_input(
            view.say("plan.hold.value", unit=in_words), min_value=0.0, value=None,
            format=f"%.{words.decimals_of(known, view.language)}f",
            key=f"plan_held|{about}|{view.language}",
        )  # fmt: skip
        if kind == "adjusted":
            st.selectbox(
                view.say("plan.against"), units, index=None, format_func=lambda code: book.names.get(code, code),
                key=f"plan_against|{about}",
            )  # fmt: skip

        def detail() -> dict[str, Any]:
            typed = st.session_state.get(f"plan_held|{about}|{view.language}")
            value = words.kept(typed, known, view.language)
            told = {"indicator": name, "unit": st.session_state.get(f"plan_unit|{about}") or "", "value": value}
            against = st.session_state.get(f"plan_against|{about}")
            return {**told, **({"against": against} if against else {})}

        acts.form(view, plan, "held" if kind == "held" else "adjusted", about, detail)
        if kind == "held":
            for held in found.item.held:
                st.button(
                    view.say("plan.release", unit=book.names.get(held, held)), key=f"plan_free|{about}|{held}",
                    on_click=acts.carry,
                    args=(view, plan.id, "released", about, lambda held=held: {"indicator": name, "unit": held}),
                )  # fmt: skip
