"""Where a figure on a page comes from: the reported figures and rows behind it, each with file, sheet, cell, who, when.

May import analysis, datasets, policy and briefings. Computed only when somebody asks.
"""

from cockpit.figure_sources.answers import Delivery, FigureSource, Quoted, figure_source, lines_of
from cockpit.figure_sources.keys import LISTS, PER_MU, VITALITY, FigureKey, read_key
from cockpit.figure_sources.lines import Line

__all__ = [
    "LISTS",
    "PER_MU",
    "VITALITY",
    "Delivery",
    "FigureKey",
    "FigureSource",
    "Line",
    "Quoted",
    "figure_source",
    "lines_of",
    "read_key",
]
