"""The filter bar, drawn once by the shell on every page and bound to the address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from cockpit.analysis.selection import (
    MOUNTAIN,
    PARAMETERS,
    Choices,
    Selection,
    normalise,
    read_parameters,
    write_parameters,
)
from cockpit.datasets.store.loading import Dataset
from cockpit.phrases import say
from cockpit.rights import Scope
from cockpit.ui.frame import address
from cockpit.ui.frame.folding import fold
from cockpit.ui.frame.showing import show
from cockpit.units import Period
from cockpit.visuals.marks.html import marked, opens
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Language

NAMES = (*PARAMETERS, "period", "set", "mountain", "q")


def clear() -> None:
    address.replace(NAMES, {})


@lru_cache(maxsize=8)
def _names(dataset: Dataset, language: Language) -> tuple[dict[str, str], dict[str, str]]:
    """Names of the counties and specialty industries by their codes."""
    towns = dataset.towns
    counties = towns["county_zh" if language == "zh" else "county_en"]
    specialty = towns["specialty_industry" if language == "zh" else "specialty_industry_en"].astype("str")
    return (
        dict(zip(towns["county_adcode"].astype("str"), counties, strict=True)),
        dict(zip(towns["specialty_industry"].astype("str"), specialty, strict=True)),
    )


def kept(choices: Choices, sees: Scope) -> Selection:
    """The selection as the address keeps it, on pages the bar does not rule and is not drawn on."""
    selection, junk = read_parameters(address.parameters(), choices, scope=sees)
    for item in junk:
        address.set_aside(item.parameter, [item.value])
    if junk:
        address.replace(NAMES, write_parameters(selection, choices))
    return selection


def filter_bar(
    dataset: Dataset, choices: Choices, set_names: Mapping[str, str], sees: Scope, language: Language
) -> Selection:
    """Draw the bar and return the selection; `set_names` are those of the sets of targets by id.

    One row: a field that is not set is a plain word, a set one a pill. The style sheet (frame.css) makes them so from
    the multiselects themselves, so that a pick is one click and its pill is the box it was picked in.
    """
    county_names, specialty = _names(dataset, language)
    scope = f"{language}|{dataset.key}"

    def label(key: str) -> str:
        return say(f"filter.{key}", language)

    def many(name: str, options: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
        def draw(widget: str) -> list[str]:
            return st.multiselect(
                label(name),
                options,
                format_func=lambda code: names.get(code, code),
                key=widget,
                placeholder=label(name),
                label_visibility="collapsed",
                width=120,
            )

        return address.choose_many(name, options, draw, scope)

    with st.container(key="filters", horizontal=True, gap="xsmall", vertical_alignment="center"):
        period = address.choose_one(
            "period",
            choices.periods,
            choices.default_period,
            lambda widget: st.selectbox(
                label("period"),
                choices.periods,
                format_func=lambda text: Period.parse(text).say(language),
                key=widget,
                label_visibility="collapsed",
                width=150,
            ),
            scope,
        )
        target_set = _target_set(choices, set_names, scope, language)
        prefectures = many(
            "prefecture", choices.prefectures, {code: name.say(language) for code, name in PREFECTURES.items()}
        )
        # Counties of the chosen prefectures only, but never without those already chosen in the address.
        chosen = set(address.get("county"))
        counties = tuple(
            code
            for code in choices.counties
            if not prefectures or choices.county_prefecture.get(code) in prefectures or code in chosen
        )
        county = many("county", counties, county_names)
        classes = many("class", choices.classes, {code: name.say(language) for code, name in INDUSTRY_CLASSES.items()})
        statuses = many("status", choices.statuses, {code: name.say(language) for code, name in LIST_STATUSES.items()})
        mountain = address.choose_one(
            "mountain",
            tuple(MOUNTAIN),
            "",
            lambda widget: st.selectbox(
                label("mountain"),
                tuple(MOUNTAIN),
                index=None,
                placeholder=label("mountain"),
                format_func=lambda code: say(f"filter.mountain_{code}", language),
                key=widget,
                label_visibility="collapsed",
                width=120,
            ),
            scope,
            is_blank_allowed=True,
        )
        industries = many("industry", choices.industries, specialty)
        search = address.choose_text(
            "q",
            lambda widget: st.text_input(
                label("search"),
                key=widget,
                placeholder=label("search"),
                label_visibility="collapsed",
                width=180,
                icon=":material/search:",
            ),
            scope,
        )
        selection = normalise(
            Selection(
                period=period,
                scope=sees,
                prefectures=prefectures,
                counties=county,
                classes=classes,
                statuses=statuses,
                industries=industries,
                mountain=MOUNTAIN.get(mountain),
                search=search,
                target_set=target_set,
            ),
            choices,
        )
        filtered = [name for name in write_parameters(selection, choices) if name not in ("period", "set")]
        fold(filtered, language)
        st.session_state["_count_slot"] = st.empty()
        st.button(
            label("clear"),
            key=f"clear|{language}",
            type="tertiary",
            on_click=clear,
            disabled=not filtered and period == choices.default_period,
        )
        st.session_state["_pack_slot"] = st.empty()
    return selection


def _target_set(choices: Choices, names: Mapping[str, str], scope: str, language: Language) -> str:
    if len(choices.sets) == 1:  # nothing to choose, and what the address asks for besides is told
        address.set_aside("set", [name for name in address.get("set") if name not in choices.sets])
        return choices.default_set
    return address.choose_one(
        "set",
        choices.sets,
        choices.default_set,
        lambda widget: st.selectbox(
            say("cards.set", language),
            choices.sets,
            format_func=lambda name: names[name],
            key=widget,
            label_visibility="collapsed",
            width=160,
        ),
        scope,
    )


def show_count(shown: int, total: int, language: Language) -> None:
    """Fill in how many towns are left, known only once the briefing is made; it opens them as a table."""
    slot = st.session_state.pop("_count_slot")
    told = marked("filter.count", language, shown=shown, all=total)
    show(
        html(
            '<span class="town-count"><span class="to" {}>{}</span></span>',
            opens("towns", say("filter.count_open", language)),
            told,
        ),
        width="content",
        at=slot,
    )
