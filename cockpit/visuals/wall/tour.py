"""One prefecture for a while: how it stands, its towns by name, its chains and why towns are marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Stop, StopTown
from cockpit.analysis.briefing.chains import Chains
from cockpit.analysis.briefing.wall import Standing
from cockpit.analysis.town_status import TownStatus
from cockpit.phrases import say
from cockpit.policy.town_code_design import TownCodeDesign
from cockpit.policy.wall_design import SceneRecord, WallRecord
from cockpit.units import Period, column_scale, percent
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
from cockpit.visuals.wall import chain_chips
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.maps import Mark, Shapes, TownName, prefecture, town_key
from cockpit.visuals.wall.overview import goal
from cockpit.visuals.wall.scene import Scene, Setting, counted, h2, plain_area, spark
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES
from cockpit.wording import targets as wording

_CHAINS: Final = 2
_REASONS: Final = 3
_ROWS: Final = 21  # of the table on a very wide wall
_CHIP_ROOM: Final = 420.0


@dataclass(frozen=True, eq=False)
class Tour:
    """What one stop shows. `statuses` by town code, None for published data, which say nothing of today."""

    stop: Stop
    chains: Chains
    statuses: Mapping[str, TownStatus] | None
    design: TownCodeDesign
    record: SceneRecord
    wall: WallRecord
    limits: Limits
    shapes: Shapes
    counties: Mapping[str, str]
    first_year: str


def tour_scene(found: Tour, setting: Setting) -> Scene:
    stop, record = found.stop, found.record
    name = PREFECTURES[stop.prefecture].say(setting.language)
    scene_id = f"{record.id}.{stop.prefecture}"
    about = parts_of.data_to(stop.briefing, setting, setting.say("wall.of_prefecture", count=len(stop.towns)))
    if not stop.towns:
        text = setting.say("wall.none_here", prefecture=name)
        return parts_of.empty(setting, scene_id, record, text, about, name)
    title = setting.say("wall.prefecture", name=name)
    body = html(
        '<section class="w-left w-kpis">{}</section><section class="w-C">{}</section><div class="w-right">{}{}</div>{}',
        _standings(found, setting),
        _map(found, setting),
        _chains(found, setting),
        _reasons(found, setting),
        _table(found, setting),
    )
    return Scene(
        scene_id,
        record,
        parts_of.head(setting, record, title, _tally(found, setting)),
        parts_of.main(record, body),
        about,
        setting.say("wall.source_short"),
        part=name,
        link={"prefecture": (stop.prefecture,)},
    )


def _tally(found: Tour, setting: Setting) -> Markup:
    if found.statuses is None:
        told = [
            setting.say("wall.of_status", count=count, status=LIST_STATUSES[status].say(setting.language).lower())
            for status, count in found.stop.counts.items()
        ]
        return html('<span class="w-aside">{}</span>', setting.joined(told))
    counts = Counter(found.statuses[town.code].name for town in found.stop.towns)
    return parts_of.tally(
        (record.mark, record.label.say(setting.language), counts[record.id])  # type: ignore[index]
        for record in found.design.statuses.values()
        if counts[record.id]  # type: ignore[index]
    )


def _standings(found: Tour, setting: Setting) -> Markup:
    if not found.stop.standings or found.statuses is None:
        return _known(found, setting)
    blocks = html_of(_standing(item, number == 0, found, setting) for number, item in enumerate(found.stop.standings))
    last = Period.parse(found.stop.briefing.selection.period).year
    note = setting.say("wall.spark_note", first=found.first_year, last=last) + setting.mark
    return html('{}<p class="w-sub">{}</p>', blocks, note)


def _standing(item: Standing, is_first: bool, found: Tour, setting: Setting) -> Markup:
    card, language = item.card, setting.language
    label = card.indicator.short_label.say(language)
    if is_first:
        period = wording.period_words(card.period, card.indicator, language, short=True)
        label = setting.dotted(label, period) + setting.mark
    value = card.contribution
    text = wording.value_figure(value, card.indicator, language, card.provenance)
    number = html("{}<small>{}</small>", text.number, text.short_unit) if value is not None else "—"
    under = []
    if item.share is not None:
        under.append(setting.say("wall.share", share=percent(item.share)))
    if item.rank is not None and item.of > 1:
        under.append(setting.say("wall.rank" if is_first else "wall.rank_short", rank=item.rank, of=item.of))
    if card.indicator.is_ratio and value is not None:
        under.append(goal(card, setting))
        under.append(setting.say("wall.points_off", points=parts_of.points(value - card.target.base_value)))
    elif card.growth is not None:
        under.append(setting.say("wall.growth", growth=percent(card.growth, signed=True)))
    if value is None:
        under = [setting.say("wall.no_data")]
    series = [(float(point.period.year), point.value) for point in card.trend]
    told = f"{label}: {', '.join(f'{year:.0f} {value:g}' for year, value in series[-1:])}"
    facts = setting.dotted(*under)
    return html(
        '<div class="w-kpi{}"><div><div class="n">{}</div><div class="v">{}</div></div>{}<div class="s">{}</div></div>',
        " big" if is_first else "",
        label,
        number,
        spark(series, told),
        facts,
    )


def _known(found: Tour, setting: Setting) -> Markup:
    """What published data know of a prefecture: its towns on the list, by status and class."""
    language, stop = setting.language, found.stop
    classes = Counter(town.industry_class for town in stop.towns)
    rows = [(str(count), LIST_STATUSES[status].say(language), "") for status, count in stop.counts.items()]
    more = [(str(count), INDUSTRY_CLASSES[name].say(language), "") for name, count in classes.most_common()]
    return html(
        '<div>{}{}</div><div>{}{}</div><p class="w-sub">{}</p>',
        h2(setting.say("wall.known_list"), setting.say("wall.known_note")),
        counted(rows),
        h2(say("gap.by_class", language)),
        counted(more),
        setting.say("wall.no_split"),
    )


def _map(found: Tour, setting: Setting) -> Markup:
    language, stop, wall = setting.language, found.stop, found.wall
    placed = [town for town in stop.towns if town.lat is not None and town.lon is not None]
    most = len(placed) if len(placed) <= wall.labelled_most else wall.labelled
    towns = [_town(town, found, setting, is_named=number < most) for number, town in enumerate(placed)]
    told = setting.joined(
        setting.say("wall.of_status", count=count, status=LIST_STATUSES[status].say(language).lower())
        for status, count in stop.counts.items()
    )
    count = len(stop.towns)
    title = setting.say("wall.one_here" if count == 1 else "wall.towns_here", count=count, parts=told)
    left_out = count - most
    note = setting.say("wall.labels_index") if found.statuses is not None else setting.say("wall.labels_class")
    by_tax = "wall.points_only" if found.statuses is not None else "wall.points_some"
    rest = setting.say(by_tax, count=left_out, most=most) if left_out > 0 else ""
    kinds = [("named", LIST_STATUSES["named"].say(language)), ("ring", setting.say("wall.other_status"))]
    size = setting.say("wall.circle_tax") if found.statuses is not None else setting.say("wall.circle_same")
    if found.statuses is not None and any(town.tax is None for town in placed):
        kinds.append(("unknown", setting.say("wall.no_tax")))
    picture = prefecture(found.shapes, stop.prefecture, towns, found.counties, title, town_key(kinds, size))
    return h2(title, setting.dotted(note, rest)) + picture


def _town(town: StopTown, found: Tour, setting: Setting, *, is_named: bool) -> TownName:
    language = setting.language
    assert town.lon is not None
    assert town.lat is not None
    # What stands behind a comma tells towns of one name apart, which the map does as well.
    name = town.name.zh if language == "zh" else town.name.en.partition(",")[0].removesuffix(" Town")
    mark = None
    if found.statuses is not None:
        record = found.design.statuses[found.statuses[town.code].name]
        mark = Mark(record.mark.shape, record.mark.style, record.label.say(language))
        value = setting.say("wall.no_index")
        if town.index is not None:
            value = setting.say("wall.index", value=f"{town.index:.1f}")
        weight = town.tax
    else:
        status = LIST_STATUSES[town.status].say(language)
        value = setting.dotted(status, INDUSTRY_CLASSES[town.industry_class].say(language))
        weight = 0.35
    return TownName(
        town.lon, town.lat, town.status == "named", weight, name if is_named else "", mark, value if is_named else ""
    )


def _chains(found: Tour, setting: Setting) -> Markup:
    own = [glance for glance in found.chains.chains if glance.town_count]
    own.sort(key=lambda glance: (-glance.town_count, -(glance.firm_count or 0)))
    if not own or not found.chains.has_firms:
        text = setting.say("wall.no_chain")
        return html("<section>{}</section>", h2(say("page.chain", setting.language), text))
    # The first takes two lines a stage where the names are short; the reasons below need their room.
    lines = (2, 1) if setting.language == "zh" else (2,)
    blocks = html_of(
        chain_chips.block(glance, setting, _CHIP_ROOM, most) for glance, most in zip(own[:_CHAINS], lines, strict=False)
    )
    return html('<div class="w-chains">{}{}</div>', blocks, chain_chips.legend(setting))


def _reasons(found: Tour, setting: Setting) -> Markup:
    """Why towns are marked: every open matter with the towns it holds, then those not judged."""
    if found.statuses is None:
        return EMPTY
    language = setting.language
    by_matter: dict[str, list[str]] = {}
    clauses: dict[str, str] = {}
    silent = []
    for town in found.stop.towns:
        status = found.statuses[town.code]
        short = town.name.zh.removesuffix("小镇") if language == "zh" else town.name.en.removesuffix(" Town")
        for issue in status.issues:
            by_matter.setdefault(issue.matter.id, []).append(short)
            clauses[issue.matter.id] = issue.norm.clause if issue.norm is not None else ""
        if status.name == "none":
            silent.append(short)
    lines = []
    for matter, towns in sorted(by_matter.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        label = found.design.matters[matter].label.say(language)
        clause = setting.say("wall.clause", clause=clauses[matter]) if clauses[matter] else ""
        lines.append((str(len(towns)), label, setting.dotted(_few(towns, setting), clause)))
    if silent:
        lines.append((str(len(silent)), setting.say("wall.not_judged"), _few(silent, setting)))
    heading = h2(setting.say("wall.why_marked"))
    if not lines:
        return html(
            '<section class="w-F">{}<p class="w-sub">{}</p></section>', heading, setting.say("wall.nothing_open")
        )
    return html('<section class="w-F">{}{}</section>', heading, counted(lines[:_REASONS]))


def _few(names: list[str], setting: Setting) -> str:
    most = 2 if setting.language == "zh" else 1
    rest = setting.say("wall.and_more", count=len(names) - most) if len(names) > most else ""
    return setting.joined(names[:most]) + rest


def _table(found: Tour, setting: Setting) -> Markup:
    """The towns as a table, where the wall is wide enough."""
    language = setting.language
    heads = [setting.say(f"wall.col_{name}") for name in ("town", "county", "status", "output", "tax", "index")]
    rows = []
    shown = found.stop.towns[:_ROWS]
    scales = [
        column_scale(values, "yuan", language) for values in zip(*((t.output, t.tax) for t in shown), strict=True)
    ]
    for town in shown:
        if found.statuses is not None:
            record = found.design.statuses[found.statuses[town.code].name]
            status = parts_of.word(record.mark, record.label.say(language))
        else:
            status = escape(LIST_STATUSES[town.status].say(language))
        pairs = zip(scales, (town.output, town.tax), strict=True)
        money = [scale.figure(value).short(language) for scale, value in pairs]
        index = "—" if town.index is None else f"{town.index:.1f}"
        cells = [town.name.say(language), plain_area(town.county.say(language))]
        rows.append(
            html("<tr>")
            + html_of(html("<td>{}</td>", cell) for cell in cells)
            + html("<td>{}</td>", status)
            + html_of(html('<td class="r">{}</td>', cell) for cell in (*money, index))
            + html("</tr>")
        )
    head = html_of(html("<th{}>{}</th>", " class=r" if at > 2 else "", text) for at, text in enumerate(heads))
    rest = len(found.stop.towns) - len(rows)
    note = setting.say("wall.table_rest", count=rest) if rest else ""
    return html(
        '<section class="w-wide2">{}<table class="w-table"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></section>",
        h2(setting.say("wall.table_title") + setting.mark, note),
        head,
        html_of(rows),
    )
