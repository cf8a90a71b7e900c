"""Is the process up, can it answer, and which version is current? `/healthz`, `/readyz`, `/currentz`.

Imports no streamlit UI.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from cockpit.briefings import open_desk
from cockpit.briefings.supervising import events_kept
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.datasets.store.loading import current_marker, default_dataset
from cockpit.errors import CockpitError
from cockpit.service.entrance import person_in


async def healthz(request: Request) -> Response:
    """200 while the process runs."""
    return PlainTextResponse("ok")


async def readyz(request: Request) -> Response:
    """200 with name, version and row counts once the default dataset is loaded, else 503 with the reason."""
    try:
        dataset = open_desk(default_dataset()).dataset
    except CockpitError as error:
        reason = {} if person_in(request.scope) is None else {"reason": str(error)}
        return JSONResponse({"ready": False, **reason}, status_code=503)
    if person_in(request.scope) is None:  # a stranger learns that it runs, not what it holds
        return JSONResponse({"ready": True})
    manifest, refused = dataset.manifest, dataset.warning
    answer = {"ready": True, "dataset": manifest.dataset, "version": manifest.version, "rows": manifest.rows()}
    if refused is not None:  # served by the last good one: a monitor should know before a reader asks
        answer["refused"] = {"version": refused.version, "where": refused.where, "what": refused.what}
    return JSONResponse(answer)


async def currentz(request: Request) -> Response:
    """The version `CURRENT` of `?dataset=` points at; every open session asks every few seconds. A wall that shows
    matters asks for the number of their events too (`matters`), and is told none while their log cannot be read.

    404 where there is none, 400 for two, 409 where the reader's rights are others than those the page was drawn for
    (`as`). Reads one line of one file, which the operating system keeps in memory.
    """
    person, drawn_for = person_in(request.scope), request.query_params.get("as")
    if drawn_for and person is not None and person.mark != drawn_for:
        return JSONResponse({"version": "", "reason": "other rights"}, status_code=409)
    asked = request.query_params.getlist("dataset")
    if len(asked) > 1:
        return JSONResponse({"version": "", "reason": "state dataset once"}, status_code=400)
    try:
        version = current_marker("".join(asked) or default_dataset())
    except (CockpitError, OSError) as error:
        return JSONResponse({"version": "", "reason": str(error)}, status_code=404)
    told: dict[str, object] = {"version": version}
    if "matters" in request.query_params:
        try:
            told["matters"] = await run_in_threadpool(events_kept)
        except LogUnavailable:
            told["matters"] = None
    return JSONResponse(told, headers={"Cache-Control": "no-store"})
