"""Rankings in the briefing pack: the vitality index and the per-mu evaluation.

Pure; see `pack`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from cockpit.analysis.briefing import PerMu
from cockpit.briefings import per_mu, vitality
from cockpit.exports.pack.material import FIGURE_WIDTH, INK, THEME, Material, alt_of, known, number_of
from cockpit.exports.pack.model import Cell, Chart, Column, Marked, Picture, Section, Series, Table
from cockpit.marks import mark_of
from cockpit.units import Figure, figure, percent, percent_figure
from cockpit.visuals.marks.palette import MARK_COLOURS
from cockpit.visuals.per_mu import quadrant as per_mu_drawing
from cockpit.visuals.vitality import tables as index_tables
from cockpit.visuals.vitality.ranking import OVERALL, class_name, town_name
from cockpit.vocabulary import PER_MU_CLASSES
from cockpit.wording import per_mu as per_mu_words

_LEADERS: Final = 10


def vitality_leaders(ask: Material) -> Section:
    """The first of the vitality index among the selected towns, each rank with its interval."""
    language = ask.language
    found = vitality(ask.desk, ask.selection.period, ask.selection.scope)
    title = ask.say("vitality.title")
    if found is None or found.is_empty:
        name = ask.say(f"dataset.{ask.desk.dataset.name}")
        key = "vitality.no_year" if found is None else "vitality.none"
        lead = ask.say(key, dataset=name, all=0 if found is None else len(found.ranking))
        top = ask.desk.register.vitality.index
        shares = [percent(share, decimals=0) for share in (top.present_in_group, top.present_overall)]
        return Section(
            "vitality",
            title,
            _first_sentence(lead, language),
            ask.foot(ask.period(ask.selection.period)),
            notes=(ask.say("vitality.rule", dimension=shares[0], all=shares[1]),),
        )
    kept = set(ask.briefing.towns["town_code"].astype("str"))
    shown = found.ranked[found.ranked.index.isin(kept)]
    period = ask.period(found.period)
    own = ask.say("vitality.own", version=ask.desk.register.vitality.index.version)
    if not len(shown):
        return Section("vitality", title, ask.say("vitality.none_shown"), ask.foot(period))
    frame = index_tables.ranking_frame(found, shown, OVERALL, None, language)
    interval = ask.say("vitality.interval", share=f"{100 * found.design.index.interval:.0f}")
    dimensions = list(found.design.dimensions.values())
    scores = found.result.scores.loc[shown.index, list(found.design.dimensions)]
    columns = [
        Column(ask.say("vitality.rank"), width=0.6),
        Column(interval, width=1.1),
        Column(ask.say("vitality.town"), width=3.2),
        Column(ask.say("vitality.class_pick"), width=1.5),
        Column(ask.say("vitality.index"), width=0.8),
        *(Column(group.short.say(language), width=0.7) for group in dimensions),
        *(Column(str(head), is_brief=False) for head in frame.columns[7:10]),
        Column(ask.say("vitality.coverage"), "%", 0.8, is_brief=False),
    ]
    rows = []
    for place, (_, row) in enumerate(shown.rename(columns={"index": "score"}).iterrows()):
        rows.append(
            (
                number_of(row["rank"]),
                f"{row['low']:.0f}–{row['high']:.0f}",
                town_name(row, language),
                class_name(str(row["industry_class"]), language),
                number_of(row["score"], 1),
                *(number_of(value, 1) for value in scores.iloc[place]),
                *(number_of(value) for value in frame.iloc[place, 7:10]),
                percent_figure(float(row["coverage"]), decimals=0),
            )
        )
    best = rows[:_LEADERS]
    names = [str(row[2]) for row in best]
    values = [row[4] if isinstance(row[4], Figure) else None for row in best]
    chart_title = ask.say("pack.leaders", count=len(best))
    chart = Chart(
        "bars", chart_title, ask.say("lists.column.points"), tuple(names),
        (Series(ask.say("vitality.index"), tuple(values), INK["fill"]),), alt_of(chart_title, names, values, ask),
    )  # fmt: skip
    key = "vitality.filtered_note" if ask.selection.is_filtered else "vitality.ranking_note"
    notes = [ask.say(key, all=len(found.ranked)) if ask.selection.is_filtered else ask.say(key)]
    notes.append(ask.say("pack.vitality_basis", own=own))
    return Section(
        key="vitality",
        title=title,
        lead=ask.say("vitality.when", period=period, ranked=len(found.ranked), all=len(found.ranking)),
        finding=ask.say(
            "pack.found_vitality", town=names[0], index=values[0].number if values[0] else "", low=best[0][1]
        ),
        foot=ask.foot(period, ask.say("pack.named_and_creating")),
        charts=(chart,),
        tables=(Table(ask.say("vitality.ranking"), tuple(columns), tuple(rows), brief_rows=_LEADERS),),
        notes=tuple(notes),
    )


def _first_sentence(text: str, language: str) -> str:
    """Up to the first stop: what follows speaks of the page."""
    stop = "。" if language == "zh" else ". "
    return text.split(stop)[0] + stop.strip()


def per_mu_leaders(ask: Material) -> Section:
    """Classes A to D of the selected towns, and the leaders by tax per mu."""
    language, design = ask.language, ask.desk.register.per_mu
    found = per_mu(ask.desk, ask.selection.period, design.land.default, ask.selection.scope)
    shown = found.shown(ask.briefing.keep)
    if not found.is_computed or not shown.any():
        lead = _per_mu_silence(ask, found)
        needs = () if ask.has_returns else (_first_sentence(ask.say("permu.public_needs"), language),)
        foot = ask.foot(ask.period(ask.selection.period))
        return Section("per_mu", ask.say("permu.title_none"), lead, foot, notes=needs)
    title = ask.say("permu.title", year=found.period)
    period, land = ask.period(found.period), per_mu_words.land_words(found.land_type, language)
    evaluation, names = found.evaluation, per_mu_words.town_names(found, language)
    order = [int(at) for at in np.argsort(-np.nan_to_num(evaluation.score, nan=-1.0), kind="stable") if shown[at]]
    heads = [
        Column(ask.say("permu.col_leader"), width=0.9),
        Column(ask.say("towns.name"), width=2.0),
        Column(ask.say("permu.col_class"), width=0.9),
        Column(ask.say("permu.col_score"), width=0.8),
        Column(ask.say("permu.col_place"), width=0.9),
        Column(ask.say("pack.peers"), width=1.8),
        *(
            Column(item.label.say(language), per_mu_words.scale(item.unit, language).unit, 1.1, is_brief=place < 2)
            for place, item in enumerate(design.items.values())
        ),
        Column(land.capitalize(), figure(1.0, "mu", language).unit, is_brief=False),
        Column(ask.say("permu.missing").capitalize(), width=2.0, is_brief=False),
        Column(ask.say("permu.col_remark"), width=2.0, is_brief=False),
    ]

    def row(at: int) -> tuple[Cell, ...]:
        letter = str(evaluation.letter[at])
        return (
            number_of(evaluation.leader[at] or None),
            names[at],
            Marked(
                per_mu_words.class_sign(letter, language),
                MARK_COLOURS[THEME][mark_of("per_mu_class", letter).colour][1],
            ),
            number_of(evaluation.score[at], 1),
            number_of(evaluation.place[at] or None),
            ask.say(
                "permu.group",
                group=per_mu_words.group_words(str(evaluation.group[at]), language),
                count=evaluation.group_size[at],
            ),
            *(
                known(per_mu_words.scale(item.unit, language).figure(float(found.values[at, place])))
                for place, item in enumerate(design.items.values())
            ),
            number_of(found.area_mu[at], 1),
            per_mu_words.item_names(found, design, at, language, "missing") or None,
            per_mu_words.remark(found, design, at, language) or None,
        )

    leaders = sorted((at for at in order if evaluation.leader[at]), key=lambda at: int(evaluation.leader[at]))
    first = leaders or order
    letters = [letter for letter in PER_MU_CLASSES if letter in "ABCD" or (evaluation.letter[shown] == letter).any()]
    counts = tuple(number_of(int((evaluation.letter[shown] == letter).sum())) for letter in letters)
    words = [PER_MU_CLASSES[letter].say(language) for letter in letters]
    chart = Chart(
        "columns", ask.say("permu.tally_label"), ask.say("pack.towns"), tuple(words),
        (Series(ask.say("pack.towns"), counts, INK["fill"],
                tuple(MARK_COLOURS[THEME][mark_of("per_mu_class", letter).colour][0] for letter in letters)),),
        alt_of(ask.say("permu.tally_label"), words, list(counts), ask),
    )  # fmt: skip
    lead = ask.joined([f"{word} {count.number if count else 0}" for word, count in zip(words, counts, strict=True)])
    finding = ""
    if leaders:
        tax = figure(float(found.values[leaders[0], found.parameters.tax]), "yuan_per_mu", language)
        finding = ask.say("permu.best", name=names[leaders[0]], value=tax, land=land)

    def drawn() -> Picture:
        drawing = per_mu_drawing.draw_quadrant(found, design, shown, ask.briefing.cube, language, THEME)
        return Picture(drawing.spec, ask.say("permu.quadrant"), drawing.alt, FIGURE_WIDTH)

    notes = [ask.say("permu.rule", period=period, land=land), ask.say("permu.table_note")]
    notes += [
        text
        for text in (per_mu_words.no_d_words(found, language), per_mu_words.kept_back_words(found, language))
        if text
    ]
    return Section(
        key="per_mu",
        title=title,
        lead=lead,
        finding=finding,
        foot=ask.foot(period, ask.say("pack.named_and_creating")),
        charts=(chart,),
        tables=(
            Table(ask.say("permu.leaders"), tuple(heads), tuple(row(at) for at in first), brief_rows=_LEADERS),
            Table(ask.say("permu.table"), tuple(heads), tuple(row(at) for at in order), brief_rows=0),
        ),
        pictures=(drawn,),
        notes=tuple(notes),
    )


def _per_mu_silence(ask: Material, found: PerMu) -> str:
    if not ask.has_returns:
        return _first_sentence(ask.say("permu.public"), ask.language)
    if not found.has_land:
        return ask.say("permu.no_land", year=found.period, land=per_mu_words.land_words(found.land_type, ask.language))
    return ask.say("permu.none_in_scope", year=found.period)
