"""`template` and `check` as cron calls them: exit codes, JSON, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cockpit.cli import main
from tests.datasets.bad_files import at, changed, filled
from tests.datasets.bombs import far_cells, lists


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_template_can_be_written_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert run("template", path, "--period", "2026-09", "--scope", "330100") == (0, "")
    code, text = run("check", path, "--lang", "en")
    assert (code, text.splitlines()[0]) == (
        1, "Error  t.xlsx  Nothing was filled in. Fill it in and upload it again.",
    )  # fmt: skip


@pytest.mark.long
def test_exit_codes_clean_findings_refused(tmp_path: Path) -> None:
    clean, wrong, refused = tmp_path / "clean.xlsx", tmp_path / "wrong.xlsx", tmp_path / "refused.xlsx"
    clean.write_bytes(filled())
    wrong.write_bytes(changed(lambda book, sheet: setattr(at(sheet, "总产出", 5), "value", "x")))
    refused.write_bytes(b"no workbook")
    assert run("check", clean)[0] == 0
    assert run("check", wrong)[0] == 1
    assert run("check", refused)[0] == 2
    assert run("check", clean, refused)[0] == 2
    assert run("check", tmp_path / "none.xlsx")[0] == 2


@pytest.mark.long
def test_json_names_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(changed(lambda book, sheet: setattr(at(sheet, "总产出", 5), "value", "x")))
    code, text = run("check", path, "--json", "--lang", "zh")
    answer = json.loads(text)
    assert code == 1
    assert answer["counts"] == {"refusal": 0, "error": 1, "warning": 0}
    (finding,) = answer["findings"]
    assert (finding["sheet"], finding["cell"], finding["rule"]) == ("指标", "F5", "not_number")
    assert finding["remedy"] == "只填数字；没有数据请留空"


@pytest.mark.long
def test_the_marked_file_is_written(tmp_path: Path) -> None:
    path, marked = tmp_path / "a.xlsx", tmp_path / "marked.xlsx"
    path.write_bytes(filled())
    assert run("check", path, "--annotated", marked)[0] == 0
    assert marked.read_bytes().startswith(b"PK")


def test_a_wrong_call_is_told_in_one_line(tmp_path: Path) -> None:
    code, text = run("template", tmp_path / "t.xlsx", "--period", "2026-13")
    assert code == 2
    assert "is not a period" in text
    assert not (tmp_path / "t.xlsx").exists()


@pytest.mark.long
def test_a_file_that_would_end_its_reader_is_refused_in_words(tmp_path: Path) -> None:
    for name, content in (("far.xlsx", far_cells()["six digits"]), ("lists.parquet", lists(1000))):
        path = tmp_path / name
        path.write_bytes(content)
        for command in (("check", path), ("publish", path, "--by", "李四", "--note", "三季度")):
            code, text = run(*command)
            assert code == 2
            assert name in text
            assert "拒收" in text
