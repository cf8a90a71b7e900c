"""The OpenAPI document of the JSON interface: shapes from the models, parameters from vocabulary and filter names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import core_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cockpit.analysis.selection import MOUNTAIN, PARAMETERS
from cockpit.datasets.store.loading import NAMES
from cockpit.policy.register import load
from cockpit.service.api.chain_shapes import ChainAnswer, ChainsAnswer
from cockpit.service.api.elements import ElementsAnswer, kind_options
from cockpit.service.api.firms import FirmsAnswer
from cockpit.service.api.firms import describe as firm_parameters
from cockpit.service.api.lists import ListsAnswer
from cockpit.service.api.per_mu import LANDS, PerMuAnswer
from cockpit.service.api.plan import PlanAnswer
from cockpit.service.api.shapes import ApiShape, Fault, Head, Refusal
from cockpit.service.api.supervision import AlertsAnswer, TasksAnswer
from cockpit.service.api.target_depth import ALSO
from cockpit.service.api.target_shapes import TargetAnswer
from cockpit.service.api.targets import TargetsAnswer
from cockpit.service.api.towns import TownsAnswer
from cockpit.service.api.vitality import VitalityAnswer
from cockpit.vocabulary import INDUSTRY_CLASSES, LANGUAGES, LIST_STATUSES, PREFECTURES

_REFS: Final = "#/components/schemas/{model}"


class _Schemas(GenerateJsonSchema):
    """Shapes as readers need them: a title for every field says nothing, and an object may get more fields one day."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        told = super().model_schema(schema)
        told.pop("additionalProperties", None)
        return told


@dataclass(frozen=True)
class Path:
    """An address: what it is called, in a sentence, and the shape of its answer (None is a CSV)."""

    name: str
    summary: str
    shape: type[Head] | None
    parameters: Sequence[Mapping[str, Any]] = ()
    id_schema: Mapping[str, Any] | None = None


def _single(name: str, schema: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **({"description": text} if text else {})}


def _several(name: str, options: Iterable[str] | None, text: str = "Repeat for several.") -> dict[str, Any]:
    item = {"type": "string", **({"enum": list(options)} if options else {})}
    return {**_single(name, {"type": "array", "items": item}, text), "explode": True}


def _word(options: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(options)}


def _filters() -> list[dict[str, Any]]:
    several = {"prefecture": PREFECTURES, "class": INDUSTRY_CLASSES, "status": LIST_STATUSES}
    text: dict[str, Any] = {"type": "string"}
    period = {**text, "pattern": r"^\d{4}(-\d{2})?$"}
    return [
        *(_several(name, several.get(name)) for name in PARAMETERS),
        _single("period", period, "2025 is the full year, 2026-09 is January to September."),
        _single("set", text, "Set of targets, e.g. 2025; the newest closed or in force without."),
        _single("mountain", _word(MOUNTAIN), "The 26 mountain counties only, or without them."),
        _single("q", {**text, "maxLength": 60}, "Search in names, codes and specialty industries."),
        _single("dataset", _word(NAMES), "demo is simulated, public is published."),
        _single("version", text, "Version to answer from, e.g. v0001; the current one without."),
        _single("lang", _word(LANGUAGES), "Language of the texts."),
    ]


def paths() -> dict[str, Path]:
    """Every address below /api/v1/ that answers with figures."""
    register = load()
    weights = _several("w", None, "A dimension's weight on trial, industry.26; the registered ranks stay as they are.")
    parts = [_single(name, _word(options)) for name, options in ALSO.items()]
    kind = _single("kind", _word(name for name in kind_options() if name), "Kind whose entries are listed.")
    made = _single("plan", {"type": "string"}, "Set whose units are told, e.g. 2030.")
    land = _single("land", _word(LANDS), "Land type.")
    # Sets that people make have targets as well, so no list of them is the whole one.
    one_of_a_set = {"type": "string", "examples": list(register.every_target)}
    return {
        "targets": Path("targets", "The targets of a set: value, verdict, coverage, clause", TargetsAnswer),
        "targets/{id}": Path(
            "target", "One target in depth: pace, forecast, who contributes", TargetAnswer, parts, one_of_a_set
        ),
        "towns": Path("towns", "Selected towns with every indicator of the period", TownsAnswer),
        "tasks": Path("tasks", "Matters handed out, the newest first, with their counts", TasksAnswer),
        "alerts": Path("alerts", "Alerts that stand, with the matters that answer them", AlertsAnswer),
        "elements": Path(
            "elements", "What towns have beside figures, kind by kind; the entries of one kind", ElementsAnswer, [kind]
        ),
        "plan": Path("plan", "Sets of targets people make, and who carries how much of one", PlanAnswer, [made]),
        "lists": Path("lists", "Towns being created, most pressing first, then the named ones", ListsAnswer),
        "vitality": Path(
            "vitality", "Vitality index: ranks with their intervals, best first", VitalityAnswer, [weights]
        ),
        "per-mu": Path("per_mu", "Per-mu evaluation of the selected towns: score, class, leaders", PerMuAnswer, [land]),
        "firms": Path("firms", "Firms of the selected towns, a page at a time", FirmsAnswer, firm_parameters(True)),
        "firms.csv": Path("firms_csv", "All firms asked for as CSV, streamed", None, firm_parameters(False)),
        "chains": Path("chains", "All industry chains: grades, paths, sums; most gaps first", ChainsAnswer),
        "chains/{id}": Path(
            "chain",
            "One industry chain: nodes, links, towns, breaks, cooperation",
            ChainAnswer,
            (),
            _word(register.chains),
        ),
    }


def shapes() -> list[type[ApiShape]]:
    """The shape of every answer and of the faults."""
    return [*(path.shape for path in paths().values() if path.shape), Refusal, Fault]


def _sent(shape: type[ApiShape], text: str) -> dict[str, Any]:
    ref = {"$ref": _REFS.format(model=shape.__name__)}
    return {"description": text, "content": {"application/json": {"schema": ref}}}


def _get(path: Path) -> dict[str, Any]:
    ids = path.id_schema
    own = [{"name": "id", "in": "path", "required": True, "schema": ids}] if ids else []
    csv = {"schema": {"type": "string", "description": "UTF-8 with byte order mark; headers in words with units"}}
    return {
        "summary": path.summary,
        "operationId": path.name,
        "parameters": [*own, *_filters(), *path.parameters],
        "responses": {
            "200": _sent(path.shape, "OK") if path.shape else {"description": "OK", "content": {"text/csv": csv}},
            "400": _sent(Refusal, "Unknown parameter, value, version or dataset"),
            "403": _sent(Fault, "A past version, asked for by who may not see them"),
            **({"404": _sent(Fault, f"Unknown {path.name}")} if ids else {}),
            "503": _sent(Fault, "Data cannot be loaded"),
        },
    }


def document() -> dict[str, Any]:
    """The whole document."""
    _, told = models_json_schema(
        [(shape, "serialization") for shape in shapes()], ref_template=_REFS, schema_generator=_Schemas
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Town cockpit 特色小镇驾驶舱",
            "version": "1",
            "description": (
                "Read-only. Filters are those of the pages' addresses; "
                "an unknown parameter or value, or a single value stated twice, is refused (400) and named in unknown."
            ),
        },
        "paths": {f"/api/v1/{address}": {"get": _get(path)} for address, path in paths().items()},
        "components": {"schemas": told["$defs"]},
    }


@cache
def _rendered() -> bytes:
    """Made once a process, for it takes a third of a second and hangs on code and records alone."""
    return bytes(JSONResponse(document()).body)


def openapi(request: Request) -> Response:
    """The description of this interface."""
    return Response(_rendered(), media_type="application/json")
