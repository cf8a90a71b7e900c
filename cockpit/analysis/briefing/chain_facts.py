"""What is computed of the chains of one dataset and year whatever is selected: the cube, who belongs, the whole
province.

Pure; part of `briefing`. Holds nothing of firms one by one: its cost does not grow with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.vitality import full_year
from cockpit.analysis.chain.grading import (
    Criterion,
    FirmCube,
    GradeRule,
    Mask,
    NodeFigures,
    Places,
    build_cube,
    figures_of,
    members_of,
)
from cockpit.analysis.chain.pairing import Weights
from cockpit.analysis.selection import Selection, select_towns
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.chain_design import ChainDesign
from cockpit.policy.chains import Chain, ChainNode
from cockpit.policy.register import Register
from cockpit.texts import written
from cockpit.vocabulary import Text

_KEYS: Final = ("period", "town_code", "chain_id", "node_id")
FIGURES: Final = tuple(column.name for column in TABLES["firm_cubes"].columns if column.name not in _KEYS)


@dataclass(frozen=True, eq=False)
class ChainFacts:
    """Chains of one year. `period` is None where no firms are known up to the period asked for.

    `members` says which towns belong to which chain (towns, chains), `reported` which have reported any firm;
    `is_listed` leaves out towns removed from the list, which are never suggested. `province` are the figures of every
    node over all towns.
    """

    dataset: Dataset
    chains: tuple[Chain, ...]
    design: ChainDesign
    period: str | None
    cube: FirmCube
    chain_of: Places
    declared: Mask
    members: Mask
    reported: Mask
    is_listed: Mask
    prefectures: tuple[str, ...]
    province: tuple[NodeFigures, ...]

    @property
    def towns(self) -> pd.DataFrame:
        return self.dataset.towns

    @cached_property
    def nodes(self) -> dict[str, ChainNode]:
        """Records of the nodes by full id, in the order of the cube."""
        return {chain.full_id(node.id): node for chain in self.chains for node in chain.nodes}

    @cached_property
    def place(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.cube.towns)}

    @cached_property
    def rule(self) -> GradeRule:
        return GradeRule(
            tuple(Criterion(line.id, line.measure, line.base_value) for line in self.design.criteria.values()),
            int(self.design.value("strong_from")),
            int(self.design.value("adequate_from")),
        )

    @cached_property
    def weights(self) -> Weights:
        value = self.design.value
        return Weights(value("shared_points"), value("link_points"), int(value("pair_repeat")))

    @cached_property
    def is_mountain(self) -> Mask:
        return self.towns["is_mountain_county"].to_numpy(dtype=bool)

    @cached_property
    def is_developed(self) -> Mask:
        """Counties of the prefectures the record names, without the mountain counties among them."""
        return np.isin(np.array(self.prefectures), self.design.developed.prefectures) & ~self.is_mountain

    @cached_property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.towns["industry_class"].astype("str"))

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The towns table as plain rows: read one by one far faster than from the frame."""
        return [{str(name): value for name, value in row.items()} for row in self.towns.to_dict("records")]

    def index(self, chain_id: str) -> int:
        """Number of a chain; KeyError when there is none of that id."""
        for number, chain in enumerate(self.chains):
            if chain.id == chain_id:
                return number
        raise KeyError(chain_id)

    def keep(self, selection: Selection) -> Mask:
        return select_towns(self.towns, selection)


def chain_period(dataset: Dataset, asked: str) -> str | None:
    """The full year whose firms are shown: the newest up to the period asked for; None when there is none."""
    periods = tuple(str(period) for period in dataset.table("firm_cubes")["period"].unique())
    return full_year(periods, asked)


def chain_facts(dataset: Dataset, register: Register, period: str | None) -> ChainFacts:
    """Everything of one year (`chain_period`); without a year a cube in which nothing is reported."""
    chains = tuple(register.chains.values())
    towns, cells = dataset.towns, dataset.table("firm_cubes")
    codes = tuple(towns["town_code"].astype("str"))
    nodes = tuple(node for chain in chains for node in chain.node_ids)
    cube = build_cube(cells, dataset.table("node_silences"), codes, nodes, FIGURES, period or "")
    chain_of = np.repeat(np.arange(len(chains)), [len(chain.nodes) for chain in chains])
    is_listed = towns["list_status"].astype("str").to_numpy(dtype=str) != "removed"
    industry = towns["specialty_industry"].astype("str").to_numpy(dtype=str)
    declared = np.stack([np.isin(industry, chain.industries) & is_listed for chain in chains], axis=1)
    members = members_of(cube, chain_of, declared)
    prefectures = tuple(towns["prefecture_adcode"].astype("str"))
    every = np.ones(len(codes), dtype=bool)
    return ChainFacts(
        dataset=dataset,
        chains=chains,
        design=register.chain_rules,
        period=period,
        cube=cube,
        chain_of=chain_of,
        declared=declared,
        members=members,
        reported=np.isin(codes, cells.loc[cells["period"].astype("str") == (period or ""), "town_code"].astype("str")),
        is_listed=is_listed,
        prefectures=prefectures,
        province=figures_of(cube, chain_of, members, every, prefectures),
    )


@dataclass(frozen=True)
class ChainTown:
    """A town of a chain in the selection. Counts are of firms on the chain's nodes, None when it reported no firm at
    all.

    `is_declared`: it belongs by its specialty industry; `node_count` says how many nodes it holds.
    """

    code: str
    name: Text
    prefecture: str
    county: Text
    industry: Text
    industry_class: str
    status: str
    is_mountain: bool
    is_declared: bool
    is_reported: bool
    node_count: int | None
    firm_count: int | None
    revenue_yuan: float | None


def town_of(facts: ChainFacts, at: int, chain: int) -> ChainTown:
    """One town as a member of a chain."""
    row, columns = facts.lines[at], facts.chain_of == chain
    held, amounts = facts.cube.has_firms[at, columns], facts.cube.revenue[at, columns]
    known = bool(facts.reported[at])
    industry = written(row["specialty_industry"])
    return ChainTown(
        code=facts.cube.towns[at],
        name=Text(str(row["name_zh"]), str(row["name_en"])),
        prefecture=facts.prefectures[at],
        county=Text(str(row["county_zh"]), str(row["county_en"])),
        industry=Text(industry, written(row["specialty_industry_en"]) or industry),
        industry_class=str(row["industry_class"]),
        status=str(row["list_status"]),
        is_mountain=bool(facts.is_mountain[at]),
        is_declared=bool(facts.declared[at, chain]),
        is_reported=known,
        node_count=int(held.sum()) if known else None,
        firm_count=int(np.nansum(facts.cube.firms[at, columns])) if known else None,
        revenue_yuan=float(np.nansum(amounts)) if known and np.isfinite(amounts).any() else None,
    )
