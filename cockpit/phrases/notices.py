"""Notices that leave the machine: what happened to which matter, by when; never a figure."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text


def _line(zh: str, en: str) -> Text:
    return Text(zh + "：{matter} {title}，期限{due}", en + ": {matter} {title}, due {due}")


PHRASES: Final[dict[str, Text]] = {
    "notice.subject": Text("特色小镇督办：{count}项待看", "Town cockpit: {count} matters to look at"),
    "notice.more": Text("另有{count}项，请登录查看", "{count} more, sign in to see them"),
    "notice.assigned": _line("新交办", "Assigned to you"),
    "notice.reminded": _line("催办", "Reminder"),
    "notice.extension_granted": _line("同意延期", "Extension granted"),
    "notice.extension_denied": _line("不同意延期", "Extension denied"),
    "notice.returned": _line("核验退回", "Returned"),
    "notice.verified": _line("已销号", "Closed"),
    "notice.reopened": _line("反弹重开", "Opened again"),
    "notice.lost": _line("数据不再达到目标", "The goal is no longer reached"),
    "notice.paused": _line("暂停计时", "Clock stopped"),
    "notice.resumed": _line("恢复计时", "Clock runs again"),
    "notice.declined": _line("退回交办", "Sent back"),
    "notice.extension_asked": _line("申请延期", "Extension asked"),
    "notice.closing_asked": _line("申请销号", "Closing asked"),
    "notice.met": _line("数据已达到，待核验", "Goal reached, to verify"),
    "notice.fell_back": _line("数据反弹，可重开", "Fell back, may be opened again"),
    "notice.step_yellow": _line("临期提醒", "Due soon"),
    "notice.step_red": _line("逾期", "Late"),
}
