"""No answer of the interface names a town outside a reader's scope: ten thousand of them, drawn as in test_scope.py.

A file of its own, so that two processes share the drawing.
"""

from __future__ import annotations

import json
import random

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Send
from starlette.types import Scope as Asked

from cockpit.access.people import Person
from cockpit.rights import Scope
from cockpit.service.entrance import PERSON
from cockpit.service.routes import ROUTES
from tests.access.scoped import decide_all_over, foreign, found_outside, leaks, questions, random_reader

ASKED_AT_ONCE, ASKED_OF_ONE = 50, 5


@pytest.fixture(scope="module", autouse=True)
def _decided() -> None:
    decide_all_over()


def _client(person: Person) -> TestClient:
    app = Starlette(routes=ROUTES)

    async def as_person(scope: Asked, receive: Receive, send: Send) -> None:
        await app({**scope, PERSON: person} if scope["type"] == "http" else scope, receive, send)

    return TestClient(as_person)


def _address(chance: random.Random, dataset: str) -> str:
    path = chance.choice(
        [route.path for route in ROUTES if isinstance(route, Route) and route.path.startswith("/api/")]
    )
    known = questions(dataset)
    strange = chance.choice([*known["town"], "chip", "x"])
    return path.replace("{id}", chance.choice([*known["target" if "targets" in path else "chain"], strange]))


def _parameters(chance: random.Random, dataset: str, path: str) -> dict[str, str]:
    """Mostly what the address understands; sometimes a word that is nearly one, for what the refusal suggests."""
    known = questions(dataset)
    names = ["county", "prefecture", "class", "status", "mountain", "q", "period", "lang"]
    names += ["chain", "node", "town", "search", "sort", "limit"] if "firms" in path else []
    names += ["kind", "kind", "kind"] if "elements" in path else []
    more = {
        "kind": known["ekind"],
        "search": known["fq"],
        "sort": ["revenue_yuan", "town_code"],
        "limit": ["5", "1000"],
    }
    asked = {name: chance.choice(known.get(name) or more[name]) for name in chance.sample(names, chance.randint(0, 3))}
    if chance.random() < 0.25:
        name, value = chance.choice(("town", "county", "towm", "version", "chain")), chance.choice(known["town"])
        asked[name] = value[:-1] + chance.choice("XYZ")
    return {**asked, "dataset": dataset}


def _ask(seed: int, count: int) -> None:
    """Of every reader drawn several things are asked, each drawn as well."""
    chance = random.Random(seed)
    for number in range(count):
        if number % ASKED_OF_ONE == 0:
            dataset = chance.choice(("demo", "demo", "demo", "public"))
            scope, person = random_reader(chance, dataset)
            client = _client(person)
        path = _address(chance, dataset)
        asked = _parameters(chance, dataset, path)
        answer = client.get(path, params=asked)
        assert answer.status_code in (200, 400, 403, 404), (path, asked, answer.text[:300])
        told = answer.text + json.dumps(dict(answer.headers), ensure_ascii=False)
        assert found_outside(told, scope, (path, *asked.values()), dataset) == [], (path, asked, scope)


@pytest.mark.many
@pytest.mark.parametrize("batch", range(10))
def test_no_answer_of_the_interface_names_a_town_outside(batch: int) -> None:
    _ask(2000 + batch, ASKED_AT_ONCE)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(100))
def test_ten_thousand_answers_of_the_interface_name_no_town_outside(batch: int) -> None:
    _ask(5000 + batch, 100)


def test_a_reader_without_a_scope_is_told_of_no_town_at_all() -> None:
    nobody = Person("zhang3", "张三", roles=("viewer",), way="password")
    for path in ("towns", "lists", "firms", "firms.csv", "vitality", "per-mu", "chains", "targets"):
        told = _client(nobody).get(f"/api/v1/{path}", params={"dataset": "demo"}).text
        assert leaks(told, foreign("demo", Scope())) == [], path
