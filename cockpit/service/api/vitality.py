"""The vitality index as JSON: ranks with their intervals, dimensions, coverage; other weights on request."""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import Trial, Vitality, most_weight, read_weights
from cockpit.analysis.briefing.vitality import SEPARATOR
from cockpit.analysis.selection import Junk
from cockpit.briefings import vitality as vitality_of
from cockpit.briefings import vitality_trial
from cockpit.policy.records import Origin
from cockpit.policy.register import load
from cockpit.service.api.queries import Query, UnknownParameters, answer, head, plain, refusal
from cockpit.service.api.shapes import ApiShape, Head, OneOf
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES


class VitalityTown(ApiShape):
    """A town's index; no rank without its interval."""

    town_code: str
    name: str
    industry_class: Annotated[str, OneOf(INDUSTRY_CLASSES)]
    list_status: Annotated[str, OneOf(LIST_STATUSES)]
    index: float | None = Field(description="1 to 100, null without enough data")
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    band: int | None = Field(description="towns of a band are not told apart")
    class_rank: int | None
    class_rank_low: int | None
    class_rank_high: int | None
    class_size: int
    coverage: float | None = Field(description="share of the weight that was reported")
    dimensions: dict[str, float | None]
    missing: list[str]
    trial_rank: int | None


class VitalityAnswer(Head):
    """The index of one full year, best first."""

    year: str | None = Field(description="the full year the index is of")
    index_version: str
    origin: Origin
    interval: float
    towns_ranked: int
    weights: dict[str, float]
    trial_weights: dict[str, float] | None
    vitality: list[VitalityTown]


def _town(code: str, row: Any, found: Vitality, trial: Trial | None, language: str) -> VitalityTown:
    def whole(value: Any) -> int | None:
        return None if pd.isna(value) else int(value)

    scores: Any = found.result.scores.loc[code]
    return VitalityTown(
        town_code=code,
        name=row["name_zh" if language == "zh" else "name_en"],
        industry_class=row["industry_class"],
        list_status=row["list_status"],
        index=plain(float(row["index"])),
        rank=whole(row["rank"]),
        rank_low=whole(row["low"]),
        rank_high=whole(row["high"]),
        band=whole(row["band"]) or None,
        class_rank=whole(row["class_rank"]),
        class_rank_low=whole(row["class_low"]),
        class_rank_high=whole(row["class_high"]),
        class_size=int(row["class_size"]),
        coverage=plain(float(row["coverage"])),
        dimensions={name: plain(float(scores[name])) for name in found.design.dimensions},
        missing=list(found.lacking(code)),
        trial_rank=None if trial is None else whole(trial.rank[code]),
    )


def _answer(asked: Query, weights: list[str]) -> VitalityAnswer:
    design = asked.desk.register.vitality
    registered = {name: group.weight for name, group in design.dimensions.items()}
    found = vitality_of(asked.desk, asked.briefing.selection.period, asked.briefing.selection.scope)
    given, _ = read_weights(weights, design)
    tried = {name: float(given.get(name, weight)) for name, weight in registered.items()}
    trial, rows = None, []
    if found is not None:
        if tried != registered and sum(tried.values()) > 0 and not found.is_empty:
            trial = vitality_trial(found, tuple(tried.items()))
        kept = set(asked.briefing.towns["town_code"].astype("str"))
        rows = [
            _town(str(code), row, found, trial, asked.language)
            for code, row in found.ranking.iterrows()
            if str(code) in kept
        ]
    return VitalityAnswer(
        **head(asked),
        year=None if found is None else found.period,
        index_version=design.index.version,
        origin=design.index.origin,
        interval=design.index.interval,
        towns_ranked=0 if found is None else len(found.ranked),
        weights=registered,
        trial_weights=None if trial is None else trial.weights,
        vitality=rows,
    )


def weight_options() -> tuple[str, ...]:
    """Every value the parameter `w` may take: dimension, dot, weight."""
    design = load().vitality
    return (
        "",
        *(f"{name}{SEPARATOR}{weight}" for name in design.dimensions for weight in range(most_weight(design) + 1)),
    )


async def vitality(request: Request) -> Response:
    """The index of the period's year for the selected towns of its population, best first."""
    weights = request.query_params.getlist("w")
    named = [text.partition(SEPARATOR)[0] for text in weights]
    if again := [Junk("w", text) for at, text in enumerate(weights) if named[at] in named[:at]]:
        return refusal(UnknownParameters(again, "state one weight for each dimension"))
    return await answer(request, lambda asked: _answer(asked, weights), {"w": weight_options()}, ("w",))
