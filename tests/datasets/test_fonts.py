"""Widths of texts are those of the shipped font."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from cockpit.datasets import fonts
from cockpit.phrases import keys, phrase


@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_as_wide_as_the_font_sets_it(bold: bool) -> None:
    face = ImageFont.truetype(fonts.FOLDER / f"NotoSansCJKsc-{'Bold' if bold else 'Regular'}.otf", 1000)
    texts = [text for key in keys() for text in (phrase(key).zh, phrase(key).en) if "\n" not in text]
    off = []
    for text in texts:
        kerned, ours = face.getlength(text) / 1000, fonts.width_of(text, bold=bold)
        if not kerned * 0.99 <= ours <= kerned * 1.06:
            off.append((text, ours, kerned))
    assert not off, off[:5]


def test_a_sign_the_font_lacks_takes_one_em() -> None:
    assert fonts.width_of("\U0002a700") == 1.0
    assert fonts.width_of("") == 0.0
