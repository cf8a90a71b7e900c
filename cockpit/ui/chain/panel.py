"""The panel beside the diagram: the gaps of a chain, one node or one link, its firms; for real data what is stated."""

from __future__ import annotations

from html import escape

import streamlit as st

from cockpit.ui.chain.page import Picked, detail_of, is_simulated
from cockpit.ui.frame.shell import View
from cockpit.visuals.chain import detail as chain_detail
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
            st.html(top + chain_detail.node_body(detail, picked.found, design, picked.names, language))
    elif picked.link is not None:
        st.html(chain_detail.link_body(picked.link, picked.found, picked.names, simulated, language))
    else:
        st.html(chain_detail.whole_chain(picked.found, design, picked.names, simulated, language))


def after_firms(view: View, picked: Picked) -> None:
    """What to do about the node."""
    detail = detail_of(view, picked)
    if detail is not None and picked.every.has_firms:
        with st.container(key="cadvice"):
            design = view.desk.register.chain_rules
            st.html(chain_detail.node_advice(detail, picked.found, design, picked.names, view.language))


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
    rows = "".join(
        f"<li><b>{escape(words.label(item, language))}</b><em>{escape(words.stated(item, language))}</em>"
        f"{_written(item.node.written) if language == 'zh' else ''}</li>"
        for item in shown
    )
    parts = [
        f'<div class="cph"><div><h2>{escape(chain.label.say(language))}</h2></div></div>',
        chain_detail.section(
            view.say("chain.public_sources"),
            f'<ul class="cst2">{rows}</ul><p class="note">{escape(counts)}</p>'
            f'<p class="note">{escape(chain.note.say(language))}</p>',
        ),
    ]
    known = {names[0]: code for code, names in picked.names.items()}
    told = words.joined([_told(view, name, known) for name in chain.told_of], language)
    if told:
        parts.append(chain_detail.section(view.say("chain.public_towns"), f"<p>{escape(told)}</p>"))
    members = "".join(
        f"<li><div><span>{escape(town.name.say(language))}</span><em>"
        f"{escape(words.dotted([words.prefecture(town.prefecture, language), town.industry.say(language)]))}</em>"
        "</div></li>"
        for town in found.towns
    )
    none = f'<p class="note">{escape(view.say("chain.public_none"))}</p>'
    parts.append(
        chain_detail.section(view.say("chain.public_members"), f'<ul class="ctb">{members}</ul>' if members else none)
    )
    parts.append(f'<p class="note">{escape(view.say("chain.public_need"))}</p>')
    st.html("".join(parts))


def _written(texts: tuple[str, ...]) -> str:
    return f"<small>“{escape('”“'.join(texts))}”</small>" if texts else ""


def _told(view: View, name: str, known: dict[str, str]) -> str:
    """A town the sources tell of, in the reader's language where the list holds it."""
    if view.language == "zh":
        return name
    towns = view.desk.dataset.towns
    match = towns.loc[towns["name_zh"].astype("str") == name, "name_en"]
    return str(match.iloc[0]) if len(match) else name
