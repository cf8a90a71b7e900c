"""The firms behind a node, a link or a chain: a page at a time from the whole table, searched and sorted there."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from cockpit.analysis.selection import write_parameters
from cockpit.briefings import Desk, firm_page
from cockpit.datasets.store.firms import LONGEST_SEARCH, SORTABLE, FirmQuery
from cockpit.phrases import say
from cockpit.ui.chain.page import Picked, is_simulated
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language
from cockpit.wording import chain as words

PAGE: Final = 20
_DESCENDING: Final = frozenset({"revenue_yuan", "tax_yuan", "staff_count"})
_UNIT: Final[dict[Language, tuple[float, str]]] = {"zh": (1e4, "万元"), "en": (1e6, "million yuan")}


def query_of(view: View, picked: Picked) -> FirmQuery:
    """The firms of what is picked, in the towns selected."""
    selection = view.briefing.selection
    towns: tuple[str, ...] | None = None
    if picked.town:
        towns = (picked.town,)
    elif selection.is_filtered:
        towns = tuple(town.code for town in picked.found.towns)
    nodes: tuple[str, ...] = ()
    if picked.node:
        nodes = (picked.node,)
    elif picked.link:
        nodes = (picked.link.source, picked.link.end)
    return FirmQuery(period=picked.every.period or "", chains=(picked.found.chain.id,), nodes=nodes, towns=towns)


def _turn(page: int) -> None:
    address.put("fpage", [] if page <= 1 else [str(page)])


def _first() -> None:
    address.put("fpage", [])


def _asked_page(pages: int) -> int:
    asked = address.get("fpage")[:1]
    if not asked:
        return 1
    page = int(asked[0]) if asked[0].isdigit() and len(asked[0]) < 9 else 0
    if 1 <= page <= pages:
        return page
    address.set_aside("fpage", asked)
    address.put("fpage", [])
    return 1


def firms(view: View, picked: Picked) -> None:
    """The table with its search, sort, pages and download; a node without firms has none."""
    if not picked.every.has_firms or (picked.node and not picked.found.node(picked.node).figures.firm_count):
        return
    language, query = view.language, query_of(view, picked)
    with st.container(key="cfirms"):
        mark = marks.simulated(is_simulated(view, picked), language)
        head = st.empty()
        with st.container(key="cfbar", horizontal=True, gap="small", vertical_alignment="center"):
            search = address.choose_text(
                "fq",
                lambda widget: st.text_input(
                    view.say("chain.search"),
                    key=widget,
                    placeholder=view.say("chain.search"),
                    label_visibility="collapsed",
                    max_chars=LONGEST_SEARCH,
                    on_change=_first,
                ),
                language,
            )
            sort = address.choose_one(
                "fsort",
                SORTABLE,
                SORTABLE[0],
                lambda widget: st.selectbox(
                    view.say("chain.sort"),
                    SORTABLE,
                    format_func=lambda name: f"{view.say('chain.sort')} {view.say(f'chain.sort.{name}')}",
                    key=widget,
                    label_visibility="collapsed",
                    on_change=_first,
                    width=170,
                ),
                language,
            )
            query = replace(query, search=search, sort=sort, descending=sort in _DESCENDING)
            _, count = firm_page(view.desk, query, 0, PAGE)
            pages = max(1, -(-count // PAGE))
            page = _asked_page(pages)
            for key, step, is_off in (("previous", -1, page <= 1), ("next", 1, page >= pages)):
                st.button(
                    view.say(f"chain.{key}"),
                    key=f"cf_{key}|{language}",
                    on_click=_turn,
                    args=(page + step,),
                    disabled=is_off,
                    width="content",
                )
        rows, _ = firm_page(view.desk, query, (page - 1) * PAGE, PAGE)
        first, last = (page - 1) * PAGE + 1, min(page * PAGE, count)
        told = view.say("chain.table_of", first=first, last=last, count=words.grouped(count)) if count else ""
        if picked.town_record is not None:
            told = words.dotted([words.town_short(picked.town_record, language), told])
        download = EMPTY
        if count and view.person.rights.may("export"):
            label = view.say("chain.download", count=words.grouped(count))
            download = html('<a href="{}" download target="_self">{}</a>', _download(view, picked, query), label)
        show(
            html(
                '<header class="cfh" id="cfirms"><h3>{}</h3>{}<em>{}</em>{}</header>',
                view.say("chain.table"),
                mark,
                told,
                download,
            ),
            at=head,
        )
        if count:
            show(_table(rows, view.desk, language, bool(picked.node), picked.names))
        else:
            missing = "chain.table_none" if search else "chain.table_empty"
            show(html('<p class="note">{}</p>', view.say(missing)))


def _download(view: View, picked: Picked, query: FirmQuery) -> str:
    """Address of the whole set, which streams: the page's own filters, so that no list of towns stands in it."""
    # Not what stands in the address: the interface refuses what the page only passes over with a notice.
    written = write_parameters(view.briefing.selection, view.desk.choices)
    parameters = [(name, value) for name, values in written.items() if name != "period" for value in values]
    parameters += [("dataset", view.desk.dataset.name), ("period", query.period), ("lang", view.language)]
    parameters += [("chain", chain) for chain in query.chains] + [("node", node) for node in query.nodes]
    if picked.town:
        parameters.append(("town", picked.town))
    if query.search:
        parameters.append(("search", query.search))
    parameters.append(("sort", query.sort))
    return f"/api/v1/firms.csv?{urlencode(parameters)}"


@lru_cache(maxsize=4)
def _tiers(desk: Desk, language: Language) -> tuple[tuple[str, str], ...]:
    """Flags of the table and their words, from the top tier down."""
    return tuple(
        (f"is_{name.removesuffix('_count')}", mark.label.say(language))
        for name, mark in desk.register.chain_rules.tiers.items()
    )


def _table(
    rows: pd.DataFrame, desk: Desk, language: Language, one_node: bool, names: dict[str, tuple[str, str]]
) -> Markup:
    """One page of firms; money in one unit."""
    divisor, unit = _UNIT[language]
    labels = {
        chain.full_id(node.id): words.short(node.label, language)
        for chain in desk.register.chains.values()
        for node in chain.nodes
    }
    kind = "chain.firm_name" if desk.dataset.manifest.is_simulated else "chain.firm_name_real"
    heads = [say(kind, language), say("chain.town", language)]
    heads += [] if one_node else [say("chain.node", language)]
    heads += [say("chain.firm_tier", language)]
    numbers = [say("chain.firm_revenue", language, unit=unit), say("chain.firm_staff", language)]
    head = html_of(html("<th scope=col>{}</th>", text) for text in heads)
    head += html_of(html('<th scope=col class="nu">{}</th>', text) for text in numbers)
    body = []
    for row in rows.to_dict("records"):
        tiers = [word for flag, word in _tiers(desk, language) if row.get(flag) is True]
        # The highest tier in sight, all of them at the pointer: the column stays narrow.
        tier = tiers[0] + (f" +{len(tiers) - 1}" if len(tiers) > 1 else "") if tiers else "—"
        town, node = str(row["town_code"]), str(row["node_id"])
        cells: list[str] = [str(row["name_zh"]), _picks(f"town:{town}", names.get(town, ("", ""))[0])]
        cells += [] if one_node else [_picks(f"node:{node}", labels.get(node, ""))]
        told = words.dotted([str(row["firm_id"]), words.joined(tiers, language)])
        cells.append(tier)
        body.append(
            html('<tr title="{}">', told)
            + html_of(html("<td>{}</td>", cell) for cell in cells)
            + html('<td class="nu">{}</td>', _number(row["revenue_yuan"], divisor))
            + html('<td class="nu">{}</td></tr>', _number(row["staff_count"], 1.0))
        )
    table = html('<table class="cft"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, html_of(body))
    return html(
        '<div class="cfw" role="region" tabindex="0" aria-label="{}">{}</div>', say("chain.table", language), table
    )


def _picks(what: str, text: str) -> Markup:
    """A name that picks the town or node it names (`page.pick`)."""
    return html('<span class="to" data-pick="{}" role="button" tabindex="0">{}</span>', what, text)


def _number(value: Any, divisor: float) -> str:
    """A figure of a firm, a dash where it gave none."""
    if value is None or pd.isna(value):
        return "—"
    scaled = float(value) / divisor
    return f"{scaled:,.0f}" if divisor < 1e6 else f"{scaled:,.1f}"
