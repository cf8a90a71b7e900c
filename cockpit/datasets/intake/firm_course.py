"""Firms held against those published: one that stands there under another code, its figures, its town.

May import the ground floor, `policy`, `firm_codes`, `loading` and the other intake modules. Pure but for the dataset it
is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from string import ascii_letters
from typing import Final

import numpy as np
import pandas as pd

from cockpit.datasets.findings import WRITTEN
from cockpit.datasets.firm_figures import AMOUNTS
from cockpit.datasets.intake.leaps import Told, against_latest, latest, months, said_period, tell_leaps
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.store.firm_codes import others_in
from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import normal, sheet_kinds
from cockpit.policy.intake_design import IntakeDesign
from cockpit.vocabulary import Text

CODE: Final = "firm_id"
# Columns of firms while they are checked: their row of the sheet, and behind this word where a column stands in it.
ROW: Final = "row"
AT: Final = "at"
_SAME: Final = ["town_code", "period", "name"]
_IS_NORMAL: Final = re.compile(r"[\u4e00-\u9fff0-9a-z]+")  # most names: nothing to normalise


def row_of(cell: object) -> str:
    """The number of a row as a sheet counts, by a cell or a range of it."""
    return str(cell).rpartition(":")[2].lstrip(ascii_letters)


def cells_of(firms: pd.DataFrame, name: str) -> pd.DataFrame:
    """Firms with the cell of one of their columns in place of their row, and what stands in it."""
    rows, places = firms[ROW].tolist(), [int(at) for at in firms[f"{AT}_{name}"]]
    cells = [f"{column_letters(at + 1)}{row_of(cell)}" for at, cell in zip(places, firms["cell"], strict=True)]
    written = pd.Series([row[at] for row, at in zip(rows, places, strict=True)], firms.index, dtype=object)
    return firms.assign(cell=pd.Series(cells, firms.index, dtype=object), **{WRITTEN: written})


def _placed(firms: pd.DataFrame, name: str, at: pd.Series) -> pd.DataFrame:
    return cells_of(firms.iloc[at.to_numpy()], name)


def _column(frames: Iterable[pd.DataFrame], name: str) -> list[str]:
    return [text for frame in frames for text in frame[name].tolist()]


def tell_twins(firms: pd.DataFrame, old: pd.DataFrame, dataset: Dataset, towns: Mapping[str, Text], told: Told) -> None:
    """Tell firms that stand under two codes: the same name in the same town and period."""
    codes = set(firms[CODE].tolist()).union(old[CODE].tolist())
    others = others_in(dataset, codes, set(firms["town_code"].unique()), set(firms["period"].unique()))
    frames = (old, others, firms)
    names = _column(frames, "name_zh")
    normalised = {name: name if _IS_NORMAL.fullmatch(name) else normal(name) for name in set(names)}
    # Few names stand under two codes: only they are looked at closely.
    borne = pd.factorize(np.array([normalised[name] for name in names], dtype=object))[0]
    ids = pd.factorize(np.array(_column(frames, CODE), dtype=object))[0]
    width = int(ids.max(initial=0)) + 1
    bearers = np.bincount(np.unique(borne.astype("int64") * width + ids) // width)
    if not (bearers > 1).any():
        return
    columns = [CODE, "town_code", "period", "name_zh"]
    both = pd.concat([frame[columns].astype(object) for frame in frames], ignore_index=True)[bearers[borne] > 1]
    both["name"] = both["name_zh"].map(normalised)
    bounds = both.groupby(_SAME, sort=False)[CODE].agg(["first", "last"])
    before = len(old) + len(others)
    sent = cells_of(firms.iloc[both.index[both.index >= before] - before], CODE)
    sent = sent.assign(name=sent["name_zh"].map(normalised)).join(bounds, on=_SAME)
    for row in sent[sent["first"] != sent["last"]].itertuples():
        other = row.last if str(row.first) == str(row.firm_id) else row.first
        told.add(
            "firm_twice", row, "", town=towns[str(row.town_code)], name=row.name_zh, code=other,
            period=said_period(row.period),
        )  # fmt: skip


def tell_course(
    firms: pd.DataFrame, old: pd.DataFrame, towns: Mapping[str, Text], design: IntakeDesign, told: Told
) -> None:
    """Each amount against the firm's published one of the same period, else of the newest before it; and its town."""
    spots, places = pd.factorize(old["town_code"].astype(object))
    before = latest(firms, old.assign(spot=np.where(spots < 0, np.nan, spots)), [CODE], [*AMOUNTS, "spot"])
    whens = months(firms["period"])
    fields = {at.name: at for kind in sheet_kinds() if kind.table == FIRMS for at in kind.fields}
    for name in AMOUNTS:
        if name not in firms:
            continue
        is_flow = fields[name].unit == "yuan"
        of = pd.to_numeric(firms[name])
        held = against_latest(of, before[name], before[f"{name}_at"], name, whens if is_flow else None)
        tell_leaps(
            held,
            fields,
            design,
            told,
            partial(_placed, firms, name),
            lambda row: Text(f"{row.name_zh}（{row.firm_id}）", f"{row.name_zh} ({row.firm_id})"),
        )
    known = [None if pd.isna(spot) else str(places[int(spot)]) for spot in before["spot"].tolist()]
    moved = [was is not None and was != now for was, now in zip(known, firms["town_code"].tolist(), strict=True)]
    for row in firms.assign(known=pd.Series(known, firms.index, dtype=object))[moved].itertuples():
        values = {"town": towns.get(str(row.known), row.known), "other": towns[str(row.town_code)]}
        told.add("firm_moved", row, row.town_code, code=row.firm_id, **values)
