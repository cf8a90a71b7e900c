"""List management as JSON: the clock, grade and suggestion of towns being created, the stars of named ones."""

from __future__ import annotations

import contextlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing.lists import CreatingTown, Lists, NamedTown
from cockpit.analysis.risk import Finding
from cockpit.analysis.star_rating import Broken
from cockpit.briefings import Decided, decided, town_lists
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.phrases import say
from cockpit.service.api.asking import Asked, answer, plain
from cockpit.vocabulary import Language
from cockpit.wording import lists as words


def _rule(item: Finding | Broken, language: Language) -> dict[str, Any]:
    rule = item.rule
    return {
        "id": rule.id,
        "label": rule.label.say(language),
        "signal": rule.signal,
        "value": item.value,
        "limit": rule.base_value,
        "clause": rule.clause or None,
        "origin": rule.origin,
        "points": item.rule.points if isinstance(item, Finding) else None,
        "is_veto": item.rule.is_veto if isinstance(item, Finding) else False,
        "stars_at_most": item.rule.stars if isinstance(item, Broken) else None,
    }


def _decision(code: str, log: Decided | None) -> dict[str, Any] | None:
    """The newest entry of the log on a town, and the decision against the suggestion that is in force."""
    entry, against = (log.latest.get(code), log.against.get(code)) if log else (None, None)
    if entry is None:
        return None
    return {
        "number": entry.number,
        "action": entry.action,
        "until": words.day(entry.until) or None,
        "is_against_suggestion": against is not None,
        "objection": against.objection if against else None,
        "data_version": entry.data_version,
        "register": entry.register or None,
    }


def _creating(town: CreatingTown, lists: Lists, language: Language) -> dict[str, Any]:
    clock, grade = town.clock, town.grade
    return {
        "deadline": words.day(clock.deadline) or None,
        "section": town.section,
        "town_code": town.place.code,
        "name": words.name(town.place, language),
        "list_status": "creating",
        "created_on": town.created_on or None,
        "stage": clock.stage.value,
        "time_limit": words.time_limit(town, lists.windows, language),
        "due_from": plain(words.day(clock.due_from) or None),
        "due_to": plain(words.day(clock.due_to) or None),
        "is_certain": clock.is_certain,
        "extension_end": words.day(clock.extension_end) or None,
        "is_extended_by_log": town.is_extended_by_log,
        "days": clock.days,
        "grade": grade.grade.value if grade else None,
        "points_least": grade.least if grade else None,
        "points_most": grade.most if grade else None,
        "unknown": list(grade.unknown) if grade else [],
        "suggestion": town.suggestion if grade or town.suggestion != "none" else None,
        "suggestion_text": words.suggestion(town, language),
        "stars": None,
        "stars_by_index": None,
        "stability": None,
        "is_for_elimination": False,
        "rules": [_rule(item, language) for item in grade.findings] if grade else [],
    }


def _named(town: NamedTown, language: Language) -> dict[str, Any]:
    rating = town.rating
    blank = dict.fromkeys(
        ("deadline", "section", "created_on", "stage", "time_limit", "due_from", "due_to", "is_certain",
         "extension_end", "days", "grade", "points_least", "points_most", "suggestion", "suggestion_text")
    )  # fmt: skip
    return {
        **blank,
        "town_code": town.place.code,
        "name": words.name(town.place, language),
        "list_status": "named",
        "is_extended_by_log": False,
        "unknown": [rule.signal for rule in rating.unknown],
        "stars": rating.stars,
        "stars_by_index": rating.base,
        "stability": rating.stability,
        "is_for_elimination": rating.is_for_elimination,
        "rules": [_rule(item, language) for item in (*rating.caps, *rating.checks)],
    }


def _build(asked: Asked) -> dict[str, Any]:
    log: Decided | None = None
    with contextlib.suppress(LogUnavailable):  # the answer says that extensions of the log are not in it
        log = decided(asked.desk.dataset.name)
    briefing, language = asked.briefing, asked.language
    lists = town_lists(asked.desk, briefing.selection, briefing.as_of, log.extensions if log else ())
    # The queue first and in its order, then the others.
    queue = {town.place.code: town for town in lists.queue}
    rest = [town for town in lists.creating if town.place.code not in queue]
    return {
        "year": lists.year or None,
        "is_current": lists.is_current,
        "is_log_read": log is not None,
        "subject_to": say("lists.subject", language),
        "lists": [
            *(
                {**_creating(town, lists, language), "decision": _decision(town.place.code, log)}
                for town in (*queue.values(), *rest)
            ),
            *({**_named(town, language), "decision": _decision(town.place.code, log)} for town in lists.named),
        ],
    }


async def lists(request: Request) -> Response:
    """Clock, grade, rules and suggestion of each town being created, stars with caps of each named one."""
    return await answer(request, _build)
