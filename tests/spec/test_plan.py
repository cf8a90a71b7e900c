"""A next target proposed and broken down: sums exact at every level, bounds kept, all of it marked."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from cockpit.analysis.briefing import break_down, propose, raise_towns
from cockpit.analysis.planning.allocation import CannotBeMet
from cockpit.analysis.planning.methods import METHODS, yearly_growth
from cockpit.briefings import Desk, open_desk
from cockpit.briefings.demonstrating import place_plans
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.planning import proposal
from cockpit.cli import main
from cockpit.errors import CockpitError
from cockpit.exports.planning import methods_sheet
from cockpit.exports.tables import write_xlsx
from cockpit.phrases import say
from cockpit.vocabulary import Language
from cockpit.wording.plan import kept

OUTPUT = "total_output_yuan"
YI = 1e8


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk("demo")


def test_what_2025_asked_for_was_eight_per_cent_a_year() -> None:
    assert yearly_growth(19_800, 25_000, 3) == pytest.approx(0.081, abs=0.0005)


def test_the_methods_stand_side_by_side_and_the_median_is_of_those_that_gave_one(desk: Desk) -> None:
    found = propose(desk.cube, desk.dataset, desk.register.indicator(OUTPUT), 2030, desk.register.planning)
    values = [item.value for item in found.proposals]
    continued, outer, benchmark, catch_up, ceiling, bottom_up = values
    assert bottom_up is None  # the three-year plans hold investment only
    told = [value for value in (continued, outer, benchmark, catch_up) if value is not None]
    assert len(told) == 4
    assert all(value > found.base for value in told)
    assert ceiling is not None
    assert ceiling > max(told)  # what can be at most is no proposal
    assert found.median == sum(sorted(told)[1:3]) / 2
    carried = found.proposals[0]
    assert carried.yearly == pytest.approx(found.observed)


def test_a_breakdown_adds_up_to_the_last_yi_at_every_level(desk: Desk) -> None:
    towns, design = desk.dataset.towns, desk.register.planning
    found = break_down(desk.cube, towns, desk.register.indicator(OUTPUT), 2030, 33_000 * YI, YI, design)
    assert sum(found.shares.values()) == 33_000 * YI
    assert all(value % YI == 0 for value in found.shares.values())
    mountain = dict(zip(towns["town_code"].astype(str), towns["is_mountain_county"], strict=True))
    for code, share in found.shares.items():
        ceiling = design.limit("ceiling_mountain" if mountain[code] else "ceiling")
        assert found.bases[code] * 1.02**5 - YI <= share <= found.bases[code] * (1 + ceiling) ** 5 + YI
        assert found.low[code] <= found.high[code]
    listed = desk.cube.in_scope("province", "2025").sum()
    assert len(found.shares) + len(found.without_base) == listed
    assert found.without_base  # named, and nobody's share is zero for it


def test_a_town_too_small_for_a_whole_unit_is_marked_and_no_other_passes_its_ceiling(desk: Desk) -> None:
    design, towns = desk.register.planning, desk.dataset.towns
    mountain = dict(zip(towns["town_code"].astype(str), towns["is_mountain_county"], strict=True))
    for name, total in ((OUTPUT, 32_400 * YI), ("tax_revenue_yuan", 2_000 * YI)):
        found = break_down(desk.cube, towns, desk.register.indicator(name), 2030, total, YI, design)
        ceilings = {
            code: base * (1 + design.limit("ceiling_mountain" if mountain[code] else "ceiling")) ** 5
            for code, base in found.bases.items()
        }
        above = {code for code, share in found.shares.items() if share > ceilings[code] * (1 + 1e-9)}
        assert above
        assert above == {code for code, bound in found.at_bound.items() if bound == "whole"}
        # What a share swings between holds its bounds in whole units too.
        assert all(found.high[code] <= max(ceilings[code] * (1 + 1e-9), found.shares[code]) for code in found.shares)
        assert all(found.low[code] <= found.shares[code] + YI for code in found.shares)


def test_the_same_input_gives_the_same_breakdown(desk: Desk) -> None:
    ask = (
        desk.cube,
        desk.dataset.towns,
        desk.register.indicator(OUTPUT),
        2030,
        33_000 * YI,
        YI,
        desk.register.planning,
    )
    one, other = break_down(*ask), break_down(*ask)
    assert (one.shares, one.low, one.high) == (other.shares, other.low, other.high)


def test_what_cannot_be_met_says_between_what(desk: Desk) -> None:
    towns, design = desk.dataset.towns, desk.register.planning
    with pytest.raises(CannotBeMet) as told:
        break_down(desk.cube, towns, desk.register.indicator(OUTPUT), 2030, 90_000 * YI, YI, design)
    assert told.value.least < 33_000 * YI < told.value.most < 90_000 * YI


def test_a_ratio_is_not_shared_out_and_a_past_year_not_proposed(desk: Desk) -> None:
    towns, design = desk.dataset.towns, desk.register.planning
    with pytest.raises(CockpitError, match="is a ratio"):
        break_down(desk.cube, towns, desk.register.indicator("specialty_output_share"), 2030, 0.75, 1.0, design)
    with pytest.raises(CockpitError, match="2025 is not after 2025"):
        propose(desk.cube, towns, desk.register.indicator(OUTPUT), 2025, design)
    public = open_desk("public")
    with pytest.raises(CockpitError, match="no town has a base"):
        propose(public.cube, public.dataset.towns, public.register.indicator(OUTPUT), 2030, design)


def test_the_worst_towns_are_raised_until_the_mean_is_reached(desk: Desk) -> None:
    found = raise_towns(desk.cube, desk.register.indicator("specialty_investment_share"), 0.76, "province")
    assert found.now < 0.76
    assert all(before < found.level == pytest.approx(after) for before, after in found.raised.values())


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["plan", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_commands_mark_everything_as_a_proposal(tmp_path: Path) -> None:
    assert run("propose", OUTPUT).count("[建议]") == 7
    assert "[proposed]" in run("raise", "specialty_output_share", "--aim", "0.76", "--lang", "en")
    assert "已经达到" in run("raise", "specialty_output_share", "--aim", "0.5")
    file = tmp_path / "plan.xlsx"
    run("breakdown", OUTPUT, str(file), "--total", "33000", "--unit", "亿元")
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    assert book.sheetnames[:2] == ["合计", "杭州"]
    assert all("（建议）" in str(sheet["A1"].value) for sheet in book.worksheets[:-1])
    rows = [[cell.value for cell in row] for row in book["合计"].iter_rows(min_row=3)]
    assert rows[-1][4] == sum(row[4] for row in rows[:-1]) == 33_000
    for name in book.sheetnames[1:-1]:
        own = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=3)]
        assert own[-1][4] == sum(row[4] for row in own[:-1])
        assert book[name]["J3"].protection.locked is False
        assert book[name].protection.sheet
    assert not any(
        str(cell.value).startswith("=") for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("breakdown", OUTPUT, "-", "--total", "90000", "--unit", "亿元"), "分不下去"),
        (("breakdown", OUTPUT, "-", "--total", "5", "--unit", "亩"), "亩 is no unit of total_output_yuan"),
        (("propose", "total_outpt_yuan"), "did you mean 'total_output_yuan'"),
        (("raise", OUTPUT, "--aim", "0.7"), "is no ratio"),
        (("breakdown", "specialty_output_share", "-", "--total", "0.75"), "use `plan raise specialty_output_share"),
        (("breakdown", OUTPUT, "-", "--total", "1e308", "--unit", "亿元"), "1e+308 is no figure to be shared out"),
        (("breakdown", OUTPUT, "/nowhere/plan.xlsx", "--total", "33000"), "cannot be written"),
        (("raise", "specialty_output_share", "--aim", "7"), "7.0 is no share"),
        (("raise", "specialty_output_share", "--aim", "nan"), "nan is no share"),
        (("propose", OUTPUT, "--year", "99999"), "is more than 50 years after 2025"),
        (("breakdown", OUTPUT, "-", "--total", "nan", "--unit", "亿元"), "nan is no figure to be shared out"),
        (("breakdown", OUTPUT, "-", "--total", "33000.5", "--unit", "亿元"), "33000.5 is no whole number of 亿元"),
    ],
)
def test_what_cannot_be_done_is_told_plainly(arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(main, ["plan", *arguments])
    assert done.exit_code == 2
    assert said in done.output
    assert not done.exception or isinstance(done.exception, SystemExit)


def test_what_is_kept_of_a_typed_figure_is_what_its_field_shows(desk: Desk) -> None:
    output, share = (desk.register.indicator(name) for name in (OUTPUT, "specialty_output_share"))
    assert kept(31_768.597, output, "zh") == 31_769 * YI
    assert kept(3_176.86, output, "en") == 31_769 * YI  # a tenth of a billion is a whole 亿
    assert kept(75.25, share, "zh") == 0.7525
    assert kept(None, output, "zh") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_methods_leave_as_a_workbook_that_opens_and_counts_towns(
    desk: Desk, language: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")
    place_plans()
    found = {OUTPUT: proposal(desk, OUTPUT, 2030)}
    sheet = methods_sheet(desk, all_plans().of("2030"), found, language, dict.fromkeys(METHODS, "x"), 131)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(sheet)))
    assert book.sheetnames[0].startswith({"zh": "建议", "en": "proposed"}[language])
    notes = {str(label): text for label, text in book.worksheets[1].iter_rows(values_only=True)}
    assert notes[say("export.count", language)] == "131"
