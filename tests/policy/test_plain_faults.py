"""What is told of a record that makes no sense, or is not written as records are: file, record, field, what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit.errors import RecordError
from cockpit.policy.register import FOLDER, load

Spoil = Callable[[str, str, str, str], str]
TAX = "tax_revenue_2025"


@pytest.fixture
def spoilt(tmp_path: Path) -> Spoil:
    """What is said of a copy of the records with one field of one of them written otherwise; "" takes it out, and a
    field the record does not have is added."""

    def said(file: str, record: str, field: str, written: str) -> str:
        folder = tmp_path / "policy"
        shutil.copytree(FOLDER, folder)
        path = folder / file
        before, after = path.read_text(encoding="utf-8").split(f"[{record}]\n", 1)
        line = f"{field} = {written}\n" if written else ""
        own, *others = re.split(r"^(?=\[)", after, maxsplit=1, flags=re.MULTILINE)
        changed, count = re.subn(rf"(?m)^{field}\s*=.*\n", lambda _: line, own, count=1)
        text = f"{before}[{record}]\n" + (changed if count else line + own) + "".join(others)
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RecordError) as error:
            load(folder)
        return str(error.value)

    return said


@pytest.mark.many
@pytest.mark.parametrize(
    ("file", "record", "field", "written", "told"),
    [
        ("targets", TAX, "value", "0", "value: a target of 0 is none. write a figure above 0."),
        ("targets", TAX, "value", "nan", "value: nan is not a finite number. write the figure."),
        ("targets", TAX, "value", "inf", "value: inf is not a finite number. write the figure."),
        ("targets", TAX, "value", "1" + "0" * 400, "value: inf is not a finite number."),
        ("targets", TAX, "value", "-1500", "value: -1.5e+11 is below 0. write a figure of 0 or more."),
        ("targets", TAX, "value", "true", "value: true is not a number. write it without quotes, as value = 5."),
        ("targets", "named_towns_2025", "value", "99.5", "value: 99.5个 is no whole number. write a whole number."),
        ("targets", "specialty_output_share_2025", "value", "700", "value: 700 % is above the whole."),
        ("targets", TAX, "due", "2030-12-31", "due: is due in 2030, its set '2025' in 2025. mend the year"),
        ("targets", TAX, "due", '"2025-12-31"', "due: '2025-12-31' is not a date. write it without quotes"),
        ("targets", TAX, "due", "2025-12-31T00:00:00", "due: 2025-12-31T00:00:00 is not a date. write it without"),
        ("targets", TAX, "unit", '"亿圆"', "unit: unknown unit '亿圆'. known: 万亿元, 万元, 亿元, 元,"),
        ("targets", TAX, "unit", '"年"', "unit: 年 is not a unit of yuan."),
        ("targets", TAX, "quote", '" "', "quote: a record of origin policy needs clause and quote, and quote is"),
        ("targets", TAX, "clause", "", "clause: a record of origin policy needs clause and quote, and clause is"),
        ("targets", TAX, "reading_en", '""', "reading_en: says nothing, and reading_zh does. write both languages"),
        ("targets", TAX, "reading_en", '"\u200b"', "reading_en: says nothing. write it, or leave the field out."),
        ("targets", TAX, "rank", "", "rank: field 'rank' is missing. add it"),
        ("targets", TAX, "rnak", '"money"', "rnak: unknown field 'rnak'. did you mean 'rank'?"),
        (
            "targets", TAX, "indicator", '"total_output_yuan"',
            "indicator: 'total_output_yuan' of scope 'province' stands in set '2025' twice, "
            "first in [total_output_2025]. strike one of the two out.",
        ),
        ("target_sets", "2025", "since", "2030", "since: counts from 2030, after it is due on 2025-12-31."),
        ("target_sets", "2025", "due", "2020-12-31", "since: counts from 2022, after it is due on 2020-12-31."),
        ("target_sets", "2025", "since", "22", "since: 22 is no year from 1990 to 2100. mend the year."),
        ("target_sets", "2025", "since", "2022.0", "since: 2022 is not a whole number."),
        ("target_sets", "2025", "label_en", '""', "label_en: says nothing, and label_zh does. write both"),
        ("rules", "green_cover_minimum", "value", "-30", "value: -0.3 is below 0. write a figure of 0 or more."),
        ("rules", "green_cover_minimum", "value", "300", "value: 300 % is above the whole. write a share from 0 to"),
        ("rules", "green_cover_minimum", "unit", '"家"', "unit: 家 is not a unit of green_cover_share"),
        ("rules", "green_cover_minimum", "unit", '""', "unit: a value needs a unit."),
        ("rules", "green_cover_minimum", "subject", '"green_cover"', "subject: unknown subject 'green_cover'. did you"),
        ("rules", "coverage_minimum", "value", "4500", "value: 4500 % is above the whole."),
        ("rules", "coverage_minimum", "value", "", "value: field 'value' is missing. add value and unit"),
        ("rules", "pace_base_year", "value", "22", "value: 22 is no year from 1990 to 2100. write the year, as 2022."),
        ("rules", "creation_clock", "value", "0", "value: must be above 0. write a figure above 0."),
        ("rules", "forecast_interval", "value", "100", "value: an interval of 100 % has no end."),
        ("rules", "queue_near", "value", "1.5", "value: 1.5天 is no whole number."),
        ("rules", "on_track_ratio", "value", "50", "value: 50% is not above the 60% of [accelerate_ratio]."),
        ("risk", "residential_25", "value", "250", "value: 250 % is above the whole."),
        ("risk", "residential_25", "unit", '"天"', "unit: 天 is not a unit of residential_share"),
        ("stars", "specialty_output_70", "value", "nan", "value: nan is not a finite number."),
        ("per_mu", "parameter.weight_present", "value", "101", "value: 101 % is above the whole."),
        ("per_mu", "parameter.cap", "value", "0", "value: is not above [parameter.floor]. put the two in order."),
        ("chain_rules", "parameter.output_middle", "value", "10", "value: is not above [parameter.output_low]."),
        ("alerts", "investment_share_low", "value", "70", "value: 7000 % is above the whole."),
        ("town_code", "parameter.middle", "value", "800", "value: 800 % is above the whole. write a share of 100 %"),
        ("planning", "limit.half_life", "value", "0", "value: must be above 0."),
        ("planning", "limit.ceiling", "value", "13", "value: 13 is above the whole. write a share of 1, as 0.13."),
        ("planning", "limit.draws", "value", "0.5", "value: is no whole number."),
        ("limits", "limit.body_kib", "value", "0.5", "value: 0.5 is no whole number. write a whole number of units."),
        ("access", "limit.failures", "value", "0.5", "value: 0.5 is no whole number. write a whole number of units."),
        ("supervision", "limit.due_days", "value", "1e9", "value: 1e+09 days are more than a century."),
        ("rules", "decision_horizon", "value", "10000000", "value: 10000000天 is more than a century."),
        ("wall", "wall", "stale_days", "1000000000000", "stale_days: is larger than any figure meant here."),
        ("indicators", "fund_invested_yuan", "amount", '"invsted"', "amount: unknown field 'invsted' of [kind.fund]"),
        ("intake", "former_county.330104", "until", "0", "until: 0 must be at least 1949. mend the figure."),
        ("alerts", "investment_share_low", "margin", "50", "margin: 5000 % is above the whole."),
        ("vitality", "item.job_density", "factor", "0", "factor: 0 must be above 0. mend the figure."),
        ("vitality", "index", "scale_high", "0", "scale_high: is not above scale_low, 1. put the two in order."),
        ("intake", "unit.yuan", "minimum", "1e20", "maximum: is not above the minimum"),
        ("vitality", "item.green_cover", "high", "0", "high: 0 is not above low"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_at_its_field(
    spoilt: Spoil, file: str, record: str, field: str, written: str, told: str
) -> None:
    said = spoilt(f"{file}.toml", record, field, written)
    assert said.startswith(f"{file}.toml "), said
    assert f"[{record.split('.')[-1]}] {told}" in said or f"[{record}] {told}" in said, said
    assert "Value error" not in said


def test_a_misspelt_field_is_named_with_the_one_that_is_missing(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path = folder / "targets.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("rank ", "rnak ", 1), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        load(folder)
    assert str(error.value) == (
        "targets.toml [named_towns_2025] rnak: unknown field 'rnak', and field 'rank' is missing. did you mean 'rank'?"
    )


@pytest.mark.parametrize(
    ("file", "name"), [("limits", "limit.body_kib"), ("planning", "weight.base"), ("per_mu", "parameter.cap")]
)
def test_a_misspelt_record_is_named_with_the_one_that_is_missing(tmp_path: Path, file: str, name: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path, (section, last) = folder / f"{file}.toml", name.split(".")
    path.write_text(path.read_text(encoding="utf-8").replace(f"[{name}]", f"[{name}z]", 1), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        load(folder)
    said = f"{file}.toml [{name}z]: unknown {section} '{last}z'. did you mean {last!r}?"
    assert str(error.value) == said


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_than_utf_8_is_told_by_file_and_line(tmp_path: Path, encoding: str) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path = folder / "rules.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    with pytest.raises(RecordError, match=r"rules\.toml: line \d+ is not UTF-8\. save the file as UTF-8"):
        load(folder)


def test_a_mark_of_utf_8_before_the_first_record_is_read_over(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path = folder / "rules.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-8-sig"))
    assert load(folder).fingerprint == load().fingerprint


def test_a_register_without_any_set_of_targets_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    (folder / "target_sets.toml").write_text("", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        load(folder)
    assert str(error.value) == "target_sets.toml: no set of targets. add a record, as [2025]."


def test_a_step_of_a_ladder_is_looked_at_when_the_records_are_read(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path = folder / "elements.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Firm's research institute", " ", 1), encoding="utf-8")
    with pytest.raises(RecordError, match=r"elements\.toml ladder\.\w+\.steps \[\w+\] en: says nothing\. write it\."):
        load(folder)


def test_a_value_outside_any_record_is_told(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "policy")
    path = folder / "limits.toml"
    path.write_text(f"limit = 5\n{path.read_text(encoding='utf-8').replace('[limit.', '[limits.')}", encoding="utf-8")
    with pytest.raises(RecordError) as error:
        load(folder)
    assert str(error.value) == "limits.toml limit: a value stands outside any record. put it under a [record]."
