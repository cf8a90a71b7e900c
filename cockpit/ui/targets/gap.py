"""Who makes the gap, on the cockpit: four parts, areas or classes, towns; every mark of it can be clicked."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, cast

from cockpit.analysis.briefing import GapParts
from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.ui.frame import address, town_link
from cockpit.ui.frame.picture import picture
from cockpit.ui.frame.segments import choose
from cockpit.ui.frame.shell import View
from cockpit.visuals.marks.html import badge
from cockpit.visuals.marks.markup import Markup, html
from cockpit.visuals.targets import gap_blocks
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language
from cockpit.wording import targets as wording
from cockpit.wording.gap import gap_table, town_rows, town_tag

PART: Final = "gappart"
_KEY: Final = "gap_picture"


def shown_part() -> Movement:
    """The part whose ranking is shown: the same towns unless the address names another."""
    asked = address.get(PART)
    if not asked:
        return MOVEMENTS[0]
    if asked[0] not in MOVEMENTS or asked[0] == MOVEMENTS[0]:
        address.set_aside(PART, [value for value in asked if value not in MOVEMENTS])
        address.put(PART, [])
        return MOVEMENTS[0]
    return asked[0]


def grouping(view: View) -> gap_blocks.By:
    return cast(gap_blocks.By, choose(view, "gapby", gap_blocks.BYS, view.say("gap.by"), "gap.by_"))


def four_parts(view: View, parts: GapParts, by: gap_blocks.By) -> None:
    """The whole section as one part of the page; what is clicked in it narrows or opens."""
    markup = _markup(parts, by, shown_part(), view.language)
    picture(markup, lambda what: _picked(view, parts, what), _KEY)
    town_link.follow()


def aside(view: View, parts: GapParts) -> Markup:
    """Unit, period and provenance, once for all figures of the section."""
    period = wording.period_words(parts.card.period, parts.card.indicator, view.language, short=True)
    text = view.say("gap.unit", unit=gap_table(parts, view.language).unit, period=period)
    return html("{} {}", text, badge(parts.card.provenance, view.language))


@lru_cache(maxsize=256)
def _markup(parts: GapParts, by: gap_blocks.By, shown: Movement, language: Language) -> Markup:
    table = gap_table(parts, language)
    filters = "class" if by == "class" else "county" if table.by_county else "prefecture"
    period = wording.period_words(parts.card.period, parts.card.indicator, language, short=True)
    tags = {
        str(code): town_tag(shown, str(status), bool(was), language)
        for code, part, status, was in zip(
            parts.towns.index, parts.towns["part"], parts.towns["status"], parts.towns["listed_then"], strict=True
        )
        if part == shown
    }
    return gap_blocks.section(
        gap_blocks.groups(table, by, shown, filters, language),
        gap_blocks.towns(table, town_rows(parts, shown, language), shown, tags, language),
        gap_blocks.strip(table, shown, period, language),
        table.finding,
    )


def _picked(view: View, parts: GapParts, what: str) -> None:
    """A click on a part shows it, on a group filters to it, on a town opens its profile."""
    kind, _, value = what.partition(":")
    counties = set(view.desk.dataset.towns["county_adcode"].astype("str"))
    known = {"prefecture": set(PREFECTURES), "class": set(INDUSTRY_CLASSES), "county": counties}
    if kind == PART and value in MOVEMENTS:
        address.put(PART, [] if value == MOVEMENTS[0] else [value])
    elif value in known.get(kind, ()):
        address.replace((kind,), {kind: [value]})
    elif kind == "town" and value in parts.towns.index:
        town_link.ask(value)
