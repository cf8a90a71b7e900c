"""Elements of the fictional towns, one random stream a kind: a new kind shifts nothing of another, and needs no line.

What may be drawn follows from the kind's record; how often and in which range from `elements.toml` beside this file.
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
    frames, stated = {}, []
    for kind in design.kinds.values():
        maker = _Maker(kind, design, towns, [f"{c.id}.{node.id}" for c in chains.values() for node in c.nodes])
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

    def __init__(self, kind: ElementKind, design: ElementDesign, towns: list[Town], nodes: list[str]) -> None:
        self.kind, self.design, self.towns, self.nodes = kind, design, towns, nodes
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
        if not has_any:
            return
        taken: set[tuple[object, ...]] = set()
        times: list[object] = [*{"year": _YEARS, "period": _PERIODS}.get(self.kind.time, (None,))]
        for at in range(number):
            for moment in times:
                row = self._row(town, at, moment)
                key = tuple(row[name] for name in self.kind.key)
                if key not in taken:
                    taken.add(key)
                    yield row

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
        return row

    def _value(self, name: str, field: ElementField, town: Town, at: int, row: dict[str, Any]) -> Any:
        base = town.name_zh.removesuffix("小镇")
        if words := self.habits.get("choices", {}).get(name):
            return str(self.rng.choice(words))
        if texts := self.habits.get("texts", {}).get(name):
            return texts[self.habits["stems"].index(row["name"].removeprefix(base)) % len(texts)]
        if name == "followers":
            codes = [
                other.code for other in self.towns if other.industry_class == town.industry_class and other != town
            ]
            return (
                ",".join(str(code) for code in self.rng.choice(codes, self.rng.integers(0, 4), replace=False)) or None
            )
        if field.type in ("word", "level"):
            options = list(self.design.words(field))
            if name in self.kind.key:
                return options[(at + int(self.rng.integers(0, 2))) % len(options)]
            rarity = _LEVELS_FALL ** np.arange(len(options)) if field.ladder else np.ones(len(options))
            return str(self.rng.choice(options, p=rarity / rarity.sum()))
        if field.type == "node":
            return str(self.rng.choice(self.nodes))
        if field.type == "flag":
            return bool(self.rng.uniform() < 0.6)
        if field.type == "date":
            return self._day(name, town, row)
        if field.type in ("number", "integer"):
            return self._number(name, field, town)
        return self._text(name, base, at)

    def _text(self, name: str, base: str, at: int) -> str:
        stems = self.habits.get("stems", _STEMS)
        if name == "partner":
            return str(self.rng.choice([town.name_zh for town in self.towns]))
        if name == "name":
            is_drawn = at >= len(stems) or self.habits.get("most") == 1
            stem = stems[int(self.rng.integers(len(stems)))] if is_drawn else stems[at]
            return stem if self.habits.get("bare") else f"{base}{stem}"
        if name == "decision":
            return f"模拟〔2026〕{int(self.rng.integers(1, 60))}号"
        return f"示例{base}{ORDINALS[int(self.rng.integers(4))][0]}"

    def _number(self, name: str, field: ElementField, town: Town) -> float | int:
        by_class = self.habits.get("by_class", {}).get(name)
        if by_class:
            drawn = float(by_class.get(town.industry_class, by_class["other"]))
        else:
            low, high = self.habits.get("numbers", {}).get(name, (1, 20))
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
