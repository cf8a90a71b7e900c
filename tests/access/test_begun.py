"""An act stands between two lines of the audit record: whoever dies between them leaves the first."""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from cockpit.access import audit
from cockpit.access.house import Access, AccessUnavailable
from cockpit.acting import Act
from cockpit.datasets.decisions.log import Draft, open_log
from cockpit.datasets.findings import Upload
from cockpit.datasets.publishing.releases import publish, reject, roll_back
from cockpit.datasets.publishing.submissions import keep
from cockpit.datasets.store import loading
from cockpit.datasets.store.loading import current_marker
from cockpit.errors import DatasetError
from cockpit.rights import ALL
from tests.access.writing import CLERK, FIGURES, PUBLISHER, act_of, hand_in, house, person_of, small, told
from tests.datasets.publishing_small import checked

__all__ = ["house", "small"]


def _ready_to_publish() -> Callable[[Act], object]:
    kept = hand_in(CLERK).id
    return lambda act: publish("demo", kept, act, "v0001")


def _ready_to_roll_back() -> Callable[[Act], object]:
    publish("demo", hand_in(CLERK).id, act_of(PUBLISHER), "v0001")
    return lambda act: roll_back("demo", "v0001", act)


def _ready_to_reject() -> Callable[[Act], object]:
    kept = hand_in(CLERK).id
    return lambda act: reject("demo", kept, act)


def _ready_to_hand_in() -> Callable[[Act], object]:
    sent = [Upload("a.xlsx", b"bytes")]
    return lambda act: keep("demo", sent, checked(FIGURES), act, checked_against="v0001")


def _ready_to_decide() -> Callable[[Act], object]:
    return lambda act: open_log().append(DRAFT, act, 0)


DRAFT = Draft(
    dataset="demo", town_code="A", action="note", until=None, clauses=(), risk_grade="", suggestion="",
    data_version="v0001", register="", objection="",
)  # fmt: skip
RELEASES = "cockpit.datasets.publishing.releases"
# What is done, and the last thing it does: where a program that is ended has done all of it, and told nobody.
ENDINGS: dict[str, tuple[Callable[[], Callable[[Act], object]], str]] = {
    "publish": (_ready_to_publish, f"{RELEASES}._record"),
    "roll_back": (_ready_to_roll_back, f"{RELEASES}._record"),
    "reject": (_ready_to_reject, f"{RELEASES}.log_step"),
    "submit": (_ready_to_hand_in, "cockpit.datasets.publishing.submissions.os.rename"),
    "decide": (_ready_to_decide, "cockpit.datasets.decisions.store.Store.append"),
}
ALL_ROUND = person_of("all-round", ("publisher", ALL), ("clerk", ALL), ("leader", ALL))


class Pulled(BaseException):
    """The plug: nothing in the program catches it."""


def _then(ends: Callable[[], Any], last: str) -> Callable[..., Any]:
    """What does the last thing of an act, and then ends."""
    does = pkgutil.resolve_name(last)

    def instead(*args: Any, **named: Any) -> Any:
        does(*args, **named)
        ends()

    return instead


def _pull() -> None:
    raise Pulled


def _beginnings(house: Access, event: str) -> list[int]:
    return [line.number for line in audit.lines(house, event=event, outcome="begun")]


@pytest.mark.many
@pytest.mark.parametrize("event", ENDINGS)
def test_an_act_broken_off_after_it_was_done_has_its_beginning_on_record(house: Access, event: str) -> None:
    ready, last = ENDINGS[event]
    does = ready()
    with pytest.raises(Pulled), patch(last, _then(_pull, last)):
        does(act_of(ALL_ROUND))
    found = _beginnings(house, event)
    assert found
    assert audit.verify(house).unended == (found[0],)


@pytest.mark.parametrize("event", ENDINGS)
def test_an_act_done_has_both_lines(house: Access, event: str) -> None:
    ENDINGS[event][0]()(act_of(ALL_ROUND))
    both = [line for line in reversed(audit.lines(house)) if line.event == event][-2:]
    assert [line.outcome for line in both] == ["begun", "ok"]
    assert len({line.detail["deed"] for line in both}) == 1
    assert audit.verify(house).unended == ()


@pytest.mark.parametrize("event", ENDINGS)
def test_an_act_that_fails_says_so(house: Access, event: str) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    ready, last = ENDINGS[event]
    does = ready()
    with pytest.raises((DatasetError, OSError)), patch(last, fails):
        does(act_of(ALL_ROUND))
    assert told(house)[:2] == (event, "failed")
    assert audit.verify(house).unended == ()


@pytest.mark.parametrize("event", ENDINGS)
def test_nothing_is_done_that_cannot_be_put_on_record(house: Access, event: str) -> None:
    ready, last = ENDINGS[event]
    does = ready()
    act = act_of(ALL_ROUND)

    def away(name: str, outcome: str, *rest: Any) -> None:
        if name == event:
            raise AccessUnavailable("here", "no_answer")

    deaf = Act(replace(act.actor, recorder=away), act.note)
    with pytest.raises(AccessUnavailable), patch(last) as at_last:
        does(deaf)
    assert not at_last.called


def _killed(shipped: Path) -> None:
    """In a process of its own: publishes, and is gone before the second line."""
    for module in ("cockpit.datasets.store.loading", RELEASES):
        patch(f"{module}.SHIPPED", shipped).start()
    ready, last = ENDINGS["publish"]
    does = ready()
    patch(last, _then(lambda: os._exit(9), last)).start()
    does(act_of(ALL_ROUND))


@pytest.mark.long
def test_a_process_killed_between_act_and_record_is_seen_in_the_record(house: Access) -> None:
    child = multiprocessing.get_context("spawn").Process(target=_killed, args=(loading.SHIPPED,))
    child.start()
    child.join(60)
    assert child.exitcode == 9
    assert current_marker("demo") == "v0002"
    assert audit.verify(house).unended == tuple(_beginnings(house, "publish"))
