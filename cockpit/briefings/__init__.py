"""Computes each briefing once per (dataset version, selection, day); pages, routes and exports all ask here.

May import analysis, datasets, policy. The caches are bounded, so memory does not grow with visitors.
"""

from cockpit.briefings.desks import SHANGHAI, Desk, brief, open_desk, place_names, today
from cockpit.briefings.judging import areas, gap_parts, growth_parts, statement, target_depth, target_parts
from cockpit.briefings.linking import chain, chain_layout, chain_node, chains, firm_page, told_of
from cockpit.briefings.listing import (
    LOG_LENGTH,
    Decided,
    Extensions,
    decided,
    list_history,
    logged_extensions,
    record,
    town_lists,
    waiting,
)
from cockpit.briefings.outside import Outside, outside
from cockpit.briefings.profiling import freshness, province, town_profile
from cockpit.briefings.ranking import cases, elements, per_mu, tour, vitality, vitality_trial
from cockpit.briefings.reviewing import (
    Review,
    cases_waiting,
    reaching_out,
    review,
    submissions_seen,
    trace,
    version_update,
)
from cockpit.briefings.supervising import day_of

__all__ = [
    "LOG_LENGTH",
    "SHANGHAI",
    "Decided",
    "Desk",
    "Extensions",
    "Outside",
    "Review",
    "areas",
    "brief",
    "cases",
    "cases_waiting",
    "chain",
    "chain_layout",
    "chain_node",
    "chains",
    "day_of",
    "decided",
    "elements",
    "firm_page",
    "freshness",
    "gap_parts",
    "growth_parts",
    "list_history",
    "logged_extensions",
    "open_desk",
    "outside",
    "per_mu",
    "place_names",
    "province",
    "reaching_out",
    "record",
    "review",
    "statement",
    "submissions_seen",
    "target_depth",
    "target_parts",
    "today",
    "told_of",
    "tour",
    "town_lists",
    "town_profile",
    "trace",
    "version_update",
    "vitality",
    "vitality_trial",
    "waiting",
]
