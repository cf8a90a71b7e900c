"""The briefing pack's dialog: it asks for what the screen shows, waits, hands over, and says what went wrong."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, open_desk
from cockpit.cli.export_towns import asked_selection
from cockpit.exports.pack.process import Made, PackFault, Progress
from cockpit.rights import ALL
from cockpit.ui.frame import pack_button

ROOT = Path(__file__).resolve().parents[2]


def dialog() -> AppTest:
    """What stands in the dialog; a page test runs no fragments, so it is drawn as a page of its own."""

    def script() -> None:
        from datetime import date

        from cockpit.access.people import LOCAL
        from cockpit.analysis.selection import Selection
        from cockpit.briefings import brief, open_desk
        from cockpit.rights import ALL
        from cockpit.ui.frame import pack_button

        desk = open_desk("demo")
        selection = Selection("2025", prefectures=("330100",), scope=ALL)
        pack_button._dialog(desk, brief(desk, selection, date(2026, 11, 23)), LOCAL, "en")

    return AppTest.from_function(script, default_timeout=60).run()


def test_the_filter_bar_opens_the_dialog_with_all_formats_picked() -> None:
    app = AppTest.from_file(str(ROOT / "cockpit" / "main.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.run().button(key="pack|en").click().run()
    assert not app.exception
    assert app.button_group(key="pack_formats|en").value == ["pptx", "docx", "xlsx"]
    assert app.button(key="pack_build|en").label == "Build"


def test_the_dialog_hands_over_what_the_process_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def run(arguments: Sequence[str]) -> Generator[Progress | Made]:
        asked.append(arguments)
        yield Progress("", 0, 1)
        yield Progress("glance", 0, 11)
        yield Made({"briefing.pptx": b"PK"}, 3.21)

    monkeypatch.setattr(pack_button, "run", run)
    app = dialog()
    app.button(key="pack_build|en").click().run()
    assert not app.exception
    assert [item.value for item in app.success] == ["Made in 3.2 seconds."]
    assert app.get("download_button")[0].label.startswith("Download briefing.pptx")
    assert "prefecture=330100" in asked[0]


def test_a_fault_of_the_process_is_told_and_cannot_become_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: Sequence[str]) -> Generator[Progress | Made]:
        yield Progress("", 0, 1)
        raise PackFault("disk full ` ![x](http://example.org)", where="1")

    monkeypatch.setattr(pack_button, "run", run)
    app = dialog()
    app.button(key="pack_build|en").click().run()
    assert not app.exception
    assert "`disk full  ![x](http://example.org)`" in app.error[0].value


@pytest.mark.parametrize("fails", [False, True])
def test_a_pack_is_on_record_when_it_is_made_and_not_before(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    told: list[str] = []

    def run(arguments: Sequence[str]) -> Generator[Progress | Made]:
        told.append("begun")
        yield Progress("", 0, 1)
        if fails:
            raise PackFault("disk full", where="1")
        yield Made({"briefing.pptx": b"PK"}, 3.21)

    monkeypatch.setattr(pack_button, "run", run)
    monkeypatch.setattr(pack_button, "ask", lambda *given: told.append("asked"))
    monkeypatch.setattr(pack_button, "again", lambda *given: told.append(f"recorded {given[-1]['bytes']}"))
    dialog().button(key="pack_build|en").click().run()
    assert told == (["asked", "begun"] if fails else ["asked", "begun", "recorded 2"])


def test_the_command_is_asked_for_the_very_selection_of_the_screen() -> None:
    desk = open_desk("demo")
    selection = Selection(
        "2024", ("330100",), (), ("tourism", "finance"), ("named",), (), mountain=False, search="镇 a=b", scope=ALL
    )
    briefing = brief(desk, selection, date(2026, 11, 23))
    words = pack_button.arguments(desk, briefing, ["xlsx", "pptx"], "zh")
    pairs = list(zip(words[::2], words[1::2], strict=True))
    filters = [value for name, value in pairs if name == "--filter"]
    assert asked_selection(desk, dict(pairs)["--period"], filters) == selection
    assert dict(pairs)["--formats"] == "pptx,xlsx"
    assert dict(pairs)["--version"] == desk.dataset.manifest.version
