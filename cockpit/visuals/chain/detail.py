"""What the panel says of one node, of one link, and of the whole chain when nothing is selected; as HTML.

Pure. Every section ends with what to do next: which town could mend, which to ask, who could work together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.analysis.briefing.chain import Break, ChainBriefing, Link, NodeDetail
from cockpit.analysis.chain.mending import Mend
from cockpit.analysis.chain.pairing import Pair
from cockpit.figure_sources import FigureKey
from cockpit.phrases import say
from cockpit.policy.chain_design import ChainDesign, FirmMark
from cockpit.units import percent
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
from cockpit.visuals.marks.source_button import source_button
from cockpit.vocabulary import CHAIN_STAGES, Language
from cockpit.wording import chain as words

_TOWNS = 6  # towns of a node shown with bars; the matrix holds them all
_PAIRS = 3
_SILENT = 6

Names = Mapping[str, tuple[str, str]]  # of every town: its name and its prefecture


def section(title: str, body: str, note: str = "", mark: str = "") -> Markup:
    side = html("<em>{}</em>", note) if note else EMPTY
    return html('<section class="cps"><header><h3>{}</h3>{}{}</header>{}</section>', title, mark, side, body)


def node_head(
    detail: NodeDetail, found: ChainBriefing, design: ChainDesign, is_simulated: bool, language: Language
) -> Markup:
    """Where the node stands and its grade."""
    item = detail.node
    place = [node.id for node in found.nodes].index(item.id) + 1
    stage = CHAIN_STAGES[item.node.stage].say(language)
    where = say("chain.place", language, stage=stage, place=place, count=len(found.nodes))
    met = say("chain.met_none", language)
    if item.grade not in ("missing", "unknown"):
        met = say("chain.met", language, met=item.met_count, total=len(design.criteria))
    source = EMPTY
    if item.figures.firm_count and found.period:
        asked = FigureKey("node", item.id, found.period)
        source = source_button(asked, words.label(item, language), language)
    return html(
        '<div class="cph"><div><small>{}</small><h2>{}</h2><span class="bdg">{}</span>{}{}</div>'
        '<div class="cpg">{}<small>{}</small></div></div>',
        where,
        words.label(item, language),
        words.stated(item, language),
        marks.simulated(is_simulated, language),
        source,
        marks.grade_chip(item.grade, language, big=True),
        met,
    )


def node_body(
    detail: NodeDetail, found: ChainBriefing, design: ChainDesign, names: Names, language: Language
) -> Markup:
    """Everything of one node above its firms."""
    item = detail.node
    parts = [_rule(detail, design, language)]
    if detail.towns:
        parts.append(_towns(detail, language))
    if item.grade not in ("missing", "unknown"):
        parts.append(section(say("chain.tiers", language), _marks(detail.tiers, language), mark=_clauses(detail.tiers)))
        parts.append(
            section(
                say("chain.ladder", language), _marks(detail.ladder, language, arrow=True), mark=_clauses(detail.ladder)
            )
        )
    parts.append(_neighbours(detail, language))
    return html_of(parts)


def node_advice(
    detail: NodeDetail, found: ChainBriefing, design: ChainDesign, names: Names, language: Language
) -> Markup:
    """Who could mend it, whom to ask, who could work together."""
    parts = []
    if detail.silent:
        parts.append(_silent([town.code for town in detail.silent], names, language))
    if detail.mends:
        parts.append(_mends(detail.mends, found, names, language, say("chain.mends_note", language)))
    elif detail.node.grade in ("missing", "weak"):
        parts.append(
            section(
                say("chain.mends", language),
                html('<p class="note">{}</p>', say("chain.no_mend", language)),
                mark=marks.own(language),
            )
        )
    parts.append(pairs(detail.pairs, found, design, names, language))
    return html_of(parts)


def _rule(detail: NodeDetail, design: ChainDesign, language: Language) -> Markup:
    rows = []
    for line in detail.criteria:
        value = line.value
        if detail.node.grade == "unknown":
            # None of those that reported has a firm; what the silent ones hold is not zero.
            value, verdict, tone = None, say("chain.cannot", language), "no-data"
        else:
            verdict = say("chain.is_met" if line.is_met else "chain.not_met", language)
            tone = "achieved" if line.is_met else "behind"
        rows.append(
            html(
                '<tr><th scope=row>{}</th><td><b>{}</b></td><td>≥ {}</td><td class="t-{}">{}</td></tr>',
                line.record.label.say(language),
                words.criterion_value(line.record, value, language),
                words.criterion_value(line.record, line.threshold, language),
                tone,
                verdict,
            )
        )
    note = say(
        "chain.rule_note",
        language,
        strong=f"{design.value('strong_from'):g}",
        adequate=f"{design.value('adequate_from'):g}",
    )
    gaps = html('<p class="note">{}</p>', say("chain.rule_gaps", language))
    body = html('<table class="crt"><tbody>{}</tbody></table>{}', html_of(rows), gaps)
    return section(say("chain.rule", language), body, escape(note), marks.own(language))


def _towns(detail: NodeDetail, language: Language) -> Markup:
    item = detail.node.figures
    most = max((line.revenue_yuan or 0.0 for line in detail.towns), default=0.0)
    rows = html_of(
        html(
            '<li><div data-pick="town:{}" role="button" tabindex="0"><span>{}</span><i>'
            '<u style="width:{:.1%}"></u></i><b>{}</b><em>{} · {}</em></div></li>',
            line.town.code,
            line.town.name.say(language),
            (line.revenue_yuan or 0.0) / most if most else 0.0,
            words.money(line.revenue_yuan, language),
            percent(line.share, decimals=0),
            words.firms(line.firm_count, language),
        )
        for line in detail.towns[:_TOWNS]
    )
    more = len(detail.towns) - _TOWNS
    rest = html('<p class="note">{}</p>', say("chain.more_towns", language, count=more)) if more > 0 else EMPTY
    note = EMPTY
    if item.town_count == 1:
        note = html('<span class="t-behind">{}</span>', say("chain.dependent_one", language))
    elif item.top_share is not None:
        share = percent(item.top_share, decimals=0)
        if detail.node.is_dependent:
            note = html('<span class="t-behind">{}</span>', say("chain.dependent", language, share=share))
        else:
            note = escape(say("chain.top", language, share=share))
    return section(say("chain.in_towns", language), html('<ul class="ctb">{}</ul>{}', rows, rest), note)


def _clauses(found: Sequence[tuple[FirmMark, int | None]]) -> Markup:
    return marks.clause(found[0][0].clause) if found else EMPTY


def _marks(counted: Sequence[tuple[FirmMark, int | None]], language: Language, *, arrow: bool = False) -> Markup:
    cells = html_of(
        html("<div><b>{}</b>{}</div>", "—" if count is None else words.grouped(count), mark.label.say(language))
        for mark, count in counted
    )
    return html('<div class="ctr{}">{}</div>', " ladder" if arrow else "", cells)


def _neighbours(detail: NodeDetail, language: Language) -> Markup:
    lines = []
    for key, nodes in (("chain.before", detail.before), ("chain.after", detail.after)):
        told = html_of(
            html(
                '<span class="cnb" data-pick="node:{}" role="button" tabindex="0">{}{}</span>',
                node.id,
                marks.grade(node.grade),
                words.label(node, language),
            )
            for node in nodes
        ) or escape(say("chain.ends", language))
        lines.append(html("<p class=cnl><small>{}</small>{}</p>", say(key, language), told))
    note = ""
    if detail.node.grade in ("missing", "unknown"):
        note = say("chain.break_line", language, through=detail.through, restored=detail.restored)
    return section(say("chain.neighbours", language), html_of(lines), note)


def _silent(codes: Sequence[str], names: Names, language: Language) -> Markup:
    shown = [names[code][0] for code in codes[:_SILENT]]
    text = words.joined(shown, language)
    if len(codes) > _SILENT:
        joint = "" if language == "zh" else " "
        text = f"{text}{joint}{say('chain.and_more', language, count=len(codes))}"
    return section(say("chain.silent", language), html("<p>{}</p>", say("chain.silent_ask", language, names=text)))


def _mends(
    mends: Sequence[Mend], found: ChainBriefing, names: Names, language: Language, note: str, *, with_node: bool = False
) -> Markup:
    rows = []
    for place, mend in enumerate(mends, start=1):
        town, prefecture = names[mend.town]
        label = words.label(found.node(mend.node), language)
        gap = (
            html(
                '<span class="cnb" data-pick="node:{}" role="button" tabindex="0">{}{}</span>',
                mend.node,
                marks.grade(mend.grade_before),
                label,
            )
            if with_node
            else EMPTY
        )
        rows.append(
            html(
                '<li><b class="cno">{}</b><div><p>{}<b data-pick="town:{}" role="button" tabindex="0">{}</b> '
                '<small>{}</small></p><p>{}</p><p class="ef">{}</p></div></li>',
                say("chain.mend_mark", language, place=place),
                gap,
                mend.town,
                town,
                prefecture,
                words.holds(mend, found, language),
                words.effect(mend, language),
            )
        )
    title = say("chain.best_mends" if with_node else "chain.mends", language)
    return section(title, html('<ol class="cmd">{}</ol>', html_of(rows)), escape(note), marks.own(language))


def pairs(
    found_pairs: Sequence[Pair], found: ChainBriefing, design: ChainDesign, names: Names, language: Language
) -> Markup:
    """The best pair of each pattern first, then the next ones, until the list is full."""
    queues: dict[str, list[Pair]] = {}
    for pair in found_pairs:
        queues.setdefault(pair.pattern, []).append(pair)
    turn = [queue[at] for at in range(_PAIRS) for queue in queues.values() if at < len(queue)][:_PAIRS]
    if not turn:
        return EMPTY
    rows = []
    for pair in turn:
        pattern = design.patterns[pair.pattern]
        first, second = names[pair.first], names[pair.second]
        rows.append(
            html(
                '<li><div><p><b data-pick="town:{}">{}</b> <small>{}</small> ＋ <b data-pick="town:{}">{}</b> '
                "<small>{}</small></p><p>{}{}{}</p></div></li>",
                pair.first,
                first[0],
                first[1],
                pair.second,
                second[0],
                second[1],
                pattern.label.say(language),
                "：" if language == "zh" else ": ",
                reason(pair, found, language),
            )
        )
    clause = marks.clause(next(iter(design.patterns.values())).clause)
    return section(
        say("chain.pairs", language), html('<ol class="cmd plain">{}</ol>', html_of(rows)), marks.own(language), clause
    )


def reason(pair: Pair, found: ChainBriefing, language: Language) -> str:
    """Why two towns could work together."""

    def label(node: str) -> str:
        return words.short(found.node(node).node.label, language)

    parts = []
    if pair.joined:
        links = words.joined([f"{label(a)}→{label(b)}" for a, b in pair.joined[:2]], language)
        parts.append(say("chain.pair_joined", language, links=links))
    if pair.shared:
        shared = words.joined([label(node) for node in pair.shared[:3]], language)
        parts.append(say("chain.pair_shared", language, nodes=shared))
    if pair.growth_firms:
        parts.append(say("chain.pair_growth", language, count=pair.growth_firms))
    elif pair.first_firms or pair.second_firms:
        parts.append(say("chain.pair_firms", language, first=pair.first_firms, second=pair.second_firms))
    if pair.is_same_prefecture:
        parts.append(say("chain.pair_near", language))
    return words.sentence(parts, language)


def link_body(link: Link, found: ChainBriefing, names: Names, is_simulated: bool, language: Language) -> Markup:
    """A link: both ends, the towns that have both, and why it is broken."""
    ends = html_of(
        html(
            '<span class="cnb" data-pick="node:{}" role="button" tabindex="0">{}{}</span>{}',
            node.id,
            marks.grade(node.grade),
            words.label(node, language),
            arrow,
        )
        for node, arrow in ((found.node(link.source), " → "), (found.node(link.end), ""))
    )
    state = say(f"chain.link_{link.state}", language, count=link.weight)
    if link.state == "open" and not link.weight:
        state = say("chain.link_none", language)
    towns = html_of(
        html(
            '<li><div data-pick="town:{}" role="button" tabindex="0"><span>{}</span><em>{}</em></div></li>',
            code,
            names[code][0],
            names[code][1],
        )
        for code in link.towns
    )
    basis = say(f"chain.link_basis_{link.basis}", language)
    return html(
        '<div class="cph"><div><small>{} · {}</small><h2 class="lk">{}</h2>{}</div></div>{}',
        say("chain.link", language),
        basis,
        ends,
        marks.simulated(is_simulated, language),
        section(state, html("<ul class=ctb>{}</ul>", towns) if towns else ""),
    )


def whole_chain(
    found: ChainBriefing, design: ChainDesign, names: Names, is_simulated: bool, language: Language
) -> Markup:
    """Nothing selected: where the chain breaks, what it rests on, the cheapest mends, who could work together."""
    rest, paths = found.resilience, found.glance.paths
    head = html(
        '<div class="cph"><div><h2>{}</h2>{}</div><div class="cpg"><small>{}</small></div></div>',
        say("chain.gaps", language),
        marks.simulated(is_simulated, language),
        say("chain.gaps_note", language),
    )
    gaps = html_of(_gap(item, found, names, language) for item in rest.breaks)
    body = (
        html('<ul class="cgp">{}</ul>', gaps)
        if gaps
        else html('<p class="note">{}</p>', say("chain.no_gaps", language))
    )
    lines = [
        say(
            "chain.path_words",
            language,
            total=paths.total,
            intact=paths.intact,
            broken=paths.broken,
            open=paths.unclear,
        )
    ]
    labels = [words.short(found.node(node).node.label, language) for node in rest.dependent]
    lines.append(
        say("chain.dependents", language, count=len(labels), names=words.joined(labels, language))
        if labels
        else say("chain.no_dependents", language)
    )
    if rest.top_town and rest.top_share is not None:
        share = percent(rest.top_share, decimals=0)
        lines.append(say("chain.top_town", language, town=names[rest.top_town][0], share=share))
    weak = html_of(
        html(
            '<span class="cnb" data-pick="node:{}" role="button" tabindex="0">{}{}</span>',
            node.id,
            marks.grade(node.grade),
            words.label(node, language),
        )
        for node in found.nodes
        if node.grade == "weak"
    )
    parts = [
        head,
        body,
        section(
            say("chain.whole", language),
            html_of(html("<p>{}</p>", line) for line in lines),
        ),
        section(say("chain.weakest", language), html("<p class=cnl>{}</p>", weak)) if weak else EMPTY,
    ]
    most = int(design.value("mend_count"))
    if rest.mends:
        parts.append(
            _mends(rest.mends[:most], found, names, language, say("chain.mends_note", language), with_node=True)
        )
    parts.append(pairs(found.pairs, found, design, names, language))
    return html_of(parts)


def _gap(item: Break, found: ChainBriefing, names: Names, language: Language) -> Markup:
    node = found.node(item.node)
    lines = [say("chain.break_line", language, through=item.through, restored=item.restored)]
    if item.mends:
        lines.append(say("chain.cheapest", language, town=names[item.mends[0].town][0]))
    elif item.silent:
        asked = words.joined([names[code][0] for code in item.silent[:_SILENT]], language)
        lines.append(say("chain.silent_ask", language, names=asked))
    return html(
        '<li class="cg-{}"><div data-pick="node:{}" role="button" tabindex="0"><p>{}<b>{}</b><em>{}</em></p>'
        "<p>{}</p></div></li>",
        item.grade,
        item.node,
        marks.grade_chip(item.grade, language),
        words.label(node, language),
        words.facts(node, language),
        words.sentence(lines, language),
    )
