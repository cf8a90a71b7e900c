"""The profile of a town: sums a reader can check, silence that stays silence, inner facts that stay inside."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import numpy as np
import pytest

from cockpit import briefings
from cockpit.briefings import desks, open_desk, province, town_profile
from cockpit.phrases import say
from cockpit.vocabulary import Language, Provenance
from cockpit.wording.profile import face
from cockpit.wording.profile_face import Face

DAY = date(2026, 11, 23)


def plain(shown: Face) -> str:
    """Every text of a face."""

    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for part in value.values() for text in texts(part)]
        if isinstance(value, list | tuple):
            return [text for part in value for text in texts(part)]
        return [value] if isinstance(value, str) else []

    return "\n".join(texts(dataclasses.asdict(shown)))


@pytest.fixture(scope="module")
def demo() -> briefings.Desk:
    return open_desk("demo")


@pytest.fixture(scope="module")
def public() -> briefings.Desk:
    return open_desk("public")


def test_a_town_stands_beside_the_medians_of_those_that_reported(demo: briefings.Desk) -> None:
    town = town_profile(demo, "D330102A", DAY)
    standing = next(item for item in town.standings if item.indicator.id == "total_output_yuan")
    listed = np.isin(demo.cube.status[demo.cube.periods.index("2025")], ("named", "creating", "cultivating"))
    values = demo.cube.of("total_output_yuan", "2025")
    known = sorted(values[listed & ~np.isnan(values)])
    assert (standing.count, standing.median) == (len(known), float(np.median(known)))
    assert standing.value == values[demo.cube.towns.index("D330102A")]
    assert standing.rank == 1 + sum(value > standing.value for value in known)
    # The middle 80 %: a tenth of the reported towns, within one, lies outside at either end.
    assert sum(value < standing.low for value in known) == pytest.approx(len(known) / 10, abs=1)
    assert sum(value > standing.high for value in known) == pytest.approx(len(known) / 10, abs=1)
    classes = demo.dataset.towns["industry_class"].astype("str").to_numpy()
    peers = values[listed & (classes == "digital_economy") & ~np.isnan(values)]
    assert (standing.class_count, standing.class_median) == (len(peers), float(np.median(peers)))


def test_a_class_of_few_has_no_median_and_says_why(demo: briefings.Desk) -> None:
    found = [
        (town_profile(demo, code, DAY), standing)
        for code in demo.cube.towns
        for standing in town_profile(demo, code, DAY).standings
        if standing.class_count < 5
    ]
    assert found, "the demo has a class that few report for"
    assert all(standing.class_median is None and standing.median is not None for _, standing in found)
    town, standing = found[0]
    bar = next(bar for bar in face(town, "zh", "").bars if bar.label == standing.indicator.label.zh)
    assert bar.peers == ""
    assert bar.peers_note == say("town.class_few", "zh", count=standing.class_count)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_numbers_of_a_row_are_in_one_unit(demo: briefings.Desk, language: Language) -> None:
    for code in demo.cube.towns:
        for bar in face(town_profile(demo, code, DAY), language, "").bars:
            # Places on the scale are what the numbers say: number over place is the same for every mark of a row.
            marks = [(bar.town, bar.at), (bar.whole, bar.at_whole), (bar.peers, bar.at_peers)]
            scales = [
                float(number.replace(",", "")) / place for number, place in marks if number and place and place > 0.05
            ]
            assert max(scales, default=1) <= min(scales, default=1) * 1.05, (code, bar)


def test_the_trend_begins_with_the_first_year_reported_and_keeps_its_holes(demo: briefings.Desk) -> None:
    trend = town_profile(demo, "D330102A", DAY).trend
    assert trend is not None
    assert [period for period, _ in trend.points] == [str(year) for year in range(2019, 2026)], "seven years"
    first, last = trend.points[0][1], trend.points[-1][1]
    assert first is not None
    assert last is not None
    assert trend.multiple == last / first
    for code in demo.cube.towns:
        points = trend.points if (found := town_profile(demo, code, DAY).trend) is None else found.points
        assert points[0][1] is not None


def test_a_figure_that_is_missing_names_the_last_one(demo: briefings.Desk) -> None:
    silent = [
        (at, record.of, fact.last)
        for at, code in enumerate(demo.cube.towns)
        for record, fact in zip(
            demo.register.town_code.facts.values(), town_profile(demo, code, DAY).facts, strict=True
        )
        if fact.value is None and fact.last
    ]
    assert "2026-09" in {last[0] for _, _, last in silent}, "who did not report the full year may have reported since"
    for at, name, (period, value) in silent:
        later = demo.cube.periods[demo.cube.periods.index(period) + 1 :]
        assert demo.cube.of(name, period)[at] == value
        assert all(np.isnan(demo.cube.of(name, text)[at]) for text in later)


@pytest.mark.parametrize("name", ["demo", "public"])
def test_every_town_has_a_face_in_both_languages_without_a_hole_in_the_words(name: str) -> None:
    desk = open_desk(name)
    for code in desk.cube.towns:
        for language in ("zh", "en"):
            shown = face(town_profile(desk, code, DAY), language, "")
            assert not re.search(r"(?<![A-Za-z])(nan|None)(?![A-Za-z])|\{[a-z_]+\}", plain(shown)), (code, language)
            assert all(0 <= place <= 1 for bar in shown.bars for place in (bar.at, bar.at_whole) if place is not None)


def test_real_towns_carry_no_verdict_and_no_simulated_figure(public: briefings.Desk) -> None:
    statuses = province(public, DAY).statuses
    assert {status.name for status in statuses.values()} == {"none"}
    assert {status.silence for status in statuses.values()} == {"published"}
    for code in public.cube.towns:
        town = town_profile(public, code, DAY)
        assert town.rating is None
        assert town.creating is None
        assert town.chain is None or not town.chain.held
        origins = [fact.provenance for fact in town.facts] + [entry.provenance for entry in town.history]
        assert Provenance.SIMULATED not in origins


def test_a_passer_by_reads_public_facts_only(demo: briefings.Desk) -> None:
    design = demo.register.town_code
    inner = {name for name, fact in design.facts.items() if not fact.is_public}
    assert inner
    for code in demo.cube.towns:
        town = town_profile(demo, code, DAY)
        shown = town.for_public()
        assert inner <= {fact.id for fact in town.facts}
        assert not inner & {fact.id for fact in shown.facts}
        assert all(design.history[entry.kind].is_public for entry in shown.history)
        assert all(issue.matter.is_public for issue in shown.status.issues)
        assert (shown.status.name, shown.status.count) == (town.status.name, town.status.count)
        assert shown.creating is None or shown.creating.grade is None


def test_an_extension_in_the_log_takes_the_open_matter_away(demo: briefings.Desk) -> None:
    statuses = province(demo, DAY).statuses
    code = next(code for code, found in statuses.items() if [issue.matter.id for issue in found.issues] == ["term_due"])
    later = town_profile(demo, code, DAY, ((code, date(2027, 12, 31)),))
    assert later.status.name == "course"
    assert not later.status.issues


def test_no_such_town_is_a_key_error(demo: briefings.Desk) -> None:
    with pytest.raises(KeyError):
        town_profile(demo, "330102-01", DAY)


def test_the_status_says_in_words_how_much_is_open_and_why(demo: briefings.Desk) -> None:
    def words(code: str) -> tuple[str, str, tuple[str, ...]]:
        shown = face(town_profile(demo, code, DAY), "zh", "")
        return shown.status.word, shown.status_count, tuple(matter.head for matter in shown.matters)

    three = ("特色产业产出占比 69.3%", "绿化覆盖率 27.9%", "三年行动计划 无覆盖当日的计划")
    assert words("D330102A") == ("正常", "无未结事项", ())
    assert words("D330102B") == ("关注", "1项未结事项", ("特色产业产出占比 68.6%",))
    assert words("D330102D") == ("关注", "3项未结事项", three)
    assert words("D330108A") == ("整改", "2项未结事项，触红线", ("房地产化 1项问题", "特色产业产出占比 63%"))


def test_an_assessment_comes_at_the_end_of_its_year(demo: briefings.Desk) -> None:
    shown = town_profile(demo, "D331125C", DAY).history
    assert [entry.day for entry in shown[:2]] == ["2020-02-29", "2020"], "listed in February, assessed for the year"


_RETURNS = ("returns", "land")
_REGISTERS = ("inspections", "plans", "assessments", "extensions", "list_history")


@pytest.mark.many
@pytest.mark.parametrize(
    ("emptied", "status", "bars", "entries"),
    [
        (_RETURNS, "watch", False, True),  # nobody reported: the missing return itself is the open matter
        (("firm_cubes", "node_silences"), "normal", True, True),
        (_REGISTERS, "normal", False, False),
        ((*_RETURNS, *_REGISTERS, "firm_cubes", "node_silences", "sources"), "none", False, False),
    ],
)
def test_a_profile_of_next_to_nothing_is_short_and_honest(
    demo: briefings.Desk, emptied: tuple[str, ...], status: str, bars: bool, entries: bool
) -> None:
    frames = {**demo.dataset.frames, **{name: demo.dataset.table(name).iloc[:0] for name in emptied}}
    desk = desks._desk(dataclasses.replace(demo.dataset, frames=frames), demo.register)
    town = town_profile(desk, "D330102A", DAY)
    shown = face(town, "zh", "")
    assert town.status.name == status
    assert bool(shown.bars) is bars
    assert bool(shown.history) is entries
    assert not re.search(r"(?<![A-Za-z])(nan|None)(?![A-Za-z])", plain(shown))
    if "returns" in emptied:
        assert [fact.number for fact in shown.facts if fact.label == "总产出"] == ["暂无数据"]
