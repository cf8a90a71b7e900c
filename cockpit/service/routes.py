"""All routes of our own beside the pages."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route

from cockpit.service import api, health

ROUTES: Final[list[BaseRoute]] = [
    Route("/healthz", health.healthz, methods=["GET"]),
    Route("/readyz", health.readyz, methods=["GET"]),
    Route("/api/v1/targets", api.targets, methods=["GET"]),
    Route("/api/v1/towns", api.towns, methods=["GET"]),
    Route("/api/v1/openapi.json", api.openapi, methods=["GET"]),
]
