"""Killed at any point, a publisher leaves the old version or the new one, whole, and a log that tells the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.datasets.publishing_small import ship

ROOT = Path(__file__).resolve().parents[3]
RANDOM_KILLS = 15
MANY_KILLS = 500


def publish_and_kill(tmp_path: Path, kills: int, seed: int, seconds: float) -> dict[str, Any]:
    """Let publishers be killed at every step and at so many random moments beside readers; returns what was seen."""
    ship(tmp_path / "shipped")
    places = {"SHIPPED": str(tmp_path / "shipped"), "COCKPIT_DATA_DIR": str(tmp_path / "written")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.datasets.crashing", str(kills), str(seed)],
        cwd=ROOT,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["failed_readers"] == 0, done.stderr
    assert found["at_steps"] > 20, "every touch of the disk was a place to die"
    assert found["kills"] > found["at_steps"]
    assert sum(reader["reads"] for reader in found["reads"]) > 50
    assert min(reader["versions"] for reader in found["reads"]) >= 3, "the readers saw the versions change"
    # One publication before the kills, those that came through, and the roll-back at the end.
    assert found["logged"] == found["moved"] + 2
    assert found["log_is_a_chain"]
    assert found["log_tells_all"], "a submission is published exactly when the log says so"
    assert found["left_behind"] == []
    return found


@pytest.mark.long
def test_kill_9_at_every_step_and_at_random_never_shows_a_reader_anything_mixed(tmp_path: Path) -> None:
    publish_and_kill(tmp_path, RANDOM_KILLS, 20261123, 120)


@pytest.mark.long
def test_five_hundred_kills_at_random_moments_never_leave_half_a_version(tmp_path: Path) -> None:
    found = publish_and_kill(tmp_path, MANY_KILLS, 20261128, 1800)
    assert found["kills"] - found["at_steps"] >= MANY_KILLS
    assert sum(reader["reads"] for reader in found["reads"]) > 1000
