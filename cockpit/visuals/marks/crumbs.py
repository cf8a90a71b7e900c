"""Where in the province a page has been narrowed to, step by step: province, prefecture, county; a step leads back.

Pure.
"""

from __future__ import annotations

from functools import lru_cache

from cockpit.analysis.briefing import Briefing
from cockpit.phrases import say
from cockpit.visuals.marks.html import narrows
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PREFECTURES, Language


@lru_cache(maxsize=256)
def crumbs(briefing: Briefing, language: Language) -> Markup:
    """The way from the province to the one prefecture or county filtered to; EMPTY where it is none, or several."""
    counties, prefectures = briefing.selection.counties, briefing.selection.prefectures
    towns = briefing.dataset.towns
    if len(counties) == 1:
        row = towns[towns["county_adcode"].astype("str") == counties[0]].iloc[0]
        prefecture, county = str(row["prefecture_adcode"]), str(row[f"county_{language}"])
    elif len(prefectures) == 1 and not counties:
        prefecture, county = prefectures[0], ""
    else:
        return EMPTY
    if len(prefectures) > 1:
        return EMPTY
    back = say("filter.back_to", language)
    steps = [_step(narrows("prefecture", "", back), say("filter.province", language))]
    name = PREFECTURES[prefecture].say(language)
    if county:
        # With no prefecture in the address a step back to it puts it there.
        lead = narrows("county", "", back) if prefectures else narrows("prefecture", prefecture, back)
        steps.append(_step(lead, name))
    steps.append(html('<b aria-current="true">{}</b>', county or name))
    label = say("filter.way", language)
    return html('<nav class="crumbs" aria-label="{}">{}</nav>', label, html_of(steps, " › "))


def _step(lead: Markup, text: str) -> Markup:
    return html('<span class="to" {}>{}</span>', lead, text)
