"""The per-mu evaluation as JSON."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import PerMu
from cockpit.briefings import per_mu as evaluate
from cockpit.policy.register import load as load_register
from cockpit.service.api.queries import Query, answer, head, plain
from cockpit.service.api.shapes import ApiShape, Head, OneOf
from cockpit.vocabulary import INDUSTRY_CLASSES, LAND_TYPES, PER_MU_CLASSES

LANDS: Final = tuple(name for name in LAND_TYPES if name != "residential")


class PerMuItem(ApiShape):
    """One of the ratios of a town with the points it got."""

    value: float | None = Field(description="base unit")
    unit: str
    peer_base: float | None = Field(description="median of the peer group")
    points: float | None
    is_missing: bool = Field(description="not reported: no points")
    is_imputed: bool = Field(description="without meaning (nothing used): the peers' average")
    is_capped: bool


class PerMuTown(ApiShape):
    """A town's evaluation; places and sizes are within its peer group."""

    town_code: str
    name: str
    class_: Annotated[str, OneOf(PER_MU_CLASSES)] = Field(serialization_alias="class")
    class_text: str
    score: float | None
    place: int | None = Field(description="within the peer group")
    peer_group: list[Annotated[str, OneOf(INDUSTRY_CLASSES)]]
    peer_group_size: int
    leader: int | None
    is_held_by_floor: bool
    is_kept_back: bool = Field(
        description="too few of the peer group outside the reader's scope: no bases, points and score"
    )
    is_d_possible: bool = Field(description="false where the peer group is too small for a D")
    area_mu: float | None
    items: dict[str, PerMuItem]


class PerMuAnswer(Head):
    """The evaluation of a full year by one type of land."""

    year: str | None
    land_type: Annotated[str, OneOf(LANDS)]
    per_mu: list[PerMuTown]


def _town(found: PerMu, at: int, asked: Query) -> PerMuTown:
    made, town, letter = found.evaluation, found.towns.iloc[at], str(found.evaluation.letter[at])
    return PerMuTown(
        town_code=town["town_code"],
        name=town["name_zh" if asked.language == "zh" else "name_en"],
        class_=letter,
        class_text=PER_MU_CLASSES[letter].say(asked.language),
        score=plain(made.score[at].item()),
        place=int(made.place[at]) or None,
        peer_group=str(made.group[at]).split("+"),
        peer_group_size=int(made.group_size[at]),
        leader=int(made.leader[at]) or None,
        is_held_by_floor=bool(made.is_held[at]),
        is_kept_back=found.is_kept_back(at),
        is_d_possible=bool(made.has_d[at]),
        area_mu=plain(found.area_mu[at].item()),
        items={
            name: PerMuItem(
                value=plain(found.values[at, column].item()),
                unit=item.unit,
                peer_base=plain(made.bases[at, column].item()),
                points=plain(made.points[at, column].item()),
                is_missing=bool(made.is_missing[at, column]),
                is_imputed=bool(made.is_imputed[at, column]),
                is_capped=bool(made.is_capped[at, column]),
            )
            for column, (name, item) in enumerate(asked.desk.register.per_mu.items.items())
        },
    )


def _answer(asked: Query) -> PerMuAnswer:
    """Year, land type and the selected towns in the order of their codes."""
    found = evaluate(asked.desk, asked.briefing.selection.period, asked.extra["land"], asked.briefing.selection.scope)
    shown = np.flatnonzero(found.shown(asked.briefing.keep)) if found.has_land else ()
    return PerMuAnswer(
        **head(asked),
        year=found.period or None,
        land_type=found.land_type,
        per_mu=[_town(found, int(at), asked) for at in shown],
    )


async def per_mu(request: Request) -> Response:
    """The selected towns with score, class and the six items; no town where there is no land of the type."""
    land = load_register().per_mu.land
    offered = (land.default, *(name for name in land.offered if name != land.default))
    return await answer(request, _answer, {"land": offered})
