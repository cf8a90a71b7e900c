"""What people wrote and what was found, as a reader with a scope is told of it: no town outside by name or code.

Texts are looked through for every spelling of every town outside; a finding also knows the town of its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis.selection import towns_in
from cockpit.datasets.findings import Finding, Remark
from cockpit.datasets.publishing.merging import RowChange
from cockpit.phrases import say
from cockpit.rights import Scope
from cockpit.texts import half_width, visible
from cockpit.vocabulary import LANGUAGES, Language, Text

if TYPE_CHECKING:  # what a desk judges by is looked through as well, before there is a desk
    from cockpit.briefings.desks import Desk

T = TypeVar("T")
_BETWEEN: Final = re.compile(r"[\W_]+")
_SHORTEST: Final = 2  # signs of a name that is looked for


@dataclass(frozen=True)
class Kept(Generic[T]):
    """What somebody may be told, and how many others there are, which are about towns outside his scope."""

    shown: tuple[T, ...]
    outside: int


@dataclass(frozen=True)
class Outside:
    """The towns outside a scope: `words` are their names and codes, folded; `inside` the codes of the others."""

    words: frozenset[str]
    inside: frozenset[str]
    is_nothing: bool = False

    def names_one(self, *texts: object) -> bool:
        """Whether a text speaks of a town outside, however it parts the signs of its name or code."""
        if self.is_nothing:
            return False
        folded = _folded("\n".join(_said(text) for text in texts))
        return any(word in folded for word in self.words)

    def free(self, text: str, language: Language) -> str:
        """A text somebody wrote; where it speaks of a town outside, words that say so instead."""
        return say("data.outside_text", language) if self.names_one(text) else text

    def codes(self, text: str, language: Language) -> str:
        """A list of towns' codes: those inside, and how many others there are."""
        if self.is_nothing:
            return text
        every = [code.strip() for code in text.replace("，", ",").split(",") if code.strip()]
        shown = [code for code in every if code in self.inside]
        others = len(every) - len(shown)
        return ",".join([*shown, *([say("data.outside_towns", language, count=others)] if others else [])])

    def both(self, text: Text) -> Text:
        """A text in both languages, as `free`; the same object where it names no town outside."""
        return Text(*(say("data.outside_text", at) for at in LANGUAGES)) if self.names_one(text) else text

    def findings(self, found: Iterable[Finding], language: Language) -> Kept[Finding]:
        """Those about towns inside, and about files and sheets as a whole."""
        every = tuple(found)
        if self.is_nothing:
            return Kept(every, 0)
        shown = [item for item in every if not self._is_about_one(item)]
        return Kept(tuple(self.freed(item, language) for item in shown), len(every) - len(shown))

    def remarks(self, found: Iterable[Remark], language: Language) -> Kept[Remark]:
        every = tuple(found)
        shown = [item for item in every if not self._is_outside(item.town_code) and not self.names_one(item.text)]
        return Kept(tuple(self.freed(item, language) for item in shown), len(every) - len(shown))

    def cells(self, frame: pd.DataFrame, language: Language) -> pd.DataFrame:
        """Rows of cells (`merging.CELL_COLUMNS`): where they were written, and why figures are taken back."""
        if self.is_nothing or not len(frame):
            return frame
        names = ("file", "sheet", "reason")
        said = {text: self.free(str(text), language) for name in names for text in frame[name].unique()}
        return frame.assign(**{name: frame[name].map(said) for name in names})

    def rows(self, found: Iterable[RowChange], language: Language) -> tuple[RowChange, ...]:
        """Rows that would change, their texts as the reader may meet them."""
        if self.is_nothing:
            return tuple(found)

        def free(value: Any) -> Any:
            return self.free(value, language) if isinstance(value, str) else value

        return tuple(
            replace(
                self.freed(row, language),
                key={name: free(value) for name, value in row.key.items()},
                fields=tuple((name, free(before), free(after)) for name, before, after in row.fields),
            )
            for row in found
        )

    def freed(self, found: T, language: Language) -> T:
        """An answer with the names of files and sheets, and reasons, as the reader may meet them."""
        return found if self.is_nothing else _freed(found, lambda text: self.free(text, language))

    def _is_outside(self, town_code: str) -> bool:
        return not self.is_nothing and bool(town_code) and town_code not in self.inside

    def _is_about_one(self, finding: Finding) -> bool:
        return self._is_outside(finding.town_code) or self.names_one(finding.value, *finding.values.values())


_WRITTEN: Final = ("file", "sheet", "reason")  # fields that hold what somebody wrote


def _freed(found: Any, free: Callable[[str], str]) -> Any:
    if type(found) is tuple:
        return tuple(_freed(item, free) for item in found)
    if not is_dataclass(found) or isinstance(found, type):
        return found
    old = {item.name: getattr(found, item.name) for item in fields(found)}
    new = {
        name: free(value) if name in _WRITTEN and isinstance(value, str) else _freed(value, free)
        for name, value in old.items()
    }
    changed = {name: value for name, value in new.items() if value is not old[name] and value != old[name]}
    return replace(found, **changed) if changed else found


def _said(value: object) -> str:
    return f"{value.zh}\n{value.en}" if isinstance(value, Text) else str(value)


def _folded(text: str) -> str:
    return _BETWEEN.sub("", half_width(visible(text)).casefold())


@lru_cache(maxsize=64)
def outside(desk: Desk, scope: Scope) -> Outside:
    """What a reader with this scope is not told of a desk's version."""
    return outside_of(desk.dataset.towns, scope)


def outside_of(towns: pd.DataFrame, scope: Scope) -> Outside:
    """As `outside`, of the towns themselves; with a scope that holds nothing, what names any town at all."""
    if scope.is_all:
        return Outside(frozenset(), frozenset(), is_nothing=True)
    keep = towns_in(towns, scope)
    columns = [name for name in ("town_code", "name_zh", "name_en", "alias") if name in towns]

    def words(rows: npt.NDArray[np.bool_]) -> set[str]:
        texts = (text for name in columns for text in towns.loc[rows, name].dropna().astype("str"))
        return {word for text in texts if len(word := _folded(text)) >= _SHORTEST}

    own = words(keep)
    # The name of one outside that stands within the name of one inside would hide that one.
    strange = {word for word in words(~keep) if not any(word in name for name in own)}
    return Outside(frozenset(strange), frozenset(towns.loc[keep, "town_code"].astype("str")))
