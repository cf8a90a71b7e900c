"""A reader with a scope, and all that a page sends him."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

import pandas as pd
from streamlit.testing.v1 import AppTest

from cockpit.access.people import Person, rights_of
from cockpit.analysis.selection import towns_in
from cockpit.briefings import open_desk
from cockpit.policy.register import load
from cockpit.rights import Scope


def reader(role: str, scope: Scope) -> Person:
    """Somebody with one role and one scope."""
    rights, sees = rights_of(load().access, [(role, scope)])
    return Person("fuyang-01", "王五", "特镇办", (role,), rights, sees, "password", "0" * 12)


@contextmanager
def signed_in(person: Person | None) -> Iterator[None]:
    """Every run and act in here is this person's."""
    with (
        patch("cockpit.ui.frame.shell.current", lambda: person),
        patch("cockpit.ui.frame.acting.current", lambda: person),
    ):
        yield


def sent(app: AppTest) -> str:
    """Everything a page sends to the browser, as text: elements, data of browser parts, specs and tables of charts."""
    texts: list[str] = []
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is None:
            continue
        raw = proto.SerializeToString()
        texts.append(raw.decode("utf-8", "ignore"))
        texts.append(re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), texts[-1]))
    return "\n".join(texts)


def random_scope(chance: random.Random, towns: pd.DataFrame) -> Scope:
    """A prefecture, some counties, or some towns."""
    kind = chance.choice(("prefecture", "counties", "towns"))
    if kind == "prefecture":
        return Scope(frozenset({chance.choice(sorted(towns["prefecture_adcode"].astype("str").unique()))}))
    if kind == "counties":
        counties = sorted(towns["county_adcode"].astype("str").unique())
        return Scope(frozenset(chance.sample(counties, chance.randint(1, 3))))
    return Scope(frozenset(), frozenset(chance.sample(sorted(towns["town_code"].astype("str")), chance.randint(1, 4))))


def foreign(dataset: str, scope: Scope) -> tuple[str, ...]:
    """Names and codes of the towns outside a scope, but for those that stand within the name of one inside."""
    towns = open_desk(dataset).dataset.towns
    inside: set[str] = set()
    outside: set[str] = set()
    for is_inside, called in zip(towns_in(towns, scope), _called(dataset), strict=True):
        (inside if is_inside else outside).update(called)
    own = "\n".join(inside)
    return tuple(sorted(text for text in outside if len(text) > 1 and text not in own))


@cache
def _called(dataset: str) -> list[tuple[str, ...]]:
    """What each town goes by: code and both names."""
    towns = open_desk(dataset).dataset.towns
    return [*zip(*(towns[column].astype("str") for column in ("town_code", "name_zh", "name_en")), strict=True)]


def leaks(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in text]
