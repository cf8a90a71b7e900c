"""Words of the domain in both languages, one word per idea.

Ground floor: imports nothing from the package. Screen sentences stand in `phrases`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Text(NamedTuple):
    """The same words in Chinese and English."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Provenance(StrEnum):
    """Where a figure comes from; simulated and published figures are never added up."""

    PUBLISHED = "published"
    SUBMITTED = "submitted"
    DERIVED = "derived"
    SIMULATED = "simulated"


class Status(StrEnum):
    """What can be said of a target: verdicts when it is due, pace before, and the two honest silences."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    CANNOT_JUDGE = "cannot_judge"
    NO_DATA = "no_data"


class Stage(StrEnum):
    """Where a town being created stands on the five-year clock."""

    NOT_DUE = "not_due"
    WATCH = "watch"
    DUE = "due"
    EXTENDED = "extended"
    ENDING = "ending"
    OVER = "over"
    UNKNOWN_DATE = "unknown_date"


class Risk(StrEnum):
    """Risk grade of a town being created; pending when missing data leave more than one grade open."""

    HIGH = "high"
    PENDING = "pending"
    MEDIUM = "medium"
    LOW = "low"


class Shape(StrEnum):
    """Form that carries a status without colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    HALF = "half"
    RING = "ring"


INDUSTRY_CLASSES: Final[dict[str, Text]] = {
    "digital_economy": Text("数字经济", "Digital economy"),
    "equipment": Text("高端装备制造", "Advanced equipment"),
    "fashion": Text("时尚", "Fashion"),
    "environment": Text("环保", "Environment"),
    "tourism": Text("旅游", "Tourism"),
    "finance": Text("金融", "Finance"),
    "health": Text("健康", "Health"),
    "heritage": Text("历史经典", "Historic classics"),
}

LIST_STATUSES: Final[dict[str, Text]] = {
    "named": Text("命名", "Named"),
    "creating": Text("创建", "Creating"),
    "cultivating": Text("培育", "Cultivating"),
    "removed": Text("淘汰", "Removed"),
}

LAND_TYPES: Final[dict[str, Text]] = {
    "planned": Text("规划面积", "Planned area"),
    "construction": Text("建设用地", "Construction land"),
    "in_use": Text("已用地", "Land in use"),
    "residential": Text("住宅用地", "Residential land"),
}

# Classes of the per-mu evaluation; T and N are not judged.
PER_MU_CLASSES: Final[dict[str, Text]] = {
    "A": Text("A类", "Class A"),
    "B": Text("B类", "Class B"),
    "C": Text("C类", "Class C"),
    "D": Text("D类", "Class D"),
    "T": Text("不参评", "Not evaluated"),
    "N": Text("无法计算", "Not computable"),
}

CHAIN_STAGES: Final[dict[str, Text]] = {
    "upstream": Text("上游", "Upstream"),
    "midstream": Text("中游", "Midstream"),
    "downstream": Text("下游", "Downstream"),
}

# Grades of a chain's node. 稳 and not 中, which is a stage as well.
CHAIN_GRADES: Final[dict[str, Text]] = {
    "strong": Text("强", "Strong"),
    "adequate": Text("稳", "Adequate"),
    "weak": Text("弱", "Weak"),
    "missing": Text("缺", "Missing"),
    "unknown": Text("不明", "Unknown"),
}


PREFECTURES: Final[dict[str, Text]] = {
    "330100": Text("杭州", "Hangzhou"),
    "330200": Text("宁波", "Ningbo"),
    "330300": Text("温州", "Wenzhou"),
    "330400": Text("嘉兴", "Jiaxing"),
    "330500": Text("湖州", "Huzhou"),
    "330600": Text("绍兴", "Shaoxing"),
    "330700": Text("金华", "Jinhua"),
    "330800": Text("衢州", "Quzhou"),
    "330900": Text("舟山", "Zhoushan"),
    "331000": Text("台州", "Taizhou"),
    "331100": Text("丽水", "Lishui"),
}

PROVENANCES: Final[dict[Provenance, Text]] = {
    Provenance.PUBLISHED: Text("公布", "Published"),
    Provenance.SUBMITTED: Text("报送", "Submitted"),
    Provenance.DERIVED: Text("推算", "Derived"),
    Provenance.SIMULATED: Text("模拟", "Simulated"),
}

STATUSES: Final[dict[Status, Text]] = {
    Status.ACHIEVED: Text("达成", "Achieved"),
    Status.MISSED: Text("未达成", "Missed"),
    Status.ON_TRACK: Text("按期", "On track"),
    Status.BEHIND: Text("滞后", "Behind"),
    Status.CANNOT_JUDGE: Text("无法判断", "Cannot judge"),
    Status.NO_DATA: Text("暂无数据", "No data"),
}

# Words of the pace method; the last three share the light of Status.BEHIND.
PACES: Final[dict[str, Text]] = {
    "on_track": Text("按期", "On track"),
    "accelerate": Text("需加快", "Accelerate"),
    "limited": Text("进展有限", "Limited progress"),
    "deteriorating": Text("倒退", "Deteriorating"),
}


STAGES: Final[dict[Stage, Text]] = {
    Stage.NOT_DUE: Text("未到期", "Not due"),
    Stage.WATCH: Text("预警", "Early watch"),
    Stage.DUE: Text("待评估", "Due for assessment"),
    Stage.EXTENDED: Text("延长期内", "Extended"),
    Stage.ENDING: Text("延长期将满", "Extension ending"),
    Stage.OVER: Text("延长期已满", "Extension over"),
    Stage.UNKNOWN_DATE: Text("创建时间不明", "Creation date unknown"),
}

RISKS: Final[dict[Risk, Text]] = {
    Risk.HIGH: Text("高", "High"),
    Risk.PENDING: Text("待补", "Data needed"),
    Risk.MEDIUM: Text("中", "Medium"),
    Risk.LOW: Text("低", "Low"),
}


ORIGINS: Final[dict[str, Text]] = {
    "policy": Text("政策", "Policy"),
    "national": Text("国家", "National"),
    "local": Text("地方", "Local"),
    "own": Text("自定", "Our choice"),
    "proposed": Text("建议", "Proposed"),
}

# What may be decided about a town; those of DECISIONS_WITH_DATE also say until when.
DECISION_ACTIONS: Final[dict[str, Text]] = {
    "extend": Text("延长创建期限", "Extend creation"),
    "terminate": Text("终止创建", "Terminate creation"),
    "name": Text("验收命名", "Accept and name"),
    "rectify": Text("限期整改", "Rectify by a date"),
    "remove": Text("淘汰", "Remove from the list"),
    "star": Text("星级调整", "Change of star rating"),
    "note": Text("备注", "Note"),
    "correct": Text("更正", "Correction"),
}
DECISIONS_WITH_DATE: Final = frozenset({"extend", "rectify"})
# Decisions that follow each suggestion of the system; any other goes against it, but for those that decide nothing.
DECISIONS_FOLLOWING: Final[dict[str, frozenset[str]]] = {
    "terminate": frozenset({"terminate"}),
    "extend": frozenset({"extend", "name", "rectify"}),
    "complete_data": frozenset({"rectify"}),
    "accept_or_end": frozenset({"name", "terminate", "rectify"}),
    "stay": frozenset({"name", "rectify"}),
    "find_date": frozenset({"rectify"}),
}
DECISIONS_FREE: Final = frozenset({"note", "correct"})

SCOPES: Final[dict[str, Text]] = {
    "province": Text("全省特色小镇", "All characteristic towns"),
    "named": Text("命名小镇", "Named towns"),
    "creating": Text("创建小镇", "Creating towns"),
    "provincial_list": Text("省级小镇", "Provincial-level towns"),
    "creating_list": Text("省级创建小镇", "Towns on the creation list"),
    "first_batch": Text("首批37个创建小镇", "First 37 towns"),
    "named_and_creating": Text("命名和创建小镇", "Named and creating towns"),
    "four_batches": Text("四批115个创建小镇", "115 towns of four batches"),
    "batch": Text("当批", "That batch only"),
}

QUALIFIERS: Final[dict[str, Text]] = {
    "": Text("", ""),
    "over": Text("超", "over"),
    "more_than": Text("余", "more than"),
    "about": Text("约", "about"),
    "nearly": Text("近", "nearly"),
    "at_least": Text("以上", "at least"),
    "around": Text("左右", "around"),
}
