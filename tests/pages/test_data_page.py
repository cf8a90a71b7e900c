"""The data page: who may do what with which words, what is told, and that nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.submissions import Submission, all_submissions, keep, open_submission
from cockpit.datasets.store.loading import current_marker, load
from cockpit.datasets.template.workbook import template
from cockpit.policy.register import load as register
from cockpit.ui.data.intake import _verdict
from cockpit.ui.frame.uploads import page_limit
from tests.acts import by
from tests.datasets.bad_files import check, csv_bytes
from tests.datasets.bombs import far_cells
from tests.pages.opening import ROOT, led, open_page, words

pytestmark = pytest.mark.many

AS_OF = date(2026, 11, 23)
TOWN = "D330102A"


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


@cache
def empty() -> bytes:
    """A template of Hangzhou for 2025, made once: a second is the same."""
    return template(load("demo"), "2025", as_of=AS_OF, scope="330100")


def workbook(factor: float = 1.3, row: int = 4) -> bytes:
    """The template with one figure filled in: total output in F, last year's in G."""
    book = openpyxl.load_workbook(io.BytesIO(empty()))
    sheet = book["指标"]
    sheet.cell(row, 6).value = sheet.cell(row, 7).value * factor
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def deliver(factor: float = 1.3, row: int = 4) -> Submission:
    upload = Upload("杭州2025.xlsx", workbook(factor, row))
    checked = check_uploads([upload], load("demo"), as_of=AS_OF)
    assert checked.is_acceptable
    return keep("demo", [upload], checked, by("张三"), checked_against=current_marker("demo"))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def decide(app: AppTest, delivery: Submission, who: str = "李四", note: str = "年报") -> AppTest:
    app.text_input(key="act_name|review").set_value(who)
    app.text_area(key=f"act_note|review|{delivery.id}").set_value(note)
    return app


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    widget: Any = app.get("file_uploader")[0]
    return widget.set_value((name, content, "application/octet-stream")).run()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("dataset", ["demo", "public"])
@pytest.mark.parametrize("part", ["submit", "review", "versions", "freshness", "trace"])
def test_no_part_fails(part: str, dataset: str, language: str) -> None:
    app = open_page("data", {"part": part, "dataset": dataset, "lang": language})
    assert not app.exception, app.exception[0].message
    assert not app.error
    assert ('class="bdg b-simulated"' in words(app)) == (dataset == "demo")


def test_a_submission_is_compared_and_published_with_name_and_note() -> None:
    delivery = deliver()
    app = open_page("data", {"part": "review", "lang": "zh"})
    text = words(app)
    for told in ("杭州2025.xlsx", "指标 F4", "总产出", "会改变的目标结论"):
        assert told in text, told
    app = press(decide(app, delivery, note=""), "发布为新版本")
    assert "“版本说明，或退回原因”没有填写" in words(app)
    assert app.text_input(key="act_name|review").value == "李四"
    assert current_marker("demo") == "v0003"
    app = press(decide(app, delivery), "发布为新版本")
    assert "第4版已发布" in words(app)
    assert not app.toast, "who publishes is told once"
    assert current_marker("demo") == "v0004"
    assert "没有待审核的报送" in words(app)


@pytest.mark.long
def test_the_second_of_two_publishers_is_told_who_was_first_and_loses_nothing() -> None:
    first, second = deliver(row=4), deliver(row=5)
    app = open_page("data", {"part": "review", "submission": second.id, "lang": "zh"})
    publish("demo", first.id, by("王五", "先发布"), "v0003")
    app = press(decide(app, second, note="我的说明"), "发布为新版本")
    text = words(app)
    assert "王五已于" in text
    assert "第4版" in text
    assert "以下差异已按第4版重算" in text
    assert app.text_area(key=f"act_note|review|{second.id}").value == "我的说明"
    assert current_marker("demo") == "v0004"
    app = press(app, "发布为新版本")
    assert "第5版已发布" in words(app)


@pytest.mark.long
def test_a_file_sent_twice_is_told_with_the_first_submission() -> None:
    content = workbook()  # a workbook saved again has other bytes
    upload_of = Upload("杭州2025.xlsx", content)
    checked = check_uploads([upload_of], load("demo"), as_of=AS_OF)
    first = keep("demo", [upload_of], checked, by("张三"), checked_against=current_marker("demo"))
    app = open_page("data", {"part": "review", "lang": "zh"})
    assert "完全相同" not in words(app)
    second = keep("demo", [upload_of], checked, by("王五"), checked_against=current_marker("demo"))
    told = words(open_page("data", {"part": "review", "submission": second.id, "lang": "zh"}))
    assert "“杭州2025.xlsx”与已报送的文件完全相同" in told
    assert f"submission={first.id}" in told
    assert "完全相同" not in words(open_page("data", {"part": "review", "submission": first.id, "lang": "zh"}))
    app = upload(open_page("data", {"part": "submit", "lang": "en"}), "other name.xlsx", content)
    assert "“other name.xlsx” is the same as a file sent before: first by 张三" in words(app)
    assert f"submission={first.id}" in words(app)


@pytest.mark.long
def test_a_submission_is_rejected_with_its_reason() -> None:
    delivery = deliver()
    app = press(decide(open_page("data", {"part": "review", "lang": "zh"}), delivery, note="口径不对"), "退回")
    assert open_submission("demo", delivery.id).state == "rejected"
    assert "口径不对" in words(app)
    assert current_marker("demo") == "v0003"


@pytest.mark.long
def test_rolling_back_takes_a_button_and_a_confirmation_with_name_and_reason() -> None:
    publish("demo", deliver().id, by("李四", "年报"), "v0003")
    app = press(open_page("data", {"part": "versions", "lang": "zh"}), "回到此版")
    app = press(app, "确认回到第3版")
    assert "“操作人”没有填写" in words(app)
    assert current_marker("demo") == "v0004"
    app.text_input(key="act_name|roll_back").set_value("李四")
    app.text_area(key="act_note|roll_back|demo").set_value("数字有误")
    app = press(app, "确认回到第3版")
    assert current_marker("demo") == "v0003"
    text = words(app)
    assert "由第4版回到第3版" in text
    assert "数字有误" in text


@pytest.mark.long
def test_a_name_is_asked_once_a_session_and_a_note_for_each_act() -> None:
    app = upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", workbook())
    app.text_input(key="act_name|submit").set_value("张三")
    app.text_area(key="act_note|submit|demo").set_value("首报")
    app = press(app, "送交审核")
    assert app.text_input(key="act_name|review").value == "", "somebody else reviews"
    assert app.text_area[0].value == "", "the clerk's remark is not the reviewer's note"
    app.text_input(key="act_name|review").set_value(" 李\u200b四 ")
    app.text_area[0].set_value("年报")
    app = press(app, "发布为新版本")
    assert load("demo").manifest.published_by == "李四"
    (delivery,) = all_submissions("demo")
    assert (delivery.submitted_by, delivery.note) == ("张三", "首报")
    app.switch_page(str(ROOT / "pages" / "lists.py")).run()
    app.switch_page(str(ROOT / "pages" / "data.py")).run()
    app.button_group(key="part|zh").set_value("versions").run()
    app = press(app, "回到此版")
    assert app.text_input(key="act_name|roll_back").value == "李四"
    assert app.text_area(key="act_note|roll_back|demo").value == ""
    app = press(app, "确认回到第3版")
    assert "“原因”没有填写" in words(app)
    assert "“操作人”没有填写" not in words(app)


@pytest.mark.long
@pytest.mark.parametrize(("language", "told"), [("zh", "“审核人”没有填写"), ("en", "“Reviewed by” is not filled in")])
def test_a_name_of_signs_nobody_sees_is_no_name(language: str, told: str) -> None:
    delivery = deliver()
    app = open_page("data", {"part": "review", "lang": language})
    button = {"zh": "退回", "en": "Reject"}[language]
    app = press(decide(app, delivery, who="\u200b\u202e", note="\u2800"), button)
    assert told in words(app)
    assert app.text_input(key="act_name|review").value == "\u200b\u202e", "what was typed is kept"
    assert open_submission("demo", delivery.id).state == "received"


@pytest.mark.long
def test_another_session_is_told_quietly_and_keeps_its_filter() -> None:
    app = open_page("towns", {"lang": "zh", "prefecture": "330100"})
    publish("demo", deliver().id, by("李四", "年报*更正*"), "v0003")
    app.run()
    assert "第4版" in app.toast[0].value
    assert "年报\\*更正\\*" in app.toast[0].value, "what people wrote is never read as markup"
    assert app.multiselect(key="prefecture|zh|demo@v0004").value == ["330100"]


@pytest.mark.long
def test_findings_name_cell_value_and_remedy_and_keep_a_fault_from_being_submitted() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["指标"]["F5"] = "约<b>十亿</b>"
    stream = io.BytesIO()
    book.save(stream)
    app = upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", stream.getvalue())
    assert not app.exception
    text = words(app)
    assert "<b>F5</b>" in text
    assert "约&lt;b&gt;十亿" in text
    assert "送交审核" not in [button.label for button in app.button]


@pytest.mark.long
def test_a_refused_file_says_why() -> None:
    app = upload(open_page("data", {"lang": "zh"}), "说明.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    text = words(app)
    assert "拒收" in text
    assert "现行数据未受影响" in text


@pytest.mark.long
def test_a_delivery_goes_to_review_under_its_submitters_name() -> None:
    app = upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", workbook())
    app = press(app, "送交审核")
    assert "“报送人”没有填写" in words(app)
    app.text_input(key="act_name|submit").set_value("张三")
    app = press(app, "送交审核")
    assert "已收到" in words(app)
    assert "审核人（必填）" in [widget.label for widget in app.text_input]


@pytest.mark.long
def test_a_full_disk_is_said_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    app = upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", workbook())
    app.text_input(key="act_name|submit").set_value("张三")
    monkeypatch.setattr("cockpit.datasets.publishing.submissions.sync", full)
    app = press(app, "送交审核")
    assert "磁盘已满" in words(app)
    assert app.text_input(key="act_name|submit").value == "张三"


@pytest.mark.long
def test_a_figure_leads_to_its_cell_and_a_derived_one_to_its_parts() -> None:
    publish("demo", deliver().id, by("李四", "年报"), "v0003")
    query = {"part": "trace", "town": TOWN, "lang": "zh"}
    text = words(open_page("data", {**query, "figure": "total_output_yuan"}))
    for told in ("杭州2025.xlsx，指标 F4", "张三", "第4版"):
        assert told in text, told
    assert 'data-lead="/towns?columns=total_output_yuan&amp;tsort=-total_output_yuan"' in text
    assert 'data-lead="/town?code=DM-330102-A-8"' in text
    assert "2024年全年" in words(open_page("data", {**query, "period": "2024"})), "the period is chosen here"
    text = words(open_page("data", {**query, "figure": "specialty_output_share"}))
    assert "分母" in text
    assert "杭州2025.xlsx，指标 F4" in text
    assert "随版本提供，没有报送文件" in text


@pytest.mark.long
def test_who_has_reported_is_a_matrix_by_prefecture_or_town_with_its_table() -> None:
    query = {"part": "freshness", "lang": "zh"}
    text = words(open_page("data", query))
    assert "杭州 · 总产出 · 已报 34，缺报 1" in text, "every cell is told in words"
    assert text.count("t-missed") < text.count("t-behind"), "a few missing among many are not the alarm of a matrix"
    one = words(open_page("data", {**query, "prefecture": "330100"}))
    assert 'class="dfm dft"' in one, "one prefecture: its towns"
    table = led(open_page("data", {**query, "freshview": "table"}))
    row = table[(table["设区市"] == "杭州") & (table["指标"] == "总产出")].iloc[0]
    assert (row["已报"], row["迟报"], row["缺报"]) == (34, 0, 1)
    assert "缺报" in words(open_page("towns", {"lang": "zh", "compare": "D330111B"}))


def test_real_towns_owe_no_return() -> None:
    text = words(open_page("data", {"part": "freshness", "dataset": "public", "lang": "zh"}))
    assert "没有报送义务" in text
    assert "缺报</span>" not in text


@pytest.mark.long
def test_a_file_that_would_end_the_app_is_refused_in_words_and_the_page_goes_on() -> None:
    app = upload(open_page("data", {"lang": "zh"}), "坏.xlsx", far_cells()["six digits"])
    assert not app.exception
    assert "超出可读范围" in words(app)
    app = upload(app, "杭州2025.xlsx", workbook())
    assert not app.exception
    assert "送交审核" in [button.label for button in app.button]


def _sizes_in(value: object, seen: set[int]) -> int:
    """Bytes objects of a thousand bytes and more within a value of our own making."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, bytes):
        return len(value) if len(value) >= 1000 else 0
    parts = list(value) if isinstance(value, (list, tuple)) else list(getattr(value, "__dict__", {}).values())
    return sum(_sizes_in(part, seen) for part in parts)


@pytest.mark.long
def test_what_is_kept_of_a_check_holds_no_bytes_of_its_files() -> None:
    app = upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", workbook())
    work = app.session_state["_data_checked"]
    assert work.checked.upload_names == ("杭州.xlsx",)
    assert _sizes_in(work, set()) == 0


def test_while_a_file_is_read_its_bytes_stand_in_the_store_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    owners: list[bool] = []

    def checking(uploads: Any, dataset: Any, *, as_of: Any, seen: Any) -> Any:
        manager = get_script_run_ctx().uploaded_file_mgr  # type: ignore[union-attr]
        records = [file for files in manager.file_storage.values() for file in files.values()]  # type: ignore[attr-defined]
        owners.append(uploads[0].content is records[0].data)
        yield Checked(("杭州.xlsx",), {}, ())

    monkeypatch.setattr("cockpit.ui.data.intake.check_apart", checking)
    upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", workbook())
    assert owners == [True]


def test_the_uploader_lets_the_largest_file_pass_on_every_system_and_hardly_more() -> None:
    for mib in range(1, 1000):
        told = page_limit(mib)
        assert (told - 1) * 10**6 < mib << 20 <= min(told * 10**6, told << 20)
    widget: Any = open_page("data", {"lang": "zh"}).get("file_uploader")[0]
    assert widget.proto.max_upload_size_mb == page_limit(int(register().intake.limit("file_mib")))


@pytest.mark.long
def test_files_are_given_back_when_their_uploader_is_no_longer_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[str] = []
    monkeypatch.setattr(
        "streamlit.runtime.memory_uploaded_file_manager.MemoryUploadedFileManager.remove_session_files",
        lambda self, session: given_back.append(session),
    )
    app = upload(open_page("data", {"lang": "zh"}), "杭州.xlsx", workbook())
    before = len(given_back)
    app.run()
    assert "_data_checked" in app.session_state
    assert len(given_back) == before, "still shown"
    app.switch_page(str(ROOT / "pages" / "towns.py")).run()
    assert "_data_checked" not in app.session_state
    assert len(given_back) == before + 1


@pytest.mark.parametrize(("language", "told"), [("zh", "合计不超过256 MiB"), ("en", "256 MiB together")])
def test_the_limits_stand_beside_the_uploader_and_a_refusal_has_words(language: str, told: str) -> None:
    text = words(open_page("data", {"lang": language}))
    assert told in text
    assert "64 MiB" in text
    assert (
        "--upload-lost:'"
        + {"zh": "标红的文件没有收到：单个超过64 MiB、合计超过256 MiB", "en": "Files marked red"}[language]
        in text
    )


def test_a_withdrawal_alone_is_something_to_submit() -> None:
    rows = [["小镇名称", "期间", "总产出（万元）", "备注"], ["上城甲芯云小镇", "2025", "撤回", "误报"]]
    checked = check(csv_bytes(rows), "指标.csv")
    assert not checked.tables
    assert _verdict(checked) == ("clean", "success")
