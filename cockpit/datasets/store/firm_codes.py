"""Codes of firms: one firm is one code, however it is typed; what stands for no code is none.

May import the ground floor, `loading` and `firm_files`. The published table may hold millions of firms: it is looked
through in batches, one column at a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from stdnum.cn import uscc

from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import Dataset
from cockpit.texts import half_width, visible
from cockpit.units import Period

_BATCH: Final = 65_536
_CODE_SIGNS: Final = 18  # of a unified social credit code
_PARTING: Final = re.compile(r"[-_./]")
_DASHES: Final = re.compile(r"[‐‑‒–—―−﹘﹣－]")
# Letters and digits, parted by single signs; with digits alone a point or a stroke makes a number or a date of them.
_PLAIN: Final = r"[A-Z0-9]+(?:[-_./][A-Z0-9]+)*"
_FORM: Final = re.compile(_PLAIN)
_SURE: Final = re.compile(r"[A-Z][A-Z0-9]*[1-9][A-Z0-9]*")  # most codes: nothing else looks like one
_NUMBER: Final = re.compile(r"\d+(?:[./]\d+)+")  # 1.5, 2025/9/30
# A long number as spreadsheets show it, or with the digits they no longer have: fifteen are kept.
_LOST: Final = re.compile(r"\d(?:\.\d+)?E[-+]?\d{1,3}|\d{15}0+")
_DAY: Final = re.compile(r"(?:19|20)\d\d-\d{1,2}(?:-\d{1,2})?")
_ZEROS: Final = re.compile(r"[^1-9]*")


def folded(code: str) -> str:
    """A code as it is compared and stored: half-width capitals without blanks and what nobody sees, dashes as hyphens.

    `91330100 ma1234` -> `91330100MA1234`. Hyphens, points and strokes go where a unified social credit code is left.
    """
    whole = code
    if not _FORM.fullmatch(code):
        whole = "".join(half_width(_DASHES.sub("-", visible(code))).split()).upper()
    bare = _PARTING.sub("", whole)
    return bare if len(bare) == _CODE_SIGNS < len(whole) and uscc.is_valid(bare) else whole


def fault(code: str) -> str:
    """Rule that a folded code breaks, "" for none: letters and digits make one, at least one of them no zero."""
    if _SURE.fullmatch(code):
        return ""
    if _LOST.fullmatch(code) and not uscc.is_valid(code):
        return "digits_lost"
    is_odd = any(odd.fullmatch(code) for odd in (_NUMBER, _DAY, _ZEROS))
    return "bad_firm_code" if is_odd or not _FORM.fullmatch(code) else ""


def bare(code: str) -> str:
    """A folded code without what parts its letters and digits: `F-03516` -> `F03516`."""
    return code if code.isalnum() else _PARTING.sub("", code)


def published(dataset: Dataset, codes: Collection[str], columns: Sequence[str] = ()) -> pd.DataFrame:
    """Firms of a version whose folded code is among the given folded ones, or is one of them parted otherwise.

    Returns:
        `firm_id`, `folded` and the columns asked for, in the order of the file; one row a firm and period.
    """
    names = ["firm_id", *columns]
    bares = {code if code.isalnum() else bare(code) for code in codes}
    wanted = pa.array(sorted(bares.union(codes)), pa.string())
    found = []
    for batch in _batches(dataset, names) if codes else ():
        ids = batch.column("firm_id")
        # A code of the plain form is its own folded one; the few others, of older versions, are folded one by one.
        is_plain = pc.and_(
            pc.match_substring_regex(ids, f"^{_PLAIN}$"), pc.less_equal(pc.utf8_length(ids), _CODE_SIGNS)
        )
        others = pc.filter(ids, pc.invert(is_plain)).to_pylist()
        parted = pc.filter(ids, pc.match_substring_regex(ids, _PARTING.pattern))
        others += parted.filter(pc.is_in(pc.replace_substring_regex(parted, _PARTING.pattern, ""), wanted)).to_pylist()
        odd = pa.array([code for code in others if bare(folded(code)) in bares], pa.string())
        rows = batch.filter(pc.or_(pc.is_in(ids, wanted), pc.is_in(ids, odd)))
        if rows.num_rows:
            found.append(rows)
    frame = pa.Table.from_batches(found).to_pandas() if found else pd.DataFrame()
    frame = frame.reindex(columns=names)  # a version of an older schema may lack some
    return frame.assign(folded=[folded(code) for code in frame["firm_id"].tolist()])


def spelt(codes: pd.Series, known: pd.DataFrame) -> pd.Series:
    """Folded codes in the spelling a version knows their firms by, `known` as `published` gives it."""
    odd = known[
        [code != plain for code, plain in zip(known["firm_id"].tolist(), known["folded"].tolist(), strict=True)]
    ]
    if odd.empty:
        return codes
    odd = odd[~odd["folded"].isin(known["firm_id"])]
    spellings = dict(zip(odd["folded"], odd["firm_id"], strict=True))
    return codes.map(spellings).fillna(codes)


def joined(codes: pd.Series, known: pd.DataFrame) -> pd.Series:
    """Folded codes, those that no firm bears as the one published firm's that differs in what parts its signs alone.

    Args:
        known: as `published` gives it.
    """
    borne = set(known["folded"].tolist())
    given = codes.tolist()
    new = set(given) - borne
    spellings: dict[str, set[str]] = {}
    if any(not code.isalnum() for code in new.union(borne)):
        for code in borne:
            spellings.setdefault(bare(code), set()).add(code)
    read = {code: next(iter(of)) for code in new if len(of := spellings.get(bare(code), ())) == 1} if spellings else {}
    return pd.Series([read.get(code, code) for code in given], codes.index, dtype=object) if read else codes


def others_in(
    dataset: Dataset, codes: Collection[str], towns: Collection[str], periods: Collection[str]
) -> pd.DataFrame:
    """Published firms of towns and periods whose code is none of the given ones: `firm_id`, `town_code`, `period`,
    `name_zh`."""
    names = ["firm_id", "town_code", "period", "name_zh"]
    given = {name: pa.array(sorted(of), pa.string()) for name, of in zip(names, (codes, towns, periods), strict=False)}
    found = []
    for batch in _batches(dataset, names):
        rows = pa.table({name: batch.column(name).cast(pa.string()) for name in names})
        is_there = pc.and_(pc.is_in(rows["town_code"], given["town_code"]), pc.is_in(rows["period"], given["period"]))
        rows = rows.filter(pc.and_(is_there, pc.invert(pc.is_in(rows["firm_id"], given["firm_id"]))))
        if rows.num_rows:
            found.append(rows)
    return pa.concat_tables(found).to_pandas() if found else pd.DataFrame(columns=names, dtype=object)


def standing(dataset: Dataset, codes: pd.Series, periods: pd.Series) -> list[str]:
    """Town in which a version has each firm, "" for a firm it does not know.

    Args:
        codes: folded or as a version spells them; periods: of the rows that speak of the firms. A firm that stands
            there for the period stands in that town, else in the one of its newest period.
    """
    plain = [folded(code) for code in codes.tolist()]
    known = published(dataset, set(plain), ("period", "town_code"))
    towns = known["town_code"].astype("str").tolist()
    at: dict[tuple[str, str], str] = {}
    newest: dict[str, tuple[date, str]] = {}
    for code, period, town in zip(known["folded"].tolist(), known["period"].astype("str"), towns, strict=True):
        at[code, period] = town
        when = Period.parse(period).last_day()
        if code not in newest or newest[code][0] < when:
            newest[code] = (when, town)
    of_rows = zip(plain, periods.astype("str").tolist(), strict=True)
    return [at.get(row) or (newest[row[0]][1] if row[0] in newest else "") for row in of_rows]


def as_published(dataset: Dataset, codes: pd.Series) -> pd.Series:
    """Codes however typed in the spelling a version knows their firms by, folded where it knows none."""
    plain = codes.map({code: folded(code) for code in codes.unique()})
    return spelt(plain, published(dataset, set(plain)))


def _batches(dataset: Dataset, names: list[str]) -> Iterator[pa.RecordBatch]:
    if FIRMS in dataset.frames:
        frame = dataset.frames[FIRMS][names]
        plain = frame.astype({name: object for name in names if frame[name].dtype == "category"})
        yield from pa.Table.from_pandas(plain, preserve_index=False).to_batches(_BATCH)
    elif FIRMS in dataset.manifest.files:
        with pq.ParquetFile(dataset.path_of(FIRMS)) as file:
            there = [name for name in names if name in file.schema_arrow.names]
            yield from file.iter_batches(_BATCH, columns=there, use_threads=False)
