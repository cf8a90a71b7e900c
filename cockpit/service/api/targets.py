"""The targets as JSON."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import Card
from cockpit.service.api.asking import Asked, answer
from cockpit.wording import targets as wording


def describe_card(card: Card, asked: Asked) -> dict[str, Any]:
    """A card as JSON; figures in base units with the words of the screen beside them."""
    target, reached, language = card.target, card.attainment, asked.language
    return {
        "id": target.id,
        "indicator": target.indicator,
        "label": card.indicator.label.say(language),
        "unit": card.indicator.unit,
        "period": card.period,
        "value": card.value,
        "value_text": str(wording.value_figure(card.value, card.indicator, language, card.provenance)),
        "qualifier": card.qualifier,
        "provenance": card.provenance.value if card.value is not None else None,
        "target": target.base_value,
        "target_text": wording.target_words(target, card.indicator, language),
        "sense": target.sense,
        "scope": target.scope,
        "due": target.due.isoformat(),
        "clause": target.clause,
        "origin": target.origin,
        "status": card.status.value,
        "status_text": wording.status_words(card, language),
        "reason": reached.reason,
        "attainment_share": reached.share,
        "gap": reached.gap,
        "reported_towns": card.reported or None,
        "expected_towns": card.expected or None,
        "coverage_by_size": card.silence.weight if card.silence else None,
        "lower_bound": card.silence.low if card.silence else None,
        "upper_bound": card.silence.high if card.silence else None,
        "selection_value": card.contribution,
        "selection_reported_towns": card.contribution_reported if card.contribution is not None else None,
        "context": wording.context_words(card, language) or None,
        "source_ids": list(card.source_ids),
    }


async def targets(request: Request) -> Response:
    """The targets of the set with value, verdict, coverage and clause."""
    return await answer(
        request, lambda asked: {"targets": [describe_card(card, asked) for card in asked.briefing.cards]}
    )
