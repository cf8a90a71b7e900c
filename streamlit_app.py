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
from streamlit.auth_util import get_secrets_auth_section

from cockpit.errors import CockpitError
from cockpit.policy.register import load
from cockpit.service.compression import PrecompressedStatic, geo_route, streamlit_page
from cockpit.service.doors import Doors
from cockpit.service.gate import Gate
from cockpit.service.headers import leave_out_the_server, security_headers
from cockpit.service.nodelay import send_small_messages_at_once
from cockpit.service.origins import read_names
from cockpit.service.routes import ROUTES
from cockpit.service.uploads import Store, close_leavers
from cockpit.service.warm_up import warm_up

LIMITS = load().limits
OURS = [*ROUTES, geo_route()]
PAGE = streamlit_page()


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, object]]:
    send_small_messages_at_once()
    leave_out_the_server()
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
    routes=OURS,
    middleware=[
        # Outermost: nothing behind it sees a foreign name or a foreign page's socket.
        Middleware(
            Gate,
            names=read_names(),
            doors=Doors(
                OURS,
                PAGE.parent,
                has_login=bool(get_secrets_auth_section()),
                base=str(st.get_option("server.baseUrlPath")),
            ),
            headers=security_headers(PAGE),
            limits=LIMITS,
            file_mib=load().intake.limit("file_mib"),
            store=Store(),
        ),
        Middleware(PrecompressedStatic),
    ],
)
