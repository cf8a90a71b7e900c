"""What people write in the story of matters, in English: a note without its words here is an error of the story."""

from __future__ import annotations

import re
from typing import Final

OFFICES: Final = {"省特镇办": "Province town office"}
PEOPLE: Final = {"演示甲": "Demo A", "演示乙": "Demo B", "演示丙": "Demo C"}
_VERSION: Final = re.compile(r"第(\d)版")
# The version's number is written {n}.
_NOTES: Final = {
    "模拟": "Simulated",
    "已督促小镇填报，随下一期报表送出": "The town was urged; the return comes with the next one",
    "小镇尚未交齐": "The town has not handed in all of it",
    "已报省清理退出意见": "Opinion to take it off the list sent to the province",
    "已停工，方案报批": "Work stopped, plan sent for approval",
    "已于5月22日退出名单": "Taken off the list on 22 May",
    "已与小镇商定措施": "Measures agreed with the town",
    "名单中已有决定，予以销号": "The list holds a decision: ended",
    "已逐户核对主导产业归类": "Every firm's class of main industry checked",
    "文本编制中": "The text is being written",
    "整改完成": "Put right",
    "复查通过": "Passed on re-inspection",
    "规划调整期间暂停计时": "Clock paused while the plan is adjusted",
    "并入同县同类事项一并办理": "Merged with the same county's matter of the same kind",
    "规划批复，恢复计时": "Plan approved, clock resumed",
    "已随第{n}版送达，请予核验": "Delivered with version {n}, please verify",
    "第{n}版数据已达目标，请予核验": "Reached in the data of version {n}, please verify",
    "第{n}版数据已达目标": "Reached in the data of version {n}",
    "第{n}版数据中已有，不另要材料": "In the data of version {n}; no papers asked for",
    "计划已备案，见第{n}版计划表": "Plan filed, see the plans of version {n}",
    "第{n}版数据核验": "Verified by the data of version {n}",
    "计划表中已有，予以销号": "In the table of plans: ended",
    "期限已到，数据仍未送达": "Due, and the data are still not there",
    "第{n}版数据核验，不另要材料": "Verified by the data of version {n}; no papers asked for",
    "已完成整改": "Put right",
    "上半年未达，申请延到三季度数据": "Not reached in the first half; extension to the third quarter asked",
    "申请延期": "Extension asked",
    "第{n}版数据未达目标，退回": "Not reached in the data of version {n}: returned",
    "目标期为上半年，延期不能改变": "The goal is of the first half: no extension changes it",
    "同意，首次期限保留": "Agreed; the first due day stays on record",
    "已到期，第{n}版数据未达": "Due, and not reached in the data of version {n}",
    "该期报表小镇已无法补齐，按未完成结束": "The town cannot complete that return any more: ended as not done",
    "第二次催办": "Second reminder",
    "上半年数据已定，未达目标": "The first half's data are final: not reached",
    "该环节由邻市承接，不再需要": "A neighbouring city has the node: not needed any more",
    "评估报告已委托": "Assessment commissioned",
    "评估已完成初稿": "First draft of the assessment done",
    "国土空间规划修编，待批后恢复": "Spatial plan under revision; resumed once approved",
    "洽谈2家": "In talks with two firms",
    "现场仍有未拆除部分": "Part of it is still standing",
    "余下部分已拆除": "The rest is torn down",
    "请尽快提出意见": "Please give your opinion soon",
    "1家12月10日前签约": "One signs by 10 December",
    "第{n}版更正后回落到目标以下，反弹重开": "Below the goal again after version {n} corrected it: reopened",
    "措施已落实，请予核验": "Measures carried out, please verify",
    "待县常务会议研究": "Waits for the county's executive meeting",
    "评估由设区市组织，不属我局": "The prefecture organises the assessment: not ours",
    "更正系归类口径调整，正在复核": "The correction comes from another classification; under review",
    "小镇统计人员变动，正在补": "The town's statistician changed; being made up for",
    "请先说明归类依据": "Please say first what the classification rests on",
}


def note_en(note: str) -> str:
    """A note of the story in English.

    Raises:
        KeyError: it has no words here.
    """
    found = _VERSION.search(note)
    key = _VERSION.sub("第{n}版", note)
    return _NOTES[key].format(n=found[1]) if found else _NOTES[key]
