"""The gate as the app builds it, before whatever a test puts behind it."""

from __future__ import annotations

from typing import Any

from cockpit.policy.register import load
from cockpit.service.compression import streamlit_page
from cockpit.service.doors import Doors
from cockpit.service.gate import Gate
from cockpit.service.missing_page import MissingPage
from cockpit.service.origins import Names
from cockpit.service.routes import ROUTES

HOME = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"  # the test client knows no base for sockets
LIMITS = load().limits


class Files:
    """A store of uploads that holds what a test says."""

    def __init__(self, held: Any = None, sizes: dict[str, int] | None = None) -> None:
        self.held = held or (lambda session: (0, 0))
        self.sizes = sizes or {}

    def sent_back(self, session: str, file: str, most: int) -> bool:
        if self.sizes.get(file, 0) <= most:
            return False
        del self.sizes[file]
        return True


def gate_of(app: Any, **given: Any) -> Gate:
    usual = {"names": Names(), "doors": Doors(ROUTES, streamlit_page().parent), "limits": LIMITS, "store": Files(),
             "headers": {"x-ours": "1", "content-security-policy": "p"}, "file_mib": 64,
             "missing": MissingPage(given.pop("base_path", ""))}  # fmt: skip
    return Gate(app, **{**usual, **given})
