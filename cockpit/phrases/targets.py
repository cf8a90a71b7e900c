"""The targets page, and the reasons of a pace that the cards name too."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    # reasons of a pace that cannot be told, in the width of a card
    "pace.short_already_met": Text("已达目标线", "Target already met"),
    "pace.short_before_base": Text("早于基年{year}年", "Before base year {year}"),
    "pace.short_too_few": Text("{year}年为基年，不足两点", "Base year {year}: one point only"),
    "pace.short_base_missing": Text("基年{year}年缺数", "No {year} base figure"),
    "pace.short_base_coverage": Text("基年{year}年覆盖不足", "{year} base too thin"),
    "pace.short_base_zero": Text("基年{year}年为零", "Base of {year} is zero"),
    "pace.short_sign_change": Text("正负号变化", "Sign changes"),
    # and in full
    "pace.why_already_met": Text(
        "已达到目标，不再计算所需增速。", "The target is met already; no growth is needed any more."
    ),
    "pace.why_before_base": Text(
        "该期早于基年{year}年，不判进度。", "This year lies before the base year {year}: no pace is told."
    ),
    "pace.why_too_few": Text(
        "{year}年即基年，只有一个点，不判进度。", "{year} is the base year itself: one point gives no pace."
    ),
    "pace.why_base_missing": Text(
        "基年{year}年没有数据，不判进度，也不以他年代替。",
        "The base year {year} has no figure: no pace, and no other year in its place.",
    ),
    "pace.why_base_coverage": Text(
        "基年{year}年报送覆盖低于门槛，不判进度。", "Too few towns reported in the base year {year}: no pace is told."
    ),
    "pace.why_base_zero": Text(
        "基年{year}年数值为零，增速无法计算，不以小数代替。",
        "The figure of the base year {year} is zero: growth cannot be counted from it, and no small number is put in its place.",
    ),
    "pace.why_sign_change": Text(
        "基年（{year}年）、实际完成或目标的正负号不同，复合增速没有意义。",
        "Base year ({year}), figure and target differ in sign: compound growth means nothing.",
    ),
    # head
    "target.pick": Text("目标", "Target"),
    "target.sentence": Text("{period} {value}，{target}，{gap}", "{period}: {value}. {target}; {gap}"),
    "target.sentence_no_verdict": Text("{period} {value}，{target}；{gap}", "{period}: {value}. {target}; {gap}"),
    "target.sentence_silent": Text("{period}：{gap}，{target}", "{period}: {gap}. {target}"),
    "target.share": Text("完成 {share}", "{share} of it"),
    "target.anchor": Text("最近的全年：{period} {value}，{status}", "Newest full year, {period}: {value}, {status}"),
    "target.selection": Text("所选小镇 {value}，{share}", "Selected towns: {value}, {share}"),
    "target.selection_none": Text("所选小镇：{why}", "Selected towns: {why}"),
    "target.of_province": Text("占全省 {share}", "{share} of the province"),
    "target.own_ratio": Text("为其自身占比", "a share of their own"),
    "target.clause": Text("条款 [{clause}]", "Clause [{clause}]"),
    # trend
    "target.trend": Text("年度走势与目标", "Year by year, and the target"),
    "target.trend_published": Text("公布的数据点与目标", "Published figures and the target"),
    "target.trend_note": Text(
        "空心点：报送覆盖低于门槛，不参与判断。", "Hollow points: too few towns reported; not used for any judgement."
    ),
    "target.trend_province": Text(
        "走势、进度和预测都是全省的；筛选只改变分解。",
        "Trend, pace and forecast are the province's; filters change the breakdown only.",
    ),
    "target.fan": Text(
        "虚线：按 {first}–{last} 年同一批 {towns} 个小镇的年均增速外推（占{last}年数的{share}），不计新进退出；阴影：{level}区间，基于 {points} 个点",
        "Dashed: growth of the same {towns} towns {first}–{last} carried on ({share} of the {last} figure), without entrants or exits; shaded: {level} interval, based on {points} points",
    ),
    "target.line_only": Text(
        "虚线：按 {first}–{last} 年同一批 {towns} 个小镇的年均增速外推（占{last}年数的{share}），不计新进退出；基于 {points} 个点，不给区间",
        "Dashed: growth of the same {towns} towns {first}–{last} carried on ({share} of the {last} figure), without entrants or exits; based on {points} points, no interval",
    ),
    "target.outturn": Text("后来实际完成 {value}", "Later outturn {value}"),
    "target.points_note": Text(
        "各点日期不等，不连线、不算增速。", "The dates are unevenly spaced: no line, no growth rate."
    ),
    "target.year": Text("年份", "Year"),
    "target.value": Text("数值", "Figure"),
    "target.growth": Text("合计较上年", "Sum on the year"),
    "target.low": Text("区间下限", "Lower end"),
    "target.high": Text("区间上限", "Upper end"),
    "target.projected": Text("外推", "Projected"),
    "target.reported": Text("全年实际完成", "Full year"),
    "target.thin": Text("覆盖不足", "Thin coverage"),
    # pace
    "target.pace": Text("进度", "Pace"),
    "target.pace_formula": Text(
        "R = 实际年均 {observed} ÷ 所需年均 {required}，均自{year}年起",
        "R = observed {observed} ÷ required {required} a year, both since {year}",
    ),
    "target.pace_twin": Text(
        "同口径 R = {ratio}，{word}：只看{year}年与今年都在范围内、都已报送的小镇，增速 {observed}；与全部小镇的说法不同，以同口径为准看快慢。",
        "Same towns: R = {ratio}, {word}. Those in scope and reported in {year} and now grew {observed} a year; it reads otherwise than all towns together.",
    ),
    "target.closed_open": Text(
        "目标年已结束，但未报小镇可改变结论，暂不下结论。",
        "The target year is over, but silent towns could turn the verdict: none is given.",
    ),
    "target.provisional": Text("暂估：向前 {years} 年", "Provisional: {years} years ahead"),
    "target.record": Text(
        "本工具以往 {told} 次区间中有 {held} 次包含了后来的实际数（名义 {level}）。",
        "Of {told} earlier intervals of this tool {held} held what came (nominal {level}).",
    ),
    "target.bounds": Text(
        "未报 {count} 个小镇，{known} 个最近全年数合计 {last}，{unknown} 个从未报送；按同口径增速和中位数推算，补报后在 {low} 至 {high} 之间（自定方法），{so}",
        "{count} silent towns: {known} last had {last}, {unknown} never reported; carried on by the same towns' growth and by the median it lies between {low} and {high} once they report (our method): {so}",
    ),
    "target.bounds_firm": Text("结论不变", "the verdict stands"),
    "target.bounds_open": Text("结论可能改变，故不判断", "the verdict could turn, so none is given"),
    "target.pace_scale": Text("R = {ratio}；分界 {limits}", "R = {ratio}; cut-offs {limits}"),
    "target.pace_ratio_note": Text(
        "占比按相对增速计算，不是百分点。", "Rates of a share are relative growth, not points."
    ),
    "target.verdict": Text("结论", "Verdict"),
    "target.closed": Text(
        "目标年已结束，有结论，不再谈进度和预测；当年各时点的判断见“历年年末研判”。",
        "The target year is over: a verdict, no pace and no forecast; what each year's end said stands beside.",
    ),
    "target.no_pace": Text("无法判断进度", "Pace cannot be told"),
    # required growth
    "target.needed": Text("所需增速与历年增速", "Growth needed, and growth seen"),
    "target.needed_value": Text("需 {rate}", "needs {rate}"),
    "target.needed_words": Text(
        "自{year}年起每年需增 {rate}；历年合计增速 {low} 至 {high}",
        "From {year} on {rate} a year; seen so far {low} to {high}",
    ),
    "target.needed_only": Text("自{year}年起每年需增 {rate}", "From {year} on {rate} a year"),
    "target.needed_above": Text("高于以往任何一年", "more than in any year so far"),
    "target.needed_base": Text(
        "目标年已结束。{year}年起当年所需年均 {rate}；历年合计增速 {low} 至 {high}",
        "The target year is over. From {year} it needed {rate} a year; seen {low} to {high}",
    ),
    "target.needed_history": Text(
        "从{year}年同口径的{value}到{due}年目标，当时每年需增 {rate}。{due}年数据未公布，这只是历史。",
        "From the like-for-like {value} of {year} to the target of {due} it took {rate} a year. No {due} figure is published: this is history.",
    ),
    "target.needed_none": Text(
        "没有同口径数据，无法计算所需增速。", "No like-for-like figure to count the growth from."
    ),
    "target.needed_met": Text("已达目标线，无须再增。", "The target line is reached; no growth is needed."),
    "target.growth_none": Text(
        "各期统计范围不同，没有可比的历年增速。",
        "The years cover different sets of towns: no yearly growth to compare.",
    ),
    "target.growth_axis": Text("合计较上年增速，含新进退出（%）", "Growth of the sum, entrants and exits included (%)"),
    # forecast
    "target.forecast": Text("达标把握", "Chance of attainment"),
    "target.band_likely": Text("较有把握", "Likely"),
    "target.band_open": Text("未定", "Open"),
    "target.band_unlikely": Text("把握不大", "Unlikely"),
    "target.band_rule": Text(
        "（≥{likely} 较有把握，<{unlikely} 把握不大）", "(≥{likely} likely, <{unlikely} unlikely)"
    ),
    "target.band_words": Text(
        "外推{due}年 {middle}，{level}区间 {low} 至 {high}，基于 {points} 个点",
        "Carried on to {due}: {middle}, {level} interval {low} to {high}, based on {points} points",
    ),
    "target.line_words": Text(
        "外推{due}年 {middle}，基于 {points} 个点", "Carried on to {due}: {middle}, based on {points} points"
    ),
    "target.line_title": Text("只有趋势线", "A line only"),
    "target.no_forecast": Text("不作预测", "No forecast"),
    "target.why_too_few": Text("年度点不足，只列所需增速。", "Too few annual points: the required growth only."),
    "target.why_line": Text(
        "三个点算不出可信的区间，也不给把握。", "Three points give no interval to trust, and no chance."
    ),
    "target.why_not_positive": Text(
        "数值为零或越界，取不了对数。", "A figure is zero or at its bound: no logarithm of it."
    ),
    "target.why_no_panel": Text(
        "各年都在范围内且报送的小镇份额太小，增速不能代表全省。",
        "The towns counted and reported in every year hold too small a share to speak for the province.",
    ),
    "target.why_no_spread": Text(
        "历年增速完全相同，看不出波动，不给区间。", "Every year grew alike: no spread, so no interval."
    ),
    "target.why_scopes": Text(
        "公布的各期统计的小镇范围不同，不能连成一条线外推。",
        "The published years cover different sets of towns; they are not joined into a line to carry on.",
    ),
    "target.why_low_coverage": Text(
        "该年报送覆盖低于门槛，不以它为起点预测。", "Too few towns reported that year to forecast from it."
    ),
    "target.why_by_decision": Text(
        "命名按批次由主管部门决定，不是趋势，不作外推。",
        "Towns are named in batches by decision; that is no trend and is not carried on.",
    ),
    # looking back
    "target.looks": Text("历年年末研判", "What each year's end said"),
    "target.looks_year": Text("年末", "Year's end"),
    "target.looks_pace": Text("进度 R", "Pace R"),
    "target.looks_needed": Text("还需年增", "Still needs"),
    "target.looks_forecast": Text("外推{due}年（{level}区间）", "Carried on to {due} ({level})"),
    "target.looks_band": Text("把握", "Chance"),
    "target.looks_note": Text(
        "每行只用当年末及以前的数据；{outturn}", "Each row uses figures up to that year's end only; {outturn}"
    ),
    "target.looks_outturn": Text("{due}年实际完成 {value}。", "outturn of {due}: {value}."),
    "target.looks_open": Text("{due}年数据尚无。", "no figure of {due} yet."),
    # where the change comes from
    "target.split_towns": Text("看是哪些小镇", "See which towns"),
    "target.split": Text("变化构成", "Where the change comes from"),
    "target.split_since": Text("{since}至{now}：{value} {unit}", "{since} to {now}: {value} {unit}"),
    "target.move_same": Text("同口径", "Same towns"),
    "target.move_entrant": Text("新进", "Entrants"),
    "target.move_exit": Text("退出", "Exits"),
    "target.move_reporting": Text("两期不可比", "Reported only once"),
    "target.move_silent": Text("未报送", "Not reported"),
    "target.split_note": Text("四项之和等于总变化。", "The four add up to the change."),
    "target.split_silent": Text(
        "另有 {count} 个在册小镇没有可比的报送，不计为零。",
        " Listed towns without a return to compare: {count}; they are not counted as zero.",
    ),
    "target.split_none": Text(
        "没有可比的基期，不分解变化。", "No earlier period to compare with: the change is not split."
    ),
    "target.towns": Text("{count} 个小镇", "{count} towns"),
    # breakdown
    "target.parts": Text("贡献构成", "Who contributes"),
    "target.what": Text("查看内容", "What to split"),
    "target.what_level": Text("水平", "Level"),
    "target.what_change": Text("变化", "Change"),
    "target.what_gap": Text("缺口", "Gap"),
    "target.by": Text("分组方式", "By what"),
    "target.by_prefecture": Text("设区市", "Prefecture"),
    "target.by_county": Text("县", "County"),
    "target.by_class": Text("类型", "Class"),
    "target.by_town": Text("小镇", "Town"),
    "target.bars_level": Text("合计 {end}", "Total {end}"),
    "target.bars_change": Text("{since} {start} → {now} {end}", "{since} {start} → {now} {end}"),
    "target.bars_gap": Text("目标 {start} → 实际完成 {end}", "Target {start} → outturn {end}"),
    "target.bars_effect": Text("对全省的影响合计 {end}", "Effect on the province: {end}"),
    "target.bars_gap_part": Text("分摊 {start} → 实际完成 {end}", "Expected {start} → outturn {end}"),
    "target.start_change": Text("{since}", "{since}"),
    "target.start_gap": Text("目标", "Target"),
    "target.start_gap_part": Text("目标分摊值", "Expected"),
    "target.end_level": Text("合计", "Total"),
    "target.end_change": Text("{now}", "{now}"),
    "target.end_gap": Text("实际完成", "Outturn"),
    "target.end_effect": Text("合计", "Total"),
    "target.rest": Text("其余 {count} 项", "Other {count}"),
    "target.rest_towns": Text("其余 {count} 个小镇", "Other {count} towns"),
    "target.axis": Text("{unit}", "{unit}"),
    "target.axis_zoomed": Text("{unit}（轴不从零起）", "{unit} (axis does not start at zero)"),
    "target.column_name": Text("名称", "Name"),
    "target.column_value": Text("{what}（{unit}）", "{what} ({unit})"),
    "target.column_share": Text("占合计（%）", "Of total (%)"),
    "target.column_reported": Text("报送", "Reported"),
    "target.column_movement": Text("情形", "Movement"),
    "target.method_level": Text(
        "水平：各项为其报送数之和；占比类为分子÷全体分母，单位百分点；各项之和等于合计。",
        "Level: what the towns reported, summed; of a share, numerator over all denominators, in points; parts sum to the total.",
    ),
    "target.method_change": Text(
        "变化：两期都在范围内且都报送的小镇按组列出，新进、退出、两期不可比各自成条；占比类以两期平均占比为参照，进出与升降都精确相加。",
        "Change: towns counted and reported both times by group; entrants, exits and towns reported only once stand alone. A share is measured against the mean of both, so that all parts sum exactly.",
    ),
    "target.method_gap": Text(
        "缺口：目标按各小镇{year}年份额分摊为目标分摊值，条形为实际完成减目标分摊值，未报小镇计为减目标分摊值；占比类为（分子−目标×分母）÷分母合计。",
        "Gap: expected is the target times the share of {year}, bars are actual less expected (unreported: less expected); of a share (numerator − target × denominator) ÷ all denominators.",
    ),
    "target.silent": Text(
        "{count} 个应报小镇未报送：{names}", "{count} towns that should have reported did not: {names}"
    ),
    "target.silent_more": Text("{names}等", "{names} and others"),
    "target.parts_no_returns": Text(
        "公布数据只有全省合计，没有各小镇报送的数据，不能分解。",
        "Published for the province only, without town returns: it cannot be split.",
    ),
    "target.parts_unreported": Text("所选小镇该期没有报送。", "The selected towns did not report this period."),
    "target.parts_no_base": Text(
        "所选期间不晚于基年，没有可分解的变化。", "The period is not later than the base year: no change to split."
    ),
    "target.parts_no_target": Text(
        "该期间未设目标（年内累计或目标年之后），没有缺口可分。",
        "No target is set for this period (within a year, or after the target year): no gap to split.",
    ),
    "target.parts_out_of_scope": Text(
        "所选小镇不在该目标的范围内。", "The selected towns are outside this target's scope."
    ),
    # basis
    "target.basis": Text("依据与方法", "Basis and method"),
    "target.method": Text("方法", "Method"),
    "target.method_text": Text(
        "结论按原文的运算判断；进度R为基年以来实际年均复合增速与所需年均复合增速之比；预测为对数（占比用对数几率）随机游走带漂移，t分布m−1自由度，标准误 s×√(h×(1+h÷m))，m为增速个数、h为外推年数，最多用最近 {most} 个年度点。",
        "Verdicts keep the document's operator. Pace R is observed over required compound annual growth since the base year. The forecast is a random walk with drift on logs (shares: logit), Student t with m−1 degrees of freedom, standard error s×√(h×(1+h÷m)) with m growth rates and h years ahead, from the newest {most} annual points at most.",
    ),
}
