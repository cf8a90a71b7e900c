"""Who acts and why, as every form asks it, and what is said of a field that will not do."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "act.required": Text("{field}（必填）", "{field} (required)"),
    "act.optional": Text("{field}（可不填）", "{field} (optional)"),
    "act.field.name.submit": Text("报送人", "Submitted by"),
    "act.field.name.review": Text("审核人", "Reviewed by"),
    "act.field.name.roll_back": Text("操作人", "Done by"),
    "act.field.name.decide": Text("姓名", "Name"),
    "act.field.post": Text("职务", "Post"),
    "act.field.who": Text("职务与姓名", "Post and name"),
    "act.field.note.submit": Text("说明", "Remark"),
    "act.field.note.review": Text("版本说明，或退回原因", "Note on the version, or reason to reject"),
    "act.field.note.roll_back": Text("原因", "Reason"),
    "act.field.note.decide": Text("依据", "Basis"),
    "act.field.dataset": Text("数据集", "Dataset"),
    "act.field.town_code": Text("小镇", "Town"),
    "act.field.action": Text("决定", "Decision"),
    "act.field.until": Text("截止日期", "Until"),
    "act.field.clauses": Text("条款", "Clauses"),
    "act.field.risk_grade": Text("风险等级", "Risk grade"),
    "act.field.data_version": Text("数据版本", "Data version"),
    "act.field.register": Text("规则版本", "Register"),
    "act.field.suggestion": Text("系统建议", "Suggestion"),
    "act.field.objection": Text("不采纳建议的理由", "Reason for not following the suggestion"),
    "act.fault.empty": Text("“{field}”没有填写。", "“{field}” is not filled in."),
    "act.fault.too_long": Text(
        "“{field}”有{length}个字符，最多{limit}个。", "“{field}” has {length} characters; {limit} at most."
    ),
    "act.fault.too_many": Text(
        "“{field}”有{length}项，最多{limit}项。", "“{field}” has {length} items; {limit} at most."
    ),
    "act.fault.unknown": Text(
        "“{field}”中的“{value}”不在可选范围内。", "“{value}” of “{field}” is not one of the choices."
    ),
    "act.fault.date_needed": Text("这项决定须写明截止日期。", "This decision needs a date until which it holds."),
    "act.fault.date_over": Text(
        "截止日期须晚于今天和现在的截止日{value}。",
        "The date must be later than today and than the present due day {value}.",
    ),
    "act.fault.date_not_wanted": Text("这项决定不带截止日期。", "This decision carries no date."),
    "act.fault.reason_needed": Text(
        "这项决定与系统建议不一致，须写明不采纳建议的理由。",
        "This decision goes against the suggestion: say why it is not followed.",
    ),
    "act.fault.not_text": Text("“{field}”含有无法保存的字符。", "“{field}” holds characters that cannot be kept."),
}
