"""Marks of a picture by keyboard: the picture is one stop of Tab, arrows go from mark to mark, Enter follows where the
mark leads (`ui/frame/aids.js`). One grammar for squares, cells, rows and the points of a chart.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cockpit.visuals.marks.markup import Markup, html, html_of


@dataclass(frozen=True)
class Walk:
    """What the points of a chart mean: `name` of the parameter they set, and (value, words) of each in order."""

    name: str
    points: tuple[tuple[str, str], ...]


def walk(label: str) -> Markup:
    """Attributes of what holds the marks; it keeps the role it has, as a table or a list."""
    return html('data-walk tabindex="0" aria-label="{}"', label)


def walked(name: str, value: str, title: str) -> Markup:
    """Attributes of a mark within that has no role of its own: what it sets when it is followed, and its words."""
    return html('data-lead="{}:{}" role="button" tabindex="-1" title="{}" aria-label="{}"', name, value, title, title)


def points(found: Walk, label: str) -> Markup:
    """The points of a canvas, which has no stops of its own: heard and told in a box, never drawn twice."""
    marks: Iterable[Markup] = (html("<i {}></i>", walked(found.name, value, words)) for value, words in found.points)
    return html('<div class="walk" role="group" {}>{}</div>', walk(label), html_of(marks))
