"""What stands beside the map: the ranking that is its legend, the tooltips, and what is known of a chosen place.

Pure: a `Drawing` in, markup out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing import AreaFigure, Level
from cockpit.figure_sources import FigureKey
from cockpit.policy.records import Indicator
from cockpit.texts import written
from cockpit.units import Scale, column_scale, figure, scale_of
from cockpit.visuals.map.circles import radius
from cockpit.visuals.map.classes import round_sizes
from cockpit.visuals.map.drawing import Drawing, ratio_words, spots
from cockpit.visuals.map.scene import Scene, largest_of, tint
from cockpit.visuals.marks.html import badge, own, simulated
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.source_button import source_button
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Provenance, Text
from cockpit.wording.targets import as_of_words

_TOWNS: Final = 12  # of a table before one is chosen
_FEW: Final = 40  # towns that are all shown


@dataclass(frozen=True)
class Parts:
    """The ground's names and the scene, which the panels tell of."""

    names: Mapping[str, str]
    scene: Scene


def style_of(drawing: Drawing, at: AreaFigure) -> str:
    """Class of a bar in the ranking: the colour the area has on the map."""
    if drawing.value_of(at) is None:
        return "mute"
    if not drawing.borders:
        return "plain"
    return f"{'g' if drawing.reading == 'growth' else 'f'}{drawing.class_of(at)}"


def finding(drawing: Drawing, names: Mapping[str, str]) -> Markup:
    """Title and what the map says in a sentence: the highest and the lowest area."""
    known = [at for at in drawing.figures if drawing.value_of(at) is not None]
    sentence = ""
    if len(known) > 1:
        first, last = known[0], known[-1]
        unit = "" if drawing.reading == "growth" else drawing.scale.unit
        sentence = drawing.say(
            "map.finding",
            label=_title(drawing),
            first=names.get(first.code, first.code),
            high=_with(drawing.shown(first), unit),
            last=names.get(last.code, last.code),
            low=_with(drawing.shown(last), unit),
        )
        if drawing.reading == "ratio" and last.value and first.value:
            sentence += drawing.say("map.times", times=f"{first.value / last.value:.1f}")
    about = [drawing.period] if drawing.indicator is not None else []
    return html(
        '<section class="ans mp-head"><h1>{}</h1><b class="mp-find">{}</b><p class="mp-about">{} {}</p></section>',
        drawing.say("map.title"),
        sentence,
        " · ".join(about),
        simulated(drawing.briefing.is_simulated(), drawing.language),
    )


def _with(text: str, unit: str) -> str:
    return f"{text} {unit}".strip()


def _title(drawing: Drawing) -> str:
    return drawing.say("map.growth_of", label=drawing.label) if drawing.reading == "growth" else drawing.label


def side(drawing: Drawing, parts: Parts) -> Markup:
    """Where the filter stands, the ranking, which is the legend at once, and the keys of colours and circles."""
    return html(
        '<div class="mp-rank">{}</div><div class="mp-keys">{}{}{}</div>',
        _ranking(drawing, parts.names),
        _class_key(drawing),
        _circle_key(drawing),
        _note(drawing, parts.scene),
    )


def crumbs(drawing: Drawing, names: Mapping[str, str]) -> Markup:
    """全省 › 杭州 › 余杭区: the way back up."""
    selection = drawing.briefing.selection
    steps = [("", drawing.say("map.whole"))]
    if len(selection.counties) == 1:
        code = selection.counties[0]
        steps += [(f"{code[:4]}00", names.get(f"{code[:4]}00", "")), (code, names.get(code, code))]
    elif len(selection.prefectures) == 1:
        steps.append((selection.prefectures[0], names.get(selection.prefectures[0], "")))
    if len(steps) == 1:
        return EMPTY
    up = html_of(
        (html('<button type="button" data-up="{}">{}</button>', code, name) for code, name in steps[:-1]),
        html('<i aria-hidden="true">›</i>'),
    )
    return html('<nav class="mp-crumbs">{}<i aria-hidden="true">›</i><b>{}</b></nav>', up, steps[-1][1])


def _ranking(drawing: Drawing, names: Mapping[str, str]) -> Markup:
    sized = [abs(drawing.value_of(at) or 0.0) for at in drawing.figures]
    top = max(sized, default=0.0) or 1.0
    rows = []
    for number, at in enumerate(drawing.figures, 1):
        share = 100 * abs(drawing.value_of(at) or 0.0) / top
        rows.append(
            html(
                '<tr data-area="{}"><td class="no">{}</td><th scope="row"><button type="button" data-area="{}">{}'
                '</button></th><td class="mp-b"><i class="{}" style="width:{:.1f}%"></i></td>'
                '<td class="v">{}</td>{}</tr>',
                at.code,
                number,
                at.code,
                names.get(at.code, at.code),
                style_of(drawing, at),
                share,
                "—" if at.value is None else drawing.told(at.value).bare,
                _change_cells(drawing, at),
            )
        )
    whole = drawing.whole
    foot = html(
        '<tr class="all"><td></td><th scope="row" colspan="2">{}</th><td class="v">{}</td>{}</tr>',
        drawing.say("map.selected" if drawing.briefing.selection.is_filtered else "map.whole"),
        "—" if whole.value is None else drawing.told(whole.value).bare,
        _change_cells(drawing, whole),
    )
    heads = (drawing.say("map.growth"), drawing.say("map.reported")) if drawing.indicator is not None else ()
    return html(
        '<h2>{} <small>{}</small></h2><table><thead><tr><td></td><td></td><td></td><th scope="col">{}</th>{}'
        "</tr></thead><tbody>{}</tbody><tfoot>{}</tfoot></table>",
        drawing.say(f"map.area_{drawing.options.area}"),
        drawing.say("map.high_to_low", unit=drawing.scale.unit) if drawing.scale.unit else drawing.say("map.ranking"),
        drawing.label,
        html_of(html('<th scope="col">{}</th>', head) for head in heads),
        html_of(rows),
        foot,
    )


def _change_cells(drawing: Drawing, at: AreaFigure) -> Markup:
    """Growth and coverage; towns that are counted have neither."""
    if drawing.indicator is None:
        return EMPTY
    return html("<td>{}</td><td>{}</td>", drawing.growth_told(at.growth), f"{at.reported}/{at.expected}")


def _class_key(drawing: Drawing) -> Markup:
    if not drawing.borders or "areas" not in drawing.options.layers:
        return EMPTY
    words = drawing.class_words
    letter = "g" if drawing.reading == "growth" else "f"
    swatches = html_of(
        html('<li><i class="{}"></i>{}</li>', f"{letter}{place}", words[place]) for place in reversed(range(len(words)))
    )
    unit = "" if drawing.reading == "growth" else drawing.scale.unit
    head = f"{_title(drawing)}{'，' if drawing.language == 'zh' else ', '}{unit}" if unit else _title(drawing)
    return html('<p class="mp-kh">{}{}</p><ol class="mp-classes">{}</ol>', head, own(drawing.language), swatches)


def _circle_key(drawing: Drawing) -> Markup:
    """Three sizes with their figures, and what the marks of the circles mean."""
    is_sum = drawing.reading == "sum"
    indicator = drawing.indicator if is_sum else drawing.sized_by
    if not is_sum and "towns" not in drawing.options.layers:
        return EMPTY
    parts = []
    largest = largest_of(drawing)
    most = drawing.register.map.map.largest_px * (1.9 if is_sum else 1.0)
    if is_sum and drawing.options.area == "county":
        most *= 0.7
    if (is_sum or indicator is not None) and (sizes := _sizes(drawing, indicator, largest)):
        scale, values = sizes
        label = drawing.label if indicator is None else indicator.label.say(drawing.language)
        head = drawing.say("map.circle_area", label=label, unit=scale.unit).rstrip(" ，,")
        drawn = html_of(
            html(
                '<li><i class="{}" style="--r:{:.1f}px"></i>{}</li>',
                "k-sum" if is_sum else "k-size",
                radius(value, largest, most),
                scale.figure(value).bare,
            )
            for value in values
        )
        parts.append(html('<p class="mp-kh">{}</p><ul class="mp-sizes">{}</ul>', head, drawn))
    if "towns" in drawing.options.layers:
        column, words = drawing.groups
        present = set(drawing.briefing.towns[column].astype("str"))
        marks = [
            html('<li><i class="k-{}"{}></i>{}</li>', codes[0], tint(drawing, codes[0]), _join(drawing, codes, words))
            for codes in _alike(drawing, [code for code in words if code in present])
        ]
        if not is_sum and drawing.sized_by and any(spot.size is None for spot in spots(drawing)):
            marks.append(html('<li><i class="silent"></i>{}</li>', drawing.say("map.not_reported")))
        parts.append(html('<ul class="mp-marks">{}</ul>', html_of(marks)))
    return html_of(parts)


def _alike(drawing: Drawing, codes: list[str]) -> list[list[str]]:
    """Groups with one mark: towns being created and cultivated are both rings."""
    both = [code for code in codes if code in ("creating", "cultivating")]
    if drawing.options.colour == "class" or len(both) < len(("creating", "cultivating")):
        return [[code] for code in codes]
    return [both if code == both[0] else [code] for code in codes if code != both[1]]


def _join(drawing: Drawing, codes: list[str], words: Mapping[str, Text]) -> str:
    return ("、" if drawing.language == "zh" else ", ").join(words[code].say(drawing.language) for code in codes)


def _sizes(drawing: Drawing, indicator: Indicator | None, largest: float) -> tuple[Scale, tuple[float, ...]] | None:
    if not largest > 0:
        return None
    if indicator is None:
        scale = drawing.scale
    else:
        scale = scale_of(largest, indicator.unit, drawing.language, counter=indicator.counter)
    values = tuple(size * scale.divisor for size in round_sizes(largest / scale.divisor))
    return scale, values


def _note(drawing: Drawing, scene: Scene) -> Markup:
    told = []
    indicator = drawing.indicator
    if drawing.reading == "ratio" and indicator is not None and indicator.numerator and indicator.denominator:
        above, below = (
            drawing.register.indicator(name).label.say(drawing.language)
            for name in (indicator.numerator, indicator.denominator)
        )
        told.append(drawing.say("map.note_ratio", label=drawing.label, above=above, below=below))
    if drawing.indicator is not None:
        told.append(drawing.say("map.note_growth"))
    if scene.has_bare:
        told.append(drawing.say("map.note_bare"))
    if scene.has_mute:
        told.append(drawing.say("map.note_mute"))
    if scene.shifts and any(scene.shifts[0]):
        told.append(drawing.say("map.note_parted", px=f"{drawing.register.map.map.parting_px:g}"))
    unplaced = int(drawing.briefing.towns["lat"].isna().sum())
    if unplaced:
        told.append(drawing.say("map.unplaced", count=unplaced))
    told.append(drawing.say("map.notice"))
    return html('<p class="mp-note">{}</p>', "".join(told) if drawing.language == "zh" else " ".join(told))


def _pairs(pairs: list[tuple[str, str]]) -> Markup:
    return html_of(html("<dt>{}</dt><dd>{}</dd>", label, text) for label, text in pairs)


def tips(drawing: Drawing, names: Mapping[str, str]) -> dict[str, Markup]:
    """What the pointer is told of every area and town: name and figure, unit, period, coverage."""
    found = {at.code: _area_tip(drawing, names, at, number) for number, at in enumerate(drawing.figures, 1)}
    period = html('<p class="foot">{}</p>', _standing(drawing))
    for code, name in names.items():
        if (code[4:] == "00") == (drawing.options.area == "prefecture") and code not in found:
            found[code] = html("<header><b>{}</b></header><p>{}</p>{}", name, drawing.say("map.bare"), period)
    for spot in spots(drawing):
        found[spot.code] = _town_tip(drawing, spot.code)
    return found


def _standing(drawing: Drawing) -> str:
    """Period and kind of the figures."""
    kind = Provenance.SIMULATED if drawing.briefing.is_simulated() else Provenance.PUBLISHED
    words = drawing.say(f"map.kind_{kind.value}")
    return words if drawing.indicator is None else f"{drawing.period} · {words}"


def _area_tip(drawing: Drawing, names: Mapping[str, str], at: AreaFigure, number: int) -> Markup:
    told = drawing.say("map.no_value") if at.value is None else str(drawing.told(at.value))
    pairs = [(drawing.say("map.rank_of", rank=number, all=len(drawing.figures)), "")]
    if drawing.indicator is not None:
        pairs.append((drawing.say("map.growth"), drawing.growth_told(at.growth)))
    if ratio := ratio_words(drawing, at):
        pairs.append(ratio)
    if at.best:
        pairs.append((drawing.say("map.best", name=_town_name(drawing, at.best)), drawing.told(at.best_value).bare))
    if drawing.indicator is not None:
        pairs.append((drawing.say("map.reported"), drawing.say("map.of_towns", known=at.reported, all=at.expected)))
    return html(
        '<header><b>{}</b><b>{}</b></header><p>{}</p><dl>{}</dl><p class="foot">{}<span>{}</span></p>',
        names.get(at.code, at.code),
        told,
        drawing.label,
        _pairs(pairs),
        _standing(drawing),
        drawing.say("map.click_area"),
    )


def _town_name(drawing: Drawing, code: str) -> str:
    return str(_rows(drawing).loc[code, "name_zh" if drawing.language == "zh" else "name_en"])


@lru_cache(maxsize=8)
def _rows(drawing: Drawing) -> pd.DataFrame:
    return drawing.briefing.dataset.towns.set_index("town_code")


def _value(drawing: Drawing, indicator: Indicator, code: str) -> float | None:
    cube = drawing.briefing.cube
    value = float(cube.of(indicator.id, drawing.briefing.selection.period)[cube.towns.index(code)])
    return None if np.isnan(value) else value


def _town_tip(drawing: Drawing, code: str) -> Markup:
    row: Any = _rows(drawing).loc[code]
    language = drawing.language
    told = []
    for indicator in dict.fromkeys(item for item in (drawing.indicator, drawing.sized_by) if item is not None):
        value = _value(drawing, indicator, code)
        text = (
            drawing.say("map.not_reported")
            if value is None
            else str(figure(value, indicator.unit, language, counter=indicator.counter))
        )
        told.append((indicator.label.say(language), text))
    about = (
        PREFECTURES[row["prefecture_adcode"]].say(language),
        row["county_zh" if language == "zh" else "county_en"],
        INDUSTRY_CLASSES[row["industry_class"]].say(language),
        LIST_STATUSES[row["list_status"]].say(language),
    )
    return html(
        '<header><b>{}</b></header><p>{}</p><dl>{}</dl><p class="foot">{}<span>{}</span></p>',
        row["name_zh" if language == "zh" else "name_en"],
        " · ".join(about),
        _pairs(told),
        _standing(drawing),
        drawing.say("map.click_town"),
    )


def _columns(drawing: Drawing) -> list[Indicator]:
    """Figures of a table of towns: the parts of a ratio before the ratio."""
    indicator = drawing.indicator
    if indicator is None:
        return []
    names = [name for name in (indicator.denominator, indicator.numerator) if name]
    return [*(drawing.register.indicator(name) for name in names), indicator]


def town_rows(drawing: Drawing, towns: pd.DataFrame, most: int | None = None) -> Markup:
    """Towns by the measure, high to low, as a table; names open the profile."""
    columns, language = _columns(drawing), drawing.language
    values = {item.id: [_value(drawing, item, str(code)) for code in towns["town_code"]] for item in columns}
    scales = {item.id: column_scale(values[item.id], item.unit, language, counter=item.counter) for item in columns}
    key = values[columns[-1].id] if columns else [None] * len(towns)
    order = sorted(range(len(towns)), key=lambda at: (key[at] is None, -(key[at] or 0.0)))[:most]
    heads = html_of(
        html('<th scope="col" class="n">{} <small>{}</small></th>', item.label.say(language), scales[item.id].unit)
        for item in columns
    )
    title = "name_zh" if language == "zh" else "name_en"
    county = "county_zh" if language == "zh" else "county_en"
    rows = []
    for at in order:
        row: Any = towns.iloc[at]
        cells = html_of(
            html('<td class="n">{}</td>', scales[item.id].figure(values[item.id][at]).bare) for item in columns
        )
        rows.append(
            html(
                '<tr data-at="{}"><th scope="row"><button type="button" data-open="{}">{}</button></th>'
                '<td class="p">{}</td><td class="o">{}</td><td class="p">{}</td>{}</tr>',
                row["town_code"],
                row["town_code"],
                row[title],
                row[county],
                INDUSTRY_CLASSES[row["industry_class"]].say(language),
                LIST_STATUSES[row["list_status"]].say(language),
                cells,
            )
        )
    return html(
        '<div class="mp-scroll" tabindex="0"><table class="mp-towns"><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="p">{}</th><th scope="col" class="o">{}</th><th scope="col" class="p">{}</th>'
        "{}</tr></thead><tbody>{}</tbody></table></div>",
        drawing.say("towns.name"),
        drawing.say("towns.county"),
        drawing.say("towns.class"),
        drawing.say("towns.status"),
        heads,
        html_of(rows),
    )


def nothing_chosen(drawing: Drawing) -> Markup:
    """The first towns, all of them where they are few, and how to choose."""
    towns = drawing.briefing.towns
    most = len(towns) if len(towns) <= _FEW else _TOWNS
    title = drawing.say("map.towns_first" if most < len(towns) else "map.towns_all", count=most)
    return html(
        '<header class="mp-ph"><h2>{}</h2></header><p class="note">{}</p>{}',
        title,
        drawing.say("map.nothing"),
        town_rows(drawing, towns, most),
    )


def area_panel(drawing: Drawing, code: str, parts: Parts, picture: Markup) -> Markup:
    """A chosen area: its figures, its enlarged map, its counties and its towns."""
    level: Level = "prefecture" if code[4:] == "00" else "county"
    figures = drawing.at_level(level)
    at = next((item for item in figures if item.code == code), None)
    name = parts.names[code]
    head = html(
        '<header class="mp-ph"><h2>{}</h2><button type="button" class="do" data-only="{}">{}</button>'
        '<button type="button" data-clear="1">{}</button></header>',
        drawing.say("map.chosen", name=name),
        code,
        drawing.say("map.only", name=name),
        drawing.say("map.clear"),
    )
    if at is None:
        return html('<div class="mp-chosen">{}<p class="note">{}</p></div>{}', head, drawing.say("map.bare"), picture)
    inside = drawing.briefing.towns
    inside = inside[inside[f"{level}_adcode"].astype("str") == code]
    facts = [
        (
            drawing.told(at.value).bare,
            drawing.scale.unit,
            drawing.say("map.rank_short", label=drawing.label, rank=figures.index(at) + 1),
        )
    ]
    if drawing.indicator is not None:
        facts.append((drawing.growth_told(at.growth), "", drawing.say("map.growth")))
    indicator = drawing.indicator
    if indicator is not None and indicator.numerator and indicator.denominator and at.above is not None:
        for name_, value in ((indicator.numerator, at.above), (indicator.denominator, at.below)):
            item = drawing.register.indicator(name_)
            told = figure(value, item.unit, drawing.language, counter=item.counter)
            facts.append((told.number, told.unit, item.label.say(drawing.language)))
    if indicator is not None:
        facts.append((f"{at.reported}/{at.expected}", "", drawing.say("map.reported_towns")))
    listed = html_of(html("<div><b>{}</b> <small>{}</small><span>{}</span></div>", *fact) for fact in facts)
    return html(
        '<div class="mp-chosen">{}<div class="mp-facts">{}</div></div><div class="mp-body">{}<div>{}{}</div></div>',
        head,
        listed,
        picture,
        _county_rows(drawing, code, parts.names) if level == "prefecture" else EMPTY,
        town_rows(drawing, inside),
    )


def _county_rows(drawing: Drawing, code: str, names: Mapping[str, str]) -> Markup:
    """The counties of a prefecture with their figures, those without a town told in a line."""
    figures = [at for at in drawing.at_level("county") if at.code[:4] == code[:4]]
    if not figures:
        return EMPTY
    rows = html_of(
        html(
            '<tr><th scope="row"><button type="button" data-only="{}">{}</button></th><td class="n">{}</td>'
            '<td class="n">{}</td><td class="n">{}</td></tr>',
            at.code,
            names.get(at.code, at.code),
            "—" if at.value is None else drawing.told(at.value).bare,
            drawing.growth_told(at.growth),
            f"{at.reported}/{at.expected}",
        )
        for at in figures
    )
    return html(
        '<details class="mp-counties"><summary>{}</summary><table class="mp-towns"><thead><tr>'
        '<th scope="col">{}</th>'
        '<th scope="col" class="n">{} <small>{}</small></th><th scope="col" class="n">{}</th>'
        '<th scope="col" class="n">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></details>",
        drawing.say("map.counties_of", count=len(figures)),
        drawing.say("towns.county"),
        drawing.label,
        drawing.scale.unit,
        drawing.say("map.growth"),
        drawing.say("map.reported"),
        rows,
    )


def town_panel(drawing: Drawing, code: str) -> Markup:
    """A chosen town: place, class, status, the figures the targets ask for, each with the way to its cell."""
    briefing, language = drawing.briefing, drawing.language
    row: Any = _rows(drawing).loc[code]
    name = row["name_zh"] if language == "zh" else f"{row['name_en']} ({row['name_zh']})"
    county = row["county_zh" if language == "zh" else "county_en"]
    pairs: list[tuple[str, str | Markup]] = [
        (drawing.say("towns.code"), code),
        (drawing.say("towns.county"), f"{PREFECTURES[row['prefecture_adcode']].say(language)} · {county}"),
        (drawing.say("towns.class"), INDUSTRY_CLASSES[row["industry_class"]].say(language)),
        (drawing.say("towns.status"), LIST_STATUSES[row["list_status"]].say(language)),
    ]
    if as_of := written(row["status_as_of"]):
        pairs.append((drawing.say("towns.status_as_of"), as_of_words(as_of, language)))
    wanted = [
        *_columns(drawing),
        *(drawing.register.indicator(at.indicator) for at in drawing.register.targets.values()),
    ]
    for indicator in dict.fromkeys(wanted):
        if indicator.origin_of_value == "list":
            continue
        value, label = _value(drawing, indicator, code), indicator.label.say(language)
        if value is None:
            pairs.append((label, drawing.say("map.no_value")))
            continue
        told = figure(value, indicator.unit, language, counter=indicator.counter)
        asked = FigureKey("town", code, briefing.selection.period, indicator.id)
        pairs.append((label, html("{} {}", str(told), source_button(asked, label, language))))
    if pd.notna(row["position_uncertainty_km"]):
        pairs.append(
            (drawing.say("map.position"), drawing.say("map.uncertain", km=f"{row['position_uncertainty_km']:g}"))
        )
    listed = html_of(html("<dt>{}</dt><dd>{}</dd>", label, text) for label, text in pairs)
    return html(
        '<div class="mp-chosen"><header class="mp-ph"><h2>{}</h2><button type="button" class="do" data-open="{}">{}'
        '</button><button type="button" data-clear="1">{}</button></header></div><p class="note">{} {}</p>'
        '<dl class="facts">{}</dl>',
        name,
        code,
        drawing.say("town.go"),
        drawing.say("map.clear"),
        drawing.period,
        badge(Provenance(row["provenance"]), language),
        listed,
    )
