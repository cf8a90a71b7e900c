"""The towns a file may speak of: found by code or name; what may be meant by what is no town, or no county.

May import the ground floor, the counties of the template and `cells`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from cockpit.datasets.intake import cells
from cockpit.datasets.template.counties import Counties, bare
from cockpit.datasets.template.sheets import normal
from cockpit.phrases import phrase
from cockpit.town_codes import county_in, plain, printed, read, unused
from cockpit.vocabulary import PREFECTURES, Text

# A town's name ends with 镇 and is short; what says more is a remark about one.
_LONGEST_NAME: Final = 16
_CODE: Final = re.compile(r"(?:ZJ|DM|D)?33\d{4}[0-9A-Z]{0,6}|(?:ZJ|DM)\d+[0-9A-Z]*")
_SENTENCE: Final = re.compile("以上|以下|不含|包[括含]|数据|其中|未报|尚未|待")


# Every spelling of a prefecture, the longest first, to its code: what a text of a county may begin with.
_CITIES: Final[Mapping[str, str]] = {
    normal(word): code
    for code, name in PREFECTURES.items()
    for word in (
        f"浙江省{name.zh}市",
        f"浙江省{name.zh}",
        f"{name.zh}市",
        f"{name.en} City",
        name.zh,
        name.en,
        code[:4],
    )
}


@dataclass(frozen=True)
class Towns:
    """The towns a file may speak of, and what it may leave to its stamp."""

    names: Mapping[str, str]  # code -> name
    codes: Mapping[str, str]  # normalised name or alias -> code; a name two towns share is left out
    period: str = ""
    stamped: str = ""  # the period of the file's own stamp
    codes_in_scope: frozenset[str] = frozenset()
    english: Mapping[str, str] = field(default_factory=dict)  # code -> English name
    # code -> (every spelling of its county and prefecture, how the county is called)
    places: Mapping[str, tuple[frozenset[str], Text]] = field(default_factory=dict)
    counties: Counties | None = None
    shared: Mapping[str, frozenset[str]] = field(default_factory=dict)  # normalised name -> all the towns that bear it

    def fits(self, code: str) -> bool:
        """Whether a code is of the same form as those of the dataset: real towns, or demonstration ones."""
        forms = {printed(known)[:2] for known in self.names if printed(known) != known}
        return printed(code) != code and printed(code)[:2] in forms

    def with_new(self, frame: pd.DataFrame) -> Towns:
        """With the towns of a sheet of towns, new and renamed ones, of which the sheets after it may speak.

        A renamed town is found by its old name too, unless another one of the sheet takes it over.
        """
        if "name_zh" not in frame:
            return self
        named = zip(frame["town_code"], frame["name_zh"], strict=True)
        given = {code: name for code, name in named if isinstance(name, str) and name}
        fresh = given.keys() - self.names.keys()
        scope = self.codes_in_scope | fresh if self.codes_in_scope else self.codes_in_scope
        codes, shared = dict(self.codes), dict(self.shared)
        for code, name in given.items():
            key = normal(name)
            before = codes.setdefault(key, code)
            if before != code and before in given and normal(given[before]) != key:
                shared[key] = shared.get(key, frozenset()) | {before, code}
        codes = {key: code for key, code in codes.items() if key not in shared}
        names = {**self.names, **given}
        return replace(self, names=names, codes=codes, codes_in_scope=frozenset(scope), shared=shared)

    def example(self, code: str) -> str:
        """A code a new town might get: of the county in what was written, if that is one of today."""
        county = county_in(code)
        return unused(self.names, county if self.counties and county in self.counties.labels else "")

    def hint(self, code: str, name: str) -> Text:
        """What may be meant by a code, folded, and a name of which the code is none of ours: the code of that name,
        what became of its county, a code of the same county, a name; never a town of another city."""
        found: list[Text] = []
        county, by_name = county_in(code), self.codes.get(normal(name), "") if name else ""
        if self.counties and (became := self.counties.today(county)):
            found.append(became)
        if by_name:
            said, town = phrase("intake.code_of_name"), self.name(by_name)
            found.append(Text(said.zh.format(town=town.zh, code=by_name), said.en.format(town=town.en, code=by_name)))
        if not found:
            digits = county if self.counties and county in self.counties.labels else county[:4]
            near = cells.hint(code, [at for at in self.names if county_in(at).startswith(digits)] if code else ())
            found = [near if near.zh else cells.hint(name or code, self.names.values())]
        return Text("".join(at.zh for at in found), " ".join(at.en for at in found))

    def name(self, code: str) -> Text:
        """A town's name in both languages; the Chinese one where there is no other."""
        name = self.names.get(code, "")
        return Text(name, self.english.get(code, name))


def find_town(
    code: str, name: str, towns: Towns, is_hinting: bool, may_be_new: bool = False
) -> tuple[str | None, str, Text]:
    """(code, rule, hint) of what a row's columns of codes and names say; no code where it cannot be told.

    Args:
        is_hinting: look for the nearest when it is none: each takes milliseconds.
        may_be_new: a code nobody bears yet is one as well, if it is of the dataset's form.
    """
    if name and normal(name) not in towns.codes and is_code(name):  # a code in the column of names
        if not code:
            code, name = name, ""
        elif find_town(name, "", towns, False)[0] == find_town(code, "", towns, False, may_be_new)[0]:
            name = ""
        elif read(name).problem == "code.check":
            return None, "code_check", Text("", "")
    # As printed on signs and sheets, with whatever a text program made of its hyphens, or as it is kept.
    reading = read(code) if code else None
    folded = reading.town_code or cells.fold(code).upper() if reading else ""
    by_name = towns.codes.get(normal(name)) if name else None
    if folded in towns.names:
        named = towns.shared.get(normal(name)) or {by_name} if name else {folded}
        differs = folded not in named
        return folded, "town_name_differs" if differs else "", Text("", "")
    if reading and reading.problem == "code.check":
        county = county_in(code)
        is_former = towns.counties and county not in towns.counties.labels
        became = towns.counties.today(county) if towns.counties and is_former else None
        return (None, "unknown_town", became) if became else (None, "code_check", Text("", ""))
    if folded and may_be_new:
        return (folded, "", Text("", "")) if towns.fits(folded) else (None, "bad_code", Text("", ""))
    if not folded and by_name:
        return by_name, "", Text("", "")
    if normal(name if not folded else code) in towns.shared:
        return None, "name_of_two", Text("", "")
    if folded and (other := towns.codes.get(normal(code))):
        return other, "", Text("", "")  # a name in the column of codes
    if not folded and not name:
        return None, "town_missing", Text("", "")
    if not is_hinting:
        return None, "unknown_town", Text("", "")
    return None, "unknown_town", towns.hint(folded, name)


def is_code(text: str) -> bool:
    """Whether a text has the form of a town's code, right or wrong."""
    return bool(_CODE.fullmatch(plain(text)))


def is_town(text: str) -> bool:
    """Whether a text in a town's column that stands alone in its row is meant as a town, rather than as a remark."""
    word = normal(text)
    is_name = len(word) <= _LONGEST_NAME and word.endswith(("镇", "town")) and not _SENTENCE.search(word)
    return is_name or is_code(text)


def county_hint(counties: Counties, text: object) -> Text:
    """What may be meant by what is no county of today: what became of it, the same name of another kind, the counties
    of the prefecture that is named instead; a county of another prefecture than the one named is never suggested."""
    if became := counties.today(text) or counties.today(bare(text)):
        return became
    if alike := counties.named_alike(text):
        return cells.hint(counties.labels[alike[0]].zh, [counties.labels[alike[0]].zh])
    key = normal(text)
    start = next((word for word in _CITIES if key.startswith(word)), "")
    inside = [
        label
        for code, label in counties.labels.items()
        if not start or counties.places[normal(code)][1] == _CITIES[start]
    ]
    near = cells.hint(key.removeprefix(start), [word for label in inside for word in label])
    if near.zh or not start:
        return near
    city, said = PREFECTURES[_CITIES[start]], phrase("intake.is_prefecture")
    return Text(
        said.zh.format(city=f"{city.zh}市", counties="、".join(label.zh for label in inside)),
        said.en.format(city=city.en, counties=", ".join(label.en for label in inside)),
    )
