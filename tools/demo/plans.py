"""The set for 2030 in the demo: chosen, sent for comment and answered by two prefectures, as a story of its own days.

Every event is asked of the table before it is taken. What two prefectures answer is the suggestion they were sent, less
a little: figures and names are made up, as all of the demo is.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cockpit.analysis.briefing import break_down, cube_of
from cockpit.analysis.planning.sets import Kind, Plan, PlanEvent, after, faults
from cockpit.datasets.planning.demonstration import PLANS
from cockpit.datasets.store.loading import open_folder
from cockpit.policy.register import load as load_register
from cockpit.vocabulary import PREFECTURES
from tools.demo.releases import RELEASES

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_PLAN: Final = "2030"
_YI: Final = 1e8
_OFFICE: Final = "省特镇办"
_TITLE: Final = ("2030年目标", "Targets of 2030")
# (day, indicator, operator, value in base unit or None, reason in both languages)
_CHOSEN: Final[tuple[tuple[str, str, str, float | None, str, str], ...]] = (
    (
        "2026-11-16T10:05",
        "total_output_yuan",
        "at_least",
        33_000 * _YI,
        "高于近三年同镇的5.7%，低于上轮要求的8.1%",
        "Above the 5.7 % the same towns grew, below the 8.1 % of the last set",
    ),
    (
        "2026-11-16T10:20",
        "tax_revenue_yuan",
        "at_least",
        2_000 * _YI,
        "介于延续法与外部目标之间",
        "Between carrying on and the outer aim",
    ),
    (
        "2026-11-16T10:40",
        "effective_investment_yuan",
        "about",
        1_700 * _YI,
        "略高于追赶法和三年行动计划年均",
        "A little above catch-up and the three-year plans",
    ),
    (
        "2026-11-16T11:00",
        "high_tech_firm_count",
        "at_least",
        5_500.0,
        "低于延续法，基数已高",
        "Below what carries on: the base is high already",
    ),
    (
        "2026-11-16T11:10",
        "listed_firm_count",
        "",
        None,
        "暂不设，待证券口径核对",
        "Left out until the securities count is checked",
    ),
    (
        "2026-11-16T11:15",
        "incubated_firm_count",
        "",
        None,
        "暂不设，2025年仍有小镇未报，基数待补",
        "Left out: some towns have not reported 2025",
    ),
    (
        "2026-11-16T11:30",
        "named_town_count",
        "about",
        110.0,
        "在册创建小镇中近半可望命名",
        "Near half of the towns being created may be named",
    ),
    ("2026-11-16T11:40", "specialty_output_share", "at_least", 0.75, "在2025年基础上略有提高", "A little above 2025"),
    ("2026-11-16T11:45", "specialty_investment_share", "at_least", 0.70, "沿用上轮要求", "As the last set asked"),
)
# (day, prefecture, indicator, part of the suggestion, who, whose, what was said in both languages)
_ANSWERS: Final = (
    (
        "2026-11-24T15:30",
        "331100",
        "total_output_yuan",
        0.955,
        "演示丁",
        "丽水",
        "山区镇用地指标未落实，请核减",
        "Land quota of the mountain towns not settled",
    ),
    (
        "2026-11-25T09:40",
        "330300",
        "total_output_yuan",
        0.951,
        "演示戊",
        "温州",
        "两个镇扩产推迟一年，请核减",
        "Two towns expand a year later",
    ),
)


def make_plans(folder: Path) -> None:
    """Write the story beside the newest version of the demo in `folder`."""
    dataset, register = open_folder(folder, RELEASES[-1].version), load_register()
    cube = cube_of(dataset, register)
    plan, kept = Plan(_PLAN), []
    ratios = frozenset(name for name, item in register.indicators.items() if item.is_ratio)

    def take(day: str, kind: Kind, by: str, note: str, detail: dict[str, Any], office: str = _OFFICE) -> None:
        nonlocal plan
        at = datetime.fromisoformat(day).replace(tzinfo=_SHANGHAI)
        event = PlanEvent(_PLAN, plan.number + 1, at, kind, by, office, note, detail)
        if found := faults(plan, event, ratios=ratios, units=frozenset(PREFECTURES)):
            raise ValueError(f"{kind}: {found}")
        plan = after(plan, event)
        kept.append({**vars(event), "at": at.isoformat()})

    names = list(dict.fromkeys(target.indicator for target in register.targets.values()))
    manifest = dataset.manifest
    begun = {
        "title": _TITLE[0], "title_en": _TITLE[1], "since": 2025, "year": 2030, "dataset": manifest.dataset,
        "version": manifest.version, "indicators": names, "is_simulated": True,
    }  # fmt: skip
    take("2026-11-16T10:00", "made", "演示甲", "", begun)
    for day, name, sense, value, reason, reason_en in _CHOSEN:
        told: dict[str, Any] = {"indicator": name, "note_en": reason_en}
        told |= {} if value is None else {"sense": sense, "value": value}
        take(day, "left_out" if value is None else "chosen", "演示甲", reason, told)
    reserve = {"indicator": "total_output_yuan", "mix": {}, "reserve": 600 * _YI}
    take("2026-11-17T09:30", "shared", "演示甲", "为新列入和无基数的小镇预留", reserve)
    take("2026-11-20T09:00", "sent", "演示甲", "", {"until": "2026-12-11"})
    towns = dataset.towns["prefecture_adcode"].astype(str).to_numpy()
    codes = dataset.towns["town_code"].astype(str).to_numpy()
    for day, unit, name, part, who, office, said, said_en in _ANSWERS:
        item = plan.items[name]
        sent = break_down(
            cube, dataset.towns, register.indicator(name), 2030, item.value or 0.0, _YI, register.planning,
            reserve=item.reserve, sways=False,
        )  # fmt: skip
        whole = sum(sent.shares.get(code, 0.0) for code in codes[towns == unit])
        line = {
            "indicator": name,
            "unit": unit,
            "value": round(whole * part / _YI) * _YI,
            "note": said,
            "note_en": said_en,
            "cell": "",
        }
        take(day, "answered", who, "", {"answers": [line]}, f"{office}市发改委")
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in kept)
    (folder / PLANS).write_text("\n".join(lines) + "\n", encoding="utf-8")
