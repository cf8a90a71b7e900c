"""Gathers what each kind of scene shows from the cached briefings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from cockpit import town_codes
from cockpit.analysis.briefing import Briefing, Card, VerdictChange, speaks_published, verdict_changes
from cockpit.analysis.briefing.lists import CHECKS
from cockpit.analysis.selection import Selection
from cockpit.analysis.supervision.statistics import queue
from cockpit.analysis.supervision.statistics import waiting as waiting_now
from cockpit.analysis.supervision.views import COLUMNS, Lit, closed_since, tightest
from cockpit.briefings import (
    Desk,
    Extensions,
    areas,
    brief,
    cases,
    chain_layout,
    chains,
    gap_parts,
    list_history,
    open_desk,
    place_names,
    province,
    tour,
    town_lists,
    town_profile,
    vitality,
    waiting,
)
from cockpit.briefings import chain as one_chain
from cockpit.briefings.supervising import (
    Matters,
    count_matters,
    design,
    figure_standing,
    lit_matters,
    of_selection,
    tally_matters,
)
from cockpit.datasets.boundaries import read_boundaries
from cockpit.errors import DatasetError
from cockpit.policy.wall_design import SceneKind, SceneRecord
from cockpit.rights import ALL
from cockpit.units import Period
from cockpit.visuals.wall import chain, maps
from cockpit.visuals.wall.actions import TIGHT, WEEK, ActionsShow, actions_scene
from cockpit.visuals.wall.cases import CasesShow, cases_scene
from cockpit.visuals.wall.lists import ListShow, lists_scene
from cockpit.visuals.wall.overview import overview
from cockpit.visuals.wall.scene import Scene, Setting, data_to, empty, town_count
from cockpit.visuals.wall.tour import Tour, tour_scene
from cockpit.visuals.wall.town import TownShow, town_scene
from cockpit.visuals.wall.vitality import Leaders, vitality_scene
from cockpit.visuals.wall.why import Overview
from cockpit.vocabulary import Language
from cockpit.wording.profile import face

Make = Callable[[Desk, Briefing, Extensions, SceneRecord, Setting, str], tuple[Scene, ...]]


@lru_cache(maxsize=1)
def shapes() -> maps.Shapes:
    """Outlines of the province, read once."""
    return maps.shapes_of(read_boundaries("prefectures"), read_boundaries("counties"))


def make(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    """The scenes of one record (of the matters: `actions`); one that says so where no town is selected.

    Args:
        subject: for a town: the code asked for by the address and where the app was reached, as `code|base`.
    """
    if not len(briefing.towns):
        about = data_to(briefing, setting, town_count(0, setting))
        return (empty(setting, record.id, record, setting.say("wall.empty"), about),)
    return _MAKERS[record.kind](desk, briefing, logged, record, setting, subject)


def _published(desk: Desk, as_of: date) -> Mapping[str, Card]:
    """Published cards by target, whatever dataset is shown: the real figures a simulated one is read beside."""
    if not desk.dataset.manifest.is_simulated:
        return {}
    try:
        public = open_desk("public")
    except DatasetError:
        return {}
    cards = brief(public, Selection(period=public.choices.default_period, scope=ALL), as_of).cards
    return {card.target.id: card for card in cards if card.value is not None}


@lru_cache(maxsize=4)
def _changes(desk: Desk, selection: Selection, as_of: date) -> tuple[VerdictChange, ...] | None:
    """What this version changed for the period; None for a first one and where the one before is gone."""
    manifest = desk.dataset.manifest
    if manifest.parent is None:
        return None
    try:
        before = open_desk(manifest.dataset, manifest.parent)
    except DatasetError:
        return None
    pair = ((before.dataset, before.cube), (desk.dataset, desk.cube))
    return tuple(verdict_changes(*pair, desk.register, (selection.period,), as_of))


def _overview(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    selection, as_of = briefing.selection, briefing.as_of
    record = record.model_copy(update={"subject": desk.register.in_set(record.subject)})
    published = _published(desk, as_of) or {card.target.id: card for card in briefing.cards if card.source_ids}
    found = Overview(
        briefing=waiting(desk, selection, as_of, logged),
        limits=desk.limits,
        record=record,
        wall=desk.register.wall.wall,
        shapes=shapes(),
        parts=gap_parts(desk, selection, as_of, record.subject),
        areas=areas(desk, selection, as_of, record.subject),
        published=published,
        changes=_changes(desk, selection, as_of),
        sources=_sources(briefing, setting),
    )
    return overview(found, setting)


def _sources(briefing: Briefing, setting: Setting) -> tuple[tuple[str, str], ...]:
    """Who published the figures on the cards, and which."""
    table = briefing.dataset.table("sources").set_index("source_id")
    cited: dict[str, list[str]] = {}
    for card in briefing.cards:
        for source_id in card.source_ids:
            label = card.indicator.short_label.say(setting.language)
            cited.setdefault(str(table.loc[source_id, "publisher"]), []).append(label)
    return tuple((who, setting.joined(dict.fromkeys(labels))) for who, labels in cited.items())


@lru_cache(maxsize=4)
def _county_names(desk: Desk, language: Language) -> Mapping[str, str]:
    table = desk.dataset.table("counties")
    names = table["name_zh" if language == "zh" else "name_en"].astype("str")
    short = [name.removesuffix(" County").removesuffix(" District").removesuffix(" City") for name in names]
    return dict(zip(table["county_adcode"].astype("str"), short, strict=True))


def _tour(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    selection, as_of, register = briefing.selection, briefing.as_of, desk.register
    statuses = province(desk, as_of, logged).statuses if not speaks_published(desk.dataset) else None
    full = [text for text in desk.cube.periods if Period.parse(text).month == Period.parse(selection.period).month]
    return tuple(
        tour_scene(
            Tour(
                stop=stop,
                chains=chains(desk, replace(selection, prefectures=(stop.prefecture,))),
                statuses=statuses,
                design=register.town_code,
                record=record,
                wall=register.wall.wall,
                limits=desk.limits,
                shapes=shapes(),
                counties=_county_names(desk, setting.language),
                first_year=min(full, default=selection.period)[:4],
            ),
            setting,
        )
        for stop in tour(desk, selection, as_of, tuple(dict.fromkeys(map(desk.register.in_set, record.targets))))
    )


def _about(briefing: Briefing, setting: Setting) -> str:
    return data_to(briefing, setting, town_count(len(briefing.towns), setting))


@lru_cache(maxsize=4)
def _town_names(desk: Desk, language: Language) -> Mapping[str, str]:
    towns = desk.dataset.towns
    return dict(zip(towns["town_code"].astype("str"), towns["name_zh" if language == "zh" else "name_en"], strict=True))


def _chain(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    """The chain the record names, else that of the day: each has its turn, the same on every wall."""
    selection, every = briefing.selection, tuple(desk.register.chains)
    chosen = record.subject or every[briefing.as_of.toordinal() % len(every)]
    show = chain.ChainShow(
        found=one_chain(desk, selection, chosen),
        every=chains(desk, selection),
        layout=chain_layout(desk, selection, chosen, chain.FRAME),
        broad=chain_layout(desk, selection, chosen, chain.BROAD),
        tall=chain_layout(desk, selection, chosen, chain.TALL),
        names=_town_names(desk, setting.language),
        record=record,
        about=_about(briefing, setting),
    )
    return (chain.chain_scene(show, setting),)


def _vitality(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    index = vitality(desk, briefing.selection.period, briefing.selection.scope)
    about = _about(briefing, setting)
    if index is None or index.is_empty:
        return (empty(setting, record.id, record, setting.say("wall.vitality_none"), about),)
    keep = set(briefing.towns["town_code"].astype("str"))
    ranked, unranked = (rows[rows.index.isin(keep)] for rows in (index.ranked, index.unranked))
    return (vitality_scene(Leaders(index, ranked, unranked, record, about), setting),)


def _lists(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    show = ListShow(
        lists=town_lists(desk, briefing.selection, briefing.as_of, logged),
        history=list_history(desk),
        record=record,
        about=_about(briefing, setting),
        labels={name: setting.say(f"lists.check.{name}") for name in CHECKS},
        register=desk.register,
    )
    return (lists_scene(show, setting),)


def actions(
    desk: Desk, briefing: Briefing, found: Matters | None, record: SceneRecord, setting: Setting
) -> tuple[Scene, ...]:
    """The scene of the matters; it depends on what happened to them and not on the data alone.

    Args:
        found: those the reader may see; None where the log cannot be read.
    """
    if not len(briefing.towns):
        about = data_to(briefing, setting, town_count(0, setting))
        return (empty(setting, record.id, record, setting.say("wall.empty"), about),)
    if found is None:
        return (empty(setting, record.id, record, setting.say("wall.actions_unread"), _about(briefing, setting)),)
    return _actions(desk, briefing, of_selection(found, briefing), record.id, setting)


@lru_cache(maxsize=16)
def _actions(desk: Desk, briefing: Briefing, found: Matters, name: str, setting: Setting) -> tuple[Scene, ...]:
    rules, day = design(), briefing.as_of
    every = lit_matters(found, day)
    tight = tightest(every)
    ended = closed_since(every, day - WEEK)
    wanted = {item.matter.id: item.matter for item in (*tight[:TIGHT], *_first_judged(tight))}
    figures = {}
    for matter in wanted.values():
        indicator, now = desk.register.indicators.get(matter.goal.indicator), figure_standing(matter)
        if indicator is not None and now is not None:
            figures[matter.id] = (indicator, now)
    items = found.matters
    show = ActionsShow(
        counts=count_matters(found, day),
        tally=tally_matters(found, day),
        queues={column: queue(items, states, day) for column, states in COLUMNS.items()},
        extensions=waiting_now(items, day).extensions,
        done=sum(item.closed_as == "done" for item in items),
        tight=tight,
        ended=ended or ([] if tight else closed_since(every, date.min)[:1]),
        figures=figures,
        courses={one: found.events[one] for one in wanted},
        places=place_names(desk, setting.language),
        least=rules.limit("fewest_for_a_rate"),
        day=day,
        record=desk.register.wall.scenes[name],
        about=setting.dotted(
            setting.say("actions.on_day", day=day.isoformat()),
            setting.say("wall.actions_all", count=len(items)),
        ),
        prefectures=briefing.selection.prefectures,
    )
    return (actions_scene(show, setting),)


def _first_judged(tight: Sequence[Lit]) -> list[Lit]:
    """The first with a figure's goal, for the column only a very wide wall has."""
    return [item for item in tight if item.matter.goal.kind == "figure"][:1]


def _town(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    """The town the address or the record names, else that of the day among the selected ones."""
    asked, _, base = subject.partition("|")
    towns = briefing.towns.set_index(briefing.towns["town_code"].astype("str"))
    listed = sorted(towns.index[towns["list_status"].astype("str").isin(("named", "creating"))]) or sorted(towns.index)
    known = briefing.seen
    of_day = listed[briefing.as_of.toordinal() % len(listed)]
    code = next((name for name in (asked, record.subject) if name in known), of_day)
    found = town_profile(desk, code, briefing.as_of, logged, briefing.selection.scope)
    every = desk.dataset.towns
    row = every[every["town_code"].astype("str") == code].iloc[0]
    is_placed = row["lat"] == row["lat"] and row["lat"] is not None
    show = TownShow(
        face=face(found, setting.language, town_codes.public_url(found.code, base)),
        shapes=shapes(),
        prefecture=found.prefecture,
        place=(float(row["lon"]), float(row["lat"])) if is_placed else None,
        is_named=found.list_status == "named",
        counties={str(row["county_adcode"]): found.county.say(setting.language)},
        record=record,
        about=_about(briefing, setting),
    )
    return (town_scene(show, setting),)


def _cases(
    desk: Desk, briefing: Briefing, logged: Extensions, record: SceneRecord, setting: Setting, subject: str
) -> tuple[Scene, ...]:
    """The published cases; one of them has its day, the same on every wall."""
    found, about = cases(desk, briefing.selection, briefing.as_of, setting.language), _about(briefing, setting)
    if not found:
        return (empty(setting, record.id, record, setting.say("wall.cases_none"), about),)
    design = desk.register.elements
    show = CasesShow(
        cases=found,
        of_day=found[briefing.as_of.toordinal() % len(found)],
        names=_town_names(desk, setting.language),
        fields=design.words(design.kinds["best_practice"].columns["field"]),
        record=record,
        about=about,
    )
    return (cases_scene(show, setting),)


_MAKERS: Final[Mapping[SceneKind, Make]] = {
    "overview": _overview,
    "tour": _tour,
    "chain": _chain,
    "vitality": _vitality,
    "lists": _lists,
    "town": _town,
    "cases": _cases,
}
