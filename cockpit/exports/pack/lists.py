"""Chains and the list in the briefing pack: grades of the nodes, and what waits for a decision.

Pure; see `pack`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cockpit.analysis.briefing.lists import CreatingTown
from cockpit.analysis.chain.grading import GRADES
from cockpit.briefings import chains, list_history, logged_extensions, town_lists
from cockpit.exports.pack.material import FIGURE_WIDTH, INK, THEME, Material, alt_of, mark, number_of
from cockpit.exports.pack.model import Cell, Chart, Column, Picture, Section, Series, Table
from cockpit.exports.pack.plates import chain_plate, picture_of
from cockpit.marks import mark_of
from cockpit.units import scale_of
from cockpit.visuals.lists import history as list_history_drawing
from cockpit.visuals.marks.charts import with_rows
from cockpit.visuals.marks.palette import MARK_COLOURS
from cockpit.vocabulary import CHAIN_GRADES, LIST_STATUSES, RISKS, Language, Risk
from cockpit.wording import chain as chain_words
from cockpit.wording import lists as list_words

_QUEUE: Final = 10
_LONG: Final = ("section", "county", "unknown")  # columns of the workbook and the document only


def chain_overview(ask: Material) -> Section:
    """All chains with the grades of their nodes, most gaps first."""
    language = ask.language
    every = chains(ask.desk, ask.selection)
    title = ask.say("chain.title")
    period = ask.period(every.period) if every.period else ask.say("chain.no_data")
    lead = ask.say("chain.lead", chains=len(every.chains), nodes=every.node_count)
    colours = {grade: MARK_COLOURS[THEME][mark_of("chain_grade", grade).colour][0] for grade in GRADES}
    names = tuple(glance.chain.label.say(language) for glance in every.chains)
    step = 1e8 if language == "zh" else 1e9
    money = replace(scale_of(step, "yuan", language, step=step), decimals=1, is_grouped=True)
    columns = (
        Column(ask.say("chain.pick"), width=2.2),
        Column(ask.say("pack.nodes"), width=0.8),
        *(Column(CHAIN_GRADES[grade].say(language), width=0.8, is_brief=False) for grade in GRADES),
        Column(ask.say("pack.paths"), width=1.1),
        Column(ask.say("chain.col_firms"), width=1.0),
        Column(ask.say("pack.chain_output"), money.unit, 1.2),
        Column(ask.say("chain.col_reported"), width=1.2),
    )
    rows = []
    for glance in every.chains:
        known = glance.firm_count is not None
        amount = glance.revenue_yuan
        rows.append(
            (
                glance.chain.label.say(language),
                number_of(len(glance.nodes)),
                *(number_of(glance.counts[grade]) for grade in GRADES),
                f"{glance.paths.intact}/{glance.paths.total}" if known else None,
                number_of(glance.firm_count, is_grouped=True),
                None if amount is None else money.figure(amount),
                f"{glance.reported}/{glance.town_count}",
            )
        )
    chart_title = ask.say("pack.chain_chart")
    chart = Chart(
        kind="stacked",
        title=chart_title,
        unit=ask.say("pack.nodes"),
        categories=names,
        series=tuple(
            Series(
                CHAIN_GRADES[grade].say(language),
                # A grade no node has is left out of the bar, as it is left out of the words.
                tuple(number_of(glance.counts[grade] or None) for glance in every.chains),
                colours[grade],
            )
            for grade in GRADES
            if any(glance.counts[grade] for glance in every.chains)
        ),
        alt="; ".join(
            f"{glance.chain.label.say(language)}: {chain_words.counted(glance, language)}" for glance in every.chains
        ),
    )
    counts = [f"{CHAIN_GRADES[grade].say(language)} {every.counts[grade]}" for grade in GRADES if every.counts[grade]]
    notes = [ask.say("chain.order")]
    if ask.selection.is_filtered:
        notes.append(ask.say("chain.over_selection", count=every.town_count))
    plate = chain_plate(ask, every.chains[0].chain.id)
    return Section(
        key="chain",
        title=title,
        lead=f"{lead} · {ask.joined(counts)}",
        foot=ask.foot(period),
        finding=ask.say("pack.found_chain", chain=names[0], counts=chain_words.counted(every.chains[0], language))
        if every.chains[0].counts["missing"]
        else "",
        plate=plate,
        charts=(chart,),
        tables=(Table(ask.say("pack.chain_table"), columns, tuple(rows)),),
        pictures=(lambda: picture_of(plate),),
        notes=tuple(notes),
    )


def list_queue(ask: Material) -> Section:
    """What waits for a decision on the list; of published lists only what was known of them, and when."""
    language = ask.language
    lists = town_lists(*ask.key, logged_extensions(ask.desk.dataset.name))
    title = ask.say("lists.title")
    if not lists.is_current:
        return _known_list(ask, dict(lists.counts))
    heads = ("deadline", "section", "town", "county", "stage", "grade", "points", "rules", "unknown", "suggestion")
    widths = {
        "deadline": 1.1,
        "section": 1.1,
        "town": 1.7,
        "county": 1.0,
        "stage": 1.5,
        "grade": 0.9,
        "points": 0.7,
        "rules": 3.2,
        "unknown": 1.6,
        "suggestion": 1.9,
    }
    columns = tuple(
        Column(ask.say(f"lists.column.{name}"), width=widths[name], is_brief=name not in _LONG) for name in heads
    )
    rows: list[tuple[Cell, ...]] = []
    for town in lists.queue:
        grade = town.grade
        found = "; ".join(list_words.finding_texts(grade, language)) if grade else ""
        lacking = (
            list_words.joined(list_words.labels(grade.unknown, ask.desk.register, language), language) if grade else ""
        )
        rows.append(
            (
                list_words.day(town.clock.deadline) or None,
                list_words.section(town.section, lists.horizons, language) if town.section else None,
                list_words.name(town.place, language),
                town.place.county.say(language),
                list_words.time_limit(town, lists.windows, language),
                mark(mark_of("risk", grade.grade), RISKS[grade.grade].say(language)) if grade else None,
                list_words.grade_note(grade, language) if grade else None,
                # Where items are missing nobody knows whether a rule would speak.
                found or (ask.say("lists.no_rule") if grade and not grade.unknown else None),
                lacking or None,
                _suggestion(town, language),
            )
        )
    order = (Risk.HIGH, Risk.PENDING, Risk.MEDIUM, Risk.LOW)
    graded = [town.grade.grade for town in lists.queue if town.grade]
    names = [RISKS[risk].say(language) for risk in order]
    counts = tuple(number_of(graded.count(risk)) for risk in order)
    chart_title = ask.say("pack.queue_chart")
    chart = Chart(
        "columns", chart_title, ask.say("pack.towns"), tuple(names),
        (Series(ask.say("pack.towns"), counts, INK["fill"],
                tuple(MARK_COLOURS[THEME][mark_of("risk", risk).colour][0] for risk in order)),),
        alt_of(chart_title, names, list(counts), ask),
    )  # fmt: skip
    told = [f"{LIST_STATUSES[status].say(language)} {count}" for status, count in lists.counts.items()]
    period = ask.period(lists.year) if lists.year else ask.say("lists.no_figures")
    notes = [ask.say("lists.lead", day=lists.as_of.isoformat(), period=period), ask.say("lists.subject")]
    return Section(
        key="lists",
        title=title,
        lead=f"{ask.say('lists.queue')} {len(lists.waiting)} · {ask.joined(told)}",
        finding=ask.say("pack.found_lists", count=len(lists.waiting), high=graded.count(Risk.HIGH))
        if lists.waiting
        else "",
        foot=ask.foot(period),
        charts=(chart,) if graded else (),
        tables=(Table(ask.say("lists.queue"), columns, tuple(rows), brief_rows=_QUEUE),) if rows else (),
        notes=tuple(notes),
    )


def _suggestion(town: CreatingTown, language: Language) -> str:
    why = list_words.reason(town, language)
    told = list_words.suggestion(town, language)
    return f"{told}（{why}）" if why and language == "zh" else f"{told} ({why})" if why else told


def _known_list(ask: Material, counts: dict[str, int]) -> Section:
    language, history = ask.language, list_history(ask.desk)
    told = [f"{LIST_STATUSES[status].say(language)} {count}" for status, count in counts.items()]
    last = str(history.index[-1]) if len(history) else ask.say("chain.no_data")
    if not len(history):
        return Section("lists", ask.say("lists.title"), ask.joined(told), ask.foot(last))
    statuses = [status for status in LIST_STATUSES if (history[status] > 0).any()]
    palette = {"named": INK["primary"], "creating": INK["band"], "cultivating": INK["rest"], "removed": INK["down"]}
    years = tuple(str(year) for year in history.index)
    chart = Chart(
        kind="stacked",
        title=ask.say("lists.public_chart"),
        unit=ask.say("pack.towns"),
        categories=years,
        series=tuple(
            Series(
                LIST_STATUSES[status].say(language),
                tuple(number_of(value or None) for value in history[status]),
                palette[status],
            )
            for status in statuses
        ),
        alt=list_history_drawing.rows_of(history, language)[1],
    )

    def drawn() -> Picture:
        rows, alt = list_history_drawing.rows_of(history, language)
        spec = with_rows(list_history_drawing.stacked_years(THEME, language), rows)
        return Picture(spec, ask.say("lists.public_chart"), alt, FIGURE_WIDTH)

    table = Table(
        ask.say("lists.public_chart"),
        (Column(ask.say("lists.public_year")), *(Column(LIST_STATUSES[status].say(language)) for status in statuses)),
        tuple((year, *(number_of(history.loc[year, status]) for status in statuses)) for year in history.index),
        brief_rows=14,
    )
    return Section(
        key="lists",
        title=ask.say("lists.title"),
        lead=ask.joined(told),
        foot=ask.foot(ask.say("pack.until", year=last)),
        charts=(chart,),
        tables=(table,),
        pictures=(drawn,),
        notes=(ask.say("lists.lead_public"), ask.say("lists.public_note", year=last)),
    )
