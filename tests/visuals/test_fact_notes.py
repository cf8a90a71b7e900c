"""Notes on published facts are told in the reader's language."""

from __future__ import annotations

import re

from cockpit.briefings import open_desk
from cockpit.phrases.towns import FACT_NOTES_ZH


def test_every_note_of_a_published_fact_has_chinese_words() -> None:
    written = {str(note) for note in open_desk("public").dataset.table("facts")["note"].dropna() if note}
    assert written == set(FACT_NOTES_ZH), "a note without words, or words without a note: cockpit/phrases/towns.py"
    assert not [text for text in FACT_NOTES_ZH.values() if re.search("[A-Za-z]{2}", text)]
