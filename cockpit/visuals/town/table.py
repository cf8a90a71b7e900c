"""The towns as a table whose rows can be ticked and whose heads sort, and the picked ones side by side.

Pure: frames in base units in, markup out. The sheet of the page makes cards of the rows on a phone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from cockpit.figure_sources import FigureKey
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.units import Scale, column_scale
from cockpit.visuals.marks.html import narrows
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.walking import walk
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Language

MOST: Final = 5  # towns side by side
CARDS: Final = 25  # shown on a phone before more are asked for; the style sheet counts them
SHOWN: Final = 200  # rows; more are a matter of filters


@dataclass(frozen=True)
class Asked:
    """What the table is drawn for: period, language, order (`-tax_revenue_yuan`), ticked towns."""

    period: str
    language: Language
    sort: str
    ticked: tuple[str, ...]


def _head(asked: Asked, key: str, label: str, unit: str = "", *, is_figure: bool = False) -> Markup:
    """A head that sorts: figures from high to low first, a second click turns the order."""
    now = asked.sort.removeprefix("-") == key
    is_falling = asked.sort.startswith("-")
    flips = f"-{key}" if (is_figure and not now) or (now and not is_falling) else key
    order = "descending" if is_falling else "ascending"
    return html(
        '<th scope="col" class="{}"{}><button type="button" data-town-sort="{}">{}{}</button></th>',
        "n" if is_figure else "",
        html(' aria-sort="{}"', order) if now else EMPTY,
        flips,
        label,
        html(" <small>{}</small>", unit) if unit else EMPTY,
    )


def scales_of(table: pd.DataFrame, indicators: Sequence[Indicator], language: Language) -> dict[str, Scale]:
    return {
        item.id: column_scale(table[item.id].tolist(), item.unit, language, counter=item.counter) for item in indicators
    }


def town_table(table: pd.DataFrame, indicators: Sequence[Indicator], asked: Asked) -> Markup:
    """The table; `indicators` are its columns of figures, in order."""
    language = asked.language
    scales = scales_of(table, indicators, language)
    heads = [
        html('<th scope="col" class="tick"><span class="sr">{}</span></th>', say("towns.tick", language)),
        _head(asked, "name", say("towns.name", language)),
        _head(asked, "place", say("towns.county", language)),
        _head(asked, "class", say("towns.class", language)),
        _head(asked, "status", say("towns.status", language)),
        *(_head(asked, item.id, item.label.say(language), scales[item.id].unit, is_figure=True) for item in indicators),
    ]
    rows = html_of(_row(row, indicators, scales, asked) for row in table.head(SHOWN).to_dict("records"))
    return html(
        '<div class="tt-scroll" role="group" {}><table class="tt"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>{}",
        walk(say("towns.title", language)),
        html_of(heads),
        rows,
        html('<button type="button" class="tt-more">{}</button>', say("towns.more", language, all=len(table)))
        if len(table) > CARDS
        else EMPTY,
    )


def _row(row: Mapping[Any, Any], indicators: Sequence[Indicator], scales: Mapping[str, Scale], asked: Asked) -> Markup:
    language, code = asked.language, str(row["town_code"])
    name = str(row["name_zh" if language == "zh" else "name_en"])
    is_ticked = code in asked.ticked
    tick = html(
        '<label class="tk"><input type="checkbox" data-town-tick="{}"{}{}><span class="sr">{}</span></label>',
        code,
        html(" checked") if is_ticked else EMPTY,
        html(" disabled") if not is_ticked and len(asked.ticked) >= MOST else EMPTY,
        say("towns.tick_one", language, name=name),
    )
    figures = html_of(_figure(row, item, scales[item.id], asked) for item in indicators)

    def narrow(name: str, value: object, text: str, title: str = "", kind: str = "") -> Markup:
        # No stops of their own: with five a row no keyboard would come to the end; the table is walked.
        aim = narrows(name, str(value), title or say("gap.filter_to", language), is_walked=True)
        return html('<span class="{}" {}>{}</span>', kind, aim, text) if text else EMPTY

    return html(
        '<tr class="{}"><td class="tick">{}</td><th scope="row"><button type="button" data-town-open="{}">{}</button>'
        '<small>{}</small></th><td class="p">{} · {}</td><td class="p">{} <small>{}</small></td>'
        '<td class="p">{}</td>{}</tr>',
        "on" if is_ticked else "",
        tick,
        code,
        name,
        code,
        narrow("prefecture", row["prefecture_adcode"], PREFECTURES[row["prefecture_adcode"]].say(language)),
        narrow("county", row["county_adcode"], row["county_zh" if language == "zh" else "county_en"])
        + (
            narrow("mountain", "yes", say("chain.mountain", language), say("chain.mountain_key", language), "mtn")
            if row["is_mountain_county"] is True or row["is_mountain_county"] == 1
            else EMPTY
        ),
        narrow("class", row["industry_class"], INDUSTRY_CLASSES[row["industry_class"]].say(language)),
        narrow(
            "industry",
            row["specialty_industry"],
            _text(row["specialty_industry" if language == "zh" else "specialty_industry_en"]),
        ),
        narrow("status", row["list_status"], LIST_STATUSES[row["list_status"]].say(language)),
        figures,
    )


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _figure(row: Mapping[Any, Any], item: Indicator, scale: Scale, asked: Asked) -> Markup:
    value, label = float(row[item.id]), item.label.say(asked.language)
    unit = f"{label} {scale.unit}".strip()
    if value != value:
        return html('<td class="n none" data-label="{}">—</td>', unit)
    return html(
        '<td class="n" data-label="{}">{}</td>',
        unit,
        _asked(str(row["town_code"]), item, scale.figure(value).number, asked),
    )


def _asked(code: str, item: Indicator, text: str, asked: Asked) -> Markup:
    """A figure that asks, when clicked, where it comes from."""
    spoken = say("source.of", asked.language, label=f"{item.label.say(asked.language)} {text}")
    key = FigureKey("town", code, asked.period, item.id)
    return html(
        '<button type="button" class="fig" data-source="{}" aria-label="{}">{}</button>', str(key), spoken, text
    )


def comparison(
    table: pd.DataFrame,
    indicators: Sequence[Indicator],
    medians: Mapping[str, Mapping[str, float]],
    badges: Mapping[str, Markup],
    asked: Asked,
    corner: Markup,
) -> Markup:
    """The ticked towns side by side, a line an indicator, each with a dot a town against the median of its class.

    Args:
        table: the towns by code, base units. medians: indicator -> class -> median. badges: how returns stand, by code.
        corner: what stands in the first head: period and kind of the figures.
    """
    language = asked.language
    head = html_of(
        _town_head(number, str(code), row, badges, asked) for number, (code, row) in enumerate(table.iterrows())
    )
    shown = [item for item in indicators if item.id in table.columns and not table[item.id].isna().all()]
    body = html_of(_line(item, table, medians.get(item.id, {}), asked) for item in shown)
    if not shown:
        return html('<p class="note">{}</p>', say("map.no_value", language))
    return html(
        '<div class="cmp-scroll" tabindex="0"><table class="tcmp"><thead><tr>{}{}<th scope="col" class="dots">{}'
        '<small>{}</small></th></tr></thead><tbody>{}</tbody></table></div><p class="note">{}</p>',
        corner,
        head,
        say("towns.dots", language),
        say("towns.dots_help", language),
        body,
        say("towns.compare_note", language),
    )


def _town_head(number: int, code: str, row: Any, badges: Mapping[str, Markup], asked: Asked) -> Markup:
    language = asked.language
    return html(
        '<th scope="col"><i class="dot d{}">{}</i><button type="button" data-town-open="{}">{}</button>'
        '<small>{} · {} · {}</small>{} <button type="button" class="off" data-town-tick="{}">{}</button></th>',
        number,
        number + 1,
        code,
        row["name_zh" if language == "zh" else "name_en"],
        PREFECTURES[row["prefecture_adcode"]].say(language),
        INDUSTRY_CLASSES[row["industry_class"]].say(language),
        LIST_STATUSES[row["list_status"]].say(language),
        badges.get(code, EMPTY),
        code,
        say("towns.take_out", language),
    )


def best_of(values: Collection[float], polarity: str) -> float | None:
    """The best of several known values; None where one is no better than another, or there is nothing to compare."""
    known = [value for value in values if value == value]
    if polarity == "neutral" or len(known) < len(("one", "other")) or len(set(known)) == 1:
        return None
    return max(known) if polarity == "higher" else min(known)


def _line(item: Indicator, table: pd.DataFrame, medians: Mapping[str, float], asked: Asked) -> Markup:
    values = [float(value) for value in table[item.id]]
    scale = column_scale(values, item.unit, asked.language, counter=item.counter)
    best = best_of(values, item.polarity)
    cells = []
    for code, value in zip(table.index, values, strict=True):
        if value != value:
            cells.append(html('<td class="none">—</td>'))
            continue
        kind = "best" if best is not None and value == best else ""
        cells.append(html('<td class="{}">{}</td>', kind, _asked(str(code), item, scale.figure(value).number, asked)))
    classes = [str(code) for code in table["industry_class"].astype("str")]
    return html(
        '<tr><th scope="row">{}{}</th>{}<td class="dots">{}</td></tr>',
        item.label.say(asked.language),
        html(" <small>{}</small>", scale.unit) if scale.unit else EMPTY,
        html_of(cells),
        _dots(values, [medians.get(code) for code in classes], scale, asked.language),
    )


def spread(values: Sequence[float | None]) -> tuple[float, float]:
    """The ends of a line on which values stand: from zero, or the lowest where that is below, to the highest."""
    known = [value for value in values if value is not None and value == value]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    return low, high if high > low else low + 1.0


def _dots(values: Sequence[float], medians: Sequence[float | None], scale: Scale, language: Language) -> Markup:
    """A lane a town: its dot, and a tick where the median of its class is."""
    low, high = spread([*values, *medians])

    def at(value: float) -> float:
        return 100 * (value - low) / (high - low)

    lanes = []
    for number, (value, median) in enumerate(zip(values, medians, strict=True)):
        tick = (
            html(
                '<u style="left:{:.1f}%" title="{}"></u>',
                at(median),
                say("towns.median_is", language, value=str(scale.figure(median))),
            )
            if median is not None
            else EMPTY
        )
        dot = html('<i class="dot d{}" style="left:{:.1f}%"></i>', number, at(value)) if value == value else EMPTY
        lanes.append(html("<span>{}{}</span>", tick, dot))
    return html('<div class="lanes" aria-hidden="true">{}</div>', html_of(lanes))
