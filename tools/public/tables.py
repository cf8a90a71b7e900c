"""Makes the tables of the dataset from the collected rows.

May import `cockpit.vocabulary` and its neighbours. What the sources leave open stays empty: no month is invented, no
town counted to get a total.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES
from tools.public.reading import Row, read_day, read_figure, read_period, read_raw
from tools.public.words import (
    ASSESSMENT_SOURCES,
    BATCH_MONTHS,
    COUNT_SCOPES,
    GRADES,
    INDICATORS,
    LIKE_THE_TARGET,
    RELIABILITY,
    RETURNS,
    SCOPES,
)


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
        is_area = raw["subject_scope"] in ("prefecture", "province")
        rows.append(
            {
                "fact_id": raw["fact_id"],
                "town_code": "" if is_area else codes[raw["name_zh"]],
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
    same = (
        "name_zh", "name_en", "alias", "county_adcode", "industry_class_basis", "specialty_industry",
        "specialty_industry_en", "status_as_of", "creation_batch", "naming_batch", "source_ids",
    )  # fmt: skip
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


def make_tables() -> dict[str, list[dict[str, Any]]]:
    """Every table of the dataset by name, as rows."""
    codes, counties = code_towns(), make_counties()
    facts = make_facts(codes)
    towns = make_towns(codes, find_areas(facts), {row["county_adcode"]: row["prefecture_adcode"] for row in counties})
    return {
        "towns": towns,
        "returns": make_returns(facts, {town["town_code"]: town["created_on"] for town in towns}),
        "published": make_published(),
        "facts": facts,
        "counties": counties,
        "list_history": make_list_history(towns),
        "assessments": make_assessments(towns),
        "sources": [dict(row) for row in read_raw("sources")],
    }
