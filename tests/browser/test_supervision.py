"""督办 as its people live it: handed out in three clicks, answered on a phone, closed by the figure and a second one,
told when the figure falls back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server
from cockpit.briefings import open_desk
from cockpit.briefings.supervising import all_matters
from cockpit.briefings.ticking import tick
from cockpit.datasets.publishing.releases import publish, roll_back
from tests.acts import by
from tests.browser.office import ROLES, Office, settings, staffed
from tests.browser.waiting import find_accessibility_faults, wait_until_settled
from tests.datasets import publishing_small

pytestmark = pytest.mark.long  # a server with accounts
Open = Callable[..., Page]


@pytest.fixture
def desk(fresh_server: Callable[..., Server], tmp_path: Path) -> Office:
    access = staffed(tmp_path)
    with beside(tmp_path):
        tick("demo")  # what a server does soon after its start
    return Office(fresh_server(**settings(tmp_path)), access, tmp_path)


@contextmanager
def beside(folder: Path) -> Iterator[None]:
    """This process on the server's database and data."""
    with patch.dict(os.environ, settings(folder)):
        yield


def test_from_a_figure_to_its_end_and_back(open_page: Open, desk: Office) -> None:
    with beside(desk.folder):
        towns = open_desk("demo").dataset.towns.astype({"town_code": str, "name_zh": str})
        names = dict(zip(towns["town_code"], towns["name_zh"], strict=True))

    # The leader: three clicks from the cockpit.
    page = desk.open(open_page, ROLES["leader"], "/?lang=zh", width=1366, height=768)
    page.locator(".mrail").get_by_role("link").last.click()
    wait_until_settled(page)
    page.get_by_role("button", name="创建小镇特色产业投资占比低").click()
    wait_until_settled(page)
    assert find_accessibility_faults(page) == []
    page.get_by_role("button", name="交办", exact=False).filter(has_text="项").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("已交办")
    with beside(desk.folder):
        matter = next(item for item in all_matters().matters if item.lead == "长兴县特镇办" and not item.is_simulated)
    assert matter.state == "assigned"
    assert "特色产业投资占比" in matter.title

    # Who must answer, on a phone.
    desk.hire("changxing-01", "clerk", "330522", name="示例长兴", office="长兴县特镇办")
    phone = desk.open(open_page, "changxing-01", "/actions?lang=zh", width=390, height=844)
    expect(phone.locator("body")).to_contain_text(names[matter.subject])
    phone.goto(f"{desk.server.url}/actions?lang=zh&matter={matter.id}")
    wait_until_settled(phone)
    assert find_accessibility_faults(phone) == []
    phone.get_by_role("button", name="签收", exact=True).click()
    expect(phone.get_by_test_id("stAlert")).to_contain_text("已记录“签收”")

    # A file reaches the goal: closing is proposed, and somebody of another office closes.
    year = {"specialty_investment_yuan": 9.0, "fixed_asset_investment_yuan": 10.0, "private_investment_yuan": 1.0}
    zero = {"housing_investment_yuan": 0.0, "complex_investment_yuan": 0.0}
    with beside(desk.folder):
        sent = publishing_small.submit({(matter.subject, "2026", name): yi for name, yi in (year | zero).items()})
        first = open_desk("demo").dataset.manifest.version
        second = publish("demo", sent.id, by("审核", "年报"), first).version
        tick("demo")
        assert all_matters().of(matter.id).state == "asked"
    address = f"/actions?lang=zh&matter={matter.id}"
    supervisor = desk.open(open_page, ROLES["supervisor"], address, width=1366, height=768)
    expect(supervisor.locator("body")).to_contain_text("数据已达到")
    supervisor.get_by_role("button", name="核验通过并销号").click()
    expect(supervisor.get_by_test_id("stAlert")).to_contain_text("已记录“核验销号”")

    # Taken back, the figure falls back: told, and opened again by a person.
    with beside(desk.folder):
        roll_back("demo", first, by("审核", "误报"), second)
        tick("demo")
    supervisor.goto(desk.server.url + address)
    wait_until_settled(supervisor)
    expect(supervisor.locator("body")).to_contain_text("数据反弹")
    expect(supervisor.get_by_role("button", name="反弹重开")).to_be_visible()
