"""What every page shares: bars, filters, notices, exports, faults."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

PHRASES: Final[dict[str, Text]] = {
    "app.title": Text("特色小镇驾驶舱", "Town cockpit"),
    "app.mark": Text("镇", "镇"),
    "page.cockpit": Text("驾驶舱", "Cockpit"),
    "page.targets": Text("目标", "Targets"),
    "page.plan": Text("规划", "Plan"),
    "page.chain": Text("产业链全景", "Industry chain"),
    "page.map": Text("一图", "Map"),
    "page.vitality": Text("活力指数", "Vitality"),
    "page.per_mu": Text("亩均效益", "Per-mu benefit"),
    "page.lists": Text("清单管理", "List management"),
    "page.towns": Text("小镇", "Towns"),
    "page.town": Text("小镇码", "Town code"),
    "page.data": Text("数据", "Data"),
    "page.basis": Text("依据", "Basis"),
    "page.wall": Text("大屏", "Wall"),
    "page.actions": Text("督办", "Supervision"),
    "page.elements": Text("要素", "Elements"),
    "page.cases": Text("案例", "Cases"),
    "page.access": Text("账户与授权", "Access"),
    "page.audit": Text("审计", "Audit"),
    "page.more": Text("更多页面", "More pages"),
    "page.skip": Text("跳到正文", "Skip to main content"),
    # an address without a page
    "missing_page.title": Text("没有这个页面", "There is no such page"),
    "missing_page.text": Text(
        "地址 {address} 不存在，可能输错了，或链接已过时。",
        "There is nothing at {address}: it may be mistyped, or the link is old.",
    ),
    "missing_page.pages": Text("可以打开的页面", "Pages there are"),
    "refused.origin": Text("不接受其他网站发来的请求", "Requests of other pages are not taken"),
    "refused.origin_text": Text(
        "这次提交不是从本系统的页面发出的，什么也没有改变。请直接打开本系统的地址再试。",
        "What was sent did not come from a page of this app, and changed nothing. Open the app's own address and try again.",
    ),
    "refused.host": Text("本系统不以这个域名提供服务", "The app is not served under this name"),
    "refused.host_text": Text(
        "请用本单位告知的地址打开；地址没有错的，请运维人员将它列入{setting}。",
        "Use the address your office was given; if this is it, its operator names it in {setting}.",
    ),
    # top bar
    "badge.demo": Text("演示数据 · 第{number}版", "Simulated data · version {number}"),
    "badge.public": Text("公开数据 · 第{number}版", "Public data · version {number}"),
    "version.old": Text(
        "正在查看旧版本：第{number}版（{day}发布），不是当前数据。",
        "You are looking at an old version: version {number} of {day}, not the current data.",
    ),
    "version.not_yours": Text(
        "地址指定的不是现行版本，您没有查看历史版本的权限，现在显示的是现行数据。需要时请联系安全管理员。",
        "The address names a version that is not the current one, which you may not see; these are the current data. "
        "Ask the security administrator if you need it.",
    ),
    "version.show_current": Text("查看当前版本", "Show the current version"),
    "version.damaged": Text(
        "当前版本 {version} 已损坏（`{where}`），暂以最近的完好版本（第{number}版）代替；请管理员从备份恢复该文件，或回退。",
        "The current version {version} is damaged (`{where}`); version {number}, the last good one, stands in for it. An administrator should restore the file or roll back.",
    ),
    "version.newer": Text(
        "当前版本 {version} 由更新的程序写成，本程序读不了，暂以第{number}版代替，数据未受影响；请管理员升级程序，或回退到较早的版本。",
        "The current version {version} was written by a newer program and cannot be read by this one; version {number} stays in use and the data are safe. An administrator should update the program or roll back to an older version.",
    ),
    "dataset.label": Text("数据集", "Dataset"),
    "dataset.short_demo": Text("演示", "Demo"),
    "dataset.short_public": Text("公开", "Public"),
    "dataset.demo": Text("演示数据（模拟）", "Demonstration (simulated)"),
    "dataset.public": Text("公开数据（真实）", "Public (real)"),
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
    "filter.fold": Text("筛选", "Filters"),
    "filter.mountain_yes": Text("只看山区26县", "Mountain counties only"),
    "filter.mountain_no": Text("不含山区26县", "Without mountain counties"),
    "filter.province": Text("全省", "Province"),
    "filter.way": Text("当前范围", "Where you are"),
    "filter.back_to": Text("回到这一级", "Back to this level"),
    "filter.take_out": Text("再按取消", "Press to take out"),
    "filter.clear": Text("清除筛选", "Clear filters"),
    "filter.count": Text("*{shown}* / {all} 个小镇", "*{shown}* of {all} towns"),
    "filter.count_open": Text("看这些小镇", "See these towns"),
    "filter.junk": Text(
        "地址中的 {items} 不在当前数据中，已按默认显示。",
        "The address asks for {items}, which these data do not hold; showing the default instead.",
    ),
    "filter.empty": Text("筛选后没有小镇。", "No town is left by these filters."),
    "filter.empty_help": Text("放宽一项条件，或清除筛选。", "Loosen one of them, or clear the filters."),
    "view.chart": Text("图", "Chart"),
    "view.table": Text("表", "Table"),
    "view.page": Text("页", "Page"),
    "view.page_of": Text("第{number}页，共{pages}页", "Page {number} of {pages}"),
    "view.label": Text("图或表", "Chart or table"),
    # footers
    "foot.demo": Text(
        "演示数据：小镇均为虚构，数值为模拟，不反映任何真实小镇；模拟值与公布值不相加。",
        "Demonstration data: the towns are fictional and the figures simulated; they say nothing about any real town and are never added to published ones.",
    ),
    "foot.money": Text(
        "金额、亩均和增速均按现价，未扣除物价变动。",
        "Money, per-mu figures and growth are at current prices, not adjusted for inflation.",
    ),
    "foot.public": Text(
        "公开数据：各期统计范围不同，逐项注明来源；小镇英文名为本系统译名，非官方。",
        "Public data: periods cover different sets of towns, each figure names its source; English town names are our own translation, not official.",
    ),
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
    # faults
    "fault.load.file": Text(
        "数据文件 `{where}` 缺失或损坏，无法显示。请管理员从备份恢复该文件；详细原因见 /readyz。",
        "The data file `{where}` is missing or damaged and nothing can be shown. An administrator should restore it from a backup; /readyz tells the details.",
    ),
    "fault.load.newer": Text(
        "数据版本 `{where}` 由更新的程序写成，本程序读不了；数据未受影响。请管理员升级程序，或查看其他版本。",
        "The data version `{where}` was written by a newer program and cannot be read by this one; the data are safe. An administrator should update the program, or look at another version.",
    ),
    "fault.load.none": Text(
        "数据集 `{where}` 没有可用的版本。请管理员核对数据文件夹的设置（COCKPIT_DATA_DIR）；详细原因见 /readyz。",
        "The dataset `{where}` has no version that can be used. An administrator should check the data folder (COCKPIT_DATA_DIR); /readyz tells the details.",
    ),
    "fault.load.setting": Text(
        "设置 `{where}` 指向的数据集不存在。请管理员改正；详细原因见 /readyz。",
        "The setting `{where}` names a dataset that does not exist. An administrator should mend it; /readyz tells the details.",
    ),
    "fault.load.record": Text(
        "规则记录 `{where}` 有误，无法显示。请管理员改正该文件；详细原因见 /readyz。",
        "The record `{where}` is not usable and nothing can be shown. An administrator should mend that file; /readyz tells the details.",
    ),
}
