"""List management as HTML: counts, queue rows, stars, the dossier of a town, the decision log.

Pure: values in, markup out; the stylesheet is visuals/styles/lists.css.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cockpit.analysis.briefing.lists import CHECKS, CreatingTown, Lists, NamedTown
from cockpit.analysis.lifecycle import Section
from cockpit.datasets.decisions.log import Entry
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.list_records import STAR_COUNT, RiskRule, Signal
from cockpit.policy.register import Register
from cockpit.units import percent
from cockpit.visuals.marks.html import badge, chip, marked, narrowing, status_chip
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
from cockpit.visuals.marks.walking import walk, walked
from cockpit.vocabulary import DECISION_ACTIONS, LIST_STATUSES, ORIGINS, RISKS, Language, Provenance, Risk, Status
from cockpit.wording import lists as words

_MARKS: Final = (Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.PENDING)


def own(language: Language) -> Markup:
    return html('<span class="own">{}</span>', ORIGINS["own"].say(language))


def simulated(is_simulated: bool, language: Language) -> Markup:
    return badge(Provenance.SIMULATED, language) if is_simulated else EMPTY


def head(title: str, is_simulated: bool, lead: str, language: Language, more: str = "") -> Markup:
    """Title line of a block; `more` is markup."""
    return html(
        '<header class="lh"><h2>{}</h2>{}<span class="cnt">{}</span>{}</header>',
        title,
        simulated(is_simulated, language),
        lead,
        more,
    )


def counts(numbers: Mapping[str, int], language: Language) -> Markup:
    """How many towns stand on the list in which status."""
    items = html_of(
        html("<li><b>{}</b>{}</li>", numbers.get(status, 0), narrowing("status", status, text.say(language), language))
        for status, text in LIST_STATUSES.items()
    )
    return html('<ul class="lcounts" aria-label="{}">{}</ul>', say("lists.counts", language), items)


def clock_lead(lists: Lists, clause: str, language: Language) -> Markup:
    """What the clock says in one line of markup: how many before, in watch, at the line, and who is next."""
    windows = lists.windows
    full, watch = words.years(windows.full_years), words.years(windows.watch_years)
    stages = [town.clock.stage.value for town in lists.creating]
    reached = [town for town in lists.creating if town.clock.is_reached]
    values = {"years": watch, "count": stages.count("not_due")}
    parts: list[Markup] = [marked("lists.clock_not_due", language, **values)]
    parts.append(marked("lists.clock_watch", language, count=stages.count("watch")))
    if reached:
        parts.append(marked("lists.clock_due", language, years=full, count=len(reached), clause=clause))
    else:
        parts.append(escape(say("lists.clock_nobody", language)))
    if stages.count("unknown_date"):
        parts.append(marked("lists.clock_unknown", language, count=stages.count("unknown_date")))
    following = next_batch(lists, language)
    return html_of(html("<span>{}</span>", part) for part in [*parts, following] if part)


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


def clock_legend(language: Language) -> Markup:
    """The marks of the clock with their words."""
    grades = html_of(chip(mark_of("risk", risk), RISKS[risk].say(language)) for risk in _MARKS)
    watch = html(
        '<span class="chip t-on-track"><i class="g g-right"></i>{}</span>', say("lists.legend_watch", language)
    )
    plain = html('<span class="chip t-plain"><i class="g g-circle"></i>{}</span>', say("lists.before_line", language))
    bar = say("lists.clock_extension", language)
    return html('<div class="llegend">{}{}{}<span>{}</span></div>', grades, watch, plain, bar)


def clock_years(lists: Lists, language: Language) -> Markup:
    """The clock on a phone: how many towns by full years since creation."""
    ages = [int(town.clock.age) for town in lists.creating if town.clock.age is not None]
    if not ages:
        return EMPTY
    most = max(ages.count(age) for age in set(ages))
    full = lists.windows.full_years
    rows = html_of(
        html(
            '<li class="{}"><span>{}</span><i style="width:{:.0f}%"></i><em>{}</em></li>',
            "due" if age >= full else "",
            say("lists.age", language, age=age),
            ages.count(age) / most * 60,
            ages.count(age),
        )
        for age in range(min(ages), max(ages) + 1)
    )
    return html('<ul class="lyears phone">{}</ul>', rows)


def rule_chip(rule: RiskRule, value: float, language: Language) -> Markup:
    """A triggered rule: value, points, and where the norm stands."""
    weight = say("lists.veto", language) if rule.is_veto else str(rule.points)
    kind = " veto" if rule.is_veto else ""
    title = rule.reading.say(language)
    return html(
        '<span class="rc{}" title="{}">{}<b>{}</b><i>{}</i></span>',
        kind,
        title,
        words.rule_words(rule, value, language),
        weight,
        words.tag(rule, language),
    )


def grade_chip(risk: Risk, language: Language) -> Markup:
    return chip(mark_of("risk", risk), RISKS[risk].say(language), "lg")


def queue_head(language: Language) -> Markup:
    """Column heads of the queue; a phone shows cards without them."""
    columns = ("deadline", "town", "grade", "rules", "suggestion")
    cells = html_of(html("<span>{}</span>", say(f"lists.column.{name}", language)) for name in columns)
    return html('<div class="qrow qhead desk">{}</div>', cells)


def queue_section(name: Section, count: int, lists: Lists, language: Language) -> Markup:
    """Heading above the towns of a section."""
    title = words.section(name, lists.horizons, language)
    number = say("lists.section_count", language, count=count)
    return html('<h3 class="qsec{}">{}<span>{}</span></h3>', " over" if name == "overdue" else "", title, number)


def queue_row(
    town: CreatingTown,
    lists: Lists,
    register: Register,
    language: Language,
    entries: tuple[Entry | None, Entry | None],
    selected: bool,
) -> Markup:
    """One town of the queue; `entries` its newest entry in the log and the decision against the suggestion in force."""
    entry, against = entries
    grade = town.grade
    rules, marks = "", ""
    if grade is not None:
        rules = html_of(rule_chip(item.rule, item.value, language) for item in grade.findings)
        if grade.unknown:
            full = words.joined(words.labels(grade.unknown, register, language), language)
            text = words.unknown(grade.unknown, register, language)
            rules += html('<span class="rc lack" title="{}">{}</span>', full, text)
        if not rules:
            rules = html('<span class="cnt">{}</span>', say("lists.no_rule", language))
        marks = html("{}<small>{}</small>", grade_chip(grade.grade, language), words.grade_note(grade, language))
    else:
        rules = html('<span class="cnt">{}</span>', say("lists.before_line", language))
    log = f" · {say('lists.from_log', language)}" if town.is_extended_by_log else ""
    late = " over" if town.section == "overdue" else ""
    line = words.day(town.clock.deadline) or say("lists.public_unknown", language)
    done = EMPTY
    if entry is not None:
        text = f"✓ {say('lists.decided', language)} #{entry.number} {DECISION_ACTIONS[entry.action].say(language)}"
        done = html('<small class="done">{}</small>', text)
    if against is not None:
        done += html('<small class="against">⚠ {} #{}</small>', say("lists.against", language), against.number)
    created = say("lists.created", language, day=town.created_on or "—") + log
    return html(
        '<div class="qrow{}"><div class="qt{}"><b>{}</b><small>{}</small><small>{}</small></div><div>'
        '<b>{}</b><small>{}</small></div><div class="qg">{}</div><div class="qr">{}</div><div><b>{}</b>'
        "<small>{}</small>{}</div></div>",
        " sel" if selected else "",
        late,
        line,
        words.time_limit(town, lists.windows, language),
        created,
        town_name(town.place.code, words.name(town.place, language), language),
        narrowing("county", town.place.county_code, town.place.county.say(language), language),
        marks,
        rules,
        words.suggestion(town, language),
        words.reason(town, language),
        done,
    )


def _squares(towns: Sequence[NamedTown], label: str, language: Language, selected: str) -> Markup:
    parts = []
    for town in sorted(towns, key=lambda item: (item.rating.is_capped, item.rating.kept is not None)):
        rating = town.rating
        kind = " cap" if rating.is_capped else " kept" if rating.kept is not None else ""
        chosen = " sel" if town.place.code == selected else ""
        title = f"{words.name(town.place, language)} · {words.star_basis(rating, language)}"
        parts.append(html('<i class="sq{}{}" {}></i>', kind, chosen, walked("town", town.place.code, title)))
    return _walk(parts, label)


def _walk(marks: Sequence[Markup], label: str) -> Markup:
    """A row of squares or rings, one stop of the keyboard."""
    return html('<span class="sqs" role="group" {}>{}</span>', walk(label), html_of(marks)) if marks else EMPTY


def star_glyphs(stars: int) -> str:
    return "★" * stars


def stars(lists: Lists, register: Register, language: Language, selected: str) -> Markup:
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
        note = escape(say("lists.stars_caps", language, items=words.joined(notes, language))) if notes else EMPTY
        label = say("lists.star_count", language, stars=count)
        rows.append(
            html(
                '<li><span class="st" role="img" aria-label="{}">{}</span><b>{}</b><div>{}<small>{}</small></div></li>',
                label,
                star_glyphs(count),
                len(towns),
                _squares(towns, label, language, selected),
                note,
            )
        )
    unrated = [town for town in lists.named if town.rating.stars is None]
    no_index = sum(town.rating.index is None for town in unrated)
    notes = [say("lists.stars_no_index", language, count=no_index)] if no_index else []
    if len(unrated) > no_index:
        notes.append(say("lists.stars_open", language, count=len(unrated) - no_index))
    rings = [
        html(
            '<i class="ring{}" {}></i>',
            " sel" if town.place.code == selected else "",
            walked("town", town.place.code, words.name(town.place, language)),
        )
        for town in unrated
    ]
    rows.append(
        html(
            '<li><span class="st un">{}</span><b>{}</b><div>{}<small>{}</small></div></li>',
            say("lists.stars_unrated", language),
            len(unrated),
            _walk(rings, say("lists.stars_unrated", language)),
            words.joined(notes, language),
        )
    )
    return html(
        '<ul class="lstars">{}</ul>{}{}', html_of(rows), _elimination(lists, language), _method(register, language)
    )


def _elimination(lists: Lists, language: Language) -> Markup:
    listed = [town for town in lists.named if town.rating.is_for_elimination]
    if not listed:
        return EMPTY
    clause = next(cap.rule.clause for town in listed for cap in town.rating.caps if cap.rule.is_elimination)
    names = html_of(
        [town_name(town.place.code, words.short_name(town.place, language), language) for town in listed],
        "、" if language == "zh" else ", ",
    )
    text = marked("lists.stars_elimination", language, clause=clause, names=names)
    return html('<p class="lelim">{}{}</p>', status_chip(Status.MISSED, ""), text)


def _method(register: Register, language: Language) -> Markup:
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
    return html('<p class="note">{} {}</p>', text, own(language))


def stars_legend(language: Language) -> Markup:
    return html(
        '<span class="lkey"><i class="sq"></i>{}<i class="sq cap"></i>{}<i class="sq kept"></i>{}</span>',
        say("lists.stars_by_index", language),
        say("lists.stars_capped", language),
        say("lists.stars_kept", language),
    )


def dossier(
    town: CreatingTown | NamedTown,
    lists: Lists,
    register: Register,
    history: Sequence[tuple[str, str]],
    language: Language,
) -> Markup:
    """One town: its way through the list, its checks, and its grade or stars with every reason."""
    steps = " → ".join(f"{day} {LIST_STATUSES[status].say(language)}" for day, status in history)
    rows: list[tuple[str, str]] = [(say("lists.town_history", language), steps)]
    if isinstance(town, CreatingTown):
        text = words.time_limit(town, lists.windows, language)
        rows.append((say("lists.column.stage", language), text))
        if town.grade is not None:
            found = words.finding_texts(town.grade, language) or [say("lists.no_rule", language)]
            if town.grade.unknown:
                found.append(words.unknown(town.grade.unknown, register, language))
            told = ("；" if language == "zh" else "; ").join(found)
            mark = chip(mark_of("risk", town.grade.grade), RISKS[town.grade.grade].say(language))
            note = words.grade_note(town.grade, language)
            rows.append((say("lists.town_grade", language), html("{} {}", mark, f"{note} · {told}")))
            told = f"{words.suggestion(town, language)} · {words.reason(town, language)}"
            rows.append((say("lists.column.suggestion", language), told))
        else:
            rows.append((say("lists.town_grade", language), say("lists.before_line", language)))
    else:
        glyphs = star_glyphs(town.rating.stars or 0)
        rows.append((say("lists.town_stars", language), html("{} {}", glyphs, words.star_basis(town.rating, language))))
    rows.append((say("lists.town_checks", language), _town_checks(town, lists, register, language)))
    body = html_of(html("<dt>{}</dt><dd>{}</dd>", label, markup) for label, markup in rows)
    return html('<dl class="ldoss">{}</dl>', body)


def _town_checks(town: CreatingTown | NamedTown, lists: Lists, register: Register, language: Language) -> Markup:
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
    return html('<span class="lchecks">{}</span>', html_of(items))


def _kept(signal: Signal, value: float, town: CreatingTown | NamedTown, language: Language) -> str:
    kept = say("lists.town_check_kept", language)
    if signal == "plan_cover_count" and isinstance(town, NamedTown) and town.plan_ends_on:
        return say("lists.town_plan", language, day=town.plan_ends_on)
    if signal.endswith("_count"):
        return kept
    return f"{kept} {words.value(signal, value, language)}"


def check_towns(name: str, lists: Lists, register: Register, names: Mapping[str, str], language: Language) -> Markup:
    """The towns that break one check, with their figure, and those of which nothing can be said."""
    if name == "missing":
        items = html_of(
            html('<span class="rc lack">{}</span>', town_name(code, names[code], language)) for code in lists.missing
        )
        head_ = say("lists.check_unknown", language, count=len(lists.missing))
        return html('<div class="lwhich"><b>{}</b>{}</div>', head_, items)
    check = next(check for check in lists.checks if check.name == name)
    norms = {rule.signal: rule for rule in register.stars.values() if rule.signal}
    broken = []
    for code in check.broken:
        told = [
            words.value(signal, value, language, norms[signal].base_value)
            for signal in CHECKS[check.name][0]
            if (value := lists.figures[code][signal]) is not None and not norms[signal].is_kept(value)
        ]
        broken.append(
            html('<span class="rc">{}<b>{}</b></span>', town_name(code, names[code], language), " · ".join(told))
        )
    unknown = html_of(
        html('<span class="rc lack">{}</span>', town_name(code, names[code], language)) for code in check.unknown
    )
    text = say("lists.check_broken", language, count=len(broken)) if broken else say("lists.check_none", language)
    more = html("<b>{}</b>", say("lists.check_unknown", language, count=len(check.unknown))) if unknown else EMPTY
    return html('<div class="lwhich"><b>{}</b>{}{}{}</div>', text, html_of(broken), more, unknown)
