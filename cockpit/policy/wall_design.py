"""The wall as records: `[wall]` and `[scene.<id>]` of wall.toml.

Imports the ground floor, `records` and `reading`. All of it is our choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import Field, field_validator, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import validate
from cockpit.policy.records import Indicator, Origin, Record, Target
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Text

SceneKind = Literal["overview", "tour", "chain", "vitality", "lists", "actions", "town", "cases"]
# Columns of a scene on an ordinary and on a very wide screen.
_COLUMNS: Final[dict[str, tuple[int, int]]] = {
    "overview": (3, 6),
    "tour": (3, 4),
    "chain": (2, 3),
    "vitality": (2, 3),
    "lists": (2, 3),
    "actions": (2, 3),
    "town": (3, 4),
    "cases": (2, 3),
}
# Filters a scene may set by itself, with the codes they take; any other filter comes from the address.
_FILTERS: Final[dict[str, Mapping[str, Text]]] = {
    "prefecture": PREFECTURES,
    "class": INDUSTRY_CLASSES,
    "status": LIST_STATUSES,
}
_DIGITS: Final = 9  # scenes a key can jump to
# Rem across a landscape screen at its narrowest, without padding.
_ACROSS: Final = 90.4
FEWEST_SECONDS: Final = 2
MOST_SECONDS: Final = 3600


class WallRecord(Record):
    """`[wall]`: what holds for all scenes.

    `map_steps` are percent below the expected value, from the mildest; a prefecture with more than `labelled_most`
    towns names the `labelled` largest.
    """

    dwell_seconds: int = Field(ge=FEWEST_SECONDS, le=MOST_SECONDS)
    resume_seconds: int = Field(gt=0, le=MOST_SECONDS)
    stale_days: int = Field(gt=0)
    map_steps: tuple[float, ...] = Field(strict=False, min_length=3, max_length=3)
    labelled_most: int = Field(gt=0)
    labelled: int = Field(gt=0)
    origin: Origin
    reading_zh: str
    reading_en: str

    @model_validator(mode="after")
    def _in_order(self) -> WallRecord:
        if list(self.map_steps) != sorted(set(self.map_steps)) or self.map_steps[0] < 0:
            raise ValueError("map_steps must rise from 0 or more")
        if self.labelled > self.labelled_most:
            raise ValueError("labelled must not be above labelled_most")
        return self

    @property
    def reading(self) -> Text:
        return Text(self.reading_zh, self.reading_en)


class SceneRecord(Record):
    """`[scene.<id>]`: one scene. `page` is the desk page it opens, `subject` a target, chain or town by id.

    `columns` and `wide` are widths in rem (0 takes what is left) on an ordinary and a very wide screen; `filters` are
    set besides those of the address; `dwell_seconds` is the wall's where it is left out.
    """

    kind: SceneKind
    label_zh: str
    label_en: str
    page: str
    dwell_seconds: int | None = Field(default=None, ge=FEWEST_SECONDS, le=MOST_SECONDS)
    subject: str = ""
    targets: tuple[str, ...] = Field(default=(), strict=False)
    filters: dict[str, list[str]] = Field(default_factory=dict)
    columns: tuple[float, ...] = Field(strict=False)
    wide: tuple[float, ...] = Field(strict=False)

    @field_validator("id")
    @classmethod
    def _is_a_word(cls, value: str) -> str:
        if not value.isidentifier():
            raise ValueError("a scene's id is one word: it stands in links")
        return value

    @model_validator(mode="after")
    def _columns_fit(self) -> SceneRecord:
        for name, widths, count in zip(
            ("columns", "wide"), (self.columns, self.wide), _COLUMNS[self.kind], strict=True
        ):
            if len(widths) != count:
                raise ValueError(f"{name} of a scene of kind {self.kind} are {count} widths")
            if min(widths) < 0 or 0 not in widths:
                raise ValueError(f"{name} are widths in rem, one of them 0 for what is left")
        if sum(self.columns) >= _ACROSS:
            raise ValueError(f"columns must leave room: a screen is {_ACROSS:g} rem across")
        return self

    @model_validator(mode="after")
    def _filters_exist(self) -> SceneRecord:
        for name, codes in self.filters.items():
            if name not in _FILTERS:
                raise ValueError(f"unknown filter {name!r}: {suggest(name, _FILTERS)}")
            for code in codes:
                if code not in _FILTERS[name]:
                    raise ValueError(f"unknown {name} {code!r}: {suggest(code, _FILTERS[name])}")
        return self

    @property
    def label(self) -> Text:
        return Text(self.label_zh, self.label_en)


@dataclass(frozen=True)
class WallDesign:
    """The whole file, checked; scenes in the order played."""

    wall: WallRecord
    scenes: dict[str, SceneRecord]

    def dwell(self, scene: SceneRecord) -> int:
        return scene.dwell_seconds or self.wall.dwell_seconds


def read_wall(
    tables: Mapping[str, Any],
    targets: Mapping[str, Target],
    indicators: Mapping[str, Indicator],
    chains: Iterable[str],
    file: str = "wall.toml",
) -> WallDesign:
    """Validate the tables of the file.

    Args:
        targets, indicators, chains: what a scene may name.

    Raises:
        RecordError: unknown section, bad record, unknown target or chain, too many scenes.
    """
    sections = ("wall", "scene")
    for name in tables:
        if name not in sections:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, sections))
    design = WallDesign(
        wall=validate(WallRecord, "wall", tables.get("wall", {}), file),
        scenes={name: validate(SceneRecord, name, at, f"{file} scene") for name, at in tables.get("scene", {}).items()},
    )
    if not 0 < len(design.scenes) <= _DIGITS:
        raise RecordError(f"the wall has 1 to {_DIGITS} scenes", where=file, remedy="a digit jumps to each of them")
    known_chains = tuple(chains)
    for scene in design.scenes.values():
        where = f"{file} [scene.{scene.id}]"
        named = [scene.subject] if scene.kind == "overview" else []
        for target in (*named, *scene.targets):
            if target not in targets:
                raise RecordError(f"unknown target {target!r}", where=where, remedy=suggest(target, targets))
        measured = indicators.get(targets[scene.subject].indicator) if scene.kind == "overview" else None
        if measured is not None and measured.is_ratio:
            raise RecordError(
                f"{scene.subject} is a ratio, which has no expected value by prefecture",
                where=f"{where} subject",
                remedy="name a target that adds up",
            )
        if scene.kind == "tour" and not scene.targets:
            raise RecordError("a tour names the targets it shows", where=f"{where} targets", remedy="name one or more")
        if scene.kind == "chain" and scene.subject and scene.subject not in known_chains:
            remedy = suggest(scene.subject, known_chains)
            raise RecordError(f"unknown chain {scene.subject!r}", where=f"{where} subject", remedy=remedy)
    return design
