"""How a request is understood and answered: filters and dataset in, the head every answer carries out.

Imports no streamlit UI. A filter that is not understood would answer a wider question than was asked: an unknown
parameter or value, version or dataset is refused and named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import Briefing
from cockpit.analysis.selection import LONGEST_SEARCH, MOUNTAIN, PARAMETERS, Junk, read_parameters
from cockpit.briefings import Desk, brief, day_of, open_desk
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.datasets.store.loading import NAMES, all_versions, current_marker, default_dataset
from cockpit.datasets.template.counties import counties_of
from cockpit.errors import CockpitError, suggest
from cockpit.rights import NOWHERE, Scope
from cockpit.service.api.shapes import Fault, Head, Refusal, UnknownValue, sent
from cockpit.service.entrance import person_in
from cockpit.vocabulary import LANGUAGES, Language

_KNOWN: Final = frozenset({*PARAMETERS, "period", "set", "mountain", "q", "dataset", "version", "lang"})


@dataclass(frozen=True)
class Query:
    """A request understood: desk, briefing, language."""

    desk: Desk
    briefing: Briefing
    language: Language
    extra: Mapping[str, str] = field(default_factory=dict)


class UnknownParameters(CockpitError):
    """Parameters or values that are not understood; `unknown` holds them all."""

    def __init__(self, unknown: Sequence[Junk], remedy: str) -> None:
        self.unknown = tuple(unknown)
        named = ", ".join(f"{item.parameter}={item.value!r}" for item in unknown)
        super().__init__(f"not understood: {named}", where="query", remedy=remedy)


class UnknownId(CockpitError):
    """No such thing among what the request is about."""


class NotGranted(CockpitError):
    """Asked for by somebody who may not have it, whether it is there or not."""


class Described(tuple[str, ...]):
    """Values of a parameter that are no list, the default held; `told` says in words what they may be."""

    told: str


# Parameters of which a request may state one value.
_SINGLE: Final = frozenset({"period", "set", "mountain", "q", "dataset", "version", "lang"})


def _understand(request: Request, also: Mapping[str, Sequence[str]], several: Collection[str]) -> Query:
    query = request.query_params
    parameters = {name: query.getlist(name) for name in query}
    known = _KNOWN | frozenset(also)
    junk = [Junk(name, value) for name, values in parameters.items() if name not in known for value in values]
    # Which of two is meant nobody knows; of twice the same, whether the second was to be another.
    repeated = [
        Junk(name, value)
        for name, values in parameters.items()
        if name in _SINGLE or (name in also and name not in several)
        for value in values[1:]
    ]
    if repeated:
        raise UnknownParameters(repeated, f"state {repeated[0].parameter} once")
    name = query.get("dataset") or default_dataset()
    if name not in NAMES:
        raise CockpitError(f"unknown dataset {name!r}", where="dataset", remedy=suggest(name, NAMES))
    asked_language = query.get("lang", "zh")
    language: Language = "en" if asked_language == "en" else "zh"
    if asked_language not in LANGUAGES:
        junk.append(Junk("lang", asked_language))
    if len(query.get("q", "")) > LONGEST_SEARCH:
        junk.append(Junk("q", query["q"]))
    version = query.get("version")
    person = person_in(request.scope)
    may_look_back = person is not None and person.rights.may("see_history")
    if version is not None and not may_look_back and version != current_marker(name):
        raise NotGranted("past versions are for who may see them", where="version", remedy="leave version out")
    if version not in (None, *all_versions(name)):
        junk.append(Junk("version", str(version)))
        version = None
    desk = open_desk(name, version)
    selection, unknown = read_parameters(parameters, desk.choices, scope=sees(request))
    junk += unknown
    extra = {name: options[0] for name, options in also.items()}
    for name, options in also.items():
        for value in parameters.get(name, ()):
            if value in options:
                extra[name] = value
            else:
                junk.append(Junk(name, value))
    # A parameter without a value asks for nothing we know; answered as if it were not there it would ask for all.
    empty = [Junk(name, value) for name, values in parameters.items() for value in values if not value.strip()]
    junk += [item for item in empty if item not in junk]
    if junk:
        raise UnknownParameters(junk, _remedy(junk[0], known, desk, also))
    desk = desk.of(selection)
    return Query(desk, brief(desk, selection, day_of(desk.dataset.name)), language, extra)


def sees(request: Request) -> Scope:
    """Which towns whoever asks may look at; none for nobody."""
    person = person_in(request.scope)
    return person.sees if person else NOWHERE


def _remedy(item: Junk, known: Collection[str], desk: Desk, also: Mapping[str, Sequence[str]]) -> str:
    """What might have been meant by the first of the unknown ones."""
    if item.parameter not in known:
        return suggest(item.parameter, known)
    if item.parameter == "county" and (became := counties_of(desk.dataset).today(item.value)):
        return f"{became.en} {became.zh}"
    if isinstance(described := also.get(item.parameter), Described):
        return described.told
    options = {
        **{name: getattr(desk.choices, attribute) for name, attribute in PARAMETERS.items()},
        "period": desk.choices.periods,
        "set": desk.choices.sets,
        "version": all_versions(desk.dataset.name),
        "lang": LANGUAGES,
        "mountain": tuple(MOUNTAIN),
        **also,
    }
    return suggest(item.value, [option for option in options.get(item.parameter, ()) if option])


def head(asked: Query) -> dict[str, Any]:
    """The fields of `Head`, for the shape of an answer."""
    manifest, selection = asked.desk.dataset.manifest, asked.briefing.selection
    return {
        "dataset": manifest.dataset,
        "version": manifest.version,
        "published_at": manifest.published_at,
        "published_register": manifest.register or None,
        "register_": asked.desk.register.fingerprint,
        "is_simulated": manifest.is_simulated,
        "as_of": asked.briefing.as_of,
        "period": selection.period,
        "target_set": asked.desk.register.target_set,
        "towns_selected": len(asked.briefing.towns),
        "towns_total": asked.briefing.town_count,
    }


def plain(value: Any) -> Any:
    """JSON has no NaN: a missing figure is null, never zero."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


async def understand(
    request: Request, also: Mapping[str, Sequence[str]] | None = None, several: Collection[str] = ()
) -> Query | Response:
    """A request understood, or the refusal to send back.

    Args:
        also: parameters of this answer alone -> what they may be, the default first; they arrive in `Query.extra`.
        several: those of them that may be repeated.
    """

    def work() -> Query | Response:
        try:
            return _understand(request, also or {}, several)
        except CockpitError as error:
            return refusal(error)

    return await run_in_threadpool(work)


def refusal(error: CockpitError) -> Response:
    """Why there is no answer: what was asked is not understood (400), or he may not have it (403), or the
    data cannot be loaded (503)."""
    told = {"error": error.what, "where": error.where, "remedy": error.remedy}
    if isinstance(error, UnknownParameters):
        unknown = [UnknownValue(parameter=item.parameter, value=item.value) for item in error.unknown]
        return sent(Refusal(**told, unknown=unknown), 400)
    if isinstance(error, UnknownId):
        return sent(Fault(**told), 404)
    if isinstance(error, NotGranted):
        return sent(Fault(**told), 403)
    return sent(Fault(**told), 400 if error.where == "dataset" else 503)


def unknown_id(kind: str, asked: str, known: Collection[str], remedy: str = "") -> UnknownId:
    """No such thing under this id, and which comes nearest."""
    shown = asked[:60]
    return UnknownId(f"unknown {kind} {shown!r}", where="id", remedy=remedy or suggest(shown, known))


async def answer(
    request: Request,
    build: Callable[[Query], Head],
    also: Mapping[str, Sequence[str]] | None = None,
    several: Collection[str] = (),
) -> Response:
    """Answer a request with what `build` makes of it; `also`, `several` as in `understand`."""
    asked = await understand(request, also, several)
    if isinstance(asked, Response):
        return asked

    def work() -> Response:
        try:
            return sent(build(asked))
        # An answer that is nothing without the log, or a value only the answer could know to be none.
        except (LogUnavailable, UnknownId, UnknownParameters) as error:
            return refusal(error)

    return await run_in_threadpool(work)
