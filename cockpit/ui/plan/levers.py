"""The assumptions of a scenario: kept in the address, moved by sliders, added by a form, saved under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from cockpit.acting import PLAN
from cockpit.analysis.briefing import Scenario, places_of
from cockpit.analysis.briefing.levers import MOST_LEVERS, WHERES, Lever, LeverKind, Pulled, kinds_for, read_lever
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.briefings.desks import cube_seen
from cockpit.briefings.plan_book import Saved
from cockpit.briefings.scenarios import keep_scenario, name_of
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.ui.frame import acting, address
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import acts
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES
from cockpit.wording import data as data_words
from cockpit.wording import plan as words

_NAME: Final = "lever"
_YEARS: Final = 3
# Ends and step of the sliders, in per cent.
_SLIDES: Final[Mapping[LeverKind, tuple[float, float, float]]] = {
    "growth": (-20.0, 30.0, 0.1),
    "share": (0.0, 100.0, 0.5),
}


def asked(view: View) -> tuple[Lever, ...]:
    """The levers in the address; what is none, or names a place the reader does not see, is told and left out."""
    texts = address.get(_NAME)
    found: dict[str, Lever] = {}
    places: set[tuple[str, ...]] = set()  # one lever a figure and a place: of two nobody knows which is meant
    for text in texts:
        lever = read_lever(text, view.desk.register.indicators)
        if lever is None or not _is_known(view, lever) or len(found) >= MOST_LEVERS or _place(lever) in places:
            address.set_aside(_NAME, [] if lever and str(lever) in found else [text])
        else:
            places.add(_place(lever))
            found[str(lever)] = lever
    address.put(_NAME, list(found))
    return tuple(found.values())


def _place(lever: Lever) -> tuple[str, ...]:
    return lever.kind, lever.indicator, lever.where, lever.code


def _is_known(view: View, lever: Lever) -> bool:
    places = _codes(view, lever.where)
    return not lever.code or lever.code in places


def _codes(view: View, where: str) -> dict[str, str]:
    """Places of a kind within the reader's scope, with their names."""
    sees, language = view.person.sees, view.language
    if where == "prefecture":
        return {code: text.say(language) for code, text in PREFECTURES.items() if sees.is_all or sees.holds_area(code)}
    if where == "class":
        return {code: text.say(language) for code, text in INDUSTRY_CLASSES.items()}
    if where == "town":
        towns = view.desk.dataset.towns
        columns = (towns[name].astype(str) for name in ("town_code", f"name_{language}", "county_adcode"))
        return {code: name for code, name, county in zip(*columns, strict=True) if sees.holds(code, county)}
    return {}


def moved_to(lever: Lever, value: float) -> Lever:
    return replace(lever, value=value)


def observed(view: View, lever: Lever, period: str) -> float | None:
    """Growth a year of the towns a lever is on over three years, of those that reported both."""
    cube = cube_seen(view.desk, view.person.sees)
    places = places_of(view.desk.dataset.towns)
    now, then = cube.of(lever.indicator, period), cube.of(lever.indicator, str(int(period) - _YEARS))
    known = (now == now) & (then == then) & cube.in_scope("province", period)
    if lever.where != "all":
        known &= places[lever.where] == (lever.code or "1")
    if not known.any() or cube.hides(known):
        return None
    return yearly_growth(float(then[known].sum()), float(now[known].sum()), _YEARS)


def panel(view: View, found: Scenario, pulled: tuple[Lever, ...], names: Mapping[str, str]) -> None:
    """Every assumption with what it touches, its slider and a way out; the form for one more."""
    lead = view.say("plan.levers.count", count=len(pulled)) if pulled else ""
    show(html('<div class="pside"><h2>{}</h2><span>{}</span></div>', view.say("plan.levers"), lead))
    for place, (lever, did) in enumerate(zip(pulled, found.pulled, strict=True)):
        _one(view, place, lever, did, pulled, names)
    _form(view, pulled)


def _one(
    view: View, place: int, lever: Lever, did: Pulled, pulled: tuple[Lever, ...], names: Mapping[str, str]
) -> None:
    register, language = view.desk.register, view.language
    indicator = register.indicator(lever.indicator)
    with st.container(key=f"plever{place}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            where = words.where(lever, names, language)
            label, size = indicator.label.say(language), words.size(lever, register, language)
            show(html('<p class="plev"><b>{}</b> {} <em>{}</em></p>', label, where, size), width="stretch")
            st.button(
                "×", key=f"plan_off|{place}|{language}", help=view.say("plan.lever.out"), type="tertiary",
                on_click=address.replace, args=((_NAME,), {_NAME: [str(at) for at in pulled if at is not lever]}),
            )  # fmt: skip
        if lever.kind in _SLIDES:
            low, high, step = _SLIDES[lever.kind]
            key = f"plan_l|{lever.kind}|{lever.indicator}|{lever.where}|{lever.code}|{language}"
            widget = address.seeded(key, min(max(round(lever.value * 100, 1), low), high))
            st.slider(
                view.say(f"plan.kind.{lever.kind}"), low, high, step=step, format="%.1f%%", key=widget,
                label_visibility="collapsed", on_change=_slid, args=(key, place, pulled),
            )  # fmt: skip
            address.drawn(widget)
        show(html('<p class="note">{}</p>', _touched(view, lever, did, indicator)))


def _touched(view: View, lever: Lever, did: Pulled, indicator: Indicator) -> str:
    told = view.desk.register.indicator(indicator.numerator) if indicator.numerator else indicator
    change = words.amount(float(did.change.sum()), told, view.language)
    kind = lever.kind if lever.kind in ("fill", "share") else "list" if indicator.origin_of_value == "list" else ""
    key = f"plan.touched.{kind}" if kind else "plan.touched"
    said = view.say(key, touched=did.touched, meant=did.meant, change=change)
    is_below = any(at.denominator == lever.indicator for at in view.desk.register.indicators.values())
    return said + view.say("plan.touched.rest") if is_below and not kind else said


def _slid(key: str, place: int, pulled: tuple[Lever, ...]) -> None:
    value = round(float(st.session_state[key]) / 100, 6)
    changed = [str(replace(lever, value=value) if at == place else lever) for at, lever in enumerate(pulled)]
    address.put(_NAME, changed)


def _form(view: View, pulled: tuple[Lever, ...]) -> None:
    if len(pulled) >= MOST_LEVERS:
        st.caption(view.say("plan.lever.most", count=MOST_LEVERS))
        return
    box = acts.form_box(view.say("plan.lever.add"), "lever", icon=":material/add:")
    if not box.open:
        return
    register, language = view.desk.register, view.language
    aimed = dict.fromkeys(target.indicator for target in register.targets.values())
    names = {
        name: register.indicator(name).label.say(language) for name in aimed if kinds_for(register.indicator(name))
    }
    with box:
        first = next((name for name in names if register.indicator(name).unit == "yuan"), next(iter(names)))
        name = st.selectbox(
            view.say("plan.lever.indicator"), list(names), index=list(names).index(first),
            format_func=names.__getitem__, key=f"plan_li|{language}",
        )  # fmt: skip
        indicator = register.indicator(name)
        kinds = kinds_for(indicator)
        kind = st.segmented_control(
            view.say("plan.lever.kind"), kinds, default=kinds[0], required=True,
            key=f"plan_lk|{'+'.join(kinds)}|{language}",  # what was picked holds for every figure that has the choice
            format_func=lambda at: view.say(f"plan.kind.{at}"),
        )  # fmt: skip
        where, code = _where(view)
        value = 0.0
        if kind != "fill":
            unit = "%" if kind in _SLIDES else words.unit_of(indicator, language)
            typed = st.number_input(
                view.say("plan.lever.value", unit=unit), value=70.0 if kind == "share" else 5.0,
                key=f"plan_lv|{kind}|{name}|{language}",
            )  # fmt: skip
            value = float(typed) * (0.01 if kind in _SLIDES else words.divisor_of(indicator, language))
        lever = read_lever(str(Lever(kind, name, where, code, value)), register.indicators)  # type: ignore[arg-type]
        st.button(
            view.say("plan.lever.put"), key=f"plan_put|{language}", type="primary", disabled=lever is None,
            on_click=_put, args=(pulled, lever),
        )  # fmt: skip


def _put(pulled: tuple[Lever, ...], lever: Lever) -> None:
    """Add an assumption; it takes the place of one on the same figures."""
    others = [str(at) for at in pulled if _place(at) != _place(lever)]
    address.replace((_NAME,), {_NAME: [*others, str(lever)]})
    acts.shut()


def _where(view: View) -> tuple[str, str]:
    words_of = {**{name: view.say(f"plan.where.{name}") for name in ("all", "mountain")},
                **{name: view.say(f"plan.who.{name}") for name in ("prefecture", "class")},
                "town": view.say("plan.where.town")}  # fmt: skip
    where = st.segmented_control(
        view.say("plan.lever.where"), WHERES, default="all", required=True, format_func=words_of.__getitem__,
        key=f"plan_lw|{view.language}",
    )  # fmt: skip
    places = _codes(view, where)
    if not places:
        return where, ""
    code = st.selectbox(
        words_of[where], list(places), format_func=places.__getitem__, key=f"plan_lc|{where}|{view.language}",
        label_visibility="collapsed",
    )  # fmt: skip
    return where, code or ""


def saved(view: View, found: Sequence[Saved], pulled: tuple[Lever, ...]) -> None:
    """Saved scenarios to be looked at again; one of an older version says so."""
    if not found:
        return
    box = acts.form_box(view.say("plan.saved.count", count=len(found)), "list")
    if not box.open:
        return
    may_drop = view.person.rights.may(PLAN.verb)
    with box:
        now = view.desk.dataset.manifest.number
        for item in found:
            old = view.say("plan.saved.old", number=item.number, now=now) if item.number != now else ""
            known = [text for text in item.levers if read_lever(text, view.desk.register.indicators)]
            holds = {_NAME: known, "set": [item.target_set] if item.target_set in view.desk.register.sets else []}
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    item.name, key=f"plan_saved|{item.name}", help=f"{item.by} {old}".strip(), width="stretch",
                    on_click=_look_at, args=(holds,),
                )  # fmt: skip
                if may_drop:
                    st.button(
                        view.say("plan.saved.drop"), key=f"plan_drop|{item.name}|{view.language}", type="tertiary",
                        on_click=_keep, args=(view, item.name, ()), kwargs={"is_dropped": True},
                    )  # fmt: skip
            if old:
                st.caption(old)
        if may_drop:
            acting.fields(view, PLAN, "drop")


def _look_at(holds: dict[str, list[str]]) -> None:
    """Pull the levers of a saved scenario, by the set it was saved with."""
    address.replace((_NAME, "set"), holds)
    acts.shut()


def save(view: View, found: Sequence[Saved], pulled: tuple[Lever, ...]) -> None:
    """Save the assumptions under a name, for who may plan; a name of the list is given up only where that is ticked."""
    if not view.person.rights.may(PLAN.verb):
        st.caption(view.say("plan.unsaved"))
        return
    box = acts.form_box(view.say("plan.save"), "save")
    if not box.open:
        return
    with box:
        typed = name_of(str(st.text_input(view.say("plan.save.name"), key="plan_save_name", max_chars=40)))
        known = next((item for item in found if item.name == typed), None)
        replaces = known
        if known is not None:
            label = view.say("plan.save.replace", name=known.name, by=known.by)
            replaces = known if st.checkbox(label, key=f"plan_save_over|{known.name}") else None
        if acting.fields(view, PLAN, "scenario"):
            st.button(
                view.say("plan.save"), key=f"plan_save_do|{view.language}", type="primary", on_click=_save,
                args=(view, pulled, replaces),
            )  # fmt: skip


def _save(view: View, pulled: tuple[Lever, ...], replaces: Saved | None) -> None:
    _keep(view, str(st.session_state.get("plan_save_name") or ""), pulled, replaces=replaces)


def _keep(
    view: View, name: str, pulled: tuple[Lever, ...], *, replaces: Saved | None = None, is_dropped: bool = False
) -> None:
    """Save under a name, or take the name off the list; what stands in the way is told in the next run."""
    about = "drop" if is_dropped else "scenario"
    try:
        keep_scenario(view.desk, name, pulled, acting.act(PLAN, about), replaces=replaces, is_dropped=is_dropped)
    except LogUnavailable as error:
        acts.tell("warning", unavailable_words(error, view.language))
    except DatasetError as error:
        acts.tell("warning", data_words.fault(error, view.language))
    else:
        acting.clear(PLAN, about)
        said = "plan.saved.dropped" if is_dropped else "plan.saved.done"
        acts.tell("success", say(said, view.language, name=name.strip()))
