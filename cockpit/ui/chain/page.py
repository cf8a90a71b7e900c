"""Parts of the industry chain page: which chain, node, link and town are picked; strip, diagram, phone list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.analysis.briefing.chain import ChainBriefing, Link, NodeDetail
from cockpit.analysis.briefing.chain_facts import ChainTown
from cockpit.analysis.briefing.chains import Chains
from cockpit.analysis.chain.grading import GRADES
from cockpit.analysis.chain_layout import Frame
from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, chain, chain_layout, chain_node, chains
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.ui.frame import address
from cockpit.ui.frame.picture import picture
from cockpit.ui.frame.segments import is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.units import Period
from cockpit.visuals.chain import blocks
from cockpit.visuals.chain import detail as chain_detail
from cockpit.visuals.chain import diagram as chain_diagram
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import CHAIN_GRADES, CHAIN_STAGES, PREFECTURES, Language
from cockpit.wording import chain as words

_WIDTH: Final = 1264.0  # of the diagram on a desk of 1920, px; it scales with its frame
_CARD: Final = 204.0
_LOWEST: Final[dict[Language, float]] = {"zh": 47.0, "en": 62.0}  # English names take two lines
_SHORTEST: Final = 420.0
_GAP: Final = 12.0
_FULLEST: Final = 10  # cards of a column the frame grows for


@dataclass(frozen=True, eq=False)
class Picked:
    """What this run shows: all chains, one of them, and in it a node, a link or a town ("" and None for none)."""

    every: Chains
    found: ChainBriefing
    node: str
    link: Link | None
    town: str
    names: dict[str, tuple[str, str]]

    @property
    def town_record(self) -> ChainTown | None:
        return self.found.town(self.town) if self.town else None


@lru_cache(maxsize=8)
def _names(desk: Desk, language: Language) -> dict[str, tuple[str, str]]:
    """Name and prefecture of every town."""
    towns = desk.dataset.towns
    places = [PREFECTURES[str(code)].say(language) for code in towns["prefecture_adcode"]]
    called = towns["name_zh" if language == "zh" else "name_en"].astype("str")
    return dict(zip(towns["town_code"].astype("str"), zip(called, places, strict=True), strict=True))


def _asked(name: str) -> str:
    asked = address.get(name)
    return asked[0] if asked else ""


def _refuse(name: str) -> None:
    address.set_aside(name, address.get(name)[:1])
    address.put(name, [])


def open_chain(view: View) -> Picked:
    """Read the address: chain, node, link and town; what is not known is told and left out."""
    selection, register = view.briefing.selection, view.desk.register
    every = chains(view.desk, selection)
    nodes = {node for item in register.chains.values() for node in item.node_ids}
    for name, known in (("chain", set(register.chains)), ("node", nodes)):
        if _asked(name) and _asked(name) not in known:
            _refuse(name)
    node, chain_id = _asked("node"), _asked("chain")
    if node and chain_id and node.partition(".")[0] != chain_id:
        _refuse("node")
        node = ""
    chain_id = chain_id or node.partition(".")[0] or every.chains[0].chain.id
    found = chain(view.desk, selection, chain_id)
    link = next((item for item in found.links if f"{item.source}~{item.end}" == _asked("link")), None)
    if _asked("link") and link is None:
        _refuse("link")
    names = _names(view.desk, view.language)
    if _asked("town") and _asked("town") not in names:
        _refuse("town")
    # A town of another page's choice may stand on no node here: it stays in the address and is not shown.
    town = _asked("town") if found.town(_asked("town")) else ""
    return Picked(every, found, node, None if node else link, town, names)


def pick(what: str) -> None:
    """Put a click into the address; a second click on the same takes it out again."""
    kind, _, value = what.partition(":")
    if kind == "cell":  # a town and a node at once
        node, _, town = value.partition("~")
        address.put("town", [town])
        if address.get("node") != [node]:
            pick(f"node:{node}")
        return
    if kind not in ("chain", "node", "link", "town"):
        return
    is_same = address.get(kind) == [value] and kind != "chain"
    if kind == "chain":
        address.put("node", [])
        address.put("link", [])
    elif kind == "node":
        address.put("chain", [value.partition(".")[0]])
        address.put("link", [])
    elif kind == "link":
        address.put("chain", [value.partition(".")[0]])
        address.put("node", [])
    address.put("fpage", [])
    address.put(kind, [] if is_same else [value])


def detail_of(view: View, picked: Picked) -> NodeDetail | None:
    return chain_node(view.desk, view.briefing.selection, picked.node) if picked.node else None


def is_simulated(view: View, picked: Picked) -> bool:
    return picked.every.has_firms and view.desk.dataset.manifest.is_simulated


def title(view: View, picked: Picked) -> None:
    """How many chains and nodes of what grade; over which towns and which year."""
    every, language = picked.every, view.language
    tally = html_of(
        html("<span>{}<b>{}</b></span>", marks.grade_chip(grade, language), every.counts[grade]) for grade in GRADES
    )
    lead = view.say("chain.lead", chains=len(every.chains), nodes=every.node_count)
    note = view.say("chain.order") if every.has_firms else ""
    when = [view.say("chain.basis")]
    if every.period:
        period = view.say("chain.period", period=Period.parse(every.period).say(language))
        if every.period != view.briefing.selection.period:
            period = f"{period} ({view.say('chain.newest_year')})"
            period = period.replace(" (", "（").replace(")", "）") if language == "zh" else period
        when += [period, view.say("chain.source")]
    narrowed = EMPTY
    if view.briefing.selection.is_filtered and every.has_firms:
        text = view.say("chain.over_selection", count=every.town_count)
        narrowed = html('<b class="t-behind">{}</b>', text)
    show(
        html(
            '<section class="chead"><h1>{}</h1><p>{}</p><div class="cgr">{}</div><p class="note">{}</p>{}'
            '<p class="when">{} {}</p></section>',
            view.say("chain.title"),
            lead,
            tally,
            note,
            narrowed,
            words.dotted(when),
            marks.simulated(is_simulated(view, picked), language),
        )
    )


@lru_cache(maxsize=128)
def _strip(every: Chains, chain_id: str, language: Language) -> Markup:
    return blocks.strip(every, chain_id, language)


def strip(view: View, picked: Picked) -> None:
    show(_strip(picked.every, picked.found.chain.id, view.language))


def columns() -> list[Any]:
    return st.columns([1300, 548], gap="small")


def _choose(kind: str, widget: str) -> None:
    value = str(st.session_state.get(widget) or "")
    if value:
        address.put(kind, [])
        pick(f"{kind}:{value}")
    else:
        for name in ("node", "link", "fpage"):
            address.put(name, [])


def _boxes(view: View, picked: Picked) -> None:
    """Select boxes: the way in by keyboard and on a phone."""
    language, every = view.language, picked.every
    ids = [glance.chain.id for glance in every.chains]
    labels = {glance.chain.id: glance.chain.label.say(language) for glance in every.chains}
    widget = address.seeded(f"chainbox|{language}", picked.found.chain.id)
    with st.container(key="cchainbox", width="content"):
        st.selectbox(
            view.say("chain.pick"),
            ids,
            format_func=labels.__getitem__,
            key=widget,
            label_visibility="collapsed",
            on_change=_choose,
            args=("chain", widget),
            width=250,
        )
        address.drawn(widget)
    # Without the grade, which the filters change: a pick on its way names what it picked by this text.
    names = {item.id: words.label(item, language) for item in picked.found.nodes}
    widget = address.seeded(f"nodebox|{language}", picked.node)
    st.selectbox(
        view.say("chain.pick_node"),
        ["", *names],
        format_func=lambda name: names.get(name, view.say("chain.none")),
        key=widget,
        label_visibility="collapsed",
        on_change=_choose,
        args=("node", widget),
        width=230,
    )
    address.drawn(widget)


def _frame(desk: Desk, selection: Selection, chain_id: str, language: Language) -> Frame:
    """High enough for the fullest column, passing lines included; what is more than ten cards shrinks."""
    first = chain_layout(desk, selection, chain_id, Frame(_WIDTH, _SHORTEST))
    counts = Counter(box.column for box in first.boxes)
    most = min(max(counts.values(), default=1), _FULLEST)
    return Frame(
        _WIDTH,
        max(_SHORTEST, most * (_LOWEST[language] + _GAP)),
        card=_CARD,
        lowest=_LOWEST[language],
        gap=_GAP,
    )


@lru_cache(maxsize=256)
def _diagram(
    found: ChainBriefing, desk: Desk, selection: Selection, language: Language, node: str, link: str, stated: bool
) -> Markup:
    layout = chain_layout(desk, selection, found.chain.id, _frame(desk, selection, found.chain.id, language))
    ends = link.split("~")
    return chain_diagram.draw(
        found, layout, language, node=node, link=(ends[0], ends[1]) if link else None, stated=stated
    )


def diagram(view: View, picked: Picked) -> None:
    """One chain drawn, as a table, and for a phone as a list."""
    found, language, every = picked.found, view.language, picked.every
    simulated, stated = is_simulated(view, picked), not every.has_firms
    with st.container(key="cdiagram"):
        with st.container(key="cbar", horizontal=True, gap="small", vertical_alignment="center"):
            show(blocks.head(found, simulated, language), width="stretch")
            _boxes(view, picked)
            as_table = is_table(view, "chainview")
        with st.container(key="cphone"):
            show(blocks.phone_summary(found, simulated, language))
            show(blocks.phone_list(found, picked.node, lambda: _opened(view, picked), language, stated=stated))
        with st.container(key="cdesk"):
            if as_table:
                frame = node_table(found, language)
                pairs = zip((item.id for item in found.nodes), frame[view.say("chain.node")], strict=True)
                nodes = [marks.narrowing("node", name, text, language, is_walked=True) for name, text in pairs]
                led(
                    view,
                    frame,
                    {view.say("chain.node"): nodes},
                    f"{found.chain.label.say(language)} {view.say('chain.title')}",
                )
            else:
                show(chain_diagram.legend(found, language, stated=stated))
            link = f"{picked.link.source}~{picked.link.end}" if picked.link else ""
            markup = _diagram(found, view.desk, view.briefing.selection, language, picked.node, link, stated)
            picture(EMPTY if as_table else markup, pick, "chain_picture")
    if stated:
        reason = view.say("chain.public_why") if not view.desk.dataset.manifest.is_simulated else ""
        st.info(reason or view.say("chain.no_period"), icon=":material/info:")


def _opened(view: View, picked: Picked) -> Markup:
    detail, design = detail_of(view, picked), view.desk.register.chain_rules
    if detail is None:
        return EMPTY
    body = chain_detail.node_body(detail, picked.found, design, picked.names, view.language)
    advice = chain_detail.node_advice(detail, picked.found, design, picked.names, view.language)
    count, go = detail.node.figures.firm_count, ""
    if count:
        label = view.say("chain.to_firms", count=words.grouped(count))
        go = html('<p class="cgo"><a href="#cfirms" target="_self">{}</a></p>', label)
    return html('<div class="cro">{}{}{}</div>', body, advice, go)


@lru_cache(maxsize=64)
def node_table(found: ChainBriefing, language: Language) -> pd.DataFrame:
    """The diagram as figures, blank where nothing is known."""

    def known(item: Any, name: str) -> Any:
        return None if item.grade == "unknown" else getattr(item.figures, name)

    labels = {item.id: words.label(item, language) for item in found.nodes}
    before: dict[str, list[str]] = {name: [] for name in labels}
    after: dict[str, list[str]] = {name: [] for name in labels}
    for link in found.links:
        before[link.end].append(labels[link.source])
        after[link.source].append(labels[link.end])
    unit = "亿元" if language == "zh" else "billion yuan"
    rows = [
        {
            say("chain.stage", language): CHAIN_STAGES[item.node.stage].say(language),
            say("chain.node", language): labels[item.id] + ("°" if item.node.basis == "ours" else ""),
            say(
                "chain.grade", language
            ): f"{mark_of('chain_grade', item.grade).sign} {CHAIN_GRADES[item.grade].say(language)}",
            say("chain.col_firms", language): known(item, "firm_count"),
            say("chain.col_output", language, unit=unit): None
            if item.figures.revenue_yuan is None
            else round(item.figures.revenue_yuan / words.YI[language], 2),
            say("chain.col_towns", language): known(item, "town_count"),
            say("chain.col_prefectures", language): known(item, "prefecture_count"),
            say("chain.col_leaders", language): known(item, "leader_count"),
            say("chain.col_share", language): None
            if item.figures.top_share is None
            else round(item.figures.top_share * 100, 1),
            say("chain.col_reported", language): f"{item.figures.reported}/{item.figures.expected}",
            say("chain.col_before", language): words.joined(before[item.id], language),
            say("chain.col_after", language): words.joined(after[item.id], language),
            say("chain.col_sources", language): words.stated(item, language),
        }
        for item in found.nodes
    ]
    return pd.DataFrame(rows)
