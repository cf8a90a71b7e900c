"""The data desk's intake: template, columns, files that are refused, steps.

One pair of sentences a rule: `intake.<rule>` says what is wrong, `intake.<rule>.remedy` what to do.
"""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

_SHEETS: Final[dict[str, Text]] = {
    "intake.sheet.about": Text("说明", "Instructions"),
    "intake.sheet.summary": Text("检查结果", "Findings"),
    "intake.sheet.returns": Text("指标", "Returns"),
    "intake.sheet.land": Text("用地", "Land"),
    "intake.sheet.assessments": Text("年度考核", "Assessments"),
    "intake.sheet.plans": Text("三年计划", "Plans"),
    "intake.sheet.extensions": Text("延期", "Extensions"),
    "intake.sheet.inspections": Text("核查", "Inspections"),
    "intake.sheet.firms": Text("企业", "Firms"),
    "intake.sheet.towns": Text("小镇", "Towns"),
    "intake.sheet.element_returns": Text("要素确认", "Elements stated"),
    "intake.stated_note": Text("本类共有几项；没有填0", "How many of this kind there are; 0 for none"),
    "intake.column.kind": Text("要素类别", "Kind of element"),
    "intake.column.as_of": Text("截至日期", "Date"),
    "intake.column.stated": Text("项数", "Number"),
    "intake.sheet.list_history": Text("清单变动", "List changes"),
}

_COLUMNS: Final[dict[str, Text]] = {
    "intake.last": Text("上期", "last"),
    "intake.column.town_code": Text("小镇编码", "Town code"),
    "intake.column.town_zh": Text("中文名", "Chinese name"),
    "intake.column.town_en": Text("英文名", "English name"),
    "intake.column.alias": Text("别名", "Alias"),
    "intake.column.county_adcode": Text("所在县（市、区）", "County of the town"),
    "intake.column.industry_class": Text("产业类型", "Industry class"),
    "intake.column.specialty_industry": Text("特色产业名称", "Specialty industry (Chinese)"),
    "intake.column.specialty_industry_en": Text("特色产业英文名", "Specialty industry (English)"),
    "intake.column.created_on": Text("创建日期", "Created on"),
    "intake.column.named_on": Text("命名日期", "Named on"),
    "intake.column.creation_batch": Text("创建批次", "Creation batch"),
    "intake.column.naming_batch": Text("命名批次", "Naming batch"),
    "intake.column.lat": Text("纬度", "Latitude"),
    "intake.column.lon": Text("经度", "Longitude"),
    "intake.column.position_uncertainty_km": Text("位置误差（公里）", "Position uncertainty in km"),
    "intake.column.area_km2": Text("面积", "Area in square kilometres"),
    "intake.column.area_land_type": Text("面积口径", "Area by land type"),
    "intake.column.effective_on": Text("生效日期", "Effective on"),
    "intake.column.list_status": Text("清单状态", "List status"),
    "intake.towns_code": Text(
        "更正写原编码；新小镇写新编码，如 {example}（含县级六位码），并在“清单变动”写明列入",
        "For a change the town's code; for a new town a new one with the county's six digits, such as {example}, and its entry under List changes",
    ),
    "intake.towns_new": Text("新小镇必填；更正时只填要改的", "Needed for a new town; otherwise only what changes"),
    "intake.column.town_name": Text("小镇名称", "Town name"),
    "intake.column.prefecture": Text("设区市", "Prefecture"),
    "intake.column.county": Text("县（市、区）", "County"),
    "intake.column.period": Text("期间", "Period"),
    "intake.column.note": Text("备注", "Remarks"),
    "intake.column.indicator": Text("指标", "Indicator"),
    "intake.column.value": Text("数值", "Value"),
    "intake.column.unit": Text("单位", "Unit"),
    "intake.column.land_type": Text("用地口径", "Land type"),
    "intake.column.area_mu": Text("面积", "Area"),
    "intake.column.year": Text("年度", "Year"),
    "intake.column.grade": Text("考核等次", "Grade"),
    "intake.column.starts_on": Text("计划开始日期", "Starts on"),
    "intake.column.ends_on": Text("截止日期", "Ends on"),
    "intake.column.planned_investment_yuan": Text("计划投资", "Planned investment"),
    "intake.column.approved_on": Text("批准日期", "Approved on"),
    "intake.column.basis": Text("依据", "Basis"),
    "intake.column.inspected_on": Text("核查日期", "Inspected on"),
    "intake.column.subject": Text("核查事项", "Subject"),
    "intake.column.is_breach": Text("是否触碰", "Breach"),
    "intake.column.remark": Text("情况说明", "Remark"),
    "intake.column.firm_id": Text("企业编码", "Firm ID"),
    "intake.column.name_zh": Text("企业名称", "Firm name"),
    "intake.column.chain_id": Text("产业链", "Chain"),
    "intake.column.node_id": Text("链上环节", "Node"),
    "intake.column.is_high_tech": Text("高新技术企业", "High-tech"),
    "intake.column.is_listed": Text("上市企业", "Listed"),
    "intake.column.is_chain_leader": Text("链主企业", "Chain leader"),
    "intake.column.is_single_champion": Text("单项冠军", "Single champion"),
    "intake.column.is_hidden_champion": Text("隐形冠军", "Hidden champion"),
    "intake.column.is_little_giant": Text("专精特新小巨人", "Little giant"),
    "intake.column.carrier": Text("孵化载体", "Carrier"),
    "intake.column.revenue_yuan": Text("营业收入", "Revenue"),
    "intake.column.tax_yuan": Text("税收", "Tax"),
    "intake.column.staff_count": Text("从业人数", "Staff"),
    "intake.grade.excellent": Text("优秀", "Excellent"),
    "intake.grade.good": Text("良好", "Good"),
    "intake.grade.qualified": Text("合格", "Qualified"),
    "intake.grade.warning": Text("警告", "Warning"),
    "intake.grade.demoted": Text("降格", "Demoted"),
    "intake.subject.ecology_line": Text("生态保护红线", "Ecology red line"),
    "intake.subject.farmland_line": Text("永久基本农田", "Permanent farmland"),
    "intake.subject.urban_boundary": Text("城镇开发边界", "Urban boundary"),
    "intake.subject.real_estate": Text("房地产化倾向", "Real-estate drift"),
    "intake.carrier.maker_space": Text("众创空间", "Maker space"),
    "intake.carrier.incubator": Text("孵化器", "Incubator"),
    "intake.carrier.accelerator": Text("加速器", "Accelerator"),
    "intake.carrier.park": Text("产业园", "Park"),
    "intake.kind.flow": Text("当年累计", "Cumulative within the year"),
    "intake.kind.stock": Text("期末数", "As at the period's end"),
    "intake.kind.ratio": Text("比率", "Ratio"),
    "intake.land.planned": Text("批复的规划范围面积", "Area of the approved plan"),
    "intake.land.construction": Text("规划范围内的建设用地", "Construction land within the plan"),
    "intake.land.in_use": Text("已供并投入使用的用地", "Land supplied and in use"),
    "intake.land.residential": Text("建设用地中的住宅用地", "Residential part of the construction land"),
    "intake.yes": Text("是", "Yes"),
    "intake.no": Text("否", "No"),
}

_TEMPLATE: Final[dict[str, Text]] = {
    "intake.about.title": Text("特色小镇数据报送表", "Characteristic towns: data return"),
    "intake.about.stamp": Text("模板版本", "Template version"),
    "intake.about.dataset": Text("数据集", "Dataset"),
    "intake.about.period": Text("报送期间", "Reporting period"),
    "intake.about.scope": Text("范围", "Scope"),
    "intake.about.all": Text("全省", "Whole province"),
    "intake.about.checker": Text("核对部门", "Checked by"),
    "intake.about.made": Text("生成日期", "Made on"),
    "intake.about.towns": Text("小镇数", "Towns"),
    "intake.about.simulated": Text("模拟", "Simulated"),
    "intake.about.simulated_text": Text(
        "演示数据：小镇为虚构，上期数为模拟", "Demonstration: fictional towns, last figures simulated"
    ),
    "intake.about.how": Text("填写方法", "How to fill it in"),
    "intake.about.elements1": Text(
        "每项一行；编码或名称任填一个，下面列有编码", "A row an entry; code or name of the town, the codes stand below"
    ),
    "intake.about.elements2": Text(
        "表头、工作表名称不要改；带*的必填", "Leave headers and names of sheets; those with * are needed"
    ),
    "intake.about.elements3": Text(
        "已报过的按原名称再报即为更正；终止的写上截止日期，不要删行",
        "The same name again corrects an entry; one that ended gets its last day, rows are not deleted",
    ),
    "intake.about.elements4": Text(
        "一类要素没有的，在“要素确认”里填0；不填为未报",
        "A kind a town has none of: 0 under Elements stated; nothing there is not reported",
    ),
    "intake.about.codes": Text("小镇编码", "Codes of towns"),
    "intake.about.how1": Text(
        "只填白色单元格；灰色为上期数，仅供对照，不必改动。",
        "Fill white cells only; grey ones show the last period for reference.",
    ),
    "intake.about.how2": Text(
        "没有数据请留空，不要填零；零表示确实为零。", "Leave a cell empty where there is no figure. Zero means zero."
    ),
    "intake.about.how3": Text(
        "金额按表头单位填写；流量为当年累计数，存量为期末数。",
        "Money in the unit of the header. Flows are cumulative within the year, stocks as at the period's end.",
    ),
    "intake.about.how4": Text(
        "每个小镇每期一行；不要合并单元格、不要增删表头行。",
        "One row a town and period; do not merge cells or change the header rows.",
    ),
    "intake.about.how5": Text(
        "存为 xlsx 后在“数据”页上传；有问题会按单元格逐一指出。",
        "Save as xlsx and upload it on the Data page; faults are told cell by cell.",
    ),
    "intake.about.how6": Text(
        "撤回已发布的数：在该格写“撤回”，并在同一行“备注”写明原因；发布后该数为没有数据，不是零。",
        "To take back a published figure write “Withdraw” into its cell and the reason into the remarks of its row; it is missing from then on, not zero.",
    ),
    "intake.about.how7": Text(
        "备注会保留，审核人能看到；数字旁不要加①、*等标记。",
        "Remarks are kept and shown to the reviewer; put no footnote marks beside figures.",
    ),
    "intake.about.sheets": Text("工作表", "Sheets"),
    "intake.last_values": Text("{label}·上期", "{label} · last"),
    "intake.last_period": Text("{period}", "{period}"),
    "intake.unit_row": Text("单位", "Unit"),
    "intake.note_row": Text("说明", "Note"),
    "intake.pick": Text("请从列表中选择", "Pick from the list"),
    "intake.number_range": Text(
        "请填 {low} 至 {high} 之间的数，单位{unit}", "A number from {low} to {high}, unit {unit}"
    ),
    "intake.did_you_mean": Text("是否为“{near}”？", "Did you mean “{near}”?"),
    "intake.by_hand": Text("不清楚时请联系数据管理员。", "Ask the data desk if in doubt."),
}

_REFUSALS: Final[dict[str, Text]] = {
    "intake.too_large": Text(
        "文件 {size} MiB，超过上限 {limit} MiB", "The file has {size} MiB, more than the {limit} MiB allowed"
    ),
    "intake.too_large.remedy": Text("分成几个文件报送", "Send it in several files"),
    "intake.no_content": Text("文件是空的", "The file is empty"),
    "intake.no_content.remedy": Text("确认已保存后重新上传", "Save it and upload it again"),
    "intake.password": Text("文件有密码，无法打开", "The file is protected by a password"),
    "intake.password.remedy": Text("去掉打开密码后另存再上传", "Remove the password, save and upload it again"),
    "intake.old_workbook": Text(
        "这是旧格式（xls）或其他 Office 文件", "This is an old workbook (xls) or another Office file"
    ),
    "intake.old_workbook.remedy": Text("在 Excel 或 WPS 中另存为 xlsx", "Save it as xlsx in Excel or WPS"),
    "intake.other_workbook": Text(
        "不是 xlsx 工作簿（可能是 xlsb 或 ods）", "Not an xlsx workbook (perhaps xlsb or ods)"
    ),
    "intake.other_workbook.remedy": Text("另存为 xlsx", "Save it as xlsx"),
    "intake.not_a_table_file": Text("不是电子表格", "Not a spreadsheet"),
    "intake.not_a_table_file.remedy": Text("请上传 xlsx、csv 或 Parquet 文件", "Upload an xlsx, csv or Parquet file"),
    "intake.other_file": Text("这是{kind}，不是 xlsx 工作簿", "This is {kind}, not an xlsx workbook"),
    "intake.other_file.remedy": Text(
        "在 Excel 或 WPS 中打开，另存为 xlsx 再上传", "Open it in Excel or WPS, save it as xlsx and upload that"
    ),
    "intake.kind_of_file.page": Text("网页（HTML）", "a web page (HTML)"),
    "intake.kind_of_file.xml": Text("XML 文件（如 XML 表格 2003）", "an XML file (such as XML Spreadsheet 2003)"),
    "intake.kind_of_file.pdf": Text("PDF 文件", "a PDF file"),
    "intake.kind_of_file.word": Text("Word 文档", "a Word document"),
    "intake.kind_of_file.xlsx": Text("工作簿（xlsx）", "a workbook (xlsx)"),
    "intake.kind_of_file.csv": Text("文本表格（CSV）", "a text table (CSV)"),
    "intake.kind_of_file.parquet": Text("Parquet 表", "a Parquet table"),
    "intake.text_as_workbook": Text(
        "这是文本文件（如制表符分隔），名称却写成工作簿",
        "This is a text file (tab separated, say) under a workbook's name",
    ),
    "intake.text_as_workbook.remedy": Text(
        "在 Excel 或 WPS 中打开并另存为 xlsx；确为 CSV 的把扩展名改为 .csv",
        "Open it in Excel or WPS and save it as xlsx; if it is CSV, name it .csv",
    ),
    "intake.open_quote": Text(
        "第 {row} 行有引号没有配对，其后的行会被并入这一格",
        "Row {row} has a quotation mark without its partner: it would swallow the rows after it",
    ),
    "intake.open_quote.remedy": Text(
        "补上或删去引号，或另存为 xlsx", "Close the quotation mark or delete it, or save the table as xlsx"
    ),
    "intake.line_too_long": Text(
        "第 {row} 行超长：一行至多读 {limit} 个字符",
        "Row {row} is too long: at most {limit} signs are read of a line",
    ),
    "intake.line_too_long.remedy": Text(
        "查看该行是否有粘贴进来的长文或图片代码，删去后再上传",
        "Look in that row for a pasted text or an encoded picture, delete it and upload the file again",
    ),
    "intake.damaged": Text("文件已损坏，读不出内容", "The file is damaged and cannot be read"),
    "intake.damaged.remedy": Text(
        "在 Excel 或 WPS 中打开并另存，再上传", "Open it in Excel or WPS, save it anew and upload that"
    ),
    "intake.zip_bomb": Text(
        "文件解压后膨胀异常（{why}），未打开", "Unpacked, the file swells beyond measure ({why}); it was not opened"
    ),
    "intake.bomb.size": Text("上限 {limit} MiB", "at most {limit} MiB"),
    "intake.bomb.ratio": Text(
        "有部件解压后是压缩时的 {limit} 倍以上", "a part unpacks to more than {limit} times its size"
    ),
    "intake.too_many_parts": Text(
        "文件由 {count} 个部件组成，上限 {limit} 个，未打开",
        "The file is made of {count} parts, at most {limit} are read; it was not opened",
    ),
    "intake.too_many_parts.remedy": Text(
        "删去图片、图表等附件，或新建工作簿后粘贴为数值再上传",
        "Delete pictures, charts and the like, or paste the values alone into a new workbook",
    ),
    "intake.zip_bomb.remedy": Text(
        "只保留数据，新建工作簿后粘贴为数值再上传", "Paste the values alone into a new workbook"
    ),
    "intake.macros": Text("工作簿含宏，未打开", "The workbook contains macros; it was not opened"),
    "intake.macros.remedy": Text("另存为不含宏的 xlsx", "Save it as xlsx without macros"),
    "intake.external_links": Text(
        "工作簿链接到其他文件或数据库，未打开", "The workbook links to other files or databases; it was not opened"
    ),
    "intake.external_links.remedy": Text(
        "在 Excel“编辑链接”中断开链接，或粘贴为数值", "Break the links (Data, Edit Links) or paste values"
    ),
    "intake.xml_entities": Text(
        "文件含有表格中不应有的声明（XML 实体），未打开",
        "The file holds declarations no workbook needs (XML entities); it was not opened",
    ),
    "intake.xml_entities.remedy": Text("在 Excel 或 WPS 中另存为 xlsx", "Save it as xlsx in Excel or WPS"),
    "intake.unknown_encoding": Text("文字编码无法识别", "The text's encoding is not known"),
    "intake.unknown_encoding.remedy": Text("另存为“CSV UTF-8”或 xlsx", "Save it as “CSV UTF-8” or xlsx"),
    "intake.too_many_rows": Text(
        "表格范围到第 {rows} 行、第 {columns} 列，超出可读范围（上限 {limit} 行、{cells} 个单元格）",
        "The sheet reaches row {rows} and column {columns}, beyond what is read (at most {limit} rows, {cells} cells)",
    ),
    "intake.too_many_columns": Text(
        "表格范围到第 {columns} 列，超出可读范围（上限 {limit} 列）",
        "The sheet reaches column {columns}, beyond what is read (at most {limit} columns)",
    ),
    "intake.too_many_columns.remedy": Text(
        "删除右边远处的内容，或改用模板的列", "Delete what stands far to the right, or use the template's columns"
    ),
    "intake.too_much_text": Text(
        "表内文字合计超过 {limit} MiB，未读取", "The texts of the sheet come to more than {limit} MiB; it was not read"
    ),
    "intake.too_much_text.remedy": Text(
        "查看是否有极长的文字被复制到许多单元格", "Look for a very long text copied into many cells"
    ),
    "intake.nested_column": Text(
        "列“{column}”的每格是一串值，不是一个值", "Column “{column}” holds lists or records, not one value a row"
    ),
    "intake.nested_column.remedy": Text("每格只写一个值，另存后再上传", "Write one value a row and send it again"),
    "intake.too_demanding": Text(
        "读取此文件所需内存超过上限（{memory} MiB），已停止",
        "Reading this file takes more memory than allowed ({memory} MiB); it was stopped",
    ),
    "intake.too_demanding.remedy": Text(
        "只保留数据，粘贴为数值到新工作簿，或分成几个文件报送",
        "Paste the values alone into a new workbook, or send several files",
    ),
    "intake.too_slow": Text(
        "读取此文件超过 {seconds} 秒，已停止", "Reading this file took more than {seconds} seconds; it was stopped"
    ),
    "intake.too_slow.remedy": Text(
        "只保留数据，粘贴为数值到新工作簿，或分成几个文件报送",
        "Paste the values alone into a new workbook, or send several files",
    ),
    "intake.reader_died": Text("读取程序在此文件上中止", "The reader broke off at this file"),
    "intake.reader_died.remedy": Text(
        "在 Excel 或 WPS 中打开并另存，再上传；仍不行请联系数据管理员",
        "Open it in Excel or WPS, save it anew and upload that; else ask the data desk",
    ),
    "intake.not_reached": Text(
        "同批的其他文件使读取中止，此文件未读",
        "Other files of this upload broke the reading off; this one was not read",
    ),
    "intake.not_reached.remedy": Text("请单独上传", "Upload it by itself"),
    "intake.too_many_rows.remedy": Text(
        "删除远处的空行空列，或分文件报送", "Delete empty rows and columns far out, or send several files"
    ),
}

_RESULT: Final[dict[str, Text]] = {
    "intake.result.clean": Text("未发现问题", "No findings"),
    "intake.result.accepted": Text("可以发布：{warnings} 条提示", "May be published: {warnings} warnings"),
    "intake.result.errors": Text(
        "{errors} 处错误须改正，{warnings} 条提示", "{errors} errors to mend, {warnings} warnings"
    ),
    "intake.result.refused": Text("有文件或工作表被拒收", "A file or sheet was refused"),
    "intake.result.read": Text("读取 {count} 条", "{count} read"),
    "intake.result.withdrawn": Text("撤回 {count} 个数", "{count} figures withdrawn"),
    "intake.severity": Text("级别", "Severity"),
    "intake.severity.error": Text("错误", "Error"),
    "intake.severity.warning": Text("提示", "Warning"),
    "intake.severity.refusal": Text("拒收", "Refused"),
    "intake.file": Text("文件", "File"),
    "intake.sheet": Text("工作表", "Sheet"),
    "intake.cell": Text("单元格", "Cell"),
    "intake.written": Text("所填内容", "Written"),
    "intake.what": Text("问题", "What is wrong"),
    "intake.do": Text("修改办法", "What to do"),
    "intake.step.open": Text("打开文件", "Opening"),
    "intake.step.read": Text("读取{sheet}", "Reading {sheet}"),
    "intake.step.compare": Text("核对各表", "Comparing"),
    "intake.step.done": Text("完成", "Done"),
}

PHRASES: Final[dict[str, Text]] = {
    **_SHEETS,
    **_COLUMNS,
    **_TEMPLATE,
    **_REFUSALS,
    **_RESULT,
}
