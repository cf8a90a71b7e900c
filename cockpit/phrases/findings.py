"""What the intake finds in a sheet, a cell or a table, with remedies.

One pair of sentences a rule: `intake.<rule>` says what is wrong, `intake.<rule>.remedy` what to do.
"""

from __future__ import annotations

from typing import Final

from cockpit.vocabulary import Text

_SHEET_FINDINGS: Final[dict[str, Text]] = {
    "intake.no_table": Text("没有认出任何报送表", "No table was recognised"),
    "intake.no_table.remedy": Text("用模板填写；表头须保留", "Use the template and keep its headers"),
    "intake.unknown_sheet": Text("工作表未被识别，内容未读取", "The sheet was not recognised; it was not read"),
    "intake.unknown_sheet.remedy": Text(
        "若为报送数据，请移到模板的工作表中", "If it holds data, move them into a sheet of the template"
    ),
    "intake.empty_template": Text("模板未填写任何数据", "Nothing was filled in"),
    "intake.empty_template.remedy": Text("填写后再上传", "Fill it in and upload it again"),
    "intake.empty_sheet": Text("工作表只有表头，没有数据", "The sheet has a header and no data"),
    "intake.empty_sheet.remedy": Text("没有数据可不理会", "Nothing to do if there are none"),
    "intake.old_template": Text(
        "模板版本 {value} 不是现行版本 {current}", "Template version {value} is not the current {current}"
    ),
    "intake.old_template.remedy": Text(
        "下次请下载新模板；本次仍按表头读取", "Take a new template next time; this one was read by its headers"
    ),
    "intake.hidden_sheet": Text("工作表被隐藏，仍已读取", "The sheet is hidden; it was read all the same"),
    "intake.hidden_sheet.remedy": Text("取消隐藏并核对内容", "Unhide it and check what it holds"),
    "intake.hidden_rows": Text("有 {count} 行被隐藏，仍已读取", "{count} rows are hidden; they were read all the same"),
    "intake.hidden_rows.remedy": Text(
        "取消隐藏并核对；不报的行请删除", "Unhide and check them; delete rows not meant to be sent"
    ),
    "intake.hidden_columns": Text(
        "有 {count} 列被隐藏，仍已读取", "{count} columns are hidden; they were read all the same"
    ),
    "intake.hidden_columns.remedy": Text("取消隐藏并核对", "Unhide and check them"),
    "intake.merged": Text(
        "数据区有合并单元格，只有左上角有值", "Merged cells among the data: only the top left one holds a value"
    ),
    "intake.merged.remedy": Text("取消合并，逐格填写", "Unmerge them and fill in every cell"),
    "intake.missing_column": Text("缺少“{column}”列", "Column “{column}” is missing"),
    "intake.missing_column.remedy": Text("按模板补上该列", "Add it as in the template"),
    "intake.misspelt_column": Text(
        "不认识列“{value}”，整列未读取。{hint}", "Column “{value}” is not known and was not read. {hint}"
    ),
    "intake.misspelt_column.remedy": Text("按模板改正列名", "Write the name as in the template"),
    "intake.unknown_column": Text(
        "列“{value}”不在模板中，未读取", "Column “{value}” is not in the template; it was not read"
    ),
    "intake.unknown_column.remedy": Text("不需要可删除；需要请改用模板列名", "Delete it, or use the template's name"),
    "intake.other_measure": Text(
        "“{value}”是{kind}，与要报的数不同，未读取", "“{value}” is {kind}, not the figure asked for; it was not read"
    ),
    "intake.other_measure.remedy": Text(
        "要报的数另写一列（行），名称照模板；不报则不必改动",
        "Give the figure asked for under the template's name; else leave it",
    ),
    "intake.column_twice": Text(
        "列“{value}”出现两次（另见 {other}），只读取第一次",
        "Column “{value}” stands twice (see {other}); only the first was read",
    ),
    "intake.column_twice.remedy": Text("删去一列", "Delete one of them"),
    "intake.unknown_unit": Text("“{column}”的单位“{value}”不能识别", "The unit “{value}” of “{column}” is not known"),
    "intake.unknown_unit.remedy": Text("改为{unit}并按此单位填写", "Write {unit} and give figures in it"),
    "intake.units_disagree": Text(
        "“{column}”的单位两处不一致：{place} 写{other}，这里写{value}",
        "Two places state different units of “{column}”: {place} says {other}, this one {value}",
    ),
    "intake.units_disagree.remedy": Text("只留正确的一处，并核对数值", "Keep the right one and check the figures"),
    "intake.unit_assumed": Text(
        "“{column}”没有写明单位，已按模板单位{unit}读取",
        "Nothing states the unit of “{column}”; read in the template's, {unit}",
    ),
    "intake.unit_assumed.remedy": Text(
        "核对；在列名后用括号写明单位，如“总产出（万元）”", "Check it; write the unit behind the name, in brackets"
    ),
    "intake.unknown_unit_line": Text(
        "表格的单位“{value}”不能识别", "The unit “{value}” stated for the table is not known"
    ),
    "intake.unknown_unit_line.remedy": Text(
        "写一个金额单位，如“单位：万元”或“单位：亿元”",
        "State one unit of money, such as “Unit: 10,000 yuan” or “Unit: 100m yuan”",
    ),
    "intake.other_figure": Text(
        "“{column}”旁的“{value}”看不懂，可能不是本期数，整列未读取",
        "“{value}” beside “{column}” is not understood: perhaps not this period's figure; the column was not read",
    ),
    "intake.other_figure.remedy": Text(
        "列名照模板写，括号内只写单位", "Write the template's name, and the unit alone in brackets"
    ),
    "intake.computed_column": Text(
        "“{value}”由系统计算或取自名录，未读取", "“{value}” is computed or comes from the register; it was not read"
    ),
    "intake.computed_column.remedy": Text("不必处理", "Nothing to do"),
    "intake.no_header": Text(
        "这一列没有列名，{count} 格内容（如“{value}”）未读取",
        "The column has no name; its {count} cells (“{value}”) were not read",
    ),
    "intake.no_header.remedy": Text(
        "是数据请按模板写列名，是说明请移到备注列",
        "Name the column as in the template, or move notes to the remarks column",
    ),
    "intake.row_too_long": Text(
        "这一行比表头多 {count} 格，可能是数字里的千分位逗号没有加引号；整行未读取",
        "The row has {count} cells more than the header: perhaps a thousands separator without quotes; it was not read",
    ),
    "intake.row_too_long.remedy": Text(
        "去掉千分位逗号，或另存为 xlsx", "Remove thousands separators, or save the table as xlsx"
    ),
    "intake.split_figure": Text(
        "“{value}”占了 {count} 格：数字里的千分位逗号没有加引号，其后各格都错位；整行未读取",
        "“{value}” stands in {count} cells: a thousands separator without quotes moves all cells after it; the row was not read",
    ),
    "intake.split_figure.remedy": Text(
        "去掉千分位逗号，或另存为 xlsx", "Remove thousands separators, or save the table as xlsx"
    ),
    "intake.maybe_split": Text(
        "“{value}”读作 {count} 个数；如果是一个带千分位逗号的数，其后各格都错位",
        "“{value}” was read as {count} figures; if it is one with thousands separators, all cells after it are out of place",
    ),
    "intake.maybe_split.remedy": Text(
        "是一个数请去掉逗号；确为 {count} 个数则不必改动",
        "If it is one figure remove the commas; leave it if these are {count} figures",
    ),
    "intake.two_headers": Text(
        "表头有两行（“{value}”），分不清哪一列是本期数，整张表未读取",
        "The header has two rows (“{value}”): which column is this period's cannot be told; the sheet was not read",
    ),
    "intake.two_headers.remedy": Text(
        "改成一行表头，只留本期数，列名照模板写",
        "Make it one row with this period's figures alone, named as in the template",
    ),
    "intake.second_table": Text(
        "这里是另一张表（“{value}”），未读取", "Another table stands here (“{value}”); it was not read"
    ),
    "intake.second_table.remedy": Text(
        "一张工作表只放一张表：移到另一张工作表", "One table a sheet: move it to a sheet of its own"
    ),
    "intake.header_again": Text(
        "表头在这里又出现一次（“{value}”），已跳过；其下各行照常读取",
        "The header stands here again (“{value}”); it was skipped and the rows below were read",
    ),
    "intake.header_again.remedy": Text("删去重复的表头行", "Delete the repeated header"),
    "intake.above_table": Text("表头上方的数“{value}”未读取", "The figure “{value}” above the header was not read"),
    "intake.above_table.remedy": Text(
        "是数据请移到表头下面；是说明则不必改动", "Move data below the header; leave it if it is an explanation"
    ),
    "intake.other_figure_above": Text(
        "“{value}”说明这是{kind}，不是要报的数",
        "“{value}” says that this is {kind}, not the figure asked for",
    ),
    "intake.other_figure_above.remedy": Text(
        "换成要报的数（流量为当年累计，存量为期末数）；如果已经是，请改掉这几个字",
        "Put in the figures asked for (flows cumulative within the year, stocks as at its end); if they are those already, correct the caption",
    ),
    "intake.other_period_above": Text(
        "列名上方写的是“{value}”，下面各行的期间是{other}",
        "Above the column stands “{value}”, the period of the rows is {other}",
    ),
    "intake.other_period_above.remedy": Text(
        "核对这一列是哪一期的数，把标题或期间改成一致",
        "Check which period the column is of, and make caption and period agree",
    ),
    "intake.more": Text(
        "同类问题另有 {count} 处，共 {more} 处，首处 {cell}",
        "{count} more of the same, {more} in all, the first at {cell}",
    ),
    "intake.more.remedy": Text("改正首处后照此处理其余", "Mend the first, then the others alike"),
}

_CELL_FINDINGS: Final[dict[str, Text]] = {
    "intake.text_too_long": Text(
        "“{column}”有 {length} 个字，最多 {limit} 个", "{column} has {length} signs, at most {limit}"
    ),
    "intake.text_too_long.remedy": Text(
        "写短一些；说明另附文件", "Shorten it; send explanations in a file of their own"
    ),
    "intake.invisible_signs": Text(
        "“{column}”含有看不见的符号（如改变文字方向的控制符），已去掉",
        "{column} holds signs nobody can see (such as those that turn the direction); they were taken out",
    ),
    "intake.invisible_signs.remedy": Text(
        "请核对读到的文字；不放心就重新键入", "Check what was read; type it anew if in doubt"
    ),
    "intake.town_renamed": Text("{code} 由“{old}”改名为“{new}”", "{code} changes its name from “{old}” to “{new}”"),
    "intake.town_renamed.remedy": Text(
        "确系更名的不必处理；填错编码或名称的请更正",
        "Nothing to do if it was renamed; else correct the code or the name",
    ),
    "intake.remark_withdraws": Text(
        "备注写了“{value}”，同一行的数仍按填报读取", "The remark says “{value}”, yet the figures of its row were read"
    ),
    "intake.remark_withdraws.remedy": Text(
        "要撤回请在数字格内写“撤回”，备注写原因；不撤回请改备注",
        "To take a figure back write “Withdraw” into its cell and the reason here; else change the remark",
    ),
    "intake.unclear_date": Text(
        "“{column}”是日期 {value}，可能指{one}，也可能指{other}",
        "“{column}” holds the date {value}: it may mean {one} or {other}",
    ),
    "intake.unclear_date.remedy": Text(
        "按文本写清楚，如 2026-09 或 2026年1-9月", "Write it as text, such as 2026-09 or Jan-Sep 2026"
    ),
    "intake.above_names": Text("表头上方的文字", "The text above the names of the columns"),
    "intake.turned_round": Text(
        "“{value}”含有改变文字方向的符号，看到的与读到的不同，未读取",
        "“{value}” holds signs that turn the direction: what is seen is not what is read; it was not read",
    ),
    "intake.turned_round.remedy": Text("清空这一格，重新键入", "Empty the cell and type it anew"),
    "intake.since_january": Text("1月至期末的累计", "January to the end of the period"),
    "intake.as_cumulative": Text(
        "“{value}”按年内累计（{read}）读取", "“{value}” was read as cumulative within the year ({read})"
    ),
    "intake.as_cumulative.remedy": Text(
        "若是单季数或多年累计，请换成当年1月起的累计数",
        "If it is a single quarter's, or adds up several years, give the figure since January",
    ),
    "intake.comment": Text("批注“{value}”不会读取", "The comment “{value}” is not read"),
    "intake.comment.remedy": Text(
        "要留给审核人的话写在“备注”列", "Write what the reviewer should know into the remarks column"
    ),
    "intake.beside_cells": Text(
        "表格之外的内容不会读取：{kinds}", "What stands outside the cells is not read: {kinds}"
    ),
    "intake.beside_cells.remedy": Text("其中有数或说明的，写进单元格", "Write figures or notes among them into cells"),
    "intake.beside.shape": Text("文本框 {count} 个", "{count} text boxes"),
    "intake.beside.picture": Text("图片 {count} 张", "{count} pictures"),
    "intake.beside.header": Text("页眉页脚", "page headers or footers"),
    "intake.embedded": Text(
        "工作簿中嵌入了其他文件，未打开", "Other files are embedded in the workbook; it was not opened"
    ),
    "intake.embedded.remedy": Text(
        "删除嵌入的对象后再报送；附件另行提交", "Delete the embedded objects and send them apart"
    ),
    "intake.other_ending": Text(
        "文件名以 {ending} 结尾，内容却是{kind}，已按内容读取",
        "The name ends with {ending}, what is inside is {kind}; it was read as that",
    ),
    "intake.other_ending.remedy": Text("如果传错了文件，请换成正确的", "If it is the wrong file, send the right one"),
    "intake.not_number": Text("“{column}”应为数字，现为“{value}”", "“{column}” should be a number, not “{value}”"),
    "intake.not_number.remedy": Text("只填数字；没有数据请留空", "Write a number, or leave the cell empty"),
    "intake.not_whole": Text("“{column}”应为整数，现为 {value}", "“{column}” should be a whole number, not {value}"),
    "intake.not_whole.remedy": Text("填整数，并核对单位", "Write a whole number and check the unit"),
    "intake.out_of_range": Text(
        "“{column}”的 {value} 超出范围（{low} 至 {high}，单位{unit}）",
        "{value} of “{column}” is out of range ({low} to {high}, unit {unit})",
    ),
    "intake.out_of_range.remedy": Text("核对数值和单位", "Check figure and unit"),
    "intake.out_of_bounds": Text(
        "“{column}”的 {value} 超出范围（{low} 至 {high}）", "{value} of “{column}” is out of range ({low} to {high})"
    ),
    "intake.out_of_bounds.remedy": Text("核对数值", "Check the figure"),
    "intake.not_year": Text("“{column}”应为四位年份，现为“{value}”", "“{column}” should be a year, not “{value}”"),
    "intake.not_year.remedy": Text("写四位数字，如 2025", "Write four digits, such as 2025"),
    "intake.power_of_ten": Text(
        "“{value}”是科学计数法的文本，已读作 {held}", "“{value}” is text with a power of ten; read as {held}"
    ),
    "intake.power_of_ten.remedy": Text("核对；写出全部数字", "Check it; write all its digits"),
    "intake.full_width": Text(
        "“{value}”含全角字符，已按半角读取", "“{value}” holds full-width characters; read as half-width ones"
    ),
    "intake.full_width.remedy": Text("改用半角数字", "Use half-width digits"),
    "intake.thousands": Text(
        "“{value}”是带千分位的文本，已按数字读取", "“{value}” is text with thousands separators; read as a number"
    ),
    "intake.thousands.remedy": Text(
        "去掉逗号或空格，设为数值格式", "Remove commas or spaces and format it as a number"
    ),
    "intake.unit_in_cell": Text(
        "“{value}”把单位写进了单元格，已按{unit}换算", "“{value}” carries its unit in the cell; converted from {unit}"
    ),
    "intake.unit_in_cell.remedy": Text(
        "只填数字，单位以表头为准", "Write the number alone; the header states the unit"
    ),
    "intake.blank_word": Text("“{value}”按没有数据处理", "“{value}” is taken as no figure"),
    "intake.blank_word.remedy": Text(
        "没有数据请留空；确实为零请填 0；要撤回已发布的数请写“撤回”，原因写在“备注”",
        "Leave the cell empty, or write 0 if it is zero; to take back a published figure write “Withdraw” and the reason into the remarks",
    ),
    "intake.percent_format": Text(
        "“{column}”不是百分数，单元格却设成百分比格式，显示为“{value}”",
        "“{column}” is no percentage, but the cell is formatted as one and shows “{value}”",
    ),
    "intake.percent_format.remedy": Text(
        "改为常规格式，按表头单位填写", "Use the general format and the header's unit"
    ),
    "intake.fraction": Text(
        "“{column}”的单位是%，{small} 是 {small}%，还是 {large}%？未读取",
        "“{column}” is in percent: is {small} {small}% or {large}%? It was not read",
    ),
    "intake.fraction.remedy": Text(
        "是 {large}% 请写 {large}；确为 {small}% 请在单元格内写“{small}%”",
        "Write {large} for {large}%; if it is {small}% write “{small}%” into the cell",
    ),
    "intake.shown_unit": Text(
        "单元格显示为“{value}”，这一列的单位却是{unit}；未读取",
        "The cell shows “{value}”, but the unit of its column is {unit}; it was not read",
    ),
    "intake.shown_unit.remedy": Text(
        "按{unit}填写，并把单元格改为常规格式；或在列名里写明实际单位",
        "Give it in {unit} with the general format, or state the real unit in the column's name",
    ),
    "intake.struck_out": Text(
        "“{column}”的“{value}”划了删除线（全部或部分），不知是否作数；未读取",
        "“{value}” of “{column}” is struck through, whole or in part: whether it counts is not known; it was not read",
    ),
    "intake.struck_out.remedy": Text(
        "作数就取消删除线；不作数就删去", "Take the line out if it counts, else delete what is struck"
    ),
    "intake.shown_otherwise": Text(
        "单元格里存的是 {held}，格式却不显示这个数，或改了它的正负号；未读取",
        "The cell holds {held}, but its format hides the figure or changes its sign; it was not read",
    ),
    "intake.shown_otherwise.remedy": Text(
        "改为常规格式，核对后再填；没有数就清空这一格",
        "Give it the general format and check the figure; empty the cell if there is none",
    ),
    "intake.shown_with_word": Text(
        "单元格格式在数字旁加了“{word}”；按 {held} 读取",
        "The cell's format puts “{word}” beside the figure; it was read as {held}",
    ),
    "intake.shown_with_word.remedy": Text(
        "只留数字；“约”“以上”一类的说明写到“备注”列",
        "Leave the figure alone; words such as “about” belong in the remarks column",
    ),
    "intake.footnote_mark": Text(
        "“{column}”的“{value}”带有注释标记，不能当作数字", "“{value}” of “{column}” carries a footnote mark: no number"
    ),
    "intake.footnote_mark.remedy": Text(
        "只留数字，说明写到“备注”列", "Leave the number alone and put the note into the remarks column"
    ),
    "intake.lost_zero": Text(
        "“{value}”可能是 {one}，也可能是 {ten}（数字格式会丢掉末尾的零）",
        "“{value}” may be {one} or {ten} (a number loses its last zero)",
    ),
    "intake.lost_zero.remedy": Text(
        "单元格设为文本，写 {ten} 或 {one}", "Format the cell as text and write {ten} or {one}"
    ),
    "intake.too_early": Text("“{value}”早于 {first} 年", "“{value}” lies before {first}"),
    "intake.too_early.remedy": Text(
        "核对年份；单元格若设成了日期格式，请改为文本重填",
        "Check the year; if the cell is formatted as a date, make it text and type it again",
    ),
    "intake.digits_lost": Text(
        "“{column}”按数字保存，第十五位以后的数字已丢失：{value}",
        "“{column}” is kept as a number and lost its digits after the fifteenth: {value}",
    ),
    "intake.digits_lost.remedy": Text(
        "先把该列设为文本格式，再重新填写", "Format the column as text first, then write it again"
    ),
    "intake.not_date": Text("“{column}”应为日期，现为“{value}”", "“{column}” should be a date, not “{value}”"),
    "intake.not_date.remedy": Text("写成 2025-09-30", "Write 2025-09-30"),
    "intake.no_day": Text(
        "“{column}”的单元格是日期格式，里面却没有日期：是时刻、零或负数",
        "The cell of “{column}” is formatted as a date and holds none: a time, zero or a negative number",
    ),
    "intake.no_day.remedy": Text(
        "设为文本格式，写日期 2025-09-30、期间 2026-09 或年份 2025",
        "Make it text and write a date 2025-09-30, a period 2026-09 or a year 2025",
    ),
    "intake.date_as_text": Text(
        "“{value}”不是日期格式的单元格，已读作 {read}", "“{value}” is not formatted as a date; read as {read}"
    ),
    "intake.date_as_text.remedy": Text("设为日期格式", "Format the cell as a date"),
    "intake.not_period": Text("“{value}”不是报送期间", "“{value}” is not a period"),
    "intake.not_period.remedy": Text(
        "全年写 2025，累计到9月写 2026-09", "Write 2025 for the year, 2026-09 for January to September"
    ),
    "intake.not_flag": Text("“{column}”应填是或否，现为“{value}”", "“{column}” should be yes or no, not “{value}”"),
    "intake.not_flag.remedy": Text("从列表中选择“是”或“否”", "Pick yes or no"),
    "intake.not_allowed": Text(
        "“{column}”没有“{value}”这一项。{hint}", "“{value}” is not an option of “{column}”. {hint}"
    ),
    "intake.not_allowed.remedy": Text("从列表中选择", "Pick from the list"),
    "intake.missing_value": Text("“{column}”必填，现为空", "“{column}” must not be empty"),
    "intake.missing_value.remedy": Text("补填；整行不报请清空该行", "Fill it in, or clear the whole row"),
    "intake.town_missing": Text("这一行没有小镇编码或名称", "The row names no town"),
    "intake.town_missing.remedy": Text("补上小镇编码", "Add the town's code"),
    "intake.unknown_town": Text("没有小镇“{value}”。{hint}", "There is no town “{value}”. {hint}"),
    "intake.unknown_town.remedy": Text("按模板填写编码和名称", "Write code and name as in the template"),
    "intake.town_name_differs": Text(
        "编码对应的是“{town}”，名称却写“{value}”；已按编码读取",
        "The code belongs to “{town}”, the name says “{value}”; read by the code",
    ),
    "intake.town_name_differs.remedy": Text("核对这一行是哪个小镇", "Check which town the row is about"),
    "intake.code_check": Text(
        "编码“{value}”的校验位不对，应为 {expected}",
        "The check character of “{value}” is wrong: it should be {expected}",
    ),
    "intake.code_check.remedy": Text("对照打印的小镇码重新填写", "Compare it with the printed code and write it again"),
    "intake.county_differs": Text(
        "{town}在{county}，这里写“{value}”；已按小镇读取",
        "{town} lies in {county}, this cell says “{value}”; read by the town",
    ),
    "intake.county_differs.remedy": Text("核对这一行是哪个小镇", "Check which town the row is about"),
    "intake.period_differs": Text(
        "这里的期间是{period}，{place}写的是{other}",
        "The period here is {period}, that of {place} is {other}",
    ),
    "intake.period_differs.remedy": Text(
        "核对：是更正其他期间，还是沿用了旧表",
        "Check whether it corrects another period or an old sheet was used again",
    ),
    "intake.period_of_stamp": Text("模板的报送期间", "the template"),
    "intake.withdraw": Text("撤回", "Withdraw"),
    "intake.no_reason": Text("“{value}”没有写明原因，未处理", "“{value}” gives no reason; nothing was withdrawn"),
    "intake.no_reason.remedy": Text(
        "在同一行的“备注”列写明撤回原因", "Give the reason in the remarks column of the row"
    ),
    "intake.is_prefecture": Text(
        "{city}是设区市，其下有：{counties}。", "{city} is a prefecture; its counties: {counties}."
    ),
    "intake.code_of_name": Text("“{town}”的编码是 {code}。", "The code of “{town}” is {code}."),
    "intake.name_of_two": Text(
        "叫“{value}”的小镇不止一个（原名、新名或别名相同），分不清是哪一个",
        "More than one town is called “{value}” (by an old, a new or another name): which is meant cannot be told",
    ),
    "intake.name_of_two.remedy": Text("写小镇编码", "Write the town's code"),
    "intake.withdrawal_words": Text(
        "“{value}”不是数字，也不是撤回的写法", "“{value}” is neither a number nor the word that takes a figure back"
    ),
    "intake.withdrawal_words.remedy": Text(
        "撤回已发布的数：格内只写“撤回”二字，原因写在同一行“备注”；没有数据请留空",
        "To take back a published figure write “Withdraw” alone into its cell and the reason into the remarks of its row; leave the cell empty where there is no figure",
    ),
    "intake.cannot_withdraw": Text(
        "“{column}”的数不能撤回：能撤回的只有指标、用地和企业的数",
        "A figure of “{column}” cannot be taken back: only those of returns, land and firms can",
    ),
    "intake.cannot_withdraw.remedy": Text(
        "有正确的数请直接填写更正；只是要去掉它，请联系数据管理员",
        "Write the right figure over it; to have it taken out ask the data desk",
    ),
    "intake.became": Text(
        "{former}已于 {year} 年调整，现为：{now}。", "{former} was changed in {year}; today it is {now}."
    ),
    "intake.outside_scope": Text("“{value}”不在模板的范围内", "“{value}” is outside the template's scope"),
    "intake.outside_scope.remedy": Text("确认应由本地报送", "Make sure it is yours to report"),
    "intake.formula_without_value": Text("公式没有计算结果", "The formula has no value"),
    "intake.formula_without_value.remedy": Text(
        "在 Excel 中打开并保存，或粘贴为数值", "Open and save it in Excel, or paste the value"
    ),
    "intake.error_cell": Text("单元格是错误值 {value}", "The cell holds the error {value}"),
    "intake.error_cell.remedy": Text("改正公式，或填写数值", "Mend the formula or write the figure"),
    "intake.stray_note": Text("表内说明文字“{value}”未读取", "The remark “{value}” among the rows was not read"),
    "intake.stray_note.remedy": Text(
        "写到备注列或单独的工作表", "Put it into the remarks column or a sheet of its own"
    ),
    "intake.total_row": Text("合计、小计或分项行“{value}”未读取", "The row of totals or parts “{value}” was not read"),
    "intake.total_row.remedy": Text("不必填合计，系统自行汇总", "Totals are not needed: they are computed"),
}

_TABLE_FINDINGS: Final[dict[str, Text]] = {
    "intake.duplicate": Text(
        "同一小镇、期间和项目已在 {other} 报过", "The same town, period and item stands at {other}"
    ),
    "intake.duplicate.remedy": Text("只保留正确的一个", "Keep the right one only"),
    "intake.duplicate_row": Text("与 {other} 重复", "Repeats {other}"),
    "intake.duplicate_row.remedy": Text("只保留正确的一行", "Keep the right row only"),
    "intake.period_ahead": Text("{town}：期间 {period} 还没有结束", "{town}: the period {period} is not over"),
    "intake.period_ahead.remedy": Text("核对期间；预计数不报", "Check the period; forecasts are not reported"),
    "intake.date_ahead": Text("{town}：“{column}”的 {value} 还没有到", "{town}: {value} of “{column}” lies ahead"),
    "intake.date_ahead.remedy": Text("核对日期", "Check the date"),
    "intake.dates_reversed": Text(
        "{town}：截止日期 {value} 早于开始日期 {start}", "{town}: ends on {value}, before it starts on {start}"
    ),
    "intake.dates_reversed.remedy": Text("核对两个日期", "Check both dates"),
    "intake.named_before_created": Text(
        "{town}：{value} 命名，早于创建日期 {created}", "{town}: named on {value}, before it was created on {created}"
    ),
    "intake.named_before_created.remedy": Text("核对命名和创建两个日期", "Check both dates"),
    "intake.list_two_statuses": Text(
        "{town}：{before_on} 写“{before}”，{on} 又写“{now}”，同一天两种状态，分不清先后",
        "{town}: “{before}” on {before_on} and “{now}” on {on}: two statuses of one day, which came first cannot be told",
    ),
    "intake.list_two_statuses.remedy": Text(
        "一天只有一种状态：删去错的一行，或把日期写到日",
        "One status a day: delete the wrong row, or give the dates to the day",
    ),
    "intake.list_restated": Text(
        "{town}：与已发布的同一天：{before_on}“{before}”，{on}“{now}”，两行都会保留",
        "{town}: of one day with what is published: “{before}” on {before_on}, “{now}” on {on}; both rows stay",
    ),
    "intake.list_restated.remedy": Text(
        "核对日期和状态；确系更正则不必改动", "Check day and status; leave it if it corrects"
    ),
    "intake.list_step_back": Text(
        "{town}：{before_on} 已是“{before}”，{on} 又写“{now}”",
        "{town}: “{before}” since {before_on}, and “{now}” on {on}",
    ),
    "intake.list_step_back.remedy": Text(
        "核对日期和状态；确系降格、重新列入或再次公布则不必改动",
        "Check day and status; leave it if the town was put back, listed anew or announced again",
    ),
    "intake.restated": Text(
        "{town} {indicator}：{period} 已发布的是 {before}，这里是 {now}",
        "{town} {indicator}: {before} is published for {period}, here it is {now}",
    ),
    "intake.restated.remedy": Text(
        "核对；确系更正则不必改动，在备注写明原因", "Check it; leave it if it corrects, with the reason in the remarks"
    ),
    "intake.span_too_long": Text(
        "{town}：{start} 至 {value} 超过 {years} 年", "{town}: {start} to {value} is more than {years} years"
    ),
    "intake.span_too_long.remedy": Text(
        "核对两个日期；确系如此则不必改动", "Check both dates; leave them if they are so"
    ),
    "intake.far_ahead": Text(
        "{town}：“{column}”的 {value} 在 {years} 年之后",
        "{town}: {value} of “{column}” is more than {years} years ahead",
    ),
    "intake.far_ahead.remedy": Text("核对年份", "Check the year"),
    "intake.part_exceeds": Text(
        "{town} {period}：{parts}为 {sum}，超过{whole} {total}",
        "{town} {period}: {parts} is {sum}, more than {whole} {total}",
    ),
    "intake.part_exceeds.remedy": Text("核对分项、总数和单位", "Check parts, whole and unit"),
    "intake.flow_falls": Text(
        "{town} {indicator}：{period}累计 {now}，低于{earlier}的 {before}",
        "{town} {indicator}: {now} through {period}, less than {before} through {earlier}",
    ),
    "intake.flow_falls.remedy": Text(
        "填当年累计数；若前期有误，请一并更正前期",
        "Give cumulative figures; if the earlier one was wrong, correct it as well",
    ),
    "intake.unit_mix_up": Text(
        "{town} {indicator}：{now}，是{earlier}（{before}）的 {factor} 倍，疑似单位填错",
        "{town} {indicator}: {now} is {factor} times {earlier} ({before}): probably the wrong unit",
    ),
    "intake.unit_mix_up.remedy": Text("按表头单位{unit}填写", "Give it in the header's unit {unit}"),
    "intake.jump": Text(
        "{town} {indicator}：由{earlier}的 {before} 变为 {now}",
        "{town} {indicator}: from {before} in {earlier} to {now}",
    ),
    "intake.jump.remedy": Text("核对；属实则不必改动", "Check it; leave it if it is true"),
    "intake.to_zero": Text(
        "{town} {indicator}：由{earlier}的 {before} 变为零",
        "{town} {indicator}: from {before} in {earlier} to zero",
    ),
    "intake.to_zero.remedy": Text(
        "没有数据请留空；确实为零则不必改动", "Leave the cell empty where there is no figure; leave it if zero is true"
    ),
    "intake.nothing_to_withdraw": Text(
        "{town} {period}没有已发布的数，无可撤回", "{town} has no published figure for {period}: nothing to withdraw"
    ),
    "intake.nothing_to_withdraw.remedy": Text("核对小镇、期间和列", "Check town, period and column"),
    "intake.reference_changed": Text(
        "{town} {column}：灰色上期数写的是 {value}，系统中没有这个数；未读取",
        "{town} {column}: the grey figure says {value}, which is not in the system; it was not read",
    ),
    "intake.reference_changed.remedy": Text(
        "更正上期请另加一行，期间写上期，数写在白色格",
        "To correct an earlier figure add a row with its period and write into the white cell",
    ),
    "intake.code_of_other_county": Text(
        "编码“{value}”以 {code} 开头，所在县却是{county}（{adcode}）",
        "The code “{value}” begins with {code}, its county is {county} ({adcode})",
    ),
    "intake.code_of_other_county.remedy": Text(
        "编码前六位写所在县的代码", "Begin the code with its county's six digits"
    ),
    "intake.far_from_county": Text(
        "坐标 {value} 在{county}以外约 {distance} 公里",
        "The coordinates {value} lie some {distance} km outside {county}",
    ),
    "intake.far_from_county.remedy": Text("核对经纬度和所在县", "Check the coordinates and the county"),
    "intake.bad_code": Text("“{value}”不是小镇编码的写法", "“{value}” is not written as a town's code"),
    "intake.bad_code.remedy": Text(
        "按本数据集的写法，含县级六位码，如 {example}",
        "Write it as this dataset does, with the county's six digits, as in {example}",
    ),
    "intake.new_town_lacks": Text("新小镇“{value}”缺少：{columns}", "The new town “{value}” lacks: {columns}"),
    "intake.new_town_lacks.remedy": Text(
        "补填；若是已有小镇，请核对编码", "Fill it in; if the town exists, check its code"
    ),
    "intake.new_town_no_status": Text(
        "新小镇“{value}”没有写明何时列入清单", "Nothing says when the new town “{value}” came on the list"
    ),
    "intake.new_town_no_status.remedy": Text(
        "在“清单变动”表加一行：生效日期和清单状态", "Add a row under List changes: date and list status"
    ),
    "intake.town_exists": Text("“{value}”已有编码 {code}", "“{value}” has a code already: {code}"),
    "intake.town_exists.remedy": Text("用已有编码更正，或改名", "Use that code to change it, or another name"),
    "intake.name_passed_on": Text(
        "“{value}”原是 {code} 的名称，{code} 这次改名为“{renamed}”，新小镇 {new} 用了这个名称",
        "“{value}” was the name of {code}, which is renamed “{renamed}” here; the new town {new} takes it over",
    ),
    "intake.name_passed_on.remedy": Text(
        "核对两行的编码；同批各表写这个名称时一并写编码", "Check both codes; write the code wherever this name stands"
    ),
    "intake.unknown_county": Text("没有县（市、区）“{value}”。{hint}", "There is no county “{value}”. {hint}"),
    "intake.unknown_county.remedy": Text(
        "写县（市、区）全名或六位码", "Write the county's full name or its six digits"
    ),
    "intake.bad_firm_code": Text("“{value}”不是企业编码", "“{value}” is no firm's code"),
    "intake.bad_firm_code.remedy": Text(
        "写统一社会信用代码，或一直使用的企业编码：字母、数字，可用连字符；不能是日期、小数或“无”",
        "Write the unified social credit code or the code in use: letters, digits, hyphens; no date, decimal or word for none",
    ),
    "intake.firm_code_read": Text("企业编码“{value}”已读作 {read}", "The firm's code “{value}” was read as {read}"),
    "intake.firm_code_read.remedy": Text(
        "核对；用半角大写字母和数字，不加空格，与已发布的编码写法一致",
        "Check it; write half-width capitals and digits without blanks, parted as it is published",
    ),
    "intake.firm_name_differs": Text(
        "编码 {code} 已发布的企业是“{known}”，这里写“{value}”；发布后以这里为准",
        "The published firm of code {code} is “{known}”, here it is “{value}”, which will replace it",
    ),
    "intake.firm_name_differs.remedy": Text(
        "核对编码；企业改名则不必改动", "Check the code; leave it if the firm was renamed"
    ),
    "intake.firm_twice": Text(
        "{town}“{name}”{period}已以编码 {code} 报过，这里写 {value}",
        "“{name}” of {town} stands for {period} under code {code}; here it is {value}",
    ),
    "intake.firm_twice.remedy": Text(
        "若是同一家请用原编码；确是两家则不必改动",
        "Use the code it has if it is the same firm; leave it if they are two",
    ),
    "intake.firm_new": Text(
        "编码 {value} 不在您范围内已发布的企业之列", "The code {value} is none of the published firms of your scope"
    ),
    "intake.firm_new.remedy": Text(
        "核对编码；新企业或从别处迁入的不必改动，由范围覆盖全省的审核人核对后发布",
        "Check the code; leave it for a firm that is new or moved here: somebody who sees the whole province reviews it",
    ),
    "intake.firm_part_year": Text(
        "企业按全年展示：{period}的企业数会保存，但在全年数发布之前，页面和接口都看不到",
        "Firms are shown by full year: those of {period} are kept, and stand on no page and in no interface",
    ),
    "intake.firm_part_year.remedy": Text(
        "报全年数请把期间改为年份，如 2025；确系年中数则不必改动",
        "If they are of a full year write the year, such as 2025; leave it if they are of a part of it",
    ),
    "intake.firm_moved": Text(
        "编码 {code} 已发布在{town}，这里写{other}；发布后以这里为准",
        "The firm of code {code} is published in {town}, here it is in {other}, which will replace it",
    ),
    "intake.firm_moved.remedy": Text(
        "核对编码和小镇；企业迁移则不必改动", "Check code and town; leave it if the firm moved"
    ),
    "intake.other_chain": Text(
        "环节“{value}”不属于产业链“{chain}”", "The node “{value}” is not of the chain “{chain}”"
    ),
    "intake.other_chain.remedy": Text("改正产业链或环节", "Correct chain or node"),
    "intake.element_expired": Text(
        "{town}：“{column}”{value}已过，本项不计入", "{town}: {value} of “{column}” is past; the entry does not count"
    ),
    "intake.element_expired.remedy": Text("已续期的请改有效期；否则不必改动", "Correct the date if it was renewed"),
    "intake.element_twin": Text(
        "{town}：“{value}”与“{known}”像是同一项的两种写法", "{town}: “{value}” and “{known}” look like one entry"
    ),
    "intake.element_twin.remedy": Text(
        "同一项只报一次，用原来的名称；确是两项则不必改动",
        "Report it once under its first name; leave it if they are two",
    ),
    "intake.element_same": Text(
        "{town}：“{value}”已写作“{known}”报过", "{town}: “{value}” is reported already, as “{known}”"
    ),
    "intake.element_same.remedy": Text("同一项只报一次，用原来的写法", "Report it once, as it is written already"),
    "intake.element_elsewhere": Text(
        "{town}：“{value}”可能重复，{other}也有同一名称", "{town}: “{value}” may be a duplicate: it is also in {other}"
    ),
    "intake.element_elsewhere.remedy": Text(
        "核对属于哪个小镇，只由一镇报；迁出的在原镇写上截止日期，同名不同项则不必改动",
        "Report it in the one town it stands in; if it moved, date its end in the other; leave it if they are two",
    ),
    "intake.element_alarm": Text("{town}：{column}写的是“{word}”", "{town}: {column} is “{word}”"),
    "intake.element_alarm.remedy": Text(
        "核对；属实的附批准文号，发布后列入预警",
        "Check it; if true give the approval: an alert follows the publication",
    ),
    "intake.element_above": Text(
        "{town}：{column}{shown}，原则上不超过{most}", "{town}: {column} is {shown}, as a rule not above {most}"
    ),
    "intake.element_above.remedy": Text(
        "核对面积和单位；确需超过的附批准文件", "Check figure and unit; attach the approval"
    ),
    "intake.element_zero": Text("{town}：{column}不能是{shown}", "{town}: {column} cannot be {shown}"),
    "intake.element_zero.remedy": Text(
        "填写实际数值；不知道的先核实再报", "Put in the figure; find out first if not known"
    ),
    "intake.element_begun": Text("{town}：“{column}”必填，现为空", "{town}: “{column}” must not be empty"),
    "intake.element_begun.remedy": Text(
        "补填日期；尚未完成的，把是否完成改为“否”", "Fill in the date, or say that it is not done"
    ),
    "intake.element_not_begun": Text(
        "{town}：“{other}”为否，却写了“{column}”{value}", "{town}: “{other}” is no, yet “{column}” is {value}"
    ),
    "intake.element_not_begun.remedy": Text(
        "未完成的清空日期；已完成的改为“是”", "Empty the date, or say that it is done"
    ),
    "intake.element_number": Text(
        "{town}：{column}写的是{shown}，一共只有{most}项", "{town}: {column} is {shown}, there are {most} in all"
    ),
    "intake.element_number.remedy": Text("改正序号", "Correct the number"),
    "intake.element_product": Text(
        "{town}：{column}{shown}，按{factors}应为{due}", "{town}: {column} is {shown}, by {factors} it is {due}"
    ),
    "intake.element_product.remedy": Text(
        "核对三个数；只改写错的一个", "Check the three figures; correct the wrong one"
    ),
    "intake.element_within": Text(
        "{town}：{column}{shown}，超过{whole}{most}", "{town}: {column} is {shown}, more than {whole}, {most}"
    ),
    "intake.element_within.remedy": Text("核对两个数", "Check both figures"),
    "intake.element_course": Text(
        "{town}：{column}须晚于前期且月份相同，现为 {before} → {after}",
        "{town}: {column} must be later and of the same months, it is {before} → {after}",
    ),
    "intake.element_course.remedy": Text(
        "前期和后期都用全年，或都用同一月份的累计", "Use two full years, or two periods to the same month"
    ),
    "intake.element_not_yet": Text(
        "{town}：{start} 才实施，后期 {after} 的数值与此无关",
        "{town}: done since {start}, after the period {after} it is told by",
    ),
    "intake.element_not_yet.remedy": Text("核对实施日期和后期", "Check the day and the later period"),
    "intake.element_no_town": Text(
        "{town}：“{column}”中的“{part}”不是小镇编码", "{town}: “{part}” in “{column}” is no town code"
    ),
    "intake.element_no_town.remedy": Text("用小镇编码，多个用逗号隔开", "Use town codes, with commas between them"),
    "intake.element_itself": Text("{town}：“{column}”写的是本镇", "{town}: “{column}” names the town itself"),
    "intake.element_itself.remedy": Text("只写其他小镇", "Name other towns only"),
    "intake.element_partner": Text(
        "{town}：“{column}”中的“{value}”不在小镇名录中", "{town}: “{value}” in “{column}” is no town of the register"
    ),
    "intake.element_partner.remedy": Text(
        "写小镇编码或名录中的名称；对方在省外则不必改动",
        "Write the code or the registered name; leave it if the partner lies outside the province",
    ),
    "intake.element_mountain": Text(
        "{town}：“{column}”为“{value}”，但双方并非一方在山区（海岛）县、一方不在",
        "{town}: “{column}” is “{value}”, yet it is not one of the two that lies in a mountain or island county",
    ),
    "intake.element_mountain.remedy": Text("核对对方小镇和合作模式", "Check partner and pattern"),
    "intake.element_area": Text(
        "{town}：{column}{shown}平方公里，与名录或相邻一次调整的 {due} 平方公里不符",
        "{town}: {column} is {shown} km2, the register or the change next to it says {due} km2",
    ),
    "intake.element_area.remedy": Text(
        "核对两次调整的面积；名录面积未更新的不必改动",
        "Check the areas of both; leave it if the register is not up to date",
    ),
    "intake.element_rules": Text(
        "{town}：{year}年“{column}”已有“{other}”，不同规则的数不能相加",
        "{town}: for {year} “{column}” is “{other}” elsewhere; amounts by different rules are not added up",
    ),
    "intake.element_rules.remedy": Text("同一年度用同一规则", "Use one rule for a year"),
    "intake.element_fixed": Text(
        "{town}：{column}{shown}，{by}只有{allowed}", "{town}: {column} is {shown}; {by} knows only {allowed}"
    ),
    "intake.element_fixed.remedy": Text(
        "核对比例；按别的规则算的，改“{basis}”", "Check the rate; if it is by another rule, correct “{basis}”"
    ),
    "intake.element_not_yours": Text(
        "“{kind}”由{office}核对，本表是{own}的，不能代为确认",
        "“{kind}” is checked by: {office}; this workbook is of: {own}, which cannot state it",
    ),
    "intake.element_not_yours.remedy": Text(
        "删去这一行；由{office}在其表中确认", "Delete the row; it is stated in the workbook of: {office}"
    ),
    "intake.element_none_open": Text(
        "{town}：{gap}为0，{column}却有{shown}", "{town}: nothing is open (“{gap}” is 0), and {column} is {shown}"
    ),
    "intake.element_none_open.remedy": Text("核对两个数；没有空缺的不填时长", "Check the figures; leave it empty"),
    "intake.negative": Text("“{column}”不能为负，现为 {value}", "“{column}” cannot be negative: {value}"),
    "intake.negative.remedy": Text("核对数值；没有的填0，不知道的不填", "Check it; 0 for none, empty if not known"),
    "intake.element_stated": Text(
        "{town}：{kind}确认为 {value} 项，名单上有 {listed} 项", "{town}: {kind} stated as {value}, {listed} are listed"
    ),
    "intake.element_stated.remedy": Text(
        "改正项数，或给已终止的写上终止日期", "Correct the number, or date what has ended"
    ),
}

PHRASES: Final[dict[str, Text]] = {
    **_SHEET_FINDINGS,
    **_CELL_FINDINGS,
    **_TABLE_FINDINGS,
}
