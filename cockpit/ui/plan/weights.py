"""The weights a breakdown is made by: as written, on trial in the address, and written anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cockpit.analysis.planning.sets import Plan
from cockpit.briefings.planning import Shared, is_shared
from cockpit.policy.records import Indicator
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import acts
from cockpit.units import percent
from cockpit.visuals.marks.markup import html
from cockpit.visuals.plan import breakdown as drawing
from cockpit.wording import plan as words


def trial(view: View, plan: Plan, name: str) -> tuple[tuple[str, float], ...] | None:
    """Weights on trial, as the address holds them; None for those written."""
    known = view.desk.register.planning.weights
    asked = "".join(address.get("pw")[:1])
    if not asked:
        return None
    found: dict[str, float] = {}
    for part in asked.split(","):
        key, _, per_cent = part.partition("-")
        if key in known and per_cent.isdecimal() and int(per_cent) <= 100:
            found[key] = int(per_cent) / 100
    if len(found) != len(known) or plan.state not in ("draft", "comment"):
        address.set_aside("pw", [asked])
        address.put("pw", [])
        return None
    return tuple(found.items()) if sum(found.values()) > 0 else None


def _slid(view: View, keys: Mapping[str, str], written: Mapping[str, float]) -> None:
    given = {name: int(st.session_state[key]) for name, key in keys.items()}
    same = all(given[name] == round(100 * written[name]) for name in given)
    address.put("pw", [] if same else [",".join(f"{name}-{value}" for name, value in given.items())])


def panel(view: View, plan: Plan, found: Shared, known: Indicator) -> None:
    """The weights as they count here, to be tried by who may plan; bounds beside."""
    design = view.desk.register.planning
    written = {name: found.item.mix.get(name, item.value) for name, item in design.weights.items()}
    show(
        html(
            '<div class="pside"><h2>{}</h2><span>{}</span></div>',
            view.say("plan.weights"),
            view.say("plan.trial") if address.get("pw") else "",
        )
    )
    if plan.is_open and acts.may(view, "shared") and is_shared(known):
        keys = {name: f"plan_w|{name}|{view.language}" for name in design.weights}
        tried = dict(trial(view, plan, found.item.indicator) or ())
        for name, item in design.weights.items():
            widget = address.seeded(keys[name], round(100 * tried.get(name, written[name])))
            st.slider(
                item.label.say(view.language), 0, 100, step=1, format="%d%%", key=widget,
                help=item.reading.say(view.language), on_change=_slid, args=(view, keys, written),
            )  # fmt: skip
            address.drawn(widget)
        if sum(int(st.session_state[key]) for key in keys.values()) == 0:
            st.warning(view.say("plan.weights.zero"))
        _writing(view, plan, found, known)
    pairs = [
        (view.say("plan.limit.floor"), percent(design.limit("floor"), decimals=0)),
        (view.say("plan.limit.ceiling"), percent(design.limit("ceiling"), decimals=0)),
        (view.say("plan.limit.mountain"), percent(design.limit("ceiling_mountain"), decimals=0)),
        (view.say("plan.limit.held"), view.say("plan.limit.units", count=len(found.item.held))),
    ]
    show(drawing.facts("", pairs))


def _writing(view: View, plan: Plan, found: Shared, known: Indicator) -> None:
    """Weights and reserve written into the set."""
    box = acts.form_box(view.say("plan.do.shared"), "share", width="stretch")
    if not box.open:
        return
    divisor, name = words.divisor_of(known, view.language), found.item.indicator
    about = f"{plan.id}|{name}|share"
    with box:
        unit = words.unit_of(known, view.language)
        st.number_input(
            view.say("plan.reserve_value", unit=unit), min_value=0.0, value=found.item.reserve / divisor,
            format=f"%.{words.decimals_of(known, view.language)}f", key=f"plan_reserve|{about}|{view.language}",
        )  # fmt: skip

        def detail() -> dict[str, Any]:
            tried = trial(view, plan, name)
            typed = st.session_state.get(f"plan_reserve|{about}|{view.language}")
            mix = dict(tried) if tried is not None else dict(found.item.mix)
            return {"indicator": name, "mix": mix, "reserve": words.kept(typed, known, view.language) or 0.0}

        acts.form(view, plan, "shared", about, detail)
