"""The data page: template, delivery, review, versions, who is late, from figure to cell; and the live notices."""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

_HEAD: Final[dict[str, Text]] = {
    "data.title": Text("数据", "Data"),
    "data.version": Text("现行版本", "Current"),
    "data.number": Text("第{number}版", "version {number}"),
    "data.published": Text("{when}发布，{who}", "published {when}, {who}"),
    "data.facts": Text("{towns} 个小镇，{figures} 个指标值", "{towns} towns, {figures} figures"),
    "data.waiting": Text("{count}份报送待审核", "{count} to review"),
    "data.parts": Text("工作", "Work"),
    "data.part.submit": Text("报送", "Submit"),
    "data.part.review": Text("审核与发布", "Review and publish"),
    "data.part.versions": Text("版本", "Versions"),
    "data.part.freshness": Text("报送进度", "Who has reported"),
    "data.open_trace": Text("看各小镇的数来自哪里", "See where its figures come from"),
    "data.open_version": Text("看这一版的驾驶舱", "See the cockpit as of this version"),
    "data.open_column": Text("看各小镇的这一指标", "See it for all towns"),
    "data.open_fresh": Text("看各小镇的报送", "See who has reported"),
    "data.part.trace": Text("数字溯源", "Figure to cell"),
}

_SUBMIT: Final[dict[str, Text]] = {
    "data.template": Text("1 下载模板", "1 Take a template"),
    "data.template_note": Text(
        "已列好小镇、单位和上期数；有数据才填，没有请留空。",
        "Towns, units and last figures are in it; leave empty what is not known.",
    ),
    "data.template_period": Text("报送期间", "Reporting period"),
    "data.template_prefecture": Text("设区市", "Prefecture"),
    "data.template_county": Text("县（市、区）", "County"),
    "data.template_all": Text("全省", "Whole province"),
    "data.template_all_counties": Text("全市", "Whole prefecture"),
    "data.template_sheets": Text("表类", "Sheets"),
    "data.template_returns": Text("指标和名单", "Returns and lists"),
    "data.template_elements": Text("要素·{office}", "Elements · {office}"),
    "data.template_download": Text("下载模板（Excel）", "Download template (Excel)"),
    "data.upload": Text("2 上传并检查", "2 Upload and check"),
    "data.upload_note": Text(
        "可一次上传多个文件：xlsx、csv（UTF-8 或 GBK）、Parquet；每个不超过{limit} MiB，一次访问合计不超过{together} MiB。上传后只检查，不改动任何数据。",
        "One or more files: xlsx, csv (UTF-8 or GBK), Parquet; {limit} MiB each at most, {together} MiB together in one session. Uploading only checks; nothing is changed.",
    ),
    "data.upload_files": Text("报送文件", "Files"),
    "data.upload_button": Text("选择文件", "Choose files"),
    "data.upload_drop": Text("或把文件拖到这里", "or drop them here"),
    "data.upload_lost": Text(
        "标红的文件没有收到：单个超过{limit} MiB、合计超过{together} MiB，或服务器正忙。请先移除标红或不需要的文件，再重新选择；其余文件已照常检查。",
        "Files marked red were not received: larger than {limit} MiB, more than {together} MiB together, or the server is busy. Remove them, or others not needed, and choose them again; the rest are checked as usual.",
    ),
    "data.checking": Text("正在检查", "Checking"),
    "data.check_waiting": Text("排队中，前面还有 {count} 个", "In line, {count} before you"),
    "data.checked": Text("检查完成", "Checked"),
    "data.findings": Text("检查结果", "Findings"),
    "data.findings_read": Text("读取{count}条", "{count} rows read"),
    "data.verdict.clean": Text("未发现问题，可以送审", "No findings: ready to submit"),
    "data.verdict.warnings": Text("只有提示，核对后可以送审", "Warnings only: check them, then submit"),
    "data.verdict.errors": Text(
        "有错误，改正后重新上传；现行数据未受影响", "Errors: mend them and upload again; current data are untouched"
    ),
    "data.verdict.refused": Text(
        "文件被拒收，原因见下；现行数据未受影响", "A file was refused, see why below; current data are untouched"
    ),
    "data.verdict.nothing": Text("没有读到可用的数据", "Nothing usable was read"),
    "data.filter": Text("只看", "Show"),
    "data.filter_all": Text("全部{count}", "All {count}"),
    "data.filter_severity": Text("{word}{count}", "{word} {count}"),
    "data.findings_more": Text(
        "另有{count}条未列出，全部写在带批注的工作簿里。",
        "{count} more are not listed here; the annotated workbook holds all of them.",
    ),
    "data.annotated": Text("下载带批注的工作簿", "Download annotated workbook"),
    "data.annotated_none": Text(
        "这类文件无法批注，请按上表的单元格改正。",
        "This kind of file cannot be annotated; mend the cells in the table above.",
    ),
    "data.submit": Text("3 送交审核", "3 Submit for review"),
    "data.submit_button": Text("送交审核", "Submit for review"),
    "data.submitted": Text(
        "已收到，编号 {id}。请在“审核与发布”中核对差异。",
        "Received as {id}. See the differences under “Review and publish”.",
    ),
    "data.submit_wait": Text(
        "检查通过后在这里送审；原始文件、检查结果和报送人都会保存。",
        "When the checks pass, submit here; files, findings and the submitter's name are kept.",
    ),
}

_REVIEW: Final[dict[str, Text]] = {
    "data.pending": Text("待审核的报送", "Submissions to review"),
    "data.pending_none": Text(
        "没有待审核的报送。上传并送审后会出现在这里。",
        "Nothing to review. A submission appears here once it has been sent.",
    ),
    "data.reaching_out": Text(
        "另有{count}份待审报送涉及您范围以外的小镇，或有范围内首次出现的企业：前者由授权范围覆盖其全部小镇的人审核，后者由看全省的人审核。",
        "{count} more concern towns outside your scope, or firms new to it: the former are reviewed by somebody whose "
        "scope covers all their towns, the latter by who sees the whole province.",
    ),
    "data.outside_count": Text("另有{count}条涉及范围外小镇，不显示", "{count} more on towns outside your scope"),
    "data.outside_towns": Text("另有 {count} 个小镇在范围外", "{count} more towns outside your scope"),
    "data.outside_text": Text("（涉及范围外小镇，不显示）", "(on towns outside your scope, not shown)"),
    "data.pending_pick": Text("报送", "Submission"),
    "data.pending_item": Text("{when} {who}：{files}", "{when} {who}: {files}"),
    "data.delivery": Text("{files}；{who}，{when}；提示{warnings}条", "{files}; {who}, {when}; {warnings} warnings"),
    "data.again": Text(
        "“{file}”与已报送的文件完全相同：{when}由{who}首次报送，{state}。见",
        "“{file}” is the same as a file sent before: first by {who} on {when}, {state}. See",
    ),
    "data.again_open": Text("打开首次报送", "Open the first submission"),
    "data.diff": Text("与第{number}版的差异", "Differences from version {number}"),
    "data.diff_moved": Text(
        "您打开这份报送后现行版本变了；以下差异已按第{number}版重算，请再核对。",
        "The current version has changed since you opened this; the differences are now against version {number}. Look again.",
    ),
    "data.diff_new": Text("新增", "New"),
    "data.diff_changed": Text("修改", "Changed"),
    "data.diff_withdrawn": Text("撤回", "Withdrawn"),
    "data.withdrawn": Text("撤回：{reason}", "withdrawn: {reason}"),
    "data.remarks": Text("报送人备注", "Remarks of the sender"),
    "data.remark": Text("备注", "Remark"),
    "data.diff_same": Text("未变", "Unchanged"),
    "data.diff_rows": Text("其他表行", "Other rows"),
    "data.diff_rows_item": Text("{table}：新增{new}行，修改{changed}行", "{table}: {new} new, {changed} changed"),
    "data.diff_none": Text(
        "与现行版本完全相同，发布不会改变任何数字。", "Same as the current version: nothing would change."
    ),
    "data.verdicts": Text("会改变的目标结论", "Target verdicts that would change"),
    "data.verdicts_none": Text("没有目标结论会改变。", "No target verdict would change."),
    "data.verdicts_value": Text(
        "{count}项目标只是数值改变，结论不变。", "{count} targets change in value only; their verdicts stay."
    ),
    "data.totals": Text("合计：发布前与发布后", "Totals before and after"),
    "data.totals_where": Text("地区", "Area"),
    "data.totals_none": Text("没有合计会改变。", "No total would change."),
    "data.totals_reported": Text("{reported}/{expected} 个小镇", "{reported} of {expected} towns"),
    "data.cells": Text("会改变的单元格", "Cells that would change"),
    "data.cells_lead": Text("{count} 个，变化大的在前", "{count}, the largest changes first"),
    "data.cells_more": Text("只列前 {shown} 个，共 {count} 个。", "The first {shown} of {count}."),
    "data.rows": Text("会改变的条目", "Rows that would change"),
    "data.rows_lead": Text("{count} 条，修改的在前", "{count}, changed ones first"),
    "data.rows_more": Text("只列前 {shown} 条，共 {count} 条。", "The first {shown} of {count}."),
    "data.row_table": Text("表", "Table"),
    "data.row_entry": Text("条目", "Item"),
    "data.row_what": Text("内容", "What it says"),
    "data.row_new": Text("新增", "new"),
    "data.row_changed": Text("修改", "changed"),
    "data.row_field": Text("{label}：{value}", "{label}: {value}"),
    "data.row_from": Text("{label}：{before} → {after}", "{label}: {before} → {after}"),
    "data.before": Text("发布前", "Before"),
    "data.change": Text("变化", "Change"),
    "data.change_new": Text("新增", "new"),
    "data.change_times": Text("{times}倍", "{times} times"),
    "data.change_points": Text("{points} 个百分点", "{points} points"),
    "data.after": Text("发布后", "After"),
    "data.decide": Text("决定", "Decide"),
    "data.publish": Text("发布为新版本", "Publish as a new version"),
    "data.reject": Text("退回", "Reject"),
    "data.published_done": Text(
        "第{number}版已发布，所有打开的页面将在几秒内更新。",
        "Version {number} is published; every open page follows within seconds.",
    ),
    "data.rejected_done": Text("已退回，文件和原因保存备查。", "Rejected; files and reason are kept."),
    "data.history": Text("已处理的报送", "Submissions dealt with"),
    "data.state.received": Text("待审核", "To review"),
    "data.state.published": Text("已发布", "Published"),
    "data.state.rejected": Text("已退回", "Rejected"),
}

_VERSIONS: Final[dict[str, Text]] = {
    "data.list": Text("版本记录", "Versions"),
    "data.list_note": Text(
        "版本只增不改；退回旧版不会删除新版。", "Versions are never changed; rolling back deletes none."
    ),
    "data.current": Text("现行", "Current"),
    "data.shipped": Text("随系统提供", "shipped with the system"),
    "data.shipped_demo": Text("首个版本：虚构小镇的模拟数据", "First version: simulated data of fictional towns"),
    # the releases of tools/demo, whose notes are Chinese
    "data.demo_actor": Text("演示发布员", "demonstration publisher"),
    "data.demo_note_1": Text("2025年年报、2026年一季度报表", "Returns of 2025 and of January to March 2026"),
    "data.demo_note_2": Text(
        "2026年上半年报表，补报和更正", "Returns of January to June 2026, late returns, corrections"
    ),
    "data.demo_note_3": Text(
        "2026年前三季度报表，补报和更正", "Returns of January to September 2026, late returns, corrections"
    ),
    "data.shipped_public": Text("首个版本：摘自公布文件的数据", "First version: data taken from published documents"),
    "data.unfinished": Text("未完成发布", "publishing never finished"),
    "data.broken": Text("说明文件损坏", "record damaged"),
    "data.newer": Text("由更新的程序写成，升级程序后可用", "written by a newer program: update this one to use it"),
    "data.from": Text("来自报送 {id}", "from submission {id}"),
    "data.register": Text("规则 {id}", "register {id}"),
    "data.look": Text("查看此版", "Look at it"),
    "data.back": Text("回到此版", "Roll back to this"),
    "data.back_to": Text("回到第{number}版", "Roll back to version {number}"),
    "data.back_help": Text(
        "第{current}版会保留，随时可以再切回来。", "Version {current} stays and can be made current again at any time."
    ),
    "data.back_confirm": Text("确认回到第{number}版", "Confirm: back to version {number}"),
    "data.cancel": Text("取消", "Cancel"),
    "data.back_done": Text("现行版本已回到第{number}版。", "Version {number} is current again."),
    "data.log": Text("操作记录", "Log"),
    "data.log_none": Text("还没有发布或退回的记录。", "Nothing has been published or rolled back yet."),
    "data.log.publish": Text("发布第{to}版", "Published version {to}"),
    "data.log.roll_back": Text("由第{before}版回到第{to}版", "Rolled back from version {before} to {to}"),
}

_FAULTS: Final[dict[str, Text]] = {
    "data.fault.files_gone": Text(
        "文件已不在服务器上，没有送交。请重新选择文件。",
        "The files are no longer with the server; nothing was submitted. Choose them again.",
    ),
    "data.fault.kept": Text("已填内容保留。", "What you typed is kept."),
    "data.fault.conflict": Text(
        "未发布：{who}已于{when}把现行版本改为第{number}版。请按新的差异再核对一次。",
        "Not done: {who} made version {number} current at {when}. Look at the differences again.",
    ),
    "data.fault.conflict_unknown": Text(
        "未发布：现行版本已变为第{number}版。请按新的差异再核对一次。",
        "Not done: version {number} has become current. Look at the differences again.",
    ),
    "data.fault.busy": Text(
        "另有人正在发布，请稍等片刻再试。", "Somebody else is publishing: wait a moment and try again."
    ),
    "data.fault.full": Text(
        "磁盘已满，没有任何改动。请联系管理员清理空间。",
        "The disk is full; nothing was changed. Ask the administrator to free space.",
    ),
    "data.fault.closed": Text(
        "数据文件夹不可写，没有任何改动。请联系管理员授予写权限。",
        "The data folder cannot be written; nothing was changed. Ask the administrator for write access.",
    ),
    "data.fault.closed_already": Text(
        "这份报送已经处理过了，没有任何改动。", "This submission has been dealt with already; nothing was changed."
    ),
    "data.fault.current_already": Text("它已经是现行版本。", "It is the current version already."),
    "data.fault.damaged": Text(
        "文件 {where} 损坏或缺失，没有任何改动。请从备份恢复，或选择别的版本。",
        "{where} is damaged or missing; nothing was changed. Restore it from a backup or choose another version.",
    ),
    "data.fault.newer": Text(
        "版本 {where} 由更新的程序写成，本程序读不了；现行版本未变。请升级程序，或选择别的版本。",
        "Version {where} was written by a newer program and cannot be read by this one; the current version is unchanged. Update the program or choose another version.",
    ),
    "data.fault.other": Text(
        "没有完成（{where}），现行版本未变。请稍后再试或联系管理员。",
        "Not done ({where}); the current version is unchanged. Try again later or ask the administrator.",
    ),
}

_FRESH: Final[dict[str, Text]] = {
    "data.fresh": Text("按指标", "By indicator"),
    "data.fresh_matrix": Text("谁报了、谁没报", "Who has reported what"),
    "data.fresh_across": Text("按地区或按小镇", "By prefecture or by town"),
    "data.fresh_across.prefecture": Text("按设区市", "By prefecture"),
    "data.fresh_across.town": Text("按小镇", "By town"),
    "data.fresh_cells": Text("已报小镇数/应报小镇数", "towns that reported / towns due"),
    "data.fresh_shapes": Text("每格一项指标，未报齐的小镇在前", "one figure a cell, towns with gaps first"),
    "data.fresh_badge.reported": Text("已报齐", "All reported"),
    "data.fresh_badge.late": Text("迟报{count}项", "{count} late"),
    "data.fresh_badge.missing": Text("缺报{count}项", "{count} missing"),
    "data.fresh_lead": Text(
        "{day}：应报{expected}项，已报{reported}，迟报{late}，缺报{missing}",
        "{day}: {expected} due, {reported} reported, {late} late, {missing} missing",
    ),
    "data.fresh_towns": Text("没有报齐的小镇", "Towns with something outstanding"),
    "data.fresh_towns_none": Text("所选小镇都已报齐。", "Every selected town has reported everything."),
    "data.fresh_none": Text(
        "公开数据摘自公布文件，小镇没有报送义务，因此没有迟报或缺报。",
        "Public data are taken from published documents; towns owe no returns, so nothing is late or missing.",
    ),
    "data.fresh.reported": Text("已报", "Reported"),
    "data.fresh.late": Text("迟报", "Late"),
    "data.fresh.partial": Text("少数缺报", "A few missing"),
    "data.fresh.missing": Text("缺报", "Missing"),
    "data.fresh.not_expected": Text("不须报", "Not due"),
    "data.fresh_duty": Text("报表", "Return"),
    "data.fresh_period": Text("应报期间", "Period due"),
    "data.fresh_due": Text("期限", "Due"),
    "data.fresh_state": Text("状态", "State"),
    "data.fresh_calendar": Text("报送日历", "Reporting calendar"),
    "data.fresh_next": Text("下一次：{period}，{day}前", "Next: {period}, by {day}"),
    "data.fresh_all": Text("全部{count}项", "all {count} figures"),
    "data.fresh_and": Text("{names}等{count}项", "{names} and others, {count} in all"),
    "data.fresh_more": Text("另有 {count} 个小镇未列出。", "{count} more towns are not listed."),
}

_TRACE: Final[dict[str, Text]] = {
    "data.trace_town": Text("小镇", "Town"),
    "data.trace_indicator": Text("指标", "Indicator"),
    "data.trace.cell": Text("{file}，{sheet} {cell}", "{file}, {sheet} {cell}"),
    "data.trace.cell_by": Text("报送 {submission}，{who}，{when}", "submission {submission}, {who}, {when}"),
    "data.trace.source": Text(
        "随版本提供，没有报送文件；来源：{source}", "Shipped with the version, no submission; source: {source}"
    ),
    "data.trace.shipped": Text("随版本提供，没有报送文件", "Shipped with the version, no submission"),
    "data.trace.list": Text("由清单历史计数", "Counted from the list history"),
    "data.trace.parts": Text("由下列数字算出", "Computed from these"),
    "data.trace.withdrawn": Text("已撤回：{reason}。", "Withdrawn: {reason}."),
    "data.trace.none": Text("没有报送", "Not reported"),
    "data.role.plus": Text("加", "plus"),
    "data.role.minus": Text("减", "minus"),
    "data.role.numerator": Text("分子", "numerator"),
    "data.role.denominator": Text("分母", "denominator"),
    "data.trace_where": Text("出处", "Where from"),
    "data.when": Text("时间", "When"),
    "data.who": Text("经办", "Who"),
    "data.what": Text("内容", "What"),
}

_LIVE: Final[dict[str, Text]] = {
    "live.updated": Text(
        "数据已更新为第{number}版（{who}）：{note}", "Data updated to version {number} ({who}): {note}"
    ),
    "live.back": Text("数据已回到第{number}版", "Data rolled back to version {number}"),
}

PHRASES: Final[dict[str, Text]] = {**_HEAD, **_SUBMIT, **_REVIEW, **_VERSIONS, **_FAULTS, **_FRESH, **_TRACE, **_LIVE}
