"""The basis page's part on list management, and the policy cases: norms, points, caps, examples with verdicts."""

from __future__ import annotations

from cockpit.policy.cases import read_cases
from cockpit.policy.list_records import RiskRule, StarRule
from cockpit.ui.basis.rows import cited_cells, read_rows, rule_name
from cockpit.ui.frame.shell import View
from cockpit.wording.lists import origin_words


def _weight(view: View, rule: RiskRule | StarRule) -> str:
    """What a broken norm costs, or a level gives."""
    if isinstance(rule, RiskRule):
        return view.say("basis.veto") if rule.is_veto else view.say("basis.points", points=rule.points)
    if rule.kind == "check":
        return view.say("basis.check_only")
    key = "basis.star_level" if rule.kind == "level" else "basis.star_cap"
    text = view.say(key, stars=rule.stars)
    return f"{text} {view.say('basis.elimination')}" if rule.is_elimination else text


def lists(view: View) -> None:
    """Norms of the risk grade and the stars; points, levels and caps are ours throughout."""
    register, language = view.desk.register, view.language
    titles = {
        "name": "basis.name", "value": "basis.value", "effect": "basis.effect", "force": "basis.force",
        "clause": "basis.clause", "quote": "basis.quote", "reading": "basis.reading", "origin": "basis.origin_value",
    }  # fmt: skip
    rules: list[RiskRule | StarRule] = [*register.risk.values(), *register.stars.values()]
    read_rows(
        view,
        titles,
        (
            {
                "name": rule_name(view, rule.label, "lists"),
                **cited_cells(view, rule),
                "effect": _weight(view, rule),
                "origin": origin_words(rule, register, language),
            }
            for rule in rules
        ),
    )


def cases(view: View) -> None:
    """Policy cases in sentences, each run by a test; the verdict is the word of the Chinese screen."""
    titles = {"topic": "basis.case_topic", "sentence": "basis.case", "expected": "basis.case_expected"}
    read_rows(
        view,
        titles,
        (
            {
                "topic": view.say(f"basis.case_{case.topic}"),
                "sentence": case.sentence.say(view.language),
                "expected": case.expected or "—",
            }
            for case in read_cases()
        ),
    )
