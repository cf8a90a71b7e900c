"""Texts from data where Streamlit reads Markdown: every sign that could mean something stands for itself."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.texts import plain


@given(st.text(max_size=100))
def test_every_sign_of_markdown_is_escaped_and_nothing_is_lost(text: str) -> None:
    made = plain(text)
    rest = re.sub(r"\\.", "", made)
    assert not set(rest) & set(string.punctuation)
    assert "\n" not in made


@pytest.mark.parametrize(
    "text", ["![x](http://outside.invalid/q.png)", "[点我](http://outside.invalid)", ":red[x] :material/home:", "$x$",
             "`x`", "<img src=x>", "# 大", "1. 一", "---", "| a | b |", "~~x~~", "[^1]: x", "&lt;b&gt;"],
)  # fmt: skip
def test_a_text_is_shown_as_it_stands(text: str) -> None:
    assert plain(text).replace("\\", "").replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["http://o.cn", "HTTPS://o.cn", "www.o.cn", "a@o.cn", "mailto:a@o.cn"])
def test_a_bare_address_is_no_link(text: str) -> None:
    # The rules of GitHub's Markdown for addresses without brackets, applied to what is left after unescaping.
    shown = plain(text).replace("\\", "")
    assert not re.search(r"(?i)(https?://|www\.|[\w.+-]+@[\w-]+\.)", shown)


def test_long_texts_are_cut() -> None:
    assert plain("字" * 300, 10) == "字" * 9 + "…"
