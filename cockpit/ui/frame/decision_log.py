"""The decision log as a page reads it: what is decided, or the sentence that says why it cannot be read."""

from __future__ import annotations

from cockpit.briefings import Decided, decided
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.phrases import say
from cockpit.ui.frame.shell import View
from cockpit.vocabulary import Language


def unavailable_words(error: LogUnavailable, language: Language) -> str:
    reason = say(f"decision.reason.{error.reason}", language)
    return say("decision.unavailable", language, where=error.kind, reason=reason)


def read_log(view: View) -> tuple[Decided | None, str]:
    """The decision log for this run, or None and the sentence that says why; it costs a page its log only."""
    try:
        return decided(view.desk.dataset.name).seen(view.briefing.seen), ""
    except LogUnavailable as error:
        return None, unavailable_words(error, view.language)
