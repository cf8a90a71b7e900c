"""The basis page's part on industry chains: their nodes with sources, how a node is graded, what is suggested."""

from __future__ import annotations

from cockpit.policy.chains import Chain
from cockpit.ui.basis.rows import cited_cells, led_name, read_rows
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import CHAIN_STAGES, ORIGINS


def chains(view: View) -> None:
    """Every chain: nodes by stage (ours marked), the links a source tells in order, sources."""
    language = view.language
    joint = "、" if language == "zh" else ", "
    titles = {
        "name": "basis.name", "upstream": "basis.chain_upstream", "midstream": "basis.chain_midstream",
        "downstream": "basis.chain_downstream", "order": "basis.chain_order", "sources": "basis.sources",
    }  # fmt: skip

    def nodes(chain: Chain, stage: str) -> str:
        marked = (
            node.label.say(language) + ("°" if node.basis == "ours" else "")
            for node in chain.nodes
            if node.stage == stage
        )
        return joint.join(marked)

    def order(chain: Chain) -> str:
        labels = {node.id: node.label.say(language) for node in chain.nodes}
        told = (f"{labels[link.source]} → {labels[link.end]}" for link in chain.links if link.basis == "order")
        return joint.join(told) or "—"

    show(html('<p class="note">{}</p>', view.say("basis.chains_note")))
    read_rows(
        view,
        titles,
        (
            {
                "name": led_name(chain.label.say(language), "chain", view.say("page.chain"), chain=name),
                **{stage: nodes(chain, stage) for stage in CHAIN_STAGES},
                "order": order(chain),
                "sources": " ".join(chain.source_ids),
            }
            for name, chain in view.desk.register.chains.items()
        ),
    )


def chain_rules(view: View) -> None:
    """Criteria, parameters, cooperation patterns, tiers and rungs; numbers and rankings are ours throughout."""
    design, language = view.desk.register.chain_rules, view.language
    titles = {
        "name": "basis.name", "value": "basis.value", "effect": "basis.effect",
        "clause": "basis.clause", "quote": "basis.quote", "origin": "basis.origin",
    }  # fmt: skip
    rows = [
        {
            "name": rule.label.say(language),
            "effect": rule.effect.say(language) or "—",
            **cited_cells(view, rule),
        }
        for rule in design.rules
    ]
    developed = {
        "name": view.say("basis.developed"),
        "value": "—",
        "effect": design.developed.reading.say(language),
        "clause": "—",
        "quote": "—",
        "origin": ORIGINS[design.developed.origin].say(language),
    }
    read_rows(view, titles, [*rows, developed])
