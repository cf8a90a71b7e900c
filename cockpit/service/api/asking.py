"""How a request is understood and answered: filters and dataset in, the head every answer carries out.

Imports no streamlit UI. Unknown values are ignored and listed; an unknown dataset is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cockpit.analysis.briefing import Briefing
from cockpit.analysis.selection import PARAMETERS, Junk, read_parameters
from cockpit.briefings import Desk, brief, open_desk, today
from cockpit.datasets.loading import NAMES, all_versions, default_dataset
from cockpit.errors import CockpitError, suggest
from cockpit.vocabulary import LANGUAGES, Language

_KNOWN: Final = frozenset({*PARAMETERS, "period", "mountain", "q", "dataset", "version", "lang"})


@dataclass(frozen=True)
class Asked:
    """A request understood: desk, briefing, language, and the values that were not."""

    desk: Desk
    briefing: Briefing
    language: Language
    ignored: tuple[Junk, ...]
    extra: Mapping[str, str] = field(default_factory=dict)


def _understand(request: Request, also: Mapping[str, Sequence[str]]) -> Asked:
    query = request.query_params
    parameters = {name: query.getlist(name) for name in query}
    known = _KNOWN | frozenset(also)
    ignored = [Junk(name, value) for name, values in parameters.items() if name not in known for value in values]
    name = query.get("dataset") or default_dataset()
    if name not in NAMES:
        raise CockpitError(f"unknown dataset {name!r}", where="dataset", remedy=suggest(name, NAMES))
    asked_language = query.get("lang") or "zh"
    language: Language = "en" if asked_language == "en" else "zh"
    if asked_language not in LANGUAGES:
        ignored.append(Junk("lang", asked_language))
    version = query.get("version") or None
    if version not in (None, *all_versions(name)):
        ignored.append(Junk("version", str(version)))
        version = None
    desk = open_desk(name, version)
    selection, junk = read_parameters(parameters, desk.choices)
    extra = {name: options[0] for name, options in also.items()}
    for name, options in also.items():
        for value in parameters.get(name, ()):
            if value in options:
                extra[name] = value
            else:
                ignored.append(Junk(name, value))
    return Asked(desk, brief(desk, selection, today()), language, (*junk, *ignored), extra)


def _head(asked: Asked) -> dict[str, Any]:
    manifest, selection = asked.desk.dataset.manifest, asked.briefing.selection
    return {
        "dataset": manifest.dataset,
        "version": manifest.version,
        "published_at": manifest.published_at,
        "is_simulated": manifest.is_simulated,
        "as_of": asked.briefing.as_of.isoformat(),
        "period": selection.period,
        "towns_selected": len(asked.briefing.towns),
        "towns_total": asked.briefing.town_count,
        "ignored_parameters": [{"parameter": item.parameter, "value": item.value} for item in asked.ignored],
    }


def plain(value: Any) -> Any:
    """JSON has no NaN: a missing figure is null, never zero."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


async def understand(request: Request, also: Mapping[str, Sequence[str]] | None = None) -> Asked | Response:
    """A request understood, or the refusal to send back.

    Args:
        also: parameters of this answer alone -> what they may be, the default first; they arrive in `Asked.extra`.
    """

    def work() -> Asked | Response:
        try:
            return _understand(request, also or {})
        except CockpitError as error:
            return refusal(error)

    return await run_in_threadpool(work)


def refusal(error: CockpitError) -> Response:
    code = 400 if error.where == "dataset" else 503
    return JSONResponse({"error": error.what, "where": error.where, "remedy": error.remedy}, status_code=code)


async def answer(
    request: Request, build: Callable[[Asked], dict[str, Any]], also: Mapping[str, Sequence[str]] | None = None
) -> Response:
    """Answer a request with the common head and what `build` makes of it; `also` as in `understand`."""
    asked = await understand(request, also)
    if isinstance(asked, Response):
        return asked
    return await run_in_threadpool(lambda: JSONResponse({**_head(asked), **build(asked)}))


async def unknown(request: Request) -> Response:
    """404 for every address below /api/ that is none."""
    said = {"error": "no such address", "remedy": "see /api/v1/openapi.json"}
    return JSONResponse(said, status_code=404)
