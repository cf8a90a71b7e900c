"""Help of each page: what it answers, three tasks, keys; saved views and the link of a wall."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "help.button": Text("帮助", "Help"),
    "help.hint": Text(
        "第一次使用：按 ? 看本页说明和常用操作；带虚线的字和 [3.4] 这样的条款号可以点开。",
        "New here? Press ? for what this page answers. Words with a dotted line and clause numbers like [3.4] open.",
    ),
    "help.hint_close": Text("知道了", "Got it"),
    "help.answers": Text("本页回答", "This page answers"),
    "help.tasks": Text("常用操作", "Three tasks"),
    "help.keys": Text("按键", "Keys"),
    "help.key_help": Text("打开本说明", "open this help"),
    "help.key_search": Text("到搜索框", "go to the search box"),
    "help.key_escape": Text("关闭弹出的内容", "close what has opened"),
    "help.key_tab": Text("逐项移动，回车打开", "move on; Enter opens"),
    "help.key_walk": Text("在图表和名单里逐个移动，回车打开", "move within a chart or table; Enter opens"),
    "help.copy_link": Text("复制本页链接", "Copy link to this page"),
    "help.wall": Text("大屏设置", "Set up a wall"),
    # the pages
    "help.cockpit": Text(
        "各项目标达成没有、差多少、差在哪里、眼下要定什么事。",
        "Is each target met, by how much not, who makes the gap, what is to be decided now.",
    ),
    "help.cockpit.1": Text(
        "在上方筛选设区市或类型，看该范围对目标的影响。", "Filter a prefecture or class above to see its part."
    ),
    "help.cockpit.2": Text(
        "点卡片上的“来源”，看数字出自哪个文件。", "Press Source on a card to see the file behind it."
    ),
    "help.cockpit.3": Text("在“差在哪里”换一项目标，再点“详情”。", "Pick another target under the gap, then In depth."),
    "help.targets": Text(
        "一项目标的进度、预测、差距构成，以及可直接引用的汇报口径。",
        "One target: pace, forecast, what makes the gap, and words to report it in.",
    ),
    "help.targets.1": Text("选一项目标，复制“汇报口径”。", "Pick a target and copy the words to say."),
    "help.targets.2": Text(
        "在“贡献构成”按市、县、类型或小镇分组。", "Split the figure by prefecture, county, class or town."
    ),
    "help.targets.3": Text("在“依据与方法”看门槛从哪一条来。", "See under Basis where each threshold comes from."),
    "help.chain": Text(
        "产业链哪一段强、哪里断，谁最适合补。", "Where a chain is strong, where it breaks, who could mend it."
    ),
    "help.chain.1": Text("点一条链，再点一个环节看评级依据。", "Pick a chain, then a node, to see its grade."),
    "help.chain.2": Text("在“补链建议”看可补该环节的小镇。", "See under Mend which towns could fill a node."),
    "help.chain.3": Text("在企业表中搜索，下载 CSV。", "Search the firms and download them as CSV."),
    "help.map": Text(
        "小镇在哪里，各市各县的指标高低。", "Where the towns are, and how prefectures and counties compare."
    ),
    "help.map.1": Text("换“着色指标”比较各市或各县。", "Change Colour by to compare areas."),
    "help.map.2": Text("点一个县，再点“只看此县”。", "Click a county, then filter to it."),
    "help.map.3": Text("点一个小镇，打开小镇码页。", "Click a town to open its page."),
    "help.vitality": Text(
        "各小镇活力指数的名次，以及名次有多可靠。", "How towns rank by vitality, and how far a rank can be trusted."
    ),
    "help.vitality.1": Text("点一行，看得分差在哪些维度。", "Click a row to see where its score comes from."),
    "help.vitality.2": Text(
        "拖动权重，看名次是否出区间。", "Move the weights and see whether ranks leave their intervals."
    ),
    "help.vitality.3": Text(
        "切换“类内名次”，只与同类比较。", "Switch to ranks within a class to compare like with like."
    ),
    "help.per_mu": Text("哪些小镇亩均效益领先，分在哪一档。", "Which towns lead in benefit per mu, and their class."),
    "help.per_mu.1": Text("先选用地口径，不同口径不可比。", "Choose the land type first; types do not compare."),
    "help.per_mu.2": Text("在图中点一个小镇，看六项得分。", "Click a town in the chart for its six items."),
    "help.per_mu.3": Text("在“全部排名”看缺报的项。", "See in the ranking what is not reported."),
    "help.lists": Text("哪些小镇到期、为什么、建议怎样处理。", "Which towns fall due, why, and what is suggested."),
    "help.lists.1": Text("按截止日看 30 天内到期的小镇。", "Look by due date at those within 30 days."),
    "help.lists.2": Text("点检查项，只看不符合的小镇。", "Click a check to see only the towns that break it."),
    "help.lists.3": Text("选小镇，写明依据，记录决定。", "Choose a town, give the reason, record the decision."),
    "help.towns": Text("小镇逐个的指标，可排序、比较、导出。", "The towns one by one: sort, compare, export."),
    "help.towns.1": Text("选“显示的指标”，点列名排序。", "Pick the columns; click a heading to sort."),
    "help.towns.2": Text("选 2 至 5 个小镇并排比较。", "Compare two to five towns side by side."),
    "help.towns.3": Text("下载 Excel，筛选条件写在“说明”页。", "Download Excel; the filters stand on its notes sheet."),
    "help.town": Text("一个小镇的状态、未结事项、指标和沿革。", "One town: status, open matters, figures, history."),
    "help.town.1": Text("输入小镇码或名称查找。", "Type a code or a name."),
    "help.town.2": Text("用手机扫二维码打开公开页。", "Scan the QR code to open its public page."),
    "help.town.3": Text("下载单页，或把筛选内的小镇合订。", "Download one sheet, or all of the filter in one file."),
    "help.data": Text(
        "报送到了没有、有没有错、发布的是哪一版。", "What has come in, what is wrong, what is published."
    ),
    "help.data.1": Text("下载模板，填好后上传检查。", "Download the template, fill it in, upload it to be checked."),
    "help.data.2": Text("看“审核”：发布后哪些目标结论会变。", "See under Review which verdicts would change."),
    "help.data.3": Text("用“数字溯源”查一个数的单元格。", "Trace a figure to its cell."),
    "help.plan": Text(
        "下一轮目标定多少、谁担多少、如果怎样、走到哪。",
        "The next targets: how much, who carries it, what if, how far.",
    ),
    "help.plan.1": Text(
        "点一项指标，看各方法，选数值并写理由。", "Press an indicator, look at the methods, choose, say why."
    ),
    "help.plan.2": Text("下发表格，读回各市上报值，逐个锁定。", "Send the workbook round, read answers, hold figures."),
    "help.plan.3": Text("加假设看结论变不变；都不是数据。", "Add assumptions and see what flips; none of it is data."),
    "help.elements": Text(
        "文件要求的平台、基金、用地、人才等要素，哪个小镇有、哪个没有、哪个没报。",
        "Of what the document asks for beside figures, which town has what, lacks what, has not reported.",
    ),
    "help.elements.1": Text("点一格，看该小镇这一类要素的明细。", "Press a cell for the entries behind it."),
    "help.elements.2": Text("点列头，列出一类要素，再下载。", "Press a head to list one kind, then download it."),
    "help.elements.3": Text(
        "右侧换条款组，看梯度、用地奖励和基金。", "Change the group at the right for ladders and funds."
    ),
    "help.cases": Text(
        "哪些做法值得学，数值前后怎样，谁适合学。", "What is worth learning, what its figure did, who could learn."
    ),
    "help.cases.1": Text("点左侧一个案例，看前后数值和同类中位。", "Press a case: before, after, and its class."),
    "help.cases.2": Text("点“来源”，看数值出自哪个单元格。", "Press Source for the cell behind the figure."),
    "help.cases.3": Text(
        "用“提名案例”下载表，填好后报送，由另一人审核。", "Nominate by the sheet; another person reviews."
    ),
    "help.actions": Text("交办了什么，谁在办，办到哪一步。", "What was handed out, who has it, how far it is."),
    "help.actions.1": Text("用“交办新事项”写明事项、目标和期限。", "Hand a matter out with goal and due day."),
    "help.actions.2": Text("点一件看经过、数据目标和可做的事。", "Open one: its course, its figure, what you may do."),
    "help.actions.3": Text("核验由另一单位作出，数据不到不销号。", "Another office verifies; no figure, no closing."),
    "help.access": Text("谁能看、能做什么，谁在线。", "Who may see and do what, and who is signed in."),
    "help.access.1": Text("用“新授权”给账号角色、范围和期限。", "Give an account a role, a scope and an end."),
    "help.access.2": Text("看“待复核”和快到期的授权。", "Look at grants to review and those about to end."),
    "help.access.3": Text("结束会话，几秒内断开。", "End a session; its pages close within seconds."),
    "help.audit": Text("谁在什么时候做了什么，是否允许。", "Who did what and when, and whether it was allowed."),
    "help.audit.1": Text("按日期、账号、结果筛选。", "Filter by day, account and outcome."),
    "help.audit.2": Text("用“校验链”确认记录没有被改动。", "Verify the chain: nothing was changed by hand."),
    "help.audit.3": Text("导出 CSV，导出也记入审计。", "Export CSV; that is recorded as well."),
    "help.basis": Text("每项目标、门槛和办法从哪里来。", "Where every target, threshold and method comes from."),
    "help.basis.1": Text("在搜索框输入词语或条款号。", "Type a word or a clause number."),
    "help.basis.2": Text("点目录到一节，链接可以发给别人。", "Jump from the contents; its link can be sent on."),
    "help.basis.3": Text("看“自定”的参数，提出修改意见。", "Look at our own choices and question them."),
    # saved views
    "views.title": Text("我的视图", "My views"),
    "views.name": Text("视图名称", "Name of the view"),
    "views.save": Text("保存当前视图", "Save this view"),
    "views.open": Text("打开", "Open"),
    "views.delete": Text("删除", "Delete"),
    "views.delete_of": Text("删除视图 {name}", "Delete view {name}"),
    "views.none": Text("还没有保存的视图。", "No view is saved yet."),
    "views.full": Text("最多保存 {most} 个，请先删除一个。", "{most} at most; delete one first."),
    "views.empty": Text("请填写名称。", "Give it a name."),
    "views.saved": Text("已保存：{name}", "Saved: {name}"),
    "views.deleted": Text("已删除：{name}", "Deleted: {name}"),
    "views.where": Text("保存在本浏览器中，页面和筛选一并记住。", "Kept in this browser, with page and filters."),
    # the wall's link
    "walllink.lead": Text(
        "选好画面和时长，得到大屏的链接，可在任何浏览器打开。", "Choose scenes and time; the link opens anywhere."
    ),
    "walllink.scenes": Text("画面（按此顺序）", "Scenes, in this order"),
    "walllink.dwell": Text("每幕秒数", "Seconds a scene"),
    "walllink.start": Text("开始画面", "Begin with"),
    "walllink.theme": Text("外观", "Theme"),
    "walllink.link": Text("大屏链接", "Link of the wall"),
    "walllink.copy": Text("复制链接", "Copy link"),
    "walllink.open": Text("打开大屏", "Open the wall"),
}
