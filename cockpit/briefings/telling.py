"""Which office is told of an event of a matter, and by which channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from cockpit.analysis.supervision.events import Event, Kind
from cockpit.analysis.supervision.machine import Matter
from cockpit.datasets.matters.outbox import Notice
from cockpit.notices.channels import channels
from cockpit.policy.register import load

# Who has to know. What somebody did is told to the other side; a step of the ladder says itself whom.
_TOLD: Final[Mapping[Kind, Literal["lead", "issuer"]]] = {
    "assigned": "lead", "reminded": "lead", "extension_granted": "lead", "extension_denied": "lead",
    "returned": "lead", "verified": "lead", "reopened": "lead", "lost": "lead", "resumed": "lead", "paused": "lead",
    "declined": "issuer", "extension_asked": "issuer", "closing_asked": "issuer", "met": "issuer",
    "fell_back": "issuer",
}  # fmt: skip


def notices_of(matter: Matter, event: Event) -> tuple[Notice, ...]:
    """The notices an event makes, one a channel that serves the office told; none where there are no channels.

    Args:
        matter: as it stood before the event.
    """
    told = channels().channels
    if not told:
        return ()
    side = _TOLD.get(event.kind)
    why: str = event.kind
    if event.kind == "escalated":
        step = load().supervision.steps[str(event.detail["step"])]
        side, why = step.to, f"step_{step.level}"
    if side is None:
        return ()
    lead = str(event.detail["lead"]) if event.kind == "assigned" else matter.lead
    due = str(event.detail.get("due", "")) or (matter.due.isoformat() if matter.due else "")
    office = lead if side == "lead" else matter.issuer
    return tuple(
        Notice(
            key=f"{matter.id}|{event.number}|{name}", channel=name, office=office, matter=matter.id, why=why,
            title=matter.title, due=due, not_before=channel.not_before(event.at),
        )
        for name, channel in told.items()
        if channel.serves(office)
    )  # fmt: skip
