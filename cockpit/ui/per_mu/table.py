"""The ranking of the per-mu page as a table, on screen and as it is taken away."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

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
from cockpit.ui.per_mu.page import badge, only_class, picked_class
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.led import led_table
from cockpit.visuals.marks.markup import Markup, html
from cockpit.vocabulary import INDUSTRY_CLASSES, PER_MU_CLASSES, PREFECTURES, Language
from cockpit.wording import per_mu as words


@lru_cache(maxsize=64)
def _shown(
    found: PerMu, briefing: Briefing, desk: Desk, letter: str, language: Language
) -> tuple[pd.DataFrame, dict[str, Head]]:
    """The rows as shown, best score first, and the heads of its columns of figures by header."""
    design, evaluation = desk.register.per_mu, found.evaluation
    shown = found.shown(briefing.keep)
    rows = np.flatnonzero(shown & (evaluation.letter == letter) if letter else shown)
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


@lru_cache(maxsize=16)
def _ranking(found: PerMu, briefing: Briefing, desk: Desk, letter: str, language: Language) -> Markup:
    """The rows with what leads on: a name to the town, a class or a prefecture to itself."""
    frame, heads = _shown(found, briefing, desk, letter, language)
    codes = frame[say("towns.code", language)].tolist()
    towns = found.towns.set_index(found.towns["town_code"].astype("str")).loc[codes]
    first, kind, place = (say(f"towns.{key}", language) for key in ("name", "class", "prefecture"))

    def narrowed(name: str, column: str, head: str) -> list[Markup]:
        pairs = zip(towns[column].astype("str"), frame[head], strict=True)
        return [marks.narrowing(name, value, text, language, is_walked=True) for value, text in pairs]

    named = zip(codes, frame[first], strict=True)
    names = {
        first: [marks.town(code, text, language, is_walked=True) for code, text in named],
        kind: narrowed("class", "industry_class", kind),
        place: narrowed("prefecture", "prefecture_adcode", place),
    }
    formats = {header: f"%.{head.decimals}f" for header, head in heads.items()}
    formats |= {say("permu.col_score", language): "%.1f"}
    return led_table(frame, names, say("permu.table", language), language, formats)


def ranking(view: View, found: PerMu) -> None:
    """The table and its two downloads, of the picked class where one is."""
    letter = picked_class()
    with st.container(key="tablehead", horizontal=True, gap="small", vertical_alignment="center"):
        title = html("<h2>{} {} {}</h2>", view.say("permu.table"), badge(view), only_class(view.language))
        show(title, width="content")
        show(html('<p class="note">{}</p>', _note(view, found)), width="stretch")
        stem = f"per-mu-{view.desk.dataset.name}-{found.period}-{found.land_type}"
        downloads(view, lambda: _sheet(found, view.briefing, view.desk, letter, view.language), stem)
    show(_ranking(found, view.briefing, view.desk, letter, view.language))
    if view.language == "en":
        show(html('<p class="note">{}</p>', view.say("towns.name_note")))


def _note(view: View, found: PerMu) -> str:
    notes = (
        view.say("permu.table_note"),
        words.no_d_words(found, view.language),
        words.kept_back_words(found, view.language),
    )
    return (" " if view.language == "en" else "").join(text for text in notes if text)


def _sheet(found: PerMu, briefing: Briefing, desk: Desk, letter: str, language: Language) -> Sheet:
    frame, heads = _shown(found, briefing, desk, letter, language)
    notes = standing_notes(
        desk,
        language,
        period=period_words(found.period, language),
        special=(
            (say("permu.land", language), words.land_words(found.land_type, language)),
            *([(say("permu.col_class", language), PER_MU_CLASSES[letter].say(language))] if letter else []),
        ),
        filters=filter_words(briefing, language),
        count=f"{len(frame)} / {len(found.towns)}",
        remarks=(
            say("permu.land_note", language),
            say("export.blank", language),
            say("permu.table_note", language),
            words.no_d_words(found, language),
            words.kept_back_words(found, language),
            say("towns.name_note", language),
        ),
    )
    return sheet_of(frame, heads, say("permu.sheet", language), notes, language)
