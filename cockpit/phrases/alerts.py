"""Alerts and handing them out (预警、交办)."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "alerts.told": Text("{place}：{what}", "{place}: {what}"),
    "alerts.target": Text("{label}{status}", "{label}: {status}"),
    "alerts.check": Text("{check}不合标准", "{check}: norm not kept"),
    "alerts.return": Text("{count} 个小镇{period}有数据未报", "{count} with figures missing for {period}"),
    "alerts.per_mu": Text("{period}亩均由{was}降到{now}", "per-mu class fell from {was} to {now} in {period}"),
    "alerts.node": Text("{chain}“{node}”环节失守", "{chain}: no firm left on {node}"),
    "alerts.figure": Text(
        "{period}{label}{value}，标准{line}{sense}", "{label} {value} in {period}, norm {sense} {line}"
    ),
    "alerts.title": Text("预警", "Alerts"),
    "alerts.lead": Text(
        "截至{day}，第{number}版数据；{count}条，{handed}条在办，{open}条未交办",
        "As of {day}, version {number}: {count} stand, {handed} in hand, {open} not handed out",
    ),
    "alerts.none": Text("现在没有预警。", "No alert stands."),
    "alerts.none_here": Text("没有预警。", "No alert here."),
    "alerts.level_red": Text("红", "red"),
    "alerts.level_yellow": Text("黄", "yellow"),
    "alerts.kind": Text("预警", "Alert"),
    "alerts.count": Text("条数", "Number"),
    "alerts.in_hand": Text("在办", "In hand"),
    "alerts.aside": Text("暂缓", "Set aside"),
    "alerts.aside_until": Text("暂缓至{day}：{why}", "set aside until {day}: {why}"),
    "alerts.clause": Text("条款", "Clause"),
    "alerts.hand_out": Text("交办", "Hand out"),
    "alerts.hand_out_of": Text("交办：{label}", "Hand out: {label}"),
    "alerts.all": Text("全部预警", "All alerts"),
    "alerts.more": Text("另{count}条", "{count} more"),
    "alerts.since": Text("{day}起", "since {day}"),
    "alerts.new": Text("未入册", "not on record yet"),
    "alerts.set_aside_until": Text("暂缓到{day}：{note}", "set aside until {day}: {note}"),
    "alerts.basis": Text("依据", "Basis"),
    "alerts.rule": Text("规则", "Rule"),
    "alerts.to_whom": Text("交给谁，到什么程度", "To whom, and how far"),
    "alerts.lead_office": Text("承办", "Carried out by"),
    "alerts.each_county": Text("所在县（市、区）特镇办，每项一件", "the county's town office, one matter each"),
    "alerts.other_office": Text("另一个单位", "another office"),
    "alerts.office_name": Text("承办单位", "Office"),
    "alerts.county_office": Text("{county}特镇办", "Town office of {county}"),
    "alerts.province_office": Text("省特镇办", "Province town office"),
    "alerts.goal_figure": Text(
        "由数据判定：{period}{label}{line}{sense}；发布新版后自动核对",
        "by the figure: {label} {sense} {line} in {period}; looked at with every new version",
    ),
    "alerts.goal_decision_made": Text("作出决定，预警随之解除", "a decision, with which the alert clears"),
    "alerts.goal_return_delivered": Text("报送到位，预警随之解除", "the return, with which the alert clears"),
    "alerts.goal_evidence": Text("整改到位，由另一单位核验", "put right, verified by another office"),
    "alerts.days": Text("{count} 个工作日", "{count} working days"),
    "alerts.not_known": Text("{year}年放假安排未公布，暂按周一至周五", "No notice for {year} yet: Monday to Friday"),
    "alerts.objects": Text("对象", "Objects"),
    "alerts.objects_lead": Text("在办和暂缓的不选", "Those in hand or set aside are not chosen"),
    "alerts.chosen": Text("交办{count}项", "Hand out {count}"),
    "alerts.chosen_none": Text("先勾选对象", "Tick some first"),
    "alerts.aside_do": Text("暂缓所选", "Set the chosen aside"),
    "alerts.until": Text("暂缓到", "Until"),
    "alerts.handed": Text("已交办{count}项：{names}", "{count} handed out: {names}"),
    "alerts.put_aside": Text("已暂缓{count}项。", "{count} set aside."),
    "alerts.nothing_chosen": Text("请先选对象。", "Choose at least one."),
    "alerts.simpler": Text(
        "减负：数据能核的不要材料；在办的不重复交办；同一县的缺报合并为一件；提醒各一次。",
        "Sparing the base: no papers where the figure tells; nothing handed out twice; one matter for all returns of a "
        "county; each reminder once.",
    ),
    "alerts.rail": Text("督办", "Supervision"),
    "alerts.rail_lead": Text("在办{open}，预警{alerts}条", "{open} open, {alerts} alerts"),
    "alerts.rail_unchecked": Text("在办{open}，预警尚未检查", "{open} open, alerts not checked yet"),
    "alerts.rail_verify": Text("待核验", "to verify"),
    "alerts.rail_extension": Text("延期", "to extend"),
    "alerts.rail_late": Text("逾期", "late"),
    "alerts.rail_back": Text("反弹", "fell back"),
    "alerts.rail_new": Text("未交办", "new alerts"),
    "alerts.lacking": Text("尚差{label}", "{label} lacking"),
    "alerts.lacking_sum": Text(
        "尚差＝当年基数×标准−实际；选中 {count} 个合计 {value}",
        "Lacking: the year's base times the norm, less what there was; {count} chosen, {value} together",
    ),
    "alerts.not_in": Text("未报", "not reported"),
    "alerts.count_in_hand": Text("{count}件在办", "{count} in hand"),
    "alerts.here": Text("预警与督办", "Alerts and matters"),
}
