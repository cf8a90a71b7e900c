"""Which town holds which node of the chain, and the picked town in one line."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from cockpit.analysis.briefing.chain import ChainBriefing
from cockpit.briefings import Desk
from cockpit.ui.chain.page import Picked, detail_of, is_simulated
from cockpit.ui.frame.segments import is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.visuals.chain import matrix as chain_matrix
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import Markup, html
from cockpit.vocabulary import Language
from cockpit.wording import chain as words


@lru_cache(maxsize=256)
def _matrix(
    found: ChainBriefing, desk: Desk, language: Language, node: str, town: str, mends: tuple[str, ...]
) -> Markup:
    ranked = {code: place for place, code in enumerate(mends, start=1)}
    return chain_matrix.matrix(found, desk.register.chain_rules, language, node=node, town=town, mends=ranked)


def coverage(view: View, picked: Picked) -> None:
    """Town by node, in the diagram's order."""
    if not picked.every.has_firms:
        return
    found, language, design = picked.found, view.language, view.desk.register.chain_rules
    detail = detail_of(view, picked)
    with st.container(key="ccover"):
        with st.container(key="ccbar", horizontal=True, gap="small", vertical_alignment="center"):
            badge = marks.simulated(is_simulated(view, picked), language)
            show(html('<div class="chd"><h2>{}</h2>{}</div>', view.say("chain.coverage"), badge), width="content")
            candidate = words.short(detail.node.node.label, language) if detail and detail.mends else ""
            show(chain_matrix.key(design, language, candidate), width="stretch")
            as_table = is_table(view, "coverview")
        if not found.towns:
            show(html('<p class="note">{}</p>', view.say("chain.no_towns")))
        elif as_table:
            towns = [marks.town(town.code, town.name.say(language), language, is_walked=True) for town in found.towns]
            frame = chain_matrix.table(found, language)
            title = f"{found.chain.label.say(language)} {view.say('chain.coverage')}"
            led(view, frame, {view.say("chain.town"): towns}, title)
        else:
            mends = tuple(mend.town for mend in detail.mends) if detail else ()
            show(_matrix(found, view.desk, language, picked.node, picked.town, mends))
        _town_line(view, picked)


def _town_line(view: View, picked: Picked) -> None:
    """The picked town in one line, with the way to its figures."""
    town, language = picked.town_record, view.language
    if town is None:
        return
    parts = [words.prefecture(town.prefecture, language), town.county.say(language), town.industry.say(language)]
    if town.is_reported:
        parts.append(view.say("chain.held_of", count=town.node_count or 0, total=len(picked.found.nodes)))
        parts.append(words.firms(town.firm_count or 0, language))
        parts.append(view.say("chain.output", value=words.money(town.revenue_yuan, language)))
    else:
        parts.append(view.say("chain.town_none"))
    show(
        html(
            '<p class="ctown"><b>{}</b> {} <span class="to" {}>{} →</span> '
            '<span data-pick="town:{}" role="button" tabindex="0">{}</span></p>',
            marks.town(town.code, town.name.say(language), language),
            words.dotted(parts),
            marks.opens("towns", q=town.code),
            view.say("chain.town_page"),
            town.code,
            view.say("chain.unpick"),
        )
    )
