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

# Notes on published facts stand in the data in English, as whoever copied the facts wrote them.
FACT_NOTES_ZH: Final[dict[str, str]] = {
    "the year before the town was created: figure of the park that became the town": "创建前一年，为小镇前身园区的数",
    "figure of the sub-district; higher than the 2020 figure of the whole industry": "街道口径；高于2020年全行业的数",
    "derived: specialty investment 1.7 / effective investment 2.3 (亿元), both in the same sentence of the source": (
        "推算：特色产业投资1.7亿元 ÷ 有效投资2.3亿元，两数在来源的同一句"
    ),
    "the sentence speaks of the 43 larger firms, so the figure may not cover the whole town": (
        "原句只说43家规上企业，未必是全镇的数"
    ),
    "whole province, not the towns": "全省的数，不是各小镇",
    "whole province, not the towns; regrouped since": "全省的数，不是各小镇；此后分组有调整",
    "as at the end of 2024; another paper says 107, perhaps after a regrouping": "2024年末；另有报道为107，或为分组调整后",
    "list of 2024; four earlier ones were removed": "2024年名单；此前4个已移出",
    "eight towns; the source calls it 17.09 % of the province": "8个小镇；来源称占全省17.09%",
    "557.8 / 17.09 %, both of one article on Jinhua; nobody published the sum": (
        "557.8 ÷ 17.09%，两数出自同一篇金华报道；合计无人公布"
    ),
}
