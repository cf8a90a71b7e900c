"""The per-mu page."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "permu.title": Text("{year}年亩均效益", "Per-mu benefit {year}"),
    "permu.title_none": Text("亩均效益", "Per-mu benefit"),
    "permu.tally_label": Text("所示小镇的分档", "Classes of the towns shown"),
    "permu.best": Text("领跑：{name} 亩均税收 {value}（{land}）", "Leading: {name}, tax {value} ({land})"),
    "permu.land": Text("用地口径", "Land type"),
    "permu.rule": Text(
        "{period}，用地口径：{land}。分档在各可比组全部小镇内确定，筛选只收窄显示。",
        "{period}, land type: {land}. Classes are set among all towns of a peer group; filters only narrow what is shown.",
    ),
    "permu.newest_year": Text(
        "年内累计不评价，这里是最近的全年：{year}年。",
        "Part of a year is not evaluated; this is the newest full year, {year}.",
    ),
    "permu.no_land": Text(
        "{year}年没有“{land}”口径的用地数据，无法按此口径计算；请换一种用地口径。",
        "There are no areas of the type “{land}” for {year}, so nothing can be computed by it; choose another land type.",
    ),
    "permu.none_in_scope": Text(
        "所选小镇在{year}年末都不是命名或创建小镇，不参加评价。",
        "None of the selected towns was named or being created at the end of {year}; they are not evaluated.",
    ),
    # quadrant
    "permu.quadrant": Text("税收与增加值", "Tax and value added"),
    "permu.quadrant_note": Text(
        "对数坐标；虚线为全部参评小镇的中位数，不随筛选变化",
        "Log axes; dashed: medians of all towns evaluated, whatever the filter",
    ),
    "permu.quadrant_kept_back": Text(
        "对数坐标；范围外参评小镇太少，不显示中位数",
        "Log axes; no medians: too few towns outside your scope were evaluated",
    ),
    "permu.axis": Text("{label}（{unit}，{land}）", "{label} ({unit}, {land})"),
    "permu.median": Text("中位数 {value}", "Median {value}"),
    "permu.both_high": Text("双高", "Both high"),
    "permu.both_low": Text("双低", "Both low"),
    "permu.tax_high": Text("税收高、增加值低", "Tax high, value added low"),
    "permu.va_high": Text("增加值高、税收低", "Value added high, tax low"),
    "permu.not_drawn": Text(
        "{count} 个小镇缺税收、增加值或用地，未画出。", "{count} without tax, value added or land are not drawn."
    ),
    "permu.leader_mark": Text("圈内数字为领跑者名次", "Numbers in circles: place among the leaders"),
    "permu.quadrant_alt": Text(
        "{period}各小镇亩均增加值（横轴）与亩均税收（纵轴），{land}：双高 {hh} 个，双低 {ll} 个，税收高增加值低 {hl} 个，增加值高税收低 {lh} 个小镇。",
        "{period}, value added per mu (across) and tax per mu (up), {land}: both high {hh}, both low {ll}, tax high only {hl}, value added high only {lh} towns.",
    ),
    "permu.quadrant_alt_kept_back": Text(
        "{period}各小镇亩均增加值（横轴）与亩均税收（纵轴），{land}；范围外参评小镇太少，不显示中位数。",
        "{period}, value added per mu (across) and tax per mu (up), {land}; no medians: too few towns outside your scope.",
    ),
    # leaders
    "permu.leaders": Text("亩均效益领跑者", "Per-mu leaders"),
    "permu.leaders_note": Text(
        "亩均税收，{unit}，{land}；A类中前{count}名 [{clause}]",
        "Tax per mu, {unit}, {land}; first {count} of class A [{clause}]",
    ),
    "permu.leaders_part": Text("筛选内 {shown}/{all}", "{shown} of {all} in the selection"),
    "permu.leaders_none": Text("所示小镇中没有领跑者。", "None of the towns shown is a leader."),
    # one town
    "permu.town": Text("单个小镇六项", "One town, six items"),
    "permu.town_pick": Text("选一个小镇", "Pick a town"),
    "permu.town_line": Text(
        "得分 {score}，{group}第{place}/{size}名", "Score {score}, place {place} of {size} in {group}"
    ),
    "permu.town_line_kept_back": Text(
        "{group}第{place}/{size}名；可比组在范围外的小镇太少，不显示中位数与得分",
        "Place {place} of {size} in {group}; too few of the group outside your scope, so no median and no score",
    ),
    "permu.kept_back": Text(
        "{groups}在范围外的小镇太少，不显示中位数与得分。",
        "{groups}: too few towns outside your scope, so no median and no scores.",
    ),
    "permu.town_T": Text("创建未满{years}年，不参评", "Created less than {years} years before: not evaluated"),
    "permu.town_N": Text("数据不足，无法计算得分", "Too few data to compute a score"),
    "permu.base": Text("组基准", "peer base"),
    "permu.times": Text("{ratio}倍", "{ratio}×"),
    "permu.points": Text("{points}/{most}分", "{points} of {most}"),
    "permu.imputed": Text("无此项，按组均计分", "no meaning, peer average"),
    "permu.missing": Text("缺报，不得分", "not reported, no points"),
    "permu.no_d": Text(
        "末{share}不足 1 个，不会出现D类的可比组（少于 {least} 个参评小镇）：{groups}",
        "Peer groups too small for a D (fewer than {least} ranked towns, {share} of them less than one): {groups}",
    ),
    "permu.no_d_here": Text(
        "本组少于 {least} 个小镇，不会出现D类", "the group has fewer than {least} towns: no D can occur"
    ),
    "permu.capped": Text("封顶", "capped"),
    "permu.scale": Text("竖线为可比组基准（中位数），条到{cap}倍为止", "Line: peer base (median); bars end at {cap}×"),
    "permu.held": Text("亩均税收低于{floor}，不得列A、B", "Tax per mu below {floor}: neither A nor B"),
    # table
    "permu.only": Text("只看{name}", "Only {name}"),
    "permu.table": Text("全部排名", "Ranking"),
    "permu.table_note": Text(
        "得分100＝各项都在可比组中位数。缺报的项不得分，列在“缺报，不得分”栏，数值留空：少报不能提高得分和分档。",
        "A score of 100 means every item at the peers' median. An item not reported earns no points, is named in its column and left blank: leaving out raises no score and no class.",
    ),
    "permu.col_class": Text("分档", "Per-mu class"),
    "permu.col_score": Text("得分", "Score"),
    "permu.col_place": Text("组内名次", "Place in group"),
    "permu.col_group": Text("可比组（参评小镇数）", "Peer group (ranked towns)"),
    "permu.col_leader": Text("领跑者名次", "Leader"),
    "permu.col_area": Text("{land}（亩）", "{land} (mu)"),
    "permu.col_remark": Text("说明", "Remark"),
    "permu.group": Text("{group}（{count}）", "{group} ({count})"),
    "permu.sheet": Text("亩均效益", "Per-mu benefit"),
    "permu.land_note": Text(
        "亩均数值按此用地口径，不同口径不可比", "Per-mu values use this land type; types are not comparable"
    ),
    # method
    "permu.method": Text("计算方法", "How it is computed"),
    "permu.formula": Text(
        "得分＝各项之和：权重×（本小镇值÷可比组中位数），{weights}",
        "Score = sum of weight × (town ÷ peer median): {weights}",
    ),
    # units of columns; the divisor stands in visuals/per_mu_words.py
    # public data
    "permu.public": Text(
        "公开数据没有各小镇用地，也几乎没有各小镇税收，无法给任何真实小镇评分或分档。公布过的只有全省数：",
        "The public data hold no land and almost no tax by town, so no real town can be scored or classed. Published are province figures only:",
    ),
    "permu.public_needs": Text(
        "按小镇计算需要：税收、增加值、综合能耗、主要污染物排放、就业人数、研发经费、营业收入，以及注明口径的用地面积。演示数据可看完整算法。",
        "To compute by town: tax, value added, energy use, emissions, staff, R&D expense, revenue, and an area with its land type. The demonstration data show the whole method.",
    ),
    "permu.public_basis": Text(
        "来源未写明用地口径，与各小镇的口径不可比。",
        "The source does not name the land type; not comparable with figures by town.",
    ),
    "permu.public_growth": Text(
        "2022年范围为全部特色小镇，2018年为省级小镇，范围不同，不连成趋势。",
        "2022 is of all characteristic towns, 2018 of provincial-level towns: different sets, no trend is drawn.",
    ),
}
