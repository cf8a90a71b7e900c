"""Who leads by the vitality index, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Vitality
from cockpit.phrases import say
from cockpit.policy.wall_design import SceneRecord
from cockpit.units import percent
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall.scene import Scene, Setting, counted, h2
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES

_SHOWN: Final = 14  # rows of one list


@dataclass(frozen=True, eq=False)
class Leaders:
    """What the scene shows: the index and its ranking narrowed to the selected towns (ranks stay the province's)."""

    index: Vitality
    ranked: pd.DataFrame
    unranked: pd.DataFrame
    record: SceneRecord
    about: str


def vitality_scene(show: Leaders, setting: Setting) -> Scene:
    record, ranked = show.record, show.ranked
    if not len(ranked):
        return parts_of.empty(setting, record.id, record, setting.say("wall.vitality_none"), show.about)
    first = ranked.iloc[0]
    band = int((ranked["band"] == first["band"]).sum())
    title = setting.say("wall.vitality_title", year=show.index.period)
    after = html('<span class="w-aside">{}</span>', _finding(first, band, setting))
    shown = ranked.head(2 * _SHOWN)
    scale = float(shown["high"].max())
    near, more = shown.head(_SHOWN), shown.iloc[_SHOWN:]
    interval = percent(show.index.design.index.interval, decimals=0)
    note = setting.say("wall.vitality_note", interval=interval, draws=show.index.design.index.draws)
    heading = setting.say("wall.vitality_leaders") + setting.mark
    further = (
        html(
            '<section class="w-wide2">{}{}</section>',
            h2(setting.say("wall.vitality_further") + setting.mark, note),
            _rows(more, scale, setting),
        )
        if len(more)
        else html('<section class="w-wide2"></section>')
    )
    body = html(
        '<section class="w-C">{}{}</section>{}<div class="w-right">{}{}</div>',
        h2(heading, note),
        _rows(near, scale, setting),
        further,
        _classes(show, setting),
        _rest(show, setting),
    )
    return Scene(
        record.id,
        record,
        parts_of.head(setting, record, title, after),
        parts_of.main(record, body),
        show.about,
        setting.say("wall.vitality_source", version=show.index.design.index.version),
    )


def _name(row: Any, setting: Setting) -> str:
    return str(row["name_zh"]) if setting.language == "zh" else str(row["name_en"]).removesuffix(" Town")


def _finding(first: Any, band: int, setting: Setting) -> str:
    if band > 1:
        return setting.say("wall.vitality_band", count=band)
    return setting.say("wall.vitality_first", town=_name(first, setting))


def _rows(rows: pd.DataFrame, scale: float, setting: Setting) -> Markup:
    """Rank, town, the interval of its rank as a band with a dot, index."""
    lines = []
    for _, row in rows.iterrows():
        low, high, rank = float(row["low"]), float(row["high"]), float(row["rank"])

        def at(place: float) -> float:
            return (place - 0.5) / scale * 100

        kind = INDUSTRY_CLASSES[str(row["industry_class"])].say(setting.language)
        where = setting.dotted(PREFECTURES[str(row["prefecture_adcode"])].say(setting.language), kind)
        told = setting.say("wall.rank_range", low=f"{low:.0f}", high=f"{high:.0f}")
        lines.append(
            html(
                '<li><b class="r">{:.0f}</b><div class="n">{}<small>{}</small></div>'
                '<div class="t" role="img" aria-label="{}"><i style="left:{:.2f}%;width:{:.2f}%"></i>'
                '<u style="left:{:.2f}%"></u></div><span class="g">{}</span><b class="v">{:.1f}</b></li>',
                rank,
                _name(row, setting),
                where,
                told,
                at(low - 0.5),
                (high - low + 1) / scale * 100,
                at(rank),
                told,
                float(row["index"]),
            )
        )
    heads = html(
        '<li class="h"><span>{}</span><span>{}</span><span>{}</span><span></span><span>{}</span></li>',
        setting.say("wall.col_rank"),
        setting.say("wall.col_town"),
        setting.say("wall.rank_axis", last=f"{scale:.0f}"),
        setting.say("wall.col_index"),
    )
    return html('<ul class="w-ranks">{}{}</ul>', heads, html_of(lines))


def _classes(show: Leaders, setting: Setting) -> Markup:
    """The first of every class: towns of one kind are like for like."""
    rows = []
    for name, label in INDUSTRY_CLASSES.items():
        own = show.ranked[show.ranked["industry_class"] == name]
        if not len(own):
            continue
        best = own.iloc[0]
        rows.append(
            html(
                "<li><span><small>{}</small>{}</span><em>{:.1f}</em></li>",
                label.say(setting.language),
                _name(best, setting),
                float(best["index"]),
            )
        )
    heading = h2(setting.say("wall.vitality_classes"), setting.say("wall.vitality_classes_note"))
    return html('<section>{}<ul class="w-list two">{}</ul></section>', heading, html_of(rows))


def _rest(show: Leaders, setting: Setting) -> Markup:
    lines = []
    if len(show.unranked):
        lines.append(
            (
                str(len(show.unranked)),
                setting.say("wall.vitality_unranked"),
                setting.say("wall.vitality_unranked_why"),
            )
        )
    weights = [
        f"{group.label_zh if setting.language == 'zh' else group.label_en} {group.weight:g}"
        for group in show.index.design.dimensions.values()
    ]
    text = setting.say("wall.vitality_weights", weights=setting.joined(weights))
    return html(
        '<section class="w-F">{}{}<p class="w-sub">{}</p></section>',
        h2(say("wall.how", setting.language)),
        counted(lines),
        text,
    )
