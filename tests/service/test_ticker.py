"""The clock beside the pages: off when told, and a fault of one round does not end it."""

from __future__ import annotations

import pytest

from cockpit.service import ticker


def test_it_is_left_to_a_timer_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_TICK", "OFF")
    assert ticker.start() is None


def test_it_ends_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COCKPIT_TICK", raising=False)
    ended = ticker.start()
    assert ended is not None
    ended.set()


def test_a_database_that_is_away_is_told_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    ticker.once()
    assert "cannot be used" in caplog.text
