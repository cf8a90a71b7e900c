"""The town code: desk page, scan page, printed sheets."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    # what is wrong with a code
    "code.empty": Text("请输入小镇码。", "Type a town code."),
    "code.form": Text(
        "“{typed}”不是小镇码：应为 ZJ-六位县码-两位序号-校验位，或 DM-六位县码-字母-校验位。",
        '"{typed}" is not a town code: it reads ZJ, six digits of the county, two of the serial and a check character, or DM, six digits, a letter and a check character.',
    ),
    "code.short": Text(
        "“{typed}”缺最后一位校验位，应为 {expected}。", '"{typed}" lacks its check character at the end, {expected}.'
    ),
    "code.check": Text(
        "“{typed}”校验位不对：这样的编码应以 {expected} 结尾，说明有一处输错。",
        'The check character of "{typed}" does not fit: such a code ends in {expected}, so one sign was mistyped.',
    ),
    "code.unknown": Text(
        "“{typed}”写法正确，但{dataset}中没有这个小镇。",
        '"{typed}" is written correctly, but {dataset} holds no such town.',
    ),
    "code.near": Text("相近的小镇码", "Codes near to it"),
    # head
    "town.title": Text("小镇码", "Town code"),
    "town.code": Text("小镇码", "Town code"),
    "town.place": Text("{prefecture}市 {county}", "{county}, {prefecture}"),
    "town.kind": Text("{name}类", "{name}"),
    "town.own_name": Text("（自译）", " (our translation)"),
    "town.old_name": Text("又名 {name}", "also {name}"),
    "town.badge_demo": Text("演示数据 · 模拟", "Demo, simulated"),
    "town.badge_public": Text("公开数据", "Public data"),
    "town.fictional": Text(
        "小镇虚构，数值为模拟，不反映任何真实小镇",
        "A fictional town with simulated figures; it says nothing about any real town",
    ),
    "town.qr": Text("小镇码 {code} 的二维码，指向 {url}", "QR code of town code {code}, leads to {url}"),
    # status
    "town.status": Text("状态：{word}", "Status: {word}"),
    "town.why": Text("为什么是“{word}”", "Why {word}"),
    "town.open_none": Text("无未结事项", "No open matter"),
    "town.open": Text("{count}项未结事项", "{count} open matters"),
    "town.open_one": Text("1项未结事项", "1 open matter"),
    "town.open_red": Text("{count}项未结事项，触红线", "{count} open matters, a red line among them"),
    "town.open_red_one": Text("1项未结事项，触红线", "1 open matter, a red line"),
    "town.red": Text("红线", "red line"),
    "town.required": Text("要求{norm}", "required: {norm}"),
    "town.short_of": Text("差 {points} 个百分点", "{points} points off"),
    "town.basis": Text("依据 {tag}", "basis {tag}"),
    "town.term_over": Text("{day}已满，尚未命名", "ran out on {day}, not named yet"),
    "town.term_due": Text("期限{day}", "line on {day}"),
    "town.missing_share": Text("应报指标缺报{share}", "{share} of the figures due are missing"),
    "town.hidden": Text(
        "另有{count}项内部管理事项，计入状态，此处不列",
        "{count} more of internal management: counted, not listed here",
    ),
    "town.unknown": Text("无法判断：{items}（缺数据，不判好）", "Cannot be told: {items} (no data, not taken as good)"),
    "town.silence.published": Text(
        "只有公开数据，且多为2018年以前，不能据此判断今天的状态",
        "Published data only, most of them from before 2018: they say nothing of today",
    ),
    "town.silence.cultivating": Text("培育阶段，文件的要求尚不适用", "Being cultivated: the norms do not bind it yet"),
    "town.silence.removed": Text("已淘汰，不再评定", "Removed from the list, no longer judged"),
    "town.silence.unknown": Text("适用事项多数缺数据，无法判断", "Most of the matters that apply have no data"),
    "town.rule_line": Text("规则（自定）：{rule} → {word}", "Rule (our choice): {rule} → {word}"),
    "town.rules": Text("状态规则", "Rules of the status"),
    "town.rules_note": Text(
        "自定；由未结事项逐条判定，缺数据不判好",
        "Our choice; from the open matters one by one, missing data never count as good",
    ),
    "town.matters": Text("未结事项：红线 {red}；其他 {open}", "Matters: red lines {red}; others {open}"),
    # facts
    "town.facts": Text("基本情况", "Facts"),
    "town.fact.status": Text("清单状态", "On the list as"),
    "town.fact.created": Text("列入创建", "Being created since"),
    "town.fact.industry": Text("特色产业", "Specialty industry"),
    "town.listed.named": Text("命名小镇", "Named town"),
    "town.listed.creating": Text("创建小镇", "Being created"),
    "town.listed.cultivating": Text("培育小镇", "Being cultivated"),
    "town.listed.removed": Text("已淘汰", "Removed"),
    "town.batch": Text("第{number}批", "batch {number}"),
    "town.known_on": Text("状态截至 {day}", "as known on {day}"),
    # What sources add to the day they tell a status of.
    "town.as_of.assessed": Text("考核", "assessment"),
    "town.as_of.assessed_for": Text("{year}年度考核", "assessment of {year}"),
    "town.as_of.reported": Text("媒体报道", "reported"),
    "town.as_of.by_end": Text("{year}年末前", "by the end of {year}"),
    "town.no_data": Text("暂无数据", "No data"),
    "town.not_yet": Text("尚未列入", "Not yet"),
    "town.unknown_date": Text("时间不详", "Date not known"),
    "town.last": Text("最近 {period}：{value}", "last {period}: {value}"),
    "town.inner": Text("内部", "inner"),
    # standing
    "town.standing_all": Text("看同类各小镇的这项指标", "This figure of all towns of the class"),
    "town.standing": Text("与同类、全省相比", "Beside its class and the province"),
    "town.standing_note": Text(
        "{period}。| {industry}类中位，◇ 全省中位，浅带为全省中间{middle}",
        "{period}. | median of {industry}, ◇ median of the province, pale band: middle {middle} of the province",
    ),
    "town.standing_norm": Text("，┆ 为要求", ", ┆ required"),
    "town.standing_none": Text(
        "各小镇没有报送同一年的数据，无法比较", "Towns reported no figures of one year that could be compared"
    ),
    "town.class_median": Text("同类 {value}", "Class {value}"),
    "town.class_few": Text("同类仅 {count} 个小镇报送，不给中位数", "only {count} of the class reported, no median"),
    "town.class_kept_back": Text(
        "同类在范围外的小镇太少，不显示中位数", "too few of the class outside your scope, no median"
    ),
    "town.kept_back": Text("不显示", "not shown"),
    "town.province_median": Text("全省 {value}", "Province {value}"),
    "town.norm": Text("要求 {value}", "Required {value}"),
    "town.counts": Text(
        "同类 {peers} 个、全省 {count} 个小镇报送", "{peers} of the class and {count} of the province reported"
    ),
    "town.rank": Text("{count} 个小镇中第{rank}位", "rank {rank} of {count}"),
    "town.column.town": Text("本小镇", "Town"),
    "town.column.class": Text("同类中位", "Class"),
    "town.column.province": Text("全省中位", "Province"),
    # trend
    "town.trend": Text("{label}走势", "{label} over the years"),
    "town.trend_times": Text("{last}年{label}为{first}年的{times}倍", "{label} {last}: {times} times {first}"),
    "town.trend_note": Text("{unit}，{first}–{last}年，零起点", "{unit}, {first} to {last}, from zero"),
    "town.trend_none": Text("暂无分年数据", "No yearly figures"),
    # chain
    "town.chain": Text("{chain}产业链：占 {all} 个环节中的 {held} 个", "{chain} chain: {held} of {all} nodes held"),
    "town.chain_unreported": Text("{chain}产业链：本小镇未报送企业", "{chain} chain: the town reported no firms"),
    "town.chain_none": Text("特色产业不在已录入的产业链中", "Its specialty is in none of the chains recorded"),
    "town.chain_no_firms": Text("没有各小镇企业的数据", "No figures of firms by town"),
    "town.chain_title": Text("产业链", "Industry chain"),
    "town.chain_note": Text(
        "数为本小镇企业，“强稳弱缺”为全省该环节的分级（自定）",
        "Counts are firms of this town; the grade is that of the node in the province (our choice)",
    ),
    "town.chain_firms": Text("{count}家", "{count} firms"),
    "town.chain_firms_one": Text("1家", "1 firm"),
    "town.chain_empty": Text("无企业", "no firm"),
    "town.chain_silent": Text("未报", "not told"),
    "town.chain_grade": Text("全省{grade}", "province: {grade}"),
    "town.chain_foot": Text("企业{firms}家，其中链主{leaders}家", "{firms} firms, {leaders} of them chain leaders"),
    "town.chain_others": Text("另有企业在：{chains}", "firms also in: {chains}"),
    # stars and clock
    "town.stars": Text("星级：{label}", "Stars: {label}"),
    "town.stars_open": Text("星级：{lowest}–{highest}星，待补数据", "Stars: {lowest} to {highest}, data needed"),
    "town.stars_none": Text("星级：未评定", "Stars: not rated"),
    "town.stars_note": Text(
        "办法与分界为自定；文件只要求建立星级管理 [{clause}]",
        "Method and borders are our choice; the document only sets up the rating [{clause}]",
    ),
    "town.stars_alt": Text("{stars}星，满{most}星", "{stars} of {most} stars"),
    "town.stars_why.no_index": Text("活力指数数据不足，不评", "Data do not suffice for the vitality index"),
    "town.stars_why.not_named": Text("只评命名小镇", "Only named towns are rated"),
    "town.stars_why.published": Text("公开数据不足以评星", "Published data do not suffice for a rating"),
    "town.score": Text("活力指数", "Vitality index"),
    "town.score_level": Text("{label}：{value}分起", "{label}: from {value}"),
    "town.caps": Text("封顶规则", "Caps"),
    "town.caps_none": Text("未触发", "none"),
    "town.caps_hit": Text("触发", "apply"),
    "town.cap": Text("{told}，最高{stars}星", "{told}, {stars} stars at most"),
    "town.stability": Text("稳定度", "Stability"),
    "town.stability_note": Text("的模拟试算给出同样星级", "of the draws give the same stars"),
    "town.kept": Text("变动不够稳定，未随指数改变", "change not stable enough, not as by index"),
    "town.open_checks": Text("缺数据", "No data"),
    "town.clock": Text("五年时钟：{limit}", "Five-year clock: {limit}"),
    "town.clock_note": Text(
        "创建小镇按五年时钟管理，命名后评星级", "A town being created follows the clock; stars come once it is named"
    ),
    "town.clock_created": Text("列入创建", "Being created since"),
    "town.clock_due": Text("满{years}年", "{years} years over"),
    "town.clock_until": Text("获准延长至", "Extended to"),
    "town.clock_basis": Text("依据", "Basis"),
    "town.grade": Text("风险等级", "Risk grade"),
    # history
    "town.history": Text("历程", "History"),
    "town.history_span": Text("历程 {first}–{last}", "History {first}–{last}"),
    "town.history_none": Text("没有记录", "Nothing on record"),
    "town.history_more": Text("其余{count}条见网页", "{count} more on the web page"),
    "town.entry.creating": Text("列入创建名单", "Put on the creation list"),
    "town.entry.named": Text("命名", "Named"),
    "town.entry.cultivating": Text("列入培育名单", "Put on the cultivation list"),
    "town.entry.removed": Text("淘汰", "Removed from the list"),
    "town.entry.batch": Text("{what}（第{number}批）", "{what} (batch {number})"),
    "town.entry.assessment": Text("年度考核：{grade}", "Assessment: {grade}"),
    "town.entry.plan": Text("三年行动计划 {first}至{last}", "Three-year plan {first} to {last}"),
    "town.entry.plan_money": Text("，计划投资{amount}", ", {amount} planned"),
    "town.entry.extension": Text("创建期限延长至 {day}", "Creation extended to {day}"),
    "town.entry.boundary": Text(
        "四至调整：{before} → {after}，单位面积数前后不可比",
        "Boundary changed: {before} → {after}; figures per area before and after do not compare",
    ),
    "town.entry.breach": Text("检查发现问题：{subject}", "Breach found: {subject}"),
    "town.entry.decision": Text("决定：{action}", "Decision: {action}"),
    # public reports, sources
    "town.reports": Text("公开报道中的数字", "Figures in public reports"),
    "town.reports_note": Text("各有各的口径，不能相加", "Each with its own scope; not to be added up"),
    "town.scope.part_of_town": Text("只是小镇的一部分", "part of the town only"),
    "town.scope.township": Text("为全镇街，非小镇", "of the whole township"),
    "town.scope.industry": Text("为全行业，非小镇", "of the whole industry"),
    "town.scope.prefecture": Text("为全市，非小镇", "of the whole prefecture"),
    "town.sources": Text("来源", "Sources"),
    "town.source_demo": Text(
        "演示数据第{number}版（{day}），小镇虚构、数值模拟",
        "Demonstration data, version {number} of {day}: fictional towns, simulated figures",
    ),
    "town.foot": Text(
        "{dataset}第{number}版（{published}发布）· 数据 {period} · 状态判定 {day}",
        "{dataset}, version {number} of {published} · figures of {period} · judged on {day}",
    ),
    "town.foot_published": Text(
        "{dataset}第{number}版（{published}发布）· 各数字期间见各处 · 状态判定 {day}",
        "{dataset}, version {number} of {published} · each figure with its own period · judged on {day}",
    ),
    # desk page
    "town.go": Text("打开小镇码", "Open the town's profile"),
    "town.pick": Text("选择小镇", "Choose a town"),
    "town.ask": Text("小镇码或名称", "Town code or name"),
    "town.ask_example": Text("小镇码或名称，如 {code}", "Town code or name, e.g. {code}"),
    "town.found": Text("{count} 个小镇符合“{typed}”", '{count} towns match "{typed}"'),
    "town.found_none": Text("没有小镇符合“{typed}”。", 'No town matches "{typed}".'),
    "town.sheet": Text("本小镇单页 (PDF)", "Sheet of this town (PDF)"),
    "town.sheets": Text("筛选内 {count} 个小镇合订 (PDF)", "All {count} towns of the filter (PDF)"),
    "town.other_dataset": Text("在{dataset}中查看 {code}", "Look at {code} in {dataset}"),
    "town.address": Text("二维码中的地址", "The address in the code"),
    # scan page
    "scan.cockpit": Text("特色小镇驾驶舱", "Town cockpit"),
    "scan.skip": Text("跳到正文", "Skip to the content"),
    "scan.language": Text("语言", "Language"),
    "scan.not_found": Text("没有找到这个小镇码", "This town code was not found"),
    "scan.off": Text("小镇码扫码页已停用", "The scan pages are switched off"),
    "scan.off_text": Text("管理员停用了公开页面。", "The administrator has switched the public pages off."),
    "scan.search": Text("输入小镇码或名称", "Type a town code or a name"),
    "scan.go": Text("查找", "Find"),
    "scan.results": Text("符合的小镇", "Towns that match"),
    "scan.unready": Text(
        "数据暂时无法读取，请稍后再扫。", "The data cannot be read right now, please scan again later."
    ),
    # sheets
    "sheet.kind": Text("浙江省特色小镇驾驶舱 · 小镇码单页", "Town cockpit of Zhejiang · town sheet"),
    "sheet.scan": Text("扫码看最新数据", "Scan for the newest figures"),
    "sheet.page": Text("第{page}页，共{pages}页", "Page {page} of {pages}"),
    "sheet.cover": Text("小镇码单页合订", "Town sheets"),
    "sheet.count": Text("{count} 个小镇", "{count} towns"),
    "sheet.filters": Text("筛选：{filters}", "Filter: {filters}"),
    "sheet.all": Text("无，全部小镇", "none, all towns"),
    "sheet.by_status": Text("按状态", "By status"),
    "sheet.contents": Text("目录", "Contents"),
    "sheet.order": Text("按设区市、县、编码排序", "In the order of prefecture, county and code"),
    "sheet.no_url": Text(
        "未设公开地址，二维码只含小镇码", "No public address is set: the QR code holds the town code only"
    ),
    "sheet.refused": Text(
        "字体缺字，没有写出文件：{towns}。请改用通用规范汉字，或用 tools/make_fonts.py 把缺字加入字体",
        "No file was written, the font lacks characters: {towns}. Write standard characters, or add them with tools/make_fonts.py",
    ),
    "sheet.unset": Text("字体缺字：{signs}", "Signs the font lacks: {signs}"),
}
