"""Parts of the vitality page: title, ranking, why one town differs, what the index is made of."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Trial, Vitality
from cockpit.briefings import vitality
from cockpit.figure_sources import VITALITY, FigureKey
from cockpit.phrases import say
from cockpit.town_codes import printed
from cockpit.ui.frame import address
from cockpit.ui.frame.segments import choose, is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import grid, led
from cockpit.units import Period, percent
from cockpit.visuals.marks.html import marked, narrowing, opens
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
from cockpit.visuals.marks.source_button import source_button
from cockpit.visuals.vitality import ranking as vitality_drawing
from cockpit.visuals.vitality import tables as index_tables
from cockpit.visuals.vitality.ranking import OVERALL, WITHIN, Columns, badge, class_name, points
from cockpit.visuals.vitality.waterfall import waterfall
from cockpit.vocabulary import LIST_STATUSES, PREFECTURES, Language

ROWS: Final = 26  # of one page of the ranking


def columns() -> list[Any]:
    return st.columns([1128, 728], gap="small")


def found(view: View) -> Vitality | None:
    """The index of the year on screen; None (and the reason drawn) where no town has one."""
    index = vitality(view.desk, view.briefing.selection.period, view.person.sees)
    _title(view, index)
    if index is not None and not index.is_empty and offered(view, index):
        return index
    name = view.say(f"dataset.{view.desk.dataset.name}")
    text = view.say("vitality.no_year", dataset=name)
    if index is not None:
        text = view.say("vitality.none", dataset=name, all=len(index.ranking))
    st.info(text, icon=":material/info:")
    design(view, index)
    return None


def _title(view: View, index: Vitality | None) -> None:
    say_, plan = view.say, view.desk.register.vitality
    top = plan.index
    method = say_("vitality.method", dimensions=len(plan.dimensions), items=len(plan.items), draws=top.draws)
    aside = ""
    if index is not None:
        aside = say_(
            "vitality.when",
            period=Period.parse(index.period).say(view.language),
            ranked=len(index.ranked),
            all=len(index.ranking),
        )
        asked = Period.parse(view.briefing.selection.period)
        if str(asked) != index.period:
            shown = Period.parse(index.period).say(view.language)
            aside = f"{say_('vitality.within_year', asked=asked.say(view.language), period=shown)} {aside}"
    mark = badge(view.language) if view.briefing.is_simulated() else EMPTY
    own = say_("vitality.own", version=top.version)
    show(
        html(
            '<section class="vhead"><h1>{}</h1><p>{}<span class="own">{}</span> {}</p>'
            '<p class="when">{} {}</p></section>',
            say_("vitality.title"),
            marked("vitality.lead", view.language),
            own,
            method,
            aside,
            mark,
        )
    )


def default_town(view: View, index: Vitality) -> str:
    """The town explained at first: the best of those shown."""
    shown = _shown(index, view)
    if len(shown):
        return str(shown.index[0])
    kept = [code for code in view.briefing.towns["town_code"].astype("str") if code in index.ranking.index]
    return (kept or offered(view, index))[0]


def offered(view: View, index: Vitality) -> list[str]:
    """The towns that may be explained: all the reader may see, best first."""
    return [code for code in map(str, index.ranking.index) if code in view.briefing.seen]


def chosen_town(view: View, index: Vitality) -> str:
    """The town explained: the one in the address, else the first shown; a click on a row picks another."""
    asked = address.get("town")
    return asked[0] if asked and asked[0] in offered(view, index) else default_town(view, index)


def _shown(index: Vitality, view: View) -> pd.DataFrame:
    """Ranked towns the filters leave."""
    kept = set(view.briefing.towns["town_code"].astype("str"))
    return index.ranked[index.ranked.index.isin(kept)]


def ranking(view: View, index: Vitality, trial: Trial | None, town: str) -> None:
    """The ranking of the shown towns with their intervals, page by page; a single town gets scores and no rank."""
    shown = _shown(index, view)
    simulated = badge(view.language) if view.briefing.is_simulated() else EMPTY
    with st.container(key="vrankcard"):
        with st.container(key="vrankhead", horizontal=True, gap="small", vertical_alignment="center"):
            note = view.say("vitality.ranking_note")
            if view.briefing.selection.is_filtered:
                note = view.say("vitality.filtered_note", all=len(index.ranked))
            show(
                html(
                    '<h2>{} {}</h2><span class="find" title="{}">{}</span>',
                    view.say("vitality.ranking"),
                    simulated,
                    note,
                    note,
                ),
                width="stretch",
            )
            scope = choose(view, "scope", ("overall", "class"), view.say("vitality.scope"), "vitality.")
            kind = _class_choice(view, index, town) if scope == "class" else ""
            as_table = is_table(view, "vitview")
        marks = WITHIN if kind else OVERALL
        paged = (0, 1)
        if kind:
            shown = shown[shown["industry_class"] == kind].sort_values(["class_rank", "name_zh"], kind="stable")
        if not len(shown):
            show(html('<p class="note">{}</p>', view.say("vitality.none_shown")))
        elif len(view.briefing.towns) == 1:
            _one_town(view, index, str(shown.index[0]))
        elif as_table:
            frame = index_tables.ranking_frame(index, shown, marks, trial, view.language)
            decimals = {str(name): "%.1f" for name in frame.columns[frame.dtypes == "float64"]}
            named = view.say("vitality.town")
            pairs = zip(shown.index.astype("str"), frame[named], strict=True)
            towns = [town_name(code, name, view.language, is_walked=True) for code, name in pairs]
            led(view, frame, {named: towns}, view.say("vitality.ranking"), decimals)
        else:
            paged = _page(view, index, shown, marks, trial, town)
        _foot(view, index, *paged)


def _class_choice(view: View, index: Vitality, town: str) -> str:
    """The class ranked within: the one filtered to, else one picked, at first the explained town's."""
    filtered = view.briefing.selection.classes
    sizes = index.ranked["industry_class"].value_counts()
    options = tuple(code for code in (filtered or tuple(sizes.index)) if code in sizes.index)
    if not options:
        return ""
    own = str(index.ranking.at[town, "industry_class"])
    return address.choose_one(
        "within",
        options,
        own if own in options else options[0],
        lambda widget: st.selectbox(
            view.say("vitality.class_pick"),
            options,
            format_func=lambda code: view.say(
                "vitality.class_option", name=class_name(code, view.language), count=int(sizes[code])
            ),
            key=widget,
            label_visibility="collapsed",
            width=190,
        ),
        view.language,
    )


def _page(
    view: View, index: Vitality, shown: pd.DataFrame, marks: Columns, trial: Trial | None, town: str
) -> tuple[int, int]:
    """Draw one page of the ranking; returns how many towns there are and the page's number."""
    pages = -(-len(shown) // ROWS)
    asked = address.get("page")
    number = (
        int(asked[0]) if asked and asked[0].isdecimal() and len(asked[0]) < 4 and 1 <= int(asked[0]) <= pages else 1
    )
    if asked and asked[0] != str(number):
        address.set_aside("page", asked[:1])
    address.put("page", [] if number == 1 else [str(number)])
    first = (number - 1) * ROWS
    codes = tuple(map(str, shown.index))
    show(_ranking_html(index, codes, first, marks, trial, town, view.language))
    return len(shown), number


def _pager(view: View, count: int, number: int) -> None:
    pages = -(-count // ROWS)
    if pages < 2:
        return
    first, last = (number - 1) * ROWS + 1, min(number * ROWS, count)
    text = view.say("vitality.page_of", first=first, last=last, all=count)
    show(html('<span class="note">{}</span>', text), width="content")
    for key, to in (("previous", number - 1), ("next", number + 1)):
        st.button(
            view.say(f"vitality.{key}"),
            key=f"v{key}|{view.language}",
            disabled=not 1 <= to <= pages,
            on_click=lambda to=to: address.put("page", [] if to == 1 else [str(to)]),
        )


@lru_cache(maxsize=256)
def _ranking_html(
    index: Vitality,
    codes: tuple[str, ...],
    first: int,
    marks: Columns,
    trial: Trial | None,
    town: str,
    language: Language,
) -> Markup:
    shown = index.ranked.loc[list(codes)]
    counted = shown[marks.band].value_counts()
    sizes = dict(zip(counted.index.astype(int), counted.astype(int), strict=True))
    rows = shown.iloc[first : first + ROWS]
    return vitality_drawing.ranking_table(index, rows, marks, trial, town, language, shown_of_band=sizes)


def _one_town(view: View, index: Vitality, town: str) -> None:
    show(html('<p class="note">{}</p>', view.say("vitality.one_town")))
    grid(index_tables.town_frame(index, town, view.language), view.language)


def _foot(view: View, index: Vitality, count: int, number: int) -> None:
    """Pages; towns without an index, by name, and what they lack; classes too small for a median."""
    small = [
        class_name(str(code), view.language)
        for code in index.ranking["industry_class"].unique()
        if code not in index.medians and code not in index.kept_back
    ]
    joint = "、" if view.language == "zh" else ", "
    if small:
        least = index.design.index.smallest_class
        show(html('<p class="note">{}</p>', view.say("vitality.small_classes", names=joint.join(small), count=least)))
    if index.kept_back:
        kept_back = joint.join(class_name(code, view.language) for code in sorted(index.kept_back))
        show(html('<p class="note">{}</p>', view.say("vitality.kept_back", names=kept_back)))
    kept = set(view.briefing.towns["town_code"].astype("str"))
    silent = index.unranked[index.unranked.index.isin(kept)]
    column = "name_zh" if view.language == "zh" else "name_en"
    with st.container(key="vfoot", horizontal=True, gap="small", vertical_alignment="center"):
        _pager(view, count, number)
        if len(silent):
            text = view.say("vitality.unranked", count=len(silent), names=joint.join(silent[column]))
            show(html('<p class="silent" title="{}"><i class="g g-ring"></i>{}</p>', text, text), width="stretch")
            with st.popover(view.say("vitality.lacking")):
                show(_lacking(index, tuple(map(str, silent.index)), view.language))


@lru_cache(maxsize=64)
def _lacking(index: Vitality, towns: tuple[str, ...], language: Language) -> Markup:
    """What each town without an index did not report, and the rule."""
    top = index.design.index
    shares = {"dimension": percent(top.present_in_group, decimals=0), "all": percent(top.present_overall, decimals=0)}
    names = index.ranking["name_zh" if language == "zh" else "name_en"]
    lines = []
    for code in towns:
        items = vitality_drawing.item_names(index, index.lacking(code), language)
        text = say("vitality.lacking_item", language, items=items)
        lines.append(html("<li><b>{}</b> {}</li>", town_name(code, str(names[code]), language), text))
    rule = say("vitality.rule", language, **shares)
    return html('<p class="note">{}</p><ul class="vlack">{}</ul>', rule, html_of(lines))


def contributions(view: View, index: Vitality, town: str) -> None:
    """One town beside its class's median town: the parts of the difference, summing exactly."""
    row: Any = index.ranking.loc[town]
    language = view.language
    with st.container(key="vwhy"):
        with st.container(key="vwhyhead", horizontal=True, gap="small", vertical_alignment="center"):
            names = dict(index.ranking["name_zh" if language == "zh" else "name_en"])
            options = tuple(offered(view, index))
            picked = address.choose_one(
                "town",
                options,
                default_town(view, index),
                lambda widget: st.selectbox(
                    view.say("vitality.pick"),
                    options,
                    format_func=lambda code: str(names.get(code, code)),
                    key=widget,
                    label_visibility="collapsed",
                    width=270,
                ),
                f"{language}|{view.desk.dataset.key}",
            )
            if picked != town:
                st.rerun()
            prefecture, kind = str(row["prefecture_adcode"]), str(row["industry_class"])
            facts = html_of(
                (
                    narrowing("prefecture", prefecture, PREFECTURES[prefecture].say(language), language),
                    narrowing("class", kind, class_name(kind, language), language),
                    escape(LIST_STATUSES[str(row["list_status"])].say(language)),
                    html('<span class="to" {}>{} →</span>', opens("town", code=printed(town)), view.say("town.go")),
                ),
                " · ",
            )
            mark = badge(language) if view.briefing.is_simulated() else EMPTY
            show(html('<p class="vplace">{}</p>', _place(view, row)), width="stretch")
        asked = FigureKey("town", town, index.period, VITALITY)
        source = source_button(asked, str(names.get(town, town)), language)
        show(html('<span class="vlead">{} {} {}　</span>{}', mark, facts, source, _why(index, town, language)))


def _place(view: View, row: Any) -> Markup:
    if pd.isna(row["rank"]) or len(view.briefing.towns) == 1:
        return EMPTY
    whole = marked(
        "vitality.place", view.language, rank=f"{row['rank']:.0f}", low=f"{row['low']:.0f}", high=f"{row['high']:.0f}"
    )
    inside = marked(
        "vitality.class_place",
        view.language,
        rank=f"{row['class_rank']:.0f}",
        count=row["class_size"],
        low=f"{row['class_low']:.0f}",
        high=f"{row['class_high']:.0f}",
    )
    return html_of([whole, inside], " · ")


@lru_cache(maxsize=256)
def _why(index: Vitality, town: str, language: Language) -> Markup:
    score = float(index.index[town])
    if town not in index.ranked.index:
        items = vitality_drawing.item_names(index, index.lacking(town), language)
        return html('<p class="note">{}</p>', say("vitality.town_unranked", language, items=items))
    parts = index.explain(town)
    if parts is None:
        least = index.design.index.smallest_class
        is_kept_back = str(index.ranking.at[town, "industry_class"]) in index.kept_back
        key = "vitality.median_kept_back" if is_kept_back else "vitality.no_median"
        text = say(key, language, index=points(score), count=least)
        return html('<span class="vlead">{}</span>', text)
    change = float(parts["contribution"].iloc[0])
    key = "vitality.above_median" if change >= 0 else "vitality.below_median"
    lead = say(key, language, index=points(score), change=points(abs(change)))
    return html('<span class="vlead">{}</span>{}', lead, waterfall(index, town, parts, language))


def design(view: View, index: Vitality | None) -> None:
    """What the index is made of, with how many towns have each figure where a year is on screen."""
    show(html('<div class="sect"><h2>{}</h2></div>', view.say("vitality.design")))
    plan = view.desk.register.vitality
    show(html('<p class="note">{}</p>', index_tables.parameters(plan, view.language)))
    show(index_tables.design_table(plan, index, view.language))
