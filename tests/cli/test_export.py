"""`export` as cron calls it: the towns of a filter, the same rows in workbook and CSV; mistakes leave no file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cockpit.cli import main
from cockpit.datasets.store.loading import load


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_towns_of_a_filter_leave_in_both_forms(tmp_path: Path) -> None:
    towns = load("demo").towns
    codes = sorted(towns.loc[towns["prefecture_adcode"] == "330100", "town_code"])
    book, text = tmp_path / "towns.xlsx", tmp_path / "towns.csv"
    for path in (book, text):
        assert run("export", path, "--dataset", "demo", "--period", "2025", "--filter", "prefecture=330100") == (0, "")
    rows = list(load_workbook(book).active.iter_rows(min_row=3, values_only=True))
    assert sorted(row[1] for row in rows) == codes
    with text.open(encoding="utf-8-sig", newline="") as lines:
        assert set(codes) <= {cell for line in csv.reader(lines) for cell in line}


def test_what_is_not_in_the_data_stops_the_command_and_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "towns.xlsx"
    for words, told in (
        (("--filter", "prefecture=999999"), "999999"),
        (("--filter", "colour=red"), "colour"),
        (("--period", "1999"), "1999"),
        (("--indicator", "tax_revenu_yuan"), "tax_revenue_yuan"),
    ):
        code, text = run("export", path, "--dataset", "demo", *words)
        assert code == 2
        assert told in text
        assert not path.exists()


def test_what_help_names_is_a_command_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    assert run("export", "towns", path, "--dataset", "demo", "--period", "2025") == (0, "")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("export", "towns")[0] == 2
    assert not Path("towns").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "x.pdf"),
        ("export", "towns", "x.xls"),
        ("export", "towns", "x"),
        ("template", "x.csv", "--period", "2026-09"),
        ("sheets", "x.docx"),
        ("export", "pack", "x.pptx"),
        ("export", "pack", "x.pdf"),
    ],
)
def test_a_files_ending_is_its_format_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text = run(*words)
    assert code == 2
    assert "x" in text
    assert not list(tmp_path.iterdir())


def test_the_marked_workbook_is_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("小镇名称,期间,就业人数\n", encoding="utf-8-sig")
    assert run("check", "a.csv", "--annotated", "b.csv")[0] == 2
    assert not (tmp_path / "b.csv").exists()
