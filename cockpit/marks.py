"""How a grade of any kind is marked: form, sign, colour, style class and chart symbol, decided here and nowhere else.

Ground floor. A colour is a name of `visuals.marks.palette.MARK_COLOURS`: that of a status, or one of its own for a
grade that should not look like a status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cockpit.vocabulary import Shape, Status

Kind = Literal[
    "status", "chain_grade", "risk", "per_mu_class", "stage", "freshness", "severity", "submission", "odds", "access",
    "light",
]  # fmt: skip
SIGNS: Final[dict[Shape, str]] = {
    Shape.CIRCLE: "●",
    Shape.SQUARE: "■",
    Shape.TRIANGLE: "▲",
    Shape.DIAMOND: "◆",
    Shape.HALF: "◐",
    Shape.RING: "○",
}
# Names of Vega's symbols; it has no half circle and draws a ring filled.
_SYMBOLS: Final[dict[Shape, str]] = {
    Shape.CIRCLE: "circle",
    Shape.SQUARE: "square",
    Shape.TRIANGLE: "triangle-up",
    Shape.DIAMOND: "diamond",
    Shape.HALF: "cross",
    Shape.RING: "circle",
}


@dataclass(frozen=True)
class Mark:
    """One mark; `colour` names a colour of the palette."""

    colour: str
    shape: Shape

    @property
    def sign(self) -> str:
        return SIGNS[self.shape]

    @property
    def symbol(self) -> str:
        return _SYMBOLS[self.shape]

    @property
    def css(self) -> str:
        """The colour as style sheets name it: `on-track`."""
        return self.colour.replace("_", "-")

    @property
    def style(self) -> str:
        """Class of text in the mark's colour."""
        return f"t-{self.css}"


_STATUS: Final[dict[str, Mark]] = {
    Status.ACHIEVED: Mark("achieved", Shape.CIRCLE),
    Status.MISSED: Mark("missed", Shape.SQUARE),
    Status.ON_TRACK: Mark("on_track", Shape.TRIANGLE),
    Status.BEHIND: Mark("behind", Shape.DIAMOND),
    Status.CANNOT_JUDGE: Mark("cannot_judge", Shape.HALF),
    Status.NO_DATA: Mark("no_data", Shape.RING),
}


def _like(**grades: Status) -> dict[str, Mark]:
    """Grades that take form and colour of a status."""
    return {grade: _STATUS[status] for grade, status in grades.items()}


MARKS: Final[dict[Kind, dict[str, Mark]]] = {
    "status": _STATUS,
    # states of grants, accounts and keys, and outcomes of what is on the audit record
    "access": _like(
        valid=Status.ACHIEVED,
        active=Status.ACHIEVED,
        ok=Status.ACHIEVED,
        soon=Status.BEHIND,
        due=Status.BEHIND,
        to_come=Status.NO_DATA,
        begun=Status.NO_DATA,
        over=Status.NO_DATA,
        revoked=Status.NO_DATA,
        disabled=Status.MISSED,
        failed=Status.MISSED,
        refused=Status.MISSED,
    ),
    # how a matter stands in time
    "light": _like(
        done=Status.ACHIEVED, green=Status.ACHIEVED, yellow=Status.BEHIND, red=Status.MISSED, none=Status.NO_DATA
    ),
    "chain_grade": _like(
        strong=Status.ACHIEVED,
        adequate=Status.ON_TRACK,
        weak=Status.BEHIND,
        missing=Status.MISSED,
        unknown=Status.NO_DATA,
    ),
    "risk": _like(high=Status.MISSED, medium=Status.BEHIND, low=Status.ON_TRACK, pending=Status.NO_DATA),
    "per_mu_class": _like(
        A=Status.ACHIEVED,
        B=Status.ON_TRACK,
        C=Status.BEHIND,
        D=Status.MISSED,
        T=Status.CANNOT_JUDGE,
        N=Status.NO_DATA,
    ),
    "stage": _like(
        over=Status.MISSED,
        ending=Status.MISSED,
        due=Status.BEHIND,
        watch=Status.BEHIND,
        extended=Status.ON_TRACK,
        not_due=Status.ON_TRACK,
        unknown_date=Status.NO_DATA,
    ),
    "freshness": _like(reported=Status.ACHIEVED, late=Status.BEHIND)
    # of several towns: so few missing that a figure is judged all the same
    | {"partial": Mark("behind", Shape.HALF)}
    | _like(missing=Status.MISSED, not_expected=Status.NO_DATA),
    "severity": _like(refusal=Status.MISSED, error=Status.MISSED, warning=Status.BEHIND),
    "submission": _like(published=Status.ACHIEVED, rejected=Status.MISSED, received=Status.BEHIND),
    "odds": _like(likely=Status.ON_TRACK, open=Status.BEHIND, unlikely=Status.MISSED),
}


def mark_of(kind: Kind, grade: str) -> Mark:
    """The mark of a grade.

    Raises:
        KeyError: no such grade of that kind.
    """
    return MARKS[kind][grade]
