"""A bad record ends the start with one plain line, whatever is started; what the framework prints before is its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cockpit import cli
from cockpit.errors import RecordError
from cockpit.service.starting import told_plainly

ROOT = Path(__file__).resolve().parents[2]
SAID = (
    "{file}.toml {place} lable_zh: unknown field 'lable_zh', and field 'label_zh' is missing. did you mean 'label_zh'?"
)
COMMANDS = {
    "launcher": ["-m", "streamlit", "run", "streamlit_app.py", "--server.port=0", "--server.headless=true"],
    "serve": ["-m", "cockpit", "serve", "--port=18773"],
    "template": ["-m", "cockpit", "template", "out.xlsx", "--period=2025"],
}


def test_an_error_of_ours_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, told_plainly():
        raise RecordError("unknown set '2031'", where="targets.toml [a] set", remedy="known: 2025")
    assert ended.value.code == 2
    assert capsys.readouterr().err == "targets.toml [a] set: unknown set '2031'. known: 2025.\n"


def test_a_command_whose_module_cannot_be_imported_for_a_bad_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_name: str) -> None:
        raise RecordError("unknown set '2031'", where="targets.toml [a] set", remedy="known: 2025")

    monkeypatch.setattr(cli.importlib, "import_module", broken)
    done = CliRunner().invoke(cli.main, ["versions"])
    assert (done.exit_code, done.stderr) == (2, "targets.toml [a] set: unknown set '2031'. known: 2025.\n")


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("file", "place"), [("rules", "[green_cover_minimum]"), ("elements", "group [science]")])
def test_a_bad_record_ends_the_start_without_a_traceback(tmp_path: Path, command: str, file: str, place: str) -> None:
    for name in ("cockpit", "pages", "data", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "streamlit_app.py", tmp_path)
    path = tmp_path / "data" / "policy" / f"{file}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("label_zh", "lable_zh", 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *COMMANDS[command]],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(tmp_path),
            "COCKPIT_DATA_DIR": str(tmp_path / "var"),
            "COCKPIT_TICK": "off",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = done.stderr.strip().splitlines()
    assert done.returncode == 2, done.stderr
    assert told[-1] == SAID.format(file=file, place=place)
    assert "Traceback" not in done.stdout + done.stderr
