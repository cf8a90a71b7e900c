"""Every quote of the register was compared with the document; the comparison is on record and nothing is skipped."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.phrases import PHRASES
from tools.make_phrases import cited, clauses

ROOT = Path(__file__).resolve().parents[2]


def test_the_phrases_on_record_are_those_the_register_quotes() -> None:
    kept = {(clause, phrase) for clause, found in PHRASES.items() for phrase in found}
    assert kept == cited(), (
        f"not yet compared with the document: {sorted(cited() - kept)}, quoted no more: {sorted(kept - cited())}; run "
        "python tools/make_phrases.py policy.md on the text of the document, which is not shipped (its head says how)"
    )


def test_they_are_phrases_and_no_sentences() -> None:
    for phrase in (phrase for found in PHRASES.values() for phrase in found):
        assert len(phrase) <= 25
        assert "。" not in phrase


def test_no_test_of_the_register_looks_outside_the_repository_or_skips() -> None:
    for path in (ROOT / "tests" / "policy").glob("*.py"):
        assert path == Path(__file__) or not re.search(r"parents\[3\]|\.skip", path.read_text(encoding="utf-8")), (
            path.name
        )


def test_a_document_is_cut_at_its_clauses() -> None:
    text = "head [9] no clause\n## [1] 总体\n达到5个\n[2.1] 一\n[2.1.1] 二"
    assert {clause: part.strip() for clause, part in clauses(text).items()} == {
        "1": "总体\n达到5个", "2.1": "一", "2.1.1": "二"
    }  # fmt: skip


@pytest.mark.parametrize("said", ["## [1] 没有这句话\n", ""])
def test_a_quote_that_is_not_in_the_document_is_named_and_nothing_is_written(tmp_path: Path, said: str) -> None:
    document = tmp_path / "policy.md"
    document.write_text(said, encoding="utf-8")
    before = (ROOT / "tests" / "policy" / "phrases.toml").read_bytes()
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_phrases.py"), str(document)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "[1] 特色小镇总产出突破2.5万亿元" in run.stderr
    assert (ROOT / "tests" / "policy" / "phrases.toml").read_bytes() == before
