"""How a profile reads in one language: status and reasons, facts, standing, sources.

Pure. Page, scan page and sheet are drawn from the `Face` made here, so that no two of them say a figure differently.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cockpit.analysis.briefing.profile_record import Fact, Profile, Standing
from cockpit.analysis.town_status import Issue
from cockpit.phrases import say
from cockpit.policy.list_records import RiskRule, StarRule
from cockpit.policy.register import Register
from cockpit.policy.town_code_design import STATUS_NAMES, MatterRecord
from cockpit.units import Figure, Period, column_scale, figure, percent, significant
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, PROVENANCES, Language, Provenance
from cockpit.wording import lists as list_words
from cockpit.wording import profile_parts
from cockpit.wording.profile_face import BarLine, Face, FactLine, Matter, RuleLine
from cockpit.wording.targets import PUBLISHED_DIGITS, as_of_words, clause_words

_HEADROOM: Final = 1.06  # the longest mark of a scale ends a little before its end


def joined(parts: list[str], language: Language) -> str:
    """Clauses of one line: Chinese sets a middle dot between, English a comma."""
    return (" · " if language == "zh" else ", ").join(part for part in parts if part)


def year_words(period: str, language: Language) -> str:
    when = Period.parse(period)
    if when.is_full_year:
        return f"{when.year}年" if language == "zh" else f"{when.year}"
    return when.say(language)


@lru_cache(maxsize=1024)
def face(profile: Profile, language: Language, url: str) -> Face:
    """The words of one profile; for a passer-by give it `profile.for_public()`.

    Args:
        url: the public address the QR code holds; "" where none is set.
    """
    register = profile.register
    rules = tuple(_rule(register, name, language) for name in STATUS_NAMES)
    status = next(rule for rule in rules if rule.name == profile.status.name)
    kind = say("town.badge_demo" if profile.is_simulated else "town.badge_public", language)
    industry = INDUSTRY_CLASSES[profile.industry_class].say(language)
    place = say(
        "town.place",
        language,
        prefecture=PREFECTURES[profile.prefecture].say(language),
        county=profile.county.say(language),
    )
    subtitle = profile.name.en + say("town.own_name", language) if language == "zh" else profile.name.zh
    if profile.alias and language == "zh":
        subtitle = f"{subtitle} · {say('town.old_name', language, name=profile.alias)}"
    facts = [*_attributes(profile, language), *(_fact(fact, language) for fact in profile.facts)]
    # The area stands with what the list says, before the money.
    facts.sort(key=lambda line: line.is_inner)
    return Face(
        language=language,
        town_code=profile.town_code,
        code=profile.code,
        url=url,
        title=profile.name.say(language),
        subtitle=subtitle,
        place=joined([place, say("town.kind", language, name=industry), profile.industry.say(language)], language),
        badge=kind,
        is_simulated=profile.is_simulated,
        fictional=say("town.fictional", language) if profile.is_simulated else "",
        status=status,
        status_count=_count(profile, language),
        status_why=say("town.why", language, word=status.word),
        matters=tuple(_matter(issue, language) for issue in profile.status.issues),
        more=_more(profile, language),
        rule_line=say("town.rule_line", language, rule=status.text, word=status.word),
        facts=tuple(facts),
        standing_note=_standing_note(profile, language),
        bars=tuple(_bar(item, language) for item in profile.standings if item.median is not None or item.is_kept_back),
        trend=profile_parts.trend(profile, language),
        chain=profile_parts.chain(profile, language),
        chain_none=say("town.chain_none" if profile.chain is None else "town.chain_no_firms", language),
        rating=profile_parts.rating(profile, language),
        history_heading=profile_parts.history_heading(profile, language),
        history=profile_parts.history(profile, language),
        reports=profile_parts.reports(profile, language),
        rules_note=say("town.rules_note", language),
        rules=rules,
        matters_note=matters_note(register, language, profile.list_status),
        sources=profile_parts.sources(profile, language),
        foot=_foot(profile, kind, language),
    )


def _foot(profile: Profile, kind: str, language: Language) -> str:
    """Version, period and day of judgement, which no copy may be without."""
    is_published = profile.status.silence == "published"  # then every figure has a period of its own
    return say(
        "town.foot_published" if is_published else "town.foot",
        language,
        dataset=kind.replace(" · ", ",").partition(",")[0],
        number=profile.number,
        published=profile.published_on,
        period=year_words(profile.year, language),
        day=profile.as_of.isoformat(),
    )


def _rule(register: Register, name: str, language: Language) -> RuleLine:
    design = register.town_code
    record = design.statuses[name]
    rule = next(design.rule_of(known) for known in STATUS_NAMES if known == name)
    return RuleLine(name, record.mark, record.label.say(language), rule.say(language))


def rules(register: Register, language: Language) -> tuple[RuleLine, ...]:
    """The five statuses with their rules."""
    return tuple(_rule(register, name, language) for name in STATUS_NAMES)


def matters_note(register: Register, language: Language, list_status: str = "") -> str:
    """Which matters there are (for towns of one list status), red lines first."""
    records = [item for item in register.town_code.matters.values() if not list_status or list_status in item.norms]
    if not records:
        return ""
    names = {
        is_red: list_words.joined([item.label.say(language) for item in records if item.is_red is is_red], language)
        for is_red in (True, False)
    }
    return say("town.matters", language, red=names[True] or "—", open=names[False] or "—")


def _count(profile: Profile, language: Language) -> str:
    status = profile.status
    if status.silence:
        return say(f"town.silence.{status.silence}", language)
    if not status.count:
        return say("town.open_none", language)
    key = "town.open_red" if status.red or (status.name == "mend" and status.hidden) else "town.open"
    return say(f"{key}_one" if status.count == 1 else key, language, count=status.count)


def _more(profile: Profile, language: Language) -> tuple[str, ...]:
    """What else belongs to the status: matters told at the desk only, and those nothing is known of."""
    status, found = profile.status, []
    if status.hidden:
        found.append(say("town.hidden", language, count=status.hidden))
    if status.unknown:
        names = [_subject(item, profile, language) for item in status.unknown]
        found.append(say("town.unknown", language, items=list_words.joined(names, language)))
    return tuple(found)


def _subject(matter: MatterRecord, profile: Profile, language: Language) -> str:
    """What a matter looks at, without its verdict: 绿化覆盖率, not 绿化覆盖率不足."""
    norm = profile.register.town_code.norms.get(matter.norms[profile.list_status])
    return (norm if isinstance(norm, RiskRule | StarRule) else matter).label.say(language)


def _matter(issue: Issue, language: Language) -> Matter:
    matter, norm = issue.matter, issue.norm
    head, details = matter.label.say(language), []
    if matter.is_red:
        details.append(say("town.red", language))
    if isinstance(norm, RiskRule | StarRule) and norm.signal and issue.value is not None:
        head = list_words.rule_words(norm, issue.value, language)
        if norm.unit not in ("项", "年"):
            details.append(say("town.required", language, norm=clause_words(norm, language)))
        if norm.unit == "%":
            points = significant(abs(issue.value - norm.base_value) * 100, 2)
            details.append(say("town.short_of", language, points=points))
        details.append(say("town.basis", language, tag=list_words.tag(norm, language)))
    elif matter.kind == "clock" and issue.ends_on:
        over = "over" in matter.stages
        details.append(say("town.term_over" if over else "town.term_due", language, day=issue.ends_on.isoformat()))
    elif matter.kind == "returns":
        details.append(say("town.missing_share", language, share=percent(issue.value, decimals=0)))
    if norm is not None and not isinstance(norm, RiskRule | StarRule) and norm.clause:
        details.append(say("town.basis", language, tag=f"[{norm.clause}]"))
    return Matter(head, joined(details, language), matter.is_red, not matter.is_public)


def _attributes(profile: Profile, language: Language) -> list[FactLine]:
    listed = say(f"town.listed.{profile.list_status}", language)
    since = profile.named_on if profile.list_status == "named" else profile.status_as_of
    note = since
    if profile.list_status == "named" and profile.naming_batch:
        note = joined([since, say("town.batch", language, number=profile.naming_batch)], language)
    elif profile.list_status != "named" and since:
        note = say("town.known_on", language, day=as_of_words(since, language))
    batch = say("town.batch", language, number=profile.creation_batch) if profile.creation_batch else ""
    created = profile.created_on
    return [
        FactLine(say("town.fact.status", language), listed, "", note),
        FactLine(
            say("town.fact.created", language),
            created or say("town.not_yet" if profile.list_status == "cultivating" else "town.unknown_date", language),
            "",
            batch,
            is_none=not created,
        ),
        FactLine(
            say("town.fact.industry", language),
            profile.industry.say(language) or say("town.no_data", language),
            "",
            INDUSTRY_CLASSES[profile.industry_class].say(language),
            is_none=not profile.industry.zh,
        ),
    ]


def _shown(value: float, unit: str, fact: Fact | None, language: Language, origin: Provenance) -> Figure:
    digits = PUBLISHED_DIGITS if origin is Provenance.PUBLISHED else 4
    return figure(value, unit, language, counter=fact.counter if fact else None, digits=digits)


def _fact(fact: Fact, language: Language) -> FactLine:
    origin = PROVENANCES[fact.provenance].say(language)
    if fact.value is None:
        note = ""
        if fact.last:
            period, value = fact.last
            words = str(_shown(value, fact.unit, fact, language, fact.provenance))
            note = joined(
                [say("town.last", language, period=year_words(period, language), value=words), origin], language
            )
        elif fact.period and fact.provenance is Provenance.SIMULATED:
            note = year_words(fact.period, language)
        return FactLine(fact.label.say(language), say("town.no_data", language), "", note, True, not fact.is_public)
    shown = _shown(fact.value, fact.unit, fact, language, fact.provenance)
    when = year_words(fact.period, language) if fact.period else ""
    note = joined([when, origin], language)
    return FactLine(
        fact.label.say(language), shown.number, shown.unit, note, False, not fact.is_public, shown.short_unit
    )


def _standing_note(profile: Profile, language: Language) -> str:
    known = [item for item in profile.standings if item.median is not None]
    if not known:
        return say("town.standing_none", language)
    period = year_words(known[0].period, language)
    if profile.is_simulated:
        period = joined([period, PROVENANCES[Provenance.SIMULATED].say(language)], language)
    note = say(
        "town.standing_note",
        language,
        period=period,
        industry=INDUSTRY_CLASSES[profile.industry_class].say(language),
        middle=percent(profile.register.town_code.value("middle"), decimals=0),
    )
    return note + (say("town.standing_norm", language) if any(item.norm for item in known) else "")


def _no_peers(item: Standing, language: Language) -> str:
    if item.class_median is not None:
        return ""
    key = "town.class_kept_back" if item.is_class_kept_back else "town.class_few"
    return say(key, language, count=item.class_count)


def _bar(item: Standing, language: Language) -> BarLine:
    """One row, every number of it in one unit and on one scale from zero."""
    norm = item.norm.base_value if item.norm else None
    marks = [item.value, item.low, item.high, item.median, item.class_median, norm]
    known = [value for value in marks if value is not None]
    top = max(known, default=0.0) * _HEADROOM or 1.0
    # The step of the largest number holds for the row: no two numbers of it may be in different units.
    scale = column_scale(known, item.indicator.unit, language, counter=item.indicator.counter)

    def number(value: float | None) -> str:
        return "" if value is None else scale.figure(value).number

    def place(value: float | None) -> float | None:
        return None if value is None else round(max(value, 0.0) / top, 4)

    return BarLine(
        indicator=item.indicator.id,
        label=item.indicator.label.say(language),
        unit=scale.unit,
        town=number(item.value) or say("town.no_data", language),
        peers=number(item.class_median),
        peers_note=_no_peers(item, language),
        whole=say("town.kept_back", language) if item.is_kept_back else number(item.median),
        norm=number(norm),
        rank=say("town.rank", language, rank=item.rank, count=item.count) if item.rank else "",
        counts=say("town.counts", language, peers=item.class_count, count=item.count),
        is_none=item.value is None,
        at=place(item.value),
        at_low=place(item.low),
        at_high=place(item.high),
        at_peers=place(item.class_median),
        at_whole=place(item.median),
        at_norm=place(norm),
    )
