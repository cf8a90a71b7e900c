"""Weights of the vitality index on trial: six sliders, kept in the address, and what they do to the ranks.

The registered weights, ranks and stars never change with them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import streamlit as st

from cockpit.analysis.briefing import Trial, Vitality, most_weight, read_weights, write_weights
from cockpit.briefings import vitality_trial
from cockpit.phrases import say
from cockpit.policy.index_design import IndexDesign
from cockpit.ui.frame import address
from cockpit.ui.frame.copy_link import copy_link
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import EMPTY, Markup, html
from cockpit.visuals.vitality import ranking as vitality_drawing
from cockpit.visuals.vitality.ranking import badge
from cockpit.vocabulary import Language

_MOVERS: Final = 5


def asked_trial(view: View, index: Vitality) -> Trial | None:
    """Ranks under the weights in the address; None where they are the registered ones."""
    dimensions = index.design.dimensions
    weights, junk = read_weights(address.get("w"), index.design)
    address.set_aside("w", junk)
    full = {name: float(weights.get(name, group.weight)) for name, group in dimensions.items()}
    changed = write_weights(full, index.design)
    address.put("w", changed)
    if not changed or sum(full.values()) <= 0:
        return None
    return vitality_trial(index, tuple(full.items()))


def _slid(keys: dict[str, str], design: IndexDesign) -> None:
    """Take the sliders' values over into the address before the page is drawn again: the ranking stands above them."""
    address.put("w", write_weights({name: st.session_state[key] for name, key in keys.items()}, design))


def weights(view: View, index: Vitality, trial: Trial | None) -> None:
    """Six sliders and what they do to the ranks; the registered weights and ranks stay."""
    say_, dimensions = view.say, index.design.dimensions
    given, _ = read_weights(address.get("w"), index.design)
    with st.container(key="vtrial"):
        with st.container(key="vtrialhead", horizontal=True, gap="small", vertical_alignment="center"):
            mark = badge(view.language) if view.briefing.is_simulated() else EMPTY
            note = say_("vitality.weights_note")
            show(
                html(
                    '<h2>{} {}</h2><span class="find" title="{}">{}</span>', say_("vitality.weights"), mark, note, note
                ),
                width="stretch",
            )
            st.button(
                say_("vitality.reset"),
                key=f"vreset|{view.language}",
                disabled=not given,
                on_click=lambda: address.replace(("w",), {}),
            )
            copy_link(say_("vitality.copy"), say_("vitality.copied"))
        places = [place for _ in range(-(-len(dimensions) // 3)) for place in st.columns(3, gap="medium")]
        keys = {name: f"vw|{name}|{view.language}" for name in dimensions}
        for place, (name, group) in zip(places, dimensions.items(), strict=False):
            with place:
                widget = address.seeded(keys[name], int(given.get(name, group.weight)))
                st.slider(
                    say_("vitality.slider", name=group.label.say(view.language), weight=f"{group.weight:g}"),
                    0,
                    most_weight(index.design),
                    step=1,
                    key=widget,
                    on_change=_slid,
                    args=(keys, index.design),
                )
                address.drawn(widget)
        show(_effect(index, trial, sum(given.get(n, g.weight) for n, g in dimensions.items()), view.language))


@lru_cache(maxsize=256)
def _effect(index: Vitality, trial: Trial | None, total: float, language: Language) -> Markup:
    moral = html('<p class="moral">{}</p>', say("vitality.moral", language))
    if total <= 0:
        return html('<p class="note">{}</p>', say("vitality.all_zero", language))
    if trial is None:
        return html('<p class="note">{}</p>{}', say("vitality.untouched", language, total=f"{total:g}"), moral)
    parts = vitality_drawing.weights_words(trial.weights, index, language)
    within = int(trial.moved["within"].sum())
    share = f"{100 * index.design.index.interval:.0f}"
    count = say("vitality.effect_count", language, moved=len(trial.moved), within=within, share=share)
    return html(
        '<p class="note">{}</p><p class="veffect"><b>{}</b> {}</p>{}{}',
        say("vitality.rescaled", language, total=f"{total:g}", parts=parts),
        say("vitality.effect", language),
        count,
        vitality_drawing.movers(index, trial, language, _MOVERS),
        moral,
    )
