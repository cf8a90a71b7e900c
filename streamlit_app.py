"""Launcher: `streamlit run` finds this file and serves the ASGI app; the UI script is cockpit/main.py.

Loads the data before the first visitor comes, then freezes what was loaded out of the garbage collector's sight.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
from collections.abc import AsyncIterator
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.auth_util import get_secrets_auth_section

from cockpit.service.starting import told_plainly

with told_plainly():  # tables are made from records as they are imported: a bad one is told here
    from cockpit.access.accounts import somebody_may_come
    from cockpit.access.house import AccessFault, open_access
    from cockpit.access.modes import check, mode
    from cockpit.access.oidc import read_provider
    from cockpit.access.proxy import read_proxy
    from cockpit.errors import CockpitError
    from cockpit.policy.register import load
    from cockpit.service.compression import PrecompressedStatic, geo_route, streamlit_page
    from cockpit.service.doors import Doors
    from cockpit.service.entrance import Entrance
    from cockpit.service.gate import Gate
    from cockpit.service.headers import leave_out_the_server, security_headers
    from cockpit.service.missing_page import MissingPage
    from cockpit.service.nodelay import send_small_messages_at_once
    from cockpit.service.origins import SETTING, read_names
    from cockpit.service.routes import ROUTES
    from cockpit.service.signing import sign_routes
    from cockpit.service.strangers import Strangers
    from cockpit.service.ticker import start as start_ticker
    from cockpit.service.uploads import Store, close_leavers
    from cockpit.service.warm_up import warm_up

    LIMITS = load().limits
OURS = [*ROUTES, *sign_routes(), geo_route()]
PAGE = streamlit_page()
try:
    MODE = mode()
    check(MODE, str(st.get_option("server.address") or ""), os.environ.get(SETTING, ""))
    PROXY = read_proxy() if MODE == "proxy" else None
    if MODE == "oidc":
        read_provider()
    if MODE == "accounts":
        somebody_may_come(open_access())
except AccessFault as fault:
    # Not served at all: better no cockpit than one in which anybody may publish.
    raise SystemExit(str(fault)) from None

STRANGERS = None if MODE == "local" else Strangers(open_access())


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
    ticker = start_ticker()
    yield {}
    leavers.cancel()
    if ticker is not None:
        ticker.set()


app = st.App(
    "cockpit/main.py",
    lifespan=lifespan,
    routes=OURS,
    middleware=[
        # Outermost: nothing behind it sees a foreign name or a foreign page's socket.
        Middleware(
            Gate,
            # Without accounts whoever comes may do everything: nobody comes under a name of the outside.
            names=read_names({SETTING: os.environ.get(SETTING, "")} if MODE == "local" else None),
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
            missing=MissingPage(str(st.get_option("server.baseUrlPath"))),
            strangers=STRANGERS,
        ),
        Middleware(
            Entrance,
            mode=MODE,
            access=None if MODE == "local" else open_access(),
            proxy=PROXY,
            strangers=STRANGERS,
            base=str(st.get_option("server.baseUrlPath")),
        ),
        Middleware(PrecompressedStatic),
    ],
)
