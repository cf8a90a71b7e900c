"""The page of elements: matrix, list, panels."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "elements.word_missing": Text("未填", "not stated"),
    "elements.title": Text("要素", "Elements"),
    "elements.lead": Text("应报{cells}格，已报{said}格", "{said} of {cells} cells reported"),
    "elements.lead_all": Text(
        "{kind}要求全覆盖，{lacking} 个小镇报告没有", "{kind}: wanted in every town, {lacking} report none"
    ),
    "elements.lead_all_met": Text(
        "{kind}要求全覆盖，已报的小镇都有", "{kind}: wanted in every town, all that report have one"
    ),
    "elements.lead_stale": Text("已过期：{kinds}", "out of date: {kinds}"),
    "elements.nothing_reported": Text(
        "所选小镇在{period}还没有报送要素。要素按部门分表报送，见“数据”页。",
        "No elements were reported for these towns by {period}. They are collected office by office, see Data.",
    ),
    "elements.nothing": Text("没有计入的条目", "No entry counts"),
    "elements.matrix": Text("覆盖", "Coverage"),
    "elements.matrix_lead": Text("小镇×要素，{day}时点，在册小镇", "Towns by kind as of {day}, listed towns"),
    "elements.has": Text("有，数字为个数", "has, the number is how many"),
    "elements.none": Text("无", "none"),
    "elements.unsaid": Text("未报", "not reported"),
    "elements.town_has": Text("有", "Has"),
    "elements.town_none": Text("无", "None"),
    "elements.town_unsaid": Text("未报", "Not reported"),
    "elements.number": Text("{count}项", "{count}"),
    "elements.town": Text("小镇", "Town"),
    "elements.have": Text("有／已报", "Have / reported"),
    "elements.province": Text("全省 {count} 个小镇，有的占已报 %", "All {count} towns: % that have, of those reported"),
    "elements.fresh": Text("按期报送 %，截至今日", "% told in time, as of today"),
    "elements.last_told": Text("最近报到{day}", "Last told up to {day}"),
    "elements.never_told": Text("从未报送", "Never told"),
    "elements.no_duty": Text("；发生时报，无期限", "; told as it happens, by no day"),
    "elements.due": Text(
        "；{period}应报：按期{reported}，迟报{late}，缺报{missing}",
        "; due for {period}: {reported} in time, {late} late, {missing} missing",
    ),
    "elements.stale": Text("；已过期", "; out of date"),
    "elements.list_kind": Text("列出{kind}", "List {kind}"),
    "elements.list": Text("清单", "List"),
    "elements.list_lead": Text("{what}，共{count}条", "{what}: {count}"),
    "elements.every_kind": Text(
        "全部要素，最近 {shown} 条；点列头列出一类的全部",
        "All kinds, the newest {shown}; a head lists one kind in full",
    ),
    "elements.column_kind": Text("要素", "Kind"),
    "elements.column_name": Text("名称", "Name"),
    "elements.column_when": Text("认定或期间", "Since or period"),
    "elements.column_checker": Text("核对部门", "Checked by"),
    "elements.column_until": Text("有效期", "Valid"),
    "elements.until": Text("至{day}", "until {day}"),
    "elements.ended": Text("{day}已过", "ended {day}"),
    "elements.column_source": Text("来源", "Source"),
    "elements.facts": Text("已公布的全省和设区市数", "Published figures of province and prefectures"),
    "elements.facts_lead": Text(
        "多为全省数，不是小镇之和；不一致的并列",
        "Mostly of the province, not sums of towns; both stand where they disagree",
    ),
    "elements.facts_narrowed": Text(
        "全省和设区市的数，不随筛选改变；不是所选小镇之和",
        "Of the province and prefectures, whatever the filters; no sums of the towns selected",
    ),
    "elements.fact_subject": Text("范围", "Of"),
    "elements.fact": Text("项目", "Figure"),
    "elements.fact_period": Text("期间", "Period"),
    "elements.fact_value": Text("数值", "Value"),
    "elements.fact_reliability": Text("可靠程度", "How reliable"),
    "elements.reliability_published": Text("公布", "published"),
    "elements.reliability_derived": Text("推算", "derived"),
    "elements.reliability_estimate": Text("估计", "estimate"),
    "elements.reliability_secondary": Text("转述", "second-hand"),
    "elements.reliability_plan": Text("规划", "plan"),
    "elements.reliability_weak": Text("来源较弱", "weak source"),
    "elements.fact_source": Text("来源", "Source"),
    "elements.fact_conflict": Text("不一致", "Disagreement"),
    "elements.fact_disagrees": Text("另有不同数", "another figure differs"),
    "elements.at": Text("{day}时点", "as of {day}"),
    "elements.total": Text("合计{count}行", "Total of {count}"),
    "elements.open_node": Text("打开产业链环节", "Open the node of the chain"),
    "elements.open_slot": Text("未定", "open"),
    "elements.fill": Text("填入清单", "Fill in the list"),
    "elements.group": Text("条款组", "Group"),
    "elements.group_lead": Text("要点", "Key"),
    "elements.base_unit": Text("金额为元，面积为亩或平方公里，比例为小数", "Yuan, mu or km2; rates as decimals"),
}
