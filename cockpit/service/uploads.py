"""How much of the memory is taken by files that visitors have uploaded, and giving it back after they have left.

Imports the policy, and streamlit lazily: only its runtime knows.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from cockpit.policy.limit_design import LimitDesign

if TYPE_CHECKING:
    from streamlit.runtime import Runtime
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


class Store:
    """Uploaded files, as Streamlit's runtime holds them in this process."""

    def held(self, session: str) -> tuple[int, int]:
        """Bytes of one session's files, and of all."""
        if (known := _known()) is None:
            return 0, 0
        sizes = {
            key: sum(len(file.data) for file in list(files.values()))
            for key, files in list(known[1].file_storage.items())
        }
        return sizes.get(session, 0), sum(sizes.values())

    def sent_back(self, session: str, file: str, most: int) -> bool:
        """Take a file of more bytes than `most` out again; whether it was one."""
        if (known := _known()) is None or all(len(found.data) <= most for found in known[1].get_files(session, [file])):
            return False
        known[1].remove_file(session, file)
        return True


class Leavers:
    """Closes sessions that left files behind. Streamlit keeps them for somebody who comes back, and looks no more."""

    def __init__(self, grace: float, clock: Callable[[], float] = time.monotonic) -> None:
        """`grace`: seconds in which a connection that only broke comes back."""
        self._grace, self._clock = grace, clock
        self._gone: dict[str, float] = {}  # session -> when it was first seen without a visitor

    def close(self) -> int:
        """Close those away for longer than the grace, with all they kept; returns how many. On the event loop only."""
        if (known := _known()) is None:
            return 0
        runtime, manager = known
        now = self._clock()
        away = {key for key, files in list(manager.file_storage.items()) if not runtime.is_active_session(key)}
        self._gone = {key: self._gone.get(key, now) for key in away}
        late = [key for key, since in self._gone.items() if now - since >= self._grace]
        for session in late:
            left = runtime._session_mgr.get_session_info(session)
            runtime.close_session(session)
            if left is not None:  # the runtime's loop keeps the last session it served, with all its state
                left.session.session_state.clear()
            manager.remove_session_files(session)  # of a session that had run out before, too
            del self._gone[session]
        if late:
            give_back()
        return len(late)


async def close_leavers(limits: LimitDesign) -> None:
    """Run for as long as the app does."""
    leavers = Leavers(limits.limit("upload_grace_seconds"))
    look, every = limits.limit("upload_look_seconds"), limits.limit("give_back_seconds")
    given_back = time.monotonic()
    while True:
        await asyncio.sleep(look)
        if leavers.close():  # gave back; what a run still held at that moment comes with the next round
            given_back = time.monotonic()
        elif time.monotonic() - given_back >= every:
            give_back()
            given_back = time.monotonic()


def give_back() -> None:
    """Collect what only refers to itself, as a closed session or socket does, and hand free memory back to the system.

    Streamlit's collection after each run is off (see .streamlit/config.toml), and a few large objects never bring
    about Python's own.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc only
    if trim is not None:
        trim(0)


def _known() -> tuple[Runtime, MemoryUploadedFileManager] | None:
    from streamlit.runtime import Runtime
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

    if not Runtime.exists():
        return None
    runtime = Runtime.instance()
    manager = runtime.uploaded_file_mgr
    return (runtime, manager) if isinstance(manager, MemoryUploadedFileManager) else None
