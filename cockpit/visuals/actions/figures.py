"""A goal's figure when a matter was filed and now, side by side; small in a card, with its versions on its page."""

from __future__ import annotations

from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings.supervising import Course, Standing, Then
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.units import Period, figure, percent_figure
from cockpit.visuals.marks.html import clause, simulated
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import STATUSES, Language, Status
from cockpit.wording import matters as words

_END: float = 1.25  # where a track ends, as a multiple of its goal
_LEFT, _SPLIT, _RIGHT = 18.0, 204.0, 396.0  # of the chart: its sides, and where the goal's year begins
_TOP, _FOOT = 36.0, 108.0
_NEAR: float = 0.75  # and where it begins, so that what differs by little can be seen


def track(matter: Matter, indicator: Indicator | None, found: Standing | None, language: Language) -> Markup:
    """Then (hollow), now (full) and the goal (bar) on one line, with the numbers beside it."""
    if indicator is None or found is None or not matter.goal.value:
        return EMPTY
    then = found.value_then(is_ratio=indicator.is_ratio or indicator.unit == "share")
    now, aim = found.now.figure.value, matter.goal.value
    told = f"{figure(then, indicator.unit, language)} → {figure(now, indicator.unit, language)}"
    marks = [
        html('<i class="{}" style="left:{:.1f}%"></i>', kind, place(value, aim))
        for kind, value in (("then", then), ("now", now))
        if value is not None
    ]
    style = mark_of("status", found.now.figure.status.value).style
    return html(
        '<span class="mtrack {}"><span class="bar">{}{}<b style="left:{:.1f}%"></b></span>{} <em>{} {}</em></span>',
        style,
        marks[0] if marks else EMPTY,
        marks[1] if len(marks) > 1 else EMPTY,
        place(aim, aim),
        told,
        say("actions.goal", language),
        str(figure(aim, indicator.unit, language)),
    )


def place(value: float, aim: float) -> float:
    """Where a value lies on a track, in percent of its length."""
    share = (value / aim - _NEAR) / (_END - _NEAR) if aim else 0.0
    return min(max(share, 0.0), 1.0) * 100


def goal(
    matter: Matter,
    indicator: Indicator | None,
    found: Standing | None,
    course: Course | None,
    is_simulated: bool,
    language: Language,
) -> Markup:
    """What is to be reached, what the data said when it was filed, and what they say now."""
    basis = html("{} ", clause(matter.clause)) if matter.clause else EMPTY
    if indicator is None or found is None:
        kind, lead = (say(f"actions.{name}_{matter.goal.kind}", language) for name in ("goal", "goal_lead"))
        return html(
            "<section><h2>{}</h2><p>{}{}</p><p>{}</p></section>", say("actions.goal", language), basis, kind, lead
        )
    then = _side("actions.then", matter, found.then, indicator, language) if found.then else _lost(language)
    state = "is_not_newer"
    if found.then is None or found.now.number > found.then.number:
        state = "is_newer" if found.now.figure.status is Status.ACHIEVED else "is_newer_unmet"
    return html(
        '<section class="mgoal"><h2>{} {}</h2><div class="mthen">{}<span class="arrow">→</span>{}</div>'
        '<p class="mapart">{}</p><p>{}{} {}</p><p>{}</p></section>',
        say("actions.figure", language),
        simulated(is_simulated, language),
        then,
        _side("actions.now", matter, found.now, indicator, language),
        _apart(matter, indicator, found.now, course, language),
        basis,
        say("actions.goal", language),
        words.wanted(matter, indicator, language),
        say(f"actions.{state}", language),
    )


def _side(head: str, matter: Matter, at: Then, indicator: Indicator, language: Language) -> Markup:
    """One side: value, period, version, how many reported, and the verdict where it is of the goal's period."""
    mark = mark_of("status", at.figure.status.value)
    is_same = at.period == matter.goal.period
    verdict = html('<span class="{}">{} {}</span>', mark.style, mark.sign, STATUSES[at.figure.status].say(language))
    if not is_same:
        verdict = html("<span>{}</span>", say("actions.other_period", language))
    return html(
        "<div><small>{}</small><b>{}</b>{}<small>{} · {}</small><small>{}</small></div>",
        say(head, language),
        str(figure(at.figure.value, indicator.unit, language)),
        verdict,
        Period.parse(at.period).say(language),
        say("actions.version_of", language, number=at.number, day=at.published_on),
        say("actions.reported", language, reported=at.figure.reported, expected=at.figure.expected),
    )


def _apart(matter: Matter, indicator: Indicator, now: Then, course: Course | None, language: Language) -> Markup:
    """How far the figure is from the goal, and what it was a year before."""
    value, aim = now.figure.value, matter.goal.value
    if value is None or aim is None or now.period != matter.goal.period:
        return EMPTY
    above = value >= aim
    by = _by(value - aim, indicator, language)
    parts = [html("<b>{}</b>", say(f"actions.{'above' if above else 'below'}", language, by=by))]
    if course is not None and course.before is not None:
        period = Period.parse(matter.goal.period).year_before().say(language)
        was = str(figure(course.before, indicator.unit, language))
        parts.append(html("<span>{}</span>", say("actions.year_before", language, period=period, value=was)))
    return html("{} {}", parts[0], parts[1] if len(parts) > 1 else EMPTY)


def _by(difference: float, indicator: Indicator, language: Language) -> str:
    if indicator.unit == "share":
        return say("actions.points", language, points=percent_figure(abs(difference)).number)
    return str(figure(abs(difference), indicator.unit, language))


def chart(matter: Matter, indicator: Indicator, course: Course, language: Language) -> Markup:
    """Full years as a line, the parts of the goal's year apart on a ground of their own: a year and nine months are
    not compared. The goal is dashed, over all where it is a ratio, else over its own year."""
    aim, is_ratio = matter.goal.value or 0.0, indicator.is_ratio or indicator.unit == "share"
    every = [value for _, value in (*course.years, *course.parts)] + [aim]
    low, high = min(every), max(every)
    room = (high - low) or abs(high) or 1.0

    def y(value: float) -> float:
        return _FOOT - (value - low) / room * (_FOOT - _TOP)

    split = _SPLIT if course.years and course.parts else (_LEFT if course.parts else _RIGHT)
    at_years = _spread(len(course.years), _LEFT, split - 24)
    at_parts = _spread(len(course.parts), split + 18, _RIGHT - 30)
    spots = [(x, y(value)) for x, (_, value) in zip(at_years, course.years, strict=True)]
    parts = [(x, y(value)) for x, (_, value) in zip(at_parts, course.parts, strict=True)]
    year = Period.parse(matter.goal.period).year
    ground = EMPTY
    if parts:
        ground = html(
            '<rect class="ground" x="{:.1f}" y="0" width="{:.1f}" height="{}"/>'
            '<text class="s" x="{:.1f}" y="13">{}</text>',
            split, _RIGHT - split, _FOOT + 20, split + 6, say("actions.to_date", language, year=year),
        )  # fmt: skip
    ends = {0, len(course.years) - 1}
    marks = html_of(html('<circle class="year" cx="{:.1f}" cy="{:.1f}" r="3.5"/>', *spot) for spot in spots) + html_of(
        html('<circle cx="{:.1f}" cy="{:.1f}" r="4"/>', *spot) for spot in parts
    )
    under = html_of(
        html('<text class="s m" x="{:.1f}" y="{}">{}</text>', x, _FOOT + 36, name)
        for x, name in (
            *((x, name) for at, (x, (name, _)) in enumerate(zip(at_years, course.years, strict=True)) if at in ends),
            *((x, _months(name, language)) for x, (name, _) in zip(at_parts, course.parts, strict=True)),
        )
    )
    newest = [(split - 18, value) for _, value in course.years[-1:]]
    newest += [(_RIGHT - 4, value) for _, value in course.parts[-1:]]
    values = html_of(
        html(
            '<text class="v e" x="{:.1f}" y="{}">{}</text>', x, _FOOT + 16, str(figure(value, indicator.unit, language))
        )
        for x, value in newest
    )
    told = "; ".join(
        f"{Period.parse(name).say(language)} {figure(value, indicator.unit, language)}"
        for name, value in (*course.years, *course.parts)
    )
    return html(
        '<svg class="mchart" viewBox="0 0 400 150" role="img" aria-label="{}">{}'
        '<path class="goal" d="M{:.1f} {:.1f}H{}"/><text class="s e" x="{}" y="13">┄ {}</text>'
        '<polyline points="{}"/>{}{}{}</svg>',
        f"{words.wanted(matter, indicator, language)}; {told}",
        ground,
        _LEFT if is_ratio else split,
        y(aim),
        _RIGHT,
        _RIGHT - 4,
        str(figure(aim, indicator.unit, language)),
        " ".join(f"{x:.1f},{top:.1f}" for x, top in spots),
        marks,
        values,
        under,
    )


def _spread(count: int, first: float, last: float) -> list[float]:
    if count < 2:
        return [(first + last) / 2] * count
    return [first + place * (last - first) / (count - 1) for place in range(count)]


def _months(period: str, language: Language) -> str:
    """The months of a part of a year, without the year."""
    year = period.partition("-")[0]
    return Period.parse(period).say(language).removeprefix(f"{year}年").removesuffix(f" {year}")


def _lost(language: Language) -> Markup:
    return html("<div><small>{}</small><b>—</b></div>", say("actions.then_lost", language))
