"""Checks of elements (要素), by what the record of their kind says: nothing here knows a kind.

May import the ground floor, `policy`, `schema`, `findings` and the other intake modules. Pure: frames in, findings out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.datasets.findings import CELLS, LETTERS
from cockpit.datasets.intake.header import Notes
from cockpit.datasets.intake.leaps import Row, Told, said_period
from cockpit.datasets.intake.parts import column_number
from cockpit.datasets.intake.places import CHECKS as PLACED
from cockpit.datasets.intake.places import Places
from cockpit.datasets.intake.spellings import bare_name, same_name
from cockpit.datasets.intake.town_keys import town_keys
from cockpit.datasets.template.sheets import SheetKind, sheet_kinds
from cockpit.days import first_days, last_days
from cockpit.phrases import phrase
from cockpit.policy.elements import STATED, ElementDesign, ElementKind
from cockpit.policy.register import Register
from cockpit.units import WRITTEN_UNITS, Period
from cockpit.vocabulary import Text

_ELSEWHERE: Final = Text("本次报送范围外的小镇", "a town outside what you report")


@dataclass(frozen=True)
class Published:
    """Tables of elements of the current version by name: rows of the towns the sender sees, and of all towns.

    `codes` are those of all towns, of which none but the seen ones is ever named.
    """

    seen: Mapping[str, pd.DataFrame]
    everywhere: Mapping[str, pd.DataFrame]
    codes: frozenset[str] = frozenset()
    places: Places | None = None


def check_elements(
    tables: dict[str, pd.DataFrame],
    published: Published,
    register: Register,
    towns: Mapping[str, Text],
    as_of: date,
    told: Told,
) -> dict[str, pd.DataFrame]:
    """The tables without rows of periods that are not over; everything else is told.

    Args:
        towns: names of the towns the sender sees; no other is ever named.
    """
    kept = dict(tables)
    for kind in register.elements.kinds.values():
        if kind.table in kept and len(kept[kind.table]):
            sheet = next(at for at in sheet_kinds(register) if at.table == kind.table)
            checks = _Checks(kind, sheet, register, towns, as_of, told)
            checks.elsewhere(kept[kind.table], published.everywhere[kind.table])
            kept[kind.table] = checks.codes(kept[kind.table], published.codes or frozenset(towns))
            if published.places and kind.id in PLACED:
                checks.placed(kept[kind.table], published.seen[kind.table], published.places)
            kept[kind.table] = checks.run(kept[kind.table], published.seen[kind.table])
    if STATED in kept:
        _stated(kept, published.seen, register, towns, as_of, told)
    return kept


def of_department(frame: pd.DataFrame, checker: str, design: ElementDesign, notes: Notes) -> pd.DataFrame:
    """The rows of `element_returns` about kinds that a workbook's department checks: for others it has no say."""
    is_own = pd.Series([design.kinds[str(name)].checker == checker for name in frame["kind"]], frame.index, dtype=bool)
    for row in _rows(frame[~is_own]):
        kind = design.kinds[str(row.kind)]
        offices = {"office": design.departments[kind.checker].label, "own": design.departments[checker].label}
        notes.add("element_not_yours", _at(row, "kind").cell, kind.label.zh, kind=kind.label, **offices)
    return frame[is_own]


class _Checks:
    """The checks of one kind; each reads its part of the record."""

    def __init__(
        self,
        kind: ElementKind,
        sheet: SheetKind,
        register: Register,
        towns: Mapping[str, Text],
        as_of: date,
        told: Told,
    ) -> None:
        self.kind, self.sheet, self.register, self.towns = kind, sheet, register, towns
        self.as_of, self.told = as_of, told

    def run(self, frame: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
        self._days(frame)
        self._begun(frame)
        self._twins(frame, published)
        self._above(frame)
        self._positive(frame)
        self._numbered(frame)
        self._alarm(frame)
        self._product(frame)
        self._within(frame)
        self._one_rule(frame, published)
        self._fixed(frame)
        self._nothing_open(frame)
        self._course(frame)
        return self._not_ahead(frame)

    def placed(self, frame: pd.DataFrame, published: pd.DataFrame, places: Places) -> None:
        """What the registers say otherwise of the towns and areas of this kind."""
        PLACED[self.kind.id](frame, published, places, self._slack(), self._say)

    def _say(self, rule: str, row: Row, column: str, **values: object) -> None:
        label = self.kind.columns[column].label
        self.told.add(rule, _at(row, column), _written(row, column), town=self._town(row), column=label, **values)

    def _town(self, row: Row) -> Text:
        return self.towns.get(row.town_code, Text(row.town_code, row.town_code))

    def _days(self, frame: pd.DataFrame) -> None:
        today = np.datetime64(self.as_of)
        for column in ("since", "on"):
            if column in frame:
                for row in _rows(frame[first_days(frame[column].astype(str)) > today]):
                    self._say("date_ahead", row, column)
        if "since" in frame and "until" in frame:
            both = frame[frame["since"].notna() & frame["until"].notna()]
            ends, begins = last_days(both["until"].astype(str)), first_days(both["since"].astype(str))
            for row in _rows(both[ends < begins]):
                self.told.add("dates_reversed", _at(row, "until"), row.until, town=self._town(row), start=row.since)
            for row in _rows(both[(ends >= begins) & (ends < today)]):
                self._say("element_expired", row, "until")

    def _begun(self, frame: pd.DataFrame) -> None:
        """Where the first day may be left out, a flag says of each entry whether there is one."""
        if self.kind.time != "span" or self.kind.columns["since"].required:
            return
        flags = [name for name, at in self.kind.columns.items() if at.type == "flag" and at.required]
        for row in _rows(frame):
            no = [name for name in flags if getattr(row, name) is False]
            day = getattr(row, "since", None)
            if pd.isna(day) and not no:
                self._say("element_begun", row, "since")
            elif not pd.isna(day) and no:
                self._say("element_not_begun", row, "since", other=self.kind.columns[no[0]].label)

    def _twins(self, frame: pd.DataFrame, published: pd.DataFrame) -> None:
        """One entry under two spellings of its name, in the file or in what is published."""
        names = [name for name in self.kind.key if self.kind.columns[name].type == "text"]
        if not names:
            return
        column = names[-1]
        others = [name for name in ("town_code", *self.kind.key) if name != column]
        seen: dict[tuple[str, ...], str] = {}
        for part in (published, frame):
            for row in _rows(part):
                name = str(getattr(row, column))
                key = (*(str(getattr(row, other)) for other in others), same_name(name))
                if part is frame and (known := seen.setdefault(key, name)) != name:
                    # Blanks, width and case part no two entries; other words may.
                    is_same = bare_name(known) == bare_name(name)
                    self._say("element_same" if is_same else "element_twin", row, column, known=known)
                seen.setdefault(key, name)

    def elsewhere(self, frame: pd.DataFrame, every: pd.DataFrame) -> None:
        """An entry that still stands in another town, in what is published or in the file, under any spelling."""
        names = [name for name in self.kind.key if self.kind.columns[name].type == "text"]
        if not self.kind.one_town or not names:
            return
        known: dict[tuple[str, ...], dict[str, None]] = {}
        for part in (every, frame):
            for row in _rows(part[~self._is_over(part)] if len(part) else part):
                known.setdefault(self._spelt(row, names), {})[str(row.town_code)] = None
        for row in _rows(frame[~self._is_over(frame)]):
            if others := [code for code in known[self._spelt(row, names)] if code != row.town_code]:
                seen = [self.towns[code] for code in others if code in self.towns]
                other = Text("、".join(at.zh for at in seen[:3]), ", ".join(at.en for at in seen[:3]))
                self._say("element_elsewhere", row, names[-1], other=other if seen else _ELSEWHERE)

    def _spelt(self, row: Row, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(same_name(getattr(row, name)) for name in names)

    def _is_over(self, frame: pd.DataFrame) -> pd.Series:
        if "until" not in frame:
            return pd.Series(False, frame.index, dtype=bool)
        written = frame["until"].astype(object).where(frame["until"].notna(), "9999-12-31").astype(str)
        return pd.Series(last_days(written) < np.datetime64(self.as_of), frame.index, dtype=bool)

    def _above(self, frame: pd.DataFrame) -> None:
        for column, field in self.kind.columns.items():
            if field.rule and column in frame:
                most = self.register.rule(field.rule).base_value
                amounts = pd.to_numeric(frame[column])
                for row in _rows(frame[amounts > most * (1 + self._slack())]):
                    at = self._shown(getattr(row, column), column)
                    self._say("element_above", row, column, shown=at, most=self._shown(most, column))

    def _positive(self, frame: pd.DataFrame) -> None:
        for column, field in self.kind.columns.items():
            if field.positive and column in frame:
                for row in _rows(frame[(pd.to_numeric(frame[column]) <= 0).fillna(False)]):
                    self._say("element_zero", row, column, shown=self._shown(getattr(row, column), column))

    def _numbered(self, frame: pd.DataFrame) -> None:
        """Where a town is to have so many, their numbers end there."""
        if not (most := self.kind.entries):
            return
        for column in self.kind.key:
            if self.kind.columns[column].type == "integer" and column in frame:
                for row in _rows(frame[(pd.to_numeric(frame[column]) > most).fillna(False)]):
                    self._say("element_number", row, column, shown=getattr(row, column), most=most)

    def _alarm(self, frame: pd.DataFrame) -> None:
        """Words that the record calls grave are asked about: the entry stands, and an alert follows it."""
        for column, word in self.kind.alarm.items():
            if column in frame:
                said = self.register.elements.words(self.kind.columns[column])[word]
                for row in _rows(frame[frame[column] == word]):
                    self._say("element_alarm", row, column, word=said)

    def _product(self, frame: pd.DataFrame) -> None:
        if not self.kind.product or not set(self.kind.product) <= set(frame):
            return
        result, one, other = self.kind.product
        given, made = pd.to_numeric(frame[result]), pd.to_numeric(frame[one]) * pd.to_numeric(frame[other])
        # People round to a tenth; what is further off is another figure.
        wrong = (given - made).abs() > np.maximum(made.abs() * self._slack(), 0.05 + 1e-9)
        for row in _rows(frame[wrong.fillna(False)]):
            due = self._shown(float(getattr(row, one)) * float(getattr(row, other)), result)
            factors = Text(*(" × ".join(self.kind.columns[name].label.say(language) for name in (one, other))
                             for language in ("zh", "en")))  # fmt: skip
            self._say("element_product", row, result, shown=self._shown(getattr(row, result), result), due=due,
                      factors=factors)  # fmt: skip

    def _within(self, frame: pd.DataFrame) -> None:
        for part, whole in self.kind.within.items():
            if part in frame and whole in frame:
                over = pd.to_numeric(frame[part]) > pd.to_numeric(frame[whole]) * (1 + self._slack())
                for row in _rows(frame[over.fillna(False)]):
                    values = {
                        name: self._shown(getattr(row, at), at) for name, at in (("shown", part), ("most", whole))
                    }
                    self._say("element_within", row, part, whole=self.kind.columns[whole].label, **values)

    def _one_rule(self, frame: pd.DataFrame, published: pd.DataFrame) -> None:
        """Amounts of one year are added up, so they must be by one rule."""
        column = self.kind.one_rule
        if not column or column not in frame:
            return
        known = published[published[column].notna()] if column in published else published
        by_year = {year: str(part[column].iloc[0]) for year, part in known.groupby("year")} if len(known) else {}
        for row in _rows(frame[frame[column].notna()]):
            word = by_year.setdefault(row.year, getattr(row, column))
            if word != getattr(row, column):
                words = self.register.elements.words(self.kind.columns[column])
                self._say("element_rules", row, column, other=words.get(word, Text(word, word)), year=row.year)

    def _fixed(self, frame: pd.DataFrame) -> None:
        """Amounts that a rule gives a few values only."""
        by = self.kind.one_rule
        for column, values in self.kind.fixed.items():
            if column not in frame or by not in frame:
                continue
            words = self.register.elements.words(self.kind.columns[by])
            for row in _rows(frame[frame[column].notna() & frame[by].isin(list(values))]):
                word, amount = getattr(row, by), float(getattr(row, column))
                if not any(abs(amount - one) <= abs(one) * self._slack() for one in values[word]):
                    allowed = [self._shown(one, column) for one in values[word]]
                    told = Text("、".join(at.zh for at in allowed), ", ".join(at.en for at in allowed))
                    basis = self.kind.columns[by].label
                    self._say("element_fixed", row, column, shown=self._shown(amount, column), allowed=told,
                              by=words[word], basis=basis)  # fmt: skip

    def _nothing_open(self, frame: pd.DataFrame) -> None:
        """How long something has been open where nothing is: the panel's `most` beside its `gap`."""
        drawn = self.kind.panel
        if drawn is None or not drawn.most or not drawn.gap or not {drawn.most, *drawn.gap} <= set(frame):
            return
        whole, part = (pd.to_numeric(frame[name]) for name in drawn.gap)
        closed = (part >= whole) & (pd.to_numeric(frame[drawn.most]) > 0)
        for row in _rows(frame[closed.fillna(False)]):
            gap = drawn.gap_label
            self._say(
                "element_none_open", row, drawn.most, shown=self._shown(getattr(row, drawn.most), drawn.most), gap=gap
            )

    def _course(self, frame: pd.DataFrame) -> None:
        """A change is told from an earlier to a later period of the same months, of something done by then."""
        if not self.kind.course:
            return
        column = self.kind.course[1]
        for row, before, after in zip(_rows(frame), *(frame[name] for name in self.kind.course), strict=True):
            first, last = Period.parse(str(before)), Period.parse(str(after))
            if last.last_day() > self.as_of:
                self._say("date_ahead", row, column)
            elif first.month != last.month or first.year >= last.year:
                self._say("element_course", row, column, before=said_period(before), after=said_period(after))
            elif "since" in frame and first_days(pd.Series([str(row.since)]))[0] > np.datetime64(last.last_day()):
                self._say("element_not_yet", row, "since", start=row.since, after=said_period(after))

    def codes(self, frame: pd.DataFrame, known: frozenset[str]) -> pd.DataFrame:
        """The rows with codes of other towns as keys, whichever way they were written; strange ones are told."""
        for column in (name for name, field in self.kind.columns.items() if field.type == "towns" and name in frame):
            keys = pd.Series(index=frame.index, dtype=object)
            for row in _rows(frame):
                keys[row.Index], strange = town_keys(getattr(row, column), known, row.town_code)
                for part, rule in strange:
                    self._say(rule, row, column, part=part)
            frame = frame.assign(**{column: keys.astype(frame[column].dtype)})
        return frame

    def _not_ahead(self, frame: pd.DataFrame) -> pd.DataFrame:
        column = {"year": "year", "period": "period"}.get(self.kind.time)
        if column is None:
            return frame
        ends = [Period.parse(str(text)).last_day() for text in frame[column]]
        is_open = pd.Series([day > self.as_of for day in ends], frame.index, bool)  # figures of a year are of all of it
        for row in _rows(frame[is_open]):
            self._say("date_ahead", row, column)
        return frame[~is_open]

    def _slack(self) -> float:
        return self.register.intake.threshold("rounding")

    def _shown(self, value: Any, column: str) -> Text:
        """An amount as the sheet writes it, with its unit."""
        unit = self.sheet.field(column).unit_text
        factor = WRITTEN_UNITS.get(self.kind.columns[column].unit, ("", 1.0))[1]
        amount = f"{float(value) / factor:,.6g}"
        return Text(f"{amount}{unit.zh}", f"{amount} {unit.en}".strip())


def _stated(
    tables: Mapping[str, pd.DataFrame],
    published: Mapping[str, pd.DataFrame],
    register: Register,
    towns: Mapping[str, Text],
    as_of: date,
    told: Told,
) -> None:
    """A town that says it has more or fewer of a kind than are listed for it."""
    for row in _rows(tables[STATED]):
        kind = register.elements.kinds.get(str(row.kind))
        if kind is None:
            continue
        town = towns.get(row.town_code, Text(row.town_code, row.town_code))
        if first_days(pd.Series([str(row.as_of)]))[0] > np.datetime64(as_of):
            told.add("date_ahead", _at(row, "as_of"), row.as_of, town=town, column=phrase("intake.column.as_of"))
        key = list(kind.key)
        listed = {
            tuple(map(str, at))
            for frame in (tables.get(kind.table), published.get(kind.table))
            if frame is not None and len(frame) and set(key) <= set(frame)
            for at in frame[frame["town_code"].astype(str) == row.town_code][key].itertuples(index=False, name=None)
        }
        if int(row.stated) != len(listed):
            values = {"town": town, "kind": kind.label}
            told.add("element_stated", _at(row, "stated"), int(row.stated), listed=len(listed), **values)


def _at(row: Row, column: str) -> Row:
    """The row, told at the cell of one of its fields where the sheet has it."""
    letters = getattr(row, LETTERS, {}).get(column)
    number = re.search(r"\d+", row.cell)
    return row._replace(cell=f"{letters}{number[0]}") if letters and number else row


def _written(row: Row, column: str) -> object:
    """What stands in the cell of a field: 200, not 2000000 yuan; a date as it is read."""
    letters = getattr(row, LETTERS, {}).get(column)
    place = column_number(letters) - 1 if letters else -1
    there = row.cells[place] if 0 <= place < len(getattr(row, CELLS, ())) else None
    return there if isinstance(there, (str, int, float)) else getattr(row, column)


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    yield from frame.itertuples()
