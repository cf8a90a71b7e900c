"""The demo: fictional names only, familiar totals, parts within their whole, honest gaps, the same bytes every time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from cockpit.datasets.matters.demonstration import MATTERS
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.versions import current_version, read_manifest, read_table, version_ids
from cockpit.policy.register import load as load_register
from cockpit.units import Period
from tools import make_demo

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "data" / "demo"
PUBLIC = ROOT / "data" / "public"
MANIFEST = read_manifest(BASE, "v0003")
CHAINS = load_register().chains
LAST_DAY = "2026-09-30"
QUARTERS = ("03", "06", "09")


@cache
def table(name: str) -> pd.DataFrame:
    return read_table(BASE, MANIFEST, name).to_pandas()


@cache
def public(name: str) -> pd.DataFrame:
    return read_table(PUBLIC, read_manifest(PUBLIC, current_version(PUBLIC)), name).to_pandas()


@cache
def wide() -> pd.DataFrame:
    """Returns with one column per indicator, and effective investment computed from its parts."""
    frame = table("returns").pivot(index=["town_code", "period"], columns="indicator", values="value")
    deducted = frame["housing_investment_yuan"] + frame["complex_investment_yuan"]
    return frame.assign(effective_investment_yuan=frame["fixed_asset_investment_yuan"] - deducted)


def year(period: str) -> pd.DataFrame:
    return wide().xs(period, level="period")


def status_on(day: str) -> pd.Series:
    history = table("list_history")
    return (
        history[history["effective_on"] <= day].sort_values("effective_on").groupby("town_code")["list_status"].last()
    )


def ratio(period: str, status: str, part: str, whole: str) -> float:
    statuses = status_on(f"{period}-12-31")
    rows = year(period).loc[lambda frame: statuses.reindex(frame.index) == status, [part, whole]].dropna()
    return float(rows[part].sum() / rows[whole].sum())


def test_no_town_carries_a_real_name_or_code() -> None:
    names = set(table("towns")["name_zh"])
    assert len(names) == len(table("towns")) == 137
    assert not names & {*public("towns")["name_zh"], *public("towns")["alias"].dropna()}
    assert not set(table("towns")["town_code"]) & set(public("towns")["town_code"])


def test_every_row_that_has_a_provenance_is_simulated() -> None:
    assert MANIFEST.is_simulated
    marked = [name for name in MANIFEST.files if "provenance" in table(name).columns and len(table(name))]
    kinds = {kind.table for kind in load_register().elements.kinds.values()} & set(marked)
    assert len(kinds) == 21  # all but the eight features, whose list is not public
    assert len(set(marked) - kinds) == 11
    assert all(set(table(name)["provenance"]) == {"simulated"} for name in marked)


@pytest.mark.parametrize(
    ("period", "indicator"),
    [(p, i) for p in ("2018", "2022") for i in ("total_output_yuan", "tax_revenue_yuan", "high_tech_firm_count")]
    + [
        ("2022", i)
        for i in ("effective_investment_yuan", "specialty_investment_yuan", "staff_count", "rd_institute_count")
    ],
)
def test_totals_are_within_one_percent_of_the_published(period: str, indicator: str) -> None:
    rows = public("published").query("period == @period and indicator == @indicator")
    assert len(rows) == 1
    assert year(period)[indicator].sum() == pytest.approx(float(rows["value"].iloc[0]), rel=0.01)


@pytest.mark.parametrize(
    ("period", "whole", "per_mu"),
    [
        ("2018", "total_output_yuan", "output_per_mu_yuan"),
        ("2018", "tax_revenue_yuan", "tax_per_mu_yuan"),
        ("2022", "tax_revenue_yuan", "tax_per_mu_yuan"),
    ],
)
def test_per_mu_figures_are_near_the_published(period: str, whole: str, per_mu: str) -> None:
    wanted = public("published").set_index(["period", "indicator"])["value"].loc[(period, per_mu)]
    land = table("land").query("period == @period and land_type == 'in_use'")["area_mu"].sum()
    assert year(period)[whole].sum() / land == pytest.approx(float(wanted), rel=0.015)


def test_2025_meets_some_targets_and_misses_others() -> None:
    last = year("2025")
    total = last.sum()
    assert 2.40e12 < total["total_output_yuan"] < 2.5e12
    assert 1530e8 < total["tax_revenue_yuan"] < 1545e8
    assert 1425e8 < total["effective_investment_yuan"] < 1500e8
    assert 4100 <= total["high_tech_firm_count"] <= 4150
    assert 480 <= total["listed_firm_count"] <= 495
    assert ratio("2025", "named", "specialty_output_yuan", "total_output_yuan") == pytest.approx(0.741, abs=0.005)
    share = ratio("2025", "creating", "specialty_investment_yuan", "effective_investment_yuan")
    assert share == pytest.approx(0.689, abs=0.002)


def test_incubated_firms_of_2025_are_returned_by_too_few_towns() -> None:
    statuses = status_on("2025-12-31")
    on_list = statuses.index[statuses != "removed"]
    coverage = year("2025")["incubated_firm_count"].reindex(on_list).notna().mean()
    assert 0.84 < coverage < 0.88
    assert 2700 <= year("2025")["incubated_firm_count"].sum() <= 2900
    assert year("2025")["total_output_yuan"].reindex(on_list).notna().mean() > 0.9


def test_parts_stay_within_their_whole() -> None:
    frame = wide()
    for part, whole in [
        ("specialty_output_yuan", "total_output_yuan"),
        ("tax_revenue_yuan", "total_output_yuan"),
        ("specialty_investment_yuan", "effective_investment_yuan"),
        ("private_investment_yuan", "fixed_asset_investment_yuan"),
        ("rd_expense_yuan", "operating_revenue_yuan"),
        ("high_tech_firm_count", "firm_count"),
        ("little_giant_count", "high_tech_firm_count"),
        ("talent_count", "staff_count"),
    ]:
        assert not (frame[part] > frame[whole]).any(), part
    assert (frame["effective_investment_yuan"].dropna() > 0).all()
    land = table("land").pivot(index=["town_code", "period"], columns="land_type", values="area_mu")
    assert (land["residential"] < land["construction"]).all()
    assert (land["in_use"] <= land["construction"]).all()
    assert (land["construction"] <= land["planned"]).all()


def test_flows_to_date_never_fall_within_a_year() -> None:
    kinds = make_demo.reported_indicators(ROOT / "data" / "policy" / "indicators.toml")
    strange = set(kinds) ^ set(table("returns")["indicator"])
    assert not strange, f"give them figures in tools/demo/panel.py and run python tools/make_demo.py: {sorted(strange)}"
    flows = wide()[[name for name, kind in kinds.items() if kind == "flow"]].stack().unstack("period")
    for stretch in (("2025-03", "2025-06", "2025-09", "2025"), ("2026-03", "2026-06", "2026-09")):
        steps = flows[list(stretch)].ffill(axis=1).diff(axis=1)
        assert not (steps < 0).any().any()
        assert (steps > 0).any().any()


def test_figures_are_whole_and_rounded() -> None:
    values = table("returns").set_index("indicator")["value"]
    money = values[values.index.str.endswith("_yuan")]
    counts = values[values.index.str.endswith("_count")]
    assert (money % 10_000 == 0).all()
    assert (counts % 1 == 0).all()
    assert (values >= 0).all()


def test_status_follows_from_the_list_history() -> None:
    towns = table("towns").set_index("town_code")
    assert status_on(LAST_DAY).to_dict() == towns["list_status"].to_dict()
    assert towns["list_status"].value_counts().to_dict() == {
        "named": 92,
        "creating": 25,
        "cultivating": 14,
        "removed": 6,
    }
    named = {str(y): int((status_on(f"{y}-12-31") == "named").sum()) for y in range(2017, 2026)}
    assert list(named.values()) == [2, 7, 22, 42, 60, 71, 81, 87, 92]


def test_the_five_year_clock_has_towns_on_every_side() -> None:
    creating = table("towns").query("list_status == 'creating'")["created_on"]
    assert "2020-02-29" in set(creating)
    assert (creating < "2021-11-20").sum() == 8
    assert creating.between("2021-11-20", "2022-01-19").sum() == 4


def test_extensions_show_every_state_to_a_reader_of_late_november_2026() -> None:
    ends = table("extensions").set_index("town_code")["ends_on"]
    assert sorted(ends) == ["2025-12-31", "2026-12-31", "2027-12-31"]  # over, about to end, with time to run
    towns = table("towns").set_index("town_code").loc[ends.index]
    assert set(towns["list_status"]) == {"creating"}
    assert (towns["created_on"] < "2021-11-20").all()


def test_returns_fall_within_a_towns_time_on_the_list() -> None:
    history = table("list_history")
    entered = history.groupby("town_code")["effective_on"].min()
    removed = history[history["list_status"] == "removed"].set_index("town_code")["effective_on"]
    pairs = wide().index.to_frame(index=False)
    last_day = pairs["period"].map(lambda text: Period.parse(text).last_day().isoformat())
    assert (last_day >= pairs["town_code"].map(entered)).all()
    gone = pairs["town_code"].map(removed)
    assert (last_day[gone.notna()] < gone.dropna()).all()
    assert set(removed.index) <= set(pairs["town_code"])


def test_one_town_is_on_the_list_and_silent() -> None:
    towns = table("towns").set_index("town_code")
    silent = set(towns.index) - set(table("returns")["town_code"])
    assert len(silent) == 1
    assert towns.loc[list(silent), "list_status"].tolist() == ["creating"]
    assert towns.loc[list(silent), "area_km2"].isna().all()
    for name in ("land", "firms", "assessments", "plans", "inspections"):
        assert not silent & set(table(name)["town_code"]), name


def test_some_towns_break_a_rule() -> None:
    last = year("2025")
    statuses = table("towns").set_index("town_code")["list_status"]
    land = table("land").query("period == '2025'").pivot(index="town_code", columns="land_type", values="area_mu")
    named = last[statuses.reindex(last.index) == "named"]
    assert 3 <= (last["green_cover_share"] < 0.30).sum() <= 12
    assert 2 <= (table("towns")["area_km2"] > 5).sum() <= 6
    assert 1 <= (land["residential"] / land["construction"] > 0.30).sum() <= 3
    assert 5 <= (named["specialty_output_yuan"] / named["total_output_yuan"] < 0.70).sum() <= 30
    assert 3 <= table("inspections")["is_breach"].sum() <= 10


def test_firms_add_up_to_what_the_towns_returned() -> None:
    firms = table("firms")
    last = year("2025")
    for flag, indicator in [("is_high_tech", "high_tech_firm_count"), ("is_listed", "listed_firm_count")]:
        found = firms.groupby("town_code")[flag].sum().reindex(last.index)
        returned = last[indicator].dropna()
        assert (found.reindex(returned.index) == returned).all()
    for column in ("revenue_yuan", "tax_yuan", "staff_count"):
        indicator = "operating_revenue_yuan" if column == "revenue_yuan" else column.replace("tax_y", "tax_revenue_y")
        found = firms.groupby("town_code")[column].sum().reindex(last.index)
        returned = last[indicator].dropna()
        assert (found.reindex(returned.index) <= returned).all(), column


def test_firms_stand_on_the_registers_nodes_some_of_them_bare_on_purpose() -> None:
    nodes = {(chain.id, node) for chain in CHAINS.values() for node in chain.node_ids}
    placed = table("firms").dropna(subset=["node_id"])
    used = set(zip(placed["chain_id"], placed["node_id"], strict=True))
    assert used < nodes
    assert {chain for chain, _ in used} == set(CHAINS)
    silent = set(table("node_silences")["node_id"])
    bare = {node for _, node in nodes - used}
    assert len(bare - silent) >= 4  # reported by all, served by nobody
    assert len(bare & silent) >= 4  # served by nobody as far as is known
    served = set(zip(placed["town_code"], placed["node_id"], strict=True))
    assert not served & set(zip(table("node_silences")["town_code"], table("node_silences")["node_id"], strict=True))


def test_firms_are_sorted_by_chain_node_and_revenue() -> None:
    firms = table("firms")
    again = firms.sort_values(
        ["period", "chain_id", "node_id", "revenue_yuan", "firm_id"], ascending=[True, True, True, False, True]
    )
    assert firms.index.equals(again.index)


def test_cubes_add_up_to_the_firms() -> None:
    firms, cubes = table("firms"), table("firm_cubes")
    assert cubes["firm_count"].sum() == len(firms)
    assert cubes["revenue_yuan"].sum() == firms["revenue_yuan"].sum()
    by_town = cubes.groupby("town_code")["little_giant_count"].sum()
    assert by_town.to_dict() == firms.groupby("town_code")["is_little_giant"].sum().to_dict()


def test_tables_keep_to_the_schema() -> None:
    for name in MANIFEST.files:
        frame = table(name)
        assert not frame.duplicated(list(TABLES[name].key)).any(), name
        for column in TABLES[name].columns:
            values = frame[column.name]
            assert not (column.required and values.isna().any()), (name, column.name)
            assert not column.allowed or set(values.dropna()) <= set(column.allowed), (name, column.name)
            assert column.minimum is None or (values.dropna() >= column.minimum).all(), (name, column.name)
            assert column.maximum is None or (values.dropna() <= column.maximum).all(), (name, column.name)
    assert table("counties").equals(public("counties"))


def earlier(version: str, name: str) -> pd.DataFrame:
    return read_table(BASE, read_manifest(BASE, version), name).to_pandas()


def test_three_versions_follow_each_other_and_the_newest_holds_everything() -> None:
    manifests = [read_manifest(BASE, version) for version in version_ids(BASE)]
    assert [(item.version, item.number, item.parent) for item in manifests] == [
        ("v0001", 1, None), ("v0002", 2, "v0001"), ("v0003", 3, "v0002"),
    ]  # fmt: skip
    assert [item.published_at[:10] for item in manifests] == ["2026-04-24", "2026-07-24", "2026-11-20"]
    assert all(item.is_simulated and item.note and item.published_by for item in manifests)
    assert current_version(BASE) == "v0003"
    newest = {version: max(earlier(version, "returns")["period"], key=Period.parse) for version in ("v0001", "v0002")}
    assert newest == {"v0001": "2026-03", "v0002": "2026-06"}


@pytest.mark.parametrize(("version", "day"), [("v0001", "2026-04-24"), ("v0002", "2026-07-24")])
def test_an_earlier_version_holds_what_was_known_then(version: str, day: str) -> None:
    keys = ["town_code", "period", "indicator"]
    was, now = earlier(version, "returns").set_index(keys)["value"], table("returns").set_index(keys)["value"]
    assert not set(was.index) - set(now.index), "nothing was taken back"
    corrected = was[was != now.reindex(was.index)]
    assert 20 <= len(corrected) <= 150
    assert set(corrected.index.get_level_values("period")) <= {"2025", "2026-03", "2026-06"}
    year_end = (now.index.get_level_values("period") == "2025").sum() - (
        was.index.get_level_values("period") == "2025"
    ).sum()
    assert year_end > 0 or version == "v0002", "some returns of the year came in late"
    assert (earlier(version, "list_history")["effective_on"] <= day).all()
    assert (earlier(version, "inspections")["inspected_on"] < day).all()
    assert set(earlier(version, "towns")["list_status"]) >= {"named", "creating"}
    wide_was = earlier(version, "returns").pivot(index=keys[:2], columns="indicator", values="value")
    effective = wide_was["fixed_asset_investment_yuan"] - (
        wide_was["housing_investment_yuan"] + wide_was["complex_investment_yuan"]
    )
    assert not (wide_was["specialty_investment_yuan"] > effective).any()
    assert not (wide_was["specialty_output_yuan"] > wide_was["total_output_yuan"]).any()


def test_the_town_removed_in_may_was_on_the_list_in_april() -> None:
    left = table("list_history").query("effective_on == '2026-05-22'")["town_code"].tolist()
    status = {
        version: earlier(version, "towns").set_index("town_code")["list_status"] for version in ("v0001", "v0002")
    }
    assert [status["v0001"][code] for code in left] == ["creating"]
    assert [status["v0002"][code] for code in left] == ["removed"]


@pytest.mark.long
def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    for _ in range(2):  # and again, over itself
        assert make_demo.build(tmp_path) == MANIFEST
        for version in ("v0001", "v0002"):
            assert read_manifest(tmp_path / "demo", version) == read_manifest(BASE, version)
        assert (tmp_path / "demo" / MATTERS).read_bytes() == (BASE / MATTERS).read_bytes()
