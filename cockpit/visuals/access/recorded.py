"""The audit's HTML: its lines, and resets by somebody else with what followed.

Pure: lines in, HTML out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cockpit.access.audit import Line
from cockpit.access.house import SHANGHAI
from cockpit.access.resets import Reset
from cockpit.phrases import say
from cockpit.policy.access_design import AccessDesign
from cockpit.rights import read_scope
from cockpit.visuals.access.tables import clock, heads_of, scope_words, state, table
from cockpit.visuals.marks.markup import Markup, html
from cockpit.vocabulary import Language


def _called(line: Line) -> str:
    return line.label if line.label not in line.account else ""


def _detail(line: Line, design: AccessDesign, counties: Mapping[str, str], language: Language) -> str:
    """What an event has to say besides, in words where there are some; what was left empty says nothing."""
    told = []
    for name, value in line.detail.items():
        if isinstance(value, Mapping):
            given = ((_worded(f"access.detail_{part}", part, language), _plain(said)) for part, said in value.items())
            text = " ".join(f"{part}={said}" for part, said in given if said)
        else:
            text = _plain(value)
        if name == "role" and text in design.roles:
            text = design.roles[text].label.say(language)
        elif name == "scope":
            text = scope_words(read_scope(text), counties, language)
        elif name in ("way", "why", "source", "kind"):
            text = _worded(f"access.{name}_{text}", text, language)
        if text:
            told.append(f"{_worded(f'access.detail_{name}', name, language)} {text}")
    return "，".join(told) if language == "zh" else ", ".join(told)


def _plain(value: object) -> str:
    """Any value an event may carry, as text: a list by its members, nothing as nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    return ",".join(map(_plain, value)) if isinstance(value, Iterable) else str(value)


def _worded(key: str, otherwise: str, language: Language) -> str:
    try:
        return say(key, language)
    except KeyError:
        return otherwise


def lines(found: Sequence[Line], design: AccessDesign, counties: Mapping[str, str], language: Language) -> Markup:
    """The audit record, newest first."""
    heads = [
        say(f"access.{name}", language)
        for name in ("number", "at", "account", "event", "content", "address", "outcome")
    ]
    rows = [
        (
            "",
            (
                line.number,
                line.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S"),
                html("<b>{}</b> {}", line.account or say("access.nobody", language), _called(line)),
                event(line.event, language),
                html("{} {}", line.object, _detail(line, design, counties, language)),
                line.address,
                state(line.outcome, say(f"access.outcome_{line.outcome}", language)),
            ),
        )
        for line in found
    ]
    return table(say("audit.lines", language), heads, rows, "alines")


def resets(found: Sequence[Reset], language: Language) -> Markup:
    """Resets by somebody else, with the first sign-in after each."""
    heads = heads_of(language, "at account event") + [
        say(f"audit.reset_{name}", language) for name in ("by", "used", "place")
    ]
    rows = [
        (
            "",
            (
                clock(item.at, language),
                item.account,
                event(item.event, language),
                item.by,
                clock(item.used_at, language) if item.used_at else say("audit.reset_unused", language),
                html(
                    "{} {}",
                    item.used_from,
                    state("failed", say("audit.reset_same", language)) if item.is_same_place else "",
                ),
            ),
        )
        for item in found
    ]
    return table(say("audit.resets", language), heads, rows, "aresets")


def reset_words(item: Reset, language: Language) -> str:
    """A reset as its owner is told of it."""
    used = say("person.reset_unused", language)
    if item.used_at:
        used = say("person.reset_used", language, at=clock(item.used_at, language), address=item.used_from)
    what = say(f"person.reset_{item.event}", language)
    by = f"{item.by_name} ({item.by})" if item.by_name and item.by_name != item.by else item.by
    return say("person.reset", language, what=what, at=clock(item.at, language), by=by, used=used)


def event(name: str, language: Language) -> str:
    """An event in words; one that has none yet by its code."""
    return _worded(f"access.event.{name}", name, language)
