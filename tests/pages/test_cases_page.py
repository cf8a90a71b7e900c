"""The page of cases: the list, one case beside its class, none, and nobody else's."""

from __future__ import annotations

from urllib.parse import quote

import numpy as np
import pandas as pd
import pytest

from cockpit.analysis.briefing import cases
from cockpit.analysis.measures import build_cube
from cockpit.briefings import open_desk
from cockpit.policy.register import load
from cockpit.rights import read_scope
from tests.access.scoped import reader, sent, signed_in
from tests.pages.opening import open_page, words

REGISTER = load()
ROW = {
    "town_code": "甲", "name": "先租后让", "field": "project", "done": "做法", "indicator": "total_output_yuan",
    "from": "2023", "to": "2025", "since": "2023-03-01", "followers": "丙， 丁",
}  # fmt: skip


def found(**changes: object) -> object:
    """One case of five towns of a class: 甲 doubles, the others grow by 0, 10, 20 and 30 %."""
    codes = list("甲乙丙丁戊")
    towns = pd.DataFrame({"town_code": codes, "industry_class": "equipment"})
    history = pd.DataFrame({"town_code": codes, "effective_on": "2020-01-01", "list_status": "named"})
    values = [("2023", code, 100.0) for code in codes]
    values += [("2025", code, value) for code, value in zip(codes, (200.0, 100.0, 110.0, 120.0, 130.0), strict=True)]
    returns = pd.DataFrame(values, columns=["period", "town_code", "value"]).assign(indicator="total_output_yuan")
    cube = build_cube(towns, returns, pd.DataFrame(), history, REGISTER)
    entries = pd.DataFrame([{**ROW, **changes}])
    return cases(entries, towns, cube, REGISTER, frozenset(codes), frozenset(codes), {})


def test_a_case_stands_beside_the_median_of_its_class() -> None:
    (case,) = found()
    assert (case.own.before, case.own.after, case.own.growth) == (100.0, 200.0, 1.0)
    assert case.peers == pytest.approx(0.15)  # of 0, 10, 20 and 30 %
    assert [point.year for point in case.course] == [2020, 2021, 2022, 2023, 2024, 2025]
    assert case.course[0].own is None
    assert np.allclose([case.course[3].own, case.course[5].own, case.course[5].peers], [100.0, 200.0, 115.0])


def test_who_could_learn_is_of_the_class_and_does_not_follow_yet() -> None:
    (case,) = found()
    assert case.followers == ("丙", "丁")
    assert [(item.code, round(item.growth, 2)) for item in case.learners] == [("乙", 0.0), ("戊", 0.3)]


def test_missing_is_not_zero_and_a_figure_there_is_not_is_no_case() -> None:
    (case,) = found(**{"from": "2021", "followers": None})
    assert (case.own.before, case.own.growth, case.peers, case.followers) == (None, None, None, ())
    assert found(indicator="no_such_figure") == ()


def test_the_page_lists_them_and_opens_one() -> None:
    app = open_page("cases", {"lang": "zh"})
    assert not app.exception
    told = words(app)
    assert "已发布 7 个" in told
    assert "只说明前后变化，不说明由做法引起" in told
    assert 'class="ccourse"' in told


@pytest.mark.parametrize("parameters", [{"case": "zzz"}, {"q": "D330681B"}, {"lang": "en"}])
def test_it_is_opened_in_every_state(parameters: dict[str, str]) -> None:
    assert not open_page("cases", parameters).exception


def test_without_a_case_it_says_how_one_comes_about() -> None:
    assert "由另一人审核发布" in open_page("cases", {"lang": "zh", "dataset": "public"}).info[0].value


def test_a_reader_with_a_scope_learns_of_no_other_town() -> None:
    with signed_in(reader("viewer", read_scope("330681"))):
        told = sent(open_page("cases", {"lang": "zh"}))
    assert "诸暨乙古村小镇" in told
    assert "平阳甲山水小镇" not in told


@pytest.mark.long
def test_the_town_code_leads_to_its_cases_and_to_those_it_follows() -> None:
    every = open_desk("demo").dataset.table("element_best_practice")
    row = next(row for row in every.to_dict("records") if row["followers"])
    told = words(open_page("town", {"lang": "zh", "code": str(row["town_code"]), "prefecture": "331100"}))
    assert "case=" + quote(f"{row['town_code']}.{row['name']}") in told
    follower = str(row["followers"]).split(",")[0]
    told = words(open_page("town", {"lang": "zh", "code": follower}))
    assert "已学" in told
    assert row["name"] in told
    none = next(code for code in open_desk("demo").cube.towns if not every.isin([code]).any().any()
                and not every["followers"].fillna("").str.contains(code).any())  # fmt: skip
    assert "case=" not in words(open_page("town", {"lang": "zh", "code": none}))
