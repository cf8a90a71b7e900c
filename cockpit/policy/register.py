"""Reads data/policy/*.toml into records; a bad record stops the start, nothing is skipped.

May import the ground floor and the rest of `policy`; touches files.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from cockpit.errors import RecordError, suggest
from cockpit.policy.access_design import AccessDesign, read_access
from cockpit.policy.alert_records import AlertRule
from cockpit.policy.asked import check_asked
from cockpit.policy.calendar_records import Duty, read_calendar
from cockpit.policy.chain_design import ChainDesign, read_chain_rules
from cockpit.policy.chains import Chain, read_chains
from cockpit.policy.elements import ElementDesign, ElementKind, read_elements
from cockpit.policy.figures import check_clauses, check_rules, check_sets, check_share, check_subjects, unit_of
from cockpit.policy.index_design import DERIVED, IndexDesign, read_index
from cockpit.policy.intake_design import IntakeDesign, read_intake
from cockpit.policy.limit_design import LimitDesign, read_limits
from cockpit.policy.list_records import SIGNAL_UNITS, STAR_COUNT, RiskRule, StarRule
from cockpit.policy.map_design import MapDesign, read_map
from cockpit.policy.per_mu_design import PerMuDesign, read_per_mu
from cockpit.policy.planning_design import PlanDesign, read_planning
from cockpit.policy.reading import read_records, read_tables
from cockpit.policy.records import (
    POLICY,
    Clause,
    Document,
    Indicator,
    Labelled,
    Passage,
    Rule,
    Target,
    TargetSet,
    Term,
    years_of_change,
)
from cockpit.policy.supervision_design import SupervisionDesign, read_supervision
from cockpit.policy.town_code_design import TownCodeDesign, read_town_code
from cockpit.policy.wall_design import WallDesign, read_wall
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, Text

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "policy"


@dataclass(frozen=True)
class Review:
    """A record to be looked at again: file and place, the day, who looked last ("" where nobody is named)."""

    where: str
    next_review: date
    checked_by: str


@dataclass(frozen=True, eq=False)
class Register:
    """All records, by id, in the order of their files, with the values of one year (`at`).

    `fingerprint` is the SHA-256 of what the files say for all years: comments, spaces and the order of records change
    nothing. `reviews` are the records somebody must look at again.
    """

    fingerprint: str
    reviews: tuple[Review, ...]
    by_year: Mapping[int, Register] = dataclasses.field(repr=False, compare=False)
    indicators: dict[str, Indicator]
    sets: dict[str, TargetSet]
    every_target: dict[str, Target]
    target_set: str
    rules: dict[str, Rule]
    documents: dict[str, Document]
    glossary: dict[str, Term]
    passages: dict[str, Passage]
    vitality: IndexDesign
    risk: dict[str, RiskRule]
    stars: dict[str, StarRule]
    per_mu: PerMuDesign
    chains: dict[str, Chain]
    chain_rules: ChainDesign
    calendar: dict[str, Duty]
    intake: IntakeDesign
    limits: LimitDesign
    access: AccessDesign
    supervision: SupervisionDesign
    alerts: dict[str, AlertRule]
    wall: WallDesign
    map: MapDesign
    town_code: TownCodeDesign
    elements: ElementDesign
    planning: PlanDesign
    # What towns carry of a target handed down to them, base unit, by target and town; empty for targets on record.
    own: Mapping[str, Mapping[str, float]] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    def at(self, year: int) -> Register:
        """The register with the values of a year; the same object where no value is dated."""
        if len(self.by_year) == 1:
            return self
        return self.by_year[max(first for first in self.by_year if first <= max(year, 0))].of_set(self.target_set)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The targets of the set looked at (`of_set`)."""
        return {name: target for name, target in self.every_target.items() if target.set == self.target_set}

    def in_set(self, target_id: str) -> str:
        """The target of the set looked at that stands for one of any set: itself, else the one of the same indicator,
        else the first in money."""
        if target_id in self.targets:
            return target_id
        asked = self.every_target.get(target_id)
        money = [name for name, target in self.targets.items() if target.rank == "money"]
        same = [name for name, target in self.targets.items() if asked and target.indicator == asked.indicator]
        return (same or money)[0]

    def of_set(self, name: str) -> Register:
        """The register that judges by a set; itself where it does already.

        Raises:
            RecordError: no such set.
        """
        if name not in self.sets:
            raise RecordError(f"unknown set {name!r}", where="target_sets.toml", remedy=suggest(name, self.sets))
        return self if name == self.target_set else _judging_by(self, name)

    def with_sets(
        self,
        sets: Mapping[str, TargetSet],
        targets: Mapping[str, Target],
        own: Mapping[str, Mapping[str, float]],
    ) -> Register:
        """The register with sets that people made beside those on record, in every year."""
        by_year: dict[int, Register] = {}
        for first, one in self.by_year.items():
            by_year[first] = dataclasses.replace(
                one,
                by_year=by_year,
                sets={**one.sets, **sets},
                every_target={**one.every_target, **targets},
                own=own,
            )
        return by_year[next(first for first, one in self.by_year.items() if one is self)]

    def overdue(self, as_of: date) -> tuple[Review, ...]:
        """Records whose day of review is past, the longest overdue first."""
        past = (item for item in self.reviews if item.next_review < as_of)
        return tuple(sorted(past, key=lambda item: item.next_review))

    def indicator(self, name: str) -> Indicator:
        if name not in self.indicators:
            raise RecordError(
                f"unknown indicator {name!r}", where="indicators.toml", remedy=suggest(name, self.indicators)
            )
        return self.indicators[name]

    def rule(self, name: str) -> Rule:
        if name not in self.rules:
            raise RecordError(f"unknown rule {name!r}", where="rules.toml", remedy=suggest(name, self.rules))
        return self.rules[name]

    @cached_property
    def reported(self) -> tuple[str, ...]:
        """Ids of the indicators towns report themselves."""
        return tuple(name for name, indicator in self.indicators.items() if indicator.is_reported)


@lru_cache(maxsize=64)
def _judging_by(register: Register, name: str) -> Register:
    return dataclasses.replace(register, target_set=name)


@lru_cache(maxsize=4)
def load(folder: Path = FOLDER) -> Register:
    """Load and cross-check the whole register (once per folder and process), with the newest of dated values.

    Raises:
        RecordError: any record is not usable, in any year.
    """
    written = {path.name: read_tables(path) for path in sorted(folder.glob("*.toml"))}
    common = (_hash_of(written), tuple(_reviews(written)))
    by_year: dict[int, Register] = {}
    for year in (0, *sorted(years_of_change(written))):
        by_year[year] = _read(folder, year, *common, by_year)
    return by_year[max(by_year)]


def _read(
    folder: Path, year: int, fingerprint: str, reviews: tuple[Review, ...], by_year: Mapping[int, Register]
) -> Register:
    indicators = read_records(folder / "indicators.toml", Indicator, year)
    rules = read_records(folder / "rules.toml", Rule, year)
    risk, stars = (
        read_records(folder / "risk.toml", RiskRule, year),
        read_records(folder / "stars.toml", StarRule, year),
    )
    targets = read_records(folder / "targets.toml", Target, year)
    sets = read_records(folder / "target_sets.toml", TargetSet, year)
    chains = read_chains(read_tables(folder / "chains.toml", year), "chains.toml")
    register = Register(
        fingerprint=fingerprint,
        reviews=reviews,
        by_year=by_year,
        indicators=indicators,
        sets=sets,
        every_target=targets,
        target_set=_newest_judged(sets),
        rules=rules,
        documents=read_records(folder / "documents.toml", Document, year),
        glossary=read_records(folder / "glossary.toml", Term, year),
        passages=read_records(folder / "clauses.toml", Passage, year),
        vitality=read_index(read_tables(folder / "vitality.toml", year), "vitality.toml"),
        risk=risk,
        stars=stars,
        per_mu=read_per_mu(read_tables(folder / "per_mu.toml", year), indicators),
        chains=chains,
        chain_rules=read_chain_rules(read_tables(folder / "chain_rules.toml", year)),
        calendar=read_calendar(folder / "calendar.toml", indicators, year),
        intake=read_intake(
            read_tables(folder / "intake.toml", year),
            indicators,
            tuple(n for n, i in indicators.items() if i.is_reported),
        ),
        limits=read_limits(read_tables(folder / "limits.toml", year)),
        access=read_access(read_tables(folder / "access.toml", year)),
        supervision=read_supervision(read_tables(folder / "supervision.toml", year)),
        alerts=read_records(folder / "alerts.toml", AlertRule, year),
        wall=read_wall(read_tables(folder / "wall.toml", year), targets, indicators, chains),
        map=read_map(read_tables(folder / "map.toml", year), indicators),
        town_code=read_town_code(read_tables(folder / "town_code.toml", year), indicators, risk, stars, rules),
        elements=read_elements(read_tables(folder / "elements.toml", year)),
        planning=read_planning(read_tables(folder / "planning.toml", year)),
    )
    check_asked(rules, indicators, register.glossary, register.elements.kinds, register.access.roles)
    _check_indicators(register)
    _check_targets(register)
    check_subjects(rules, indicators)
    check_clauses(_cited(register))
    check_rules(rules)
    _check_vitality(register)
    _check_lists(register)
    _check_alerts(register)
    _check_elements(register)
    for file, clauses in _cited(register).items():
        for name, clause in clauses.items():
            if clause.document not in register.documents:
                raise RecordError(
                    f"unknown document {clause.document!r}",
                    where=f"{file} [{name}] document",
                    remedy=suggest(clause.document, register.documents),
                )
            if clause.clause and clause.document == POLICY and clause.clause not in register.passages:
                raise RecordError(
                    f"clause {clause.clause} has no summary",
                    where=f"{file} [{name}] clause",
                    remedy="add it to clauses.toml",
                )
    return register


def _cited(register: Register) -> dict[str, Mapping[str, Clause]]:
    """Records that may cite a clause, by the file they stand in."""
    return {
        "targets.toml": register.every_target,
        "rules.toml": register.rules,
        "risk.toml": register.risk,
        "stars.toml": register.stars,
        "per_mu.toml": register.per_mu.parameters,
        "chain_rules.toml": {rule.id: rule for rule in register.chain_rules.rules},
    }


@dataclass(frozen=True)
class Answered:
    """What in the product answers a clause: names of targets, of rules, kinds of elements and alerts, and pages."""

    passage: Passage
    targets: tuple[Text, ...]
    rules: tuple[Text, ...]
    kinds: tuple[Text, ...]
    alerts: tuple[Text, ...]

    @property
    def is_answered(self) -> bool:
        """Whether a record answers it; a page alone shows, and answers nothing."""
        return bool(self.targets or self.rules or self.kinds or self.alerts)


def answers(register: Register) -> dict[str, Answered]:
    """Every clause with what answers it."""
    found = {}
    for number, passage in register.passages.items():
        cited = citing(register, number)
        targets = tuple(label for label, item in cited if isinstance(item, Target))
        kinds = tuple(label for label, item in cited if isinstance(item, ElementKind))
        rules = tuple(label for label, item in cited if not isinstance(item, Target | ElementKind))
        alerts = tuple(rule.label for rule in register.alerts.values() if rule.clause == number)
        found[number] = Answered(passage, targets, rules, kinds, alerts)
    return found


def citing(register: Register, number: str) -> tuple[tuple[Text, Clause | ElementKind], ...]:
    """Records that rest on a clause of the policy, each with its name."""
    found: list[tuple[Text, Clause | ElementKind]] = []
    for records in _cited(register).values():
        for item in records.values():
            if item.clause != number or item.document != POLICY:
                continue
            if isinstance(item, Target):
                found.append((register.indicator(item.indicator).label, item))
            elif isinstance(item, Labelled):
                found.append((item.label, item))
    found += [(kind.label, kind) for kind in register.elements.kinds.values() if number in kind.clauses]
    return tuple(found)


def _hash_of(written: Mapping[str, Any]) -> str:
    text = json.dumps(written, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _reviews(node: Mapping[str, Any], where: str = "") -> Iterator[Review]:
    for name, part in node.items():
        if isinstance(part, dict):
            place = f"{where} {name}".strip()
            if type(part.get("next_review")) is date:
                yield Review(place, part["next_review"], str(part.get("checked_by", "")))
            yield from _reviews(part, place)


def short(fingerprint: str) -> str:
    """A fingerprint as people compare it."""
    return fingerprint[:8]


def _check_indicators(register: Register) -> None:
    for name, indicator in register.indicators.items():
        parts = {"plus": indicator.plus, "minus": indicator.minus}
        ratio = (
            {"numerator": (indicator.numerator,), "denominator": (indicator.denominator,)} if indicator.is_ratio else {}
        )
        for field, references in {**parts, **ratio}.items():
            for reference in references:
                if reference not in register.indicators:
                    raise RecordError(
                        f"unknown indicator {reference!r}",
                        where=f"indicators.toml [{name}] {field}",
                        remedy=suggest(str(reference), register.indicators),
                    )


def _newest_judged(sets: Mapping[str, TargetSet]) -> str:
    """The set shown where nothing else is known: the newest closed or in force, else the newest."""
    if not sets:
        raise RecordError("no set of targets", where="target_sets.toml", remedy="add a record, as [2025]")
    judged = {name: record for name, record in sets.items() if record.state in ("closed", "in_force")} or sets
    return max(judged, key=lambda name: judged[name].due)


def _check_targets(register: Register) -> None:
    for name, record in register.sets.items():
        where = f"target_sets.toml [{name}]"
        own = [target for target in register.every_target.values() if target.set == name]
        if not own or all(target.rank != "money" for target in own):
            raise RecordError("a set needs targets, one of them in money", where=where, remedy="add it to targets.toml")
        if record.document and record.document not in register.documents:
            remedy = suggest(record.document, register.documents)
            raise RecordError(f"unknown document {record.document!r}", where=f"{where} document", remedy=remedy)
    for name, target in register.every_target.items():
        where = f"targets.toml [{name}]"
        if target.set not in register.sets:
            remedy = suggest(target.set, register.sets)
            raise RecordError(f"unknown set {target.set!r}", where=f"{where} set", remedy=remedy)
        if target.indicator not in register.indicators:
            raise RecordError(
                f"unknown indicator {target.indicator!r}",
                where=f"{where} indicator",
                remedy=suggest(target.indicator, register.indicators),
            )
        unit = register.indicators[target.indicator].unit
        if unit_of(target.unit, where, unit) != unit:
            raise RecordError(
                f"{target.unit} is not a unit of {unit}",
                where=f"{where} unit",
                remedy="use the unit as written in the quote",
            )
    check_sets(register.sets, register.every_target)


def _check_alerts(register: Register) -> None:
    """Clauses of the alerts have a summary, their figures an indicator."""
    for rule in register.alerts.values():
        where = f"alerts.toml [{rule.id}]"
        if rule.clause not in register.passages:
            raise RecordError(f"clause {rule.clause} has no summary", where=where, remedy="add it to clauses.toml")
        if rule.indicator and rule.indicator not in register.indicators:
            remedy = suggest(rule.indicator, register.indicators)
            raise RecordError(f"unknown indicator {rule.indicator!r}", where=f"{where} indicator", remedy=remedy)
        if rule.indicator and rule.value is not None:
            unit = register.indicators[rule.indicator].unit
            check_share(rule.value, unit, f"{where} value")
            check_share(rule.margin, unit, f"{where} margin")


def _check_elements(register: Register) -> None:
    """Clauses of the kinds have a summary, the rules their fields name exist."""
    for kind in register.elements.kinds.values():
        where = f"elements.toml [kind.{kind.id}]"
        for clause in kind.clauses:
            if clause not in register.passages:
                raise RecordError(f"clause {clause} has no summary", where=where, remedy="add it to clauses.toml")
        for name, field in kind.columns.items():
            if field.rule and field.rule not in register.rules:
                remedy = suggest(field.rule, register.rules)
                raise RecordError(f"unknown rule {field.rule!r}", where=f"{where} {name}", remedy=remedy)
    for indicator in register.indicators.values():
        if indicator.element and indicator.element not in register.elements.kinds:
            remedy = suggest(indicator.element, register.elements.kinds)
            where = f"indicators.toml [{indicator.id}] element"
            raise RecordError(f"unknown kind {indicator.element!r}", where=where, remedy=remedy)
        columns = register.elements.kinds[indicator.element].columns if indicator.element else {}
        for part, column in (("amount", indicator.amount), ("times", indicator.times)):  # or its different words
            if column and column not in (*columns, "distinct"):
                what = f"unknown field {column!r} of [kind.{indicator.element}]"
                where = f"indicators.toml [{indicator.id}] {part}"
                raise RecordError(what, where=where, remedy=suggest(column, columns))


def _check_lists(register: Register) -> None:
    """Norms of the risk grade and the stars: units fit their signals, sources exist, the levels leave no hole."""
    norms: list[tuple[str, RiskRule | StarRule]] = [("risk.toml", rule) for rule in register.risk.values()]
    norms += [("stars.toml", rule) for rule in register.stars.values()]
    for file, rule in norms:
        if rule.signal is None:
            continue
        where = f"{file} [{rule.id}]"
        if rule.source and rule.source not in register.documents:
            remedy = suggest(rule.source, register.documents)
            raise RecordError(f"unknown document {rule.source!r}", where=f"{where} source", remedy=remedy)
        unit = SIGNAL_UNITS[rule.signal]
        written = "years" if rule.unit == "年" else unit_of(rule.unit, where, unit)
        if written != unit:
            raise RecordError(
                f"{rule.unit} is not a unit of {rule.signal}", where=f"{where} unit", remedy=f"its base unit is {unit}"
            )
    levels = sorted((rule.stars or 0, rule.base_value) for rule in register.stars.values() if rule.kind == "level")
    if [stars for stars, _ in levels] != list(range(1, STAR_COUNT + 1)) or levels[0][1] > 0:
        raise RecordError(
            f"levels must be one each for 1 to {STAR_COUNT} stars, one star from 0",
            where="stars.toml",
            remedy="add the level that is missing",
        )
    if levels != sorted(levels, key=lambda level: level[1]):
        raise RecordError("more stars need a higher index", where="stars.toml", remedy="put the levels in order")
    high = register.rule("risk_high_from").base_value
    gentle: dict[str, int] = {}
    for step in register.risk.values():
        if step.force == "in_principle":
            gentle[step.signal] = max(gentle.get(step.signal, 0), step.points)
    if sum(gentle.values()) >= high:
        raise RecordError(
            "rules stated in principle would make a high risk by themselves",
            where="risk.toml",
            remedy="lower their points: in principle is a matter to watch at worst",
        )


def _check_vitality(register: Register) -> None:
    """Every column of the index is an indicator of ours, every status and class a word of the vocabulary."""
    known = {*register.indicators, *DERIVED}
    design = register.vitality
    for name, item in design.items.items():
        for field, column in (("column", item.column or name), ("denominator", item.denominator)):
            if column and column not in known:
                raise RecordError(
                    f"unknown indicator {column!r}",
                    where=f"vitality.toml [item.{name}] {field}",
                    remedy=suggest(column, known),
                )
        for word in item.only:
            if word not in INDUSTRY_CLASSES:
                where = f"vitality.toml [item.{name}] only"
                raise RecordError(f"unknown class {word!r}", where=where, remedy=suggest(word, INDUSTRY_CLASSES))
        if item.source and item.source not in register.documents:
            where = f"vitality.toml [item.{name}] source"
            raise RecordError(
                f"unknown document {item.source!r}", where=where, remedy=suggest(item.source, register.documents)
            )
    for word in design.index.population:
        if word not in LIST_STATUSES:
            where = "vitality.toml [index] population"
            raise RecordError(f"unknown list status {word!r}", where=where, remedy=suggest(word, LIST_STATUSES))
