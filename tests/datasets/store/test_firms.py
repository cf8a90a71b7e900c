"""Firm tables: sorted and added up when a version is written, paged and streamed without loading them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit.datasets import firm_figures
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store import engines, firms
from cockpit.datasets.store.firm_files import CUBES, FIRMS, LEAST_ROWS, ROW_GROUP, write_firms
from cockpit.datasets.store.firms import FirmQuery, count_of, page_of, stream_of
from cockpit.datasets.store.loading import Dataset, load
from cockpit.datasets.store.versions import Manifest, as_arrow, read_manifest, sha256, write_version
from cockpit.errors import DatasetError
from cockpit.policy.register import load as load_register
from tools.make_firms import make_firms

pytestmark = pytest.mark.many

MANIFEST = Manifest("demo", "v0001", 1, None, "2026-11-20T09:00:00+08:00", "test", "firms", True, "2025")
HOSIERY = load_register().chains["hosiery"].node_ids
TOWNS = ("A", "B", "C")


def dataset_of(frames: dict[str, Any], root: Path) -> Dataset:
    base = {name: load("demo").table(name).head(3) for name, table in TABLES.items() if not table.optional}
    towns = base["towns"].assign(town_code=list(TOWNS))
    write_version(root, MANIFEST, {**base, "towns": towns, **frames})
    manifest = read_manifest(root / "demo", "v0001")
    cubes = pq.read_table(root / "demo" / "versions" / "v0001" / f"{CUBES}.parquet").to_pandas()
    return Dataset(manifest, root / "demo", {CUBES: cubes})


def only_firms(frame: pd.DataFrame, root: Path) -> Dataset:
    """A version of firms and cubes alone: quick to write."""
    folder = root / "demo" / "versions" / "v0001"
    folder.mkdir(parents=True)
    write_firms(as_arrow(frame, TABLES[FIRMS]), folder, TOWNS)
    files: dict[str, dict[str, str | int]] = {FIRMS: {"sha256": sha256(folder / "firms.parquet"), "rows": len(frame)}}
    cubes = pq.read_table(folder / f"{CUBES}.parquet").to_pandas()
    return Dataset(replace(MANIFEST, files=files), root / "demo", {CUBES: cubes})


def firm(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "firm_id": f"F{number:03d}", "period": "2025", "name_zh": f"企业{number}", "town_code": "A", "chain_id": None,
        "node_id": None, "is_high_tech": None, "is_listed": None, "is_chain_leader": None, "is_single_champion": None,
        "is_hidden_champion": None, "is_little_giant": None, "carrier": None, "revenue_yuan": None, "tax_yuan": None,
        "staff_count": None, "provenance": "simulated", **fields,
    }  # fmt: skip


amounts = st.none() | st.integers(0, 10**12).map(float)
flags = st.none() | st.booleans()
firm_tables = st.lists(
    st.fixed_dictionaries(
        {
            "town_code": st.sampled_from(TOWNS), "node_id": st.none() | st.sampled_from(HOSIERY[:3]),
            "period": st.sampled_from(["2024", "2025"]),
            "carrier": st.sampled_from([None, "", *firm_figures.CARRIERS]),
            **dict.fromkeys(firm_figures.AMOUNTS, amounts), **dict.fromkeys(firm_figures.FLAGS, flags),
        }
    ),
    max_size=40,
)  # fmt: skip


def table_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    made = [firm(i, **row, chain_id="hosiery" if row.get("node_id") else None) for i, row in enumerate(rows)]
    return pd.DataFrame(made, columns=[column.name for column in TABLES[FIRMS].columns])


def missing_or(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


@settings(max_examples=settings.default.max_examples // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(firm_tables)
def test_cubes_reconcile_with_the_firms(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    frame, folder = table_of(rows), tmp_path_factory.mktemp("cubes")
    counts = write_firms(as_arrow(frame, TABLES[FIRMS]), folder, TOWNS)
    cubes = pq.read_table(folder / f"{CUBES}.parquet").to_pandas()
    assert counts == {FIRMS: len(frame), CUBES: len(cubes)}
    assert not cubes.duplicated(list(firm_figures.KEYS)).any()
    keyed = frame.assign(chain_id=frame["chain_id"].fillna(""), node_id=frame["node_id"].fillna(""))
    for keys in (["period"], ["period", "chain_id"], ["period", "node_id"], ["town_code"], list(firm_figures.KEYS)):
        by_firm, by_cube = keyed.groupby(keys), cubes.groupby(keys)
        assert by_cube["firm_count"].sum().to_dict() == by_firm.size().to_dict()
        for amount in firm_figures.AMOUNTS:  # a group that gave nothing is missing, not zero
            told = {key: missing_or(value) for key, value in by_cube[amount].sum(min_count=1).items()}
            direct = by_firm[amount].apply(lambda values: pd.to_numeric(values).sum(min_count=1))
            assert told == {key: missing_or(value) for key, value in direct.items()}
        for flag in firm_figures.FLAGS:
            name = f"{flag.removeprefix('is_')}_count"
            assert by_cube[name].sum().to_dict() == by_firm[flag].apply(lambda v: int((v == True).sum())).to_dict()  # noqa: E712
        for kind in firm_figures.CARRIERS:
            counted = by_firm["carrier"].apply(lambda values, kind=kind: int((values == kind).sum()))
            assert by_cube[f"{kind}_count"].sum().to_dict() == counted.to_dict()


@settings(max_examples=settings.default.max_examples // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(firm_tables, st.data())
def test_pages_put_together_are_the_filtered_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    dataset = only_firms(table_of(rows), tmp_path_factory.mktemp("pages"))
    query = FirmQuery(
        data.draw(st.sampled_from(["2024", "2025", "2026"])),
        chains=data.draw(st.sampled_from([(), ("hosiery",), ("knitwear",)])),
        nodes=data.draw(st.sampled_from([(), (HOSIERY[0],), (HOSIERY[1],), HOSIERY[:2]])),
        towns=data.draw(st.sampled_from([None, (), ("A",), ("A", "C")])),
        tags=data.draw(st.sampled_from([(), ("is_listed",), ("is_listed", "is_high_tech")])),
        carriers=data.draw(st.sampled_from([(), ("park",), ("park", "incubator")])),
        search=data.draw(st.sampled_from(["", "企业1", "f00", "00"])),
        sort=data.draw(st.sampled_from(firms.SORTABLE)),
        descending=data.draw(st.booleans()),
    )
    wanted = brute(table_of(rows), query)
    assert count_of(dataset, query) == len(wanted)
    pages: list[str] = []
    for offset in itertools.count(0, 7):
        page = page_of(dataset, query, offset, 7)
        assert tuple(page.columns) == firms.COLUMNS
        pages += page["firm_id"].tolist()
        if len(page) < 7:
            break
    assert pages == wanted
    streamed = [batch.column("firm_id").to_pylist() for batch in stream_of(dataset, query)]
    assert list(itertools.chain(*streamed)) == wanted


def brute(frame: pd.DataFrame, query: FirmQuery) -> list[str]:
    keep = frame["period"] == query.period
    for column, wanted in (("chain_id", query.chains), ("node_id", query.nodes), ("carrier", query.carriers)):
        if wanted:
            keep &= frame[column].isin(wanted)
    if query.towns is not None:
        keep &= frame["town_code"].isin(query.towns)
    for tag in query.tags:
        keep &= frame[tag] == True  # noqa: E712
    if query.search:
        names = frame["name_zh"].str.contains(query.search) | frame["firm_id"].str.lower().str.contains(query.search)
        keep &= names
    in_file = ["chain_id", "node_id", "revenue_yuan", "firm_id"]
    numbers = frame.assign(revenue_yuan=pd.to_numeric(frame["revenue_yuan"]))
    found = numbers[keep.astype(bool)].sort_values(in_file, ascending=[True, True, False, True])
    key = found[query.sort]
    if query.sort not in ("name_zh", "town_code", "node_id"):
        key = pd.to_numeric(key)
    order = key.sort_values(ascending=query.descending is False, na_position="last", kind="stable").index
    return found.loc[order, "firm_id"].tolist()


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """150 firms on one node, 30 on another, 20 outside; revenue 1 to 200 yuan by number, every tenth not given."""
    rows = [
        firm(
            number,
            chain_id="hosiery" if number <= 180 else None,
            node_id=HOSIERY[0] if number <= 150 else HOSIERY[1] if number <= 180 else None,
            town_code=TOWNS[number % 3],
            revenue_yuan=None if number % 10 == 0 else float(number),
            is_listed=number % 50 == 0,
        )
        for number in range(1, 201)
    ]
    return only_firms(pd.DataFrame(rows), tmp_path_factory.mktemp("firms"))


def test_a_nodes_first_page_is_its_largest_firms(dataset: Dataset) -> None:
    query = FirmQuery("2025", nodes=(HOSIERY[0],))
    assert query.is_run
    assert page_of(dataset, query, 0, 3)["firm_id"].tolist() == ["F149", "F148", "F147"]
    assert page_of(dataset, query, 135, 20)["firm_id"].tolist() == [f"F{number:03d}" for number in range(10, 151, 10)]
    assert page_of(dataset, query, 150, 20).empty
    assert count_of(dataset, query) == 150
    assert page_of(dataset, replace(query, chains=("knitwear",)), 0, 3).empty


def test_the_direct_way_and_the_engine_tell_the_same(dataset: Dataset) -> None:
    direct = FirmQuery("2025", nodes=(HOSIERY[1],))
    asked = replace(direct, towns=TOWNS)
    assert direct.is_run
    assert not asked.is_run
    pd.testing.assert_frame_equal(page_of(dataset, direct, 5, 10), page_of(dataset, asked, 5, 10))


def test_firms_outside_chains_are_in_the_totals_of_towns(dataset: Dataset) -> None:
    assert count_of(dataset, FirmQuery("2025")) == 200
    assert sum(count_of(dataset, FirmQuery("2025", towns=(town,))) for town in TOWNS) == 200
    assert count_of(dataset, FirmQuery("2025", chains=("hosiery",))) == 180


def test_a_tag_is_counted_from_the_cubes_and_found_in_the_file(dataset: Dataset) -> None:
    query = FirmQuery("2025", tags=("is_listed",))
    assert count_of(dataset, query) == 4
    assert page_of(dataset, query, 0, 9)["firm_id"].tolist() == ["F050", "F100", "F150", "F200"]  # no revenue: by id


@pytest.mark.parametrize(
    "search", ["'; drop table firms; --", "企业1' or '1'='1", '"', "%", "_", "\\", "?", "$1", "企业1\x00"]
)
def test_what_is_searched_is_text(dataset: Dataset, search: str) -> None:
    query = FirmQuery("2025", search=search)
    assert count_of(dataset, query) == 0
    assert page_of(dataset, query, 0, 9).empty
    for place in ("chains", "nodes", "towns"):
        assert page_of(dataset, replace(FirmQuery("2025"), **{place: (search,)}), 0, 9).empty
    assert count_of(dataset, FirmQuery("2025")) == 200


def test_columns_of_the_statement_are_never_words_of_a_reader() -> None:
    with pytest.raises(DatasetError, match="did you mean 'revenue_yuan'"):
        FirmQuery("2025", sort="revenue_yua")
    with pytest.raises(DatasetError, match="unknown word"):
        FirmQuery("2025", sort="1; drop table firms")
    with pytest.raises(DatasetError, match="did you mean 'is_listed'"):
        FirmQuery("2025", tags=("is_listd",))
    with pytest.raises(DatasetError, match="unknown word"):
        FirmQuery("2025", carriers=("park or true",))


def test_a_version_without_firms_finds_nothing() -> None:
    public, query = load("public"), FirmQuery("2022")
    assert page_of(public, query, 0, 9).empty
    assert count_of(public, query) == 0
    assert list(stream_of(public, query)) == []


def test_a_damaged_file_is_refused_before_the_first_page(tmp_path: Path) -> None:
    made = dataset_of({FIRMS: pd.DataFrame([firm(1)])}, tmp_path)
    path = tmp_path / "demo" / "versions" / "v0001" / "firms.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(DatasetError, match=r"firms\.parquet: file differs"):
        page_of(made, FirmQuery("2025"), 0, 1)


def test_a_hash_is_read_once_and_not_with_every_page(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dataset.path_of(FIRMS)
    monkeypatch.setattr("cockpit.datasets.store.versions.sha256", lambda path: pytest.fail("read again"))
    assert dataset.path_of(FIRMS) == path
    with pytest.raises(DatasetError, match="no table 'firmes'"):
        dataset.path_of("firmes")


@pytest.mark.long
def test_a_file_of_firms_is_taken_as_it_is_and_sorted(tmp_path: Path) -> None:
    towns = load("demo").towns
    made = {}
    for name, shuffled in (("sorted", False), ("shuffled", True)):
        source, folder = tmp_path / f"{name}.parquet", tmp_path / name
        folder.mkdir()
        make_firms(source, 3 * ROW_GROUP + 5, periods=("2024", "2025"), shuffled=shuffled)
        write_firms(source, folder, list(towns["town_code"]))
        made[name] = folder / "firms.parquet"
    assert made["sorted"].read_bytes() == made["shuffled"].read_bytes()
    given = pq.read_table(tmp_path / "sorted.parquet")
    assert pq.read_table(made["sorted"]).equals(given)


def test_a_large_node_begins_a_row_group_and_small_ones_share_one(tmp_path: Path) -> None:
    nodes = {"hosiery.machinery": 100, "hosiery.materials": 50_000, "hosiery.yarn": LEAST_ROWS, None: 7_000}
    rows = [node for node, count in nodes.items() for _ in range(count)]
    frame = pd.DataFrame(
        {
            "firm_id": [f"F{number:06d}" for number in range(len(rows))], "period": "2025", "name_zh": "企业",
            "town_code": "A", "chain_id": ["hosiery" if node else None for node in rows], "node_id": rows,
            "provenance": "simulated",
        }
    )  # fmt: skip
    write_firms(as_arrow(frame, TABLES[FIRMS]), tmp_path, TOWNS)
    footer = pq.ParquetFile(tmp_path / "firms.parquet").metadata
    sizes = [footer.row_group(group).num_rows for group in range(footer.num_row_groups)]
    # The hundred machine makers wait for the next node; what is left of the fifty thousand ends where they end.
    assert sizes == [ROW_GROUP, ROW_GROUP, 50_100 - 2 * ROW_GROUP, LEAST_ROWS, 7_000]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"node_id": "hosiery.kniting", "chain_id": "hosiery"}, r"firms\.node_id: .*did you mean 'hosiery\.knitting'"),
        ({"node_id": "hosiery.knitting", "chain_id": "hosery"}, r"unknown chain 'hosery'.*did you mean 'hosiery'"),
        ({"node_id": "hosiery.knitting", "chain_id": "knitwear"}, "is no node of 'knitwear'"),
        ({"node_id": "hosiery.knitting"}, "without its chain"),
        ({"chain_id": "hosiery"}, "'' is no node of 'hosiery'"),
        ({"town_code": "D"}, "unknown town 'D'"),
        ({"revenue_yuan": np.inf}, "revenue_yuan is infinite"),
        ({"name_zh": None}, r"firms\.name_zh: a value is missing"),
    ],
)
def test_a_firm_that_stands_nowhere_is_refused(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    with pytest.raises(DatasetError, match=told):
        dataset_of({FIRMS: pd.DataFrame([firm(1), firm(2, **change)])}, tmp_path)
    assert not (tmp_path / "demo" / "CURRENT").exists()


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "given.parquet"
    pq.write_table(pa.table({"firm_id": ["F1"], "perod": ["2025"]}), source)
    with pytest.raises(DatasetError, match=r"unknown column 'perod'.*did you mean 'period'"):
        dataset_of({FIRMS: source}, tmp_path)
    pq.write_table(pa.table({"firm_id": ["F1"]}), source)
    with pytest.raises(DatasetError, match="column 'period' is missing"):
        dataset_of({FIRMS: source}, tmp_path)


def test_cubes_are_never_given(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="built from the firms"):
        dataset_of({CUBES: load("demo").table(CUBES)}, tmp_path)


def test_fractions_are_rounded_firm_by_firm(tmp_path: Path) -> None:
    rows = [firm(1, revenue_yuan=1.5), firm(2, revenue_yuan=1.5), firm(3, revenue_yuan=0.4)]
    made = dataset_of({FIRMS: pd.DataFrame(rows)}, tmp_path)
    assert made.table(CUBES)["revenue_yuan"].tolist() == [4]


def test_an_unknown_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_ENGINE", "duckdbb")
    with pytest.raises(DatasetError, match="did you mean 'duckdb'"):
        engines.build_cubes([])


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"duckdb: .*nowhere\.parquet"):
        engines.build_cubes([tmp_path / "nowhere.parquet"])
