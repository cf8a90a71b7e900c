"""Who leads by the vitality index, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Vitality
from cockpit.phrases import say
from cockpit.policy.wall_design import SceneRecord
from cockpit.units import percent
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
    after = f'<span class="w-aside">{escape(_finding(first, band, setting))}</span>'
    shown = ranked.head(2 * _SHOWN)
    scale = float(shown["high"].max())
    near, more = shown.head(_SHOWN), shown.iloc[_SHOWN:]
    interval = percent(show.index.design.index.interval, decimals=0)
    note = setting.say("wall.vitality_note", interval=interval, draws=show.index.design.index.draws)
    heading = setting.say("wall.vitality_leaders") + setting.mark
    further = (
        f'<section class="w-wide2">{h2(setting.say("wall.vitality_further") + setting.mark, note)}'
        f"{_rows(more, scale, setting)}</section>"
        if len(more)
        else '<section class="w-wide2"></section>'
    )
    body = (
        f'<section class="w-C">{h2(heading, note)}{_rows(near, scale, setting)}</section>{further}'
        f'<div class="w-right">{_classes(show, setting)}{_rest(show, setting)}</div>'
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


def _rows(rows: pd.DataFrame, scale: float, setting: Setting) -> str:
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
            f'<li><b class="r">{rank:.0f}</b><div class="n">{escape(_name(row, setting))}<small>{escape(where)}</small>'
            f'</div><div class="t" role="img" aria-label="{escape(told)}"><i style="left:{at(low - 0.5):.2f}%;'
            f'width:{(high - low + 1) / scale * 100:.2f}%"></i><u style="left:{at(rank):.2f}%"></u></div>'
            f'<span class="g">{escape(told)}</span><b class="v">{float(row["index"]):.1f}</b></li>'
        )
    heads = (
        f'<li class="h"><span>{escape(setting.say("wall.col_rank"))}</span>'
        f"<span>{escape(setting.say('wall.col_town'))}</span>"
        f"<span>{escape(setting.say('wall.rank_axis', last=f'{scale:.0f}'))}</span><span></span>"
        f"<span>{escape(setting.say('wall.col_index'))}</span></li>"
    )
    return f'<ul class="w-ranks">{heads}{"".join(lines)}</ul>'


def _classes(show: Leaders, setting: Setting) -> str:
    """The first of every class: towns of one kind are like for like."""
    rows = []
    for name, label in INDUSTRY_CLASSES.items():
        own = show.ranked[show.ranked["industry_class"] == name]
        if not len(own):
            continue
        best = own.iloc[0]
        rows.append(
            f"<li><span><small>{escape(label.say(setting.language))}</small>{escape(_name(best, setting))}</span>"
            f"<em>{float(best['index']):.1f}</em></li>"
        )
    heading = h2(setting.say("wall.vitality_classes"), setting.say("wall.vitality_classes_note"))
    return f'<section>{heading}<ul class="w-list two">{"".join(rows)}</ul></section>'


def _rest(show: Leaders, setting: Setting) -> str:
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
    return (
        f'<section class="w-F">{h2(say("wall.how", setting.language))}{counted(lines)}'
        f'<p class="w-sub">{escape(text)}</p></section>'
    )
