"""Which register judged is told by one hash: of what the records say, not of how the files are laid out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cockpit.policy.register import FOLDER, load, short


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "policy"))


def test_a_copy_has_the_same_hash_and_the_register_carries_it(copy: Path) -> None:
    assert load(copy).fingerprint == load().fingerprint
    assert len(load().fingerprint) == 64
    assert load().fingerprint.startswith(short(load().fingerprint))


def test_comments_and_the_order_of_records_change_nothing(copy: Path) -> None:
    path = copy / "glossary.toml"
    first, *others = path.read_text(encoding="utf-8").split("\n[")
    path.write_text("# a remark\n" + first + "\n[" + "\n\n[".join(reversed(others)) + "\n", encoding="utf-8")
    assert load(copy).fingerprint == load().fingerprint


@pytest.mark.many
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_change_of_any_file_changes_it(copy: Path, path: Path) -> None:
    text = (copy / path.name).read_text(encoding="utf-8")
    word = next(line for line in text.splitlines() if "_en" in line)  # a label or a reading, or what stands for one
    (copy / path.name).write_text(text.replace(word, word[:-1] + '!"', 1), encoding="utf-8")
    assert load(copy).fingerprint != load().fingerprint
