"""The lower parts of a profile in words: trend, chain, stars or clock, history, reports, sources.

Pure; used by `profile_words`.
"""

from __future__ import annotations

from cockpit.analysis.briefing.lists import read_windows
from cockpit.analysis.briefing.profile_record import ChainPlace, Entry, Profile, Stop
from cockpit.analysis.star_rating import Rating
from cockpit.phrases import say
from cockpit.policy.list_records import STAR_COUNT
from cockpit.units import column_scale, figure, percent, significant
from cockpit.vocabulary import CHAIN_GRADES, CHAIN_STAGES, PROVENANCES, QUALIFIERS, RISKS, Language, Provenance
from cockpit.wording import lists as list_words
from cockpit.wording.profile_face import ChainFace, EntryLine, RatingFace, StopLine, TrendFace


def trend(profile: Profile, language: Language) -> TrendFace | None:
    """The years of the trend; None where nothing was ever reported."""
    found = profile.trend
    if found is None:
        return None
    label, known = found.indicator.label.say(language), found.known
    top = max(value for _, value in known)
    scale = column_scale((value for _, value in known), found.indicator.unit, language, counter=found.indicator.counter)
    heading = say("town.trend", language, label=label)
    if found.multiple is not None:
        times = significant(found.multiple, 2)
        heading = say("town.trend_times", language, label=label, first=known[0][0], last=known[-1][0], times=times)
    shown = [
        (
            period,
            "" if value is None else scale.figure(value).number,
            None if value is None else (round(max(value, 0.0) / top, 4) if top > 0 else 0.0),
        )
        for period, value in found.points
    ]
    unit = scale.unit
    note = say("town.trend_note", language, unit=unit, first=shown[0][0], last=shown[-1][0])
    note += f" · {PROVENANCES[found.provenance].say(language)}"
    none = say("town.no_data", language)
    alt = f"{label}, {unit}: " + ", ".join(f"{period} {number or none}" for period, number, _ in shown)
    if language == "zh":
        alt = f"{label}（{unit}）：" + "，".join(f"{period}年{number or none}" for period, number, _ in shown)
    return TrendFace(heading, note, tuple(shown), alt)


def _firms(count: int, language: Language) -> str:
    return say("town.chain_firms_one" if count == 1 else "town.chain_firms", language, count=count)


def _stop(stop: Stop, language: Language) -> StopLine:
    grade = CHAIN_GRADES[stop.grade].say(language)
    if stop.firm_count is None:
        return StopLine(stop.label.say(language), say("town.chain_silent", language), grade, "silent", stop.id)
    if not stop.firm_count:
        return StopLine(stop.label.say(language), say("town.chain_empty", language), grade, "empty", stop.id)
    return StopLine(stop.label.say(language), _firms(stop.firm_count, language), grade, "held", stop.id)


def chain(profile: Profile, language: Language) -> ChainFace | None:
    """The town in its chain; None where it belongs to none or nothing is known of firms."""
    place = profile.chain
    if place is None or place.period is None:
        return None
    name = place.chain.label.say(language)
    if place.firm_count is None:
        heading = say("town.chain_unreported", language, chain=name)
    else:
        heading = say("town.chain", language, chain=name, all=len(place.stops), held=len(place.held))
    stages = tuple(
        (word.say(language), tuple(_stop(stop, language) for stop in place.stops if stop.stage == stage))
        for stage, word in CHAIN_STAGES.items()
    )
    period = f"{place.period}年" if language == "zh" else place.period
    note = [period, PROVENANCES[Provenance.SIMULATED].say(language) if profile.is_simulated else ""]
    note.append(say("town.chain_note", language))
    return ChainFace(heading, " · ".join(part for part in note if part), stages, _chain_foot(place, language))


def _chain_foot(place: ChainPlace, language: Language) -> str:
    parts = []
    if place.firm_count is not None:
        parts.append(say("town.chain_foot", language, firms=place.firm_count, leaders=place.leader_count))
    if place.others:
        names = list_words.joined([name.say(language) for _, name in place.others], language)
        parts.append(say("town.chain_others", language, chains=names))
    return ("；" if language == "zh" else "; ").join(parts)


def rating(profile: Profile, language: Language) -> RatingFace:
    """Stars of a named town, clock of one being created, or why there is neither."""
    register = profile.register
    if profile.creating is not None:
        return _clock(profile, language)
    note = say("town.stars_note", language, clause=register.rule("star_rating").clause)
    found = profile.rating
    if found is None:
        reason = "published" if profile.status.silence == "published" else "not_named"
        text = say(f"town.stars_why.{reason}", language)
        return RatingFace(say("town.stars_none", language), text, None, STAR_COUNT, "", ())
    labels = {rule.stars: rule for rule in register.stars.values() if rule.kind == "level"}
    if found.stars is not None:
        heading = say("town.stars", language, label=labels[found.stars].label.say(language))
    elif found.lowest is not None and found.highest is not None:
        heading = say("town.stars_open", language, lowest=found.lowest, highest=found.highest)
    else:
        heading, note = say("town.stars_none", language), say("town.stars_why.no_index", language)
    alt = say("town.stars_alt", language, stars=found.stars, most=STAR_COUNT) if found.stars else ""
    return RatingFace(heading, note, found.stars, STAR_COUNT, alt, _star_rows(profile, found, language))


def _star_rows(profile: Profile, found: Rating, language: Language) -> tuple[tuple[str, str, str], ...]:
    rows = []
    labels = {rule.stars: rule for rule in profile.register.stars.values() if rule.kind == "level"}
    if found.index is not None and found.base is not None:
        level = labels[found.base]
        words = say("town.score_level", language, label=level.label.say(language), value=f"{level.value:g}")
        rows.append((say("town.score", language), f"{found.index:.1f}", words))
    for cap in found.caps:
        told = f"{list_words.rule_words(cap.rule, cap.value, language)} {list_words.tag(cap.rule, language)}"
        words = say("town.cap", language, told=told, stars=cap.rule.stars)
        rows.append((say("town.caps", language), say("town.caps_hit", language), words))
    if not found.caps:
        rows.append((say("town.caps", language), say("town.caps_none", language), ""))
    if found.unknown:
        names = [rule.label.say(language) for rule in found.unknown]
        rows.append((say("town.open_checks", language), str(len(names)), list_words.joined(names, language)))
    if found.stability is not None:
        words = say("town.kept" if found.kept is not None else "town.stability_note", language)
        rows.append((say("town.stability", language), percent(found.stability, decimals=0), words))
    return tuple(rows)


def _clock(profile: Profile, language: Language) -> RatingFace:
    town = profile.creating
    assert town is not None
    windows, clock = read_windows(profile.register), town.clock
    rule = profile.register.rule("creation_clock")
    heading = say("town.clock", language, limit=list_words.time_limit(town, windows, language))
    rows = [(say("town.clock_created", language), town.created_on or say("town.unknown_date", language), "")]
    if clock.due_from and clock.due_to:
        span = clock.due_from.isoformat()
        if clock.due_to != clock.due_from:
            span = f"{span} – {clock.due_to.isoformat()}"
        years = f"{windows.full_years:g}"
        rows.append((say("town.clock_due", language, years=years), span, ""))
    if clock.extension_end:
        rows.append((say("town.clock_until", language), clock.extension_end.isoformat(), ""))
    if town.grade is not None:
        rows.append((say("town.grade", language), RISKS[town.grade.grade].say(language), ""))
    rows.append((say("town.clock_basis", language), f"[{rule.clause}]", rule.effect.say(language)))
    return RatingFace(heading, say("town.clock_note", language), None, STAR_COUNT, "", tuple(rows))


def history_heading(profile: Profile, language: Language) -> str:
    if not profile.history:
        return say("town.history", language)
    first, last = (profile.history[at].day[:4] for at in (0, -1))
    return (
        say("town.history_span", language, first=first, last=last) if first != last else say("town.history", language)
    )


def _entry(entry: Entry, language: Language) -> str:
    if entry.kind == "list":
        text = say(f"town.entry.{entry.word}", language)
        return say("town.entry.batch", language, what=text, number=entry.batch) if entry.batch else text
    if entry.kind == "assessment":
        return say("town.entry.assessment", language, grade=say(f"intake.grade.{entry.word}", language))
    if entry.kind == "plan":
        text = say("town.entry.plan", language, first=entry.day[:4], last=entry.until[:4])
        if entry.amount_yuan is not None:
            amount = str(figure(entry.amount_yuan, "yuan", language, digits=3))
            text += say("town.entry.plan_money", language, amount=amount)
        return text
    if entry.kind == "extension":
        return say("town.entry.extension", language, day=entry.until)
    if entry.areas is not None:
        return boundary(*entry.areas, language)
    return say("town.entry.breach", language, subject=say(f"intake.subject.{entry.word}", language))


def boundary(before: float | None, after: float, language: Language) -> str:
    """A change of area (km2), and that figures per area break there."""
    was, now = (str(figure(area, "km2", language)) for area in (before, after))
    return say("town.entry.boundary", language, before=was, after=now)


def history(profile: Profile, language: Language) -> tuple[EntryLine, ...]:
    """Oldest first."""
    return tuple(
        EntryLine(
            day=entry.day,
            text=_entry(entry, language),
            badge=PROVENANCES[entry.provenance].say(language),
            is_simulated=entry.provenance is Provenance.SIMULATED,
            weight=2 if entry.kind == "list" else 1,
        )
        for entry in profile.history
    )


def qualified(value: float, unit: str, qualifier: str, language: Language) -> str:
    """A figure with its qualifier where the language sets it: 200余亿双, 70%以上, 超50亿元."""
    word, number = QUALIFIERS[qualifier].say(language), f"{value:g}"
    if language == "en":
        return " ".join(part for part in (word, number, unit) if part)
    if qualifier == "more_than":
        return f"{number}{word}{unit}"
    return f"{number}{unit}{word}" if qualifier in ("at_least", "around") else f"{word}{number}{unit}"


def reports(profile: Profile, language: Language) -> tuple[tuple[str, str, str], ...]:
    """(what, figure, period and scope) as the reports write them: their words are Chinese in both languages."""
    found = []
    for item in profile.reports:
        value = "—" if item.value is None else qualified(item.value, item.unit, item.qualifier, language)
        scope = "" if item.scope in ("", "town") else say(f"town.scope.{item.scope}", language)
        found.append((item.indicator, value, " · ".join(part for part in (item.period, scope) if part)))
    return tuple(found)


def sources(profile: Profile, language: Language) -> tuple[tuple[str, str], ...]:
    """(text, link) of every source; publishers keep their own language."""
    if profile.is_simulated:
        text = say("town.source_demo", language, number=profile.number, day=profile.published_on)
        return ((text, ""),)
    return tuple((f"{item.publisher} {item.dated}".strip(), item.link) for item in profile.sources)
