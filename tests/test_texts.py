"""What nobody sees is taken out of a text, and nothing else is."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.texts import INVISIBLE, visible


def test_every_format_control_is_known() -> None:
    controls = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert [sign for sign in controls if visible(sign)] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("云\u200b栖", "云栖"), ("\u202e镇小山梦", "镇小山梦"), ("\ufeff梦想", "梦想"), ("a\u2066b\u2069", "ab"),
        ("soft\u00adhyphen", "softhyphen"), ("\u3164", ""), ("\U000e0041", ""), ("云栖\n第二行", "云栖\n第二行"),
        ("𬭚镁·é", "𬭚镁·é"), ("葛\U000e0100城", "葛城"), ("云\ufe0f栖", "云栖"), ("云\ufe00栖", "云栖"),
        ("云\u2065栖", "云栖"),
        ("云\x07栖", "云栖"), ("a\x7fb", "ab"), ("云\x84栖", "云栖"), ("云\ufffc栖", "云栖"),
        ("a\tb\r\nc", "a\tb\r\nc"),
    ],
)  # fmt: skip
def test_what_is_seen_stays(written: str, read: str) -> None:
    assert visible(written) == read


def test_every_variation_selector_is_known() -> None:
    selectors = [
        chr(code) for code in range(sys.maxunicode + 1) if "VARIATION SELECTOR" in unicodedata.name(chr(code), "")
    ]
    assert len(selectors) >= 256
    assert [sign for sign in selectors if visible(sign)] == []


@given(st.text())
def test_only_invisible_signs_go_and_once_is_enough(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible(text) == "".join(sign for sign in text if not INVISIBLE.match(sign))
