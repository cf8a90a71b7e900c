"""汇报口径: the paragraph to be said of one target, from its facts: what, how much, against what, why, what next.

Pure: facts in, sentences out. No adjective stands without a figure; every figure reads as it does on screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Card, GapParts
from cockpit.analysis.briefing.statement import Raised, Statement
from cockpit.phrases import say
from cockpit.units import Period, Scale, minus, percent, short_of_all
from cockpit.vocabulary import PACES, PREFECTURES, PROVENANCES, QUALIFIERS, SCOPES, Language, Status
from cockpit.wording import targets as wording
from cockpit.wording.gap import Row, gap_table, summed

_SILENT_REASONS = ("not_reported", "target_year_missing")
MOST_NAMES = 3


@dataclass(frozen=True)
class StatementText:
    """The paragraph in its three parts, each a whole sentence or more."""

    verdict: str
    why: str
    next: str
    language: Language

    @property
    def paragraph(self) -> str:
        """All of it, as it is copied into a report."""
        joint = "" if self.language == "zh" else " "
        return joint.join(part for part in (self.verdict, self.why, self.next) if part)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """(label, text) of each part."""
        return tuple(
            (say(f"statement.{name}", self.language), text)
            for name, text in (("verdict", self.verdict), ("why", self.why), ("next", self.next))
            if text
        )


@lru_cache(maxsize=512)
def statement_text(found: Statement, limits: Limits, language: Language) -> StatementText:
    """Set the facts of one target in words."""
    return StatementText(
        _closed(_verdict(found, limits, language), language),
        _closed(_why(found, language), language),
        _closed(_next(found, limits, language), language),
        language,
    )


def _closed(parts: list[str], language: Language) -> str:
    """Parts as one sentence, first letter a capital."""
    joint, stop = ("；", "。") if language == "zh" else ("; ", ".")
    text = joint.join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}{stop}" if text else ""


def _listed(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def _value(value: float | None, card: Card, language: Language) -> str:
    shown = wording.value_figure(value, card.indicator, language, card.provenance)
    lead = QUALIFIERS[card.qualifier].say(language) if card.qualifier else ""
    return f"{lead}{' ' if lead and language == 'en' else ''}{shown}"


def _basis(card: Card, language: Language) -> str:
    """Scope, provenance and coverage of the figure."""
    parts = [SCOPES[card.target.scope].say(language)]
    if card.value is not None:
        coverage = wording.coverage_words(card, language)
        # A published province total says its provenance in its coverage.
        parts += (
            [coverage] if not card.expected and coverage else [PROVENANCES[card.provenance].say(language), coverage]
        )
    if card.attainment.reason in ("low_coverage", "silence"):
        parts.append(say("statement.reported_only", language))
    return ("，" if language == "zh" else ", ").join(part for part in parts if part)


def _verdict(found: Statement, limits: Limits, language: Language) -> list[str]:
    card, reached = found.card, found.card.attainment
    values = {
        "period": wording.period_words(card.period, card.indicator, language),
        "label": wording.label_of(card, language),
        "basis": _basis(card, language),
    }
    goal = wording.target_words(card.target, card.indicator, language)
    gap = wording.gap_words(card, language, limits)
    if card.value is None:
        hidden = reached.reason == "small_group"
        parts = [say("statement.hidden_value" if hidden else "statement.silent_value", language, **values), goal, gap]
    else:
        parts = [say("statement.value", language, value=_value(card.value, card, language), **values), goal, gap]
        if reached.share is not None and card.indicator.unit != "share":
            parts.append(say("statement.share", language, share=percent(short_of_all(reached.share))))
    has_pace = reached.pace is not None and reached.pace.ratio is not None  # its word is the status
    if reached.reason not in ("within_year", "after_target") and not has_pace:
        parts.append(wording.status_words(card, language))
    if reached.reason in _SILENT_REASONS:
        parts.append(say("statement.no_verdict", language))
    if found.growth is None and reached.pace is None and not card.is_part:
        parts.append(wording.growth_words(card, language))
    if card.context is not None:
        parts.append(wording.context_words(card, language))
    parts += _pace(found, language)
    if card.is_part:
        parts.append(_part(card, language))
    return parts


def _pace(found: Statement, language: Language) -> list[str]:
    """Pace of a running target; for a part of a year the newest full year stands in."""
    anchor, card = found.depth.anchor, found.card
    parts = []
    if anchor is not None and anchor.period != card.period:
        parts.append(
            say(
                "statement.anchor",
                language,
                period=wording.period_words(anchor.period, anchor.indicator, language),
                value=_value(anchor.value, anchor, language),
                status=wording.light_words(anchor, language),
            )
        )
    pace = anchor.attainment.pace if anchor is not None else None
    if anchor is None or pace is None:
        return parts
    if pace.ratio is not None:
        parts.append(
            say(
                "statement.pace",
                language,
                ratio=minus(f"{pace.ratio:.2f}"),
                year=pace.base_year,
                observed=percent(pace.observed, signed=True),
                required=percent(pace.required, signed=True),
                word=wording.light_words(anchor, language),
            )
        )
        twin = found.depth.twin
        if twin is not None and twin.ratio is not None and twin.word is not None:
            word = PACES[twin.word].say(language)
            parts.append(say("statement.twin", language, ratio=minus(f"{twin.ratio:.2f}"), word=word))
    elif pace.reason and pace.reason != "already_met":
        parts.append(say(f"pace.short_{pace.reason}", language, year=pace.base_year))
    return parts


def _part(card: Card, language: Language) -> str:
    if card.contribution is None:
        why = say("card.not_reported" if card.contribution_expected else "card.out_of_scope", language)
        return say("statement.part_none", language, why=why.lower() if language == "en" else why)
    if card.indicator.is_ratio or not card.value:
        hidden = card.attainment.reason == "small_group" and not card.indicator.is_ratio
        share = say("card.hidden" if hidden else "target.own_ratio", language)
    else:
        share = say("target.of_province", language, share=percent(card.contribution / card.value))
    shown = wording.value_figure(card.contribution, card.indicator, language, card.provenance)
    return say(
        "statement.part",
        language,
        value=shown,
        reported=card.contribution_reported,
        expected=card.contribution_expected,
        share=share,
    )


def _why(found: Statement, language: Language) -> list[str]:
    card = found.card
    if not found.has_returns:
        return [say("statement.why_public", language)]
    if found.gap is not None:
        return _gap(found.gap, language)
    if found.growth is not None:
        return [_growth(found, language)]
    if card.is_part and not card.contribution_expected:
        why = "scope"
    elif card.attainment.reason in ("within_year", "after_target"):
        why = "period"
    else:
        why = "unreported"
    return [say("statement.why_none", language, why=say(f"statement.why_{why}", language))]


def _gap(gap: GapParts, language: Language) -> list[str]:
    """The four parts, then where the same towns pull down and where they hold."""
    table = gap_table(gap, language)
    told = [
        say("statement.gap_part", language, part=part.name, count=part.towns, value=part.text)
        for part in table.parts
        if part.towns
    ]
    key = "statement.total_ratio" if gap.card.indicator.is_ratio else "statement.total"
    parts = [say(key, language, total=table.total.number, unit=table.unit, parts=_listed(told, language))]
    for rows, by in ((table.areas, "county" if table.by_county else "prefecture"), (table.classes, "class")):
        if len(rows) > 1:
            sides = [_side(rows, sign, key, language) for sign, key in ((-1, "opens"), (1, "closes"))]
            text = ("，" if language == "zh" else ", ").join(side for side in sides if side)
            if text:
                parts.append(say("statement.split", language, by=say(f"statement.by_{by}", language), sides=text))
    return parts


def _side(rows: Sequence[Row], sign: int, key: str, language: Language) -> str:
    """Groups whose same towns pull one way: how many, their sum, the largest by name."""
    own = sorted((row for row in rows if row.value("same") * sign > 0), key=lambda row: -abs(row.value("same")))
    if not own:
        return ""
    total = summed(own, "same")
    text = say(f"statement.{key}", language, count=len(own), total=total.number if total else "")
    names = _listed([f"{row.name} {row.text('same')}" for row in own[:MOST_NAMES]], language)
    if len(own) > MOST_NAMES:
        return say("statement.largest_some", language, text=text, names=names)
    return say("statement.largest", language, text=text, names=names)


def _growth(found: Statement, language: Language) -> str:
    parts = found.growth
    assert parts is not None
    unit = say("gap.points", language) if parts.card.indicator.is_ratio else "%"
    scale = Scale(0.01, unit, decimals=1, is_signed=True)

    def told(value: float | None) -> str:
        return str(scale.figure(value))

    rows = [
        f"{PREFECTURES[key].say(language)} {told(float(value))}"
        for key, value in zip(parts.by_prefecture["key"], parts.by_prefecture["value"], strict=True)
    ]
    if len(rows) < 2:
        return say("statement.growth_one", language, whole=told(parts.whole))
    return say("statement.growth", language, whole=told(parts.whole), best=rows[0], worst=rows[-1])


def _next(found: Statement, limits: Limits, language: Language) -> list[str]:
    card = found.card
    parts = []
    if not found.has_returns:
        if card.status is Status.NO_DATA:
            parts.append(
                say(
                    "statement.public_wait",
                    language,
                    due=card.target.due.year,
                    label=card.indicator.label.say(language),
                    scope=SCOPES[card.target.scope].say(language),
                    clause=wording.stands_on(card.target, language),
                )
            )
            parts.append(say("decision.no_data_do", language))
        if card.source_ids:
            parts.append(say("statement.sources", language, sources=" ".join(card.source_ids)))
        return parts or [say("statement.nothing_due", language)]
    if found.silent:
        parts.append(_owed(found, language))
    for item in found.decisions:
        values = {
            "count": item.count,
            "days": item.days,
            "total": item.total,
            "year": found.card.target.due.year,
            "subject": card.indicator.label.say(language),
            "coverage": percent(card.reported / card.expected, decimals=0) if card.expected else "",
            "width": wording.tolerance_words(limits),
        }
        what, do = (say(f"decision.{item.kind}{end}", language, **values) for end in ("", "_do"))
        do = f"{do} [{item.clause}]" if item.clause else do
        parts.append(
            say("statement.decision", language, what=what, do=do[:1].lower() + do[1:] if language == "en" else do)
        )
    parts += [_alert(item, language) for item in found.alerts]
    needed = found.depth.needed
    if needed is not None and needed > 0:
        rate = percent(needed, signed=True)
        parts.append(say("statement.needed", language, due=card.target.due.year, rate=rate))
    if found.upcoming is not None:
        duty, due = found.upcoming
        parts.append(
            say(
                "statement.upcoming",
                language,
                period=Period.parse(due.period).say(language),
                duty=_lower(duty.label.say(language), language),
                due=due.due_on.isoformat(),
            )
        )
    return parts or [say("statement.nothing_due", language)]


def _alert(item: Raised, language: Language) -> str:
    """An alert of the target, and who has it in hand."""
    if not item.matters:
        told = say("statement.alert_free", language)
    else:
        named = [
            say("statement.alert_matter", language, matter=name, due=due.isoformat()) if due else name
            for name, due in item.matters
        ]
        told = say("statement.alert_in_hand", language, matters=_listed(named, language))
    since = say("statement.alert_since", language, day=item.since.isoformat()) if item.since else ""
    return say("statement.alert", language, label=item.label.say(language), since=since, told=told)


def _lower(text: str, language: Language) -> str:
    return text.lower() if language == "en" else text


def _owed(found: Statement, language: Language) -> str:
    called = [name.say(language) for _, name in found.silent]
    names = _listed(called[:MOST_NAMES], language)
    if len(called) > MOST_NAMES:
        names = say("target.silent_more", language, names=names)
    if found.owed is None:
        return say("statement.silent", language, count=len(found.silent), names=names)
    return say(
        "statement.owed_over" if found.owed.is_over else "statement.owed",
        language,
        count=len(found.silent),
        period=Period.parse(found.card.period).say(language),
        duty=_lower(found.owed.duty.label.say(language), language),
        due=found.owed.due_on.isoformat(),
        as_of=found.as_of.isoformat(),
        names=names,
    )
