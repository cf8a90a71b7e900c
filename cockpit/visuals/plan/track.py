"""Every unit's own line: milestones by year, what is due and what is there by the newest period, verdicts.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.analysis.briefing import Standing
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.units import percent
from cockpit.visuals.marks.html import status_chip
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.plan.breakdown import unit_name
from cockpit.vocabulary import STATUSES, Language
from cockpit.wording.plan import amount


def table(
    found: Sequence[Standing], names: Mapping[str, str], opened: frozenset[str], indicator: Indicator,
    span: tuple[int, int], period: str, language: Language,
) -> Markup:  # fmt: skip
    """A row a unit. `span`: base and target year; `period`: the newest, in words."""
    start, end = span
    has_verdict = any(item.attainment is not None for item in found)
    heads = [
        ("unit", say("plan.col.unit", language)),
        ("", f"{say('plan.col.base', language)} {start}"),
        *(("m", str(year)) for year in range(start + 1, end)),
        ("", say("plan.track.due", language, year=end)),
        ("", say("plan.track.milestone", language, period=period)),
        ("", say("plan.track.now", language, period=period)),
        ("", say("plan.track.against", language)),
        ("", say("plan.track.reported", language)),
    ]
    if has_verdict:
        heads.append(("t", say("plan.track.verdict", language)))
    top = html_of(html('<th scope="col" class="h-{}">{}</th>', kind, text) for kind, text in heads)
    rows = html_of(_row(item, names, opened, indicator, language, has_verdict=has_verdict) for item in found)
    inside = html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", top, rows)
    return html('<div class="ptree ptrack" role="group" tabindex="0">{}</div>', inside)


def _row(
    item: Standing, names: Mapping[str, str], opened: frozenset[str], indicator: Indicator, language: Language, *,
    has_verdict: bool,
) -> Markup:  # fmt: skip
    def figure(value: float | None) -> str:
        return amount(value, indicator, language, is_bare=True) if value is not None else "—"

    years = sorted(item.milestones)[:-1]
    against = item.against
    side = "" if against is None else "ahead" if against >= 0 else "behind"
    verdict = EMPTY
    if has_verdict:
        status = item.attainment.status if item.attainment else None
        chip = status_chip(status, STATUSES[status].say(language)) if status else "—"
        verdict = html('<td class="t">{}</td>', chip)
    return html(
        '<tr class="l-{}"><th scope="row">{}</th><td>{}</td>{}<td class="hand">{}</td><td>{}</td><td>{}</td>'
        '<td class="p{}">{}</td><td>{}</td>{}</tr>',
        item.line.level,
        unit_name(item.line, names, opened, language),
        figure(item.line.base),
        html_of(html('<td class="m">{}</td>', figure(item.milestones[year])) for year in years),
        figure(item.target),
        figure(item.due_now),
        figure(item.now),
        side,
        percent(against, signed=True) if against is not None else say("plan.track.unknown", language),
        f"{item.reported} / {item.line.towns}",
        verdict,
    )
