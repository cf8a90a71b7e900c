"""A statistics database as a sender: read by a mapping, checked, published and traced like a workbook."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from cockpit.briefings import open_desk, trace
from cockpit.cli import main
from cockpit.datasets.intake import pulling
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.intake.pulling import SETTING, pull, read_mapping
from cockpit.datasets.store.loading import current_marker, load
from cockpit.errors import DatasetError
from tests.datasets.postgres import PASSWORD

pytestmark = pytest.mark.many

WIDE = """
[returns]
relation = "stat.quarter"
columns = { town_code = "xz", period = "bgq" }
values = { total_output_yuan = { column = "zcc", unit = "万元" }, high_tech_firm_count = { column = "gxqy" } }
"""
TOWNS = ("D330102A", "D330110A")


@pytest.fixture
def source(postgres_server: str) -> str:
    """A statistics database: a table in 万元, a view of it one value a row, money as numeric."""
    engine = sa.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS stat CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA stat")
        connection.exec_driver_sql(
            'CREATE TABLE stat.quarter (xz varchar(20), bgq varchar(7), zcc numeric(18,2), gxqy integer, "a\'b" text)'
        )
        for town, output, firms in zip(TOWNS, (12345678.9, None), (120, 55), strict=True):
            connection.execute(
                sa.text("INSERT INTO stat.quarter VALUES (:town, '2025', :output, :firms, 'x')"),
                {"town": town, "output": output, "firms": firms},
            )
        connection.exec_driver_sql(
            "CREATE VIEW stat.long AS SELECT xz, bgq, 'tax_revenue_yuan' AS zb, zcc / 100 AS sz, '万元' AS dw "
            "FROM stat.quarter WHERE zcc IS NOT NULL"
        )
    engine.dispose()
    return postgres_server


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def mapping(folder: Path, text: str = WIDE) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_wide_table_comes_in_base_units_and_a_null_is_no_value(source: str, place: Path) -> None:
    uploads = pull(read_mapping(mapping(place)), source)
    checked = check_uploads(uploads, load("demo"), as_of=date(2026, 11, 23))
    rows = checked.tables["returns"].set_index(["town_code", "indicator"])["value"]
    assert rows[TOWNS[0], "total_output_yuan"] == pytest.approx(123_456_789_000.0)
    assert rows[TOWNS[1], "high_tech_firm_count"] == 55
    assert (TOWNS[1], "total_output_yuan") not in rows.index
    assert checked.upload_names == ("stat.quarter.parquet",)


def test_a_view_with_one_value_a_row_carries_its_units(source: str, place: Path) -> None:
    text = """
[returns]
relation = "stat.long"
columns = { town_code = "xz", period = "bgq", indicator = "zb", value = "sz", unit = "dw" }
"""
    uploads = pull(read_mapping(mapping(place, text)), source)
    rows = check_uploads(uploads, load("demo"), as_of=date(2026, 11, 23)).tables["returns"]
    assert rows["value"].tolist() == pytest.approx([1_234_567_890.0])


@pytest.mark.long
def test_pull_publishes_and_every_figure_is_traced_to_the_table(
    source: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, source)
    arguments = ["pull", str(mapping(place)), "--by", "统计库", "--note", "每晚", "--accept-warnings", "--json"]
    done = CliRunner().invoke(main, [*arguments, "--dataset", "demo"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.output)
    assert (answer["version"], answer["cells"]["new"] + answer["cells"]["changed"]) == ("v0004", 3)
    found = trace(open_desk("demo"), TOWNS[0], "2025", "total_output_yuan")
    assert found.cell is not None
    assert (found.cell.file, found.cell.submitted_by) == ("stat.quarter.parquet", "统计库")
    again = CliRunner().invoke(main, [*arguments, "--dataset", "demo"])
    assert json.loads(again.output)["version"] is None, "a second night without news makes no version"
    assert current_marker("demo") == "v0004"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WIDE.replace("stat.quarter", "stat.quater"), "did you mean 'quarter'"),
        (WIDE.replace('"zcc"', '"zzc"'), "no column 'zzc'"),
    ],
)
def test_what_the_database_does_not_hold_is_told(source: str, place: Path, text: str, told: str) -> None:
    with pytest.raises(DatasetError, match=told) as caught:
        pull(read_mapping(mapping(place, text)), source)
    assert "geheim" not in str(caught.value)


def test_a_wrong_password_is_told_without_it(source: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = sa.make_url(source).set(password="secret-and-wrong").render_as_string(hide_password=False)
    monkeypatch.setenv(SETTING, wrong)
    done = CliRunner().invoke(main, ["pull", str(mapping(place)), "--by", "a", "--note", "b"])
    assert done.exit_code == 2
    assert "credentials" in done.output
    assert "secret-and-wrong" not in done.output
    assert PASSWORD not in done.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[retuns]\nrelation='a'\ncolumns={}", "did you mean 'returns'"),
        ("[returns]\nrelation='a'\ncolumns={}\nvalues={x={column='b', unit='万圆'}}", "unknown unit '万圆'"),
        ("[returns]\nrelation='a'\ncolumns={town_code='t'}\nvalues={x={column='b'}}", "'period' is not mapped"),
        ("[returns]\nrelation='a'\ncolumns={town_cod='t'}", "did you mean 'town_code'"),
        ("[returns]\nrelation='a'\ncolums={}", r"\[returns\] columns"),
        ("[returns", "not readable as TOML"),
        ("", "no table is mapped"),
    ],
)
def test_a_bad_mapping_is_told_by_table_and_field(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DatasetError, match=told):
        read_mapping(mapping(tmp_path, text))


def test_the_address_may_stand_in_the_secrets_file_and_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "_PROJECT", tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.delenv(SETTING, raising=False)
    file = tmp_path / pulling.SECRETS
    assert pulling._secret() == ""
    file.parent.mkdir()
    file.write_text('COCKPIT_SOURCE_URL = "mysql://anna:geheim@elsewhere/db"\n', encoding="utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text(WIDE, encoding="utf-8")
    with pytest.raises(DatasetError, match="no address of a PostgreSQL") as caught:
        pull(read_mapping(mapping))  # it was read, and is of another kind of database
    assert "geheim" not in str(caught.value)
    monkeypatch.setenv(SETTING, "postgresql://anna:andres@127.0.0.1:1/db")
    with pytest.raises(DatasetError, match=r"127\.0\.0\.1") as caught:
        pull(read_mapping(mapping))
    assert "andres" not in str(caught.value)
    monkeypatch.delenv(SETTING)
    file.write_text("COCKPIT_SOURCE_URL = geheim\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="not readable") as caught:
        pull(read_mapping(mapping))
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "mysql://a:geheim@b/c", "nonsense geheim"])
def test_without_an_address_nothing_is_read_and_nothing_given_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(pulling, "_secret", str)
    with pytest.raises(DatasetError, match=SETTING) as caught:
        pull(read_mapping(mapping(tmp_path)), url)
    assert "geheim" not in str(caught.value)
