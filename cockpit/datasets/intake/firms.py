"""Tables with one row a thing: figures of firms to be taken back, codes of firms, and firms already published.

May import the ground floor, `loading`, `firm_codes`, `findings` and the other intake modules. Pure but for the dataset
it is given.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cockpit.datasets.findings import WHERE, WITHDRAWN, WRITTEN, Finding
from cockpit.datasets.firm_figures import AMOUNTS
from cockpit.datasets.intake.cells import TAKEN_BACK, is_reason
from cockpit.datasets.intake.firm_course import AT, CODE, ROW, cells_of, row_of, tell_course, tell_twins
from cockpit.datasets.intake.frames import REASON, TAKEN
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.intake.leaps import Told, said_period
from cockpit.datasets.store.firm_codes import fault, folded, joined, published, spelt
from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import normal
from cockpit.policy.intake_design import IntakeDesign
from cockpit.units import Period
from cockpit.vocabulary import Text


def settle_rows(frame: pd.DataFrame, header: Header, notes: Notes) -> pd.DataFrame:
    """The rows of a table that has one row a thing, as `read_table` gives them, without what is no value of theirs.

    Figures that say 撤回 are taken out: those of firms are marked, others cannot be withdrawn, which is told. Codes of
    firms are folded; rows with what stands for no code are told and left out.
    """
    if header.kind.spread or not len(frame):
        return frame
    frame = _taken_out(frame, header, notes)
    at = header.get(CODE)
    return _coded(_placed(frame, header, notes), at, notes) if header.kind.table == FIRMS and at else frame


def _placed(frame: pd.DataFrame, header: Header, notes: Notes) -> pd.DataFrame:
    """With the row of the sheet and the columns of codes and amounts in it, for what is told later."""
    rows = notes.grid.rows
    numbers = [int(cell[1 : cell.index(":")]) - 1 for cell in frame["cell"].tolist()]  # a range from column A on
    columns = {f"{AT}_{name}": column.at for name in (CODE, *AMOUNTS) if (column := header.get(name))}
    return frame.assign(**columns, **{ROW: pd.Series([rows[at] for at in numbers], frame.index, dtype=object)})


def _taken_out(frame: pd.DataFrame, header: Header, notes: Notes) -> pd.DataFrame:
    reasons = {row_of(remark.cell): remark.text for remark in notes.remarks}
    marks: dict[
        int, dict[str, tuple[str, object]]
    ] = {}  # row of the frame -> column -> its cell, what is written there
    for column in header.columns:
        name = column.field.name
        if column.field.kind != "number" or name not in frame or frame[name].dtype != object:
            continue
        taken = pd.Series([value is TAKEN_BACK for value in frame[name]], frame.index)
        for at in frame.index[taken]:
            number = row_of(frame.at[at, "cell"])
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
    why = {at: reasons[row_of(frame.at[at, "cell"])] for at in marks}
    return frame.assign(**{TAKEN: pd.Series(marks, dtype=object), REASON: pd.Series(why, dtype=object)})


def _coded(frame: pd.DataFrame, at: Placed, notes: Notes) -> pd.DataFrame:
    codes = pd.Series([folded(code) for code in frame[CODE].tolist()], frame.index, dtype=object)
    faults = pd.Series([fault(code) for code in codes.tolist()], frame.index, dtype=object)
    for row in frame.index[faults != ""]:
        where = f"{at.letters}{row_of(frame.at[row, 'cell'])}"
        notes.add(faults[row], where, frame.at[row, CODE], column=at.field.label)
    for row in frame.index[(faults == "") & (codes != frame[CODE])]:
        where = f"{at.letters}{row_of(frame.at[row, 'cell'])}"
        notes.add("firm_code_read", where, frame.at[row, CODE], read=codes[row])
    return frame.assign(**{CODE: codes})[faults == ""]


def firms_before(
    tables: dict[str, pd.DataFrame], dataset: Dataset, limit: int, *, is_scoped: bool = False
) -> tuple[pd.DataFrame, list[Finding]]:
    """The published firms of the codes that a submission brings, and what is compared with them; spells these codes as
    they are published, and tells those that are parted otherwise.

    Args:
        dataset: its towns are those the sender sees.
        is_scoped: whether there are others. A code that none of his towns has is told in the same words whether a town
            outside has it or nobody: the rows are kept, and who sees the whole province reviews them.
    """
    told = Told(limit)
    firms = tables.get(FIRMS, pd.DataFrame({CODE: []}))
    seen = set(dataset.table("towns")["town_code"].astype(str))
    old = published(dataset, set(firms[CODE]), ("period", "name_zh", "town_code", *AMOUNTS))
    old = old[old["town_code"].astype(str).isin(seen)]
    codes = joined(firms[CODE], old)
    if is_scoped and len(firms):
        for row in cells_of(firms[~codes.isin(old[CODE])], CODE).itertuples():
            told.add("firm_new", row, row.firm_id)
    if len(old):
        for row in cells_of(firms.assign(read=codes)[codes != firms[CODE]], CODE).itertuples():
            told.add("firm_code_read", row, "", read=row.read)
        tables[FIRMS] = firms.assign(**{CODE: spelt(codes, old)})
    return old, told.close()


def beside_published(
    firms: pd.DataFrame, old: pd.DataFrame, dataset: Dataset, towns: Mapping[str, Text], design: IntakeDesign
) -> tuple[pd.DataFrame, list[Finding]]:
    """Figures to be taken back, columns `WITHDRAWN`, and what the published firms say against those sent.

    Of a firm's figure `indicator` is its code and column: `F03516.revenue_yuan`.

    Args:
        old: as `firms_before` gives it.
        towns: names by code.
    """
    # A firm may grow or shrink ten-thousandfold where a town does not: it is asked for and holds nothing up.
    told = Told(design.limit("findings"), asked=frozenset({"unit_mix_up"}))
    _tell_part_years(firms, told)
    names = dict(zip(old[CODE].tolist(), old["name_zh"].tolist(), strict=True))
    pairs = zip(firms[CODE].tolist(), firms["name_zh"].tolist(), strict=True)
    for row in firms[[names.get(code, name) != name for code, name in pairs]].itertuples():
        if normal(names[row.firm_id]) != normal(row.name_zh):
            told.add("firm_name_differs", row, row.name_zh, code=row.firm_id, known=names[row.firm_id])
    tell_twins(firms, old, dataset, towns, told)
    tell_course(firms, old, towns, design, told)
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


def _tell_part_years(firms: pd.DataFrame, told: Told) -> None:
    """Firms are shown by full year: others are kept and stand nowhere yet. Told once a sheet and period."""
    part = [period for period in firms["period"].unique() if not Period.parse(str(period)).is_full_year]
    first = firms[firms["period"].isin(part)].drop_duplicates(["file", "sheet", "period"])
    for row in first.itertuples():
        told.add("firm_part_year", row, row.period, period=said_period(row.period))


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
