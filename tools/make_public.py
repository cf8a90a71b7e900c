"""Clean the published figures in data/public/raw and write them as version v0001 of the dataset "public".

    python tools/make_public.py                  rebuild data/public/versions/v0001 (same input, same bytes)
    python tools/make_public.py --compare DIR    check the trimmed input against the full collection in DIR

May import `cockpit.datasets`, `cockpit.units`, `cockpit.vocabulary`. Every figure keeps what the source wrote
beside the base value. What the sources leave open stays empty: no month is invented, no town counted to get a total.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, Python looks beside the script only

from cockpit.datasets.versions import Manifest, write_version  # noqa: E402
from cockpit.units import Period, to_base  # noqa: E402
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES  # noqa: E402

Row = dict[str, str]
RAW: Final = ROOT / "data" / "public" / "raw"
MANIFEST: Final = Manifest(
    dataset="public",
    version="v0001",
    number=1,
    parent=None,
    published_at="2026-11-20T09:00:00+08:00",
    published_by="tools/make_public.py",
    note="Published figures on Zhejiang's characteristic towns, 2014 to 2025, cleaned and cited; sparse by town.",
    is_simulated=False,
    default_period="2022",
)

# Province series: what the source calls it -> register id, or a descriptive id for context figures.
INDICATORS: Final[dict[str, str]] = {
    "总产出": "total_output_yuan",
    "税收收入": "tax_revenue_yuan",
    "有效投资(不含商品住宅和商业综合体)": "effective_investment_yuan",
    "有效投资(不含住宅和商业综合体)": "effective_investment_yuan",
    "固定资产投资": "fixed_asset_investment_yuan",
    "特色产业投资": "specialty_investment_yuan",
    "特色产业投资占比": "specialty_investment_share",
    "高新技术企业数": "high_tech_firm_count",
    "集聚企业数": "firm_count",
    "就业总人数": "staff_count",
    "省级以上研发机构": "rd_institute_count",
    "旅游接待人次": "visitor_count",
    "亩均税收": "tax_per_mu_yuan",
    "亩均产出": "output_per_mu_yuan",
    "命名小镇数": "named_town_count",
    "创建小镇数": "creating_town_count",
    "培育小镇数": "cultivating_town_count",
    "淘汰小镇数": "removed_town_count",
    "本批命名数": "named_in_batch_count",
    "创建小镇-高端装备制造类": "creating_equipment_town_count",
    "创建小镇-旅游类": "creating_tourism_town_count",
    "创建小镇-数字经济类": "creating_digital_economy_town_count",
    "总产出超百亿元小镇数": "towns_with_output_over_10bn_count",
    "税收超10亿元小镇数": "towns_with_tax_over_1bn_count",
    "创业团队数": "startup_team_count",
    "新入驻企业": "new_firm_count",
    "营业收入(规上限上企业)": "larger_firm_revenue_yuan",
    "民间投资比重": "private_investment_share",
    "建设总面积": "construction_area_km2",
    "占全省建设用地比重": "province_construction_land_share",
    "占全省总产出比重": "province_output_share",
    "占全省税收比重": "province_tax_share",
    "占全省规上工业营收比重": "province_larger_industry_revenue_share",
    "创业创新平台": "startup_platform_count",
    "专利拥有量": "patent_count",
    "国家或行业标准": "standard_count",
}
SCOPES: Final[dict[str, str]] = {
    "特色小镇": "province",
    "2022年底": "province",
    "2021年以来累计": "province",
    "省级小镇": "provincial_list",
    "省级创建小镇": "creating_list",
    "37个首批创建小镇": "first_batch",
    "命名+创建小镇, 2017年底": "named_and_creating",
    "命名+创建小镇": "named_and_creating",
    "四批115个": "four_batches",
    "当批": "batch",
}
# 累计 and 在册 say how a count is made, not of what: the indicator tells.
COUNT_SCOPES: Final = {"命名小镇数": "named", "创建小镇数": "creating_list", "培育小镇数": "provincial_list"}
LIKE_THE_TARGET: Final = {"total_output_yuan", "tax_revenue_yuan", "effective_investment_yuan", "high_tech_firm_count"}

RELIABILITY: Final[dict[str, str]] = {
    "published": "published",
    "prefecture total": "published",
    "whole township, not the town": "published",
    "whole industry, not the town": "published",
    "conflicts with 281": "published",
    "secondary": "secondary",
    "plan": "plan",
    "derived": "derived",
    "estimate at publication": "estimate",
    "weak source": "weak",
    "machine-reworded source": "weak",
}
# Town facts that are a register indicator. 投资 (all investment), 产值, 主营业务收入 and the firm counts of single
# trades are something else and stay facts.
RETURNS: Final = {"税收": "tax_revenue_yuan", "有效投资": "effective_investment_yuan", "游客": "visitor_count"}

BATCH_MONTHS: Final = {"1": "2015-06", "2": "2016-01", "3": "2017-08"}  # as stated for the towns of the batch
GRADES: Final = {"优秀": "excellent", "良好": "good", "合格": "qualified", "警告": "warning"}
# Results of a year and prefecture -> the source that gives them; the collection names none for the other grades.
ASSESSMENT_SOURCES: Final = {(2017, "331100"): "s39", (2020, "330100"): "s29"}
STAGES: Final = {"上游": "upstream", "中游": "midstream", "下游": "downstream"}

_BEFORE: Final = {
    "超过": "over",
    "超": "over",
    "突破": "over",
    "近": "nearly",
    "约为": "about",
    "约": "about",
    "over": "over",
}
_AFTER: Final = {"多": "more_than", "余": "more_than", "以上": "at_least", "左右": "around"}
_WRITTEN: Final = {"超": "over", "近": "nearly", "约": "about", **_AFTER}


def read_raw(name: str, folder: Path = RAW) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


# --- figures, units, periods ----------------------------------------------------------------------------------------


def split_unit(written: str) -> tuple[str, str]:
    """Return (unit, remark): 亿元(超) is 亿元 and 超."""
    match = re.fullmatch(r"([^(]+)\((.*)\)", written)
    return (match[1], match[2]) if match else (written, "")


def read_qualifier(value: float, unit_remark: str, quote: str) -> str:
    """Return the qualifier in the remark on the unit, else the one that stands at this figure in the quote."""
    for word, qualifier in _WRITTEN.items():
        if word in unit_remark:
            return qualifier
    if "一说" in unit_remark:
        return ""
    numbers = "|".join(
        re.escape(text) for text in (f"{value:g}", f"{value:.12g}", f"{value / 1e4:g}万", f"{value:,.0f}")
    )
    match = re.search(rf"(\D*?)(?<![\d.])({numbers})(?![\d.])(\D*)", quote)
    if not match:
        return ""
    before, after = match[1].strip(), match[3]
    for word, qualifier in _BEFORE.items():
        if before.endswith(word) or re.search(rf"{word}占\D*$", before):
            return qualifier
    return next((qualifier for word, qualifier in _AFTER.items() if after.lstrip("万亿个家").startswith(word)), "")


_YEAR_TO_DATE: Final = {"H1": 6, "上半年": 6, "前三季度": 9}


def read_period(written: str) -> str:
    """Return the period as `2025` or `2026-09`, empty where the source gives none."""
    if written.startswith(("未注明", "规划", "计划")):
        return ""
    text = written.removeprefix("截至")
    month = next((month for word, month in _YEAR_TO_DATE.items() if word in text), None)
    if month:
        return str(Period(int(text[:4]), month))
    if match := re.fullmatch(r"(\d{4})-01至(\d\d)", text):
        return str(Period(int(match[1]), int(match[2])))
    if match := re.fullmatch(r"\d{4}-(\d{4})(?:\.(\d+))?(?:累计)?", text):
        return str(Period(int(match[1]), int(match[2] or 12)))
    # Mid-year and 前后 are known to the year only; their kind `partial` says so.
    return str(Period.parse(re.sub(r"(年底|年中|前后)$", "", text)))


def read_day(written: str) -> str:
    """Return an ISO date, month or year, empty unless the source states one (`by end 2020` does not)."""
    return written if re.fullmatch(r"\d{4}(-\d\d){0,2}", written) else ""


def read_figure(row: Row) -> dict[str, Any]:
    """Return base value and unit beside the value and unit as written, with the qualifier."""
    unit, remark = split_unit(row["unit"])
    value_written = float(row["value"])
    value, base = to_base(value_written, unit)
    qualifier = read_qualifier(value_written, remark, row["quote"])
    written = {"value_written": value_written, "unit_written": unit}
    return {"value": value, "unit": base, **written, "qualifier": qualifier}


# --- tables ---------------------------------------------------------------------------------------------------------


def make_published() -> list[dict[str, Any]]:
    rows = []
    for raw in read_raw("province_series"):
        scope_written, _, derivation = raw["scope"].partition(" DERIVED")
        indicator = INDICATORS[re.sub(r"\(第.批\)$", "", raw["indicator"])]
        scope = SCOPES.get(scope_written) or COUNT_SCOPES[raw["indicator"]]
        is_like = (scope_written == "特色小镇" and indicator in LIKE_THE_TARGET) or indicator == "named_town_count"
        rows.append(
            {
                "indicator": indicator,
                "indicator_written": raw["indicator"],
                "period": read_period(raw["period"]),
                "period_written": raw["period"],
                "scope": scope,
                "scope_written": scope_written,
                **read_figure(raw),
                "provenance": "derived" if derivation else "published",
                "is_target_scope": is_like,
                "quote": raw["quote"],
                "source_ids": raw["source_ids"],
                "note": raw["note"],
            }
        )
    return rows


def make_facts(codes: dict[str, str]) -> list[dict[str, Any]]:
    is_weak = {source["source_id"]: source["kind"] == "weak" for source in read_raw("sources")}
    rows = []
    for raw in read_raw("town_facts"):
        reliability = RELIABILITY[raw["confidence"]]
        if reliability == "published" and all(is_weak[source] for source in raw["source_ids"].split()):
            reliability = "weak"
        is_prefecture = raw["subject_scope"] == "prefecture"
        rows.append(
            {
                "fact_id": raw["fact_id"],
                "town_code": "" if is_prefecture else codes[raw["name_zh"]],
                "subject_written": raw["name_zh"],
                "indicator_written": raw["indicator"],
                "period": read_period(raw["period"]),
                "period_written": raw["period"],
                "period_kind": raw["period_kind"],
                **read_figure(raw),
                "reliability": reliability,
                "subject_scope": raw["subject_scope"],
                "conflicts_with": raw["conflicts_with"],
                "quote": raw["quote"],
                "source_ids": raw["source_ids"],
                "provenance": "derived" if reliability == "derived" else "published",
                "note": raw["note"],
            }
        )
    return rows


def make_returns(facts: list[dict[str, Any]], created: dict[str, str]) -> list[dict[str, Any]]:
    """Facts that are a town's return in all but name: exact, a full year, the whole town, after it was created."""
    return [
        {
            "town_code": fact["town_code"],
            "period": fact["period"],
            "indicator": RETURNS[fact["indicator_written"]],
            "value": fact["value"],
            "provenance": "published",
            "source_id": fact["source_ids"],
        }
        for fact in facts
        if fact["indicator_written"] in RETURNS
        and (fact["period_kind"], fact["reliability"], fact["subject_scope"]) == ("year", "published", "town")
        and not fact["qualifier"]
        and not fact["conflicts_with"]
        and fact["period"] >= (created[fact["town_code"]][:4] or "9999")
    ]


def find_areas(facts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Planned area of a town by code, where the sources give exactly one and none disagrees."""
    stated = defaultdict(list)
    for fact in facts:
        if fact["indicator_written"] == "规划面积":
            stated[fact["town_code"]].append(fact)
    return {code: found[0] for code, found in stated.items() if len(found) == 1 and not found[0]["conflicts_with"]}


def code_towns() -> dict[str, str]:
    """Town name -> code: county code and serial, in file order within the county."""
    serials: Counter[str] = Counter()
    codes = {}
    for raw in read_raw("towns"):
        serials[raw["county_adcode"]] += 1
        codes[raw["name_zh"]] = f"{raw['county_adcode']}-{serials[raw['county_adcode']]:02d}"
    return codes


def read_created(raw: Row) -> str:
    """Month of the batch where the batch is stated; else the year; else empty."""
    is_inferred = "batch inferred" in raw["evidence"]
    return (not is_inferred and BATCH_MONTHS.get(raw["creation_batch"])) or raw["creation_year"]


def invert(words: dict[str, Any]) -> dict[str, str]:
    return {text.zh: code for code, text in words.items()}


def make_towns(
    codes: dict[str, str], areas: dict[str, dict[str, Any]], prefectures: dict[str, str]
) -> list[dict[str, Any]]:
    classes, statuses = invert(INDUSTRY_CLASSES), {**invert(LIST_STATUSES), "降格": "removed"}
    same = ("name_zh", "name_en", "alias", "county_adcode", "industry_class_basis", "specialty_industry")
    same += ("specialty_industry_en", "status_as_of", "creation_batch", "naming_batch", "source_ids")
    rows = []
    for raw in read_raw("towns"):
        code = codes[raw["name_zh"]]
        area = areas.get(code)
        notes = [raw["note"]]
        if raw["naming_date"] and not read_day(raw["naming_date"]):
            notes.append(f"named: {raw['naming_date']}")
        if area and area["qualifier"]:
            notes.append(f"area: {area['qualifier']}")
        if "inferred" in raw["evidence"] or "unknown" in raw["evidence"]:
            notes.append(raw["evidence"])
        rows.append(
            {name: raw[name] for name in same}
            | {
                "town_code": code,
                "prefecture_adcode": prefectures[raw["county_adcode"]],
                "industry_class": classes[raw["industry_class"]],
                "list_status": statuses[raw["list_status"]],
                "list_status_written": raw["list_status"],
                "created_on": read_created(raw),
                "named_on": read_day(raw["naming_date"]),
                **{name: float(raw[name]) if raw[name] else None for name in ("lat", "lon", "position_uncertainty_km")},
                "area_km2": area["value"] if area else None,
                "area_land_type": "planned" if area else "",
                "provenance": "published",
                "note": "; ".join(note for note in notes if note),
            }
        )
    return rows


def make_list_history(towns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Known steps on the list. A status without a stated start stands at the day by which a source shows it."""
    stated, seen = "stated in source", "seen in source by then, start not known"
    rows = []
    for raw, town in zip(read_raw("towns"), towns, strict=True):
        status, as_of = town["list_status"], town["status_as_of"]
        steps: list[tuple[str, str, str]] = []
        if town["created_on"]:
            is_month = len(town["created_on"]) > 4
            steps.append(
                (town["created_on"], "creating", stated if is_month else "year of the batch, month not stated")
            )
        if status == "cultivating":
            is_batch = "批培育" in raw["note"]
            steps.append((as_of, "cultivating", "year of the cultivation batch" if is_batch else seen))
        if status == "creating" and not town["created_on"]:
            steps.append((as_of[:10], "creating", seen))
        if status == "named":
            day = town["named_on"] or re.findall(r"\d{4}(?:-\d\d)?", raw["naming_date"])[0]
            if raw["naming_date"].startswith("by end"):
                day += "-12-31"
            steps.append((day, "named", stated if town["named_on"] else seen))
        if status == "removed":
            steps.append((as_of.split(" ")[0], "removed", f"{town['list_status_written']}: {as_of}"))
        rows += [
            {
                "town_code": town["town_code"],
                "effective_on": day,
                "list_status": word,
                "basis": basis,
                "provenance": "published",
                "source_ids": town["source_ids"],
            }
            for day, word, basis in steps
        ]
    return rows


def make_assessments(towns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for raw, town in zip(read_raw("towns"), towns, strict=True):
        found = [
            (int(year), GRADES[word])
            for year, word in re.findall(r"(\d{4})(?:培育)?考核(优秀|良好|合格|警告)", raw["note"])
        ]
        if match := re.search(r"(\d{4})年度考核", raw["status_as_of"]):
            found.append((int(match[1]), "demoted"))
        for year, grade in sorted(found):
            is_province_wide = year == 2016 or grade == "demoted"
            cited = "s06" if is_province_wide else ASSESSMENT_SOURCES.get((year, town["prefecture_adcode"]), "")
            row = {"town_code": town["town_code"], "year": year, "grade": grade, "provenance": "published"}
            rows.append({**row, "source_ids": cited})
    return rows


def make_chain_nodes() -> list[dict[str, Any]]:
    raw_rows = read_raw("chain_segments")
    # Two rows describe a whole chain and disagree with the stages of its nodes: kept as a note on each node.
    whole = defaultdict(list)
    for raw in raw_rows:
        if raw["stage"] == "全链":
            whole[raw["chain_id"]].append(f"{raw['segment']} ({raw['source_ids']})")
    order: Counter[str] = Counter()
    rows = []
    for raw in raw_rows:
        if raw["stage"] == "全链":
            continue
        chain = raw["chain_id"]
        order[chain] += 1
        notes = [raw["note"], "generic industry page, weak source" if "weak source" in raw["stage_basis"] else ""]
        notes.append(f"drawn another way elsewhere: {' / '.join(whole[chain])}" if whole[chain] else "")
        rows.append(
            {
                "chain_id": chain,
                "chain_zh": raw["industry"],
                "chain_en": raw["chain_en"],
                "node_id": raw["node_id"],
                "node_zh": raw["segment"],
                "node_en": raw["node_en"],
                "stage": STAGES[raw["stage"]],
                "sort_order": order[chain],
                "basis": "stated in source" if "stated in source" in raw["stage_basis"] else "order in source",
                "source_ids": raw["source_ids"],
                "town_names_written": raw["town"],
                "note": "; ".join(note for note in notes if note),
            }
        )
    return rows


def make_counties() -> list[dict[str, Any]]:
    return [
        {
            "county_adcode": raw["adcode"],
            "name_zh": raw["name_zh"],
            "name_en": raw["name_en"],
            "prefecture_adcode": raw["prefecture_adcode"],
            "label_lat": float(raw["label_lat"]),
            "label_lon": float(raw["label_lon"]),
            "is_mountain_county": raw["mountain26"] == "1",
            "is_mountain_island_county_2024": raw["mountain_island25_2024"] == "1",
        }
        for raw in read_raw("counties")
    ]


def build(root: Path) -> Manifest:
    """Write the version under `root` (the folder that holds the datasets) in place of an earlier build."""
    codes, counties = code_towns(), make_counties()
    facts = make_facts(codes)
    towns = make_towns(codes, find_areas(facts), {row["county_adcode"]: row["prefecture_adcode"] for row in counties})
    tables = {
        "towns": towns,
        "returns": make_returns(facts, {town["town_code"]: town["created_on"] for town in towns}),
        "published": make_published(),
        "facts": facts,
        "counties": counties,
        "list_history": make_list_history(towns),
        "assessments": make_assessments(towns),
        "chain_nodes": make_chain_nodes(),
        "sources": read_raw("sources"),
    }
    shutil.rmtree(root / MANIFEST.dataset / "versions" / MANIFEST.version, ignore_errors=True)
    return write_version(root, MANIFEST, {name: pd.DataFrame(rows) for name, rows in tables.items()})


# --- the trimmed input against the full collection ------------------------------------------------------------------


def resolve_ditto(rows: Iterable[Row]) -> list[Row]:
    """Give rows whose quote is 同上 the quote of the row above."""
    resolved: list[Row] = []
    for row in rows:
        quote = resolved[-1]["quote"] if row["quote"].startswith("同上") else row["quote"]
        resolved.append({**row, "quote": quote})
    return resolved


def expand(row: Row) -> list[Row]:
    """One collected row may carry several figures: `一说5900` and `prefecture total: 11/19/6`."""
    if other := re.search(r",一说(\d+)", row["unit"]):
        return [{**row, "unit": row["unit"].replace(other[0], "")}, {**row, "value": other[1]}]
    if row["value"]:
        return [row]
    return [{**row, "value": value} for value in re.findall(r"\d+", row["confidence"])]


def compare(folder: Path) -> list[str]:
    """Return what differs: figures that changed, quotes that are not part of the collected quote."""
    series = [row for row in resolve_ditto(read_raw("province_series", folder)) if "目标" not in row["period"]]
    facts = [part for row in resolve_ditto(read_raw("town_facts", folder)) for part in expand(row)]
    pairs: list[tuple[str, list[Row], list[Row], Callable[[Row], Any]]] = [
        (
            "province_series",
            series,
            read_raw("province_series"),
            lambda r: (r["period"], r["indicator"], r["scope"], _base(r)),
        ),
        ("town_facts", facts, read_raw("town_facts"), lambda r: (r["name_zh"], r["period"], _base(r))),
        (
            "chain_segments",
            read_raw("chain_segments", folder),
            read_raw("chain_segments"),
            lambda r: (r["stage"], r["segment"]),
        ),
    ]
    problems = []
    for name, full, trimmed, identify in pairs:
        if len(full) != len(trimmed):
            problems.append(f"{name}: {len(trimmed)} rows, collected {len(full)}")
        for ours, theirs in zip(trimmed, full, strict=False):
            if identify(ours) != identify(theirs) or ours["source_ids"] != theirs["source_ids"]:
                problems.append(f"{name}: {identify(ours)} is not {identify(theirs)}")
            if ours["quote"] not in theirs["quote"]:
                problems.append(f"{name}: {ours['quote']!r} is not in the collected quote")
    for name in ("towns", "counties", "sources"):
        for ours, theirs in zip(read_raw(name), read_raw(name, folder), strict=True):
            problems += [
                f"{name}: {ours[key]!r}, collected {theirs[key]!r}"
                for key in ours.keys() & theirs.keys() - {"kind"}
                if ours[key] != theirs[key]
            ]
    return problems


def _base(row: Row) -> tuple[float, str]:
    return to_base(float(row["value"]), split_unit(row["unit"])[0])


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the dataset of published figures.")
    parser.add_argument(
        "--compare", type=Path, metavar="DIR", help="check the trimmed input against the collection in DIR"
    )
    folder = parser.parse_args().compare
    if folder:
        problems = compare(folder)
        print("\n".join(problems) or "the trimmed input agrees with the collection")
        return 1 if problems else 0
    for table, count in build(ROOT / "data").rows().items():
        print(f"{table}: {count}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
