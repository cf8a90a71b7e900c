"""Checks of the registers clerks keep: new towns and changed facts, and changes of the list.

May import the ground floor, `schema`, `loading`, `findings` and the other intake modules. Pure: frames in, frames and
findings out. The list history is the truth: a town's status follows its newest entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.datasets.boundaries import kilometres_outside
from cockpit.datasets.findings import WHERE, Finding
from cockpit.datasets.intake.known_towns import county_hint
from cockpit.datasets.intake.leaps import Told
from cockpit.datasets.intake.list_course import Names, tell_course
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.counties import Counties, counties_of
from cockpit.datasets.template.sheets import TOWNS, normal, sheet_kinds
from cockpit.days import first_days, last_day, last_days
from cockpit.policy.register import load
from cockpit.texts import written
from cockpit.vocabulary import Text

HISTORY: Final = "list_history"
# What a new town cannot do without; where it stands on the list comes from the list history.
_NEEDED: Final = ("name_zh", "name_en", "county_adcode", "industry_class")
# The date of the towns table that an entry of this status sets.
_DATES: Final[dict[str, str]] = {"creating": "created_on", "named": "named_on"}


@dataclass(frozen=True, eq=False)
class Registers:
    """What stands in the current version."""

    towns: pd.DataFrame
    history: pd.DataFrame
    counties: Counties

    @classmethod
    def of(cls, dataset: Dataset) -> Registers:
        return cls(dataset.table(TOWNS), dataset.table(HISTORY), counties_of(dataset))


def check_registers(
    tables: dict[str, pd.DataFrame], now: Registers, as_of: date, limit: int
) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """The tables with towns as they are stored: counties by code, statuses as the list history says."""
    if TOWNS not in tables and HISTORY not in tables:
        return tables, []
    told = Told(limit)
    towns = _counties(tables[TOWNS], now, told) if TOWNS in tables else pd.DataFrame()
    history = tables.get(HISTORY, pd.DataFrame())
    if len(history):
        late = first_days(history["effective_on"]) > np.datetime64(as_of)
        label = next(kind for kind in sheet_kinds() if kind.table == HISTORY).field("effective_on").label
        names = dict(zip(now.towns["town_code"].astype(str), now.towns["name_zh"].astype(str), strict=True))
        for row in history[late].itertuples():
            town = names.get(str(row.town_code), row.town_code)
            told.add("date_ahead", row, row.effective_on, town=town, column=label)
        history = history[~late]
    _dates(towns, history, now, told)
    towns = _following(towns, history, now)
    if len(towns):
        towns = _new(towns, now, told)
    found = {**tables, TOWNS: towns, HISTORY: history}
    return {name: frame for name, frame in found.items() if len(frame)}, told.close()


def _dates(towns: pd.DataFrame, history: pd.DataFrame, now: Registers, told: Told) -> None:
    """A town is created before it is named, in the register and on the list."""
    known = {str(row["town_code"]): row for row in now.towns.to_dict("records")}
    names = Names(now.towns, towns)
    created = {code: written(row["created_on"]) for code, row in known.items()}
    for row in towns.itertuples():
        code = str(row.town_code)
        start, named = (
            written(getattr(row, name, None)) or written(known.get(code, {}).get(name))
            for name in ("created_on", "named_on")
        )
        created[code] = start
        is_told = any(written(getattr(row, name, None)) for name in ("created_on", "named_on"))
        if is_told and start and named and last_days([named])[0] < first_days([start])[0]:
            told.add("named_before_created", row, named, town=names(code), created=start)
    if len(history):
        tell_course(history, now.history, created, told, names)


def _counties(towns: pd.DataFrame, now: Registers, told: Told) -> pd.DataFrame:
    """County by its code, and the prefecture it belongs to."""
    if "county_adcode" not in towns:
        return towns
    given = towns["county_adcode"]
    places = [now.counties.find(text) if _has(text) else None for text in given]
    wrong = pd.Series([_has(text) and place is None for text, place in zip(given, places, strict=True)], towns.index)
    for row in towns[wrong].itertuples():
        told.add("unknown_county", row, row.county_adcode, hint=county_hint(now.counties, row.county_adcode))
    codes = pd.Series([place[0] if place else None for place in places], towns.index, dtype="object")
    above = pd.Series([place[1] if place else None for place in places], towns.index, dtype="object")
    # What was written stays where it is not a county: the fault is told once, and nothing of it is published.
    return towns.assign(county_adcode=codes.where(~wrong, given), prefecture_adcode=above)


def _following(towns: pd.DataFrame, history: pd.DataFrame, now: Registers) -> pd.DataFrame:
    """`towns` with a row for every town whose newest entry of the list is among the delivered ones."""
    if not len(history):
        return towns
    old = now.history[now.history["town_code"].astype(str).isin(history["town_code"])]
    newest_old = {
        str(code): last_days(days).max() for code, days in old.groupby(old["town_code"].astype(str))["effective_on"]
    }
    dated = {
        str(row["town_code"]): {name: row[name] for name in _DATES.values()} for row in now.towns.to_dict("records")
    }
    rows: dict[str, Any] = {str(row["town_code"]): dict(row) for row in towns.to_dict("records")}
    in_time = np.argsort(last_days(history["effective_on"]), kind="stable")
    for entry in history.iloc[in_time].to_dict("records"):
        code, day, status = str(entry["town_code"]), str(entry["effective_on"]), str(entry["list_status"])
        row = rows.setdefault(code, {"town_code": code, **{name: entry[name] for name in WHERE}})
        column = _DATES.get(status)
        if column and not _has(row.get(column)) and not _has(dated.get(code, {}).get(column)):
            row[column] = day
        if code not in newest_old or np.datetime64(last_day(day)) >= newest_old[code]:
            row["list_status"], row["status_as_of"] = status, day
    kept = [row for row in rows.values() if len(row.keys() - {"town_code", *WHERE})]
    return pd.DataFrame(kept)


def _has(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _new(towns: pd.DataFrame, now: Registers, told: Told) -> pd.DataFrame:
    """New towns need a name, a county, a class, a place on the list; every town a name that no other bears, and facts
    that fit each other: its code, its county, its place on the map."""
    known = set(now.towns["town_code"].astype(str))
    labels = {field.name: field.label for kind in sheet_kinds() if kind.table == TOWNS for field in kind.fields}
    for row in towns[~towns["town_code"].isin(known)].itertuples():
        lacking = [labels[name] for name in _NEEDED if not _has(getattr(row, name, None))]
        if lacking:
            columns = Text("、".join(text.zh for text in lacking), ", ".join(text.en for text in lacking))
            told.add("new_town_lacks", row, row.town_code, columns=columns)
        elif not _has(getattr(row, "list_status", None)):
            told.add("new_town_no_status", row, row.town_code)
    # A town of today lies where its code says, unless its code is that of an earlier year and it has moved since.
    current = dict(zip(now.towns["town_code"].astype(str), now.towns["county_adcode"].astype(str), strict=True))
    for row in towns.itertuples():
        county = str(getattr(row, "county_adcode", None) or "")
        digits = str(row.town_code).removeprefix("D")[:6]
        if county in now.counties.labels and county not in (digits, current.get(str(row.town_code))):
            values = {"code": digits, "county": now.counties.labels[county], "adcode": county}
            told.add("code_of_other_county", row, row.town_code, **values)
    _names(towns, now, told)
    _positions(towns, now, told)
    return towns


def _names(towns: pd.DataFrame, now: Registers, told: Told) -> None:
    """No two towns may bear a name once the delivery stands; two that exchange theirs do not. A new name is told."""
    called = dict(zip(now.towns["town_code"].astype(str), now.towns["name_zh"].astype(str), strict=True))
    for row in towns.itertuples():
        new, before = str(getattr(row, "name_zh", None) or ""), called.get(str(row.town_code), "")
        if before and new and normal(new) != normal(before):
            told.add("town_renamed", row, new, code=row.town_code, old=before, new=new)
    columns = ("name_zh", "name_en", "alias")
    after = {str(row["town_code"]): {name: row[name] for name in columns} for row in now.towns.to_dict("records")}
    for given in towns.to_dict("records"):
        own = after.setdefault(str(given["town_code"]), dict.fromkeys(columns))
        own.update({name: given[name] for name in columns if _has(given.get(name))})
    bearers: dict[str, list[str]] = {}
    for code, names in after.items():
        for key in {normal(name) for name in names.values() if _has(name)}:
            bearers.setdefault(key, []).append(code)
    for row in towns.itertuples():
        for column in columns:
            name = getattr(row, column, None)
            others = [code for code in bearers.get(normal(name), ()) if code != row.town_code] if _has(name) else []
            if others:
                told.add("town_exists", row, name, code=others[0])
    # An old name that a new town takes over: whoever writes the name alone may mean either.
    borne = {normal(name): str(code) for code, name in zip(now.towns["town_code"], now.towns["name_zh"], strict=True)}
    for row in towns[~towns["town_code"].isin(borne.values())].itertuples():
        taken = getattr(row, "name_zh", None)
        if _has(taken) and (old := borne.get(normal(taken))) and len(bearers[normal(taken)]) == 1:
            told.add("name_passed_on", row, taken, code=old, renamed=after[old]["name_zh"], new=row.town_code)


def _positions(towns: pd.DataFrame, now: Registers, told: Told) -> None:
    """Coordinates are held against the county; boundaries are schematic, so only what lies clearly outside counts."""
    if not {"lat", "lon"} & set(towns.columns):
        return
    current = {str(row["town_code"]): row for row in now.towns.to_dict("records")}
    for row in towns.itertuples():
        old = current.get(str(row.town_code), {})
        lat, lon, county = (
            str(given if _is_given(given := getattr(row, name, None)) else old.get(name))
            for name in ("lat", "lon", "county_adcode")
        )
        is_new_place = any(_is_given(getattr(row, name, None)) for name in ("lat", "lon", "county_adcode"))
        if not is_new_place or county not in now.counties.labels or {lat, lon} & {"None", "nan", "<NA>"}:
            continue
        away = kilometres_outside(county, float(lat), float(lon))
        if away is not None and away > load().intake.threshold("outside_county"):
            told.add(
                "far_from_county",
                row,
                f"{float(lat):g}, {float(lon):g}",
                county=now.counties.labels[county],
                distance=f"{away:.0f}",
            )


def _is_given(value: object) -> bool:
    return value is not None and value == value and value != ""
