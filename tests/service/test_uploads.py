"""Files of visitors who have left are given back; those of visitors who are here, or may come back, are not."""

from __future__ import annotations

import asyncio
import gc
import tomllib
import weakref
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from cockpit.policy.register import load
from cockpit.service import uploads
from cockpit.service.uploads import Leavers, Store

ROOT = Path(__file__).resolve().parents[2]
GRACE = load().limits.limit("upload_grace_seconds")


class Kept:
    """A closed session refers to itself, as Streamlit's do."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A runtime of two visitors, each with a file of 3 bytes."""
    manager = MemoryUploadedFileManager("/upload")
    for session in ("a", "b"):
        manager.add_file(session, UploadedFileRec("1", "x.csv", "text/csv", b"abc"))
    here, closed = {"a", "b"}, []
    runtime = SimpleNamespace(
        uploaded_file_mgr=manager, is_active_session=here.__contains__, close_session=closed.append,
        _session_mgr=SimpleNamespace(get_session_info=lambda session: None),
    )  # fmt: skip
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    return SimpleNamespace(here=here, closed=closed, now=0.0)


@pytest.mark.long
def test_who_left_is_closed_after_the_grace_and_not_before(server: Any) -> None:
    leavers = Leavers(GRACE, lambda: server.now)
    assert leavers.close() == 0
    server.here.discard("a")
    for server.now, closed in ((10.0, 0), (10.0 + GRACE - 1, 0), (10.0 + GRACE, 1), (200.0, 0)):
        assert leavers.close() == closed
    assert server.closed == ["a"]
    assert Store().held("a") == (0, 3), "3 bytes of the other are left"
    assert Store().held("b") == (3, 3)


def test_who_comes_back_in_time_has_the_whole_grace_again(server: Any) -> None:
    leavers = Leavers(GRACE, lambda: server.now)
    server.here.discard("a")
    leavers.close()
    server.now = GRACE - 1
    server.here.add("a")
    leavers.close()
    server.here.discard("a")
    server.now = GRACE + 5
    assert leavers.close() == 0
    assert Store().held("a") == (3, 6)


@pytest.mark.long
def test_what_refers_to_itself_is_collected_when_somebody_was_closed(server: Any) -> None:
    gc.disable()
    try:
        kept = weakref.ref(Kept())
        assert kept() is not None
        leavers = Leavers(GRACE, lambda: server.now)
        server.here.clear()
        leavers.close()
        assert kept() is not None
        server.now = GRACE
        assert leavers.close() == 2
        assert kept() is None
    finally:
        gc.enable()


def test_memory_is_given_back_in_between_too(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    now = [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        if now[0] > 200:
            raise asyncio.CancelledError

    monkeypatch.setattr(Runtime, "exists", lambda: False)
    monkeypatch.setattr(uploads.asyncio, "sleep", sleep)
    monkeypatch.setattr(uploads.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(uploads, "give_back", lambda: given.append(now[0]))
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(uploads.close_leavers(load().limits))
    every = load().limits.limit("give_back_seconds")
    assert given == [every * count for count in range(1, 200 // every + 1)]


def test_without_a_server_there_is_nothing_to_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "exists", lambda: False)
    assert Leavers(GRACE).close() == 0
    assert Store().held("a") == (0, 0)


def test_a_file_larger_than_may_be_is_taken_out_again(server: Any) -> None:
    assert Store().sent_back("a", "1", 2)
    assert Store().held("a") == (0, 3)
    for session, file, most in (("b", "1", 3), ("b", "2", 0), ("c", "1", 0)):
        assert not Store().sent_back(session, file, most)
    assert Store().held("b") == (3, 3)


def test_the_settings_of_streamlit_keep_to_the_record() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    # Streamlit compares a whole body, which holds a little more than the file.
    assert settings["maxUploadSize"] == load().intake.limit("file_mib") + 1
    kib = load().limits.limit("message_kib")
    assert kib << 10 <= settings["maxWidgetStateSize"] * 10**6, "what the gate lets through is not refused behind it"
    assert settings["maxMessageSize"] <= 8, "as much is unpacked before anybody of ours sees it"


@pytest.mark.long
def test_the_last_visitor_leaves_nothing_behind_though_streamlit_remembers_the_session(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Runtime, "_instance", None)
    script = tmp_path / "app.py"
    script.write_text("")

    async def visit() -> None:
        files = MemoryUploadedFileManager("/upload")
        runtime = Runtime(RuntimeConfig(str(script), MemoryMediaFileStorage("/media"), files))
        await runtime.start()
        client: Any = SimpleNamespace(write_forward_msg=lambda message: None, client_context=None)
        session = runtime.connect_session(client=client, user_info={})
        info = runtime._session_mgr.get_session_info(session)
        assert info is not None
        kept = Kept()
        info.session.session_state["files"] = kept
        info.session.handle_backmsg_exception(ValueError("something to tell the visitor"))
        files.add_file(session, UploadedFileRec("1", "x.csv", "text/csv", b"abc"))
        await asyncio.sleep(0.1)  # its messages are sent: the loop of the runtime has been at this session
        runtime.disconnect_session(session, client=client)
        now = [0.0]
        leavers = Leavers(GRACE, lambda: now[0])
        assert leavers.close() == 0
        now[0] = GRACE
        told = weakref.ref(kept)
        del info, kept
        assert leavers.close() == 1
        await asyncio.sleep(0)
        gc.collect()
        assert told() is None, "what the session kept is given back"
        runtime.stop()
        await runtime.stopped

    asyncio.run(visit())
