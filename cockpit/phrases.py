"""Sentences of the screen in both languages, by key.

Ground floor: imports only `vocabulary`. Placeholders are filled by keyword; keys are grouped by the room that speaks.
"""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Language, Text

_PHRASES: Final[dict[str, Text]] = {
    "app.title": Text("特色小镇驾驶舱", "Town cockpit"),
    "app.mark": Text("镇", "镇"),
    "page.cockpit": Text("驾驶舱", "Cockpit"),
    "page.map": Text("一图", "Map"),
    "page.towns": Text("小镇", "Towns"),
    "page.basis": Text("依据", "Basis"),
    # top bar
    "badge.demo": Text("演示数据 · 第{number}版", "Simulated data · version {number}"),
    "badge.public": Text("公开数据 · 第{number}版", "Public data · version {number}"),
    "dataset.label": Text("数据集", "Dataset"),
    "dataset.demo": Text("演示数据（模拟）", "Demonstration (simulated)"),
    "dataset.public": Text("公开数据（真实）", "Public (real)"),
    "dataset.short_demo": Text("演示", "Demo"),
    "dataset.short_public": Text("公开", "Public"),
    "language.label": Text("语言", "Language"),
    "theme.label": Text("外观", "Theme"),
    "theme.light": Text("浅色", "Light"),
    "theme.dark": Text("深色", "Dark"),
    "theme.system": Text("跟随系统", "System"),
    # filter bar
    "filter.period": Text("期间", "Period"),
    "filter.prefecture": Text("设区市", "Prefecture"),
    "filter.county": Text("县（市、区）", "County"),
    "filter.class": Text("类型", "Class"),
    "filter.status": Text("清单状态", "List status"),
    "filter.industry": Text("特色产业", "Specialty"),
    "filter.mountain": Text("山区26县", "26 mountain counties"),
    "filter.search": Text("小镇名称或编码", "Town name or code"),
    "filter.more": Text("更多", "More"),
    "filter.all": Text("全部", "all"),
    "filter.all_of": Text("{label} 全部{count}", "{label}: all {count}"),
    "filter.mountain_yes": Text("只看山区26县", "Mountain counties only"),
    "filter.mountain_no": Text("不含山区26县", "Without mountain counties"),
    "filter.mountain_all": Text("山区26县 不限", "Mountain counties: any"),
    "filter.clear": Text("清除筛选", "Clear filters"),
    "filter.count": Text("<b>{shown}</b> / {all} 个小镇", "<b>{shown}</b> of {all} towns"),
    "filter.junk": Text(
        "地址中的 {items} 不在当前数据中，已按默认显示。",
        "The address asks for {items}, which these data do not hold; showing the default instead.",
    ),
    "filter.empty": Text("筛选后没有小镇。", "No town is left by these filters."),
    "filter.empty_help": Text("放宽一项条件，或清除筛选。", "Loosen one of them, or clear the filters."),
    # cards
    "cards.title": Text("{year}年九项目标", "The nine targets of {year}"),
    "cards.headline_missed": Text(
        "{label}离目标 {target} 差 <b>{gap}</b>", "{label} is <b>{gap}</b> short of {target}"
    ),
    "cards.headline_all_met": Text("能判断的目标全部达成", "Every target that can be judged is achieved"),
    "cards.headline_unpublished": Text(
        "2025年数据尚无公布；所列为最近一次公布值", "No 2025 figures are published; shown are the latest published ones"
    ),
    "cards.headline_running": Text(
        "该期间不作结论，只看与上年同期的变化", "No verdict for this period: only the change on a year before"
    ),
    "cards.headline_share": Text(
        "所选小镇的贡献；目标为全省目标", "What the selected towns contribute; the targets are the province's"
    ),
    "card.target": Text("目标", "Target"),
    "card.target_about": Text("目标 {value}左右", "Target: about {value}"),
    "card.target_above": Text("目标 突破{value}", "Target: above {value}"),
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
    "card.own_help": Text("本系统自定参数，政策未规定", "A parameter of ours; the policy does not fix it"),
    "card.growth": Text("较上年 {growth}", "{growth} on the year"),
    "card.growth_points": Text("较上年 {growth} 点", "{growth} points on the year"),
    "card.pace": Text("所需 {needed} 实际 {observed}", "Needs {needed}, has {observed} a year"),
    "card.coverage": Text("{reported}/{expected} 镇", "{reported}/{expected} towns"),
    "card.missing": Text("{count} 镇未报", "{count} missing"),
    "card.reported_sum": Text("仅已报合计", "Reported towns only"),
    "card.not_reported": Text("未报送", "Not reported"),
    "card.not_published": Text("无同口径公布值", "Not published"),
    "card.province_total": Text("全省公布", "Province total"),
    "card.unpublished_year": Text("{year}年暂无数据", "No {year} data"),
    "card.within_year": Text("年内累计，不判结论", "Within the year: no verdict"),
    "card.after_target": Text("该期未设目标", "No target for this period"),
    "card.no_growth": Text("无上年同口径数据", "No like-for-like year before"),
    "card.filtered": Text("筛选贡献", "Part"),
    "card.of_province": Text("占全省 {share}", "{share} of all"),
    "card.of_province_light": Text("浅色为全省", "light: province"),
    "card.out_of_scope": Text("所选小镇不在此范围", "None in this scope"),
    "card.own_ratio": Text("所选小镇自身占比", "Own share"),
    "card.province_gap": Text("全省{gap}", "Province: {gap}"),
    "card.closes": Text("补上缺口 {gap}", "Closes {gap}"),
    "card.widens": Text("拉大缺口 {gap}", "Widens by {gap}"),
    "card.no_split": Text("公布值只有全省合计，不能按筛选拆分", "Published for the province only; cannot be split"),
    "card.context": Text("参考：{scope} {value}（{period}）", "For reference: {scope} {value} ({period})"),
    "card.trend": Text(
        "{label}走势，{first}至{last}，{count}个点；口径变化处断开",
        "{label}, {first} to {last}, {count} points; broken where the scope changes",
    ),
    "card.selected": Text("下方所示", "Shown below"),
    "card.scope": Text("{scope}", "{scope}"),
    # attribution
    "gap.title": Text("差距归因", "Who makes the gap"),
    "gap.target": Text("归因目标", "Target to attribute"),
    "gap.unit": Text("单位：{unit}", "{unit}"),
    "gap.by_prefecture": Text("按设区市", "By prefecture"),
    "gap.by_class": Text("按类型", "By class"),
    "gap.by_town": Text("按小镇", "By town"),
    "gap.both_ends": Text("两端共 {count} 个", "{count} at both ends"),
    "gap.rest": Text("其余 {count} 个小镇", "Other {count} towns"),
    "gap.widens": Text("◂ 拉大", "◂ widens"),
    "gap.closes": Text("补上 ▸", "closes ▸"),
    "gap.total": Text("合计", "Total"),
    "gap.method_sum": Text(
        "目标按各镇 {year} 年份额分摊为应达值；条形=实绩−应达值，未报镇计为−应达值；三列各自加总都等于总差距。",
        "Expected = target × {year} share; bars = actual − expected (unreported: −expected); each column sums to the gap.",
    ),
    "gap.method_ratio": Text(
        "条形=（分子−目标×分母）÷分母合计，单位为百分点；三列各自加总都等于总差距。",
        "Bars are (numerator − target × denominator) ÷ all denominators, in points; each column sums to the whole gap.",
    ),
    "gap.finding": Text("{names}拉大 {value}", "{names}: {value} of the gap"),
    "gap.finding_none": Text("没有拉大差距的设区市", "No prefecture widens it"),
    "gap.none": Text(
        "公布数据只有全省合计，没有分镇报送，不能归因。",
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
    "growth.value": Text("同比（{unit}）", "Growth ({unit})"),
    "gap.points": Text("百分点", "points"),
    "gap.column_name": Text("名称", "Name"),
    "gap.column_value": Text("对差距的影响（{unit}）", "Effect on the gap ({unit})"),
    "view.chart": Text("图", "Chart"),
    "view.table": Text("表", "Table"),
    "view.label": Text("图或表", "Chart or table"),
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
    "series.year": Text("年份", "Year"),
    # mini map
    "mini.title": Text("一图", "Map"),
    "mini.subtitle": Text("各市对{label}差距的影响，{unit}", "Effect on the gap, {unit}"),
    "mini.subtitle_towns": Text("已知小镇的位置", "Where the known towns are"),
    "mini.dot": Text("小镇", "Town"),
    "map.notice": Text(
        "示意图，不作为划界依据；底图来源：天地图行政区划可视化数据。",
        "Schematic map, not for delimitation; base: Tianditu visualisation data of administrative divisions.",
    ),
    # decisions
    "decisions.title": Text("待决事项", "To be decided"),
    "decisions.count": Text("{count} 项", "{count} items"),
    "decisions.none": Text("没有待决事项。", "Nothing waits for a decision."),
    "decisions.public": Text(
        "名单止于2023年，不能判断今天的到期情况。", "The list ends in 2023; what is due today cannot be judged from it."
    ),
    "decision.clock_reached": Text(
        "{count} 个创建小镇满5年未命名", "{count} creating towns have reached five years unnamed"
    ),
    "decision.clock_reached_do": Text(
        "最久已超 {days} 天；决定：评估后延长或终止", "Longest {days} days past; decide: assess, then extend or end"
    ),
    "decision.clock_soon": Text("{count} 个创建小镇即将满5年", "{count} creating towns reach five years soon"),
    "decision.clock_soon_do": Text(
        "最近 {days} 天后；决定：组织评估", "Nearest in {days} days; decide: prepare the assessment"
    ),
    "decision.low_coverage": Text(
        "{subject}缺 {count} 镇，目标无法评判", "{subject}: {count} towns missing, no verdict"
    ),
    "decision.low_coverage_do": Text(
        "覆盖 {coverage}，低于自定门槛；决定：催报或说明",
        "Coverage {coverage} is below our minimum; decide: chase or explain",
    ),
    "decision.no_data": Text("{count} 项目标没有2025年数据", "{count} targets have no 2025 figure"),
    "decision.no_data_do": Text("决定：统计口径与责任单位", "Decide: definition and who reports"),
    "decision.own_tolerance": Text("{subject}“左右”按 ±{width} 判为达成", "{subject}: 左右 (about) read as ±{width}"),
    "decision.own_tolerance_do": Text("决定：认可或调整容差", "Decide: accept or change the tolerance"),
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
    "missing.more": Text("另有 {count} 个小镇", "and {count} more towns"),
    "missing.none": Text("应报小镇均已报齐。", "Every town has reported in full."),
    "sources.title": Text("公布来源", "Published by"),
    "running.title": Text("本年运行", "This year so far"),
    "running.period": Text("{period}，同比", "{period}, on the year"),
    "running.note": Text(
        "该年政策未设目标，只看同比，不判结论。", "The policy sets no target for this year: growth only, no verdict."
    ),
    "running.none": Text("公开数据没有年内数据。", "The public data hold no year-to-date figures."),
    "changes.title": Text("本次更新", "This version"),
    "changes.first": Text(
        "第{number}版，{date} 发布；首个版本，无可比较的上一版。",
        "Version {number}, published {date}; the first one, nothing to compare with.",
    ),
    # footers
    "foot.demo": Text(
        "演示数据：小镇均为虚构，数值为模拟，不反映任何真实小镇；模拟值与公布值不相加。",
        "Demonstration data: the towns are fictional and the figures simulated; they say nothing about any real town and are never added to published ones.",
    ),
    "foot.public": Text(
        "公开数据：各期统计范围不同，逐项注明来源；小镇英文名为本系统译名，非官方。",
        "Public data: periods cover different sets of towns, each figure names its source; English town names are our own translation, not official.",
    ),
    # map page
    "map.title": Text("一图", "Map"),
    "map.measure": Text("着色指标", "Colour by"),
    "map.size": Text("点的大小", "Size of points"),
    "map.colour_of": Text("点的颜色", "Colour of points"),
    "map.area": Text("区域", "Areas"),
    "map.area_prefecture": Text("设区市", "Prefectures"),
    "map.area_county": Text("县（市、区）", "Counties"),
    "map.layers": Text("图层", "Layers"),
    "map.layer_areas": Text("区域着色", "Area colour"),
    "map.layer_towns": Text("小镇", "Towns"),
    "map.layer_labels": Text("地名", "Names"),
    "map.pick": Text("选一个小镇或县", "Pick a town or county"),
    "map.renderer": Text("画法", "Drawing"),
    "map.renderer_deck": Text("交互地图", "Interactive map"),
    "map.renderer_plain": Text("简图", "Plain chart"),
    "map.renderer_table": Text("表", "Table"),
    "map.no_webgl": Text(
        "本机浏览器不支持 WebGL，已改用简图。", "This browser has no WebGL; the plain chart is shown instead."
    ),
    "map.by_class": Text("按类型", "By class"),
    "map.by_status": Text("按清单状态", "By list status"),
    "map.count": Text("小镇数", "Number of towns"),
    "map.count_known": Text("已知小镇数（名单不完整）", "Known towns (list incomplete)"),
    "map.same_size": Text("同样大小", "All the same"),
    "map.no_figures": Text(
        "所选期间没有分镇数据，只显示位置。", "The period holds no figures by town; positions only."
    ),
    "map.no_value": Text("暂无数据", "No data"),
    "map.uncertain": Text("位置误差约 {km} 公里", "Position within about {km} km"),
    "map.filter_county": Text("只看此县", "Filter to this county"),
    "map.filter_prefecture": Text("只看此市", "Filter to this prefecture"),
    "map.picked": Text("所选", "Picked"),
    "map.ranking": Text("由高到低", "High to low"),
    "map.nothing": Text(
        "点选地图或用上面的选框查看一个小镇或县。", "Click the map or use the box above to see a town or county."
    ),
    "map.alt": Text(
        "浙江地图：{count}个小镇，按{measure}着色", "Map of Zhejiang: {count} towns, coloured by {measure}"
    ),
    "map.value_title": Text("{label}（{unit}），{period}", "{label} ({unit}), {period}"),
    "map.unplaced": Text("{count} 个小镇没有坐标，未上图。", "Not drawn for want of coordinates: {count}."),
    # towns page
    "towns.title": Text("小镇", "Towns"),
    "towns.columns": Text("显示的指标", "Columns"),
    "towns.sort": Text(
        "点列名排序；表右上角可搜索。", "Click a heading to sort; search at the top right of the table."
    ),
    "towns.download_xlsx": Text("下载 Excel", "Download Excel"),
    "towns.download_csv": Text("下载 CSV", "Download CSV"),
    "towns.compare": Text("并排比较（2至5个）", "Compare side by side (2 to 5)"),
    "towns.compare_pick": Text("选 2 至 5 个小镇", "Pick 2 to 5 towns"),
    "towns.compare_more": Text("再选一个即可比较。", "Pick one more to compare."),
    "towns.indicator": Text("指标", "Indicator"),
    "towns.rank": Text("本组最高", "highest here"),
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
        "公开数据几乎没有分镇指标：{period}有 {reported}/{expected} 镇有任一指标，其余为空。",
        "The public data hold almost no figures by town: for {period}, {reported} of {expected} towns have any; the rest is empty.",
    ),
    "towns.facts": Text("公开报道中的数据", "Figures from public reports"),
    "towns.facts_note": Text(
        "口径不一，逐条注明；不汇总、不比较。",
        "Definitions differ and stand beside each figure; they are not summed or compared.",
    ),
    "towns.fact_conflict": Text("与另一条不一致，两条都保留", "Conflicts with another figure; both are kept"),
    "export.sheet": Text("小镇", "Towns"),
    "export.notes": Text("说明", "Notes"),
    "export.period": Text("期间", "Period"),
    "export.filters": Text("筛选", "Filters"),
    "export.none": Text("无", "none"),
    "export.dataset": Text("数据集与版本", "Dataset and version"),
    "export.count": Text("小镇数", "Towns"),
    "export.units": Text("单位", "Unit"),
    "export.blank": Text("空白表示暂无数据，不是零", "Blank means no data, not zero"),
    "export.simulated": Text("本文件数据为模拟，小镇为虚构", "Figures are simulated and the towns fictional"),
    # basis page
    "basis.title": Text("依据", "Basis"),
    "basis.targets": Text("目标", "Targets"),
    "basis.rules": Text("规则与参数", "Rules and parameters"),
    "basis.indicators": Text("指标", "Indicators"),
    "basis.sources": Text("来源", "Sources"),
    "basis.published": Text("公布的全省数据", "Published province figures"),
    "basis.glossary": Text("名词", "Glossary"),
    "basis.versions": Text("数据版本", "Data versions"),
    "sense.above": Text("突破{value}", "above {value}"),
    "sense.at_least": Text("{value}以上", "at least {value}"),
    "sense.about": Text("{value}左右", "about {value}"),
    "sense.at_most": Text("不超过{value}", "at most {value}"),
    "basis.clause": Text("条款", "Clause"),
    "basis.quote": Text("原文", "Quote"),
    "basis.reading": Text("我们的读法", "Our reading"),
    "basis.origin": Text("来自", "Origin"),
    "basis.value": Text("数值", "Value"),
    "basis.operator": Text("运算", "Operator"),
    "basis.scope": Text("范围", "Scope"),
    "basis.due": Text("到期", "Due"),
    "basis.force": Text("效力", "Force"),
    "basis.force_headline": Text("主要", "Headline"),
    "basis.force_in_principle": Text("原则上", "In principle"),
    "basis.effect": Text("后果", "Effect"),
    "basis.unit": Text("单位", "Unit"),
    "basis.kind": Text("性质", "Kind"),
    "basis.kind_flow": Text("流量", "Flow"),
    "basis.kind_stock": Text("存量", "Stock"),
    "basis.kind_ratio": Text("比率", "Ratio"),
    "basis.polarity": Text("方向", "Better"),
    "basis.polarity_higher": Text("越高越好", "Higher"),
    "basis.polarity_lower": Text("越低越好", "Lower"),
    "basis.polarity_neutral": Text("不分好坏", "Neither"),
    "basis.how": Text("怎么算", "How calculated"),
    "basis.why": Text("为什么看", "Why it matters"),
    "basis.publisher": Text("发布者", "Publisher"),
    "basis.dated": Text("日期", "Date"),
    "basis.source_kind": Text("类别", "Kind"),
    "basis.link": Text("链接", "Link"),
    "basis.term": Text("名词", "Term"),
    "basis.meaning": Text("解释", "Meaning"),
    "basis.name": Text("名称", "Name"),
    "basis.period": Text("期间", "Period"),
    "basis.written": Text("原文写法", "As written"),
    "basis.note": Text("说明", "Note"),
    "basis.version": Text("版本", "Version"),
    "basis.published_at": Text("发布时间", "Published at"),
    "basis.rows": Text("行数", "Rows"),
    "basis.table": Text("表", "Table"),
    "basis.document": Text(
        "文件：{number}《{title}》，{issuer}，{date}", "Document: {number}, {title}, {issuer}, {date}"
    ),
    # faults
    "fault.title": Text("这一页暂时不能显示", "This page cannot be shown right now"),
    "fault.help": Text(
        "数据未受影响。请稍后重试，或把下面的编号告诉管理员。",
        "The data are safe. Try again later, or tell the administrator the code below.",
    ),
    "fault.dataset": Text("数据集无法载入：{what}", "The dataset cannot be loaded: {what}"),
    "phone.more": Text("详情", "Details"),
    "phone.rows_note": Text("{period}，覆盖见各目标卡", "{period}; coverage on each card"),
}


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the sentence `key` with its placeholders filled."""
    text = _PHRASES[key].say(language)
    return text.format(**values) if values else text


def phrase(key: str) -> Text:
    """Return both languages of a sentence without placeholders."""
    return _PHRASES[key]


def keys() -> tuple[str, ...]:
    return tuple(_PHRASES)
