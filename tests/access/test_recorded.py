"""Lines of the audit are shown whatever their detail holds: what an act notes is its own affair."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cockpit.access.audit import Line
from cockpit.policy.register import load
from cockpit.visuals.access.recorded import lines
from cockpit.vocabulary import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (137, "137"), (True, "True"), (None, ""), ("", ""), ("D330102A", "D330102A"), (["a", "b"], "a,b"),
        ([1, 2], "1,2"), ({"town": ["D1", "D2"]}, "D1,D2"), ({"limit": 1000}, "=1000"), ({"limit": None}, ""),
        ({"q": "芯"}, "=芯"), ({"pages": (1, None, 2.5)}, "1,,2.5"), ({"off": False}, "False"),
        ({"deep": {"x": 1}}, "x"),
    ],
)  # fmt: skip
def test_every_kind_of_detail_is_shown(value: Any, shown: str, language: Language) -> None:
    detail = {"count": value}
    line = Line(1, datetime(2026, 11, 30, tzinfo=UTC), "export", "ok", "a", "A", "", "", "", "towns", detail, "", "")
    found = str(lines([line], load().access, {}, language))
    assert shown in found
    assert ("=" in found.partition("towns")[2].partition("</td>")[0]) == (isinstance(value, dict) and bool(shown))
