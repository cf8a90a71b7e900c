"""Elements of the fictional towns, one random stream a kind: a new kind shifts nothing of another, and needs no line.

What may be drawn follows from the kind's record; how often, in which range and after which other kind from
`elements.toml` beside this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.datasets.schema import TABLES
from cockpit.policy.chains import Chain
from cockpit.policy.elements import STATED, ElementDesign, ElementField, ElementKind
from cockpit.units import WRITTEN_UNITS
from tools.demo import calibration as cal
from tools.demo.names import ORDINALS
from tools.demo.towns import Town

_HABITS: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_SHARE, _SILENT, _MOST = 0.5, 0.1, 3
_STEMS: Final = ("一号", "二号", "三号", "四号")
_AS_OF: Final = "2026-09-30"
_YEARS: Final = (2024, 2025)
_PERIODS: Final = ("2025-06", "2025", "2026-06")
_EARLIEST: Final = 2018
_OVER: Final = 0.04  # entries that have ended
_ENDS: Final = 0.4  # entries with a day they end on
_BLANK: Final = 0.06  # what need not be said is left out
_LEVELS_FALL: Final = 0.45  # each level is so much rarer than the one below it


def element_tables(towns: list[Town], design: ElementDesign, chains: dict[str, Chain]) -> dict[str, pd.DataFrame]:
    """Return the table of every kind by name, and what the towns stated; kinds nobody has bring none."""
    frames: dict[str, pd.DataFrame] = {}
    stated = []
    nodes = {chain.label_zh: [f"{chain.id}.{node.id}" for node in chain.nodes] for chain in chains.values()}
    for kind in design.kinds.values():
        maker = _Maker(kind, design, towns, nodes, frames)
        rows = []
        for town in maker.speaking():
            own = list(maker.entries(town))
            rows += own
            stated.append((town.code, kind.id, _AS_OF, len(own), "simulated"))
        if rows:
            frames[kind.table] = pd.DataFrame(rows, columns=[column.name for column in TABLES[kind.table].columns])
    columns = [column.name for column in TABLES[STATED].columns]
    frames[STATED] = pd.DataFrame(stated, columns=columns).sort_values(["town_code", "kind"], ignore_index=True)
    return frames


class _Maker:
    """Draws the entries of one kind."""

    def __init__(
        self,
        kind: ElementKind,
        design: ElementDesign,
        towns: list[Town],
        nodes: dict[str, list[str]],
        made: dict[str, pd.DataFrame],
    ) -> None:
        self.kind, self.design, self.towns, self.nodes = kind, design, towns, nodes
        self.made = made  # tables of the kinds before this one
        self.wants_chain = any(field.type == "node" for field in kind.columns.values())
        self.habits = _HABITS.get(kind.id, {})
        self.rng = cal.stream(f"element {kind.id}")

    def speaking(self) -> Iterator[Town]:
        """Towns on the list that reported the kind at all."""
        for town in self.towns:
            luck = self.rng.uniform()
            status = town.career.status_on(_AS_OF)
            is_asked = status in ("named", "creating") and not town.career.is_silent
            if is_asked and luck >= self.habits.get("silent", _SILENT):
                yield town

    def entries(self, town: Town) -> Iterator[dict[str, Any]]:
        """Rows of a town: none where it has none; yearly kinds a row a year, half-yearly ones a row a period."""
        has_any = self.rng.uniform() < self.habits.get("share", _SHARE) + 0.08 * float(np.tanh(town.quality))
        number = int(self.rng.integers(1, self.habits.get("most", _MOST) + 1))
        opened = self._opened(self.habits["after"], town) if "after" in self.habits else ""
        # A town of no chain has no nodes to want people for.
        if not has_any or opened is None or (self.wants_chain and town.theme.chain_zh not in self.nodes):
            return
        taken: set[tuple[object, ...]] = set()
        times: list[object] = [*{"year": _YEARS, "period": _PERIODS}.get(self.kind.time, (None,))]
        for at in range(number):
            course = [self._row(town, at, moment) for moment in times]
            self._over_time(course)
            for row in course:
                key = tuple(row[name] for name in self.kind.key)
                if key not in taken and (not opened or row["on"] >= opened):
                    taken.add(key)
                    yield row

    def _opened(self, kind: str, town: Town) -> str | None:
        """Since when a town has an entry of another kind; None where it has none that still stands."""
        frame = self.made.get(self.design.kinds[kind].table)
        rows = () if frame is None else frame[(frame["town_code"] == town.code) & frame["until"].isna()]["since"]
        return str(min(rows)) if len(rows) else None

    def _over_time(self, course: list[dict[str, Any]]) -> None:
        """One entry through its periods: what it is stays (`same`), amounts that pile up never fall (`grows`)."""
        for name in self.habits.get("same", ()):
            for row in course:
                row[name] = course[0][name]
        for name in self.habits.get("grows", ()):
            known = sorted(row[name] for row in course if row[name] is not None)
            for row in course:
                row[name] = known.pop(0) if row[name] is not None else None
        for row in course:
            for part, whole in self.kind.within.items():
                if row[part] is not None and row[whole] is not None:
                    row[part] = min(row[part], row[whole])

    def _row(self, town: Town, at: int, moment: object) -> dict[str, Any]:
        row: dict[str, Any] = {"town_code": town.code, "provenance": "simulated", "source_ids": cal.SOURCE_ID}
        row["note"] = None
        if self.kind.time in ("year", "period"):
            row[self.kind.time] = moment
        for name, field in self.kind.columns.items():
            if name not in row:
                drawn = self._value(name, field, town, at, row)
                is_left_out = not field.required and name not in self.kind.product and self.rng.uniform() < _BLANK
                row[name] = None if is_left_out else drawn
        if self.kind.product:
            result, one, other = self.kind.product
            row[result] = round(row[one] * row[other], 1)
        for part, whole in (("received", "due"), *self.kind.within.items()):
            if row.get(part) is not None and row.get(whole) is not None:
                luck = self.rng.choice((1.0, 1.0, self.rng.uniform(0.3, 1.0)))
                share = row[whole] * luck
                row[part] = int(share) if isinstance(row[whole], int) else round(share, 1)
        for name, (whole, low, high) in self.habits.get("share_of", {}).items():
            row[name] = round(row[whole] * float(self.rng.uniform(low, high)), 2)
        drawn = self.kind.panel
        if drawn and drawn.most and drawn.gap:  # nothing open has been open for no time
            wanted, filled = (row[name] for name in drawn.gap)
            if filled is not None and filled >= wanted:
                row[drawn.most] = None
        for name, word in self.habits.get("ended_by", {}).items():
            row["until"] = "2025-12-31" if row[name] == word else None
            if row[name] == word and row["since"] > "2025-06-30":
                row["since"] = "2024-03-01" if town.career.entered_on < "2024-03-01" else town.career.entered_on
        return row

    def _value(self, name: str, field: ElementField, town: Town, at: int, row: dict[str, Any]) -> Any:
        base = town.name_zh.removesuffix("小镇")
        if words := self.habits.get("choices", {}).get(name):
            return str(self.rng.choice(words))
        if texts := self.habits.get("texts", {}).get(name):
            found = texts[self.habits["stems"].index(row["name"].removeprefix(base)) % len(texts)]
            return found if isinstance(found, str) else str(self.rng.choice(found))
        if name == "followers":
            codes = [
                other.code for other in self.towns if other.industry_class == town.industry_class and other != town
            ]
            return (
                ",".join(str(code) for code in self.rng.choice(codes, self.rng.integers(0, 4), replace=False)) or None
            )
        if field.type in ("word", "level"):
            needed = self.habits.get("needs", {}).get(name, {})
            options = [
                word for word in self.design.words(field) if word not in needed or self._opened(needed[word], town)
            ]
            if name in self.kind.key:
                return options[(at + int(self.rng.integers(0, 2))) % len(options)]
            rarity = _LEVELS_FALL ** np.arange(len(options)) if field.ladder else np.ones(len(options))
            return str(self.rng.choice(options, p=rarity / rarity.sum()))
        if field.type == "node":
            return str(self.rng.choice(self.nodes[town.theme.chain_zh]))
        if field.type == "flag":
            return bool(self.rng.uniform() < 0.6)
        if field.type == "date":
            return self._day(name, town, row)
        if field.type in ("number", "integer"):
            return self._number(name, field, town, row)
        return self._text(name, base, at)

    def _text(self, name: str, base: str, at: int) -> str:
        stems = self.habits.get("stems", _STEMS)
        if name == "partner":
            return str(self.rng.choice([other.name_zh for other in self.towns if other.name_zh != f"{base}小镇"]))
        if name == "name":
            is_drawn = at >= len(stems) or self.habits.get("most") == 1
            stem = stems[int(self.rng.integers(len(stems)))] if is_drawn else stems[at]
            return stem if self.habits.get("bare") else f"{base}{stem}"
        if name == "decision":
            return f"模拟〔2026〕{int(self.rng.integers(1, 60))}号"
        return f"示例{base}{ORDINALS[int(self.rng.integers(4))][0]}"

    def _number(self, name: str, field: ElementField, town: Town, row: dict[str, Any]) -> float | int:
        if attribute := self.habits.get("of_town", {}).get(name):
            return float(getattr(town, attribute))
        by_class = self.habits.get("by_class", {}).get(name)
        if by_class:
            drawn = float(by_class.get(town.industry_class, by_class["other"]))
        else:
            low, high = self.habits.get("numbers", {}).get(name, (1, 20))
            for other, least in self.habits.get("least", {}).get(name, {}).items():
                low = max(low, least) if other in row.values() else low
            drawn = round(float(self.rng.uniform(low, high)), 1)
        if field.type == "integer":
            return round(drawn)
        return float(f"{drawn * WRITTEN_UNITS.get(field.unit, ('', 1.0))[1]:.12g}")

    def _day(self, name: str, town: Town, row: dict[str, Any]) -> str | None:
        if name == "on":
            held = self.rng.choice((2025, 2026)), self.rng.integers(1, 10), self.rng.integers(1, 28)
            return f"{held[0]}-{held[1]:02d}-{held[2]:02d}"
        if name == "until":
            luck, years = self.rng.uniform(), int(self.rng.integers(3, 7))
            began = int(str(row["since"])[:4])
            if luck < _OVER and began < 2025:
                return f"{min(began + 1, 2025)}-12-31"
            return f"{max(began + years, 2026)}-12-31" if luck < _ENDS else None
        first = max(_EARLIEST, int(town.career.entered_on[:4]))
        year = int(self.rng.integers(first, 2027))
        month = int(self.rng.integers(1, 9 if year == 2026 else 13))
        day = f"{year}-{month:02d}-{int(self.rng.integers(1, 28)):02d}"
        return max(day, town.career.entered_on)
