"""The panel beside the diagram: the gaps of a chain, one node or one link, its firms; for real data what is stated."""

from __future__ import annotations

import streamlit as st

from cockpit.briefings import told_of
from cockpit.ui.chain.page import Picked, detail_of, is_simulated
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.chain import detail as chain_detail
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.wording import chain as words


def before_firms(view: View, picked: Picked) -> None:
    """What stands above the firms: the node, the link, or the gaps of the whole chain."""
    language, design, simulated = view.language, view.desk.register.chain_rules, is_simulated(view, picked)
    if not picked.every.has_firms:
        _stated(view, picked)
        return
    detail = detail_of(view, picked)
    if detail is not None:
        with st.container(key="cnode"):
            top = chain_detail.node_head(detail, picked.found, design, simulated, language)
            show(top + chain_detail.node_body(detail, picked.found, design, picked.names, language))
    elif picked.link is not None:
        show(chain_detail.link_body(picked.link, picked.found, picked.names, simulated, language))
    else:
        show(chain_detail.whole_chain(picked.found, design, picked.names, simulated, language))


def after_firms(view: View, picked: Picked) -> None:
    """What to do about the node."""
    detail = detail_of(view, picked)
    if detail is not None and picked.every.has_firms:
        with st.container(key="cadvice"):
            design = view.desk.register.chain_rules
            show(chain_detail.node_advice(detail, picked.found, design, picked.names, view.language))


def _stated(view: View, picked: Picked) -> None:
    """Data without firms: which nodes and towns the sources tell of, and what would be needed to grade."""
    found, language, chain = picked.found, view.language, picked.found.chain
    stated = [item for item in found.nodes if item.node.basis == "source"]
    counts = view.say(
        "chain.public_order",
        count=len(stated),
        ours=len(found.nodes) - len(stated),
        order=sum(link.basis == "order" for link in found.links),
    )
    shown = [found.node(picked.node)] if picked.node else stated
    rows = html_of(
        html(
            "<li><b>{}</b><em>{}</em>{}</li>",
            words.label(item, language),
            words.stated(item, language),
            _written(item.node.written) if language == "zh" else "",
        )
        for item in shown
    )
    parts = [
        html('<div class="cph"><div><h2>{}</h2></div></div>', chain.label.say(language)),
        chain_detail.section(
            view.say("chain.public_sources"),
            html(
                '<ul class="cst2">{}</ul><p class="note">{}</p><p class="note">{}</p>',
                rows,
                counts,
                chain.note.say(language),
            ),
        ),
    ]
    known = {names[0]: code for code, names in picked.names.items()}
    told = words.joined(
        [_told(view, name, known) for name in told_of(view.desk, view.briefing.selection, chain.id)], language
    )
    if told:
        parts.append(chain_detail.section(view.say("chain.public_towns"), html("<p>{}</p>", told)))
    members = html_of(
        html(
            "<li><div><span>{}</span><em>{}</em></div></li>",
            town.name.say(language),
            words.dotted([words.prefecture(town.prefecture, language), town.industry.say(language)]),
        )
        for town in found.towns
    )
    none = html('<p class="note">{}</p>', view.say("chain.public_none"))
    parts.append(
        chain_detail.section(
            view.say("chain.public_members"), html('<ul class="ctb">{}</ul>', members) if members else none
        )
    )
    parts.append(html('<p class="note">{}</p>', view.say("chain.public_need")))
    show(html_of(parts))


def _written(texts: tuple[str, ...]) -> Markup:
    return html("<small>“{}”</small>", "”“".join(texts)) if texts else EMPTY


def _told(view: View, name: str, known: dict[str, str]) -> str:
    """A town the sources tell of, in the reader's language where the list holds it."""
    if view.language == "zh":
        return name
    towns = view.desk.dataset.towns
    match = towns.loc[towns["name_zh"].astype("str") == name, "name_en"]
    return str(match.iloc[0]) if len(match) else name
