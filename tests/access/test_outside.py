"""What somebody with a wider scope handed in, as a reviewer with a narrower one meets it; firms of other towns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cockpit.access.people import Person
from cockpit.acting import Act, ActRefused
from cockpit.analysis.selection import towns_in
from cockpit.briefings import open_desk, outside, reaching_out, submissions_seen
from cockpit.datasets.findings import Checked, Finding, Remark, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.publishing.releases import publish, reject
from cockpit.datasets.publishing.submissions import Submission, all_submissions, keep, open_submission, touched
from cockpit.datasets.store.firm_codes import standing
from cockpit.datasets.store.loading import load
from cockpit.phrases import say
from cockpit.rights import ALL, Scope
from cockpit.vocabulary import LANGUAGES, Text
from tests.access.scoped import foreign, leaks, reader, sent, signed_in
from tests.acts import by
from tests.pages.opening import open_page

DAY = date(2026, 11, 23)
HEAD = "企业编码,企业名称,小镇编码,期间,营业收入（万元）,税收（万元）,从业人数,备注"


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    return load("demo").towns.astype({"town_code": "str", "county_adcode": "str", "prefecture_adcode": "str"})


@pytest.fixture(scope="module")
def mine(towns: pd.DataFrame) -> pd.Series:
    """A town of the reviewer's county."""
    return towns.iloc[0]


@pytest.fixture(scope="module")
def other(towns: pd.DataFrame, mine: pd.Series) -> pd.Series:
    """A town of another prefecture whose name stands in none of the reviewer's."""
    return towns[towns["prefecture_adcode"] != mine["prefecture_adcode"]].iloc[0]


@pytest.fixture(scope="module")
def county(mine: pd.Series) -> Scope:
    return Scope(frozenset({str(mine["county_adcode"])}))


def _check(rows: str, seen: Scope = ALL, name: str = "a.csv") -> Checked:
    return check_uploads([Upload(name, rows.encode())], load("demo"), as_of=DAY, seen=seen)


def _figures(*codes: object) -> str:
    """A sheet with a figure of each town a little above the published one."""
    desk = open_desk("demo")
    at = desk.cube.of("total_output_yuan", "2025")
    lines = [f"{code},,2025,{at[desk.cube.towns.index(str(code))] * 1.01 / 1e8:.4f}" for code in codes]
    return "\n".join(["小镇编码,小镇名称,期间,总产出（亿元）", *lines])


def _keep(checked: Checked, note: str = "") -> Submission:
    uploads = [Upload(name, b"x") for name in checked.upload_names]
    return keep("demo", uploads, checked, by("张三", note), checked_against="v0003")


# Findings -----------------------------------------------------------------------------------------------------------


def test_a_finding_knows_the_town_of_its_row(mine: pd.Series, other: pd.Series) -> None:
    rows = [f"{town['town_code']},{town['name_zh']},2025,见附件" for town in (mine, other)]
    found = _check("\n".join(["小镇编码,小镇名称,期间,总产出（亿元）", *rows])).findings
    assert [item.town_code for item in found if item.cell in ("D2", "D3")] == [mine["town_code"], other["town_code"]]


def test_findings_on_towns_outside_are_counted_and_those_that_name_one_are_too(
    county: Scope, mine: pd.Series, other: pd.Series
) -> None:
    name, code = str(other["name_zh"]), str(other["town_code"])
    shown = Finding("a.csv", "", "D2", "见附件", "bad_number", "error", {}, str(mine["town_code"]))
    hidden = [
        replace(shown, town_code=code),
        replace(shown, value=f"{name[:2]} {name[2:]}"),
        replace(shown, value=code.lower()),
        replace(shown, values={"town": name}),
        replace(shown, values={"town": Text("甲", str(other["name_en"]).upper())}),
    ]
    told = outside(open_desk("demo"), county).findings([shown, *hidden], "zh")
    assert (told.shown, told.outside) == ((shown,), len(hidden))
    assert outside(open_desk("demo"), ALL).findings([shown, *hidden], "zh").outside == 0
    (of_file,) = outside(open_desk("demo"), county).findings([replace(shown, file=f"{name}.csv")], "zh").shown
    assert of_file == replace(shown, file=say("data.outside_text", "zh"))


def test_remarks_and_what_was_written_go_the_same_way(county: Scope, mine: pd.Series, other: pd.Series) -> None:
    desk = open_desk("demo")
    known = outside(desk, county)
    remarks = [Remark("a.csv", "", "H2", str(town["town_code"]), "说明") for town in (mine, other)]
    remarks.append(replace(remarks[0], text=f"同{other['name_zh']}"))
    told = known.remarks(remarks, "zh")
    assert (told.shown, told.outside) == ((remarks[0],), 2)
    assert known.free(f"补报{mine['name_zh']}", "zh") == f"补报{mine['name_zh']}"
    for language in ("zh", "en"):
        assert known.free(f"补报{other['name_zh']}", language) == say("data.outside_text", language)


@pytest.mark.long
def test_no_page_of_the_review_names_a_town_outside(county: Scope, mine: pd.Series, other: pd.Series) -> None:
    """A clerk of the whole province hands in a row of the reviewer's town beside what he says of another."""
    name = str(other["name_zh"])
    figures = f"小镇编码,小镇名称,期间,总产出（亿元）,备注\n{mine['town_code']},{mine['name_zh']},2025,12,同{name}\n"
    figures += f"{other['town_code']},{name},2025,见附件,{name}未报\n"
    kept = _keep(_check(figures, name=f"{name}.csv"), note=f"含{name}")
    person, asked = reader("publisher", county), {"dataset": "demo", "part": "review", "submission": kept.id}
    with signed_in(person):
        app = open_page("data", asked)
        told = sent(app)
    assert not app.exception
    assert kept.id in str(app.session_state) or say("data.outside_count", "zh", count=1) in told
    assert say("data.outside_count", "zh", count=1).partition("1")[2] in told
    assert leaks(told, foreign("demo", county)) == []
    with signed_in(reader("publisher", ALL)):
        assert name in sent(open_page("data", asked))
    reject("demo", kept.id, by("李四", f"{name}有误"))
    for part in ("review", "versions"):
        with signed_in(person):
            assert leaks(sent(open_page("data", {**asked, "part": part})), foreign("demo", county)) == []


@pytest.mark.long
def test_notes_of_versions_name_no_town_outside(county: Scope, mine: pd.Series, other: pd.Series) -> None:
    kept = _keep(_check(_figures(other["town_code"])))
    publish("demo", kept.id, by("李四", f"补报{other['name_zh']}"), "v0003")
    for page, asked in (("data", {"part": "versions"}), ("cockpit", {}), ("basis", {})):
        for scope, is_told in ((ALL, True), (county, False)):
            with signed_in(reader("publisher", scope)):
                told = sent(open_page(page, {"dataset": "demo", **asked}))
            assert (f"补报{other['name_zh']}" in told) == is_told, (page, scope)


def test_a_submission_that_reaches_out_is_counted_and_reviewed_by_who_sees_all_of_it(
    county: Scope, mine: pd.Series, other: pd.Series
) -> None:
    kept = _keep(_check(_figures(mine["town_code"], other["town_code"])))
    desk, every = open_desk("demo"), all_submissions("demo")
    elsewhere = Scope(frozenset({"331100"}) - {str(other["prefecture_adcode"])})
    assert (submissions_seen(desk, every, county), reaching_out(desk, every, county)) == ((), 1)
    assert reaching_out(desk, every, elsewhere) == reaching_out(desk, every, ALL) == 0
    with signed_in(reader("publisher", county)):
        told = sent(open_page("data", {"dataset": "demo", "part": "review"}))
    assert say("data.reaching_out", "zh", count=1) in told
    assert kept.id not in told
    for act in (publish, reject):
        given = ("v0003",) if act is publish else ()
        with pytest.raises(ActRefused) as refused:
            act("demo", kept.id, _act(reader("publisher", county)), *given)
        assert [fault.problem for fault in refused.value.faults] == ["out_of_scope"]
    publish("demo", kept.id, _act(reader("publisher", ALL)), "v0003")


def _act(person: Person) -> Act:
    return Act(person.actor(lambda *told: None), "核对无误")


@pytest.mark.long
def test_where_a_figure_was_written_names_no_town_outside(county: Scope, mine: pd.Series, other: pd.Series) -> None:
    kept = _keep(_check(_figures(mine["town_code"]), name=f"{other['name_zh']}.csv"))
    publish("demo", kept.id, by("李四", "报"), "v0003")
    figure = f"town:{mine['town_code']}:total_output_yuan:2025"
    asked = {"part": "trace", "figure": "total_output_yuan", "period": "2025"}
    for more in ({"source": figure}, {"town": str(mine["town_code"])}, {"town": "all"}):
        for scope, is_told in ((ALL, True), (county, False)):
            with signed_in(reader("publisher", scope)):
                told = sent(open_page("data", {"dataset": "demo", **asked, **more}))
            assert (f"{other['name_zh']}.csv" in told) == is_told, (more, scope)


# Firms --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    frame = load("demo").table("firms")
    return frame.astype({"town_code": "str", "period": "str"})


@pytest.fixture(scope="module")
def stranger(firms: pd.DataFrame, county: Scope, towns: pd.DataFrame) -> pd.Series:
    """A firm that stands in a town of another county."""
    strange = set(towns.loc[~towns_in(towns, county), "town_code"])
    return firms[firms["town_code"].isin(strange)].iloc[0]


def _row(code: str, town: str, period: str = "2025", revenue: str = "123", note: str = "") -> str:
    return f"{HEAD}\n{code},甲厂,{town},{period},{revenue},1,1,{note}\n"


@pytest.mark.many
@pytest.mark.parametrize("spelling", ["{}", "{0[0]}-{1}", " {} "])
@pytest.mark.parametrize(("note", "revenue"), [("", "123"), ("填错了撤回", "撤回")])
def test_a_code_of_another_county_is_answered_as_one_nobody_has(
    county: Scope, mine: pd.Series, stranger: pd.Series, spelling: str, note: str, revenue: str
) -> None:
    """All that is told and all that is kept is the same but for the code itself."""
    taken, free = str(stranger["firm_id"]), "F99999"
    assert len(taken) == len(free)
    answers = {}
    for code in (taken, free):
        typed = spelling.format(code, code[1:])
        checked = _check(_row(typed, str(mine["town_code"]), str(stranger["period"]), revenue, note), county)
        assert "firm_new" in {item.rule for item in checked.findings}
        said = (item.sentences(language) for item in checked.findings for language in LANGUAGES)
        told = repr(checked.findings) + "".join(said)
        assert str(stranger["name_zh"]) not in told
        kept = keep("demo", [], checked, _act(reader("clerk", county)), checked_against="v0003")
        is_seen = submissions_seen(open_desk("demo"), (kept,), county)
        with pytest.raises(ActRefused) as refused:
            publish("demo", kept.id, _act(reader("publisher", county)), "v0003")
        faults = [(fault.field, fault.problem) for fault in refused.value.faults]
        answers[code] = (
            repr(
                (
                    told,
                    checked.is_acceptable,
                    kept.errors,
                    kept.warnings,
                    kept.tables,
                    len(checked.withdrawn),
                    is_seen,
                    faults,
                )
            )
            .replace(code, "CODE")
            .replace(f"{code[0]}-{code[1:]}", "CODE")
        )
    assert answers[taken] == answers[free]


def test_a_firm_of_ones_own_is_no_new_one(county: Scope, mine: pd.Series, firms: pd.DataFrame) -> None:
    own = firms[firms["town_code"] == mine["town_code"]].iloc[0]
    for code, is_new in ((str(own["firm_id"]), False), ("NEW00017", True)):
        checked = _check(_row(code, str(mine["town_code"])), county)
        assert ("firm_new" in {item.rule for item in checked.findings}) == is_new
        assert len(checked.tables["firms"]) == 1
        assert "firm_new" not in {item.rule for item in _check(_row(code, str(mine["town_code"]))).findings}


def test_a_firm_new_to_a_scope_waits_for_the_province_and_who_handed_it_in_is_told(
    county: Scope, mine: pd.Series
) -> None:
    desk, kept = open_desk("demo"), _keep(_check(_row("NEW00018", str(mine["town_code"])), county))
    every = all_submissions("demo")
    assert [item.id for item in submissions_seen(desk, every, ALL)] == [kept.id], "listed to who can publish it"
    assert (submissions_seen(desk, every, county), reaching_out(desk, every, county)) == ((), 1)
    with signed_in(reader("clerk", county)):
        told = sent(open_page("data", {"part": "submit"}))
    assert say("data.reaching_out", "zh", count=1) in told


@pytest.mark.parametrize(
    "rows",
    [
        "小镇编码,生效日期,清单状态\n{},2026-09-01,命名",
        "小镇编码,中文名,英文名,所在县（市、区）,产业类型\n{},,Upper Town,,",
        "小镇编码,中文名,英文名,所在县（市、区）,产业类型,面积（平方公里）\n{},,,,,3.01",
    ],
)
def test_a_row_that_says_one_thing_of_a_town_is_of_its_own_county(
    county: Scope, mine: pd.Series, towns: pd.DataFrame, rows: str
) -> None:
    """Its county stands in the version, not in the row: a list change, a correction of one fact."""
    creating = towns[(towns["county_adcode"] == mine["county_adcode"]) & (towns["list_status"] == "creating")].iloc[0]
    checked = _check(rows.format(creating["town_code"]), seen=county)
    clerk = replace(reader("clerk", county), id="clerk-02")
    kept = keep("demo", [], checked, _act(clerk), checked_against="v0003")
    assert submissions_seen(open_desk("demo"), (kept,), county) == (kept,)
    with signed_in(reader("publisher", county)):
        assert kept.id in sent(open_page("data", {"dataset": "demo", "part": "review"}))
    publish("demo", kept.id, _act(reader("publisher", county)), "v0003")


@pytest.mark.parametrize("taken_back", [False, True])
def test_who_publishes_a_firm_needs_the_town_it_stands_in_as_well(
    county: Scope, mine: pd.Series, stranger: pd.Series, taken_back: bool
) -> None:
    """Whatever the checks were told: the review asks itself, and takes nothing out of another county."""
    note, revenue = ("填错了撤回", "撤回") if taken_back else ("", "123")
    checked = _check(_row(str(stranger["firm_id"]), str(mine["town_code"]), str(stranger["period"]), revenue, note))
    assert len(checked.withdrawn) == taken_back
    kept = keep("demo", [], checked, _act(reader("clerk", county)), checked_against="v0003")
    with pytest.raises(ActRefused) as refused:
        publish("demo", kept.id, _act(reader("publisher", county)), "v0003")
    assert [fault.problem for fault in refused.value.faults] == ["out_of_scope"]
    assert open_submission("demo", kept.id).state == "received"
    assert str(stranger["town_code"]) in {town for town, _ in touched("demo", lambda: checked.tables)}
    assert submissions_seen(open_desk("demo"), (kept,), county) == ()


def test_where_a_firm_stands_is_told_by_its_period_else_by_its_newest() -> None:
    rows = [("F1", "2024", "A"), ("F1", "2025", "B"), ("F-2", "2024", "A")]
    frame = pd.DataFrame([(*row, "x") for row in rows], columns=["firm_id", "period", "town_code", "name_zh"])
    dataset = replace(load("demo"), frames={"firms": frame})
    asked = pd.DataFrame(
        [("F1", "2024"), ("F1", "2025"), ("F1", "2026"), ("F1", "2023"), ("F-2", "2026"), ("F3", "2025")],
        columns=["firm_id", "period"],
    )
    assert standing(dataset, asked["firm_id"], asked["period"]) == ["A", "B", "B", "B", "A", ""]
