"""The basis page's part on the town code: the statuses with their rules, the matters with the norms they take, figures.

All of it is our choice; the norm behind a matter brings its own clause and quote.
"""

from __future__ import annotations

from typing import Any

from cockpit.policy.town_code_design import MatterRecord
from cockpit.ui.basis.rows import read_rows
from cockpit.ui.frame.shell import View
from cockpit.units import CALENDAR_UNITS, WRITTEN_UNITS, figure
from cockpit.vocabulary import LIST_STATUSES, ORIGINS
from cockpit.wording import profile as profile_words
from cockpit.wording.targets import clause_words


def _written(view: View, value: float, unit: str, base: float) -> str:
    if unit in CALENDAR_UNITS:
        return f"{value:g} {CALENDAR_UNITS[unit].say(view.language)}"
    return str(figure(base, WRITTEN_UNITS[unit][0], view.language))


def _norms(view: View, matter: MatterRecord) -> dict[str, Any]:
    """What a matter is held against, by list status, with clause and quote of the norms."""
    design, language = view.desk.register.town_code, view.language
    joint = "；" if language == "zh" else "; "
    norms = [(status, design.norms[name]) for status, name in matter.norms.items() if name and design.norms[name].value]
    clauses = [design.norms[name] for name in matter.norms.values() if name]
    values = [f"{LIST_STATUSES[status].say(language)} {clause_words(norm, language)}" for status, norm in norms]
    bound = [LIST_STATUSES[status].say(language) for status in matter.norms]
    return {
        "value": joint.join(values or bound),
        "clause": " ".join(dict.fromkeys(f"[{norm.clause}]" for norm in clauses if norm.clause)) or "—",
        "quote": joint.join(dict.fromkeys(norm.quote for norm in clauses if norm.quote)) or "—",
    }


def town_code(view: View) -> None:
    """Statuses, matters and figures of the town code."""
    design, language = view.desk.register.town_code, view.language
    own = ORIGINS["own"].say(language)
    titles = {
        "name": "basis.name", "effect": "basis.effect", "value": "basis.value", "clause": "basis.clause",
        "quote": "basis.quote", "origin": "basis.origin",
    }  # fmt: skip
    blank = {"value": "—", "clause": "—", "quote": "—", "origin": own}
    statuses = [
        {**blank, "name": rule.word, "effect": rule.text} for rule in profile_words.rules(view.desk.register, language)
    ]
    matters = [
        {
            **blank,
            "name": matter.label.say(language),
            "effect": view.say("town.red" if matter.is_red else "basis.open_matter"),
            **_norms(view, matter),
        }
        for matter in design.matters.values()
    ]
    figures = [
        {
            **blank,
            "name": item.label.say(language),
            "effect": item.reading.say(language),
            "value": _written(view, item.value, item.unit, item.base_value),
        }
        for item in design.parameters.values()
    ]
    read_rows(view, titles, [*statuses, *matters, *figures])
