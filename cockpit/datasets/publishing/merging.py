"""A submission laid over a version: the tables that would come out, and the cells that would change.

May import the ground floor, `schema`, `versions`, `loading`, `findings`, `submissions`. Rows are found by their table's
key, firms in whatever spelling of their code; a value given replaces the old one, an empty cell leaves it. Nothing is
ever deleted but figures that a submission takes back: they are missing from then on, and `withdrawals` keeps what they
were and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.datasets.findings import WHERE, WITHDRAWN
from cockpit.datasets.publishing.submissions import WITHDRAWALS, Submission, accepted
from cockpit.datasets.schema import TABLES, Table
from cockpit.datasets.store.firm_codes import as_published
from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.store.versions import as_arrow
from cockpit.errors import DatasetError

RETURN_SOURCES: Final = "return_sources"
LAND_INDICATOR: Final = "land_in_use_mu"
_SPREAD: Final = {"returns": "indicator", "land": "land_type"}
_VALUE: Final = {"returns": "value", "land": "area_mu"}
MOST_ROWS: Final = 200
_ORIGINS: Final = ("provenance", "source_id", "source_ids")  # where a row comes from is no difference
CELL_COLUMNS: Final = (
    "table",
    "town_code",
    "period",
    "indicator",
    "before",
    "after",
    "file",
    "sheet",
    "cell",
    "reason",
)


@dataclass(frozen=True)
class RowChange:
    """A row of a table other than returns and land that would be new or changed.

    `key` are the values of the table's key but for the town, by column; `fields` (column, before, after) of what would
    differ, base units, `before` None throughout for a new row. `cell` is where the row was written.
    """

    table: str
    town_code: str
    key: Mapping[str, Any]
    is_new: bool
    fields: tuple[tuple[str, Any, Any], ...]
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, eq=False)
class Diff:
    """What a submission would change in a version.

    `cells`: one row for each figure of returns and land, columns `CELL_COLUMNS`, base units; `before` is NaN for a
    figure not reported so far, `after` for one that is taken back, with its `reason`; land in use stands as
    `land_in_use_mu`, other land as its type. Figures of firms stand here when they are taken back, as
    `<firm_id>.<column>`. `same` figures are submitted as they already stand and are not among
    them. `rows`: table -> (new, changed) for the other tables; `entries` are those rows, changed ones first, the first
    `MOST_ROWS` of a table.
    """

    parent: str
    cells: pd.DataFrame
    same: int
    rows: Mapping[str, tuple[int, int]]
    entries: tuple[RowChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not len(self.cells) and not any(new or changed for new, changed in self.rows.values())

    @property
    def new(self) -> int:
        """Figures that were not reported so far."""
        return int(self.cells["before"].isna().sum())

    @property
    def withdrawn(self) -> int:
        """Figures that are taken back."""
        return int(self.cells["after"].isna().sum())

    @property
    def changed(self) -> int:
        return len(self.cells) - self.new - self.withdrawn


def merged(parent: Dataset, submission: Submission) -> dict[str, pd.DataFrame]:
    """Tables of the version that would come out, only those the submission touches, typed as they are read back.

    Raises:
        DatasetError: a new row lacks a value that its table requires, or the accepted values are damaged.
    """
    given, withdrawn = _given(parent, submission)
    frames = {
        name: upsert(parent.table(name), rows.drop(columns=list(WHERE)), TABLES[name]) for name, rows in given.items()
    }
    if "returns" in given:
        # The source of a figure is its submission; the cell stands in `return_sources`.
        keys = _keys(given["returns"], TABLES["returns"])
        mine = _keys(frames["returns"], TABLES["returns"]).isin(keys)
        frames["returns"]["source_id"] = frames["returns"]["source_id"].astype(object).where(~mine, submission.id)
        frames["returns"] = frames["returns"].sort_values(list(TABLES["returns"].key), ignore_index=True)
    cells = _cells(given, submission)
    if len(cells):
        frames[RETURN_SOURCES] = upsert(parent.table(RETURN_SOURCES), cells, TABLES[RETURN_SOURCES])
    if len(withdrawn):
        _take_back(frames, parent, withdrawn, submission)
    about = pd.DataFrame(
        {
            "source_id": [submission.id],
            "publisher": [submission.submitted_by],
            "dated": [submission.submitted_at[:10]],
            "kind": ["submission"],
            "link": [""],
        }
    )
    frames["sources"] = upsert(frames.get("sources", parent.table("sources")), about, TABLES["sources"])
    return {name: _typed(frame, TABLES[name]) for name, frame in frames.items()}


def _given(parent: Dataset, submission: Submission) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Accepted rows by table, firms by the codes the version knows them by, and the figures to be taken back."""
    given = accepted(submission)
    withdrawn = given.pop(WITHDRAWALS, pd.DataFrame(columns=list(WITHDRAWN)))
    if FIRMS in given:
        given[FIRMS] = given[FIRMS].assign(firm_id=as_published(parent, given[FIRMS]["firm_id"]))
    return given, withdrawn


def _take_back(
    frames: dict[str, pd.DataFrame], parent: Dataset, withdrawn: pd.DataFrame, submission: Submission
) -> None:
    """Takes figures out of their tables and of the sources, and writes down what they were."""
    told = withdrawn.assign(value=_standing(parent, withdrawn), submission=submission.id)
    told = told.assign(submitted_by=submission.submitted_by, submitted_at=submission.submitted_at)
    frames[WITHDRAWALS] = upsert(parent.table(WITHDRAWALS), told, TABLES[WITHDRAWALS])
    for name in ("returns", "land"):
        part = withdrawn[withdrawn["table"] == name].rename(columns={"indicator": _SPREAD[name]})
        if not len(part):
            continue
        for table, keys in ((name, part), (RETURN_SOURCES, part.assign(indicator=_indicator(part, name)))):
            frame = frames.get(table, parent.table(table))
            gone = np.zeros(len(frame), dtype=bool)
            if len(frame):
                gone |= _keys(frame, TABLES[table]).isin(_keys(keys, TABLES[table]))
            if gone.any():
                frames[table] = frame[~gone].reset_index(drop=True)
    for column, firm_keys in _firm_figures(withdrawn):
        firms = frames.get(FIRMS, parent.table(FIRMS))
        frames[FIRMS] = firms.assign(**{column: firms[column].mask(_keys(firms, TABLES[FIRMS]).isin(firm_keys))})


def _firm_figures(withdrawn: pd.DataFrame) -> Iterator[tuple[str, pd.Index]]:
    """Columns of firms of which figures are taken back, and the keys of their firms, in the order of `withdrawn`."""
    part = withdrawn[withdrawn["table"] == FIRMS]
    names = part["indicator"].astype("str").str.extract(r"(?P<firm_id>.+)\.(?P<column>\w+)")
    for column, rows in part.assign(firm_id=names["firm_id"]).groupby(names["column"]):
        yield str(column), _keys(rows, TABLES[FIRMS])


def _standing(parent: Dataset, withdrawn: pd.DataFrame) -> npt.NDArray[Any]:
    """What the figures to be taken back are in a version, NaN where they are missing already."""
    found = np.full(len(withdrawn), np.nan)
    for name in ("returns", "land"):
        mine = (withdrawn["table"] == name).to_numpy()
        if mine.any():
            old = parent.table(name)
            values = pd.Series(old[_VALUE[name]].to_numpy(dtype=float), index=_keys(old, TABLES[name]))
            part = withdrawn[mine].rename(columns={"indicator": _SPREAD[name]})
            found[mine] = values.reindex(_keys(part, TABLES[name])).to_numpy()
    for column, keys in _firm_figures(withdrawn):
        firms = parent.table(FIRMS)
        values = pd.Series(firms[column].to_numpy(dtype=float), index=_keys(firms, TABLES[FIRMS]))
        of_firms = (withdrawn["table"] == FIRMS) & withdrawn["indicator"].str.endswith(f".{column}")
        found[of_firms.to_numpy()] = values.reindex(keys).to_numpy()
    return found


def preview(parent: Dataset, submission: Submission) -> Dataset:
    """The version as it would be, in memory only: for the figures and verdicts that would change."""
    manifest = replace(
        parent.manifest, version=f"{parent.manifest.version}+{submission.id}", parent=parent.manifest.version
    )
    return Dataset(manifest, parent.folder, {**parent.frames, **merged(parent, submission)})


def diff(parent: Dataset, submission: Submission) -> Diff:
    """What the submission would change in `parent`."""
    given, withdrawn = _given(parent, submission)
    cells, same = [], 0
    if len(withdrawn):
        gone = withdrawn.assign(before=_standing(parent, withdrawn), after=np.nan)
        shown = withdrawn["indicator"].where(
            (withdrawn["table"] != "land") | (withdrawn["indicator"] != "in_use"), LAND_INDICATOR
        )
        cells.append(gone.assign(indicator=shown)[gone["before"].notna()][list(CELL_COLUMNS)])
    rows: dict[str, tuple[int, int]] = {}
    entries: list[RowChange] = []
    for name, frame in given.items():
        table = TABLES[name]
        if name in ("returns", "land"):
            value = _VALUE[name]
            old = parent.table(name)
            before = pd.Series(old[value].to_numpy(dtype=float), index=_keys(old, table))
            found = before.reindex(_keys(frame, table)).to_numpy()
            part = frame.assign(
                table=name, indicator=_indicator(frame, name), before=found, after=frame[value].to_numpy(dtype=float)
            ).assign(reason="")[list(CELL_COLUMNS)]
            differs = part["before"].isna() | (part["before"] != part["after"])
            same += int((~differs).sum())
            cells.append(part[differs])
        else:
            rows[name], changes = _row_changes(parent.table(name), frame, table)
            entries += changes
    empty = pd.DataFrame(
        {name: pd.Series(dtype="float" if name in ("before", "after") else "str") for name in CELL_COLUMNS}
    )
    found_cells = pd.concat(cells, ignore_index=True) if cells else empty
    return Diff(parent.manifest.version, found_cells, same, rows, tuple(entries))


def _indicator(frame: pd.DataFrame, name: str) -> pd.Series:
    if name == "returns":
        return frame["indicator"].astype("str")
    types = frame["land_type"].astype("str")
    return types.where(types != "in_use", LAND_INDICATOR)


def _cells(given: Mapping[str, pd.DataFrame], submission: Submission) -> pd.DataFrame:
    """Rows of `return_sources` for returns and land in use."""
    parts = []
    for name in ("returns", "land"):
        if name in given:
            part = given[name].assign(indicator=_indicator(given[name], name))
            parts.append(part[part["indicator"] == LAND_INDICATOR] if name == "land" else part)
    if not parts:
        return pd.DataFrame()
    told = ["town_code", "period", "indicator", *WHERE]
    return pd.concat(parts, ignore_index=True)[told].assign(
        submission=submission.id, submitted_by=submission.submitted_by, submitted_at=submission.submitted_at
    )


def _keys(frame: pd.DataFrame, table: Table) -> pd.Index:
    """One text a row that tells its key; keys hold no tabs."""
    parts = [frame[name].astype("str").astype(object) for name in table.key]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + "\t" + part
    index: pd.Index = pd.Index(whole)
    return index


def _places(old: pd.DataFrame, new: pd.DataFrame, table: Table) -> npt.NDArray[np.intp]:
    """Row of `old` that each row of `new` replaces, -1 for a new one."""
    if not len(old):
        return np.full(len(new), -1)
    return np.asarray(_keys(old, table).get_indexer(_keys(new, table)))


def upsert(old: pd.DataFrame, new: pd.DataFrame, table: Table) -> pd.DataFrame:
    """`old` with the rows of `new` put in their places and the others added at the end; columns as declared.

    Args:
        new: at most one row a key; a missing value keeps the old one.
    """
    new = new.drop_duplicates(list(table.key), keep="last", ignore_index=True)
    at = _places(old, new, table)
    hits = at >= 0
    columns: dict[str, npt.NDArray[Any]] = {}
    for column in table.columns:
        name = column.name
        values = old[name].astype(object).to_numpy(copy=True) if name in old else np.full(len(old), None, dtype=object)
        fresh = new[name].astype(object).to_numpy() if name in new else np.full(len(new), None, dtype=object)
        given = hits & ~pd.isna(fresh)
        values[at[given]] = fresh[given]
        columns[name] = np.concatenate([values, fresh[~hits]])
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def _row_changes(old: pd.DataFrame, new: pd.DataFrame, table: Table) -> tuple[tuple[int, int], list[RowChange]]:
    """(new rows, rows of which a value would differ), and the first of them one by one."""
    at = _places(old, new, table)
    hits = at >= 0
    names = [column.name for column in table.columns if column.name in new and column.name not in (*_ORIGINS, *WHERE)]
    fresh = {name: new[name].astype(object).to_numpy() for name in names}
    before = {name: np.full(len(new), None, dtype=object) for name in names}
    differs: dict[str, npt.NDArray[np.bool_]] = {}
    for name in names:
        if name in old.columns:
            before[name][hits] = old[name].astype(object).to_numpy()[at[hits]]
        nothing = pd.isna(before[name])
        differs[name] = ~pd.isna(fresh[name]) & (nothing | (fresh[name] != before[name]))
    changed = np.any([differs[name][hits] for name in names], axis=0) if names else np.zeros(int(hits.sum()), bool)
    places = [*np.flatnonzero(hits)[changed], *np.flatnonzero(~hits)][:MOST_ROWS]
    where = {name: new[name].astype(str).to_numpy() for name in WHERE}
    towns = new["town_code"].astype(str).to_numpy() if "town_code" in new else np.full(len(new), "", dtype=object)
    found = [
        RowChange(
            table.name,
            str(towns[place]),
            {name: fresh[name][place] for name in table.key if name != "town_code"},
            bool(not hits[place]),
            tuple(
                (name, None if pd.isna(before[name][place]) else before[name][place], fresh[name][place])
                for name in names
                if name not in table.key and differs[name][place]
            ),
            **{name: str(where[name][place]) for name in WHERE},
        )
        for place in places
    ]
    return (int((~hits).sum()), int(changed.sum())), found


def _typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    arrow = as_arrow(frame, table)
    categories = [column.name for column in table.columns if column.kind == "category"]
    if missing := [
        column.name for column in table.columns if column.must_be_there and arrow.column(column.name).null_count
    ]:
        raise DatasetError(
            "a value is missing", where=f"{table.name}.{missing[0]}", remedy="a new row needs it: add it"
        )
    typed: pd.DataFrame = arrow.to_pandas(categories=categories)
    return typed
