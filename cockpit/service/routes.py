"""All routes of our own beside the pages."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route

from cockpit.service import health
from cockpit.service.api.chains import all_chains, one_chain
from cockpit.service.api.elements import elements
from cockpit.service.api.firms import firms, firms_csv
from cockpit.service.api.lists import lists
from cockpit.service.api.openapi import openapi
from cockpit.service.api.per_mu import per_mu
from cockpit.service.api.plan import plan
from cockpit.service.api.supervision import raised, tasks
from cockpit.service.api.target_depth import target
from cockpit.service.api.targets import targets
from cockpit.service.api.towns import towns
from cockpit.service.api.vitality import vitality
from cockpit.service.scan_page import look_up, scan

ROUTES: Final[list[BaseRoute]] = [
    Route("/healthz", health.healthz, methods=["GET"]),
    Route("/readyz", health.readyz, methods=["GET"]),
    Route("/currentz", health.currentz, methods=["GET"]),
    Route("/api/v1/targets", targets, methods=["GET"]),
    Route("/api/v1/targets/{id}", target, methods=["GET"]),
    Route("/api/v1/towns", towns, methods=["GET"]),
    Route("/api/v1/vitality", vitality, methods=["GET"]),
    Route("/api/v1/per-mu", per_mu, methods=["GET"]),
    Route("/api/v1/lists", lists, methods=["GET"]),
    Route("/api/v1/tasks", tasks, methods=["GET"]),
    Route("/api/v1/alerts", raised, methods=["GET"]),
    Route("/api/v1/elements", elements, methods=["GET"]),
    Route("/api/v1/plan", plan, methods=["GET"]),
    Route("/api/v1/chains", all_chains, methods=["GET"]),
    Route("/api/v1/chains/{id}", one_chain, methods=["GET"]),
    Route("/api/v1/firms", firms, methods=["GET"]),
    Route("/api/v1/firms.csv", firms_csv, methods=["GET"]),
    Route("/api/v1/openapi.json", openapi, methods=["GET"]),
    Route("/t", look_up, methods=["GET"]),
    Route("/t/{code}", scan, methods=["GET"]),
]
