"""The filter bar, drawn once by the shell on every page and bound to the address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from cockpit.analysis.selection import MOUNTAIN, PARAMETERS, Choices, Selection, normalise
from cockpit.datasets.store.loading import Dataset
from cockpit.phrases import say
from cockpit.ui.frame import address
from cockpit.ui.frame.showing import show
from cockpit.units import Period
from cockpit.visuals.marks.html import marked
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


def filter_bar(dataset: Dataset, choices: Choices, set_names: Mapping[str, str], language: Language) -> Selection:
    """Draw the bar and return the selection; `set_names` are those of the sets of targets by id."""
    county_names, specialty = _names(dataset, language)
    scope = f"{language}|{dataset.key}"

    def label(key: str) -> str:
        return say(f"filter.{key}", language)

    def many(name: str, key: str, options: tuple[str, ...], names: dict[str, str], width: int) -> tuple[str, ...]:
        placeholder = say("filter.all_of", language, label=label(key), count=len(options))

        def draw(widget: str) -> list[str]:
            return st.multiselect(
                label(key),
                options,
                format_func=lambda code: names.get(code, code),
                key=widget,
                placeholder=placeholder,
                label_visibility="collapsed",
                width=width,
            )

        return address.choose_many(name, options, draw, scope)

    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="center"):
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
        target_set = choices.default_set
        if len(choices.sets) == 1:  # nothing to choose, and what the address asks for besides is told
            address.set_aside("set", [name for name in address.get("set") if name not in choices.sets])
        else:
            target_set = address.choose_one(
                "set",
                choices.sets,
                choices.default_set,
                lambda widget: st.selectbox(
                    say("cards.set", language),
                    choices.sets,
                    format_func=lambda name: set_names[name],
                    key=widget,
                    label_visibility="collapsed",
                    width=160,
                ),
                scope,
            )
        prefectures = many(
            "prefecture",
            "prefecture",
            choices.prefectures,
            {code: name.say(language) for code, name in PREFECTURES.items()},
            170,
        )
        # Counties of the chosen prefectures only, but never without those already chosen in the address.
        chosen = set(address.get("county"))
        counties = tuple(
            code
            for code in choices.counties
            if not prefectures or choices.county_prefecture.get(code) in prefectures or code in chosen
        )
        county = many("county", "county", counties, county_names, 190)
        classes = many(
            "class",
            "class",
            choices.classes,
            {code: name.say(language) for code, name in INDUSTRY_CLASSES.items()},
            160,
        )
        statuses = many(
            "status",
            "status",
            choices.statuses,
            {code: name.say(language) for code, name in LIST_STATUSES.items()},
            170,
        )
        search = address.choose_text(
            "q",
            lambda widget: st.text_input(
                label("search"),
                key=widget,
                placeholder=label("search"),
                label_visibility="collapsed",
                width=190,
                icon=":material/search:",
            ),
            scope,
        )
        with st.popover(label("more")):
            industries = many("industry", "industry", choices.industries, specialty, 320)
            mountain = address.choose_one(
                "mountain",
                ("all", *MOUNTAIN),
                "all",
                lambda widget: st.selectbox(
                    label("mountain"),
                    ("all", *MOUNTAIN),
                    format_func=lambda code: say(f"filter.mountain_{code}", language),
                    key=widget,
                    label_visibility="collapsed",
                    width=320,
                ),
                scope,
            )
        selection = normalise(
            Selection(
                period=period,
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
        st.space("stretch")
        st.session_state["_count_slot"] = st.empty()
        st.button(
            label("clear"),
            key=f"clear|{language}",
            type="tertiary",
            on_click=clear,
            disabled=not selection.is_filtered and period == choices.default_period,
        )
        st.session_state["_pack_slot"] = st.empty()
    return selection


def show_count(shown: int, total: int, language: Language) -> None:
    """Fill in how many towns are left, known only once the briefing is made."""
    slot = st.session_state.pop("_count_slot")
    show(
        html('<span class="town-count">{}</span>', marked("filter.count", language, shown=shown, all=total)),
        width="content",
        at=slot,
    )
