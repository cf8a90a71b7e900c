"""Panels beside the matrix: ladders as steps, amounts by town or word with what is lacking; as the records say.

Pure: panels in, HTML out.
"""

from __future__ import annotations

from dataclasses import replace

from cockpit.analysis.briefing import Elements, Panel, PanelRow
from cockpit.datasets.template.sheets import UNITS
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.elements import ElementKind
from cockpit.units import Scale
from cockpit.visuals.marks.html import chip, clause, opens
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language, Status, Text
from cockpit.wording import elements as words

_SHOWN = 5  # rows of a panel; the rest is in the list


def panel(found: Elements, item: Panel, language: Language) -> Markup:
    """One panel under its title, with clause, period and note."""
    said = item.period.say(language) if item.period else say("elements.at", language, day=found.period.last_day())
    head = html(
        '<header><h2>{}</h2>{}<span class="cnt">{}</span></header>',
        item.kind.label.say(language),
        html_of(clause(number) for number in item.kind.clauses),
        said,
    )
    ladders = html_of(_ladder(found, item, name, language) for name in item.ladders)
    table = _table(found, item, language) if item.design.by else EMPTY
    note = item.design.note.say(language)
    return html(
        '<section class="epanel">{}{}{}{}</section>',
        head,
        ladders,
        table,
        html('<p class="note">{}</p>', note) if note else EMPTY,
    )


def _ladder(found: Elements, item: Panel, name: str, language: Language) -> Markup:
    field = item.kind.columns[name]
    ladder, counts = found.design.ladders[field.ladder], item.ladders[name]
    most = max(counts.values(), default=0) or 1
    steps = html_of(
        html(
            '<li><b>{}</b><i><u style="width:{:.1f}%"></u></i><span>{}</span><small>{}</small></li>',
            counts[level], 100 * counts[level] / most, step.label.say(language), step.needs.say(language),
        )
        for level, step in ladder.levels.items()
    )  # fmt: skip
    label = html('<p class="eby" title="{}">{}</p>', ladder.source, ladder.label.say(language))
    return html('{}<ol class="esteps">{}</ol>', label, steps)


def _table(found: Elements, item: Panel, language: Language) -> Markup:
    kind, design = item.kind, item.design
    if item.total is None:
        return html('<p class="note">{}</p>', say("elements.nothing", language))
    scales = {name: _scale(item, name, language) for name in design.amounts}
    heads = [say("elements.town", language) if design.by == "town" else kind.columns[design.by].label.say(language)]
    heads += [f"{kind.columns[name].label.say(language)} {scales[name].unit}".strip() for name in design.amounts]
    heads += [design.gap_label.say(language)] if design.gap else []
    heads += [design.ratio_label.say(language)] if design.ratio else []
    heads += (
        [f"{kind.columns[design.most].label.say(language)} {_unit(kind, design.most, language)}"] if design.most else []
    )
    # What is lacking is the difference of two columns beside it: in their scale, so that it can be checked.
    gap = scales[design.gap[0]] if design.gap else None

    def line(row: PanelRow, first: Markup | str) -> Markup:
        cells = [
            html('<td class="r">{}</td>', scales[name].figure(row.amounts[name]).number) for name in design.amounts
        ]
        if gap is not None:
            number = gap.figure(row.gap).number
            is_open = row.gap is not None and row.gap > 0
            mark = mark_of("status", Status.BEHIND if is_open else Status.ACHIEVED)
            shown = chip(mark, number) if row.gap is not None else "—"
            cells.append(html('<td class="r">{}</td>', shown))
        if design.ratio:
            cells.append(html('<td class="r"><b>{}</b></td>', "—" if row.ratio is None else f"{row.ratio:.1f}"))
        if design.most:
            cells.append(html('<td class="r">{}</td>', "—" if row.most is None else f"{row.most:.0f}"))
        return html('<tr><th scope="row">{}</th>{}</tr>', first, html_of(cells))

    body = html_of(line(row, _name(found, item, row.key, language)) for row in item.rows[:_SHOWN])
    last = say("elements.total", language, count=len(item.rows))
    top = html_of(
        html('<th scope="col"{}>{}</th>', html(' class="r"') if at else EMPTY, text) for at, text in enumerate(heads)
    )
    return html(
        '<table class="etable"><thead><tr>{}</tr></thead><tbody>{}</tbody><tfoot>{}</tfoot></table>',
        top, body, line(item.total, last),
    )  # fmt: skip


def _scale(item: Panel, name: str, language: Language) -> Scale:
    """One scale for all amounts of the panel that are written in one unit, and for what is lacking of them."""
    rows, field, gap = (*item.rows, *((item.total,) if item.total else ())), item.kind.columns[name], item.design.gap
    names = [other for other in words.together(item.kind, name) if other in item.design.amounts]
    found = words.amounts([row.amounts[other] for row in rows for other in names], field, language)
    if name not in gap:
        return found
    lacking = words.amounts([row.gap for row in rows], field, language)
    both = [scale.decimals for scale in (found, lacking) if scale.decimals is not None]
    return replace(found, decimals=max(both)) if lacking.divisor == found.divisor and both else found


def _unit(kind: ElementKind, name: str, language: Language) -> str:
    unit = kind.columns[name].unit
    return UNITS.get(unit, Text(unit, "")).say(language)


def _name(found: Elements, item: Panel, key: str, language: Language) -> Markup | str:
    if item.design.by == "town":
        return town_name(key, found.names[key][language == "en"], language)
    if not key:
        return say("elements.word_missing", language)
    field = item.kind.columns[item.design.by]
    text = words.words_of(field, found.design)[key].say(language)
    if field.type == "node":
        aim = opens("chain", say("elements.open_node", language), chain=key.partition(".")[0], node=key)
        return html('<span class="to" {}>{}</span>', aim, text)
    return text


def slots(found: Elements, kind: ElementKind, language: Language) -> Markup:
    """The places of a list that is not public: what the office filled in, else that nothing is fixed."""
    named: dict[int, str] = {}
    for row in found.entries[kind.id].to_dict("records"):
        named.setdefault(int(row["slot"]), str(row["name"] or ""))
    boxes = html_of(
        html(
            "<li{}>{}</li>",
            EMPTY if named.get(at) else html(' class="open"'),
            named.get(at) or say("elements.open_slot", language),
        )
        for at in range(1, kind.entries + 1)
    )
    aim = opens("data", say("elements.fill", language), part="submit", sheets=kind.checker)
    return html(
        '<section class="eslots"><h2>{}</h2>{}<ol>{}</ol><p>{}</p><span class="to" {}>{} →</span></section>',
        kind.label.say(language), clause(kind.clause), boxes, kind.awaits.say(language), aim,
        say("elements.fill", language),
    )  # fmt: skip


def of_town(found: Elements, code: str, language: Language) -> Markup:
    """The kinds of one town in three lines: has, has none, not reported."""
    lines: dict[str, list[Markup]] = {"has": [], "none": [], "unsaid": []}
    at = found.coverage.towns.index(code)
    for kind in found.asked:
        count = float(found.coverage.counts[at, found.coverage.kinds.index(kind.id)])
        name = "unsaid" if count != count else "has" if count else "none"
        aim = opens(
            "elements", say("elements.list_kind", language, kind=kind.label.say(language)), ecell=f"{code}.{kind.id}"
        )
        label = html('<span class="to" {}>{}</span>', aim, kind.label.say(language))
        lines[name].append(html("{} <b>{:.0f}</b>", label, count) if name == "has" else label)
    rows = html_of(
        html("<dt>{}</dt><dd>{}</dd>", say(f"elements.town_{name}", language), html_of(parts, " · "))
        for name, parts in lines.items()
        if parts
    )
    day = say("elements.at", language, day=found.period.last_day())
    return html(
        '<section class="tsec eown"><h2>{} <small>{}</small></h2><dl>{}</dl></section>',
        say("elements.title", language), day, rows,
    )  # fmt: skip
