"""A register of more targets than the policy has: ten in the set of 2025, eighteen in one of 2040 that is a draft."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from cockpit.policy.register import FOLDER, Register, load

OWN = """
[rd_expense_2025]
set = "2025"
indicator = "rd_expense_yuan"
scope = "province"
sense = "at_least"
value = 300
unit = "亿元"
due = 2025-12-31
force = "headline"
origin = "own"
rank = "count"
"""
SET = """
["2040"]
label_zh = "2040年目标（草案）"
label_en = "Targets of 2040 (draft)"
since = 2026
due = 2040-12-31
state = "draft"
origin = "proposed"
"""
LATER = (
    ("total_output_yuan", "money", 3.5, "万亿元"), ("tax_revenue_yuan", "money", 2000, "亿元"),
    ("effective_investment_yuan", "money", 1800, "亿元"), ("value_added_yuan", "money", 9000, "亿元"),
    ("operating_revenue_yuan", "money", 30000, "亿元"), ("named_town_count", "count", 130, "个"),
    ("high_tech_firm_count", "count", 6000, "家"), ("listed_firm_count", "count", 700, "家"),
    ("incubated_firm_count", "count", 4000, "家"), ("little_giant_count", "count", 900, "家"),
    ("firm_count", "count", 60000, "家"), ("rd_institute_count", "count", 1500, "家"),
    ("talent_count", "count", 90000, "人"), ("staff_count", "count", 2000000, "人"),
    ("visitor_count", "count", 90000, "万人次"), ("green_cover_share", "share", 40, "%"),
    ("specialty_output_share", "share", 75, "%"), ("specialty_investment_share", "share", 75, "%"),
)  # fmt: skip


@lru_cache(maxsize=1)
def more_targets() -> Register:
    """The register, judging by its set of 2025."""
    folder = Path(mkdtemp(prefix="more-targets-"))
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    write(folder)
    return load(folder)


def write(folder: Path) -> None:
    """Add the records to a folder that holds the policy's."""
    later = "".join(
        f'''
[{name}_2040]
set = "2040"
indicator = "{name}"
scope = "province"
sense = "at_least"
value = {value}
unit = "{unit}"
due = 2040-12-31
force = "headline"
origin = "proposed"
rank = "{rank}"
'''
        for name, rank, value, unit in LATER
    )
    for file, text in (("targets.toml", OWN + later), ("target_sets.toml", SET)):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


if __name__ == "__main__":  # to look at it: python -m tests.policy.more_targets in a copy of the project
    write(FOLDER)
