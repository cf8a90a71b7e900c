"""Record type of the alerts: which fact asks somebody to act, how grave it is, when it ends: `alerts.toml`.

Imports the ground floor and `records`.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field, model_validator

from cockpit.policy.records import SENSES, Explained, Origin

LooksAt = Literal["target", "clock", "check", "return", "per_mu", "vitality", "node", "figure"]
Level = Literal["red", "yellow"]
ListStatus = Literal["named", "creating", ""]
# What a rule of each kind may name: words of the judgement it looks at.
WORDS: Final[dict[LooksAt, tuple[str, ...]]] = {
    "target": ("missed", "behind", "cannot_judge", "no_data"),
    "clock": ("over", "due", "ending", "watch", "unknown_date"),
    "check": ("lines", "estate", "green", "area", "plan", "output"),
    "return": ("missing", "late"),
    "per_mu": ("A", "B", "C", "D"),
    "vitality": (),
    "node": (),
    "figure": (),
}


class AlertRule(Explained):
    """One rule. A `figure` compares an indicator of each town with a value in base unit and clears only `margin` beyond
    it; every other kind takes over a judgement made elsewhere and names the `words` it answers to."""

    looks_at: LooksAt
    words: tuple[str, ...] = Field(strict=False)
    level: Level
    goal: Literal["figure", "decision_made", "return_delivered", "evidence"]
    origin: Origin
    clause: str = Field(min_length=1)
    indicator: str = ""
    operator: str = ""
    value: float | None = None
    margin: float = 0.0
    list_status: ListStatus = ""

    @model_validator(mode="after")
    def _can_be_asked(self) -> AlertRule:
        known = WORDS[self.looks_at]
        if bool(known) != bool(self.words) or not set(self.words) <= set(known):
            raise ValueError(f"words of {self.looks_at!r} are {', '.join(known) or 'none'}")
        if self.looks_at == "figure":
            if not self.indicator or self.value is None or self.operator not in SENSES or self.margin < 0:
                raise ValueError("a figure takes indicator, operator, value and a margin of 0 or more")
            if self.operator == "about":
                raise ValueError("a figure is compared with above, at_least or at_most")
        elif self.indicator or self.operator or self.value is not None or self.margin:
            raise ValueError("only a figure has indicator, operator, value and margin")
        return self
