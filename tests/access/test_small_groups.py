"""A province total that, less the reader's own towns, would be the figure of one or two others is not told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Receive, Send
from starlette.types import Scope as Asked

from cockpit.analysis.measures import growth, measure, reported
from cockpit.analysis.selection import Selection, towns_in
from cockpit.briefings import Desk, brief, open_desk, per_mu, review, target_depth, today, town_profile, vitality
from cockpit.datasets.publishing.releases import publish
from cockpit.exports.towns import class_medians
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope
from cockpit.service.entrance import PERSON
from cockpit.service.routes import ROUTES
from cockpit.visuals.marks.markup import escape
from cockpit.visuals.per_mu.quadrant import draw_quadrant
from cockpit.visuals.targets import verdict as verdict_drawing
from cockpit.visuals.targets.record import looks
from cockpit.vocabulary import LANGUAGES, Language, Status
from cockpit.wording import targets as wording
from cockpit.wording.profile import face as face_of
from tests.access.scoped import foreign, leaks, reader, sent, signed_in
from tests.acts import by
from tests.datasets import publishing_small
from tests.pages.opening import open_page

LEAST = 3
TARGET, PERIOD = "total_output_2025", "2025"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk("demo")


def _all_but(desk: Desk, others: int, target_id: str = TARGET) -> Scope:
    """A scope outside which so many towns stand behind the figure of a target."""
    target = desk.register.targets[target_id]
    rows = desk.cube.in_scope(target.scope, PERIOD)
    rows = rows & reported(desk.cube, desk.register.indicator(target.indicator), PERIOD)
    outside = {desk.cube.towns[at] for at in np.flatnonzero(rows)[:others]}
    return Scope(towns=frozenset(desk.cube.towns) - outside)


def _value(desk: Desk, scope: Scope, target_id: str = TARGET) -> float | None:
    return brief(desk, Selection(PERIOD, scope=scope), today()).card(target_id).value


def test_the_least_group_is_the_one_on_record() -> None:
    assert load().access.limit("small_group") == LEAST


@pytest.mark.parametrize("others", [0, 1, 2, 3, 4])
def test_a_total_is_shown_with_three_others_or_with_none(desk: Desk, others: int) -> None:
    whole = _value(desk, ALL)
    assert whole is not None
    assert _value(desk, _all_but(desk, others)) == (None if 0 < others < LEAST else whole)


@pytest.mark.parametrize("target_id", load().targets)
def test_every_target_keeps_to_it_but_for_who_is_on_the_list(desk: Desk, target_id: str) -> None:
    is_public = desk.register.indicator(desk.register.targets[target_id].indicator).origin_of_value == "list"
    assert (_value(desk, _all_but(desk, 2, target_id), target_id) is None) != is_public
    assert _value(desk, _all_but(desk, 3, target_id), target_id) == _value(desk, ALL, target_id)


def test_what_is_not_told_cannot_be_judged_and_says_why(desk: Desk) -> None:
    selection = Selection(PERIOD, scope=_all_but(desk, 2))
    card = brief(desk, selection, today()).card(TARGET)
    assert (card.status, card.attainment.reason) == (Status.CANNOT_JUDGE, "small_group")
    assert (card.attainment.gap, card.attainment.share, card.attainment.pace) == (None, None, None)
    for language in LANGUAGES:
        told = wording.gap_words(card, language, desk.limits)
        assert told == say("card.small_group", language)


def test_the_own_part_is_told_as_ever(desk: Desk) -> None:
    selection = Selection(PERIOD, scope=_all_but(desk, 2))
    briefing = brief(desk, selection, today())
    own = desk.cube.of("total_output_yuan", PERIOD)[briefing.keep & desk.cube.in_scope("province", PERIOD)]
    assert briefing.card(TARGET).contribution == pytest.approx(float(np.nansum(own)))


def test_no_year_growth_forecast_or_bound_tells_it_either(desk: Desk) -> None:
    scope = _all_but(desk, 2)
    depth = target_depth(desk, Selection(PERIOD, scope=scope), today(), TARGET)
    assert PERIOD not in {str(point.period) for point in depth.points}
    assert depth.forecast.steps == ()
    assert depth.outturn is None
    assert depth.anchor is None or depth.anchor.value is None
    cube = brief(desk, Selection(PERIOD, scope=scope), today()).cube
    assert growth(cube, desk.register.indicator("total_output_yuan"), PERIOD, "province") is None


def test_bounds_of_few_silent_others_are_not_told(desk: Desk) -> None:
    """Highest less value is what the silent last had."""
    target = next(
        target for target in desk.register.targets.values()
        if (rows := desk.cube.in_scope(target.scope, PERIOD)).any()
        and (rows & ~reported(desk.cube, desk.register.indicator(target.indicator), PERIOD)).sum() > LEAST
    )  # fmt: skip
    rows = desk.cube.in_scope(target.scope, PERIOD)
    silent = np.flatnonzero(rows & ~reported(desk.cube, desk.register.indicator(target.indicator), PERIOD))
    told = np.flatnonzero(rows & reported(desk.cube, desk.register.indicator(target.indicator), PERIOD))
    for few, is_told in ((2, False), (3, True)):
        outside = {desk.cube.towns[at] for at in (*silent[:few], *told[:5])}
        scope = Scope(towns=frozenset(desk.cube.towns) - outside)
        card = brief(desk, Selection(PERIOD, scope=scope), today()).card(target.id)
        assert card.value is not None
        assert (card.silence is not None) == is_told


def _scopes(desk: Desk) -> Iterator[Scope]:
    """Those an office has: a prefecture, a county, all prefectures but one."""
    towns = desk.dataset.towns
    prefectures = set(towns["prefecture_adcode"].astype(str))
    for area in sorted(prefectures | set(towns["county_adcode"].astype(str))):
        yield Scope(frozenset({area}))
    for area in sorted(prefectures):
        yield Scope(frozenset(prefectures - {area}))


@pytest.mark.long
def test_no_figure_of_any_office_less_its_own_is_that_of_one_or_two_towns(desk: Desk) -> None:
    """By the shape of the sums, over every target, period and office; and none is kept back without need."""
    hidden = shown = 0
    for scope in _scopes(desk):
        seen = towns_in(desk.dataset.towns, scope)
        cube = brief(desk, Selection(PERIOD, scope=scope), today()).cube
        for target in desk.register.targets.values():
            indicator = desk.register.indicator(target.indicator)
            if indicator.origin_of_value == "list":
                continue
            for period in desk.cube.periods:
                known = desk.cube.in_scope(target.scope, period) & reported(desk.cube, indicator, period)
                others = int((known & ~seen).sum())
                told, whole = (measure(at, indicator, period, target.scope).value for at in (cube, desk.cube))
                assert told == (None if 0 < others < LEAST else whole), (scope, target.id, period)
                hidden, shown = hidden + (0 < others < LEAST), shown + (told is not None)
    assert shown > 1000


@pytest.mark.long
def test_the_page_and_the_interface_show_nothing_of_it(desk: Desk) -> None:
    scope = _all_but(desk, 2)
    person = reader("analyst", scope)
    app = Starlette(routes=ROUTES)

    async def as_person(asked: Asked, receive: Receive, send: Send) -> None:
        await app({**asked, PERSON: person} if asked["type"] == "http" else asked, receive, send)

    whole = _value(desk, ALL)
    assert whole is not None
    figure = str(wording.value_figure(whole, desk.register.indicator("total_output_yuan"), "zh"))
    for path in ("targets", f"targets/{TARGET}"):
        told = TestClient(as_person).get(f"/api/v1/{path}", params={"dataset": "demo", "period": PERIOD})
        assert told.status_code == 200
        assert repr(whole) not in told.text
        assert figure not in told.text
    card = told.json()["target"]
    assert (card["value"], card["gap"], card["status"], card["reason"]) == (None, None, "cannot_judge", "small_group")
    for page in ("cockpit", "targets", "wall"):
        with signed_in(person):
            opened = open_page(page, {"dataset": "demo", "period": PERIOD, "target": TARGET})
        assert not opened.exception, page
        assert figure not in sent(opened), page


def test_the_median_of_a_class_with_few_others_is_not_told(desk: Desk) -> None:
    name = "total_output_yuan"
    rows = desk.cube.in_scope("province", PERIOD) & ~np.isnan(desk.cube.of(name, PERIOD))
    classes = desk.dataset.towns["industry_class"].astype(str).to_numpy()
    code = classes[np.flatnonzero(rows)[0]]
    peers = np.flatnonzero(rows & (classes == code))
    assert len(peers) > LEAST
    for others, is_told in ((2, False), (3, True)):
        outside = {desk.cube.towns[at] for at in peers[:others]}
        scope = Scope(towns=frozenset(desk.cube.towns) - outside)
        medians = class_medians(brief(desk, Selection(PERIOD, scope=scope), today()), name)
        assert (code in medians) == is_told


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A second version in which one town's output is another; returns the town and the id of its submission."""
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    code = str(open_desk("demo").dataset.towns["town_code"].iloc[0])
    kept = publishing_small.submit({(code, PERIOD, "total_output_yuan"): 999.0})
    publish("demo", kept.id, by("李四"), "v0003")
    return code, kept.id


@pytest.mark.long
def test_what_a_version_moved_is_told_to_who_sees_all_towns_alone(changed: tuple[str, str]) -> None:
    """Before and after of the province, less one another, are what the one town brought."""
    towns = open_desk("demo").dataset.towns
    elsewhere = Scope(frozenset({str(towns["prefecture_adcode"].iloc[-1])}))
    for scope, is_told in ((ALL, True), (elsewhere, False)):
        with signed_in(reader("leader", scope)):
            told = sent(open_page("cockpit", {"dataset": "demo", "period": PERIOD})).replace('\\"', '"')
            wall = sent(open_page("wall", {"dataset": "demo", "period": PERIOD, "scenes": "overview"}))
        assert ('<ul class="quiet moved"><li' in told) == is_told
        assert '<ul class="quiet moved">' in told
        assert (say("wall.changes", "zh", number=4) in wall) == is_told
        assert leaks(told + wall, foreign("demo", scope)) == []


@pytest.mark.long
def test_a_reviewer_sees_no_total_that_is_his_own_and_one_or_two_others(changed: tuple[str, str]) -> None:
    town, submission = changed
    before = open_desk("demo", "v0003")
    row = before.dataset.towns.set_index("town_code").loc[town]
    of_it = before.dataset.towns["prefecture_adcode"].astype(str) == str(row["prefecture_adcode"])
    neighbours = list(before.dataset.towns.loc[of_it, "town_code"].astype(str))
    told = reported(before.cube, before.register.indicator("total_output_yuan"), PERIOD)
    told = told & before.cube.in_scope("province", PERIOD)
    others = [code for code in neighbours if code != town and told[before.cube.towns.index(code)]][:2]
    scope = Scope(towns=frozenset(set(neighbours) - set(others)))
    totals = {}
    for seen in (ALL, scope):
        found = review(before, submission, today(), seen).totals
        rows = found[(found["indicator"] == "total_output_yuan") & (found["prefecture"] != "")]
        totals[seen] = rows["after"].to_numpy(dtype=float)
    assert not np.isnan(totals[ALL]).any()
    assert np.isnan(totals[scope]).all()
    assert len(totals[ALL])


# Medians of classes, verdicts ----------------------------------------------------------------------------------------


def _of_class(desk: Desk, known: np.ndarray, code: str, others: int) -> Scope:
    """A scope that leaves so many towns of a class outside, of those known."""
    classes = desk.dataset.towns["industry_class"].astype(str).to_numpy()
    outside = {desk.cube.towns[at] for at in np.flatnonzero(known & (classes == code))[:others]}
    assert len(outside) == others
    return Scope(towns=frozenset(desk.cube.towns) - outside)


@pytest.mark.parametrize(("others", "is_told"), [(1, False), (2, False), (3, True)])
def test_a_towns_profile_tells_no_median_of_few_others(desk: Desk, others: int, is_told: bool) -> None:
    name = "total_output_yuan"
    known = desk.cube.in_scope("province", PERIOD) & ~np.isnan(desk.cube.of(name, PERIOD))
    classes = desk.dataset.towns["industry_class"].astype(str).to_numpy()
    town = int(np.flatnonzero(known)[-1])
    code, scope = desk.cube.towns[town], _of_class(desk, known, classes[town], others)
    told, whole = (
        next(item for item in town_profile(desk, code, today(), (), seen).standings if item.indicator.id == name)
        for seen in (scope, ALL)
    )
    assert whole.median is not None
    assert whole.class_median is not None
    assert told.class_median == (whole.class_median if is_told else None)
    # These others are all that is outside, so those of the province are as few.
    figures = (told.median, told.low, told.high, told.best)
    assert figures == ((whole.median, whole.low, whole.high, whole.best) if is_told else (None,) * 4)
    assert (told.value, told.rank, told.count) == (whole.value, whole.rank, whole.count)
    for language in LANGUAGES:
        face = face_of(town_profile(desk, code, today(), (), scope), language, "")
        bar = next(line for line in face.bars if line.label == told.indicator.label.say(language))
        assert (bar.whole == say("town.kept_back", language)) != is_told
        assert (bar.peers_note == say("town.class_kept_back", language)) != is_told


@pytest.mark.parametrize(("others", "is_told"), [(2, False), (3, True)])
def test_the_index_compares_with_no_median_of_few_others(desk: Desk, others: int, is_told: bool) -> None:
    whole = vitality(desk, PERIOD, ALL)
    assert whole is not None
    code = next(iter(whole.medians))
    # Towns that have all that any of their class has, so that the class is as few in every item.
    items = whole.result.normalised.notna() & ~whole.result.imputed
    of_class = items.loc[whole.ranked.index[whole.ranked["industry_class"] == code]]
    known = np.isin(desk.cube.towns, of_class.index[of_class.loc[:, of_class.any()].all(axis=1)])
    scope = _of_class(desk, known, code, others)
    told = vitality(desk, PERIOD, scope)
    assert told is not None
    assert (code in told.medians) == is_told
    assert set(whole.medians) - {code} <= set(told.medians)
    mine = [town for town in told.ranked.index if scope.holds(str(town), "")]
    of_class = next(town for town in mine if told.ranked.at[town, "industry_class"] == code)
    assert (told.explain(of_class) is None) != is_told
    assert told.differences().loc[of_class].isna().all() != is_told
    with signed_in(reader("analyst", scope)):
        page = sent(open_page("vitality", {"dataset": "demo", "period": PERIOD, "town": of_class, "lang": "zh"}))
    key = "vitality.median_kept_back"
    assert (say(key, "zh", index="|", count=0).partition("|")[2] in page) != is_told


@pytest.mark.long
@pytest.mark.parametrize(("others", "is_told"), [(2, False), (3, True)])
def test_the_quadrant_has_no_medians_of_few_others(desk: Desk, others: int, is_told: bool) -> None:
    found = per_mu(desk, PERIOD, desk.register.per_mu.land.default, ALL)
    peers = np.flatnonzero(found.over_all(found.evaluation.place > 0))[:others]
    scope = Scope(towns=frozenset(desk.cube.towns) - {desk.cube.towns[at] for at in peers})
    drawn = {}
    for seen in (ALL, scope):
        briefing = brief(desk, Selection(PERIOD, scope=seen), today())
        shown = found.shown(briefing.keep)
        drawn[seen] = draw_quadrant(found, desk.register.per_mu, shown, briefing.cube, "zh", "light")
    assert not drawn[ALL].is_kept_back
    assert drawn[scope].is_kept_back != is_told
    words = say("permu.median", "zh", value="")
    assert (words in str(drawn[scope].spec)) == is_told
    assert words in str(drawn[ALL].spec)
    with signed_in(reader("analyst", scope)):
        page = open_page("per_mu", {"dataset": "demo", "period": PERIOD, "lang": "zh"})
    assert not page.exception
    assert (say("permu.quadrant_kept_back", "zh") in sent(page)) != is_told


@pytest.mark.parametrize("period", [PERIOD, "2026-09"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_of_a_figure_kept_back_claims_no_verdict_and_weighs_nothing(
    desk: Desk, period: str, language: Language
) -> None:
    depth = target_depth(desk, Selection(period, scope=_all_but(desk, 2)), today(), TARGET)
    assert depth.card.silence is None
    head = str(verdict_drawing.verdict(depth, language, desk.limits))
    assert say("card.by_weight", language, share="|").partition("|")[0 if language == "zh" else 2] not in head
    told = head + str(verdict_drawing.pace(depth, desk.limits, language))
    told += verdict_drawing.needed(depth, language) + str(looks(depth, depth.rules, language))
    closed = say("target.closed", language)
    assert closed not in told
    assert escape(closed) not in told
    assert escape(say("card.small_group", language)) in str(verdict_drawing.pace(depth, desk.limits, language))
    assert say("target.looks_open", language, due=2025) not in told
    whole = target_depth(desk, Selection(period, scope=ALL), today(), TARGET)
    assert escape(closed) in str(verdict_drawing.pace(whole, desk.limits, language))
