"""Checks across cells: duplicates, parts and wholes, the course of a figure over time, dates.

May import the ground floor, `policy`, `schema`, `findings` and `intake_fields`. Pure: frames in, findings out, whole
columns at a time. Why no validation library: docs/decisions (findings must name cells in two languages).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from cockpit.datasets.findings import WITHDRAWN, Finding
from cockpit.datasets.intake.elements import Published, check_elements
from cockpit.datasets.intake.frames import REASON
from cockpit.datasets.intake.leaps import (
    Row,
    Told,
    against_latest,
    latest,
    said_amount,
    said_period,
    tell_leaps,
)  # fmt: skip
from cockpit.datasets.intake.places import Places
from cockpit.datasets.schema import TABLES
from cockpit.datasets.template.sheets import Field, sheet_kinds
from cockpit.days import first_days, last_days
from cockpit.phrases import phrase
from cockpit.policy.register import Register
from cockpit.units import Period
from cockpit.vocabulary import LAND_TYPES, Text


@dataclass(frozen=True, eq=False)
class Against:
    """What the new figures are held against: frames of the current version, those of `elements` by table:
    of the towns the sender sees, and `everywhere` of all; `codes` are those of all towns."""

    register: Register
    towns: Mapping[str, Text]
    returns: pd.DataFrame
    land: pd.DataFrame
    as_of: date
    elements: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    everywhere: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    places: Places | None = None


def check(
    tables: dict[str, pd.DataFrame], against: Against
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, list[Finding]]:
    """The tables of a submission without the rows that repeat an earlier one, the figures it takes back, and findings
    across its cells.

    Args:
        tables: table name -> rows as `Checked.tables` describes them.
    """
    told = Told(against.register.intake.limit("findings"))
    kept = {name: _duplicates(name, frame, told) for name, frame in tables.items()}
    withdrawn = _withdrawn(kept, against, told)
    for name in ("returns", "land"):
        if name in kept:
            kept[name] = _not_ahead(kept[name], against, told)
            _parts(name, kept[name], against, told)
    if "returns" in kept:
        _course(kept["returns"], against, told)
    if "land" in kept:
        _land_course(kept["land"], against, told)
    for name in ("returns", "land"):
        if name in kept:
            _restated(name, kept[name], against, told)
    for name, frame in kept.items():
        _dates(name, frame, against, told)
    if "firms" in kept:
        kept["firms"] = _chains(_not_ahead(kept["firms"], against, told), against, told)
    published = Published(against.elements, against.everywhere, against.codes, against.places)
    kept = check_elements(kept, published, against.register, against.towns, against.as_of, told)
    return {name: frame for name, frame in kept.items() if len(frame)}, withdrawn, told.close()


def _withdrawn(kept: dict[str, pd.DataFrame], against: Against, told: Told) -> pd.DataFrame:
    """Takes the figures to be taken back out of the tables; what was never published cannot be taken back."""
    parts = []
    for name, spread in (("returns", "indicator"), ("land", "land_type")):
        if name not in kept or REASON not in kept[name]:
            continue
        frame = kept[name]
        taken = frame[REASON].notna()
        kept[name] = frame[~taken].drop(columns=REASON)
        key = ["town_code", "period", spread]
        current = against.returns if name == "returns" else against.land
        published = set(current[key].astype(str).itertuples(index=False, name=None))
        asked = frame[taken]
        known = pd.Series([at in published for at in asked[key].itertuples(index=False, name=None)], asked.index, bool)
        for row in _rows(asked[~known]):
            told.add("nothing_to_withdraw", row, "", town=against.towns[row.town_code], period=said_period(row.period))
        parts.append(asked[known].rename(columns={spread: "indicator"}).assign(table=name)[list(WITHDRAWN)])
    empty = pd.DataFrame(columns=list(WITHDRAWN))
    return pd.concat(parts, ignore_index=True) if parts else empty


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    yield from frame.itertuples()


def _where(row: Row) -> str:
    return f"{row.sheet}!{row.cell}" if row.sheet else str(row.cell)


def _duplicates(name: str, frame: pd.DataFrame, told: Told) -> pd.DataFrame:
    key = list(TABLES[name].key)
    again = frame.duplicated(key)
    if not again.any():
        return frame
    firsts = frame[~again & frame.duplicated(key, keep=False)].set_index(key)
    places = dict(zip(firsts.index, ((row.file, _where(row)) for row in _rows(firsts)), strict=True))
    is_single = "value" in frame or "area_mu" in frame
    for row, at in zip(_rows(frame[again]), frame.loc[again, key].itertuples(index=False, name=None), strict=True):
        written = " ".join(str(part) for part in at)  # of a row that is one; a single figure shows its own cell
        file, where = places[at]
        other = where if file == row.file else f"{file} {where}"
        told.add("duplicate" if is_single else "duplicate_row", row, written, other=other)
    return frame[~again]


def _not_ahead(frame: pd.DataFrame, against: Against, told: Told) -> pd.DataFrame:
    ahead = [text for text in frame["period"].unique() if Period.parse(text).last_day() > against.as_of]
    if not ahead:
        return frame
    wrong = frame["period"].isin(ahead)
    for row in _rows(frame[wrong]):
        told.add("period_ahead", row, row.period, town=against.towns[row.town_code], period=said_period(row.period))
    return frame[~wrong]


def _joined(labels: list[Text]) -> Text:
    return Text("与".join(at.zh for at in labels), " and ".join(at.en for at in labels))


def _parts(name: str, frame: pd.DataFrame, against: Against, told: Told) -> None:
    """Parts of a whole in the same town and period; what the file leaves out is taken from the current version."""
    column, value = ("indicator", "value") if name == "returns" else ("land_type", "area_mu")
    design = against.register.intake
    labels = {n: at.label for n, at in against.register.indicators.items()} if name == "returns" else LAND_TYPES
    rules = [part for part in design.parts.values() if part.table == name]
    named = {word for part in rules for word in (part.whole, *part.parts)}
    new = frame[frame[column].isin(named)]
    if new.empty:
        return
    current = against.returns if name == "returns" else against.land
    current = current[
        current["town_code"].isin(new["town_code"].unique()) & current["period"].isin(new["period"].unique())
    ]
    old = current[["town_code", "period", column, value]].astype(
        {"town_code": "object", "period": "object", column: "object"}
    )
    old = old[old[column].isin(named)]
    both = pd.concat([old, new], ignore_index=True).drop_duplicates(["town_code", "period", column], keep="last")
    wide = both.pivot(index=["town_code", "period"], columns=column, values=value)
    cells = new.set_index(["town_code", "period", column])
    for part in rules:
        have = [word for word in part.parts if word in wide]
        if part.whole not in wide or not have:
            continue
        total = wide[have].sum(axis=1)
        over = wide[total > wide[part.whole] * (1 + design.threshold("rounding"))]
        for town, period in over.index:
            sent = [(town, period, word) for word in (*have, part.whole) if (town, period, word) in cells.index]
            if not sent:
                continue  # the current version's own affair
            row = next(_rows(cells.loc[[sent[0]]]))
            unit = against.register.indicators[part.whole].unit if name == "returns" else "mu"
            told.add(
                "part_exceeds",
                row,
                f"{getattr(row, value):g}",
                town=against.towns[town],
                period=said_period(period),
                parts=_joined([labels[word] for word in have]),
                whole=labels[part.whole],
                sum=said_amount(float(total[town, period]), unit),
                total=said_amount(float(over.loc[(town, period), part.whole]), unit),
            )


def _course(frame: pd.DataFrame, against: Against, told: Told) -> None:
    """Each new figure against the one before it and that of the year before."""
    key = ["town_code", "indicator"]
    old = against.returns[["town_code", "period", "indicator", "value"]]
    old = old[old["town_code"].isin(frame["town_code"].unique()) & old["indicator"].isin(frame["indicator"].unique())]
    old = old.astype({"town_code": "object", "period": "object", "indicator": "object"})
    both = pd.concat([old.assign(at=-1), frame.assign(at=np.arange(len(frame)))], ignore_index=True)
    both = both.drop_duplicates([*key, "period"], keep="last")
    periods = {text: Period.parse(text) for text in both["period"].unique()}
    both["year"] = both["period"].map({text: at.year for text, at in periods.items()})
    both["month"] = both["period"].map({text: at.month for text, at in periods.items()})
    both = both.sort_values([*key, "year", "month"], ignore_index=True)
    group = both.groupby(key, sort=False)
    for name in ("value", "period", "year", "month", "at"):
        both[f"last_{name}"] = group[name].shift(1)
    year_before = both[[*key, "year", "month", "value", "period"]].rename(
        columns={"value": "year_value", "period": "year_period"}
    )
    year_before["year"] += 1
    both = both.merge(year_before, on=[*key, "year", "month"], how="left")
    kinds = {name: at.kind for name, at in against.register.indicators.items()}
    is_flow = both["indicator"].map(kinds).eq("flow")
    slipped = _leaps(both, is_flow, frame, against, told)
    _falls(both, is_flow & ~slipped, frame, against, told)


def _falls(both: pd.DataFrame, is_flow: pd.Series, frame: pd.DataFrame, against: Against, told: Told) -> None:
    slack = 1 - against.register.intake.threshold("rounding")
    fell = is_flow & (both["last_year"] == both["year"]) & (both["value"] < both["last_value"] * slack)
    fallen = both[fell & ((both["at"] >= 0) | (both["last_at"] >= 0))]
    sent = frame.iloc[fallen["at"].where(fallen["at"] >= 0, fallen["last_at"]).astype(int)]
    for row, place in zip(_rows(fallen), _rows(sent), strict=True):
        unit = against.register.indicators[row.indicator].unit
        told.add(
            "flow_falls",
            place,
            f"{place.value:g}",
            town=against.towns[row.town_code],
            indicator=against.register.indicators[row.indicator].label,
            period=said_period(row.period),
            earlier=said_period(row.last_period),
            now=said_amount(row.value, unit),
            before=said_amount(row.last_value, unit),
        )


def _leaps(both: pd.DataFrame, is_flow: pd.Series, frame: pd.DataFrame, against: Against, told: Told) -> pd.Series:
    """Each figure against that of the year before, else the last one as far as its months go; which are slips."""
    has_year = both["year_value"].notna()
    scale = (both["month"] / both["last_month"]).where(is_flow, 1.0)
    compared = both.assign(
        base=both["year_value"].where(has_year, both["last_value"] * scale),
        before=both["year_value"].where(has_year, both["last_value"]),
        before_period=both["year_period"].where(has_year, both["last_period"]),
    )
    return tell_leaps(
        compared,
        _fields("returns", against),
        against.register.intake,
        told,
        lambda at: frame.iloc[at],
        lambda row: against.towns[row.town_code],
    )


def _fields(table: str, against: Against) -> dict[str, Field]:
    kind = next(kind for kind in sheet_kinds(against.register) if kind.table == table)
    return {at.name: at for at in kind.fields if at.is_value}


def _land_course(frame: pd.DataFrame, against: Against, told: Told) -> None:
    """Each area against the published one of the same town and type."""
    key = ["town_code", "land_type"]
    before = latest(frame, against.land, key, ["area_mu"])
    compared = against_latest(frame["area_mu"], before["area_mu"], before["area_mu_at"], "")
    compared["indicator"] = frame["land_type"].to_numpy()[compared["at"]]
    tell_leaps(
        compared,
        _fields("land", against),
        against.register.intake,
        told,
        lambda at: frame.iloc[at],
        lambda row: against.towns[row.town_code],
    )


def _restated(name: str, frame: pd.DataFrame, against: Against, told: Told) -> None:
    """Figures of a full year that replace a published one by another: targets were judged by it. What is told of a
    figure already is not told twice."""
    spread, value = ("indicator", "value") if name == "returns" else ("land_type", "area_mu")
    key = ["town_code", "period", spread]
    share = against.register.rule("restated_year").base_value
    old = against.returns if name == "returns" else against.land
    old = old[old["town_code"].isin(frame["town_code"].unique()) & old["period"].isin(frame["period"].unique())]
    keys = [pd.MultiIndex.from_frame(part[key].astype(str)) for part in (old, frame)]
    was = pd.Series(old[value].to_numpy(dtype=float), keys[0]).reindex(keys[1]).to_numpy()
    now = frame[value].to_numpy(dtype=float)
    closed = frame["period"].map({text: Period.parse(text).month == 12 for text in frame["period"].unique()})
    hits = closed.to_numpy(dtype=bool) & (np.abs(now - was) > share * np.abs(was))
    fields, small = _fields(name, against), against.register.intake.threshold("small_count")
    known = {(at.file, at.sheet, at.cell) for at in told.found}
    for row, before, after in zip(_rows(frame[hits]), was[hits], now[hits], strict=True):
        at = fields[str(getattr(row, spread))]
        if (row.file, row.sheet, row.cell) in known or (at.unit == "count" and max(before, after) < small):
            continue
        values = {"before": said_amount(before, at.unit), "now": said_amount(after, at.unit)}
        town, period = against.towns[row.town_code], said_period(row.period)
        told.add("restated", row, f"{after:g}", town=town, indicator=at.label, period=period, **values)


_PAST: Final[dict[str, tuple[str, ...]]] = {
    "inspections": ("inspected_on",), "extensions": ("approved_on",), "assessments": ("year",),
    "towns": ("created_on", "named_on"),
}  # fmt: skip
# Start, end, and the rule that says how many years may lie between.
_SPANS: Final[dict[str, tuple[str, str, str]]] = {
    "plans": ("starts_on", "ends_on", "plan_longest"),
    "extensions": ("approved_on", "ends_on", "extension_longest"),
}


def _dates(name: str, frame: pd.DataFrame, against: Against, told: Told) -> None:
    for column in _PAST.get(name, ()):
        if column not in frame:
            continue
        begins = first_days(frame[column].astype(str))  # one known to the month is on file from its first day on
        for row in _rows(frame[begins > np.datetime64(against.as_of)]):
            label = phrase(f"intake.column.{column}")
            town = against.towns.get(row.town_code, Text(row.town_code, row.town_code))
            told.add("date_ahead", row, getattr(row, column), town=town, column=label)
    if name in _SPANS:
        start, end, rule = _SPANS[name]
        years = int(against.register.rule(rule).base_value)
        longest = (pd.Series(first_days(frame[start]), frame.index) + pd.DateOffset(years=years)).to_numpy()
        for row in _rows(frame[last_days(frame[end]) > longest]):
            values = {"town": against.towns[row.town_code], "start": getattr(row, start), "years": years}
            told.add("span_too_long", row, getattr(row, end), **values)
        ahead = np.datetime64(pd.Timestamp(against.as_of) + pd.DateOffset(years=years))
        for row in _rows(frame[first_days(frame[start]) > ahead]):
            values = {"town": against.towns[row.town_code], "column": phrase(f"intake.column.{start}"), "years": years}
            told.add("far_ahead", row, getattr(row, start), **values)
        for row in _rows(frame[last_days(frame[end]) < first_days(frame[start])]):
            values = {"town": against.towns[row.town_code], "start": getattr(row, start)}
            told.add("dates_reversed", row, getattr(row, end), **values)


def _chains(frame: pd.DataFrame, against: Against, told: Told) -> pd.DataFrame:
    """A node belongs to one chain; a firm that names the node alone gets its chain."""
    if "node_id" not in frame:
        return frame
    chains = against.register.chains
    owner = {node: chain.id for chain in chains.values() for node in chain.node_ids}
    of_node = frame["node_id"].map(owner)
    chain = frame["chain_id"] if "chain_id" in frame else pd.Series(None, index=frame.index, dtype="object")
    wrong = of_node.notna() & chain.notna() & (of_node != chain)
    labels = {chain.full_id(node.id): Text(node.zh, node.en) for chain in chains.values() for node in chain.nodes}
    for row in _rows(frame[wrong]):
        told.add("other_chain", row, labels[row.node_id].zh, chain=chains[row.chain_id].label)
    return frame.assign(chain_id=chain.where(chain.notna(), of_node))[~wrong]
