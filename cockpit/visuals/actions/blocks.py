"""Matters by state, as a table, in numbers; one matter with its then and now, its clocks and its course."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest, nsmallest
from typing import Final
from zoneinfo import ZoneInfo

from cockpit.analysis.supervision.events import GOALS, Event, GoalKind
from cockpit.analysis.supervision.machine import Light, Matter, light
from cockpit.analysis.supervision.statistics import Statistics
from cockpit.analysis.supervision.views import COLUMNS
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.supervision_design import SupervisionDesign
from cockpit.visuals.marks.html import narrows, simulated, town
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import STATUSES, Language
from cockpit.wording import matters as words

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_STEPS: Final = ("filed", "assigned", "accepted", "closing_asked", "verified")
_MOST: Final = 7


def lamp(matter: Matter, as_of: date, design: SupervisionDesign, language: Language) -> Markup:
    """How it stands in time: sign, word, days."""
    name = light(matter, as_of, design)
    mark = mark_of("light", name)
    return html(
        '<span class="{}">{} <b>{}</b></span>', mark.style, mark.sign, words.lamp(matter, name, as_of, language)
    )


def head(
    found: Statistics, lights: Mapping[Light, int], as_of: date, is_simulated: bool, asked: str, language: Language
) -> Markup:
    """Title with the counts that matter first: late, near, in time; each narrows to its own."""
    told = html_of(
        html(
            '<span class="{}{}" {}>{} <b>{}</b> {}</span>',
            mark_of("light", name).style,
            " on" if asked == name else "",
            narrows("mlight", "" if asked == name else name),
            mark_of("light", name).sign,
            lights.get(name, 0),
            say(f"actions.light_{name}", language),
        )
        for name in ("red", "yellow", "green", "none")
        if lights.get(name, 0) or name != "none"
    )
    when = say("actions.as_of", language, day=as_of.isoformat(), open=found.open, all=found.assigned)
    return html(
        '<div class="mhead"><h1>{}</h1><p>{} {}</p><p class="mlights">{}</p></div>',
        say("page.actions", language),
        when,
        simulated(is_simulated, language),
        told,
    )


def board(
    matters: Sequence[Matter],
    names: Mapping[str, str],
    figures: Callable[[Matter], Markup],
    as_of: date,
    design: SupervisionDesign,
    language: Language,
) -> Markup:
    """Four columns by state; the most urgent first (of the closed ones the newest), the rest counted.

    Args:
        figures: draws a matter's figure then and now, nothing where its goal is none.
    """
    columns = []
    for name, states in COLUMNS.items():
        inside = [item for item in matters if item.state in states]
        first = nlargest(_MOST, inside, _newest) if name == "closed" else nsmallest(_MOST, inside, _urgency)
        cards = html_of(_card(item, names, figures(item), as_of, design, language) for item in first)
        rest = len(inside) - _MOST
        more = EMPTY
        if rest > 0:
            lead = narrows("mview", "table", say("actions.view.table", language))
            more = html('<p class="note"><span class="to" {}>{}</span></p>', lead,
                        say("actions.more", language, count=rest))  # fmt: skip
        columns.append(
            html(
                '<section><h2>{} <b>{}</b></h2><p class="note">{}</p><ul>{}</ul>{}</section>',
                say(f"actions.column_{name}", language),
                len(inside),
                say(f"actions.column_{name}_lead", language),
                cards,
                more,
            )
        )
    return html('<div class="mboard">{}</div>', html_of(columns))


def _urgency(item: Matter) -> tuple[date, str]:
    return item.due or date.max, item.id


def _newest(item: Matter) -> tuple[date, str]:
    return item.closed_on or date.min, item.id


def _card(
    item: Matter, names: Mapping[str, str], figures: Markup, as_of: date, design: SupervisionDesign, language: Language
) -> Markup:
    due = item.due.isoformat()[5:] if item.due else say("actions.no_due", language)
    moved = EMPTY
    if item.first_due and item.due and item.first_due != item.due:
        moved = html("<s>{}</s>", item.first_due.isoformat()[5:])
    again = EMPTY
    if item.times_reopened and item.is_open:
        again = html(' <span class="mback2">{}</span>', say("actions.fell_back", language))
    return html(
        '<li>{}{}<span class="to mtitle" {}>{}</span>{}<small>{} · {} · {} {} {}</small></li>',
        lamp(item, as_of, design, language),
        again,
        narrows("matter", item.id),
        item.name.say(language),
        figures,
        item.id[-4:],
        item.office.say(language) or names.get(item.subject, item.subject),
        say("actions.due_day", language),
        due,
        moved,
    )


def _by_kind(kinds: Mapping[GoalKind, Statistics], fewest: int, language: Language) -> Markup:
    """Closed in time by kind, each with its number."""
    rows = html_of(
        html(
            '<tr><th scope="row">{}</th><td>{}</td></tr>',
            say(f"actions.goal_{kind}", language),
            say(
                "actions.kind_rate",
                language,
                rate=say("actions.few", language, fewest=fewest) if share is None else f"{share * 100:.0f}%",
                count=found.in_time,
                due=found.due,
            ),
        )
        for kind in GOALS
        if (found := kinds.get(kind)) is not None
        for share in [found.rate(found.in_time, fewest)]
    )
    return html('<h2 class="mkinds">{}</h2><table><tbody>{}</tbody></table>', say("actions.by_kind", language), rows)


def numbers(found: Statistics, kinds: Mapping[GoalKind, Statistics], fewest: int, language: Language) -> Markup:
    """Closed in time, by the present and by the first due day, and by kind; below the fewest no rate."""

    def rate(count: int) -> str:
        share = found.rate(count, fewest)
        return f"{share * 100:.0f}%" if share is not None else "—"

    pairs = (
        ("actions.rate_told", rate(found.in_time), found.in_time),
        ("actions.rate_first_told", rate(found.in_time_first), found.in_time_first),
    )
    rates = html_of(
        html("<div><b>{}</b><span>{}</span></div>", value, say(key, language, count=count, due=found.due))
        for key, value, count in pairs
    )
    rows = html_of(
        html('<tr><th scope="row">{}</th><td>{}</td></tr>', say(f"actions.count_{name}", language), value)
        for name, value in (
            ("assigned", found.assigned),
            ("open", found.open),
            ("overdue", found.overdue),
            ("returned", found.returned),
            ("reopened", found.reopened),
            ("by_figure", found.by_figure),
            ("median_days", "—" if found.median_days is None else f"{found.median_days:g}"),
        )
    )
    lighter = say("actions.lighter", language)
    few = say("actions.too_few", language, fewest=fewest) if found.due < fewest else ""
    return html(
        '<section class="mcount"><h2>{}</h2><div class="mrates">{}</div><p class="note">{}</p>'
        '<table><tbody>{}</tbody></table>{}<p class="mlighter">{}</p></section>',
        say("actions.numbers", language),
        rates,
        few,
        rows,
        _by_kind(kinds, fewest, language),
        lighter,
    )


@dataclass(frozen=True)
class Among:
    """Where a matter stands among those it was come from: its number, how many, and its neighbours ("" for none)."""

    number: int
    count: int
    previous: str
    next: str


def _among(among: Among, language: Language) -> Markup:
    ways = html_of(
        html('<span class="to" {}>{}</span>', narrows("matter", name), say(f"actions.{key}", language))
        if name
        else html('<span class="off">{}</span>', say(f"actions.{key}", language))
        for key, name in (("previous", among.previous), ("next", among.next))
    )
    place = say("actions.place", language, number=among.number, count=among.count)
    return html('<span class="mamong"><span>{}</span>{}</span>', place, ways)


def one(
    item: Matter,
    among: Among,
    names: Mapping[str, str],
    as_of: date,
    design: SupervisionDesign,
    language: Language,
    *,
    is_simulated: bool,
) -> Markup:
    """Title, light and the steps from filing to closing; marked where it, or the data it rests on, is simulated."""
    place = names.get(item.subject, item.subject)
    is_town = item.subject in names and not item.subject.isdecimal()
    where = town(item.subject, place, language) if is_town else html("{}", place)
    return html(
        '<div class="mhead"><p class="mback"><span class="to" {}>{}</span> › {}{}</p><h1>{}</h1>'
        "<p>{} · {} · {} {}</p></div>",
        narrows("matter", ""),
        say("page.actions", language),
        item.id,
        _among(among, language),
        item.name.say(language),
        lamp(item, as_of, design, language),
        where,
        say(f"actions.goal_{item.goal.kind}", language),
        simulated(is_simulated or item.is_simulated, language),
    )


def steps(events: Sequence[Event], language: Language) -> Markup:
    """Where it stands between filing and closing."""
    days = {event.kind: event.at.astimezone(_SHANGHAI).date().isoformat()[5:] for event in events}
    return html(
        '<ol class="msteps">{}</ol>',
        html_of(
            html('<li class="{}">{} <small>{}</small></li>', *_step(name, days.get(name, ""), language))
            for name in _STEPS
        ),
    )


def _step(name: str, day: str, language: Language) -> tuple[str, str, str]:
    return ("" if day else "open"), say(f"actions.kind_{name}", language), day


def clocks(item: Matter, language: Language) -> Markup:
    """Both clocks; the first due day stays visible beside a later one."""
    rows = [
        (say("actions.accept_by", language), item.accept_by, item.accepted_on),
        (say("actions.due", language), item.due, item.closed_on),
    ]
    first = ""
    if item.first_due and item.first_due != item.due:
        first = say("actions.first_due", language, day=item.first_due.isoformat())
    lines = html_of(
        html('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', name, _day(due), _day(done))
        for name, due, done in rows
    )
    return html(
        '<section class="mclocks"><h2>{}</h2><table><thead><tr><td></td><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table><p class="note">{} {}</p></section>',
        say("actions.clocks", language),
        say("actions.limit", language),
        say("actions.happened", language),
        lines,
        first,
        say("actions.workdays", language),
    )


def reminders(found: Sequence[tuple[date, str]], design: SupervisionDesign, language: Language) -> Markup:
    """What will be told by itself, on which day and to whom, so that nobody is surprised."""
    title, lead = say("actions.reminders", language), say("actions.reminders_lead", language)
    if not found:
        none = say("actions.reminders_none", language)
        return html('<section class="mclocks"><h2>{}</h2><p class="note">{}</p></section>', title, none)
    rows = html_of(
        html(
            '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
            design.steps[name].label.say(language),
            day.isoformat(),
            say(f"actions.reminds_{design.steps[name].to}", language),
        )
        for day, name in found
    )
    return html(
        '<section class="mclocks mremind"><h2>{}</h2><p class="note">{}</p><table><tbody>{}</tbody></table></section>',
        title,
        lead,
        rows,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def course(events: Sequence[Event], item: Matter, language: Language) -> Markup:
    """Everything that happened, the newest first."""
    lines = html_of(
        html(
            '<li><time>{}</time> <b>{}</b> {} <span class="who">{}</span><p>{}</p><p class="note">{}</p></li>',
            event.at.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M"),
            say(f"actions.kind_{event.kind}", language),
            (item.office if event.office == item.lead else event.said("office")).say(language),
            event.said("by").say(language),
            event.said("note").say(language),
            _told(event, language),
        )
        for event in reversed(events)
    )
    return html(
        '<section><h2>{}</h2><p class="note">{}</p><ol class="mcourse">{}</ol></section>',
        say("actions.course", language),
        say("actions.course_lead", language, count=len(events)),
        lines,
    )


def _told(event: Event, language: Language) -> str:
    """What an event says beside its note: days, the lead, the version and its verdict."""
    detail = dict(event.detail)
    if language == "en" and detail.get("lead_en"):
        detail["lead"] = detail["lead_en"]
    parts = [
        say(f"actions.{name}", language) + " " + str(detail[name])
        for name in ("lead", "accept_by", "due", "until", "eta", "into")
        if detail.get(name)
    ]
    if verdict := detail.get("verdict"):
        status = next((text.say(language) for known, text in STATUSES.items() if known.value == verdict), "")
        number = str(detail.get("version", "")).lstrip("v0")
        parts.append(f"{say('actions.version', language, number=number)} {status}")
    elif event.kind == "filed" and detail.get("version"):
        parts.append(say("actions.version", language, number=str(detail["version"]).lstrip("v0")))
    return " · ".join(parts)
