"""The decision log as HTML: one line an entry, newest first.

Pure: values in, markup out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.briefings import SHANGHAI
from cockpit.datasets.decisions.log import Entry
from cockpit.phrases import say
from cockpit.policy.register import short
from cockpit.visuals.lists.blocks import simulated
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import DECISION_ACTIONS, Language
from cockpit.wording import lists as words


def log_rows(
    entries: Sequence[Entry], names: Mapping[str, str], is_simulated: bool, language: Language, selected: str
) -> Markup:
    """The decision log, newest first; a refused attempt is hatched and says why."""
    if not entries:
        return html('<p class="note">{}</p>', say("lists.log_none", language))
    label = say("lists.log_scroll", language)
    body = html_of(_log_row(entry, names, is_simulated, language, entry.town_code == selected) for entry in entries)
    return html('<div class="llog" tabindex="0" role="group" aria-label="{}"><ol>{}</ol></div>', label, body)


def _log_row(
    entry: Entry, names: Mapping[str, str], is_simulated: bool, language: Language, is_selected: bool
) -> Markup:
    when = entry.recorded_at.astimezone(SHANGHAI)
    refused = entry.outcome == "refused"
    action = DECISION_ACTIONS[entry.action].say(language)
    until = f" {say('lists.log_until', language, day=entry.until.isoformat())}" if entry.until else ""
    basis = entry.basis
    cited = " ".join(f"[{clause}]" for clause in entry.clauses)
    if refused:
        key = "lists.log_refused_newer" if entry.refused_because == "newer_entry" else "lists.log_refused_unknown"
        number = entry.newer if entry.refused_because == "newer_entry" else entry.previous
        basis, cited = say(key, language, number=number), ""
    against = EMPTY
    if entry.is_against:
        told = words.against(entry, language)
        against = html('<small class="against"><b>⚠ {}</b> {}</small>', say("lists.against", language), told)
    result = say("lists.log_refused" if refused else "lists.log_recorded", language)
    kinds = f"{' no' if refused else ''}{' sel' if is_selected else ''}"
    name = names.get(entry.town_code)
    town = town_name(entry.town_code, name, language) if name else entry.town_code
    register = f" · {say('data.register', language, id=short(entry.register))}" if entry.register else ""
    return html(
        '<li class="{}"><div><b>{}</b><small>{} #{}</small></div><div><p><b>{}</b> {} {}</p>'
        '<small>{} <i>{}</i></small>{}</div><div class="lres"><b class="{}">{} {}</b>'
        "<small>{} · {}</small></div></li>",
        kinds.strip(),
        f"{when:%m-%d}",
        f"{when:%Y}",
        entry.number,
        town,
        action + until,
        simulated(is_simulated, language),
        basis,
        cited,
        against,
        "t-missed" if refused else "t-achieved",
        "✗" if refused else "✓",
        result,
        entry.decided_by,
        entry.data_version + register,
    )
