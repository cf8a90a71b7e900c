"""What the decision log says when it cannot take an entry."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "decision.conflict": Text(
        "未写入：{who}已于{when}对该小镇作出决定“{action}”（第{number}号）。请先阅读，再作决定。您的这次尝试已记录在案。",
        "Not written: {who} decided “{action}” on this town on {when} (no. {number}). Read it first, then decide. Your attempt is kept on record.",
    ),
    "decision.unknown_seen": Text(
        "未写入：页面上看到的第{number}号记录不在日志中。请重新载入页面。您的这次尝试已记录在案。",
        "Not written: entry no. {number}, seen on the page, is not in the log. Reload the page. Your attempt is kept on record.",
    ),
    "decision.unavailable": Text(
        "决策日志暂不可用（{where}：{reason}）。页面其余内容不受影响，此时不能写入决定。",
        "The decision log cannot be reached ({where}: {reason}). The rest of the page is not affected; nothing can be recorded now.",
    ),
    "decision.reason.no_answer": Text("无应答", "no answer"),
    "decision.reason.credentials": Text("账号或密码不被接受", "account or password not accepted"),
    "decision.reason.no_database": Text("数据库不存在", "no such database"),
    "decision.reason.rights": Text("没有读写权限", "no right to read or write"),
    "decision.reason.busy": Text("被占用", "busy"),
    "decision.reason.full": Text("磁盘已满", "disk full"),
    "decision.reason.damaged": Text("文件损坏或不是数据库", "file damaged or not a database"),
    "decision.reason.newer": Text("由更新版本的程序建立", "made by a newer version of the program"),
    "decision.reason.address": Text("地址写法有误", "address not understood"),
    "decision.reason.fault": Text("数据库报错", "database fault"),
}
