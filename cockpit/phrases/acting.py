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
    "act.field.name.file_task": Text("交办人", "Assigned by"),
    "act.field.name.answer_task": Text("承办人", "Answered by"),
    "act.field.name.verify_task": Text("核验人", "Verified by"),
    "act.field.name.plan": Text("编制人", "Planned by"),
    "act.field.name.answer_plan": Text("上报人", "Answered by"),
    "act.field.name.fix_plan": Text("决定人", "Decided by"),
    "act.field.note.plan": Text("理由", "Reason"),
    "act.field.note.answer_plan": Text("说明", "Remark"),
    "act.field.note.fix_plan": Text("理由或依据", "Reason or basis"),
    "act.field.note.file_task": Text("说明", "Remark"),
    "act.field.note.answer_task": Text("进展或理由", "Progress or reason"),
    "act.field.note.verify_task": Text("核验意见", "Finding"),
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
        "“{field}”有 {length} 个字符，最多 {limit} 个。", "“{field}” has {length} characters; {limit} at most."
    ),
    "act.fault.too_many": Text(
        "“{field}”有{length}项，最多{limit}项。", "“{field}” has {length} items; {limit} at most."
    ),
    "act.fault.no_right": Text(
        "您没有这项权限，请联系安全管理员。", "You may not do this: ask the security administrator."
    ),
    "act.fault.out_of_scope": Text(
        "其中有不在您授权范围内的小镇，未做任何改动。", "Some of it lies outside your scope; nothing was changed."
    ),
    "act.fault.four_eyes": Text(
        "自己报送的不能由自己发布或退回，请另一位审核人处理。",
        "Nobody publishes or rejects what he handed in himself: another reviewer does.",
    ),
    "act.field.evidence": Text("材料", "Evidence"),
    "act.fault.evidence_many": Text("一次最多{limit}份材料。", "At most {limit} files at once."),
    "act.fault.evidence_size": Text(
        "“{value}”超过{limit} MiB，请压缩或拆分。", "“{value}” is above {limit} MiB; make it smaller."
    ),
    "act.fault.evidence_empty": Text("“{value}”是空文件。", "“{value}” is empty."),
    "act.fault.evidence_kind": Text(
        "“{value}”不是PDF、图片、Word或Excel文件，请换一种格式。",
        "“{value}” is no PDF, picture, Word or Excel file; send it as one of these.",
    ),
    "act.fault.evidence_macros": Text(
        "“{value}”带宏，请另存为不带宏的文件。", "“{value}” holds macros; save it without."
    ),
    "act.field.alert": Text("预警", "Alert"),
    "act.field.title": Text("事项", "Matter"),
    "act.field.clause": Text("条款", "Clause"),
    "act.field.subject": Text("对象", "Place"),
    "act.field.goal": Text("目标", "Goal"),
    "act.field.into": Text("并入", "Merged into"),
    "act.fault.alert_none": Text("请先选要交办的预警。", "Choose the alerts to hand out."),
    "act.fault.alert_in_hand": Text("所选预警已有人在办，请刷新。", "One of them is in hand already; look again."),
    "act.fault.alert_gone": Text("这条预警已经解除，请刷新。", "This alert is cleared; look again."),
    "act.fault.alert_moved": Text("这条预警刚有变动，请刷新后再办。", "This alert has just moved on; look again."),
    "act.field.plan": Text("目标体系", "Target set"),
    "act.fault.plan_state": Text("这套目标现在的状态不能这样做。", "The set's present state does not allow this."),
    "act.fault.plan_reason_missing": Text("请写明理由。", "Give the reason."),
    "act.fault.plan_indicator": Text("这套目标里没有这项指标。", "The set has no such indicator."),
    "act.fault.plan_operator": Text(
        "请选突破、以上、左右或不超过。", "Choose an operator: above, at least, about, at most."
    ),
    "act.fault.plan_value": Text(
        "数值须大于零；占比须在 0 至 100% 之间。", "The figure must be above zero; a share lies between 0 and 100 %."
    ),
    "act.fault.plan_share": Text(
        "占比不分摊，也不锁定单位；按每镇下限办。", "Shares are not split or held: they are met by floors per town."
    ),
    "act.fault.plan_year": Text("目标年须晚于基年。", "The target year must come after the base year."),
    "act.fault.plan_unchosen": Text(
        "还有指标没有选定，也没有说明暂不设。", "Some indicators are neither chosen nor left out with a reason."
    ),
    "act.fault.plan_nothing_chosen": Text("至少选定一项指标。", "Choose at least one indicator."),
    "act.fault.plan_unit": Text(
        "没有这个单位，或它没有带基数的小镇 {value}。", "No such unit, or none of its towns has a base. {value}"
    ),
    "act.fault.plan_same_person": Text(
        "施行须由另一人：确定的人不能自己施行。", "Somebody else must put it in force: not who fixed it."
    ),
    "act.fault.plan_bounds": Text(
        "分不下去：界限和锁定只容许 {value}。请改数值、预留或锁定。",
        "It cannot be shared out: bounds and holds allow only {value}. Change the figure, the reserve or a hold.",
    ),
    "act.fault.plan_held": Text(
        "分不下去：锁定的已超过可分的：{value}。请改锁定、数值或预留。",
        "It cannot be shared out: more is held than there is: {value}. Change a hold, the figure or the reserve.",
    ),
    "act.fault.plan_whole": Text(
        "数值、预留和锁定都须是 {value}的整数倍，各级才加得起来。",
        "Figure, reserve and holds must be whole steps of {value}, so that every level adds up.",
    ),
    "act.fault.plan_no_weights": Text(
        "权重合计为零，请把其中一项调到零以上。", "The weights add up to nothing: raise one above zero."
    ),
    "act.fault.plan_cannot": Text(
        "{value}没有带基数的小镇，分不下去。", "{value}: no town has a base, so it cannot be shared out."
    ),
    "act.fault.plan_answers": Text(
        "上报的单位或数值不对：{value}", "A unit or figure of the answer is not right: {value}"
    ),
    "act.field.scenario": Text("情景", "Scenario"),
    "act.fault.scenario_name": Text("请给情景起个名称，不超过40字。", "Give the scenario a name of at most 40 signs."),
    "act.fault.scenario_taken": Text(
        "已有同名情景。请换个名称，或勾选替换后再保存。",
        "There is a scenario of this name. Take another name, or tick that it is to be replaced, and save again.",
    ),
    "act.fault.scenario_empty": Text("没有假设，不用保存。", "There is no assumption to save."),
    "act.fault.matter_told_already": Text("这一步已经记过。", "This step is on record already."),
    "act.fault.matter_state": Text("现在的状态不能这样做。", "This cannot be done in its present state."),
    "act.fault.matter_title_missing": Text("请写明事项。", "Say what is to be done."),
    "act.fault.matter_lead_missing": Text("请写明牵头单位。", "Name the office in the lead."),
    "act.fault.matter_due_past": Text("办理期限须晚于今天。", "It must be due later than today."),
    "act.fault.matter_due_holiday": Text("办理期限须是工作日。", "It must be due on a working day."),
    "act.fault.matter_accept_late": Text(
        "签收期限须在今天与办理期限之间。", "It must be accepted between today and the due day."
    ),
    "act.fault.matter_goal_incomplete": Text(
        "数据目标须写明指标、运算、数值和期间（如2026或2026-09）。",
        "A figure's goal names indicator, operator, value and period (2026 or 2026-09).",
    ),
    "act.fault.matter_too_late": Text("延期须在办理期限前申请。", "An extension is asked for before the due day."),
    "act.fault.matter_until_missing": Text("请写明延到哪一天。", "Say until which day."),
    "act.fault.matter_until_earlier": Text("延期须晚于现在的期限。", "An extension ends after the present due day."),
    "act.fault.matter_same_office": Text(
        "承办单位不能自己核验，请另一单位核验。", "The office that carried it out does not verify it: another one does."
    ),
    "act.fault.matter_not_reached": Text(
        "数据目标没有达到，不能按办结销号。", "The figure is not reached: it cannot be closed as done."
    ),
    "act.fault.matter_no_data": Text(
        "没有数据或无法判断，不能销号。", "Without data, or a verdict, nothing is closed."
    ),
    "act.fault.matter_version_older": Text(
        "须有交办之后发布的新版本数据。", "It takes a version published after it was assigned."
    ),
    "act.fault.matter_reminded_enough": Text(
        "减负：已催办到上限。", "Sparing the base: it was reminded as often as is allowed."
    ),
    "act.fault.matter_as_missing": Text(
        "请写明怎样结束：未办成、不再需要或并案。", "Say how it ends: not done, moot, merged."
    ),
    "act.fault.matter_as_done": Text("办结由另一单位核验后作出。", "Done is what another office has verified."),
    "act.fault.matter_into_missing": Text("请写明并入哪一件。", "Name the matter it is merged into."),
    "act.fault.matter_into_unknown": Text(
        "没有可以并入的“{value}”，请写另一件未办结事项的编号。",
        "There is no “{value}” to merge it into: name another open matter.",
    ),
    "act.fault.matter_place_unknown": Text(
        "“{value}”不是所选数据中的小镇或地区。", "“{value}” is no town or area of these data."
    ),
    "act.fault.matter_indicator_unknown": Text("没有“{value}”这项指标。", "There is no indicator “{value}”."),
    "act.fault.matter_not_by_lead": Text(
        "承办单位不能自己结束或延期，请另一单位办理。",
        "The office that carries it out does not end it or extend it itself: another one does.",
    ),
    "act.fault.matter_clock_back": Text(
        "本机时钟早于此事项的上一步，请先校时。", "The clock stands before this matter's last step: set it right first."
    ),
    "act.fault.matter_title_long": Text(
        "事项名称最多 {limit} 个字，说明写在备注里。",
        "A title has {limit} signs at most; the rest belongs into the note.",
    ),
    "act.fault.matter_clause_unknown": Text("文件没有条款“{value}”。", "The document has no clause “{value}”."),
    "act.fault.matter_eta_past": Text("预计办成的日期不能早于今天。", "The day it is expected to be done lies ahead."),
    "act.fault.matter_note_missing": Text("请写明理由或进展。", "Give a reason, or the progress."),
    "act.fault.unknown": Text(
        "“{field}”中的“{value}”不在可选范围内。", "“{value}” of “{field}” is not one of the choices."
    ),
    "act.fault.date_needed": Text("这项决定须写明截止日期。", "This decision needs a date until which it holds."),
    "act.fault.date_over": Text(
        "截止日期须晚于今天和现在的截止日{value}。",
        "The date must be later than today and than the present due day {value}.",
    ),
    "act.fault.aside_long": Text(
        "一次最多暂缓{limit}天，到期仍有理由的再次暂缓。",
        "At most {limit} days at once; with a reason it may be set aside again.",
    ),
    "act.fault.date_not_wanted": Text("这项决定不带截止日期。", "This decision carries no date."),
    "act.fault.reason_needed": Text(
        "这项决定与系统建议不一致，须写明不采纳建议的理由。",
        "This decision goes against the suggestion: say why it is not followed.",
    ),
    "act.fault.not_text": Text("“{field}”含有无法保存的字符。", "“{field}” holds characters that cannot be kept."),
}
