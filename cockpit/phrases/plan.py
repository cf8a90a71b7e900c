"""Proposals for the next targets: the command's answers and the workbook that is sent round."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "plan.title": Text("{year}年{name}分解建议", "{name} by {year}: proposed shares"),
    "plan.proposed": Text("建议", "proposed"),
    "plan.notes": Text("说明", "Notes"),
    "plan.note": Text(
        "本系统测算的建议，不是下达的目标，也不是政策。基数为{base}年全年，现价。",
        "A proposal of this system, no target handed down and no policy. Base: full year {base}, current prices.",
    ),
    "plan.note_rule": Text(
        "按权重（{weights}）分摊；每个小镇的年均增速不低于 {floor}，不高于 {ceiling}（山区26县 {mountain}）；取整用最大余数法，各级之和等于总数。",
        "Shared by weights ({weights}); growth a year of each town at least {floor}, at most {ceiling} (26 mountain counties {mountain}); whole by largest remainder, sums exact at every level.",
    ),
    "plan.note_missing": Text(
        "没有基数、未参加分摊的小镇 {count} 个：{names}", "{count} towns without a base carry no share: {names}"
    ),
    "plan.note_ratio": Text(
        "占比不分摊：低于 {level} 的小镇提到同一下限，全省加权平均到 {aim}。",
        "Shares are not split: towns below {level} are raised to one level, so that the weighted mean is {aim}.",
    ),
    "plan.code": Text("编码", "Code"),
    "plan.unit": Text("单位", "Unit"),
    "plan.base": Text("基数", "Base"),
    "plan.base_share": Text("基数份额", "Share of base"),
    "plan.suggested": Text("建议值", "Proposed"),
    "plan.yearly": Text("年均增速", "Growth a year"),
    "plan.swing": Text("权重浮动时", "With swayed weights"),
    "plan.bound": Text("界限", "Bound"),
    "plan.floor": Text("触下限", "at the floor"),
    "plan.ceiling": Text("触上限", "at the ceiling"),
    "plan.stated": Text("上报值", "Stated"),
    "plan.remark": Text("说明", "Remark"),
    "plan.total": Text("合计", "Total"),
    "plan.method_continue": Text("延续：同镇近三年增速外推", "continue: growth of the same towns carried on"),
    "plan.method_benchmark": Text(
        "标杆：各镇到同类单位面积75分位", "benchmark: towns up to the 75 % quantile of their class per mu"
    ),
    "plan.method_catch_up": Text(
        "追赶：与同类90分位的差距15年减半", "catch-up: the gap to the 90 % quantile halves in 15 years"
    ),
    "plan.method_outer": Text(
        "外部目标：与全省经济同步（假设，待核）", "outer aim: the province's pace (assumed, to be cited)"
    ),
    "plan.method_capacity": Text(
        "容量：规划未用地按同类75分位产出，是上限",
        "capacity: planned land in use at the class's 75 % quantile; a ceiling",
    ),
    "plan.method_bottom_up": Text(
        "计划汇总：三年行动计划年均投资", "bottom-up: yearly investment of the three-year plans"
    ),
    "plan.median": Text("中位", "median"),
    "plan.unknown": Text("算不出", "not known"),
    "plan.observed": Text("近三年同镇实际年均 {growth}", "observed of the same towns, a year: {growth}"),
    "plan.cannot": Text(
        "{total} 分不下去：各镇上下限合计 {least} 至 {most}",
        "{total} cannot be shared out: the towns' bounds add up to {least} and {most}",
    ),
}
