"""Whose a file is that the framework keeps in memory: a download, a picture, an upload. Others are refused it.

Streamlit answers `/media/<hash>` to whoever asks, for the hash is made of the content, and takes uploads for any
session whose id is named. Which sign-in a session of Streamlit's belongs to is told there by the entrance; what is made
for it is noted when it is made, for Streamlit forgets it at the next run, and of files made by a click it never knows.

Imports streamlit lazily: only its runtime knows.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from streamlit.runtime import Runtime
    from streamlit.runtime.media_file_manager import MediaFileManager

MEDIA: Final = "/media/"
UPLOAD: Final = "/_stcore/upload_file/"
_NAMES: Final = 5000
_FILES: Final = 500  # of one name; a page holds a few


class Holders:
    """Files by the name under which the entrance knows who asks: of a session, a device, an account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._watched: MediaFileManager | None = None

    def may(self, name: str, path: str) -> bool:
        """Whether who asks under a name may have, or bring, the file at an address; True for any other address."""
        if path.startswith(UPLOAD):
            session = path.removeprefix(UPLOAD).partition("/")[0]
            return bool(name) and _name_of(session) == name
        if path.startswith(MEDIA):
            file = PurePosixPath(path).stem
            with self._lock:
                return file in self._files.get(name, ())
        return True

    def watch(self) -> None:
        """See to it that what the framework makes from now on is noted; before any page of a socket runs."""
        runtime = _runtime()
        manager = runtime.media_file_mgr if runtime else None
        with self._lock:
            if manager is None or manager is self._watched:
                return
            self._watched = manager
        add, execute = manager.add, manager.execute_deferred

        def add_noted(*given: Any, **more: Any) -> str:
            url = add(*given, **more)
            self._note(_running(), url)
            return url

        def execute_noted(file_id: str) -> str:
            # Whoever asks for it: what a button makes is its session's.
            entry = manager._deferred_callables.get(file_id)
            url = execute(file_id)
            self._note(entry["session_id"] if entry else "", url)
            return url

        manager.add, manager.execute_deferred = add_noted, execute_noted  # type: ignore[method-assign]

    def _note(self, session: str, url: str) -> None:
        name = _name_of(session)
        if not name:
            return
        with self._lock:
            files = self._files.setdefault(name, OrderedDict())
            self._files.move_to_end(name)
            files[PurePosixPath(url).stem] = None
            files.move_to_end(PurePosixPath(url).stem)
            if len(files) > _FILES:
                files.popitem(last=False)
            if len(self._files) > _NAMES:
                self._files.popitem(last=False)


def _running() -> str:
    """Id of the session whose page is running in this thread, "" for none."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def _name_of(session: str) -> str:
    """The name the entrance gave to the socket of a session of Streamlit's, "" for none."""
    runtime = _runtime()
    found = runtime._session_mgr.get_session_info(session) if runtime and session else None
    return str(found.session._user_info.get("session") or "") if found else ""


def _runtime() -> Runtime | None:
    from streamlit.runtime import Runtime

    return Runtime.instance() if Runtime.exists() else None
