"""About 20,000 simulated firms of 2025: as many per town as the town returned, with tags that add up to its returns.

Firms of a town with an industry chain stand on the chain's nodes. Each chain has one node nobody serves and one that is
thin, so that the chain view has something missing and something weak to show.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from cockpit.errors import DatasetError
from tools.demo import calibration as cal
from tools.demo.calibration import Floats
from tools.demo.panel import Panel
from tools.demo.towns import Town

_COVERED: Final = 0.92  # share of the town's revenue, tax and staff that its listed firms carry; the rest are traders
_IN_CHAIN: Final = (0.55, 0.85)
_CARRIERS: Final = ("", "maker_space", "incubator", "accelerator", "park")
_LEADERS_PER_CHAIN: Final = 3
_COLUMNS: Final = (
    "town_code", "chain_id", "node_id", "is_high_tech", "is_listed", "is_single_champion", "is_hidden_champion",
    "is_little_giant", "carrier", "revenue_yuan", "tax_yuan", "staff_count",
)  # fmt: skip


def firms_table(towns: list[Town], panel: Panel, chain_nodes: pd.DataFrame) -> pd.DataFrame:
    """Return the firms of the last full year.

    Args:
        towns: all towns.
        panel: the simulated panel; unreturned figures are taken from it as well, so every active town has firms.
        chain_nodes: the real chains; `chain_zh` links a town's theme to one.
    """
    rng = cal.stream("firms")
    column = cal.YEARS.index(cal.LAST_FULL_YEAR)
    pull = _node_pull(rng, chain_nodes)
    ids = chain_nodes.drop_duplicates("chain_zh").set_index("chain_zh")["chain_id"].to_dict()
    unknown = {town.theme.chain_zh for town in towns if town.theme.chain_zh} - set(ids)
    if unknown:
        raise DatasetError(f"no such chains: {sorted(unknown)}", where="demo", remedy="correct the chains in names.py")
    frames = []
    for index, town in enumerate(towns):
        if town.career.is_silent or not panel.active[index, column]:
            continue
        figures = {name: float(values[index, column]) for name, values in panel.values.items()}
        chain = str(ids.get(town.theme.chain_zh, "")) or None
        frames.append(_firms_of(rng, town, figures, chain, pull.get(chain or "", {})))
    table = pd.concat(frames, ignore_index=True)
    numbers = range(1, len(table) + 1)
    table["firm_id"] = [f"F{number:05d}" for number in numbers]
    table["name_zh"] = [f"演示企业{number:05d}" for number in numbers]
    table["is_chain_leader"] = _leaders(table)
    return table.assign(period=str(cal.LAST_FULL_YEAR), provenance="simulated")


def _node_pull(rng: np.random.Generator, chain_nodes: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Draw how strongly each node of each chain attracts firms: one not at all, one hardly."""
    pull = {}
    for chain, nodes in chain_nodes.sort_values(["chain_id", "node_id"]).groupby("chain_id", observed=True):
        names = [str(name) for name in nodes["node_id"]]
        weights = rng.gamma(2.0, 1.0, len(names)) + 0.3
        bare = rng.choice(len(names), 2, replace=False)
        weights[bare[0]] = 0.0
        if len(names) > 3:
            weights[bare[1]] = 0.03
        pull[str(chain)] = dict(zip(names, weights.tolist(), strict=True))
    return pull


def _firms_of(
    rng: np.random.Generator, town: Town, figures: dict[str, float], chain: str | None, pull: dict[str, float]
) -> pd.DataFrame:
    count = int(figures["firm_count"])
    size = np.sort(rng.lognormal(0, 1.5, count))[::-1]
    # The largest firms are likelier to be listed, certified or champions, but not sure to be.
    rank = size * rng.lognormal(0, 0.8, count)
    listed = _top(rank, int(figures["listed_firm_count"]))
    tech = _top(size**0.4 * rng.lognormal(0, 0.7, count), int(figures["high_tech_firm_count"]))
    giants = _top(np.where(tech, rank + 1e-9, 0), int(figures["little_giant_count"]))
    makes = town.industry_class not in ("tourism", "finance", "heritage")
    big = np.arange(count) < max(3, count // 8)
    nodes: list[str | None] = [None] * count
    if chain and sum(pull.values()) > 0:
        names = list(pull)
        own = np.array([pull[name] for name in names]) * rng.gamma(1.2, 1.0, len(names))
        drawn = rng.choice(len(names), count, p=own / own.sum())
        inside = rng.uniform(size=count) < rng.uniform(*_IN_CHAIN)
        nodes = [names[node] if is_in else None for node, is_in in zip(drawn, inside, strict=True)]
    carried = np.where(
        rng.uniform(size=count) < np.where(big, 0.04, 0.24),
        rng.choice((1, 2, 3, 4), count, p=(0.2, 0.35, 0.15, 0.3)),
        0,
    )
    staff = np.maximum(1, np.floor(_split(size**0.75, _COVERED * figures["staff_count"])))
    columns = (
        [town.code] * count,
        [chain if node else None for node in nodes],
        nodes,
        tech,
        listed,
        big & makes & (rng.uniform(size=count) < 0.02),
        big & makes & (rng.uniform(size=count) < 0.05),
        giants,
        [_CARRIERS[code] for code in carried],
        np.maximum(_money(_split(size, _COVERED * figures["operating_revenue_yuan"])), 1e4),
        _money(_split(size * rng.lognormal(0, 0.4, count), _COVERED * figures["tax_revenue_yuan"])),
        staff,
    )
    return pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True)))


def _top(score: Floats, count: int) -> cal.Flags:
    chosen = np.zeros(len(score), dtype=bool)
    chosen[np.argsort(-score, kind="stable")[:count]] = True
    return chosen


def _split(weights: Floats, total: float) -> Floats:
    return np.asarray(weights / weights.sum() * total)


def _money(values: Floats) -> Floats:
    return np.asarray(np.floor(values / 1e4) * 1e4)


def _leaders(table: pd.DataFrame) -> pd.Series:
    """Mark the largest firms of each chain, from different towns: a leader holds its chain, not its street."""
    in_chain = table[table["chain_id"].notna()].sort_values("revenue_yuan", ascending=False, kind="stable")
    best = in_chain.drop_duplicates(["chain_id", "town_code"]).groupby("chain_id").head(_LEADERS_PER_CHAIN)
    return pd.Series(table.index.isin(best.index), index=table.index)
