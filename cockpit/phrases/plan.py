"""Proposals for the next targets: the command's answers and the workbook that is sent round."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "plan.title": Text("{year}年{name}分解建议", "{name} by {year}: proposed shares"),
    "plan.title_in_force": Text("{year}年{name}分解", "{name} by {year}: shares"),
    "plan.proposed": Text("建议", "proposed"),
    "plan.notes": Text("说明", "Notes"),
    "plan.note": Text(
        "本系统测算的建议，不是下达的目标，也不是政策。基数为{base}年全年，现价。",
        "A proposal of this system, no target handed down and no policy. Base: full year {base}, current prices.",
    ),
    "plan.note_in_force": Text(
        "下达值是{state}的目标，自定，不是政策；建议值是本系统测算的。基数为{base}年全年，现价。",
        "What is assigned is a target of our own, {state}, and no policy; what is proposed is this system's reckoning. Base: full year {base}, current prices.",
    ),
    "plan.note_rule": Text(
        "按权重（{weights}）分摊；每个小镇的年均增速不低于 {floor}，不高于 {ceiling}（山区26县 {mountain}）；取整用最大余数法，各级之和等于各镇共担数；界限之间没有整数的小镇取上一个整数，并标明。",
        "Shared by weights ({weights}); growth a year of each town at least {floor}, at most {ceiling} (26 mountain counties {mountain}); whole by largest remainder, sums exact at every level; where no whole figure lies between the bounds the next one above is taken and marked.",
    ),
    "plan.note_missing": Text(
        "没有基数、未参加分摊的小镇 {count} 个：{names}", "{count} towns without a base carry no share: {names}"
    ),
    "plan.note_reserve": Text(
        "目标 {total}，其中预留 {reserve}（新列入和无基数的小镇），各镇共担 {shared}。",
        "Target {total}, of which {reserve} is kept back for towns to come and those without a base; the towns carry {shared}.",
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
    "plan.whole": Text("取整超上限", "above the ceiling by rounding"),
    "plan.stated": Text("上报值", "Stated"),
    "plan.remark": Text("说明", "Remark"),
    "plan.assigned": Text("下达值", "Assigned"),
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
    # the page
    "plan.step.label": Text("步骤", "Step"),
    "plan.step.propose": Text("1 提出目标", "1 Propose"),
    "plan.step.break": Text("2 分解", "2 Break down"),
    "plan.step.whatif": Text("3 情景", "3 What-if"),
    "plan.step.track": Text("4 跟踪", "4 Track"),
    "plan.set": Text("目标体系", "Target set"),
    "plan.no_set": Text(
        "还没有编制中的目标体系。有规划权限的人在上方“新建目标体系”处开始，提出、分解和跟踪都在这里。",
        "No set of targets is being drawn up yet. Who may plan begins one with “New set” above; it is proposed, broken down "
        "and tracked here.",
    ),
    "plan.no_returns": Text(
        "这个数据集没有小镇年报，提不出目标，也分不下去。请在右上角选有年报的数据集。",
        "This dataset has no yearly returns of towns: nothing can be proposed or shared out. Choose one that has, above.",
    ),
    "plan.not_whole": Text(
        "编制目标须有全省的“规划”权限；您可以看本范围的分解和情景。",
        "Drawing up a set takes the right to plan for the whole province; you see the breakdown and scenarios of your own scope.",
    ),
    "plan.state.new": Text("新", "new"),
    "plan.state.draft": Text("草案", "draft"),
    "plan.state.comment": Text("征求意见", "for comment"),
    "plan.state.fixed": Text("确定", "fixed"),
    "plan.state.in_force": Text("施行", "in force"),
    "plan.state.closed": Text("收官", "closed"),
    "plan.draft_no": Text("第{number}稿", "draft {number}"),
    "plan.revision_no": Text("第{number}次修订", "revision {number}"),
    "plan.answer_by": Text("{day} 前上报，{count} 个单位已回", "answers until {day}, {count} answered"),
    "plan.frozen": Text("名单冻结 {count} 个小镇", "list frozen: {count} towns"),
    "plan.new": Text("新建目标体系", "New set"),
    "plan.new_year": Text("目标年", "Target year"),
    "plan.new_title": Text("{year}年目标", "Targets of {year}"),
    "plan.made": Text("已新建 {name}。", "{name} is begun."),
    "plan.done": Text("已记录：{kind}。", "On record: {kind}."),
    "plan.conflict": Text(
        "别人刚改过这套目标，请看过再办。", "Somebody has just changed this set: look again, then decide."
    ),
    # acts
    "plan.do.made": Text("新建", "Begin"),
    "plan.do.chosen": Text("选定", "Choose"),
    "plan.do.left_out": Text("暂不设", "Leave out"),
    "plan.do.shared": Text("写入权重与预留", "Write weights and reserve"),
    "plan.do.held": Text("锁定下达值", "Hold the figure"),
    "plan.do.released": Text("解除锁定", "Release"),
    "plan.do.sent": Text("送征求意见", "Send for comment"),
    "plan.do.answered": Text("上报意见", "Answer"),
    "plan.do.recalled": Text("收回修改", "Recall"),
    "plan.do.fixed": Text("确定下达值", "Fix"),
    "plan.do.returned": Text("退回征求意见", "Back to comment"),
    "plan.do.in_force": Text("施行", "Put in force"),
    "plan.do.adjusted": Text("调整", "Adjust"),
    "plan.do.closed": Text("收官", "Close"),
    "plan.carry": Text("办理", "Act on the set"),
    "plan.carry_lead": Text("这套目标的下一步", "What comes next for this set"),
    "plan.until": Text("意见截止", "Answers until"),
    "plan.unchosen": Text("还缺 {count} 项", "{count} still open"),
    "plan.course": Text("经过", "Course"),
    "plan.course.earlier": Text("更早还有 {count} 步。", "{count} earlier steps."),
    # propose
    "plan.propose.title": Text("{year}年目标：定多少", "Targets of {year}: how much"),
    "plan.propose.lead": Text(
        "{name}各法中位 {median}，年均 {yearly}；近三年同镇实际 {observed}",
        "{name}: median of the methods {median}, {yearly} a year; the same towns grew {observed} a year",
    ),
    "plan.propose.asked": Text("；上轮要求 {asked}", "; the last set asked {asked}"),
    "plan.method.continue": Text("延续", "Continue"),
    "plan.method.outer": Text("外部目标", "Outer aim"),
    "plan.method.benchmark": Text("标杆", "Benchmark"),
    "plan.method.catch_up": Text("追赶", "Catch-up"),
    "plan.method.capacity": Text("容量", "Capacity"),
    "plan.method.bottom_up": Text("计划汇总", "Bottom-up"),
    "plan.about.continue": Text("近三年同镇年均增速外推", "Growth of the same towns over three years, carried on"),
    "plan.about.outer": Text(
        "与全省经济同步 {outer}（假设，待核）", "The province's pace, {outer} (assumed, to be cited)"
    ),
    "plan.about.benchmark": Text(
        "各镇升到同类单位面积 {at} 分位", "Each town up to the {at} quantile of its class per mu"
    ),
    "plan.about.catch_up": Text("与同类90分位的差距 {years} 年减半", "Gap to the class's 90 % halves in {years} years"),
    "plan.about.capacity": Text(
        "规划未用地按同类 {at} 分位产出，是上限", "Planned land at the class's {at} quantile: a ceiling"
    ),
    "plan.about.bottom_up": Text("三年行动计划年均，只含投资 [3.4]", "Three-year plans a year, investment only [3.4]"),
    "plan.axis": Text("各方法要求的年均增速，{base}→{year}", "Growth a year each method asks for, {base} to {year}"),
    "plan.col.indicator": Text("指标", "Indicator"),
    "plan.col.median": Text("各法中位", "Median"),
    "plan.col.chosen": Text("选定", "Chosen"),
    "plan.a_year": Text("年均 {growth}", "{growth} a year"),
    "plan.few_methods": Text("不足三法", "under three methods"),
    "plan.not_carried": Text("不外推，在“分解”中逐镇设下限", "not carried on: floors per town in step 2"),
    "plan.list_not_carried": Text("不外推，看创建小镇名单", "not carried on: see the towns being created"),
    "plan.to_choose": Text("待选定", "to be chosen"),
    "plan.left_out": Text("暂不设", "left out"),
    "plan.legend.method": Text("方法", "method"),
    "plan.legend.range": Text("方法范围", "range of methods"),
    "plan.legend.median": Text("中位", "median"),
    "plan.legend.chosen": Text("选定", "chosen"),
    "plan.legend.asked": Text("上轮要求的年均增速", "growth the last set asked for"),
    "plan.legend.span": Text("近三年同镇实际范围", "what the same towns did in three years"),
    "plan.legend.beyond": Text("超出坐标", "off the axis"),
    "plan.form.title": Text("选定：{name}", "Choose: {name}"),
    "plan.form.sense": Text("算子", "Operator"),
    "plan.form.value": Text("{year}年目标（{unit}）", "Target of {year} ({unit})"),
    "plan.form.hint": Text("点左边一行换指标", "Press a row to change the indicator"),
    "plan.form.closed": Text("这套目标已{state}，不能再选。", "This set is {state}: nothing can be chosen any more."),
    "plan.base_year": Text("{year}年全年", "full year {year}"),
    # break down
    "plan.break.title": Text("{year}年{name} {value}：谁担多少", "{name} {value} by {year}: who carries how much"),
    "plan.break.indicator": Text("指标", "Indicator"),
    "plan.break.units": Text("{unit}，现价；基数 {base}年全年", "{unit}, current prices; base: full year {base}"),
    "plan.break.units_count": Text("{unit}；基数 {base}年全年", "{unit}; base: full year {base}"),
    "plan.col.unit": Text("单位", "Unit"),
    "plan.col.base": Text("基数", "Base"),
    "plan.col.share": Text("基数份额", "Share of base"),
    "plan.col.stated": Text("上报值", "Stated"),
    "plan.col.suggested": Text("建议值", "Proposed"),
    "plan.col.strip": Text(
        "年均增速 0 至 {most}；条为权重浮动时 5–95%，点为下达",
        "Growth a year, 0 to {most}; bar: 5–95 % under swayed weights, dot: assigned",
    ),
    "plan.col.assigned": Text("下达值", "Assigned"),
    "plan.col.yearly": Text("年均", "A year"),
    "plan.col.shift": Text("目标份额 − 基数份额", "Share of target − of base"),
    "plan.col.bounds": Text("触界小镇", "Towns at a bound"),
    "plan.col.note": Text("说明", "Note"),
    "plan.points": Text("百分点", "points"),
    "plan.not_in": Text("未回", "not in"),
    "plan.province": Text("全省", "Province"),
    "plan.reserve": Text("预留", "Reserve"),
    "plan.reserve_for": Text("新列入小镇与无基数小镇 {count} 个", "towns to come and {count} without a base"),
    "plan.reserve_named": Text("无基数，不作零：{names}", "without a base, which is not zero: {names}"),
    "plan.bound_floor": Text("{count} 个触下限", "{count} at the floor"),
    "plan.bound_ceiling": Text("{count} 个触上限", "{count} at the ceiling"),
    "plan.bound_whole": Text("{count} 个取整超上限", "{count} above it by rounding"),
    "plan.held": Text("锁", "held"),
    "plan.rule": Text(
        "建议值 = 可分总数 × 加权份额；超出上下限的按界限定住，余额按比例重分，直至不再变动；先尊重锁定；取整用最大余数法。上报值与下达值相差超过 {within} 的标出。",
        "Proposed = the sum to share × weighted share; what passes a bound is cut there and the rest shared again until nothing changes; holds first; whole by largest remainder. Stated figures more than {within} from the assigned ones are marked.",
    ),
    "plan.ratio.title": Text("{year}年{name} {value}：每镇下限", "{name} {value} by {year}: the floor of each town"),
    "plan.ratio.level": Text(
        "占比不分摊：{below} 个小镇提到同一下限 {level}，全省加权平均由 {now} 到 {aim}。",
        "Shares are not split: {below} towns come up to one floor, {level}; the weighted mean goes from {now} to {aim}.",
    ),
    "plan.ratio.met": Text(
        "{base}年全省 {now}，已经达到，各镇保持即可。",
        "At {now} in {base} the province is there already: towns keep what they have.",
    ),
    "plan.list.none": Text(
        "命名小镇数不分解到单位；名单见清单管理。", "The number of named towns is not broken down; see list management."
    ),
    "plan.nothing_chosen": Text(
        "还没有选定数值的指标。先在“1 提出目标”选定。", "No indicator has a figure yet: choose one in step 1."
    ),
    "plan.cannot_title": Text("按现在的界限分不下去", "It cannot be shared out within these bounds"),
    "plan.map": Text("谁多担", "Who carries more"),
    "plan.map_steps": Text(
        "+0.30 及以上|+0.05 至 +0.30|±0.05 以内|−0.05 至 −0.30|−0.30 及以下",
        "+0.30 and more|+0.05 to +0.30|within ±0.05|−0.05 to −0.30|−0.30 and less",
    ),
    "plan.weights": Text("权重与界限", "Weights and bounds"),
    "plan.weights.reset": Text("恢复写入值", "Back to what is written"),
    "plan.trial": Text("试算，未写入", "on trial, not written"),
    "plan.weights.zero": Text(
        "权重合计为零，请把其中一项调到零以上。", "The weights add up to nothing: raise one above zero."
    ),
    "plan.reserve_value": Text("预留（{unit}）", "Reserve ({unit})"),
    "plan.limit.floor": Text("下限 年均", "Floor a year"),
    "plan.limit.ceiling": Text("上限 年均", "Ceiling a year"),
    "plan.limit.mountain": Text("山区26县上限", "Ceiling, mountain counties"),
    "plan.limit.held": Text("锁定", "Held"),
    "plan.limit.units": Text("{count} 个单位", "{count} units"),
    "plan.proof": Text("校验", "Proof"),
    "plan.proof.sum": Text("镇 = 县 = 市 = 省", "towns = counties = prefectures = province"),
    "plan.proof.whole": Text("取整：最大余数，同余按编码", "whole: largest remainder, ties by code"),
    "plan.proof.base": Text("下达值不低于基数", "no town is assigned less than its base"),
    "plan.proof.stated": Text("上报与下达一致", "stated and assigned agree"),
    "plan.proof.difference": Text("差 {value}", "off by {value}"),
    "plan.proof.towns": Text("{count} / {all} 个小镇", "{count} of {all} towns"),
    "plan.proof.apart": Text(
        "{apart} 个单位不一致，{silent} 个市未回", "{apart} units apart, {silent} prefectures not in"
    ),
    "plan.hold": Text("改下达值", "Change an assigned figure"),
    "plan.hold.unit": Text("单位", "Unit"),
    "plan.hold.value": Text("下达值（{unit}）", "Assigned ({unit})"),
    "plan.against": Text("由谁对冲（不选则总数随之变动）", "Taken over by (none: the total moves)"),
    "plan.release": Text("解除“{unit}”的锁定", "Release {unit}"),
    "plan.book": Text("下发表格", "Workbook to send round"),
    "plan.read": Text("读回意见", "Read answers"),
    "plan.read_lead": Text(
        "各市填好“上报值”的表格。只读上报值和说明两列；总数、建议值、编码改过的，逐格指出，一个也不收。",
        "The workbook with “Stated” filled in. Only that column and the remarks are read; where a total, a proposed figure or a code was changed, each cell is told and nothing is taken.",
    ),
    "plan.read_file": Text("表格（xlsx）", "Workbook (xlsx)"),
    "plan.read_found": Text("读到 {count} 个单位的上报值：", "{count} stated figures read:"),
    "plan.read_line": Text(
        "{unit} {value}（建议 {suggested}）· {cell}", "{unit} {value} (proposed {suggested}) · {cell}"
    ),
    "plan.read_take": Text("收下 {count} 条上报值", "Take {count} stated figures"),
    "plan.read_nothing": Text("表格里没有填上报值。", "No stated figure is filled in."),
    "plan.read_faults": Text("有 {count} 处须改，改好再读：", "{count} places to mend, then read it again:"),
    "plan.read_more": Text("另有 {count} 处。", "{count} more."),
    "plan.read.refused": Text("{cell}：{what}", "{cell}: {what}"),
    "plan.read.not_ours": Text(
        "不是本系统下发的分解表（第一行没有标记）。请用“下发表格”重新下载。",
        "This is no breakdown sent round by this system (its first row is not there). Download it again.",
    ),
    "plan.read.outdated": Text(
        "总数或权重在这张表下发之后改过。请用“下发表格”重新下载。",
        "The total or the weights changed after this workbook was made. Download it again.",
    ),
    "plan.read.other_set": Text(
        "表格是 {other} 的，现在看的是 {own}。", "The workbook is of {other}; you are looking at {own}."
    ),
    "plan.read.code": Text(
        "编码“{value}”不在这套目标里，或被改过。", "Code {value} is not in this set, or was changed."
    ),
    "plan.read.changed": Text(
        "“{column}”被改过：应为 {ours}，现为 {theirs}。请恢复，意见写在“上报值”。",
        "{column} was changed: it was {ours} and is {theirs}. Put it back; answers belong under “Stated”.",
    ),
    "plan.read.number": Text(
        "“{value}”不是数；上报值填数字，单位 {unit}。", "{value} is no number; a stated figure is a number in {unit}."
    ),
    "plan.read.negative": Text("上报值不能是负数。", "A stated figure cannot be negative."),
    "plan.read.beyond": Text(
        "上报值 {value} 比各镇合计 {whole} 还大；单位是{unit}，请核对。",
        "{value} is more than all towns together, {whole}; figures are in {unit}: check it.",
    ),
    "plan.read.sum": Text(
        "合计行 {total} 与本表各镇之和 {sum} 不等。", "The total line, {total}, is not the sum of the towns, {sum}."
    ),
    "plan.read.formula": Text(
        "这一格是公式，没有存下数值；请粘贴为数值。",
        "This cell is a formula without a kept value: paste it as a value.",
    ),
    "plan.read.merged": Text(
        "这里有合并单元格，只有左上角有值；请取消合并，逐格填写。",
        "Merged cells: only the top left one holds a value. Unmerge them and fill in every cell.",
    ),
    "plan.read.hidden": Text(
        "这一格被隐藏，却填了内容；请取消隐藏并核对，不报的清空。",
        "This cell is hidden and filled in: unhide and check it, or empty it if it is not meant.",
    ),
    "plan.read.note_alone": Text(
        "写了说明，没有填上报值；同意建议的请填建议值。",
        "A remark without a stated figure: write the figure; if you agree, the proposed one.",
    ),
    "plan.read.long": Text(
        "说明有 {length} 个字，最多 {most} 个；请写短，其余另附文件。",
        "The remark has {length} signs, at most {most}: shorten it and send the rest apart.",
    ),
    "plan.read.tiny": Text(
        "上报值 {value} 不到建议值 {ours} 的万分之一；单位是{unit}，请核对。",
        "{value} is less than a ten-thousandth of the proposed {ours}; figures are in {unit}: check it.",
    ),
    "plan.read.twice": Text("编码“{value}”出现两次。", "Code {value} stands there twice."),
    # what-if
    "plan.scenario": Text("情景", "Scenario"),
    "plan.scenario.band": Text(
        "以下为假设推算，不是数据，不是结论", "What follows is worked out from assumptions: no data, no verdict"
    ),
    "plan.scenario.basis": Text(
        "基于第{number}版 {period}，同一套口径重算；屏幕、导出、汇报包均带情景标记",
        "From version {number}, {period}, by the same measures; marked as a scenario on screen, in exports and packs",
    ),
    "plan.scenario.title": Text(
        "{count} 项结论改变，{met}/{all} 项达成（基准 {before}）",
        "{count} verdicts change, {met} of {all} met ({before} without)",
    ),
    "plan.scenario.none": Text("没有假设，下面是基准。", "No assumption yet: these are the figures as they stand."),
    "plan.levers": Text("假设", "Assumptions"),
    "plan.levers.count": Text("{count} 条，可叠加，次序不影响结果", "{count}, added up; their order does not matter"),
    "plan.lever.add": Text("加一条假设", "Add an assumption"),
    "plan.lever.most": Text("最多 {count} 条假设，先去掉一条。", "At most {count} assumptions: take one out first."),
    "plan.lever.indicator": Text("指标", "Indicator"),
    "plan.lever.kind": Text("方式", "How"),
    "plan.lever.where": Text("范围", "Where"),
    "plan.lever.value": Text("数值（{unit}）", "Value ({unit})"),
    "plan.lever.out": Text("去掉", "Take out"),
    "plan.lever.put": Text("加上", "Add"),
    "plan.kind.growth": Text("增幅", "grow by"),
    "plan.kind.add": Text("增加", "add"),
    "plan.kind.set": Text("定为", "set to"),
    "plan.kind.share": Text("升到", "raise to"),
    "plan.kind.fill": Text("补上年值", "fill with last year's"),
    "plan.moved.all": Text("全部", "all"),
    "plan.moved.moved": Text("有变化", "moved"),
    "plan.where.town": Text("小镇", "town"),
    "plan.where.all": Text("全部小镇", "all towns"),
    "plan.where.mountain": Text("山区26县", "26 mountain counties"),
    "plan.touched": Text("动 {touched} 个小镇，共 {change}", "{touched} towns moved, {change} together"),
    "plan.touched.rest": Text(
        "；分子不动，以它为分母的占比随之变", "; what shares have above it stays, so the shares of it move"
    ),
    "plan.touched.fill": Text(
        "未报 {meant} 个，{touched} 个有上年值，补 {change}",
        "{meant} silent, {touched} with last year's figure, {change} filled in",
    ),
    "plan.touched.share": Text(
        "低于此数的 {touched} 个小镇，只动分子 {change}", "{touched} towns below it; only the numerator moves, {change}"
    ),
    "plan.touched.list": Text(
        "创建小镇 {meant} 个中产出最大的 {touched} 个命名",
        "the {touched} of {meant} towns being created with most output are named",
    ),
    "plan.targets": Text("各项目标", "Targets"),
    "plan.col.target": Text("目标", "Target"),
    "plan.col.before": Text("基准", "As it is"),
    "plan.col.after": Text("情景", "Scenario"),
    "plan.col.difference": Text("差异", "Difference"),
    "plan.col.verdict": Text("结论", "Verdict"),
    "plan.col.gap": Text("离目标", "From the target"),
    "plan.unmoved": Text("不变", "unchanged"),
    "plan.who": Text("谁在动", "Who moves"),
    "plan.who.by": Text("按", "By"),
    "plan.who.prefecture": Text("设区市", "prefecture"),
    "plan.who.class": Text("产业类别", "class"),
    "plan.who.still": Text("其余不变", "the others stay"),
    "plan.who.total": Text("合计", "Total"),
    "plan.seek": Text("反推", "Goal seek"),
    "plan.seek.target": Text("要达到的目标", "Target to be met"),
    "plan.seek.needs": Text(
        "只动第一条假设，要到 {value}（现 {now}）", "Moving the first assumption only, it takes {value} (now {now})"
    ),
    "plan.seek.met": Text("不用假设也已达到", "met without any assumption"),
    "plan.seek.never": Text(
        "只动第一条假设达不到，仍差 {gap}", "Cannot be reached by the first assumption alone: {gap} still short"
    ),
    "plan.seek.other": Text("第一条假设动不了这项目标", "The first assumption does not move this target"),
    "plan.seek.beside": Text(
        "第一条假设只从分母带动这项目标，不反推",
        "The first assumption moves this target by its denominator only: not sought",
    ),
    "plan.seek.past": Text("近三年同镇年均 {growth}", "The same towns grew {growth} a year over three years"),
    "plan.two": Text("两因素", "Two assumptions"),
    "plan.two.lead": Text(
        "{name}；横为第一条假设，纵为第二条", "{name}; across: the first assumption, down: the second"
    ),
    "plan.two.without": Text("没有第二条", "without the second"),
    "plan.two.with": Text("有第二条", "with the second"),
    "plan.save": Text("保存情景", "Save the scenario"),
    "plan.save.name": Text("名称", "Name"),
    "plan.save.replace": Text("替换“{name}”（{by}所存）", "Replace “{name}”, saved by {by}"),
    "plan.saved": Text("已存情景", "Saved scenarios"),
    "plan.saved.count": Text("已存情景 {count}", "{count} saved"),
    "plan.saved.old": Text("按第{number}版所存，现为第{now}版", "saved on version {number}; this is version {now}"),
    "plan.saved.done": Text("已存“{name}”。", "{name} is saved."),
    "plan.saved.drop": Text("移出", "Take off"),
    "plan.saved.dropped": Text("“{name}”已移出已存情景。", "{name} is taken off the list."),
    "plan.unsaved": Text("未保存，在链接里", "unsaved, held by the link"),
    "plan.export.aim": Text("目标值", "Target"),
    # track
    "plan.track.title": Text("{year}年目标：走到哪", "Targets of {year}: how far"),
    "plan.track.not_yet": Text(
        "这套目标现在是{state}。施行后，每个市、县、小镇有自己的目标线；下面按现在的下达值预览。",
        "This set is {state}. Once in force every prefecture, county and town has its own line; below, a preview by the figures as they stand.",
    ),
    "plan.track.unit": Text("；下表单位：{unit}", "; figures below in {unit}"),
    "plan.track.milestone": Text("{period}应到", "Due by {period}"),
    "plan.track.now": Text("{period}实际", "{period}, actual"),
    "plan.track.reported": Text("已报小镇", "Towns reported"),
    "plan.track.due": Text("{year}年目标", "Target of {year}"),
    "plan.track.against": Text("对进度", "Against its line"),
    "plan.track.ahead": Text("超前", "ahead"),
    "plan.track.behind": Text("落后", "behind"),
    "plan.track.unknown": Text("无法判断", "cannot judge"),
    "plan.track.verdict": Text("结论", "Verdict"),
    "plan.track.path": Text("进度线", "Line"),
    "plan.path.constant": Text("等速", "constant rate"),
    "plan.path.linear": Text("等量", "linear"),
    "plan.track.rule": Text(
        "年度节点按所选进度线；年内按同镇上年同期占全年的份额折算（流量），存量按月数插值。已报不足 {coverage} 的不判断。",
        "Yearly milestones follow the chosen line; within a year flows by the same towns' share of the year at that date a year before, stocks by the months gone. Below {coverage} reported nothing is judged.",
    ),
    "plan.milestones": Text("节点", "Milestones"),
}
