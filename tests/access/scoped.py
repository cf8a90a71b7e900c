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
from cockpit.datasets.decisions.log import Draft, open_log
from cockpit.policy.register import load
from cockpit.rights import Scope
from cockpit.vocabulary import LANGUAGES
from tests.acts import by

ROLES = ("viewer", "leader", "analyst", "presenter", "clerk", "publisher", "supervisor")
Questions = dict[str, list[str]]


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


@cache
def questions(dataset: str) -> Questions:
    """What an address may ask for, with towns of the whole province among it and words that are nearly theirs."""
    desk = open_desk(dataset)
    towns = desk.dataset.towns
    codes, names = list(towns["town_code"].astype(str)), list(towns["name_zh"].astype(str))
    targets, chains = list(desk.register.targets), list(desk.register.chains)
    four = ["area", "class", "county", "town"]
    whats = ("total_output_yuan", "vitality", "lists", "per_mu.industrial")
    return {
        "town": codes, "compare": codes, "pick": codes, "per_mu_town": codes, "code": codes + names,
        "q": [*(name[:2] for name in names), *codes, *(code[:-1] for code in codes)],
        "county": list(towns["county_adcode"].astype(str).unique()),
        "prefecture": list(towns["prefecture_adcode"].astype(str).unique()),
        "class": list(towns["industry_class"].astype(str).unique()),
        "status": ["named", "creating"], "mountain": ["yes", "no"], "period": list(desk.choices.periods),
        "target": targets, "measure": targets, "chain": chains, "lang": list(LANGUAGES), "gapby": four, "by": four,
        "node": [f"{chain}.{node.id}" for chain in chains for node in desk.register.chains[chain].nodes],
        "source": [f"town:{code}:{what}:2025" for code in codes[::7] for what in whats]
        + [f"target:{target}:2025" for target in targets],
        "part": ["submit", "template", "review", "versions", "trace", "freshness"],
        "scene": ["overview", "map", "chain", "lists", "tour", "vitality"], "scenes": ["overview,map,chain,lists"],
        "alert": ["all", *desk.register.alerts, *(f"norms|{code}|green" for code in codes[::9])],
        "ekind": list(desk.register.elements.kinds), "egroup": list(desk.register.elements.groups),
        "step": ["propose", "break", "whatif", "track"],
        "matter": ["DB-2026-0001"], "mview": ["board", "table"], "mregion": ["330100", "330300"],
        "fq": [name[:2] for name in names], "check": ["deadline", "assessment"], "figure": ["total_output_yuan"],
        **{f"{name}view": ["table", "chart"] for name in ("gap", "trend", "parts", "chain", "map", "clock", "fresh")},
    }  # fmt: skip


def drawn(chance: random.Random, dataset: str, most: int = 4) -> dict[str, str]:
    known = questions(dataset)
    return {name: chance.choice(known[name]) for name in chance.sample(sorted(known), chance.randint(0, most))}


def random_reader(chance: random.Random, dataset: str) -> tuple[Scope, Person]:
    scope = random_scope(chance, open_desk(dataset).dataset.towns)
    return scope, reader(chance.choice(ROLES), scope)


def found_outside(text: str, scope: Scope, typed: object, dataset: str) -> list[str]:
    """Towns outside that a text speaks of, but for what was typed and for the words of published documents as quoted
    on the page of sources (命名滨江物联网小镇等20个小镇): those are everybody's."""
    told = str(typed)
    found = [word for word in leaks(text, foreign(dataset, scope)) if word not in told]
    for quoted in _quoted(dataset) if found else ():
        text = text.replace(quoted, "")
    return leaks(text, tuple(found))


@cache
def _quoted(dataset: str) -> tuple[str, ...]:
    """Texts of the sources and quotes that name a town, the longest first."""
    desk, names = open_desk(dataset), foreign(dataset, Scope())
    texts: set[str] = set()
    for table in ("sources", "published"):
        frame = desk.dataset.table(table)
        texts |= {str(text) for column in frame.columns for text in frame[column]}
    named = {text for text in texts if leaks(text, names) and text not in names}
    return tuple(sorted(named, key=len, reverse=True))


@cache
def decide_all_over() -> None:
    """Decisions on towns all over the province, one of them refused: an attempt is a line as well."""
    log = open_log()
    towns = open_desk("demo").dataset.towns
    for code in towns["town_code"].astype(str)[::9]:
        draft = Draft(
            dataset="demo", town_code=code, action="note", until=None, clauses=(), risk_grade="", suggestion="",
            data_version="v0001", register="", objection="",
        )  # fmt: skip
        log.append(draft, by("王五", "看过", post="处长"), 0)
