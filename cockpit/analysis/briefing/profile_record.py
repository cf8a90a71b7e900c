"""What a profile of one town is made of: facts, standings, trend, chain place, history, sources.

Pure; part of `briefing`. Plain records; `profile` fills them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from cockpit.analysis.briefing.lists import CreatingTown
from cockpit.analysis.chain.grading import Grade
from cockpit.analysis.star_rating import Rating
from cockpit.analysis.town_status import TownStatus
from cockpit.policy.chains import Chain
from cockpit.policy.list_records import Standard
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.policy.town_code_design import HistoryKind
from cockpit.vocabulary import Provenance, Text


@dataclass(frozen=True)
class Fact:
    """One figure: `value` in base unit of `period` ("" for what has none), None where not known.

    `last` is the newest earlier (period, value) where the period itself has none. `is_flow` says that it is a sum over
    the period. `counter` is the measure word of a count.
    """

    id: str
    label: Text
    unit: str
    value: float | None
    period: str
    provenance: Provenance
    is_public: bool
    is_flow: bool = False
    counter: Text | None = None
    last: tuple[str, float] | None = None


@dataclass(frozen=True)
class Standing:
    """One indicator beside class and province, all in base unit and of one period.

    `low` and `high` bound the middle of the province (`middle` of the register), `count` and `class_count` towns
    reported, the town among them. `class_median` is None with fewer than `class_least` of them. `best` is the largest
    value of the province, for the scale; `rank` the town's place by the better side, None without a value.
    `norm` is the record the town must keep, None for none. `is_kept_back` and `is_class_kept_back`: the figures of
    province or class would tell the reader of too few others, and are None.
    """

    indicator: Indicator
    period: str
    value: float | None
    median: float | None
    low: float | None
    high: float | None
    count: int
    class_median: float | None
    class_count: int
    best: float | None
    rank: int | None
    norm: Standard | None
    is_kept_back: bool = False
    is_class_kept_back: bool = False

    @property
    def is_kept(self) -> bool | None:
        """Whether the norm is kept; None without norm or value."""
        return None if self.norm is None or self.value is None else self.norm.is_kept(self.value)


@dataclass(frozen=True)
class Trend:
    """The years of one indicator, from the first one reported; None for a year that was not."""

    indicator: Indicator
    points: tuple[tuple[str, float | None], ...]
    provenance: Provenance

    @property
    def known(self) -> tuple[tuple[str, float], ...]:
        return tuple((period, value) for period, value in self.points if value is not None)

    @property
    def multiple(self) -> float | None:
        """The last known year as a multiple of the first; None with fewer than two years or a first one of zero."""
        known = self.known
        return known[-1][1] / known[0][1] if len(known) > 1 and known[0][1] > 0 else None


@dataclass(frozen=True)
class Stop:
    """One node of the town's chain. `firm_count` of the town, None where it has not reported on the node.

    `share` is the town's part of the node's output in the province, `grade` the node's grade there.
    """

    id: str
    label: Text
    stage: str
    grade: Grade
    firm_count: int | None
    share: float | None


@dataclass(frozen=True)
class ChainPlace:
    """Where the town stands in its chain. `is_declared`: by its specialty industry, else by most nodes held.

    `firm_count` and `leader_count` are None where the town reported no firm. `others`: more chains it has firms in.
    """

    chain: Chain
    period: str | None
    is_declared: bool
    stops: tuple[Stop, ...]
    firm_count: int | None
    leader_count: int | None
    others: tuple[tuple[str, Text], ...]

    @property
    def held(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.firm_count)


@dataclass(frozen=True)
class Entry:
    """One line of the history. `day` and `until` are ISO text as exact as known (`2018`, `2018-09`, `2018-09-13`).

    `word` is a list status, an assessment's grade or an inspection's subject; `batch` the batch of a listing; `areas`
    km2 before and after a boundary change.
    """

    day: str
    kind: HistoryKind
    word: str
    provenance: Provenance
    source_ids: tuple[str, ...] = ()
    until: str = ""
    batch: str = ""
    amount_yuan: float | None = None
    areas: tuple[float | None, float] | None = None


@dataclass(frozen=True)
class Report:
    """A figure of the town from a public report, as written there; never added up with others."""

    indicator: str
    period: str
    value: float | None
    unit: str
    qualifier: str
    scope: str
    quote: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where something on the profile comes from; `dated` and `link` may be empty."""

    id: str
    publisher: str
    dated: str
    kind: str
    link: str


@dataclass(frozen=True, eq=False)
class Profile:
    """One town. `code` is the printed code, `town_code` the key. `facts` of `year`, history oldest first.

    `rating` for named towns, `creating` (clock, grade, suggestion) for those being created; both None where list
    management says nothing (published data). `is_for_public`: inner facts are left out, the grade among them.
    """

    town_code: str
    code: str
    dataset: str
    version: str
    number: int
    published_on: str
    is_simulated: bool
    as_of: date
    year: str
    name: Text
    alias: str
    prefecture: str
    county: Text
    industry_class: str
    industry: Text
    list_status: str
    status_as_of: str
    created_on: str
    named_on: str
    creation_batch: str
    naming_batch: str
    provenance: Provenance
    status: TownStatus
    facts: tuple[Fact, ...]
    standings: tuple[Standing, ...]
    trend: Trend | None
    chain: ChainPlace | None
    rating: Rating | None
    plan_ends_on: str
    creating: CreatingTown | None
    history: tuple[Entry, ...]
    reports: tuple[Report, ...]
    sources: tuple[Source, ...]
    register: Register = field(repr=False)
    is_for_public: bool = False

    def for_public(self) -> Profile:
        """What a passer-by may read: public facts, matters and entries only; inner matters are counted, not told."""
        told = self.register.town_code.history
        return replace(
            self,
            status=self.status.for_public(),
            facts=tuple(fact for fact in self.facts if fact.is_public),
            creating=replace(self.creating, grade=None, suggestion="none") if self.creating else None,
            history=tuple(entry for entry in self.history if told[entry.kind].is_public),
            is_for_public=True,
        )

    def fact(self, name: str) -> Fact | None:
        """A fact by the id of its record; None where it is left out."""
        return next((fact for fact in self.facts if fact.id == name), None)
