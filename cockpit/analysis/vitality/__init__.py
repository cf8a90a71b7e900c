"""A composite index of any shape: table and structure in, scores, ranks, contributions and rank intervals out.

Pure. `compute(table, structure)` is the entry; it knows nothing of towns, so the same code computes the Human
Development Index. One package of several modules, which import one another and no neighbour.
"""

from cockpit.analysis.vitality.drawing import (
    Draws,
    Uncertainty,
    clearest_order,
    draw,
    rank_draws,
    rank_interval,
    small_ranks,
)
from cockpit.analysis.vitality.explaining import contributions, reference
from cockpit.analysis.vitality.scoring import Result, compute, rank_of, reweigh
from cockpit.analysis.vitality.structure import Group, Indicator, Structure, Treatment, structure_of

__all__ = [
    "Draws",
    "Group",
    "Indicator",
    "Result",
    "Structure",
    "Treatment",
    "Uncertainty",
    "clearest_order",
    "compute",
    "contributions",
    "draw",
    "rank_draws",
    "rank_interval",
    "rank_of",
    "reference",
    "reweigh",
    "small_ranks",
    "structure_of",
]
