"""Who acts in the tests, and why: somebody who may do everything."""

from __future__ import annotations

from cockpit.acting import Act, Actor
from cockpit.rights import ALL, joined

VERBS = ("submit", "publish", "roll_back", "decide", "file_task", "answer_task", "verify_task")
EVERYTHING = joined([(VERBS, ALL)])


def by(name: str, note: str = "n", *, post: str = "") -> Act:
    return Act(Actor(name, post=post, via="screen", rights=EVERYTHING), note)
