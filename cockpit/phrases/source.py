"""Where a figure comes from: the drawer that opens beside it."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "source.button": Text("来源", "Source"),
    "source.of": Text("{label}：数据来源", "{label}: where it comes from"),
    "source.title": Text("数据来源", "Where this figure comes from"),
    "source.version": Text("{dataset}第{number}版", "{dataset}, version {number}"),
    "source.formula": Text("计算方法：{formula}", "Computed as {formula}"),
    "source.files": Text("出自哪些文件", "Files it comes from"),
    "source.file": Text("文件", "File"),
    "source.by": Text("报送人和时间", "Submitted by, when"),
    "source.count": Text("数字", "Figures"),
    "source.count_of": Text("{figures} 个，{towns} 个小镇", "{figures} of {towns} towns"),
    "source.count_one": Text("{figures} 个", "{figures}"),
    "source.count_firms": Text("{figures}家", "{figures} firms"),
    "source.shipped": Text("随版本提供，没有报送文件", "Shipped with the version, no submission"),
    "source.shipped_short": Text("随版本提供", "With the version"),
    "source.shipped_simulated": Text(
        "随版本提供的模拟数，由演示数据生成器生成",
        "Simulated by the demonstration's generator, shipped with the version",
    ),
    "source.shipped_public": Text("随版本提供，来源：{publisher}", "Shipped with the version, source: {publisher}"),
    "source.submission": Text("报送 {id}", "submission {id}"),
    "source.withdrawn": Text("已撤回：{reason}", "Withdrawn: {reason}"),
    "source.cells": Text("逐项单元格", "Figure by figure"),
    "source.cells_of": Text("前 {shown} 个，共 {count} 个", "the first {shown} of {count}"),
    "source.parts_of": Text("共{count}项", "{count} in all"),
    "source.silent": Text(
        "另有 {count} 个小镇没有报送，不在其中。", "{count} more towns did not report and are not part of it."
    ),
    "source.all": Text("查看全部出处", "See all of them"),
    "source.one": Text("在“数字溯源”中打开", "Open under Figure to cell"),
    "source.quoted": Text("公布的原文", "As published"),
    "source.nothing": Text("没有报送，页面上也没有数字。", "Nobody reported it; the page shows no figure."),
    "source.vitality": Text("活力指数所用指标", "figures behind its vitality index"),
    "source.per_mu": Text("亩均评价所用指标", "figures behind its per-mu evaluation"),
    "source.lists": Text("清单判断所用记录和指标", "records and figures behind its list judgement"),
    "source.firms": Text("家企业", "firms"),
    "source.breach_yes": Text("触碰", "breach"),
    "source.breach_no": Text("未触碰", "no breach"),
    "source.until": Text("至{day}", "until {day}"),
    "source.whole_town": Text("全部所选小镇", "All selected towns"),
    "source.whole_lead": Text("{towns} 个小镇，{count} 个数字", "{count} figures of {towns} towns"),
    "source.cell": Text("单元格", "Cell"),
    "source.pick_cell": Text(
        "点表中任一数字，可看它的出处。", "Click a figure in the table to see where it comes from."
    ),
}
