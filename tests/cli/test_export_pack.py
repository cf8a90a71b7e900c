"""`export pack` as app and cron call it: files, progress, refusals that leave nothing; a process of its own."""

from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from cockpit.cli import main
from cockpit.exports.pack.process import Made, PackFault, Progress, run
from cockpit.exports.pack.steps import steps_of
from cockpit.processes import Waiting


def export(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", "pack", *(str(word) for word in words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.long
def test_progress_names_every_step_and_the_files_come_last(tmp_path: Path) -> None:
    code, text = export(tmp_path / "out", "--formats", "xlsx,pptx", "--json", "--lang", "en", "--prefecture", "330100")
    lines = [json.loads(line) for line in text.splitlines()]
    assert code == 0
    assert [line["step"] for line in lines] == [*steps_of(("pptx", "xlsx")), "done"]
    assert [line["done"] for line in lines] == list(range(len(lines)))
    stem = "characteristic-towns-briefing_Full-year-2025_Hangzhou_simulated"
    names = [f"{stem}.pptx", f"{stem}.xlsx"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert {file["name"]: file["bytes"] for file in lines[-1]["files"]} == {
        path.name: path.stat().st_size for path in (tmp_path / "out").iterdir()
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--formats", "pdf"), "pptx"),
        (("--formats", ","), "at least one"),
        (("--prefecture", "999999"), "999999"),
        (("--filter", "colour=red"), "colour"),
        (("--period", "1999"), "1999"),
        (("--target", "total_outptu_2025"), "total_output_2025"),
        (("--filter", "q=没有这个小镇"), "没有小镇"),
        (("--version", "v9999"), "v9999"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    code, text = export(tmp_path / "out", *words)
    assert code == 2
    assert told in text
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_the_process_draws_the_figures_of_the_screen_and_clears_its_folder() -> None:
    asked = ["--formats", "docx", "--dataset", "public", "--lang", "zh", "--as-of", "2026-11-23"]
    with closing(run(asked)) as steps:
        told = list(steps)
    *before, last = told
    assert isinstance(last, Made)
    assert [*dict.fromkeys(step.step for step in before if isinstance(step, Progress))][-1] == "docx"
    document = Document(io.BytesIO(last.files["特色小镇汇报_2022年全年_全省.docx"]))
    for shape in document.inline_shapes:
        blob = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
        picture = Image.open(io.BytesIO(blob)).convert("L")
        assert picture.width > 1000, "twice the pixels of the screen, for paper"
        assert picture.histogram()[0] + sum(picture.histogram()[:128]) > 500, "something is drawn on the white"


@pytest.mark.long
def test_a_refusal_of_the_process_is_its_sentence_and_a_stopped_one_is_gone() -> None:
    with pytest.raises(PackFault, match="没有小镇"):
        list(run(["--filter", "q=没有这个小镇"]))
    with pytest.raises(PackFault) as slow:
        list(run(["--formats", "xlsx"], longest=0.0))
    assert slow.value.where == "timeout"
    steps = run(["--formats", "xlsx"])
    next(steps)
    frame = steps.gi_frame
    assert frame is not None
    folder, beside = Path(frame.f_locals["folder"]), frame.f_locals["steps"].gi_frame
    process = beside.f_locals["process"]
    assert process.poll() is None
    steps.close()
    assert process.poll() is not None
    assert not folder.exists()


def test_the_third_pack_waits_in_line_and_takes_its_turn() -> None:
    first, second, third = (run(["--formats", "xlsx"]) for _ in range(3))
    with closing(first), closing(second), closing(third):
        assert isinstance(next(first), Progress)
        assert isinstance(next(second), Progress)
        assert next(third) == Waiting(1)
        first.close()
        assert isinstance(next(step for step in third if not isinstance(step, Waiting)), Progress)


def test_a_pack_is_told_where_the_decisions_are_and_no_other_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_SOURCE_URL", "postgresql://somebody:secret@host/base")
    monkeypatch.setenv("COCKPIT_DATABASE_URL", "sqlite:////nowhere/matters.sqlite")
    steps = run(["--formats", "xlsx"])
    with closing(steps):
        next(steps)
        frame = steps.gi_frame
        assert frame is not None
        process = frame.f_locals["steps"].gi_frame.f_locals["process"]
        told = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"COCKPIT_DECISIONS_URL=" in told
    assert b"COCKPIT_DATABASE_URL=" in told
    assert b"secret" not in told


@pytest.mark.long
def test_the_short_pack_is_five_slides_with_the_cover_asked_for(tmp_path: Path) -> None:
    words = ["--formats", "pptx", "--length", "short", "--title", "季度会", "--day", "2026年12月", "--author", "张三"]
    code, text = export(tmp_path, *words)
    assert code == 0, text
    (file,) = tmp_path.iterdir()
    assert file.name == "特色小镇汇报_2025年全年_全省_模拟_简版.pptx"
    deck = Presentation(str(file))
    cover, *others = deck.slides
    assert len(others) == 4
    assert cover.shapes.title.text == "季度会"
    facts = next(shape.text_frame.text for shape in cover.shapes if shape.name == "Facts")
    assert "汇报人：张三" in facts
    assert "日期：2026年12月" in facts
    assert deck.core_properties.author == "张三"
    titles = [slide.shapes.title.text for slide in others]
    assert titles[0] == "目标完成情况：4 项达成、4 项未达成、1 项无法判断"
    assert titles[2].startswith("9 个创建小镇到期待研判")
    # The map is drawn of shapes that can be moved: one a prefecture, and its legend's.
    outlines = [shape for shape in others[3].shapes if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    assert len(outlines) == 11 + 5
