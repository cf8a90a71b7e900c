"""The towns page."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    # towns page
    "towns.title": Text("小镇", "Towns"),
    "towns.columns": Text("显示的指标", "Columns"),
    "towns.sort": Text(
        "点列名排序，点小镇名看小镇码，勾选比较；下载与所见顺序一致。",
        "Click a heading to sort, a name for its profile, tick to compare; downloads keep the order.",
    ),
    "towns.download_xlsx": Text("下载 Excel", "Download Excel"),
    "towns.download_csv": Text("下载 CSV", "Download CSV"),
    "towns.compare": Text("并排比较（2 至 5 个）", "Compare side by side (2 to 5)"),
    "towns.compare_title": Text("小镇比较", "Comparison of towns"),
    "towns.compare_none": Text("在表中勾选 2 至 5 个小镇即可比较。", "Tick 2 to 5 towns in the table to compare them."),
    "towns.compare_more": Text("再选一个即可比较。", "Pick one more to compare."),
    "towns.compare_note": Text(
        "加粗为本行最优（无优劣之分的指标不标）；点任一数字看来源。",
        "Bold is the best of the row, where more or less is better; click a figure for its source.",
    ),
    "towns.dots": Text("位置", "Standing"),
    "towns.dots_help": Text("圆点为各小镇，竖线为其同类中位数", "a dot a town, the line is the median of its class"),
    "towns.median": Text("同类中位数", "Class median"),
    "towns.median_is": Text("同类中位数 {value}", "Class median {value}"),
    "towns.unit": Text("单位", "Unit"),
    "towns.tick": Text("比较", "Compare"),
    "towns.tick_one": Text("比较{name}", "Compare {name}"),
    "towns.take_out": Text("移出", "Take out"),
    "towns.more": Text("全部 {all} 个", "All {all}"),
    "towns.first": Text(
        "只列前 {shown} 个，共 {all} 个；下载含全部，也可用筛选缩小范围。",
        "The first {shown} of {all}; downloads hold all, filters narrow them.",
    ),
    "towns.indicator": Text("指标", "Indicator"),
    "towns.name": Text("小镇", "Town"),
    "towns.name_note": Text("英文名为本系统译名，非官方", "English name is our own translation, not official"),
    "towns.code": Text("编码", "Code"),
    "towns.prefecture": Text("设区市", "Prefecture"),
    "towns.county": Text("县（市、区）", "County"),
    "towns.class": Text("类型", "Class"),
    "towns.specialty": Text("特色产业", "Specialty"),
    "towns.status": Text("清单状态", "List status"),
    "towns.status_as_of": Text("状态时点", "Status as of"),
    "towns.created": Text("创建日期", "Created"),
    "towns.named": Text("命名日期", "Named"),
    "towns.area": Text("面积（平方公里）", "Area (km²)"),
    "towns.land_type": Text("面积口径", "Land type"),
    "towns.provenance": Text("来源性质", "Provenance"),
    "towns.no_returns": Text(
        "公开数据几乎没有各小镇指标：{period}有 {reported}/{expected} 个小镇有任一指标，其余为空。",
        "The public data hold almost no figures by town: for {period}, {reported} of {expected} towns have any; the rest is empty.",
    ),
    "towns.facts": Text("公开报道中的数据", "Figures from public reports"),
    "towns.facts_period": Text("见各行", "stands in each row"),
    "towns.facts_note": Text(
        "口径不一，逐条注明；不汇总、不比较。",
        "Definitions differ and stand beside each figure; they are not summed or compared.",
    ),
    "towns.fact_conflict": Text("与另一条不一致，两条都保留", "Conflicts with another figure; both are kept"),
}
