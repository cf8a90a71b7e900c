"""The dataset of published figures: anchors, citations, what may not be mixed, and a rebuild to the same bytes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.versions import current_version, read_manifest, read_table
from tools import make_public

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "data" / "public"
COLLECTION = ROOT.parent / "shared" / "data" / "public"
MANIFEST = read_manifest(BASE, current_version(BASE))


def table(name: str) -> pd.DataFrame:
    return read_table(BASE, MANIFEST, name).to_pandas()


def published(indicator: str, period: str) -> pd.Series:
    rows = table("published").query("indicator == @indicator and period == @period")
    assert len(rows) == 1
    return rows.iloc[0]


def test_there_are_118_towns_in_known_counties() -> None:
    towns = table("towns")
    assert len(towns) == towns["town_code"].nunique() == 118
    assert set(towns["county_adcode"]) <= set(table("counties")["county_adcode"])
    assert (towns["town_code"].str[:6] == towns["county_adcode"]).all()
    assert towns["name_en"].nunique() == 118


@pytest.mark.parametrize(
    ("indicator", "value", "qualifier"),
    [
        ("total_output_yuan", 1.98e12, ""),
        ("tax_revenue_yuan", 1291.5e8, "over"),
        ("effective_investment_yuan", 1356.5e8, ""),
        ("high_tech_firm_count", 3188, ""),
        ("staff_count", 1_932_000, "over"),
    ],
)
def test_anchors_of_2022_stand_to_the_yuan(indicator: str, value: float, qualifier: str) -> None:
    row = published(indicator, "2022")
    assert (row["value"], row["qualifier"], row["scope"]) == (value, qualifier, "province")


def test_only_like_for_like_figures_meet_the_targets() -> None:
    like = table("published").query("is_target_scope")
    of_2022 = {"total_output_yuan", "tax_revenue_yuan", "effective_investment_yuan", "high_tech_firm_count"}
    assert set(like.loc[like["period"] == "2022", "indicator"]) == of_2022
    assert set(like.loc[like["period"] != "2022", "indicator"]) == {"named_town_count"}
    share = published("specialty_investment_share", "2022")
    assert share["provenance"] == "derived"
    assert share["note"]


def test_periods_keep_what_was_written() -> None:
    rows = table("published").set_index("period_written")["period"]
    assert set(rows["2018H1"]) == {"2018-06"}
    assert rows["2021-2023.7"] == "2023-07"
    assert not table("published")["period_written"].str.contains("目标").any()


@pytest.mark.parametrize("name", ["province_series", "town_facts", "chain_segments"])
def test_shipped_quotes_are_short(name: str) -> None:
    assert max(len(row["quote"]) for row in make_public.read_raw(name)) <= 25


@pytest.mark.parametrize("name", ["published", "facts"])
def test_a_figure_is_quoted_or_its_derivation_told(name: str) -> None:
    rows = table(name)
    assert (rows.loc[rows["provenance"] == "derived", "quote"] == "").all()
    assert (rows.loc[rows["provenance"] == "derived", "note"] != "").all()


def test_the_trimmed_input_agrees_with_the_collection() -> None:
    if not COLLECTION.is_dir():
        pytest.skip("the full collection with whole sentences is not shipped with the project")
    assert make_public.compare(COLLECTION) == []


def test_every_citation_leads_to_a_named_publisher() -> None:
    sources = table("sources")
    assert (sources["publisher"].str.strip() != "").all()
    known = set(sources["source_id"])
    for name in MANIFEST.files:
        rows = table(name)
        for column in {"source_id", "source_ids"} & set(rows.columns):
            cited = {source for text in rows[column].dropna() for source in text.split()}
            assert cited <= known, name


def test_conflicts_point_both_ways() -> None:
    rows = table("facts").set_index("fact_id")["conflicts_with"]
    pairs = {(fact, other) for fact, text in rows.items() for other in text.split()}
    assert pairs == {(other, fact) for fact, other in pairs}
    assert pairs


def test_returns_are_exact_figures_of_a_whole_town_and_year() -> None:
    facts = table("facts")
    for row in table("returns").itertuples():
        same = facts[
            (facts["town_code"] == row.town_code) & (facts["period"] == row.period) & (facts["value"] == row.value)
        ]
        assert len(same) == 1
        fact = same.iloc[0]
        kind = (fact["period_kind"], fact["subject_scope"], fact["reliability"], fact["qualifier"])
        assert kind == ("year", "town", "published", "")


@pytest.mark.parametrize("name", MANIFEST.files)
def test_keys_are_unique_and_words_allowed(name: str) -> None:
    rows, declared = table(name), TABLES[name]
    assert not rows.duplicated(list(declared.key)).any()
    for column in declared.columns:
        if column.required:
            assert rows[column.name].notna().all(), column.name
        if column.allowed:
            assert set(rows[column.name].dropna()) <= {*column.allowed, ""}, column.name


def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    assert make_public.build(tmp_path).files == MANIFEST.files, "input or schema has changed: run `make data`"
