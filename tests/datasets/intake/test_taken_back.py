"""What leaves this house comes back: its tables, its marked workbooks, its template with a grey figure typed over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.cli import main
from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.marks import annotate
from cockpit.datasets.store.loading import load
from cockpit.service.routes import ROUTES
from tests.datasets.bad_files import RETURNS, at, changed, check, rules, saved

pytestmark = pytest.mark.many

PERIOD = "2026-09"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_of_towns_is_recognised_and_changes_nothing(tmp_path: Path, ending: str, lang: str) -> None:
    path = tmp_path / f"towns.{ending}"
    done = CliRunner().invoke(
        main, ["export", "towns", str(path), "--dataset", "demo", "--period", PERIOD, "--lang", lang]
    )
    assert done.exit_code == 0, done.output
    checked = check(path.read_bytes(), path.name)
    assert {finding.rule for finding in checked.findings} == {"computed_column"}
    assert set(checked.tables) == {"returns"}, "figures, not a register of towns"
    back = checked.tables["returns"]
    assert set(back["period"]) == {PERIOD}
    old = load("demo").table("returns")
    old = (
        old[old["period"] == PERIOD].astype({"town_code": str, "indicator": str}).set_index(["town_code", "indicator"])
    )
    for row in back.itertuples():
        assert row.value == pytest.approx(old.loc[(row.town_code, row.indicator), "value"], rel=1e-3, abs=1e5)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_streamed_firms_are_recognised(lang: str) -> None:
    raw = TestClient(Starlette(routes=ROUTES)).get(f"/api/v1/firms.csv?node=hosiery.knitting&lang={lang}").content
    checked = check(raw, "firms-demo-simulated-2025.csv")
    assert [finding for finding in checked.findings if finding.severity != "warning"] == []
    firms, old = checked.tables["firms"], load("demo").table("firms")
    old = old[old["node_id"] == "hosiery.knitting"].set_index("firm_id")
    assert set(firms["firm_id"]) == set(old.index)
    for name in (
        "name_zh",
        "town_code",
        "node_id",
        "revenue_yuan",
        "tax_yuan",
        "staff_count",
        "is_high_tech",
        "period",
    ):
        assert (
            firms.set_index("firm_id")[name].astype(str).tolist()
            == old.loc[firms["firm_id"], name].astype(firms[name].dtype).astype(str).tolist()
        ), name


def test_a_marked_workbook_keeps_its_formulas_and_their_values() -> None:
    """Excel keeps both; a library that writes formulas alone would send the clerk in a circle."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    for row in (
        ["小镇名称", "期间", "总产出（万元）", "税收收入（万元）"],
        ["上城甲芯云小镇", "2026-10", "=4526000*2", "约73万"],
    ):
        page.append(row)
    content = saved(book)
    # As Excel saves it: the formula with its value.
    content = with_value(content, b"<f>4526000*2</f><v></v>", b"<f>4526000*2</f><v>9052000</v>")
    first = check(content)
    assert rules(first) == [("not_number", "D2")]
    marked = annotate(Upload("报送.xlsx", content), first.findings, "zh")
    again = check(marked)
    assert rules(again) == rules(first)
    assert again.tables["returns"]["value"].tolist() == first.tables["returns"]["value"].tolist()
    assert openpyxl.load_workbook(io.BytesIO(marked))[RETURNS]["C2"].value == "=4526000*2"


def with_value(content: bytes, formula: bytes, valued: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(formula, valued).replace(formula.replace(b"<v></v>", b"<v />"), valued))
    return stream.getvalue()


def test_a_grey_figure_typed_over_is_told_and_not_read() -> None:
    def grey(book: openpyxl.Workbook, sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        cell = at(sheet, "总产出·上期", 5)
        cell.value = float(cell.value or 0) * 1.01

    checked = check(changed(grey))
    (finding,) = checked.findings
    assert (finding.rule, finding.severity, finding.sheet) == ("reference_changed", "warning", RETURNS)
    assert finding.cell.endswith("5")
    assert "另加一行" in finding.remedy("zh")
