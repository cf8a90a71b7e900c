"""Checks across cells: duplicates, parts and wholes, the course of a figure over time, dates.

May import the ground floor, `policy`, `schema`, `findings` and `intake_fields`. Pure: frames in, findings out, whole
columns at a time. Why no validation library: docs/decisions (findings must name cells in two languages).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.datasets.findings import WITHDRAWN, WRITTEN, Finding, shown
from cockpit.datasets.intake.frames import REASON
from cockpit.datasets.intake.header import severity
from cockpit.datasets.schema import TABLES
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.days import first_days, last_days
from cockpit.phrases import phrase
from cockpit.policy.register import Register
from cockpit.texts import revealed
from cockpit.units import Period, figure
from cockpit.vocabulary import LAND_TYPES, Text

Row = Any  # a row of itertuples: its fields are those of the frame
# Orders of magnitude a slip of the unit makes: 元/万元/亿元, and a share written as a percentage.
_SLIPS: Final[dict[str, tuple[int, ...]]] = {"yuan": (4, 8), "count": (4,), "share": (2,)}


@dataclass
class Told:
    """Findings of the checks, each rule cut off per sheet."""

    limit: int
    found: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, rule: str, row: Row, value: object, **values: object) -> None:
        """`value` is shown for rows that carry no text of their own cell."""
        key = (rule, row.file, row.sheet)
        self.counts[key] += 1
        if self.counts[key] <= self.limit:
            said = revealed(shown(getattr(row, WRITTEN, value)))
            self.found.append(Finding(row.file, row.sheet, row.cell, said, rule, severity(rule), values))

    def close(self) -> list[Finding]:
        for (rule, file, sheet), count in self.counts.items():
            if count > self.limit:
                first = next(f for f in self.found if (f.rule, f.file, f.sheet) == (rule, file, sheet))
                rest = {"count": count - self.limit, "cell": first.cell, "more": count}
                self.found.append(replace(first, rule="more", cell="", value="", values=rest))
        return self.found


@dataclass(frozen=True, eq=False)
class Against:
    """What the new figures are held against. `returns`, `land`: the frames of the current version."""

    register: Register
    towns: Mapping[str, Text]
    returns: pd.DataFrame
    land: pd.DataFrame
    as_of: date


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
    for name, frame in kept.items():
        _dates(name, frame, against, told)
    if "firms" in kept:
        kept["firms"] = _chains(_not_ahead(kept["firms"], against, told), against, told)
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
            told.add("nothing_to_withdraw", row, "", town=against.towns[row.town_code], period=_period(row.period))
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
        told.add("period_ahead", row, row.period, town=against.towns[row.town_code], period=_period(row.period))
    return frame[~wrong]


def _period(text: str) -> Text:
    at = Period.parse(text)
    return Text(at.say("zh"), at.say("en"))


def _amount(value: float, unit: str) -> Text:
    return Text(str(figure(value, unit, "zh")), str(figure(value, unit, "en")))


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
                period=_period(period),
                parts=_joined([labels[word] for word in have]),
                whole=labels[part.whole],
                sum=_amount(float(total[town, period]), unit),
                total=_amount(float(over.loc[(town, period), part.whole]), unit),
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
            period=_period(row.period),
            earlier=_period(row.last_period),
            now=_amount(row.value, unit),
            before=_amount(row.last_value, unit),
        )


def _leaps(both: pd.DataFrame, is_flow: pd.Series, frame: pd.DataFrame, against: Against, told: Told) -> pd.Series:
    """Slips of the unit, and changes too large to pass without a second look; return which rows are slips."""
    register = against.register
    design = register.intake
    has_year = both["year_value"].notna()
    scale = (both["month"] / both["last_month"]).where(is_flow, 1.0)
    base = both["year_value"].where(has_year, both["last_value"] * scale)
    base_period = both["year_period"].where(has_year, both["last_period"])
    known = (both["at"] >= 0) & (base > 0) & (both["value"] > 0)
    ratio = pd.Series(np.log10((both["value"].where(known) / base.where(known)).to_numpy(dtype="float64")), both.index)
    units = both["indicator"].map({name: at.unit for name, at in register.indicators.items()})
    slipped = pd.Series(False, index=both.index)
    for unit, orders in _SLIPS.items():
        for order in orders:
            slipped |= (units == unit) & ((ratio.abs() - order).abs() <= design.threshold("unit_mix_up"))
    small = design.threshold("small_count")
    is_small = (units == "count") & (both["value"] < small) & (base < small)
    jumped = (ratio.abs() >= math.log10(design.threshold("jump"))) & ~slipped & ~is_small
    # Zero has no ratio: a figure that falls to it is asked for like a jump, for it may stand for nothing reported.
    to_zero = (both["at"] >= 0) & (base > 0) & (both["value"] == 0)
    written = {at.name: at.unit_text for kind in sheet_kinds() if kind.table == "returns" for at in kind.fields}
    before = both["year_value"].where(has_year, both["last_value"])
    both = both.assign(before=before, before_period=base_period, ratio=ratio)
    for rule, hits in (("unit_mix_up", slipped), ("jump", jumped), ("to_zero", to_zero)):
        told_of = both[hits]
        for row, place in zip(_rows(told_of), _rows(frame.iloc[told_of["at"].astype(int)]), strict=True):
            indicator = register.indicators[row.indicator]
            told.add(
                rule,
                place,
                f"{place.value:g}",
                town=against.towns[row.town_code],
                indicator=indicator.label,
                earlier=_period(row.before_period),
                before=_amount(row.before, indicator.unit),
                now=_amount(row.value, indicator.unit),
                factor=f"{10**row.ratio:,.4g}" if rule != "to_zero" else "",
                unit=written[row.indicator],
            )
    return slipped


_PAST: Final[dict[str, tuple[str, ...]]] = {
    "inspections": ("inspected_on",), "extensions": ("approved_on",), "assessments": ("year",),
    "towns": ("created_on", "named_on"),
}  # fmt: skip
_SPANS: Final[dict[str, tuple[str, str]]] = {
    "plans": ("starts_on", "ends_on"),
    "extensions": ("approved_on", "ends_on"),
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
        start, end = _SPANS[name]
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
