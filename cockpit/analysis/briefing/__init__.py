"""Everything a page, an export or a route says about one selection, computed together so that all say the same.

The one room of `analysis` that may import its neighbours. Pure: dataset, register, selection and day come in.
"""

from cockpit.analysis.briefing.alerts import sightings
from cockpit.analysis.briefing.areas import AreaFigure, Level, area_figure, area_figures, growth_is_in_points
from cockpit.analysis.briefing.cards import Card, read_limits, speaks_published
from cockpit.analysis.briefing.cases import Case, Change, cases
from cockpit.analysis.briefing.chain import (
    ChainBriefing,
    NodeDetail,
    arrangement,
    chain_briefing,
    chain_layout,
    node_detail,
)
from cockpit.analysis.briefing.chain_facts import ChainFacts, chain_facts, chain_period
from cockpit.analysis.briefing.chains import Chains, chains
from cockpit.analysis.briefing.changes import Moved, Update, VerdictChange, total_changes, update, verdict_changes
from cockpit.analysis.briefing.elements import Elements, Panel, PanelRow, Stock, elements, stock
from cockpit.analysis.briefing.freshness import Freshness, freshness
from cockpit.analysis.briefing.gaps import GapParts, GrowthParts, gap_parts, growth_parts
from cockpit.analysis.briefing.lists import Lists, list_history, select_lists, town_lists, with_stars
from cockpit.analysis.briefing.overview import Briefing, Running, brief, choices_of, cube_of, town_table
from cockpit.analysis.briefing.parts import Parts, target_parts
from cockpit.analysis.briefing.per_mu import PerMu, per_mu
from cockpit.analysis.briefing.plan import (
    HELD,
    WEIGHTS,
    Breakdown,
    Proposed,
    break_down,
    last_full_year,
    propose,
)
from cockpit.analysis.briefing.plan_floors import Raised, raise_towns
from cockpit.analysis.briefing.plan_lines import Line, areas_of, disagreeing, lines, lines_seen
from cockpit.analysis.briefing.plan_track import PATHS, Standing, milestone, track
from cockpit.analysis.briefing.profile import profile
from cockpit.analysis.briefing.profile_province import Province, province
from cockpit.analysis.briefing.profile_record import Profile
from cockpit.analysis.briefing.scenario import Scenario, Shift, Sought, by_place, places_of, scenario, seek, two_way
from cockpit.analysis.briefing.stars import standings
from cockpit.analysis.briefing.statement import Statement, statement
from cockpit.analysis.briefing.targets import Depth, Record, past_record, target_depth
from cockpit.analysis.briefing.vitality import (
    Trial,
    Vitality,
    full_year,
    most_weight,
    read_weights,
    town_values,
    try_weights,
    vitality,
    write_weights,
)
from cockpit.analysis.briefing.waiting import clock_decisions, with_clocks
from cockpit.analysis.briefing.wall import AreaValue, Stop, StopTown, area_values, tour_stop

__all__ = [
    "HELD",
    "PATHS",
    "WEIGHTS",
    "AreaFigure",
    "AreaValue",
    "Breakdown",
    "Briefing",
    "Card",
    "Case",
    "ChainBriefing",
    "ChainFacts",
    "Chains",
    "Change",
    "Depth",
    "Elements",
    "Freshness",
    "GapParts",
    "GrowthParts",
    "Level",
    "Line",
    "Lists",
    "Moved",
    "NodeDetail",
    "Panel",
    "PanelRow",
    "Parts",
    "PerMu",
    "Profile",
    "Proposed",
    "Province",
    "Raised",
    "Record",
    "Running",
    "Scenario",
    "Shift",
    "Sought",
    "Standing",
    "Statement",
    "Stock",
    "Stop",
    "StopTown",
    "Trial",
    "Update",
    "VerdictChange",
    "Vitality",
    "area_figure",
    "area_figures",
    "area_values",
    "areas_of",
    "arrangement",
    "break_down",
    "brief",
    "by_place",
    "cases",
    "chain_briefing",
    "chain_facts",
    "chain_layout",
    "chain_period",
    "chains",
    "choices_of",
    "clock_decisions",
    "cube_of",
    "disagreeing",
    "elements",
    "freshness",
    "full_year",
    "gap_parts",
    "growth_is_in_points",
    "growth_parts",
    "last_full_year",
    "lines",
    "lines_seen",
    "list_history",
    "milestone",
    "most_weight",
    "node_detail",
    "past_record",
    "per_mu",
    "places_of",
    "profile",
    "propose",
    "province",
    "raise_towns",
    "read_limits",
    "read_weights",
    "scenario",
    "seek",
    "select_lists",
    "sightings",
    "speaks_published",
    "standings",
    "statement",
    "stock",
    "target_depth",
    "target_parts",
    "total_changes",
    "tour_stop",
    "town_lists",
    "town_table",
    "town_values",
    "track",
    "try_weights",
    "two_way",
    "update",
    "verdict_changes",
    "vitality",
    "with_clocks",
    "with_stars",
    "write_weights",
]
