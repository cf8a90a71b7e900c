"""Who acts in the tests, and why."""

from __future__ import annotations

from cockpit.acting import Act, Actor


def by(name: str, note: str = "n", *, post: str = "") -> Act:
    return Act(Actor(name, post=post, via="screen"), note)
