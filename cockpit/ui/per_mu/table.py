"""The ranking of the per-mu page as a table, on screen and as it is taken away."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Briefing, PerMu
from cockpit.briefings import Desk
from cockpit.exports.notes import period_words, sheet_of, standing_notes
from cockpit.exports.tables import Head, Sheet
from cockpit.exports.towns import filter_words
from cockpit.phrases import say
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.per_mu.page import badge
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language
from cockpit.wording import per_mu as words

_FEW: Final = 12


@lru_cache(maxsize=64)
def _shown(found: PerMu, briefing: Briefing, desk: Desk, language: Language) -> tuple[pd.DataFrame, dict[str, Head]]:
    """The rows as shown, best score first, and the heads of its columns of figures by header."""
    design, evaluation = desk.register.per_mu, found.evaluation
    rows = np.flatnonzero(found.shown(briefing.keep))
    order = rows[np.lexsort((rows, -np.nan_to_num(evaluation.score[rows], nan=-1.0)))]
    towns, called = found.towns.iloc[order], words.town_names(found, language)

    def item(which: str) -> list[str]:
        return [words.item_names(found, design, int(row), language, which) for row in order]

    columns: dict[str, Any] = {
        say("towns.name", language): [called[row] for row in order],
        say("permu.col_class", language): [words.class_sign(str(evaluation.letter[row]), language) for row in order],
        say("permu.col_score", language): evaluation.score[order].round(1),
        say("permu.col_place", language): [int(place) if place else None for place in evaluation.place[order]],
        say("permu.col_group", language): [
            say(
                "permu.group",
                language,
                group=words.group_words(str(evaluation.group[row]), language),
                count=evaluation.group_size[row],
            )
            for row in order
        ],
    }
    heads: dict[str, Head] = {}
    for column, record in enumerate(design.items.values()):
        scale = words.scale(record.unit, language)
        head = Head(record.label.say(language), scale.unit, scale.decimals or 0)
        columns[str(head)] = (found.values[order, column] / scale.divisor).round(4)
        heads[str(head)] = head
    area = say("permu.col_area", language, land=words.land_words(found.land_type, language).capitalize())
    columns |= {
        area: found.area_mu[order].round(1),
        say("permu.missing", language).capitalize(): item("missing"),
        say("permu.col_remark", language): [words.remark(found, design, int(row), language) for row in order],
        say("permu.col_leader", language): [int(place) if place else None for place in evaluation.leader[order]],
        say("towns.class", language): [INDUSTRY_CLASSES[str(c)].say(language) for c in towns["industry_class"]],
        say("towns.prefecture", language): [PREFECTURES[str(c)].say(language) for c in towns["prefecture_adcode"]],
        say("towns.code", language): towns["town_code"].astype("str").tolist(),
        say("permu.capped", language).capitalize(): item("capped"),
        say("permu.imputed", language).capitalize(): item("imputed"),
    }
    return pd.DataFrame(columns), heads


def ranking(view: View, found: PerMu) -> None:
    """The table and its two downloads."""
    frame, heads = _shown(found, view.briefing, view.desk, view.language)
    with st.container(key="tablehead", horizontal=True, gap="small", vertical_alignment="center"):
        show(html("<h2>{} {}</h2>", view.say("permu.table"), badge(view)), width="content")
        show(html('<p class="note">{}</p>', _note(view, found)), width="stretch")
        stem = f"per-mu-{view.desk.dataset.name}-{found.period}-{found.land_type}"
        downloads(view, lambda: _sheet(found, view.briefing, view.desk, view.language), stem)
    config: dict[str, Any] = {
        header: st.column_config.NumberColumn(header, format=f"%.{head.decimals}f") for header, head in heads.items()
    }
    first = frame.columns[0]
    config[first] = st.column_config.TextColumn(
        first, pinned=True, help=view.say("towns.name_note") if view.language == "en" else None
    )
    config[view.say("permu.col_score")] = st.column_config.NumberColumn(format="%.1f")
    st.dataframe(
        frame,
        hide_index=True,
        height=480 if len(frame) > _FEW else "content",
        column_config=config,
        key="per_mu_table",
        placeholder="—",
    )


def _note(view: View, found: PerMu) -> str:
    return (" " if view.language == "en" else "").join(
        text for text in (view.say("permu.table_note"), words.no_d_words(found, view.language)) if text
    )


def _sheet(found: PerMu, briefing: Briefing, desk: Desk, language: Language) -> Sheet:
    frame, heads = _shown(found, briefing, desk, language)
    notes = standing_notes(
        desk,
        language,
        period=period_words(found.period, language),
        special=((say("permu.land", language), words.land_words(found.land_type, language)),),
        filters=filter_words(briefing, language),
        count=f"{len(frame)} / {len(found.towns)}",
        remarks=(
            say("permu.land_note", language),
            say("export.blank", language),
            say("permu.table_note", language),
            words.no_d_words(found, language),
            say("towns.name_note", language),
        ),
    )
    return sheet_of(frame, heads, say("permu.sheet", language), notes, language)
