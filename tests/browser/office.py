"""An office that signs in: the app with accounts, and a database both the tests and the app look into.

Sessions are opened beside the app where a test is not about the way in: a password is hashed on purpose slowly.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from playwright.sync_api import Page

from benchmarks.serving import PROJECT, Server
from cockpit.access import accounts, grants, keys, signing_in
from cockpit.access.house import Access, open_access
from cockpit.access.people import Way
from cockpit.access.recording import shell_person
from cockpit.access.tables import ACCOUNTS, FAILURES
from cockpit.cli.granting import EXAMPLES, counties
from cockpit.policy.register import FOLDER
from cockpit.rights import read_scope
from cockpit.service.entrance import COOKIE
from tests.browser.waiting import wait_until_settled

PASSWORD: Final = "Longjing-8848-mx"
ROLES: Final = {role: account for account, _, _, role, _ in EXAMPLES}
# Read by the app at its start, as Python reads any module of this name: the clock of everything about access goes ahead
# by the hours written in a file, and the records are those of another folder.
_CUSTOM: Final = """
import os
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from cockpit.policy import register

load, folder = register.load, Path(os.environ.get("TEST_POLICY", register.FOLDER))
register.load = lambda asked=folder: load(asked)

from cockpit.access import house

opened, real, hours = house._opened.__wrapped__, house._utc_now, Path(os.environ["TEST_HOURS"])


def moved():
    return real() + timedelta(hours=float(hours.read_text()))


house._opened = lru_cache(maxsize=8)(lambda url: replace(opened(url), clock=moved))
"""


@dataclass(frozen=True)
class Office:
    """`folder` holds the database and the data; the app and the tests see the same."""

    server: Server
    access: Access
    folder: Path

    def hire(self, account: str, role: str = "", scope: str = "330000", *, first: bool = False, **more: str) -> str:
        """Make an account with a grant. Its password is `PASSWORD`, or with `first` the returned first one."""
        person = shell_person()
        name, office = more.get("name", "示例甲"), more.get("office", "省特镇办")
        given = accounts.add(self.access, account, name, office, person, source=more.get("source", "local"))
        if given and not first:
            known = sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account)
            hashed = accounts.hashing(self.access).hash(PASSWORD)
            with self.access.database.connection(writes=True) as connection:
                connection.execute(known.values(password=hashed, must_change=False))
        if role:
            self.grant(account, role, scope)
        return given if first else PASSWORD

    def grant(self, account: str, role: str, scope: str = "330000") -> int:
        return grants.give(self.access, account, role, read_scope(scope), shell_person(), "测试", counties())

    def revoke(self, number: int) -> None:
        grants.revoke(self.access, number, shell_person(), "测试", counties())

    def device_key(self, scope: str = "330000") -> str:
        return keys.make(self.access, "device", "大厅大屏", "presenter", read_scope(scope), None, shell_person())

    def session(self, account: str, way: Way = "password") -> str:
        """The token of a session of an account, as a sign-in would have opened it."""
        return signing_in.vouched(self.access, account, way, "127.0.0.1", "test").token

    def forgive(self) -> None:
        """Forget failed sign-ins: all tests come from one address, which has only so many."""
        with self.access.database.connection(writes=True) as connection:
            connection.execute(sa.delete(FAILURES))

    def enter(self, page: Page, account: str) -> str:
        """Give the page's browser a session of an account; returns its token."""
        token = self.session(account)
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.server.url}])
        return token

    def open(self, make: Callable[..., Page], account: str, path: str, **options: Any) -> Page:
        """A page of the app, of who is signed in."""
        page = make("", **options)
        self.enter(page, account)
        page.goto(self.server.url + path)
        wait_until_settled(page)
        return page


def settings(folder: Path, access: str = "accounts", **more: str) -> dict[str, str]:
    """The environment of an app with accounts in a folder."""
    return {
        "COCKPIT_ACCESS": access,
        "COCKPIT_DATABASE_URL": f"sqlite:///{folder}/access.sqlite",
        "COCKPIT_DATA_DIR": str(folder / "data"),
        **more,
    }


def customized(folder: Path, groups: str = "") -> dict[str, str]:
    """Settings of an app whose clock `put_ahead` moves, with groups of a sign-on service beside the records' own."""
    (folder / "custom").mkdir()
    (folder / "custom" / "sitecustomize.py").write_text(_CUSTOM, encoding="utf-8")
    policy = shutil.copytree(FOLDER, folder / "policy")
    with (policy / "access.toml").open("a", encoding="utf-8") as records:
        records.write(groups)
    put_ahead(folder, 0)
    path = os.pathsep.join((str(folder / "custom"), str(PROJECT)))
    return {"PYTHONPATH": path, "TEST_HOURS": str(folder / "hours"), "TEST_POLICY": str(policy)}


def put_ahead(folder: Path, hours: float) -> None:
    """Move the clock of an app with `customized` settings."""
    written = folder / "hours.new"
    written.write_text(str(hours))
    written.replace(folder / "hours")  # at once: the app reads it at any moment


def staffed(folder: Path) -> Access:
    """One account a role, as `python -m cockpit account demo` names them; made first, for without an administrator no
    app starts."""
    access, person = open_access(f"sqlite:///{folder}/access.sqlite"), shell_person()
    for account, name, place, role, scope in EXAMPLES:
        accounts.add(access, account, name, place, person)
        grants.give(access, account, role, read_scope(scope), person, "测试", counties())
    return access
