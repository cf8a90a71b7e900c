"""A scenario beside what is: targets with both verdicts, who moves, the two-way table. Blue is for scenarios only.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Shift
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.units import minus, points_figure
from cockpit.visuals.marks.html import status_chip
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import STATUSES, Language, Status
from cockpit.wording.plan import amount, unit_of
from cockpit.wording.targets import gap_words


def band(said: str, basis: str, language: Language) -> Markup:
    """The stripes across the page: what follows is no data."""
    return html(
        '<div class="pband" role="note"><b>{}</b><span>{}</span><em>{}</em></div>',
        say("plan.scenario", language),
        said,
        basis,
    )


def difference(value: float | None, indicator: Indicator, language: Language) -> str:
    """A difference with its sign; of a share in points."""
    if value is None:
        return "—"
    if indicator.unit == "share":
        return f"{points_figure(value)} {say('plan.points', language)}"
    text = amount(abs(value), indicator, language, is_bare=True)
    return f"{'+' if value >= 0 else '−'}{text}"


def targets(rows: Sequence[Shift], limits: Limits, language: Language) -> Markup:
    """One row a target; a verdict that flips is the only row with a tint."""
    heads = ("target", "before", "after", "difference", "verdict", "gap")
    top = html_of(
        html('<th scope="col" class="h-{}">{}</th>', name, say(f"plan.col.{name}", language)) for name in heads
    )
    body = html_of(_row(row, limits, language) for row in rows)
    inside = html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", top, body)
    return html('<div class="pshift-table" role="group" tabindex="0">{}</div>', inside)


def _row(row: Shift, limits: Limits, language: Language) -> Markup:
    indicator = row.before.indicator
    kind = "flip" if row.is_flipped else "moved" if row.is_moved else "still"
    is_share = indicator.unit == "share"
    before = amount(row.before.value, indicator, language, is_bare=not is_share)
    after = amount(row.after.value, indicator, language, is_bare=not is_share)
    after = after if row.is_moved else say("plan.unmoved", language)
    verdict = _status(row.before.status, language)
    if row.is_flipped:
        verdict = html("{} → {}", verdict, _status(row.after.status, language))
    # As on the cards.
    gaps = [gap_words(card, language, limits, short=language == "en") for card in (row.before, row.after)]
    told = " → ".join(dict.fromkeys(gaps)) if row.is_moved else gaps[0]
    return html(
        '<tr class="{}"><th scope="row">{} <small>{}</small></th><td>{}</td><td class="a">{}</td><td>{}</td>'
        '<td class="v">{}</td><td>{}</td></tr>',
        kind,
        indicator.short_label.say(language),
        "" if is_share else unit_of(indicator, language),
        before,
        after,
        difference(row.difference, indicator, language) if row.is_moved else "·",
        verdict,
        told,
    )


def _status(status: Status, language: Language) -> Markup:
    return status_chip(status, STATUSES[status].say(language))


def who(
    rows: Mapping[str, Sequence[float]], names: Mapping[str, str], levers: Sequence[str], indicator: Indicator,
    language: Language,
) -> Markup:  # fmt: skip
    """Who moves, the largest first: a bar in parts by lever; the parts add up to the difference."""
    ordered = sorted(rows.items(), key=lambda pair: -abs(sum(pair[1])))
    largest = max((sum(map(abs, parts)) for _, parts in ordered), default=0.0) or 1.0
    legend = html_of(html('<span><i class="w{}"></i>{}</span>', place % 4, name) for place, name in enumerate(levers))
    body = html_of(
        html(
            '<li><span>{}</span><i class="wbar">{}</i><b>{}</b></li>',
            names.get(code, code),
            html_of(
                html('<u class="w{}" style="width:{:.1f}%"></u>', place % 4, 100 * abs(part) / largest)
                for place, part in enumerate(parts)
            ),
            difference(sum(parts), indicator, language),
        )
        for code, parts in ordered
    )
    total = difference(sum(sum(parts) for parts in rows.values()), indicator, language)
    return html(
        '<p class="plegend">{}</p><ul class="pwho">{}<li class="sum"><span>{}</span><i></i><b>{}</b></li></ul>',
        legend,
        body,
        say("plan.who.total", language),
        total,
    )


def crossed(
    rows: Sequence[Sequence[float | None]], steps: Sequence[str], heads: Sequence[str], here: tuple[int, int],
    met: Sequence[Sequence[bool]], indicator: Indicator, language: Language,
) -> Markup:  # fmt: skip
    """The two-way table: met cells carry a dot, the frame is where the scenario stands."""
    top = html_of(html('<th scope="col">{}</th>', step) for step in steps)
    body = html_of(
        html(
            '<tr><th scope="row">{}</th>{}</tr>',
            heads[at],
            html_of(
                html(
                    '<td class="{}{}">{}{}</td>',
                    "here" if (at, place) == here else "",
                    " met" if met[at][place] else "",
                    html("<i></i>") if met[at][place] else EMPTY,
                    amount(value, indicator, language, is_bare=True),
                )
                for place, value in enumerate(row)
            ),
        )
        for at, row in enumerate(rows)
    )
    return html('<table class="pcross"><thead><tr><th></th>{}</tr></thead><tbody>{}</tbody></table>', top, body)


def growth_words(value: float) -> str:
    """A growth as the head of a column."""
    return minus(f"{value * 100:+g}%")
