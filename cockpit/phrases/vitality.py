"""The vitality page."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "vitality.title": Text("特色小镇活力指数", "Vitality index"),
    "vitality.lead": Text(
        "政策只提名称 *[2.4.1]*，指标、权重、界值均为",
        "The document gives the name only *[2.4.1]*; indicators, weights and goalposts are",
    ),
    "vitality.own": Text("自定 第{version}版", "our choice, version {version}"),
    "vitality.method": Text(
        "{dimensions} 个维度{items}项指标，维度内算术平均、维度间几何平均；{draws}次模拟试算给出名次区间",
        "{dimensions} dimensions, {items} indicators; arithmetic inside, geometric across; {draws} draws for the intervals",
    ),
    "vitality.when": Text(
        "{period} · 可计算 {ranked} / {all} 个小镇（命名与创建）",
        "{period} · {ranked} of {all} towns computable (named and creating)",
    ),
    "vitality.within_year": Text(
        "指数只按有报送的全年计算，{asked}没有，显示{period}。",
        "The index is of full years with returns; {asked} is none, {period} is shown.",
    ),
    # ranking
    "vitality.ranking": Text("名次", "Ranking"),
    "vitality.ranking_note": Text(
        "同组任意两个小镇，模拟试算都不能以规定比例分出先后，组内先后不作结论；相邻组交界处的两个小镇也可能分不出",
        "No two towns of a group are put in order by the share of draws laid down, so none is told inside it; two towns at a border may be alike too",
    ),
    "vitality.filtered_note": Text(
        "筛选只减少显示的小镇，名次仍是 {all} 个小镇中的名次",
        "Filters only hide towns; ranks stay those among all {all}",
    ),
    "vitality.in_class": Text("类内：{name}", "Within class: {name}"),
    "vitality.scope": Text("名次范围", "Rank among"),
    "vitality.overall": Text("全部类型", "All classes"),
    "vitality.class": Text("类内名次", "Within class"),
    "vitality.class_pick": Text("类型", "Class"),
    "vitality.class_option": Text("{name} {count} 个小镇", "{name}, {count} towns"),
    "vitality.rank": Text("名次", "Rank"),
    "vitality.town": Text("小镇", "Town"),
    "vitality.kind": Text("类型与类内名次", "Class, rank within"),
    "vitality.index": Text("指数", "Index"),
    "vitality.interval": Text("名次{share}%区间", "{share} % rank interval"),
    "vitality.strip": Text(
        "与同类中位之差，中线=中位，半格={half}分",
        "Centre = class median, half a cell = {half} points",
    ),
    "vitality.trial": Text("试算名次", "Trial rank"),
    "vitality.group": Text("第{number}组", "Group {number}"),
    "vitality.alike": Text("不可区分", "not distinct"),
    "vitality.apart": Text("可区分", "distinct"),
    "vitality.group_size": Text("{count} 个小镇", "{count} towns"),
    "vitality.group_shown": Text("{count} 个小镇中{shown}", "{shown} of {count}"),
    "vitality.missing": Text("缺", "n/a"),
    "vitality.dimension_title": Text(
        "{name} {score}，同类中位 {median}，差 {change}", "{name} {score}, class median {median}, difference {change}"
    ),
    "vitality.dimension_alone": Text(
        "{name} {score}，同类不足以取中位", "{name} {score}, class too small for a median"
    ),
    "vitality.dimension_missing": Text("{name} 数据不足", "{name}: not enough data"),
    "vitality.class_rank_title": Text(
        "{name}类内第{rank}名，区间{low}–{high}，共 {count} 个小镇",
        "{name}: rank {rank}, interval {low}–{high}, of {count} towns",
    ),
    "vitality.small_classes": Text(
        "{names}不足 {count} 个小镇，不取中位，维度条留空。",
        "{names}: fewer than {count} towns, so no median and no strips.",
    ),
    "vitality.kept_back": Text(
        "{names}范围外的小镇太少，不显示中位，维度条留空。",
        "{names}: too few towns outside your scope, so no median and no strips.",
    ),
    "vitality.page_of": Text("第 {first}–{last} 个，共 {all} 个小镇", "Towns {first}–{last} of {all}"),
    "vitality.previous": Text("上一页", "Previous"),
    "vitality.next": Text("下一页", "Next"),
    "vitality.unranked": Text(
        "数据不足，不排名 {count} 个小镇：{names}", "Not enough data, not ranked, {count} towns: {names}"
    ),
    "vitality.lacking": Text("查看缺项", "What is missing"),
    "vitality.lacking_item": Text("缺 {items}", "missing: {items}"),
    "vitality.rule": Text(
        "一个维度须有{dimension}的权重有数据，全部维度齐备且总计达{all}，否则为数据不足。",
        "A dimension needs {dimension} of its weight reported; the index all dimensions and {all} overall.",
    ),
    "vitality.none_shown": Text(
        "所选小镇都不在排名中：数据不足，或不是命名、创建小镇。",
        "None of the selected towns is ranked: not enough data, or neither named nor being created.",
    ),
    # one town
    "vitality.one_town": Text(
        "只选中一个小镇，不作排名，只看得分与同类中位。",
        "One town is selected: no ranking, only its scores and the class median.",
    ),
    "vitality.dimension": Text("维度", "Dimension"),
    "vitality.score": Text("得分", "Score"),
    "vitality.median": Text("同类中位", "Class median"),
    "vitality.difference": Text("差", "Difference"),
    "vitality.coverage": Text("数据完整度", "Data complete"),
    "vitality.low": Text("区间低", "Interval from"),
    "vitality.high": Text("区间高", "Interval to"),
    "vitality.class_rank": Text("类内名次", "Class rank"),
    "vitality.class_low": Text("类内区间低", "Class interval from"),
    "vitality.class_high": Text("类内区间高", "Class interval to"),
    "vitality.group_column": Text("组", "Group"),
    # contributions
    "vitality.pick": Text("选择小镇", "Pick a town"),
    "vitality.place": Text("第 *{rank}* 名 · 区间 *{low}–{high}*", "Rank *{rank}* · interval *{low}–{high}*"),
    "vitality.class_place": Text("类内 *{rank}*/{count}（{low}–{high}）", "in class *{rank}*/{count} ({low}–{high})"),
    "vitality.above_median": Text(
        "指数 {index}，比同类中位高 {change}：差在哪些维度",
        "Index {index}, {change} above the class median: where from",
    ),
    "vitality.below_median": Text(
        "指数 {index}，比同类中位低 {change}：差在哪些维度",
        "Index {index}, {change} below the class median: where from",
    ),
    "vitality.no_median": Text(
        "指数 {index}；同类可计算的小镇不足 {count} 个，没有中位可比。",
        "Index {index}; fewer than {count} towns of its class are computable, so there is no median to compare with.",
    ),
    "vitality.median_kept_back": Text(
        "指数 {index}；同类在范围外的小镇太少，不显示中位。",
        "Index {index}; too few towns of its class lie outside your scope, so no median is shown.",
    ),
    "vitality.town_unranked": Text(
        "数据不足，没有指数：缺 {items}。", "Not enough data for an index; missing: {items}."
    ),
    "vitality.town_outside": Text(
        "该小镇当年末不是命名或创建小镇，不在指数范围内。",
        "At that year's end the town was neither named nor being created.",
    ),
    "vitality.town_median": Text("本小镇 / 中位", "Town / median"),
    "vitality.main_source": Text("主要来自", "Mainly from"),
    "vitality.class_median": Text("{name}类中位", "{name}, median"),
    "vitality.class_count": Text("{count} 个小镇", "{count} towns"),
    "vitality.this_town": Text("本小镇指数", "This town"),
    "vitality.sums": Text("差 {change}，各项相加恰等", "difference {change}, parts sum exactly"),
    "vitality.above": Text("高于中位", "above median"),
    "vitality.below": Text("低于中位", "below median"),
    "vitality.complete": Text(
        "数据完整度 {share}（{count}/{all}项）", "Data complete {share} ({count} of {all} items)"
    ),
    "vitality.estimated": Text(
        "斜纹=缺数据，按最低界值计，不作为实际数值",
        "hatched = no data, counted at the goalpost that scores least, not as a figure",
    ),
    # trial
    "vitality.weights": Text("权重试算", "Weights on trial"),
    "vitality.weights_note": Text(
        "只改本次浏览，登记权重与登记名次不变", "This visit only; registered weights and ranks stay as they are"
    ),
    "vitality.slider": Text("{name}（登记 {weight}）", "{name} (registered {weight})"),
    "vitality.reset": Text("恢复登记权重", "Reset"),
    "vitality.copy": Text("复制链接", "Copy link"),
    "vitality.copied": Text("已复制", "Copied"),
    "vitality.rescaled": Text(
        "拖动后合计 {total}，按比例归一为100：{parts}", "They sum to {total}, rescaled to 100: {parts}"
    ),
    "vitality.untouched": Text(
        "现为登记权重，合计 {total}；拖动滑块看名次如何变。",
        "Registered weights, sum {total}; move a slider to see what ranks do.",
    ),
    "vitality.all_zero": Text(
        "权重不能全为零，已按登记权重计算。", "Weights cannot all be zero; the registered ones are used."
    ),
    "vitality.effect": Text("试算对名次的影响", "Effect on ranks"),
    "vitality.effect_count": Text(
        "{moved} 个小镇名次有变，其中 {within} 个仍在原{share}%区间内",
        "{moved} towns change rank, {within} of them inside their {share} % interval",
    ),
    "vitality.no_effect": Text("没有小镇的名次改变。", "No town changes rank."),
    "vitality.risers": Text("上升最多", "Up most"),
    "vitality.fallers": Text("下降最多", "Down most"),
    "vitality.inside": Text("区间内", "inside"),
    "vitality.outside": Text("出区间", "outside"),
    "vitality.moral": Text(
        "变动落在区间内=换权重也分不出先后，不宜据此调整排序或奖惩。",
        "A move inside the interval means the weights cannot tell the towns apart: no ground for reordering or reward.",
    ),
    # no index
    "vitality.none": Text(
        "{dataset}没有可计算活力指数的小镇报送：{all} 个小镇中没有一个够数。下面是指数的构成，报送到位即可计算；真实小镇不套用模拟数值。",
        "{dataset}: no town's returns are enough for the index ({all} towns looked at). Below is what it is made of; it is computed as soon as returns arrive. No simulated figure is put on a real town.",
    ),
    "vitality.no_year": Text(
        "{dataset}没有全年的小镇报送，无法计算活力指数。下面是指数的构成。",
        "{dataset}: no returns of a full year, so there is no index. Below is what it is made of.",
    ),
    "vitality.need": Text("有数据的小镇", "Towns with a figure"),
    "vitality.design": Text("指数构成", "What the index is made of"),
    "vitality.item": Text("指标", "Indicator"),
    "vitality.weight": Text("权重", "Weight"),
    "vitality.goalposts": Text("界值（低–高）", "Goalposts (low–high)"),
    "vitality.direction": Text("方向", "Better"),
    "vitality.higher": Text("越高越好", "higher"),
    "vitality.lower": Text("越低越好", "lower"),
    "vitality.transform": Text("变换", "Transform"),
    "vitality.log": Text("对数", "log"),
    "vitality.parameters": Text(
        "总体：{population}；每项{lo}–{hi}分；一个维度须有{dimension}的权重有数据，指数须全部维度且总计{all}。缺报的项按最低界值计，少报不能提高指数、名次和星级；比值无意义（能耗报为零）或三年前尚未列入名单的不计该项。名次区间：{draws}次模拟试算（种子{seed}），权重各乘1±{spread}，界值、极差、百分位三种归一，维度内、维度间各取几何或算术，缺项从同类取值，取中间{interval}；有缺项的小镇名次可能在区间之后。同组两个小镇：不足{apart}的模拟试算分出先后。类内不足 {smallest} 个小镇不取中位。",
        "Towns: {population}; every item {lo}–{hi} points; a dimension needs {dimension} of its weight, the index all dimensions and {all}. An item not reported counts at the goalpost that scores least, so that leaving out raises no index, rank or star; one without meaning (no energy used), or of a town not listed three years ago, does not apply. Rank interval: {draws} draws (seed {seed}), each weight times 1 ± {spread}, goalposts, min-max or percentile, geometric or arithmetic inside dimensions and across, missing items from the same class, the middle {interval}; the rank of a town with gaps may lie below it. Two towns of a group: ordered by less than {apart} of the draws. No median for a class under {smallest} towns.",
    ),
    "vitality.none_transform": Text("无", "none"),
    "vitality.basis": Text("依据", "Basis"),
    "vitality.from_base": Text(
        "{sides}取{year}年报送的第{percentiles}百分位（演示数据）",
        "{sides}: percentile {percentiles} of the returns of {year} (demonstration data)",
    ),
    "vitality.side_low": Text("下界", "low goalpost"),
    "vitality.side_high": Text("上界", "high goalpost"),
    "vitality.side_both": Text("界值", "goalposts"),
    "vitality.only": Text("只用于{names}", "{names} only"),
}
