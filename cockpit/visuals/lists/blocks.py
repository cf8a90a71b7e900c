"""List management as HTML: counts, queue rows, stars, the dossier of a town, the decision log.

Pure: values in, markup out; the stylesheet is ui/styles/lists.css. Every text from data is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from cockpit.analysis.briefing.lists import CHECKS, CreatingTown, Lists, NamedTown
from cockpit.analysis.lifecycle import Section
from cockpit.datasets.decisions.log import Entry
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.list_records import STAR_COUNT, RiskRule, Signal
from cockpit.policy.register import Register
from cockpit.units import percent
from cockpit.visuals.marks.html import badge, chip, marked, status_chip
from cockpit.vocabulary import DECISION_ACTIONS, LIST_STATUSES, ORIGINS, RISKS, Language, Provenance, Risk, Status
from cockpit.wording import lists as words

_MARKS: Final = (Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.PENDING)


def own(language: Language) -> str:
    return f'<span class="own">{ORIGINS["own"].say(language)}</span>'


def simulated(is_simulated: bool, language: Language) -> str:
    return badge(Provenance.SIMULATED, language) if is_simulated else ""


def head(title: str, is_simulated: bool, lead: str, language: Language, more: str = "") -> str:
    """Title line of a block; `more` is markup."""
    return (
        f'<header class="lh"><h2>{escape(title)}</h2>{simulated(is_simulated, language)}'
        f'<span class="cnt">{escape(lead)}</span>{more}</header>'
    )


def counts(numbers: Mapping[str, int], language: Language) -> str:
    """How many towns stand on the list in which status."""
    items = "".join(
        f"<li><b>{numbers.get(status, 0)}</b><span>{escape(text.say(language))}</span></li>"
        for status, text in LIST_STATUSES.items()
    )
    return f'<ul class="lcounts" aria-label="{escape(say("lists.counts", language))}">{items}</ul>'


def clock_lead(lists: Lists, clause: str, language: Language) -> str:
    """What the clock says in one line of markup: how many before, in watch, at the line, and who is next."""
    windows = lists.windows
    full, watch = words.years(windows.full_years), words.years(windows.watch_years)
    stages = [town.clock.stage.value for town in lists.creating]
    reached = [town for town in lists.creating if town.clock.is_reached]
    values = {"years": watch, "count": stages.count("not_due")}
    parts: list[str] = [marked("lists.clock_not_due", language, **values)]
    parts.append(marked("lists.clock_watch", language, count=stages.count("watch")))
    if reached:
        parts.append(marked("lists.clock_due", language, years=full, count=len(reached), clause=clause))
    else:
        parts.append(say("lists.clock_nobody", language))
    if stages.count("unknown_date"):
        parts.append(marked("lists.clock_unknown", language, count=stages.count("unknown_date")))
    following = next_batch(lists, language)
    return "".join(f"<span>{part}</span>" for part in [*parts, following] if part)


def next_batch(lists: Lists, language: Language) -> str:
    """The next towns to reach the line, "" when there are none."""
    coming = [town for town in lists.creating if not town.clock.is_reached and town.clock.due_to]
    if not coming:
        return ""
    due = min(town.clock.due_to for town in coming if town.clock.due_to)
    return say(
        "lists.clock_next",
        language,
        years=words.years(lists.windows.full_years),
        day=due.isoformat(),
        count=sum(town.clock.due_to == due for town in coming),
        days=(due - lists.as_of).days,
    )


def clock_legend(language: Language) -> str:
    """The marks of the clock with their words."""
    grades = "".join(chip(mark_of("risk", risk), RISKS[risk].say(language)) for risk in _MARKS)
    watch = (
        f'<span class="chip t-on-track"><i class="g g-right"></i>{escape(say("lists.legend_watch", language))}</span>'
    )
    plain = f'<span class="chip t-plain"><i class="g g-circle"></i>{escape(say("lists.before_line", language))}</span>'
    bar = escape(say("lists.clock_extension", language))
    return f'<div class="llegend">{grades}{watch}{plain}<span>{bar}</span></div>'


def clock_years(lists: Lists, language: Language) -> str:
    """The clock on a phone: how many towns by full years since creation."""
    ages = [int(town.clock.age) for town in lists.creating if town.clock.age is not None]
    if not ages:
        return ""
    most = max(ages.count(age) for age in set(ages))
    full = lists.windows.full_years
    rows = "".join(
        f'<li class="{"due" if age >= full else ""}"><span>{escape(say("lists.age", language, age=age))}</span>'
        f'<i style="width:{ages.count(age) / most * 60:.0f}%"></i><em>{ages.count(age)}</em></li>'
        for age in range(min(ages), max(ages) + 1)
    )
    return f'<ul class="lyears phone">{rows}</ul>'


def rule_chip(rule: RiskRule, value: float, language: Language) -> str:
    """A triggered rule: value, points, and where the norm stands."""
    weight = say("lists.veto", language) if rule.is_veto else str(rule.points)
    kind = " veto" if rule.is_veto else ""
    title = escape(rule.reading.say(language))
    return (
        f'<span class="rc{kind}" title="{title}">{escape(words.rule_words(rule, value, language))}'
        f"<b>{escape(weight)}</b><i>{escape(words.tag(rule, language))}</i></span>"
    )


def grade_chip(risk: Risk, language: Language) -> str:
    return chip(mark_of("risk", risk), RISKS[risk].say(language), "lg")


def queue_head(language: Language) -> str:
    """Column heads of the queue; a phone shows cards without them."""
    columns = ("deadline", "town", "grade", "rules", "suggestion")
    cells = "".join(f"<span>{escape(say(f'lists.column.{name}', language))}</span>" for name in columns)
    return f'<div class="qrow qhead desk">{cells}</div>'


def queue_section(name: Section, count: int, lists: Lists, language: Language) -> str:
    """Heading above the towns of a section."""
    title = escape(words.section(name, lists.horizons, language))
    number = escape(say("lists.section_count", language, count=count))
    return f'<h3 class="qsec{" over" if name == "overdue" else ""}">{title}<span>{number}</span></h3>'


def queue_row(
    town: CreatingTown,
    lists: Lists,
    register: Register,
    language: Language,
    entries: tuple[Entry | None, Entry | None],
    selected: bool,
) -> str:
    """One town of the queue; `entries` its newest entry in the log and the decision against the suggestion in force."""
    entry, against = entries
    grade = town.grade
    rules, marks = "", ""
    if grade is not None:
        rules = "".join(rule_chip(item.rule, item.value, language) for item in grade.findings)
        if grade.unknown:
            full = words.joined(words.labels(grade.unknown, register, language), language)
            text = words.unknown(grade.unknown, register, language)
            rules += f'<span class="rc lack" title="{escape(full)}">{escape(text)}</span>'
        if not rules:
            rules = f'<span class="cnt">{escape(say("lists.no_rule", language))}</span>'
        marks = f"{grade_chip(grade.grade, language)}<small>{escape(words.grade_note(grade, language))}</small>"
    else:
        rules = f'<span class="cnt">{escape(say("lists.before_line", language))}</span>'
    log = f" · {say('lists.from_log', language)}" if town.is_extended_by_log else ""
    late = " over" if town.section == "overdue" else ""
    line = words.day(town.clock.deadline) or say("lists.public_unknown", language)
    done = ""
    if entry is not None:
        text = f"✓ {say('lists.decided', language)} #{entry.number} {DECISION_ACTIONS[entry.action].say(language)}"
        done = f'<small class="done">{escape(text)}</small>'
    if against is not None:
        done += f'<small class="against">⚠ {escape(say("lists.against", language))} #{against.number}</small>'
    created = escape(say("lists.created", language, day=town.created_on or "—") + log)
    return (
        f'<div class="qrow{" sel" if selected else ""}">'
        f'<div class="qt{late}"><b>{escape(line)}</b>'
        f"<small>{escape(words.time_limit(town, lists.windows, language))}</small><small>{created}</small></div>"
        f"<div><b>{escape(words.name(town.place, language))}</b>"
        f"<small>{escape(town.place.county.say(language))}</small></div>"
        f'<div class="qg">{marks}</div><div class="qr">{rules}</div>'
        f"<div><b>{escape(words.suggestion(town, language))}</b>"
        f"<small>{escape(words.reason(town, language))}</small>{done}</div></div>"
    )


def _squares(towns: Sequence[NamedTown], language: Language, selected: str) -> str:
    parts = []
    for town in sorted(towns, key=lambda item: (item.rating.is_capped, item.rating.kept is not None)):
        rating = town.rating
        kind = " cap" if rating.is_capped else " kept" if rating.kept is not None else ""
        chosen = " sel" if town.place.code == selected else ""
        title = escape(f"{words.name(town.place, language)} · {words.star_basis(rating, language)}")
        parts.append(f'<i class="sq{kind}{chosen}" title="{title}"></i>')
    return f'<span class="sqs" aria-hidden="true">{"".join(parts)}</span>'


def star_glyphs(stars: int) -> str:
    return "★" * stars


def stars(lists: Lists, register: Register, language: Language, selected: str) -> str:
    """One square a town by stars, caps with their clause below, circles for those not rated."""
    rows = []
    for count in range(STAR_COUNT, 0, -1):
        towns = [town for town in lists.named if town.rating.stars == count]
        capped = [cap for town in towns if town.rating.is_capped for cap in town.rating.caps if cap.rule.stars == count]
        notes = [
            f"{cap.label.say(language)} {words.tag(cap, language)} {number}"
            for cap in {item.rule.id: item.rule for item in capped}.values()
            for number in [sum(item.rule.id == cap.id for item in capped)]
        ]
        note = escape(say("lists.stars_caps", language, items=words.joined(notes, language))) if notes else ""
        label = escape(say("lists.star_count", language, stars=count))
        rows.append(
            f'<li><span class="st" role="img" aria-label="{label}">{star_glyphs(count)}</span><b>{len(towns)}</b>'
            f"<div>{_squares(towns, language, selected)}<small>{note}</small></div></li>"
        )
    unrated = [town for town in lists.named if town.rating.stars is None]
    no_index = sum(town.rating.index is None for town in unrated)
    notes = [say("lists.stars_no_index", language, count=no_index)] if no_index else []
    if len(unrated) > no_index:
        notes.append(say("lists.stars_open", language, count=len(unrated) - no_index))
    rings = "".join(
        f'<i class="ring{" sel" if town.place.code == selected else ""}"'
        f' title="{escape(words.name(town.place, language))}"></i>'
        for town in unrated
    )
    rows.append(
        f'<li><span class="st un">{escape(say("lists.stars_unrated", language))}</span><b>{len(unrated)}</b>'
        f'<div><span class="sqs" aria-hidden="true">{rings}</span>'
        f"<small>{escape(words.joined(notes, language))}</small></div></li>"
    )
    return f'<ul class="lstars">{"".join(rows)}</ul>{_elimination(lists, language)}{_method(register, language)}'


def _elimination(lists: Lists, language: Language) -> str:
    listed = [town for town in lists.named if town.rating.is_for_elimination]
    if not listed:
        return ""
    clause = next(cap.rule.clause for town in listed for cap in town.rating.caps if cap.rule.is_elimination)
    names = words.joined([words.short_name(town.place, language) for town in listed], language)
    text = escape(say("lists.stars_elimination", language, clause=clause, names=names))
    return f'<p class="lelim">{status_chip(Status.MISSED, "")}{text}</p>'


def _method(register: Register, language: Language) -> str:
    levels = sorted(
        (rule for rule in register.stars.values() if rule.kind == "level"), key=lambda rule: -rule.base_value
    )
    told = [
        say("lists.stars_level", language, value=f"{rule.base_value:g}", stars=rule.stars)
        for rule in levels
        if rule.base_value > 0
    ]
    share = percent(register.rule("star_stability").base_value, decimals=0)
    text = say("lists.stars_method", language, levels=words.joined(told, language), share=share)
    return f'<p class="note">{escape(text)} {own(language)}</p>'


def stars_legend(language: Language) -> str:
    return (
        f'<span class="lkey"><i class="sq"></i>{escape(say("lists.stars_by_index", language))}'
        f'<i class="sq cap"></i>{escape(say("lists.stars_capped", language))}'
        f'<i class="sq kept"></i>{escape(say("lists.stars_kept", language))}</span>'
    )


def dossier(
    town: CreatingTown | NamedTown,
    lists: Lists,
    register: Register,
    history: Sequence[tuple[str, str]],
    language: Language,
) -> str:
    """One town: its way through the list, its checks, and its grade or stars with every reason."""
    steps = " → ".join(f"{day} {LIST_STATUSES[status].say(language)}" for day, status in history)
    rows = [(say("lists.town_history", language), escape(steps))]
    if isinstance(town, CreatingTown):
        text = words.time_limit(town, lists.windows, language)
        rows.append((say("lists.column.stage", language), escape(text)))
        if town.grade is not None:
            found = words.finding_texts(town.grade, language) or [say("lists.no_rule", language)]
            if town.grade.unknown:
                found.append(words.unknown(town.grade.unknown, register, language))
            told = ("；" if language == "zh" else "; ").join(found)
            mark = chip(mark_of("risk", town.grade.grade), RISKS[town.grade.grade].say(language))
            note = words.grade_note(town.grade, language)
            rows.append((say("lists.town_grade", language), f"{mark} {escape(f'{note} · {told}')}"))
            told = f"{words.suggestion(town, language)} · {words.reason(town, language)}"
            rows.append((say("lists.column.suggestion", language), escape(told)))
        else:
            rows.append((say("lists.town_grade", language), escape(say("lists.before_line", language))))
    else:
        glyphs = star_glyphs(town.rating.stars or 0)
        rows.append((say("lists.town_stars", language), f"{glyphs} {escape(words.star_basis(town.rating, language))}"))
    rows.append((say("lists.town_checks", language), _town_checks(town, lists, register, language)))
    body = "".join(f"<dt>{escape(label)}</dt><dd>{markup}</dd>" for label, markup in rows)
    return f'<dl class="ldoss">{body}</dl>'


def _town_checks(town: CreatingTown | NamedTown, lists: Lists, register: Register, language: Language) -> str:
    status = "creating" if isinstance(town, CreatingTown) else "named"
    norms = {rule.signal: rule for rule in register.stars.values() if rule.signal}
    items = []
    for signals, bound in CHECKS.values():
        for signal in signals if status in bound else ():
            rule, value = norms[signal], lists.figures[town.place.code][signal]
            text = rule.label.say(language)
            if value is None:
                mark, told = Status.NO_DATA, say("lists.town_check_unknown", language)
            elif rule.is_kept(value):
                mark, told = Status.ACHIEVED, _kept(signal, value, town, language)
            else:
                mark = Status.BEHIND if rule.force == "in_principle" else Status.MISSED
                figure = words.value(signal, value, language, rule.base_value)
                told = f"{say('lists.town_check_broken', language)} {figure}"
            items.append(status_chip(mark, f"{text} {told} {words.tag(rule, language)}"))
    return f'<span class="lchecks">{"".join(items)}</span>'


def _kept(signal: Signal, value: float, town: CreatingTown | NamedTown, language: Language) -> str:
    kept = say("lists.town_check_kept", language)
    if signal == "plan_cover_count" and isinstance(town, NamedTown) and town.plan_ends_on:
        return say("lists.town_plan", language, day=town.plan_ends_on)
    if signal.endswith("_count"):
        return kept
    return f"{kept} {words.value(signal, value, language)}"


def check_towns(name: str, lists: Lists, register: Register, names: Mapping[str, str], language: Language) -> str:
    """The towns that break one check, with their figure, and those of which nothing can be said."""
    if name == "missing":
        items = "".join(f'<span class="rc lack">{escape(names[code])}</span>' for code in lists.missing)
        head_ = say("lists.check_unknown", language, count=len(lists.missing))
        return f'<div class="lwhich"><b>{escape(head_)}</b>{items}</div>'
    check = next(check for check in lists.checks if check.name == name)
    norms = {rule.signal: rule for rule in register.stars.values() if rule.signal}
    broken = []
    for code in check.broken:
        told = [
            words.value(signal, value, language, norms[signal].base_value)
            for signal in CHECKS[check.name][0]
            if (value := lists.figures[code][signal]) is not None and not norms[signal].is_kept(value)
        ]
        broken.append(f'<span class="rc">{escape(names[code])}<b>{escape(" · ".join(told))}</b></span>')
    unknown = "".join(f'<span class="rc lack">{escape(names[code])}</span>' for code in check.unknown)
    text = say("lists.check_broken", language, count=len(broken)) if broken else say("lists.check_none", language)
    more = f"<b>{escape(say('lists.check_unknown', language, count=len(check.unknown)))}</b>" if unknown else ""
    return f'<div class="lwhich"><b>{escape(text)}</b>{"".join(broken)}{more}{unknown}</div>'
