"""What a page does not offer somebody, he asks for over the socket himself: nothing comes of it, and it is on record.

Who may opens the page and fills its form; who may not sends the very same, with the button pressed, in a session of his
own. Afterwards the first presses it, so that the forged message is known to be one that would have done it.
"""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from benchmarks.serving import Server, running_server
from cockpit.access import grants, signing_in
from cockpit.access.house import Access, open_access
from cockpit.datasets.decisions.log import open_log
from cockpit.datasets.matters.log import matter_log
from cockpit.datasets.publishing.submissions import open_submission
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.service.entrance import COOKIE
from cockpit.vocabulary import DECISION_ACTIONS
from tests.access.conftest import GOOD, make
from tests.datasets import publishing_small
from tests.wire.reader import Reader

pytestmark = pytest.mark.long
TOWN, DECIDED = "D330102A", "D330421A"
ROLES = ("viewer", "leader", "clerk", "publisher", "system_admin", "security_admin", "audit_admin")


@dataclass(frozen=True)
class House:
    server: Server
    access: Access
    cookies: dict[str, str]
    database: str

    async def open(self, role: str, page: str, query: str) -> Reader:
        return await Reader.open(self.server.url, page, query, self.cookies[role])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("forged")
    database = f"sqlite:///{place}/a.sqlite"
    given = {"COCKPIT_ACCESS": "accounts", "COCKPIT_DATABASE_URL": database, "COCKPIT_DATA_DIR": str(place / "data")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        access, cookies = open_access(database), {}
        for role in ROLES:
            account = role.replace("_", "-")
            make(access, account, role)
            cookies[role] = f"{COOKIE}={signing_in.sign_in(access, account, GOOD, '127.0.0.1', 'x').token}"
        with running_server(environment=given) as server:
            yield House(server, access, cookies, database)


def _waiting() -> str:
    return publishing_small.submit({(TOWN, "2025", "total_output_yuan"): 999.0}).id


async def _fill_review(page: Reader, about: str) -> None:
    await page.click(f"act_note|review|{about}", "核对无误")


async def _fill_decision(page: Reader, about: str) -> None:
    await page.click(f"decide_action|demo|{DECIDED}", DECISION_ACTIONS["note"].zh)
    await page.click(f"act_note|decide|demo|{DECIDED}", "看过")


async def _fill_matter(page: Reader, about: str) -> None:
    await page.click("matter_title", "请报送")
    await page.click("matter_subject", page.offered["matter_subject"][0])
    await page.click("matter_goal", [say("actions.goal_evidence", "zh")])


async def _fill_grant(page: Reader, about: str) -> None:
    account, role, scope, reason = (
        f"label:{say(key, 'zh')}" for key in ("access.account", "access.role", "access.scope", "access.reason")
    )
    await page.click(account, "viewer")
    await page.click(role, load().access.roles["publisher"].label.zh)
    await page.click(scope, [say("person.scope_all", "zh")])
    await page.click(reason, "试")


@dataclass(frozen=True)
class Deed:
    """`count` says what has been done so far; `event` what a refusal is on record as, "" where no page holds the
    button."""

    role: str
    page: str
    query: str
    button: str
    fill: Callable[[Reader, str], Awaitable[None]]
    count: Callable[[House, str], object]


DEEDS = {
    "publish": Deed(
        "publisher", "data", "part=review&submission={}", "publish", _fill_review,
        lambda house, about: open_submission("demo", about).state,
    ),
    "reject": Deed(
        "publisher", "data", "part=review&submission={}", "reject", _fill_review,
        lambda house, about: open_submission("demo", about).state,
    ),
    "decide": Deed(
        "leader", "lists", f"town={DECIDED}", f"FormSubmitter:decide|{DECIDED}", _fill_decision,
        lambda house, about: open_log().count("demo"),
    ),
    "hand out": Deed(
        "leader", "actions", "", "matter_new", _fill_matter,
        lambda house, about: matter_log(house.database).count(),
    ),
    "grant": Deed(
        "security_admin", "access", "", "FormSubmitter:grant_give", _fill_grant,
        lambda house, about: len(grants.every(house.access)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_a_forged_message_does_nothing_and_the_same_of_who_may_does_it(house: House, name: str) -> None:
    deed, about = DEEDS[name], _waiting() if name in ("publish", "reject") else ""

    async def scene() -> None:
        query = f"dataset=demo&lang=zh&{deed.query.format(about)}"
        mine = await house.open(deed.role, deed.page, query)
        await deed.fill(mine, about)
        before = deed.count(house, about)
        for role in ROLES:
            if role != deed.role:
                forger = await house.open(role, deed.page, query)
                await forger.forge(deed.button, mine)
                assert deed.count(house, about) == before, role
                await forger.close()
        await mine.forge(deed.button)
        assert deed.count(house, about) != before, mine.said
        await mine.close()

    asyncio.run(scene())


# Files ---------------------------------------------------------------------------------------------------------------


def _asked(house: House, role: str, path: str, method: str = "GET") -> tuple[int, bytes]:
    headers = {"Cookie": house.cookies[role], "Origin": house.server.url}
    data = b"--b\r\n\r\n--b--" if method == "PUT" else None
    asked = urllib.request.Request(house.server.url + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=30) as answer:
            return int(answer.status), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _status(house: House, role: str, path: str) -> int:
    return _asked(house, role, path)[0]


async def _made(page: Reader, button: str) -> str:
    """Where the file of a download button lies, asked for by a page, whoever's button it is."""
    message = BackMsg()
    request = message.backend_operation_request
    request.request_id, request.session_id, request.deferred_file.file_id = "r", page.session, button
    for answer in await page.ask(message):
        if answer.WhichOneof("type") == "backend_operation_response":
            assert not answer.backend_operation_response.error_msg, answer
            return str(answer.backend_operation_response.deferred_file.url)
    raise AssertionError("no answer")


def test_a_download_is_answered_to_the_sign_in_it_was_made_for_and_to_nobody_else(house: House) -> None:
    async def scene() -> None:
        mine = await house.open("leader", "towns", "dataset=demo")
        url = await _made(mine, mine.files[0])
        assert url.startswith("/media/")
        assert _status(house, "leader", url) == 200
        for role in ROLES:
            if role != "leader":
                assert _status(house, role, url) == 403, role
        # Who knows the button's own number has the file made, for its owner.
        other = await house.open("publisher", "towns", "dataset=demo")
        assert _status(house, "publisher", await _made(other, mine.files[0])) == 403
        assert _status(house, "publisher", await _made(other, other.files[0])) == 200
        await mine.close()
        await other.close()

    asyncio.run(scene())


def test_an_upload_into_the_session_of_somebody_else_is_refused(house: House) -> None:
    make(house.access, "clerk-2", "clerk")
    token = signing_in.sign_in(house.access, "clerk-2", GOOD, "127.0.0.1", "x").token
    house.cookies["clerk 2"] = f"{COOKIE}={token}"

    async def scene() -> None:
        mine = await house.open("clerk", "data", "dataset=demo")
        path = f"/_stcore/upload_file/{mine.session}/f"
        for role in ("clerk 2", "viewer", "publisher"):
            for method in ("PUT", "DELETE"):
                assert _asked(house, role, path, method)[0] == 403, (role, method)
                assert (b"not yours" in _asked(house, role, path, method)[1]) == (role == "clerk 2")
        # His own is let in as far as Streamlit, which asks for the page's own token.
        assert b"not yours" not in _asked(house, "clerk", path, "DELETE")[1]
        await mine.close()

    asyncio.run(scene())
