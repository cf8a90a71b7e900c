"""Counties as people write them: names with and without what stands around them, codes, and those of earlier years.

May import the ground floor, `policy`, the store and the sheets. Pure but for the dataset it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import normal
from cockpit.phrases import phrase
from cockpit.policy.register import load
from cockpit.vocabulary import PREFECTURES, Text

_KIND: Final = re.compile(r"(?:\w族自治县|自治县|[市区县])$")
_KIND_EN: Final = re.compile(r"\s+(?:district|county|city)$", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Counties:
    """Counties of a dataset. `places` maps every spelling, normalised, to (county, prefecture); `labels` code to name;
    `former` every spelling of an earlier county to its code."""

    places: Mapping[str, tuple[str, str]]
    labels: Mapping[str, Text]
    former: Mapping[str, str]

    def find(self, text: object) -> tuple[str, str] | None:
        """(county, prefecture) of what somebody wrote; None for what is no county of today."""
        return self.places.get(normal(text))

    def codes_of(self, text: object) -> frozenset[str]:
        """Today's counties that what somebody wrote may mean, an earlier county's successors among them."""
        key = normal(text)
        found = {self.places[key][0]} if key in self.places else set()
        if key in self.former:
            found |= set(load().intake.former_counties[self.former[key]].now)
        return frozenset(found)

    def named_alike(self, text: object) -> tuple[str, str] | None:
        """(county, prefecture) of the same name but of another kind, as 临平县 is of 临平区."""
        return self.places.get(normal(bare(text)))

    def today(self, text: object) -> Text | None:
        """What became of a county of earlier years, in a sentence; None for any other."""
        code = self.former.get(normal(text))
        if code is None:
            return None
        record, said = load().intake.former_counties[code], phrase("intake.became")
        now = [(at, self.labels[at]) for at in record.now if at in self.labels]
        zh = "、".join(f"{at} {name.zh}" for at, name in now)
        en = " or ".join(f"{at} {name.en}" for at, name in now)
        return Text(
            said.zh.format(year=record.until, former=record.name_zh, now=zh),
            said.en.format(year=record.until, former=record.name_en, now=en),
        )


def bare(text: object) -> str:
    """A county's name without the word for what it is."""
    return _KIND_EN.sub("", _KIND.sub("", str(text).strip()))


@lru_cache(maxsize=8)
def counties_of(dataset: Dataset) -> Counties:
    """The counties of a dataset with all their spellings; a short name that two counties share stands for neither."""
    places: dict[str, tuple[str, str]] = {}
    short: dict[str, set[tuple[str, str]]] = {}
    labels: dict[str, Text] = {}
    for row in dataset.table("counties").to_dict("records"):
        code, above = str(row["county_adcode"]), str(row["prefecture_adcode"])
        zh, en, city = str(row["name_zh"]), str(row["name_en"]), PREFECTURES[above]
        labels[code] = Text(zh, en)
        for word in (code, en, *_with_city(zh, city.zh)):
            places[normal(word)] = (code, above)
        for word in (*_with_city(_KIND.sub("", zh), city.zh), _KIND_EN.sub("", en)):
            short.setdefault(normal(word), set()).add((code, above))
    for word, found in short.items():
        if len(found) == 1 and word not in places:
            places[word] = next(iter(found))
    former = {}
    for code, record in load().intake.former_counties.items():
        above = PREFECTURES[f"{code[:4]}00"].zh
        for word in (code, record.name_en, *_with_city(record.name_zh, above), *_with_city(record.name_zh[:-1], above)):
            former[normal(word)] = code
    return Counties(places, labels, former)


def _with_city(name: str, city: str) -> tuple[str, ...]:
    return (name, f"{city}市{name}", f"{city}{name}", f"浙江省{city}市{name}", f"浙江{city}{name}")
