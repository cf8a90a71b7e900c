"""The briefing pack: its paragraphs, headings, footnotes and the dialog that builds it."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    # the paragraph of a target
    "statement.title": Text("汇报口径", "Statement"),
    "statement.verdict": Text("结论", "Verdict"),
    "statement.why": Text("原因", "Why"),
    "statement.next": Text("下一步", "Next"),
    "statement.copy": Text("汇报口径（可复制）", "Statement, to copy"),
    "statement.value": Text("{period}，{label} {value}（{basis}）", "{label}, {period}: {value} ({basis})"),
    "statement.silent_value": Text("{period}，{label}暂无数据（{basis}）", "{label}, {period}: no data ({basis})"),
    "statement.reported_only": Text("仅已报合计", "reported towns only"),
    "statement.share": Text("完成 {share}", "{share} of it"),
    "statement.no_verdict": Text("不作结论", "no verdict"),
    "statement.part": Text(
        "所选小镇 {value}（{reported}/{expected} 镇），{share}；目标为全省目标，对所选小镇不作结论",
        "Selected towns: {value} ({reported}/{expected} towns), {share}; the target is the province's: no verdict on the selection",
    ),
    "statement.part_none": Text(
        "所选小镇：{why}；目标为全省目标，对所选小镇不作结论",
        "Selected towns: {why}; the target is the province's: no verdict on the selection",
    ),
    "statement.no_split": Text(
        "公布值只有全省合计，不按筛选拆分", "published for the province only, not split by the filters"
    ),
    "statement.anchor": Text("最近的全年：{period} {value}，{status}", "Newest full year, {period}: {value}, {status}"),
    "statement.pace": Text(
        "进度 R={ratio}（{year}年起实际年均 {observed}，所需年均 {required}），{word}",
        "Pace R = {ratio} (since {year}: observed {observed} a year, required {required}): {word}",
    ),
    "statement.by_prefecture": Text("设区市", "prefectures"),
    "statement.by_class": Text("产业类型", "classes"),
    "statement.total": Text("与应达值之差合计 {total} {unit}", "Actual less expected: {total} {unit} in all"),
    "statement.total_ratio": Text("与目标之差合计 {total} {unit}", "Actual less target: {total} {unit} in all"),
    "statement.split": Text("按{by}：{sides}", "by {by}: {sides}"),
    "statement.opens": Text("{count}个拉大，合计 {total}", "{count} open the gap, {total} in sum"),
    "statement.closes": Text("{count}个补上，合计 {total}", "{count} close it, {total} in sum"),
    "statement.largest": Text("{text}（{names}）", "{text} ({names})"),
    "statement.largest_some": Text("{text}（前{most}：{names}）", "{text} (first {most}: {names})"),
    "statement.silent_share": Text(
        "其中未报 {count} 镇按应达值计 {value} {unit}",
        "of it {count} silent towns, taken at their expected value: {value} {unit}",
    ),
    "statement.growth": Text(
        "较上年同期：合计 {whole}；按设区市最高{best}，最低{worst}",
        "On the same period a year before: {whole} in all; by prefecture highest {best}, lowest {worst}",
    ),
    "statement.growth_one": Text("较上年同期：合计 {whole}", "On the same period a year before: {whole} in all"),
    "statement.why_public": Text(
        "缺分镇报送：公布值只有全省合计，不能归因到设区市、类型或小镇",
        "Returns by town are missing: published are province totals only, so nothing can be attributed to prefectures, classes or towns",
    ),
    "statement.why_none": Text("没有可归因的报送：{why}", "No returns to attribute: {why}"),
    "statement.why_unreported": Text("所选小镇该期未报送", "the selected towns did not report this period"),
    "statement.why_scope": Text("所选小镇不在该目标的范围内", "the selected towns are outside this target's scope"),
    "statement.why_period": Text(
        "该期未设目标，也没有可比的上年同期", "the period has no target, and no year before to compare with"
    ),
    "statement.owed_over": Text(
        "补报：{count} 镇{period}的{duty}应于 {due} 前报送（日历为自定），至 {as_of} 仍缺：{names}",
        "Chase: {count} towns' {duty} for {period} was due by {due} (our calendar) and is missing on {as_of}: {names}",
    ),
    "statement.owed": Text(
        "待报：{count} 镇{period}的{duty}应于 {due} 前报送（日历为自定）：{names}",
        "Due: {count} towns' {duty} for {period}, by {due} (our calendar): {names}",
    ),
    "statement.silent": Text("{count} 镇该期未报：{names}", "{count} towns did not report the period: {names}"),
    "statement.upcoming": Text(
        "下次报送：{period}{duty}，{due} 前（日历为自定）", "Next return: {duty} for {period}, by {due} (our calendar)"
    ),
    "statement.needed": Text("至{due}年还需每年 {rate}", "{rate} a year still needed until {due}"),
    "statement.decision": Text("{what}，{do}", "{what}; {do}"),
    "statement.public_wait": Text(
        "待公布：{due}年{label}（{scope}口径）；公布前不作结论 [{clause}]",
        "To be published: {label} of {due} (scope: {scope}); no verdict before that [{clause}]",
    ),
    "statement.sources": Text("来源 {sources}", "sources {sources}"),
    "statement.nothing_due": Text("没有待决事项，没有应报未报", "Nothing to decide, no return owed"),
}
