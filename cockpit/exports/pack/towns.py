"""The towns of the selection, as the towns page lists them; in the workbook only.

Pure; see `pack`.
"""

from __future__ import annotations

from cockpit.exports.pack.material import Material, number_of
from cockpit.exports.pack.model import Cell, Column, Section, Table
from cockpit.exports.towns import DEFAULT_INDICATORS, towns_frame


def towns(ask: Material) -> Section:
    """Every selected town with the indicators shown at first."""
    frame, heads = towns_frame(ask.briefing, ask.desk, DEFAULT_INDICATORS, ask.language)
    columns = tuple(
        Column(heads[header].label, heads[header].unit) if header in heads else Column(str(header))
        for header in frame.columns
    )

    def cell(header: str, value: object) -> Cell:
        if header not in heads:
            return str(value) if isinstance(value, str) and value else None
        return number_of(value, heads[header].decimals)

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
