"""What the framework keeps in memory is its maker's: noted when it is made, on Streamlit's own file manager."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from cockpit.service import holders
from cockpit.service.holders import Holders


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Pages of two sign-ins, `one` with two tabs, and the manager of their files; `.of` says whose page runs."""
    names = {"tab-1": "one", "tab-2": "one", "tab-3": "two", "nobody": None}
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    made = SimpleNamespace(of="", manager=manager)

    def info(session: str) -> Any:
        if session not in names:
            return None
        return SimpleNamespace(session=SimpleNamespace(_user_info={"session": names[session]}))

    runtime = SimpleNamespace(media_file_mgr=manager, _session_mgr=SimpleNamespace(get_session_info=info))
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    monkeypatch.setattr(holders, "_running", lambda: made.of)
    monkeypatch.setattr("streamlit.runtime.media_file_manager._get_session_id", lambda: made.of)
    return made


@pytest.fixture
def known(page: Any) -> Holders:
    made = Holders()
    made.watch()
    made.watch()  # every socket asks for it
    return made


def test_a_picture_is_that_sign_ins_whose_page_drew_it(page: Any, known: Holders) -> None:
    page.of = "tab-1"
    url = page.manager.add(b"picture", "image/png", "1.2")
    assert [known.may(name, url) for name in ("one", "two", "")] == [True, False, False]
    page.manager.clear_session_refs()  # the next run begins; the browser has not fetched it yet
    assert known.may("one", url)


def test_the_same_picture_of_two_is_both_of_theirs(page: Any, known: Holders) -> None:
    for page.of in ("tab-1", "tab-3"):
        url = page.manager.add(b"picture", "image/png", "1.2")
    assert known.may("one", url)
    assert known.may("two", url)


def test_a_file_made_by_a_click_is_that_sign_ins_whose_button_it_was(page: Any, known: Holders) -> None:
    """Whoever asked for it: the name of the button's file may have become known."""
    page.of = "tab-1"
    asked = page.manager.add_deferred(lambda: b"figures", "text/csv", "1.3", "towns.csv")
    page.of = "tab-3"
    url = page.manager.execute_deferred(asked)
    assert [known.may(name, url) for name in ("one", "two")] == [True, False]


def test_what_nobody_is_signed_in_for_is_nobodys(page: Any, known: Holders) -> None:
    for page.of in ("nobody", "unknown", ""):
        url = page.manager.add(b"picture", "image/png", "1.2")
        assert not any(known.may(name, url) for name in ("one", "two", "", "None"))
    assert not known.may("one", "/media/0123.png")


@pytest.mark.parametrize(
    ("name", "path", "may"),
    [
        ("one", "/_stcore/upload_file/tab-1/f", True),
        ("one", "/_stcore/upload_file/tab-2/f", True),
        ("two", "/_stcore/upload_file/tab-1/f", False),
        ("", "/_stcore/upload_file/nobody/f", False),
        ("one", "/_stcore/upload_file/unknown/f", False),
        ("one", "/_stcore/upload_file//f", False),
        ("two", "/geo/counties.geojson", True),
    ],
)
def test_an_upload_is_for_ones_own_session(known: Holders, name: str, path: str, may: bool) -> None:
    assert known.may(name, path) == may


def test_only_the_newest_files_of_one_are_kept_in_mind(page: Any, known: Holders) -> None:
    page.of = "tab-3"
    other = page.manager.add(b"other", "image/png", "0")
    page.of = "tab-1"
    urls = [page.manager.add(str(at).encode(), "image/png", str(at)) for at in range(holders._FILES + 1)]
    assert [known.may("one", url) for url in (urls[0], urls[1], urls[-1])] == [False, True, True]
    assert known.may("two", other)
