"""A breakdown goes round as a workbook and comes back: by cell, and whole or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from cockpit.acting import Act, Actor
from cockpit.briefings import Desk, open_desk
from cockpit.briefings.demonstrating import place_plans
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.planning import Shared, carry_plan, shared_out
from cockpit.datasets.findings import Upload
from cockpit.datasets.planning.answers import Read, read_answers, together
from cockpit.exports.plan import expected, plan_book
from cockpit.rights import ALL, Scope, joined

OUTPUT = "total_output_yuan"
YI = 1e8
CODE, UNIT, BASE, SUGGESTED, ASSIGNED, STATED, REMARK = "A", "B", "C", "E", "I", "J", "K"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")
    place_plans()
    return open_desk("demo")


def shared(desk: Desk) -> Shared:
    return shared_out(desk, all_plans().of("2030"), OUTPUT)


def sent(desk: Desk, scope: Scope = ALL) -> bytes:
    found = shared(desk)
    assert found.suggested is not None
    return plan_book(
        found.suggested, desk.dataset.towns, desk.register.planning, "zh", is_simulated=True, set_id="2030",
        number=all_plans().of("2030").number, assigned=found.by_town, seen=scope,
    )  # fmt: skip


def book_of(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def bytes_of(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(desk: Desk, content: bytes, name: str = "丽水.xlsx") -> Read:
    found, towns = shared(desk), desk.dataset.towns
    assert found.suggested is not None
    parents = dict(zip(towns["town_code"].astype(str), towns["prefecture_adcode"].astype(str), strict=True))
    upload, sent = Upload(name, content), expected(found.suggested, towns, found.by_town)
    return read_answers(upload, "2030", OUTPUT, lambda number: sent, parents, desk.register.intake)


def test_what_was_filled_in_comes_back_by_cell_and_is_seen_beside_the_suggestion(desk: Desk) -> None:
    book = book_of(sent(desk))
    sheet = book["丽水"]
    last = sheet.max_row
    sheet[f"{STATED}{last}"], sheet[f"{REMARK}{last}"] = 1800, "用地未落实"
    sheet[f"{STATED}3"] = "1,234.5"
    found = read(desk, bytes_of(book))
    assert found.told == ()
    answers = {item.unit: item for item in found.answers}
    assert answers["331100"].value == 1800 * YI
    assert answers["331100"].note == "用地未落实"
    assert answers["331100"].cell == f"丽水!{STATED}{last}"
    assert answers[str(sheet["A3"].value)].value == 1234.5 * YI
    act = Act(Actor("丽水", via="screen", rights=joined([(("submit",), Scope(frozenset({"331100"})))])))
    lines = [{"indicator": OUTPUT, **vars(item)} for item in found.answers]
    plan = carry_plan("2030", "answered", act, {"answers": lines})
    assert plan.items[OUTPUT].answers["331100"].cell == f"丽水!{STATED}{last}"


def change(cell: str, value: object) -> Callable[[Workbook], None]:
    def do(book: Workbook) -> None:
        book["丽水"][cell] = value

    return do


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize(
    ("tamper", "problem", "cell"),
    [
        (change("C3", 1.0), "changed", "丽水!C3"),
        (change("E3", 1.0), "changed", "丽水!E3"),
        (change("I4", None), "changed", "丽水!I4"),
        (change("A3", "330102A"), "code", "丽水!A3"),
        (change("J3", "很多"), "number", "丽水!J3"),
        (change("J3", True), "number", "丽水!J3"),
        (change("J3", -3), "negative", "丽水!J3"),
        (change("J3", "=1+1"), "formula", "丽水!J3"),
        (change("J3", "1_0"), "number", "丽水!J3"),
        (change("J3", "٣"), "number", "丽水!J3"),
        (change("J3", "1e3"), "number", "丽水!J3"),
        (change("J3", "12,34"), "number", "丽水!J3"),
        (change("J3", 1e-9), "tiny", "丽水!J3"),
        (change("K5", "=A1"), "formula", "丽水!K5"),
        (change("K5", "长" * 10_000), "long", "丽水!K5"),
        (change("K3", "用地未落实"), "note_alone", "丽水!J3"),
        (lambda book: book["丽水"].merge_cells("J3:J5"), "merged", "丽水!J3:J5"),
        (lambda book: setattr(book["丽水"].row_dimensions[5], "hidden", True), "hidden", "丽水!J5"),
        (lambda book: setattr(book["丽水"].column_dimensions["J"], "hidden", True), "hidden", "丽水!J5"),
        (lambda book: setattr(book["丽水"], "sheet_state", "hidden"), "hidden", "丽水!J5"),
        (change("A1", "plan:2030:x:1:1"), "other_set", "丽水.xlsx"),
    ],
)
def test_what_was_changed_is_told_by_its_cell_and_nothing_is_taken(
    desk: Desk, tamper: Callable[[Workbook], None], problem: str, cell: str
) -> None:
    book = book_of(sent(desk))
    book["丽水"]["J5"] = 10  # a good answer beside it
    tamper(book)
    found = read(desk, bytes_of(book))
    assert found.answers == ()
    assert (cell, problem) in {(at.cell, at.problem) for at in found.told}


def test_a_changed_total_is_told(desk: Desk) -> None:
    book = book_of(sent(desk))
    sheet = book["舟山"]
    last = sheet.max_row
    for row in range(3, last):
        sheet[f"{STATED}{row}"] = 10
    sheet[f"{STATED}{last}"] = 9999
    found = read(desk, bytes_of(book))
    assert [(at.cell, at.problem) for at in found.told] == [(f"舟山!{STATED}{last}", "sum")]
    sheet[f"{SUGGESTED}{last}"] = 1.0
    assert ("changed") in {at.problem for at in read(desk, bytes_of(book)).told}


def test_a_town_written_twice_is_told(desk: Desk) -> None:
    book = book_of(sent(desk))
    sheet = book["丽水"]
    sheet["J3"] = 10
    for column in "ABCDEFGHIJK":
        book["温州"][f"{column}40"] = sheet[f"{column}3"].value
    found = read(desk, bytes_of(book))
    assert {at.problem for at in found.told} == {"twice"}


def test_a_file_of_another_kind_is_none_of_ours(desk: Desk) -> None:
    plain = Workbook()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (1 << 20))
    for content in (b"", b"a,b\n1,2\n", bytes_of(plain), b"%PDF-1.4", b"PK\x03\x04 broken", bomb.getvalue()):
        found = read(desk, content)
        assert found.answers == ()
        assert found.refusal is not None or [at.problem for at in found.told] == ["not_ours"]


def test_nothing_filled_in_is_no_answer(desk: Desk) -> None:
    assert read(desk, sent(desk)) == Read()


def test_a_part_of_the_province_gets_its_own_sheet_only(desk: Desk) -> None:
    scope = Scope(frozenset({"330300"}))
    book = book_of(sent(desk, scope))
    assert [name for name in book.sheetnames if name != "stamp"] == ["温州", "说明"]
    text = " ".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    towns = desk.dataset.towns
    foreign = towns[towns["prefecture_adcode"].astype(str) != "330300"]["name_zh"].astype(str)
    assert not [name for name in foreign if name in text]


def test_the_workbook_holds_no_formula_and_leaves_two_columns_open(desk: Desk) -> None:
    sheet = book_of(sent(desk))["丽水"]
    assert sheet.protection.sheet
    opened = {cell.column_letter for row in sheet.iter_rows(min_row=3) for cell in row if not cell.protection.locked}
    assert opened == {STATED, REMARK}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_figure_beyond_all_towns_together_is_told_with_the_unit_it_was_to_be_in(desk: Desk) -> None:
    book = book_of(sent(desk))
    book["丽水"][f"{STATED}3"] = 1e9
    (told,) = read(desk, bytes_of(book)).told
    assert (told.cell, told.problem) == (f"丽水!{STATED}3", "beyond")
    assert told.values["divisor"] == YI


@pytest.mark.long
def test_workbooks_handed_in_at_once_are_taken_together_or_none_is(desk: Desk) -> None:
    def answered(sheet: str, value: object) -> Read:
        book = book_of(sent(desk))
        book[sheet][f"{STATED}3"] = value
        return read(desk, bytes_of(book), f"{sheet}.xlsx")

    one, other, wrong = (answered(*at) for at in (("丽水", 10), ("温州", 20), ("衢州", "约10")))
    assert len(together([("丽水.xlsx", one), ("温州.xlsx", other)]).answers) == 2
    found = together([("丽水.xlsx", one), ("衢州.xlsx", wrong)])
    assert found.answers == ()
    assert [at.cell for at in found.told] == [f"衢州.xlsx 衢州!{STATED}3"]
    assert [at.problem for at in together([("a.xlsx", one), ("b.xlsx", one)]).told] == ["twice"]


def test_the_workbook_names_the_weights_it_was_made_by_and_what_is_kept_back(desk: Desk) -> None:
    mix = {"base": 0.5, "staff": 0.5}
    planner = Actor("甲", via="screen", rights=joined([(("plan",), ALL)]))
    carry_plan("2030", "shared", Act(planner), {"indicator": OUTPUT, "mix": mix, "reserve": 400 * YI})
    notes = "".join(str(row[0].value) for row in book_of(sent(desk))["说明"].iter_rows())
    assert "基数 50.0%" in notes
    assert "近年增量 0.0%" in notes
    assert "预留 400 亿元" in notes


@pytest.mark.parametrize(("in_force", "said", "unsaid"), [("", "建议", "施行"), ("施行", "施行", "分解建议")])
def test_a_workbook_calls_itself_a_proposal_until_its_set_is_in_force(
    desk: Desk, in_force: str, said: str, unsaid: str
) -> None:
    found = shared(desk)
    assert found.suggested is not None
    content = plan_book(
        found.suggested, desk.dataset.towns, desk.register.planning, "zh", is_simulated=True, in_force=in_force
    )
    book = book_of(content)
    told = str(book["合计"]["A1"].value) + "".join(str(row[0].value) for row in book["说明"].iter_rows())
    assert said in told
    assert unsaid not in told
    assert ("不是下达的目标" in told) == (in_force == "")
