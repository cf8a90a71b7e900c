"""The cockpit page: cards, rail, gap attribution."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    # cards
    "cards.title": Text("{year}年{count}项目标", "The {count} targets of {year}"),
    "cards.list": Text("各项目标", "Target by target"),
    "cards.set": Text("目标组", "Set of targets"),
    "cards.headline_missed": Text("{label}离目标 {target} 差 *{gap}*", "{label} is *{gap}* short of {target}"),
    "cards.headline_on_track": Text("能判断的目标均按期", "Every target that can be judged is on track"),
    "cards.headline_all_met": Text("能判断的目标全部达成", "Every target that can be judged is achieved"),
    "cards.headline_unpublished": Text(
        "{year}年数据尚无公布；所列为最近一次公布值",
        "No {year} figures are published; shown are the latest published ones",
    ),
    "cards.headline_running": Text(
        "该期间不作结论，只看与上年同期的变化", "No verdict for this period: only the change on a year before"
    ),
    "cards.headline_share": Text(
        "所选小镇的贡献；目标为全省目标", "What the selected towns contribute; the targets are the province's"
    ),
    "card.target": Text("目标", "Target"),
    "card.target_about": Text("目标 {value}左右", "Target: about {value}"),
    "card.target_above": Text("目标 突破 {value}", "Target: above {value}"),
    "card.target_at_least": Text("目标 {value}以上", "Target: at least {value}"),
    "card.target_at_most": Text("目标 不超过{value}", "Target: at most {value}"),
    "card.target_sign": Text("目标 {sign}{value}", "Target {sign} {value}"),
    "card.share": Text("完成 {share}", "{share}"),
    "card.over": Text("超 {gap}", "{gap} over"),
    "card.short": Text("差 {gap}", "{gap} short"),
    "card.to_go": Text("还差 {gap}", "{gap} to go"),
    "card.exact": Text("正好达到目标", "Exactly on target"),
    "card.points_over": Text("高 {points} 个百分点", "{points} points over"),
    "card.points_short": Text("低 {points} 个百分点", "{points} points short"),
    "card.within": Text("在 ±{width} 之内", "Within ±{width}"),
    "card.own": Text("自定", "our choice"),
    "card.label_origin": Text("{label}（{origin}）", "{label} ({origin})"),
    # Of towns that reported both years; the sum, with who came and went, is another figure.
    "card.growth": Text("同镇同比 {growth}", "same towns {growth}"),
    "card.growth_points": Text("同镇同比 {growth} 点", "same towns {growth} pts"),
    "card.growth_list": Text("较上年 {growth}", "{growth} YoY"),
    "card.pace": Text("{year}年起年均 需{needed} 实{observed}", "{year}–: {observed}, needs {needed}"),
    "card.coverage": Text("{reported}/{expected} 个小镇", "{reported}/{expected} in"),
    "card.missing": Text("{count} 个小镇未报", "{count} missing"),
    "card.silence": Text("{count} 个小镇未报，可改变结论", "{count} missing: could turn it"),
    "card.by_weight": Text("按量 {share}", "{share} by size"),
    "card.by_weight_help": Text(
        "已报小镇占各小镇最近一次全年数的比重", "The reporters' part of all towns' newest full-year figures"
    ),
    "card.reported_sum": Text("仅已报合计", "Reported towns only"),
    "card.hidden": Text("全省数不显示", "Province not shown"),
    "card.small_group": Text(
        "范围外已报小镇太少，全省数不显示",
        "Too few others reported: the province's figure is not shown",
    ),
    "card.not_reported": Text("未报送", "Not reported"),
    "card.not_published": Text("无同口径公布值", "Not published"),
    "card.province_total": Text("全省公布", "Province total"),
    "card.unpublished_year": Text("{year}年暂无数据", "No {year} data"),
    "card.within_year": Text("年内累计，不判结论", "Within the year: no verdict"),
    "card.after_target": Text("该期未设目标", "No target for this period"),
    "card.filtered": Text("筛选贡献", "Part"),
    "card.of_province": Text("占全省 {share}", "{share} of all"),
    "card.of_province_light": Text("浅色为全省", "light: province"),
    "card.out_of_scope": Text("所选小镇不在此范围", "None in this scope"),
    "card.own_ratio": Text("所选小镇自身占比", "Own share"),
    "card.province_gap": Text("全省{gap}", "Province: {gap}"),
    "card.closes": Text("支撑 {gap}", "Closes {gap}"),
    "card.under_one": Text("不足 1 {counter}", "under 1 {counter}"),
    "card.widens": Text("拖累 {gap}", "Widens by {gap}"),
    "card.no_split": Text("公布值只有全省合计，不能按筛选拆分", "Published for the province only; cannot be split"),
    "card.context": Text("参考：{scope} {value}（{period}）", "For reference: {scope} {value} ({period})"),
    "card.trend": Text(
        "{label}走势，{first}至{last}，{count} 个点；口径变化处断开",
        "{label}, {first} to {last}, {count} points; broken where the scope changes",
    ),
    "card.selected": Text("下方所示", "Shown below"),
    "card.scope": Text("{scope}", "{scope}"),
    # attribution
    "gap.title": Text("差在哪里", "Who makes the gap"),
    "gap.depth": Text("详情", "In depth"),
    "gap.target": Text("归因目标", "Target to attribute"),
    "gap.unit": Text("{unit}，{period}", "{unit}, {period}"),
    "gap.by": Text("分组", "Grouped by"),
    "gap.by_prefecture": Text("按设区市", "By prefecture"),
    "gap.by_area": Text("地区", "Area"),
    "gap.prefecture": Text("设区市", "Prefecture"),
    "gap.county": Text("县（市、区）", "County"),
    "gap.by_class": Text("类型", "Class"),
    "gap.total": Text("合计", "Total"),
    "gap.towns": Text("{count} 个小镇", "{count}"),
    "gap.to_target": Text("与目标相差", "To the target"),
    "gap.part_same": Text("同口径", "Same towns"),
    "gap.part_entrant": Text("新进", "Entrants"),
    "gap.part_exit": Text("退出", "Exits"),
    "gap.part_removed": Text("淘汰", "Removed"),
    "gap.part_reporting": Text("未报送", "Silent"),
    "gap.tag_entrant": Text("新进", "new"),
    "gap.tag_exit": Text("退出", "left"),
    "gap.tag_base": Text("基年无数", "no base"),
    "gap.tag_removed": Text("淘汰", "removed"),
    "gap.tag_reporting": Text("未报", "no return"),
    "gap.note_same": Text(
        "{year}年与本期都在范围内、都已报送的小镇：实际−目标分摊值",
        "In scope and reported both in {year} and now: actual less expected",
    ),
    "gap.note_entrant": Text(
        "{year}年后进入范围、或{year}年没有数的小镇：没有目标分摊值，全部实际数都算支撑",
        "In scope since {year}, or without a figure of {year}: nothing was expected of them, all they have supports",
    ),
    "gap.note_exit": Text(
        "{year}年后离开范围的小镇：只有目标分摊值", "Out of scope since {year}: what was expected of them is missing"
    ),
    "gap.note_reporting": Text(
        "在范围内、本期没有报送的小镇：只有目标分摊值；未报不等于没有",
        "In scope and without a return: what was expected of them is missing; not reported is not zero",
    ),
    "gap.ranked_by": Text("拖累 ◂ ▸ 支撑", "◂ down, up ▸"),
    "gap.pulls": Text("拖累 / 支撑", "Down / up"),
    "gap.towns_of": Text("{part}中的小镇", "Towns: {part}"),
    "gap.part_total": Text("{part}合计", "{part}, total"),
    "gap.done": Text("完成", "Done"),
    "gap.rest_widens": Text("另 {count} 个拖累小镇", "{count} more, down"),
    "gap.rest_closes": Text("另 {count} 个支撑小镇", "{count} more, up"),
    "gap.rest_areas": Text("另 {count} 个", "{count} more"),
    "gap.part_none": Text("没有这类小镇计入差距。", "No such towns stand in the gap."),
    "gap.filter_to": Text("只看这里", "Filter to it"),
    "gap.open_town": Text("打开小镇码页", "Open the town's page"),
    "gap.widens": Text("◂ 拖累", "◂ down"),
    "gap.closes": Text("支撑 ▸", "up ▸"),
    "gap.method_sum": Text(
        "目标分摊值=目标×{year}年份额（自定），新进小镇没有分摊值。先看同口径小镇，其余三项单列；各行、各列与四项逐级加总都等于总差距。",
        "Expected = target × {year} share (ours); entrants have none. Read the same towns first; rows, columns and the four parts all sum to the gap.",
    ),
    "gap.method_ratio": Text(
        "各小镇=（分子−目标×分母）÷分母合计，单位为百分点；占比只由已报小镇构成，退出与未报小镇不在其中，{year}年后进入的单列。",
        "Each town is (numerator − target × denominator) ÷ all denominators, in points; a share has the reporters only, so exits and silence stand in no sum; those in scope since {year} stand apart.",
    ),
    "gap.finding": Text("{name}同口径小镇拖累 {value} {unit}，居首", "{name}'s same towns weigh most: {value} {unit}"),
    "gap.finding_hidden": Text("；被新进的 {value} {unit}遮住", ", hidden by {value} {unit} of entrants"),
    "gap.finding_none": Text("没有一地的同口径小镇拖累目标", "Nowhere do the same towns pull down"),
    "gap.none": Text(
        "公布数据只有全省合计，没有各小镇报送的数据，不能归因。",
        "Published figures cover the province only; without town returns nothing can be attributed.",
    ),
    "gap.none_period": Text("所选期间没有可归因的报送。", "The period holds no returns to attribute."),
    "gap.none_target": Text(
        "该期间未设目标（年内累计或目标年之后），不作归因。",
        "No target is set for this period (within a year, or after the target year): nothing is attributed.",
    ),
    "growth.title": Text("同比", "Growth on a year before"),
    "growth.whole": Text("合计 {value}", "All {value}"),
    "growth.finding": Text("{best}最快，{worst}最慢", "Fastest {best}, slowest {worst}"),
    "growth.method": Text(
        "只比两期都报送的小镇；该期间未设目标，不作归因。",
        "Towns that reported both periods only; no target is set for this period, so nothing is attributed.",
    ),
    "growth.rate": Text("同比", "Growth"),
    "growth.value": Text("同比（{unit}）", "Growth ({unit})"),
    "gap.points": Text("百分点", "points"),
    "gap.column_name": Text("名称", "Name"),
    # published series
    "series.title": Text("公布的数据点", "Published figures"),
    "series.note": Text(
        "各年统计的小镇范围不同，不连线、不算增速。",
        "The years cover different sets of towns: no line, no growth rate.",
    ),
    "series.known": Text("已知名单构成", "What is known of the list"),
    "series.known_note": Text(
        "名单不完整，只用于看构成，不计数、不判断。",
        "The list is incomplete: it shows the mix; it is not counted or judged.",
    ),
    "series.axis": Text("{label}（{unit}）", "{label} ({unit})"),
    "card.open": Text("{label}：看该目标", "{label}: open the target"),
    "card.only": Text("只看{status}的目标", "Targets that are: {status}"),
    # mini map
    "mini.title": Text("一图", "Map"),
    "mini.subtitle": Text("各市同口径小镇对{label}差距的影响，{unit}", "Same towns' effect on the gap, {unit}"),
    "mini.hint": Text(
        "{name} · 同口径 {value} · {reported}/{expected} 个小镇已报",
        "{name} · same towns {value} · {reported} of {expected} reported",
    ),
    "mini.subtitle_towns": Text("已知小镇的位置", "Where the known towns are"),
    "mini.dot": Text("小镇", "Town"),
    # decisions
    "decisions.title": Text("待决事项", "To be decided"),
    "decisions.count": Text("{count} 项", "{count} items"),
    "decisions.none": Text("没有待决事项。", "Nothing waits for a decision."),
    "decisions.public": Text(
        "名单止于2023年，不能判断今天的到期情况。", "The list ends in 2023; what is due today cannot be judged from it."
    ),
    "decision.go": Text("打开{page}处理，依据 {clause}", "Open {page}, clause {clause}"),
    "decision.clock_over": Text("{count} 个创建小镇延长期已满仍未命名", "Unnamed after extension: {count}"),
    "decision.clock_over_do": Text(
        "最久已超 {days} 天；决定：终止创建", "Up to {days} days over; decide: end creation"
    ),
    "decision.clock_due": Text(
        "{count} 个创建小镇满5年未命名、未延长，待评估",
        "Past five years, not assessed: {count}",
    ),
    "decision.clock_due_do": Text(
        "最久已超 {days} 天；决定：评估后延长或终止", "Up to {days} days over; assess: extend or end"
    ),
    "decision.clock_ending": Text("{count} 个创建小镇延长期将满", "Extension ends soon: {count}"),
    "decision.clock_ending_do": Text(
        "最近 {days} 天后；决定：验收命名或到期终止", "First in {days} days; decide: name, or end"
    ),
    "decision.clock_soon": Text("{count} 个创建小镇即将满5年", "Five years soon: {count}"),
    "decision.clock_soon_do": Text("最近 {days} 天后；决定：组织评估", "First in {days} days; prepare the assessment"),
    "decision.low_coverage": Text("{subject}缺 {count} 个小镇，目标无法评判", "{subject}: {count} towns missing"),
    "decision.silence": Text("{subject}未报 {count} 个小镇，可改变结论", "{subject}: {count} silent could turn it"),
    "decision.silence_do": Text(
        "上下限跨过目标线（自定方法）；决定：催报", "Bounds straddle the target (ours); press for returns"
    ),
    "decision.low_coverage_do": Text(
        "覆盖 {coverage}，低于自定门槛；决定：催报或说明",
        "No verdict: {coverage} in, below our minimum; chase",
    ),
    "decision.no_data": Text("{count} 项目标没有{year}年数据", "{count} targets have no {year} figure"),
    "decision.no_data_do": Text("决定：统计口径与责任单位", "Decide: definition and who reports"),
    "decision.own_tolerance": Text("{subject}“左右”按 ±{width} 判为达成", "{subject}: about is ±{width}"),
    "decision.own_tolerance_do": Text("决定：认可或调整容差", "The width of 'about' is ours; accept or change it"),
    "decision.overdue": Text("已逾期", "Overdue"),
    "decision.in_days": Text("{days} 天", "{days} days"),
    "decision.open": Text("待定", "Open"),
    "decision.own": Text("自定", "Ours"),
    # running year
    "missing.title": Text("尚未报送", "Not reported"),
    "missing.period": Text("{period}，目标指标", "{period}, headline indicators"),
    "missing.count": Text("{count} 个小镇", "{count} towns"),
    "missing.all": Text("全部未报", "nothing reported"),
    "missing.some": Text("缺 {count} 项", "{count} missing"),
    "missing.who": Text("看是哪些小镇 →", "See which →"),
    "missing.more": Text("另有 {count} 个小镇", "and {count} more towns"),
    "missing.none": Text("应报小镇均已报齐。", "Every town has reported in full."),
    "sources.title": Text("公布来源", "Published by"),
    "running.title": Text("本年运行", "This year so far"),
    "running.period": Text("{period}，同镇同比", "{period}, YoY"),
    "running.note": Text(
        "该年政策未设目标，只看同比，不判结论。",
        "The policy sets no target for this year: growth of the same towns, no verdict.",
    ),
    "running.arriving": Text(
        "{period}已报 {reported}/{expected}，覆盖够了再换",
        "{period}: {reported}/{expected} in; shown once enough have reported",
    ),
    "running.uncovered": Text("本年报送覆盖还不够，暂不合计。", "Too few have reported this year to add up yet."),
    "running.none": Text("公开数据没有年内数据。", "The public data hold no year-to-date figures."),
    "changes.title": Text("本次更新", "This version"),
    "changes.first": Text(
        "第{number}版，{date} 发布；首个版本，无可比较的上一版。",
        "Version {number}, published {date}; the first one, nothing to compare with.",
    ),
    "changes.all": Text("版本记录", "All versions"),
    "changes.none": Text("指标值与上一版相同。", "Every figure is as in the version before."),
    "changes.figures": Text(
        "与上一版相比，*{count}* 个指标值不同：新报 {new}，改动 {changed}，撤回 {withdrawn}；涉及 {names}",
        "*{count}* figures differ from before: {new} new, {changed} changed, {withdrawn} taken back; of {names}",
    ),
    "changes.figures_more": Text(
        "与上一版相比，*{count}* 个指标值不同：新报 {new}，改动 {changed}，撤回 {withdrawn}；涉及 {towns} 个小镇",
        "*{count}* figures differ from before: {new} new, {changed} changed, {withdrawn} taken back; of {towns} towns",
    ),
    "changes.next": Text(
        "第{number}版，{date} 由{who}发布：{note}。",
        "Version {number}, {date}, {who}: {note}.",
    ),
    "sense.above": Text("突破{value}", "above {value}"),
    "sense.at_least": Text("{value}以上", "at least {value}"),
    "sense.about": Text("{value}左右", "about {value}"),
    "sense.at_most": Text("不超过{value}", "at most {value}"),
}
