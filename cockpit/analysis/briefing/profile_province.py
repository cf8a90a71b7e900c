"""What all profiles of one dataset version and day share: tables by town, the status of every town.

Pure; part of `briefing`. Made once, so that a profile costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis import boundary_changes
from cockpit.analysis.briefing.chain_facts import ChainFacts
from cockpit.analysis.briefing.chains import Chains
from cockpit.analysis.briefing.freshness import Freshness
from cockpit.analysis.briefing.lists import Lists
from cockpit.analysis.briefing.profile_record import Source
from cockpit.analysis.briefing.vitality import full_year
from cockpit.analysis.measures import LISTED, Cube, Mask
from cockpit.analysis.town_status import Situation, TownStatus, judge_town
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.register import Register
from cockpit.vocabulary import Provenance

_TABLES: Final = ("list_history", "assessments", "plans", "extensions", "inspections", "facts", boundary_changes.TABLE)


@dataclass(frozen=True, eq=False)
class Province:
    """What all profiles of one dataset version and day share. `statuses`: town_code -> status, of every town."""

    dataset: Dataset
    cube: Cube
    register: Register
    lists: Lists
    facts: ChainFacts
    chains: Chains
    year: str
    as_of: date
    statuses: Mapping[str, TownStatus]

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Rows of the towns table by town_code; "" for what is missing in a text column."""
        table = self.dataset.towns.astype(
            {name: "object" for name in self.dataset.towns.columns if str(self.dataset.towns[name].dtype) == "category"}
        )
        records = table.where(table.notna(), None).to_dict("records")
        return {str(row["town_code"]): {str(name): value for name, value in row.items()} for row in records}

    @cached_property
    def in_scope(self) -> Mask:
        """Towns on the list at the end of the year."""
        return np.asarray(np.logical_or.reduce([self.cube.in_scope(name, self.year) for name in LISTED]))

    @cached_property
    def classes(self) -> Any:
        return self.dataset.towns["industry_class"].astype("str").to_numpy(dtype=str)

    @cached_property
    def origins(self) -> dict[tuple[str, str, str], str]:
        """Provenance of the returns that facts and trend show, by town, period and indicator."""
        design = self.register.town_code
        wanted = {*(record.of for record in design.facts.values()), design.trend.of}
        returns = self.dataset.table("returns")
        rows = returns[returns["indicator"].isin(wanted)]
        names = ("town_code", "period", "indicator")
        keys = zip(*(rows[name].astype("str") for name in names), strict=True)
        return dict(zip(keys, rows["provenance"].astype("str"), strict=True))

    @cached_property
    def by_town(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Rows of the small tables by table and town_code."""
        found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for table in _TABLES:
            found[table] = {}
            frame = self.dataset.table(table)
            for row in frame.astype("object").where(frame.notna(), None).to_dict("records"):
                found[table].setdefault(str(row["town_code"]), []).append({str(key): row[key] for key in row})
        return found

    @cached_property
    def publishers(self) -> dict[str, Source]:
        names = ("source_id", "publisher", "dated", "kind", "link")
        frame = self.dataset.table("sources")
        return {
            str(row[0]): Source(*("" if pd.isna(cell) else str(cell) for cell in row))
            for row in frame[list(names)].itertuples(index=False)
        }

    def rows_of(self, table: str, code: str) -> list[dict[str, Any]]:
        return self.by_town[table].get(code, [])

    def origin(self, code: str, period: str, indicator: str) -> Provenance:
        found = self.origins.get((code, period, indicator))
        if found:
            return Provenance(found)
        return Provenance.SIMULATED if self.dataset.manifest.is_simulated else Provenance.DERIVED


def judge_towns(dataset: Dataset, register: Register, lists: Lists, fresh: Freshness | None) -> dict[str, TownStatus]:
    """Status of every town, by town_code.

    Args:
        lists: list management of all towns (no filter).
    """
    creating = {town.place.code: town for town in lists.creating}
    found = {}
    for code, status in zip(
        dataset.towns["town_code"].astype("str"), dataset.towns["list_status"].astype("str"), strict=True
    ):
        town = creating.get(code)
        clock = town.clock if town else None
        counts = fresh.of_town(code) if fresh else {}
        due = sum(counts.values())
        found[code] = judge_town(
            Situation(
                list_status=status,
                is_current=lists.is_current,
                figures=lists.figures.get(code, {}),
                stage=clock.stage if clock else None,
                ends_on=(clock.extension_end or clock.due_to) if clock else None,
                risk=town.grade.grade if town and town.grade else None,
                missing_share=counts["missing"] / due if due else None,
            ),
            register.town_code,
        )
    return found


def province(
    dataset: Dataset,
    cube: Cube,
    register: Register,
    lists: Lists,
    fresh: Freshness | None,
    facts: ChainFacts,
    chains: Chains,
    as_of: date,
) -> Province:
    """What all profiles share; `lists` and `chains` without a filter."""
    period = dataset.manifest.default_period
    year = full_year(cube.periods, period) or period
    return Province(
        dataset, cube, register, lists, facts, chains, year, as_of, judge_towns(dataset, register, lists, fresh)
    )
