"""What is printed: title, filters, figures and notes on clean pages; nothing that is there to be pressed."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from cockpit.datasets.store.loading import load

HEAD = ("演示数据 · 第3版", "杭州", "金融")
CASES = {
    "/": ("2025年全年", "总产出", "差在哪里", "小镇均为虚构"),
    "/lists": ("待处置队列", "绿化", "小镇均为虚构"),
    "/targets": ("总产出", "年度走势与目标", "小镇均为虚构"),
    "/chain": ("产业链全景", "小镇均为虚构"),  # finance towns have no firms on a chain
}
CHROME = ("清除筛选", "汇报包", "跟随系统", "更多页面", "记录决定")


@pytest.mark.long
@pytest.mark.parametrize("path", CASES)
def test_the_page_is_printed_without_what_is_there_to_be_pressed(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(f"{path}?lang=zh&prefecture=330100&class=finance", width=1366, height=768, returning=True)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    told = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    assert [word for word in (*HEAD, *CASES[path]) if word not in told] == []
    assert [word for word in CHROME if word in told] == []


# All rows of a long table, whether the screen draws them on a canvas, scrolls them or turns their pages.
LONG = {
    "/per-mu?lang=zh": ("全部排名", 117),
    "/towns?lang=zh": ("小镇", 137),
    "/vitality?lang=zh&vitview=table": ("名次", 100),
    "/data?lang=zh&part=trace&town=all&figure=total_output_yuan": ("数字溯源", 120),
}


@pytest.mark.long
@pytest.mark.parametrize("path", LONG)
def test_a_long_table_is_printed_whole(open_page: Callable[..., Page], path: str) -> None:
    title, least = LONG[path]
    page = open_page(path, width=1366, height=768, returning=True)
    expect(page.locator("table.led, .tt").first).to_have_count(1)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    told = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    assert title in told
    towns = load("demo").table("towns")["name_zh"].astype("str")
    flat = "".join(told.split())  # a long name may stand on two lines of its cell
    assert sum(name in flat for name in towns) >= least
    assert {round(sheet.get_width()) for sheet in paper} == {842}
    edges = []
    for sheet in paper:
        text = sheet.get_textpage()
        edges += [text.get_rect(at)[2] for at in range(text.count_rects())]
    assert max(edges) <= 842 - 30, "nothing runs over the edge of the sheet"


@pytest.mark.long
def test_a_sum_is_printed_once_and_nothing_over_anything(open_page: Callable[..., Page]) -> None:
    page = open_page("/?lang=zh", width=1366, height=768, returning=True)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    told = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    assert told.count("同口径合计") == 1, "a sum at the foot of each sheet would be that of its rows"
    page = open_page("/town?lang=zh&code=D330225A", width=1366, height=768, returning=True)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    boxes = []
    for sheet in paper:
        text = sheet.get_textpage()
        boxes.append([text.get_rect(at) for at in range(text.count_rects())])
    met = [
        (one, other)
        for found in boxes
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        # By more than the leading of the letters: left, bottom, right, top.
        if min(one[2], other[2]) - max(one[0], other[0]) > 2 and min(one[3], other[3]) - max(one[1], other[1]) > 4
    ]
    assert not met


@pytest.mark.long
def test_what_is_only_for_paper_takes_no_room_on_the_screen(open_page: Callable[..., Page]) -> None:
    page = open_page("/lists?lang=zh&dataset=public", returning=True)
    expect(page.locator("table.paper").first).to_be_attached()
    expect(page.locator("table.paper").first).to_be_hidden()
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible()
