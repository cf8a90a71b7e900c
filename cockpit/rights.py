"""What somebody may do, and where: verbs and places, as grants give them and every write and read asks for them.

Ground floor: imports nothing of ours. Which role has which verb is a record (`data/policy/access.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

PROVINCE: Final = "330000"
_CODE_LENGTH: Final = 6


@dataclass(frozen=True)
class Scope:
    """Places somebody may see or act in: areas by their code (330000 the province, 330100 a prefecture, 330102 a
    county) and towns by theirs. A scope without places holds nothing; there is no scope that was forgotten."""

    areas: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()

    @property
    def is_all(self) -> bool:
        return PROVINCE in self.areas

    def holds(self, town_code: str, county_adcode: str) -> bool:
        """Whether a town of a county lies within."""
        return town_code in self.towns or self.holds_area(county_adcode)

    def holds_area(self, adcode: str) -> bool:
        """Whether a whole area lies within: 330102 lies in 330100 and in 330000."""
        return bool({adcode, f"{adcode[:4]}00", PROVINCE} & self.areas) and len(adcode) == _CODE_LENGTH

    def within(self, other: Scope, county_of: Mapping[str, str]) -> bool:
        """Whether nothing of this scope lies outside another; `county_of` gives the county of each town."""
        return all(other.holds_area(area) for area in self.areas) and all(
            town in other.towns or other.holds_area(county_of.get(town, "")) for town in self.towns
        )

    def __or__(self, other: Scope) -> Scope:
        return Scope(self.areas | other.areas, self.towns | other.towns)

    def __str__(self) -> str:
        """As it is kept: codes in order, separated by commas."""
        return ",".join((*sorted(self.areas), *sorted(self.towns)))


ALL: Final = Scope(frozenset({PROVINCE}))
NOWHERE: Final = Scope()


def read_scope(text: str) -> Scope:
    """The scope a grant keeps: six digits are an area, anything else a town."""
    codes = [code for code in (part.strip() for part in text.split(",")) if code]
    areas = frozenset(code for code in codes if len(code) == _CODE_LENGTH and code.isdecimal())
    return Scope(areas, frozenset(codes) - areas)


@dataclass(frozen=True)
class Rights:
    """Verbs somebody has, each with the places it holds for. None by default: what is not granted is refused."""

    by_verb: Mapping[str, Scope] = field(default_factory=lambda: MappingProxyType({}))

    def scope(self, verb: str) -> Scope:
        """Where a verb holds; nowhere for one that was not granted."""
        return self.by_verb.get(verb, NOWHERE)

    def may(self, verb: str) -> bool:
        """Whether a verb holds anywhere."""
        return self.scope(verb) != NOWHERE

    def may_at(self, verb: str, towns: Iterable[tuple[str, str]]) -> bool:
        """Whether a verb holds for every one of the towns, given as (town_code, county_adcode)."""
        scope = self.scope(verb)
        return scope.is_all or (scope != NOWHERE and all(scope.holds(*town) for town in towns))


NO_RIGHTS: Final = Rights()


def joined(parts: Iterable[tuple[Iterable[str], Scope]]) -> Rights:
    """The rights several grants give together, each as (verbs, scope)."""
    found: dict[str, Scope] = {}
    for verbs, scope in parts:
        for verb in verbs:
            found[verb] = found.get(verb, NOWHERE) | scope
    return Rights(MappingProxyType(found))
