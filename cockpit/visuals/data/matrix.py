"""Who has reported what as a matrix: returns by prefecture or by town; and the badge of one town.

Pure: values in, markup or frames out; the stylesheet is visuals/styles/data.css. A cell is shape, number and colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from cockpit.analysis.briefing import Freshness
from cockpit.marks import MARKS, mark_of
from cockpit.phrases import say
from cockpit.visuals.data.blocks import Names
from cockpit.visuals.marks.html import chip, glyph, narrowing
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
from cockpit.visuals.marks.walking import walk
from cockpit.vocabulary import PREFECTURES, Language

_WORST: Final = ("missing", "late", "reported")
Groups = Mapping[str, Sequence[str]]  # prefecture -> its towns of the selection


def _worst(counts: Mapping[str, int]) -> str:
    return next((word for word in _WORST if counts[word]), "not_expected")


def state_of(counts: Mapping[str, int], floor: float) -> str:
    """How several towns stand together: missing only where fewer than `floor` of those that owe a return sent one."""
    word = _worst(counts)
    came = counts["reported"] + counts["late"]
    return "partial" if word == "missing" and came >= floor * sum(counts.values()) else word


def _cell(state: str, text: str, title: str, prefecture: str = "") -> Markup:
    """A cell; one of a prefecture narrows to its towns."""
    mark = mark_of("freshness", state)
    leads = html(' data-lead="prefecture:{}" tabindex="-1"', prefecture) if prefecture else EMPTY
    return html('<td class="{}" title="{}"{}>{}<span>{}</span></td>', mark.style, title, leads, glyph(mark), text)


def _said(counts: Mapping[str, int], language: Language) -> str:
    words = [f"{say(f'data.fresh.{word}', language)} {counts[word]}" for word in _WORST[::-1] if counts[word]]
    return ("，" if language == "zh" else ", ").join(words) or say("data.fresh.not_expected", language)


def legend(language: Language) -> Markup:
    """What the shapes mean."""
    items = (chip(mark, say(f"data.fresh.{word}", language)) for word, mark in MARKS["freshness"].items())
    return html('<p class="dlegend">{}</p>', html_of(items))


def by_prefecture(fresh: Freshness, groups: Groups, floor: float, language: Language) -> Markup:
    """Indicators down, prefectures across: how many of the towns with a duty have reported.

    Args:
        floor: coverage (0-1) below which nothing is judged.
    """
    found = {code: fresh.counts_of(towns) for code, towns in groups.items()}
    whole = fresh.counts_of([code for towns in groups.values() for code in towns])
    heads = [say("data.template_all", language), *(PREFECTURES[code].say(language) for code in groups)]
    marks = [escape(heads[0])] + [
        narrowing("prefecture", code, name, language) for code, name in zip(groups, heads[1:], strict=True)
    ]
    if len(groups) == 1:  # its own column says it all
        heads, marks, found = heads[1:], marks[1:], {}
    body = []
    for name, item in fresh.indicators.items():
        label = item.indicator.label.say(language)
        cells = []
        columns = (("", whole[name]), *((code, found[code][name]) for code in found))
        for head, (code, counts) in zip(heads, columns, strict=True):
            due = sum(counts.values())
            text = f"{counts['reported']}/{due}" if due else "—"
            cells.append(_cell(state_of(counts, floor), text, f"{head} · {label} · {_said(counts, language)}", code))
        body.append(html('<tr><th scope="row">{}</th>{}</tr>', label, html_of(cells)))
    return _table([say("towns.indicator", language), *marks], body, "dfm", language)


def by_town(fresh: Freshness, codes: Sequence[str], names: Names, language: Language) -> Markup:
    """Towns down, indicators across: one shape a figure; towns with something outstanding first."""
    labels = [item.indicator.short_label.say(language) for item in fresh.indicators.values()]
    body = []
    for code in worst_first(fresh, codes):
        row = fresh.states[fresh.towns.index(code)]
        name = names.get(code, code)
        cells = html_of(
            _cell(state, "", f"{name} · {label} · {say(f'data.fresh.{state}', language)}")
            for label, state in zip(labels, row.tolist(), strict=True)
        )
        body.append(html('<tr><th scope="row">{}</th>{}</tr>', town_name(code, name, language), cells))
    return _table([say("towns.name", language), *labels], body, "dfm dft", language)


def _table(heads: Sequence[str], body: Sequence[Markup], kind: str, language: Language) -> Markup:
    top = html_of(html('<th scope="col"><span>{}</span></th>', head) for head in heads)
    label = say("data.fresh_matrix", language)
    return html(
        '<div class="dscroll" role="group" {}><table class="{}"><thead>'
        "<tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        walk(label),
        kind,
        top,
        html_of(body),
    )


def worst_first(fresh: Freshness, codes: Sequence[str]) -> list[str]:
    """Towns by what is outstanding, most of it first, then by code."""

    def weight(code: str) -> tuple[int, int, str]:
        counts = fresh.of_town(code)
        return -counts["missing"], -counts["late"], code

    return sorted(codes, key=weight)


def prefecture_frame(fresh: Freshness, groups: Groups, language: Language) -> pd.DataFrame:
    """The same as a table: one row an indicator and prefecture, with the three counts and the period that was due."""
    rows = []
    for code, towns in groups.items():
        for name, counts in fresh.counts_of(towns).items():
            item = fresh.indicators[name]
            rows.append(
                (
                    PREFECTURES[code].say(language),
                    item.indicator.label.say(language),
                    item.due.period,
                    *(counts[word] for word in _WORST[::-1]),
                )
            )
    keys = ("data.template_prefecture", "towns.indicator", "data.fresh_period")
    heads = [say(key, language) for key in keys] + [say(f"data.fresh.{word}", language) for word in _WORST[::-1]]
    return pd.DataFrame(rows, columns=heads)


def town_frame(fresh: Freshness, codes: Sequence[str], names: Names, language: Language) -> pd.DataFrame:
    """The same as a table: one row a town, one column an indicator, the state in words."""
    columns = {say("towns.name", language): [names.get(code, code) for code in codes]}
    rows = [fresh.towns.index(code) for code in codes]
    for at, item in enumerate(fresh.indicators.values()):
        states = fresh.states[rows, at].tolist()
        columns[item.indicator.label.say(language)] = [say(f"data.fresh.{state}", language) for state in states]
    return pd.DataFrame(columns)


def town_badge(fresh: Freshness | None, code: str, language: Language) -> Markup:
    """How one town stands with its returns, in a shape and a word; nothing where no returns are owed."""
    if fresh is None or code not in fresh.towns:
        return EMPTY
    counts = fresh.of_town(code)
    word = _worst(counts)
    if word == "not_expected":
        return EMPTY
    said = say(f"data.fresh_badge.{word}", language, count=counts[word])
    title = _said(counts, language)
    return html('<span class="fresh" title="{}">{}</span>', title, chip(mark_of("freshness", word), said))
