"""Where sign-in leads whom: an administrator sees no figures, and is not met by a page that is not his."""

from __future__ import annotations

import pytest

from cockpit.rights import ALL
from tests.access.scoped import reader, sent, signed_in
from tests.pages.opening import open_page


@pytest.mark.parametrize(
    ("role", "title"), [("security_admin", "谁能看、能做什么"), ("audit_admin", "谁在什么时候做了什么"), ("viewer", "")]
)
def test_the_first_page_of_an_administrator_is_his_own(role: str, title: str) -> None:
    with signed_in(reader(role, ALL)):
        app = open_page("cockpit", {})
    assert not app.exception
    assert title in sent(app)
    assert "您的角色不能打开这一页" not in sent(app)
