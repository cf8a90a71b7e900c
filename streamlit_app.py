"""Launcher: `streamlit run` finds this file and serves the ASGI app; the UI script is cockpit/main.py.

Loads the data before the first visitor comes, then freezes what was loaded out of the garbage collector's sight.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
from collections.abc import AsyncIterator
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from cockpit.errors import CockpitError
from cockpit.policy.register import load
from cockpit.service.compression import PrecompressedStatic, geo_route, streamlit_page
from cockpit.service.gate import Gate
from cockpit.service.headers import security_headers
from cockpit.service.nodelay import send_small_messages_at_once
from cockpit.service.origins import read_names
from cockpit.service.routes import ROUTES
from cockpit.service.uploads import close_leavers, held
from cockpit.service.warm_up import warm_up

LIMITS = load().limits


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, object]]:
    send_small_messages_at_once()
    try:
        warm_up()
    except CockpitError as error:
        # The process stays up and says why at /readyz: an operator mends the data without guessing.
        logging.getLogger("cockpit").error("not ready: %s", error)
    # Streamlit collects after every run by default, most of a rerun's time; see .streamlit/config.toml.
    gc.collect()
    gc.freeze()
    leavers = asyncio.create_task(close_leavers(LIMITS))
    yield {}
    leavers.cancel()


app = st.App(
    "cockpit/main.py",
    lifespan=lifespan,
    routes=[*ROUTES, geo_route()],
    middleware=[
        # Outermost: nothing behind it sees a foreign name or a foreign page's socket.
        Middleware(Gate, names=read_names(), headers=security_headers(streamlit_page()), limits=LIMITS, held=held),
        Middleware(PrecompressedStatic),
    ],
)
