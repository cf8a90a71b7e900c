"""The demonstration's elements hold together: our own checks find nothing in them, and nothing stands without what it
needs."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from cockpit.datasets.intake.elements import Published, check_elements
from cockpit.datasets.intake.leaps import Told
from cockpit.datasets.store.loading import load
from cockpit.policy.elements import STATED
from cockpit.policy.register import load as register
from cockpit.units import Period
from cockpit.vocabulary import Text

AS_OF = date(2026, 11, 20)
DEMO, REGISTER = load("demo"), register()
KINDS = REGISTER.elements.kinds


def table(kind: str) -> pd.DataFrame:
    return DEMO.table(KINDS[kind].table)


@pytest.mark.long
def test_our_own_checks_find_nothing_but_what_has_ended() -> None:
    names = (STATED, *(kind.table for kind in KINDS.values()))
    empty = {name: DEMO.table(name).iloc[:0] for name in names}
    towns = {str(code): Text(str(code), str(code)) for code in DEMO.towns["town_code"]}
    told = Told(10_000)
    given = {name: DEMO.table(name).assign(file="f", sheet=name, cell="A4") for name in names if len(DEMO.table(name))}
    check_elements(given, Published(empty, empty), REGISTER, towns, AS_OF, told)
    found = Counter((finding.sheet, finding.rule) for finding in told.found)
    assert {rule for _, rule in found} <= {"element_expired"}, found


def test_events_are_held_in_lounges_that_are_open() -> None:
    lounges = table("parlour")
    opened = dict(zip(lounges["town_code"], lounges["since"], strict=True))
    events = table("parlour_event")
    assert len(events) > 100
    assert all(
        town in opened and opened[town] <= day for town, day in zip(events["town_code"], events["on"], strict=True)
    )


def test_months_open_are_told_where_posts_are_open_and_nodes_are_of_the_towns_chain() -> None:
    wanted = table("talent_demand")
    assert not (wanted["months"].notna() & (wanted["filled"] >= wanted["wanted"])).any()
    assert (wanted["filled"] >= wanted["wanted"]).any()
    chains = DEMO.table("firms").groupby("town_code")["chain_id"].agg(lambda found: set(found.dropna()))
    assert all(
        node.split(".")[0] in chains[town] for town, node in zip(wanted["town_code"], wanted["node"], strict=True)
    )


def test_a_fund_piles_up_and_stays_of_its_level() -> None:
    for _, course in table("fund").groupby(["town_code", "name"], observed=True):
        ordered = course.iloc[[*course["period"].map(Period.parse).argsort()]]
        assert ordered["level"].nunique() == 1
        for amount in ("committed", "invested", "social"):
            assert ordered[amount].dropna().is_monotonic_increasing


def test_what_runs_a_lounge_or_an_incubator_runs_one_there_is() -> None:
    running = table("operator")
    for part, kind in (("parlour", "parlour"), ("incubator", "incubation")):
        assert set(running.loc[running["part"] == part, "town_code"]) <= set(table(kind)["town_code"])


def test_the_area_after_the_last_change_is_the_towns_and_no_town_is_its_own_partner() -> None:
    areas = DEMO.towns.set_index("town_code")["area_km2"]
    changes = table("boundary_change")
    assert changes["after"].tolist() == pytest.approx([areas[code] for code in changes["town_code"]])
    names = DEMO.towns.set_index("town_code")["name_zh"]
    pairs = table("pairing")
    assert not any(names[town] == partner for town, partner in zip(pairs["town_code"], pairs["partner"], strict=True))
    ended = table("reform_pilot").query("level == 'ended'")
    assert len(ended)
    assert ended["until"].notna().all()
