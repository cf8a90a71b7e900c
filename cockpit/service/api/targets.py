"""The targets as JSON."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import Card
from cockpit.policy.records import Origin, Scope, Sense
from cockpit.service.api.queries import Query, answer, head
from cockpit.service.api.shapes import ApiShape, Head
from cockpit.vocabulary import Provenance, Status
from cockpit.wording import targets as wording


class TargetCard(ApiShape):
    """A target with its value and verdict; figures in base units with the words of the screen beside them."""

    id: str
    indicator: str
    label: str
    unit: str
    period: str
    value: float | None = Field(description="base unit")
    value_text: str
    qualifier: str
    provenance: Provenance | None
    target: float
    target_text: str
    sense: Sense
    scope: Scope
    due: date
    clause: str
    origin: Origin
    status: Status
    status_text: str
    reason: str
    attainment_share: float | None = Field(description="value / target")
    gap: float | None = Field(description="value - target")
    reported_towns: int | None
    expected_towns: int | None
    coverage_by_size: float | None = Field(description="reporters' part of all towns' newest full-year figures")
    lower_bound: float | None = Field(description="once the silent have reported, at least")
    upper_bound: float | None = Field(description="once the silent have reported, at most (our method)")
    selection_value: float | None = Field(description="part of the selected towns")
    selection_reported_towns: int | None
    context: str | None = Field(description="a published figure of another scope")
    source_ids: list[str]


class TargetsAnswer(Head):
    """The targets of a set."""

    targets: list[TargetCard]


def card_of(card: Card, asked: Query) -> TargetCard:
    """A card as the interface tells it."""
    target, reached, language = card.target, card.attainment, asked.language
    return TargetCard(
        id=target.id,
        indicator=target.indicator,
        label=card.indicator.label.say(language),
        unit=card.indicator.unit,
        period=card.period,
        value=card.value,
        value_text=str(wording.value_figure(card.value, card.indicator, language, card.provenance)),
        qualifier=card.qualifier,
        provenance=card.provenance if card.value is not None else None,
        target=target.base_value,
        target_text=wording.target_words(target, card.indicator, language),
        sense=target.sense,
        scope=target.scope,
        due=target.due,
        clause=target.clause,
        origin=target.origin,
        status=card.status,
        status_text=wording.status_words(card, language),
        reason=reached.reason,
        attainment_share=reached.share,
        gap=reached.gap,
        reported_towns=card.reported or None,
        expected_towns=card.expected or None,
        coverage_by_size=card.silence.weight if card.silence else None,
        lower_bound=card.silence.low if card.silence else None,
        upper_bound=card.silence.high if card.silence else None,
        selection_value=card.contribution,
        selection_reported_towns=card.contribution_reported if card.contribution is not None else None,
        context=wording.context_words(card, language) or None,
        source_ids=list(card.source_ids),
    )


def _answer(asked: Query) -> TargetsAnswer:
    return TargetsAnswer(**head(asked), targets=[card_of(card, asked) for card in asked.briefing.cards])


async def targets(request: Request) -> Response:
    """The targets of the set with value, verdict, coverage and clause."""
    return await answer(request, _answer)
