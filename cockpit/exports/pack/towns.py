"""The towns of the selection, as the towns page lists them; in the workbook only.

Pure; see `pack`.
"""

from __future__ import annotations

import math

from cockpit.exports.pack.ask import Ask
from cockpit.exports.pack.model import Cell, Column, Num, Section, Table
from cockpit.exports.towns import DEFAULT_INDICATORS, towns_frame


def towns(ask: Ask) -> Section:
    """Every selected town with the indicators shown at first."""
    frame, units, formats = towns_frame(ask.briefing, ask.desk, DEFAULT_INDICATORS, ask.language)
    columns = tuple(
        Column(str(head).removesuffix(f" ({units[head]})") if units.get(head) else str(head), units.get(head, ""))
        for head in frame.columns
    )

    def cell(head: str, value: object) -> Cell:
        if head not in formats:
            return str(value) if isinstance(value, str) and value else None
        figure = float(str(value))
        return None if math.isnan(figure) else Num(figure, formats[head] % figure)

    rows = tuple(
        tuple(cell(str(head), value) for head, value in zip(frame.columns, row, strict=True))
        for row in frame.itertuples(index=False)
    )
    return Section(
        key="towns",
        title=ask.say("towns.title"),
        lead=f"{len(frame)} / {ask.briefing.town_count}",
        foot=ask.foot(ask.period(ask.selection.period)),
        tables=(Table(ask.say("towns.title"), columns, rows, brief_rows=0),),
        notes=(ask.say("towns.name_note"),),
    )
