"""Tables with one row a thing: figures of firms to be taken back, codes of firms, and firms already published.

May import the ground floor, `loading`, `firm_codes`, `findings` and the other intake modules. Pure but for the dataset
it is given.
"""

from __future__ import annotations

from string import ascii_letters
from typing import Final

import pandas as pd

from cockpit.datasets.findings import WHERE, WITHDRAWN, WRITTEN, Finding
from cockpit.datasets.firm_figures import AMOUNTS
from cockpit.datasets.intake.cells import TAKEN_BACK, is_reason
from cockpit.datasets.intake.checks import Told
from cockpit.datasets.intake.frames import REASON, TAKEN
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.store.firm_codes import fault, folded, published, spelt
from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import normal
from cockpit.units import Period
from cockpit.vocabulary import Text

CODE: Final = "firm_id"


def settle_rows(frame: pd.DataFrame, header: Header, notes: Notes) -> pd.DataFrame:
    """The rows of a table that has one row a thing, as `read_table` gives them, without what is no value of theirs.

    Figures that say 撤回 are taken out: those of firms are marked, others cannot be withdrawn, which is told. Codes of
    firms are folded; rows with what stands for no code are told and left out.
    """
    if header.kind.spread or not len(frame):
        return frame
    frame = _taken_out(frame, header, notes)
    at = header.get(CODE)
    return _coded(frame, at, notes) if header.kind.table == FIRMS and at else frame


def _row(cell: object) -> str:
    """The number of a row as a sheet counts, by a cell or a range of it."""
    return str(cell).rpartition(":")[2].lstrip(ascii_letters)


def _taken_out(frame: pd.DataFrame, header: Header, notes: Notes) -> pd.DataFrame:
    reasons = {_row(remark.cell): remark.text for remark in notes.remarks}
    marks: dict[
        int, dict[str, tuple[str, object]]
    ] = {}  # row of the frame -> column -> its cell, what is written there
    for column in header.columns:
        name = column.field.name
        if column.field.kind != "number" or name not in frame or frame[name].dtype != object:
            continue
        taken = pd.Series([value is TAKEN_BACK for value in frame[name]], frame.index)
        for at in frame.index[taken]:
            number = _row(frame.at[at, "cell"])
            where = f"{column.letters}{number}"
            written = notes.grid.rows[int(number) - 1][column.at]
            if header.kind.table != FIRMS:
                notes.add("cannot_withdraw", where, written, column=column.field.label)
            elif number not in reasons or not is_reason(reasons[number]):
                notes.add("no_reason", where, written)
            else:
                marks.setdefault(at, {})[name] = (where, written)
        frame = frame.assign(**{name: frame[name].where(~taken, None)})
    if not marks:
        return frame
    why = {at: reasons[_row(frame.at[at, "cell"])] for at in marks}
    return frame.assign(**{TAKEN: pd.Series(marks, dtype=object), REASON: pd.Series(why, dtype=object)})


def _coded(frame: pd.DataFrame, at: Placed, notes: Notes) -> pd.DataFrame:
    codes = frame[CODE].map({code: folded(code) for code in frame[CODE].unique()})
    faults = codes.map({code: fault(code) for code in codes.unique()})
    for row in frame.index[faults != ""]:
        where = f"{at.letters}{_row(frame.at[row, 'cell'])}"
        notes.add(faults[row], where, frame.at[row, CODE], column=at.field.label)
    for row in frame.index[(faults == "") & (codes != frame[CODE])]:
        where = f"{at.letters}{_row(frame.at[row, 'cell'])}"
        notes.add("firm_code_read", where, frame.at[row, CODE], read=codes[row])
    return frame.assign(**{CODE: codes})[faults == ""]


def firms_before(tables: dict[str, pd.DataFrame], dataset: Dataset) -> pd.DataFrame:
    """The published firms of the codes that a submission brings, and what is compared with them; spells these codes as
    they are published."""
    firms = tables.get(FIRMS, pd.DataFrame({CODE: []}))
    old = published(dataset, set(firms[CODE]), ("period", "name_zh", *AMOUNTS))
    if len(old):
        tables[FIRMS] = firms.assign(**{CODE: spelt(firms[CODE], old)})
    return old


def beside_published(firms: pd.DataFrame, old: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, list[Finding]]:
    """Figures to be taken back, columns `WITHDRAWN`, and what the published firms of the same codes say against it.

    Of a firm's figure `indicator` is its code and column: `F03516.revenue_yuan`.
    """
    told = Told(limit)
    names = dict(zip(old[CODE], old["name_zh"], strict=True))
    known = firms[CODE].map(names)
    for row in firms[known.notna() & (known != firms["name_zh"])].itertuples():
        if normal(names[row.firm_id]) != normal(row.name_zh):
            told.add("firm_name_differs", row, row.name_zh, code=row.firm_id, known=names[row.firm_id])
    withdrawn = _withdrawn(firms)
    codes = withdrawn["indicator"].str.rpartition(".")[0] if len(withdrawn) else ()
    asked = old[old[CODE].isin(codes)].to_dict("records")
    there = {(f"{row[CODE]}.{name}", row["period"]) for row in asked for name in AMOUNTS if pd.notna(row[name])}
    keys = zip(withdrawn["indicator"], withdrawn["period"], strict=True)
    is_known = pd.Series([key in there for key in keys], withdrawn.index, dtype=bool)
    for gone in withdrawn[~is_known].itertuples():
        when = Period.parse(str(gone.period))
        code = str(gone.indicator).rpartition(".")[0]
        name = Text(f"{gone.name_zh}（{code}）", f"{gone.name_zh} ({code})")
        told.add("nothing_to_withdraw", gone, "", town=name, period=Text(when.say("zh"), when.say("en")))
    return withdrawn.loc[is_known, list(WITHDRAWN)], told.close()


def _withdrawn(firms: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in firms[firms[TAKEN].notna()].to_dict("records") if TAKEN in firms else ():
        shared = {"table": FIRMS, **{name: row[name] for name in ("town_code", "period", "name_zh")}}
        place = {name: row[name] for name in WHERE}
        rows += [
            {
                **shared,
                **place,
                "indicator": f"{row[CODE]}.{name}",
                "reason": row[REASON],
                "cell": cell,
                WRITTEN: written,
            }
            for name, (cell, written) in row[TAKEN].items()
        ]
    return pd.DataFrame(rows, columns=[*WITHDRAWN, "name_zh", WRITTEN])
