"""What the decision log says when it cannot take an entry."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "decision.field.dataset": Text("数据集", "Dataset"),
    "decision.field.town_code": Text("小镇", "Town"),
    "decision.field.action": Text("决定", "Decision"),
    "decision.field.until": Text("截止日期", "Until"),
    "decision.field.decided_by": Text("决定人", "Decided by"),
    "decision.field.basis": Text("理由", "Reason"),
    "decision.field.clauses": Text("条款", "Clauses"),
    "decision.field.risk_grade": Text("风险等级", "Risk grade"),
    "decision.field.data_version": Text("数据版本", "Data version"),
    "decision.field.register": Text("规则版本", "Register"),
    "decision.fault.empty": Text("{field}没有填写。", "{field} is not filled in."),
    "decision.fault.too_long": Text(
        "{field}有{length}个字符，最多{limit}个。", "{field} has {length} characters; {limit} at most."
    ),
    "decision.fault.too_many": Text(
        "{field}有{length}项，最多{limit}项。", "{field} has {length} items; {limit} at most."
    ),
    "decision.fault.unknown": Text("{field}“{value}”不在可选范围内。", "{field} “{value}” is not one of the choices."),
    "decision.fault.date_needed": Text("这项决定须写明截止日期。", "This decision needs a date until which it holds."),
    "decision.fault.date_over": Text(
        "截止日期须晚于今天和现在的截止日{value}。",
        "The date must be later than today and than the present due day {value}.",
    ),
    "decision.fault.date_not_wanted": Text("这项决定不带截止日期。", "This decision carries no date."),
    "decision.field.suggestion": Text("系统建议", "Suggestion"),
    "decision.field.objection": Text("不采纳建议的理由", "Reason for not following the suggestion"),
    "decision.fault.reason_needed": Text(
        "这项决定与系统建议不一致，须写明不采纳建议的理由。",
        "This decision goes against the suggestion: say why it is not followed.",
    ),
    "decision.fault.not_text": Text("{field}含有无法保存的字符。", "{field} holds characters that cannot be kept."),
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
    "decision.reason.address": Text("地址写法有误", "address not understood"),
    "decision.reason.fault": Text("数据库报错", "database fault"),
}
