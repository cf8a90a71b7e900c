"""What the panel says of one node, of one link, and of the whole chain when nothing is selected; as HTML.

Pure. Every section ends with what to do next: which town could mend, which to ask, who could work together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from cockpit.analysis.briefing.chain import Break, ChainBriefing, Link, NodeDetail
from cockpit.analysis.chain.mending import Mend
from cockpit.analysis.chain.pairing import Pair
from cockpit.figure_sources import Asked
from cockpit.phrases import say
from cockpit.policy.chain_design import ChainDesign, FirmMark
from cockpit.units import percent
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.source_button import source_button
from cockpit.vocabulary import CHAIN_STAGES, Language
from cockpit.wording import chain as words

_TOWNS = 6  # towns of a node shown with bars; the matrix holds them all
_PAIRS = 3
_SILENT = 6

Names = Mapping[str, tuple[str, str]]  # of every town: its name and its prefecture


def section(title: str, body: str, note: str = "", mark: str = "") -> str:
    side = f"<em>{note}</em>" if note else ""
    return f'<section class="cps"><header><h3>{escape(title)}</h3>{mark}{side}</header>{body}</section>'


def node_head(
    detail: NodeDetail, found: ChainBriefing, design: ChainDesign, is_simulated: bool, language: Language
) -> str:
    """Where the node stands and its grade."""
    item = detail.node
    place = [node.id for node in found.nodes].index(item.id) + 1
    stage = CHAIN_STAGES[item.node.stage].say(language)
    where = say("chain.place", language, stage=stage, place=place, count=len(found.nodes))
    met = say("chain.met_none", language)
    if item.grade not in ("missing", "unknown"):
        met = say("chain.met", language, met=item.met_count, total=len(design.criteria))
    source = ""
    if item.figures.firm_count and found.period:
        asked = Asked("node", item.id, found.period)
        source = source_button(asked, words.label(item, language), language)
    return (
        f'<div class="cph"><div><small>{escape(where)}</small><h2>{escape(words.label(item, language))}</h2>'
        f'<span class="bdg">{escape(words.stated(item, language))}</span>{marks.simulated(is_simulated, language)}'
        f"{source}</div>"
        f'<div class="cpg">{marks.grade_chip(item.grade, language, big=True)}<small>{escape(met)}</small></div></div>'
    )


def node_body(detail: NodeDetail, found: ChainBriefing, design: ChainDesign, names: Names, language: Language) -> str:
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
    return "".join(parts)


def node_advice(detail: NodeDetail, found: ChainBriefing, design: ChainDesign, names: Names, language: Language) -> str:
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
                f'<p class="note">{escape(say("chain.no_mend", language))}</p>',
                mark=marks.own(language),
            )
        )
    parts.append(pairs(detail.pairs, found, design, names, language))
    return "".join(parts)


def _rule(detail: NodeDetail, design: ChainDesign, language: Language) -> str:
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
            f"<tr><th scope=row>{escape(line.record.label.say(language))}</th>"
            f"<td><b>{escape(words.criterion_value(line.record, value, language))}</b></td>"
            f"<td>≥ {escape(words.criterion_value(line.record, line.threshold, language))}</td>"
            f'<td class="t-{tone}">{escape(verdict)}</td></tr>'
        )
    note = say(
        "chain.rule_note",
        language,
        strong=f"{design.value('strong_from'):g}",
        adequate=f"{design.value('adequate_from'):g}",
    )
    gaps = f'<p class="note">{escape(say("chain.rule_gaps", language))}</p>'
    body = f'<table class="crt"><tbody>{"".join(rows)}</tbody></table>{gaps}'
    return section(say("chain.rule", language), body, escape(note), marks.own(language))


def _towns(detail: NodeDetail, language: Language) -> str:
    item = detail.node.figures
    most = max((line.revenue_yuan or 0.0 for line in detail.towns), default=0.0)
    rows = "".join(
        f'<li><div data-pick="town:{escape(line.town.code)}" role="button" tabindex="0">'
        f"<span>{escape(line.town.name.say(language))}</span>"
        f'<i><u style="width:{(line.revenue_yuan or 0.0) / most if most else 0.0:.1%}"></u></i>'
        f"<b>{escape(words.money(line.revenue_yuan, language))}</b>"
        f"<em>{escape(percent(line.share, decimals=0))} · {escape(words.firms(line.firm_count, language))}</em>"
        "</div></li>"
        for line in detail.towns[:_TOWNS]
    )
    more = len(detail.towns) - _TOWNS
    rest = f'<p class="note">{escape(say("chain.more_towns", language, count=more))}</p>' if more > 0 else ""
    note = ""
    if item.town_count == 1:
        note = f'<span class="t-behind">{escape(say("chain.dependent_one", language))}</span>'
    elif item.top_share is not None:
        share = percent(item.top_share, decimals=0)
        if detail.node.is_dependent:
            note = f'<span class="t-behind">{escape(say("chain.dependent", language, share=share))}</span>'
        else:
            note = escape(say("chain.top", language, share=share))
    return section(say("chain.in_towns", language), f'<ul class="ctb">{rows}</ul>{rest}', note)


def _clauses(found: Sequence[tuple[FirmMark, int | None]]) -> str:
    return marks.clause(found[0][0].clause) if found else ""


def _marks(counted: Sequence[tuple[FirmMark, int | None]], language: Language, *, arrow: bool = False) -> str:
    cells = "".join(
        f"<div><b>{'—' if count is None else words.grouped(count)}</b>{escape(mark.label.say(language))}</div>"
        for mark, count in counted
    )
    return f'<div class="ctr{" ladder" if arrow else ""}">{cells}</div>'


def _neighbours(detail: NodeDetail, language: Language) -> str:
    lines = []
    for key, nodes in (("chain.before", detail.before), ("chain.after", detail.after)):
        told = "".join(
            f'<span class="cnb" data-pick="node:{escape(node.id)}" role="button" tabindex="0">{marks.grade(node.grade)}'
            f"{escape(words.label(node, language))}</span>"
            for node in nodes
        ) or escape(say("chain.ends", language))
        lines.append(f"<p class=cnl><small>{escape(say(key, language))}</small>{told}</p>")
    note = ""
    if detail.node.grade in ("missing", "unknown"):
        note = escape(say("chain.break_line", language, through=detail.through, restored=detail.restored))
    return section(say("chain.neighbours", language), "".join(lines), note)


def _silent(codes: Sequence[str], names: Names, language: Language) -> str:
    shown = [names[code][0] for code in codes[:_SILENT]]
    text = words.joined(shown, language)
    if len(codes) > _SILENT:
        joint = "" if language == "zh" else " "
        text = f"{text}{joint}{say('chain.and_more', language, count=len(codes))}"
    return section(say("chain.silent", language), f"<p>{escape(say('chain.silent_ask', language, names=text))}</p>")


def _mends(
    mends: Sequence[Mend], found: ChainBriefing, names: Names, language: Language, note: str, *, with_node: bool = False
) -> str:
    rows = []
    for place, mend in enumerate(mends, start=1):
        town, prefecture = names[mend.town]
        label = words.label(found.node(mend.node), language)
        gap = (
            f'<span class="cnb" data-pick="node:{escape(mend.node)}" role="button" tabindex="0">'
            f"{marks.grade(mend.grade_before)}{escape(label)}</span>"
            if with_node
            else ""
        )
        rows.append(
            f'<li><b class="cno">{escape(say("chain.mend_mark", language, place=place))}</b><div>'
            f'<p>{gap}<b data-pick="town:{escape(mend.town)}" role="button" tabindex="0">{escape(town)}</b> '
            f"<small>{escape(prefecture)}</small></p><p>{escape(words.holds(mend, found, language))}</p>"
            f'<p class="ef">{escape(words.effect(mend, language))}</p></div></li>'
        )
    title = say("chain.best_mends" if with_node else "chain.mends", language)
    return section(title, f'<ol class="cmd">{"".join(rows)}</ol>', escape(note), marks.own(language))


def pairs(
    found_pairs: Sequence[Pair], found: ChainBriefing, design: ChainDesign, names: Names, language: Language
) -> str:
    """The best pair of each pattern first, then the next ones, until the list is full."""
    queues: dict[str, list[Pair]] = {}
    for pair in found_pairs:
        queues.setdefault(pair.pattern, []).append(pair)
    turn = [queue[at] for at in range(_PAIRS) for queue in queues.values() if at < len(queue)][:_PAIRS]
    if not turn:
        return ""
    rows = []
    for pair in turn:
        pattern = design.patterns[pair.pattern]
        first, second = names[pair.first], names[pair.second]
        rows.append(
            f'<li><div><p><b data-pick="town:{escape(pair.first)}">{escape(first[0])}</b> '
            f'<small>{escape(first[1])}</small> ＋ <b data-pick="town:{escape(pair.second)}">{escape(second[0])}</b> '
            f"<small>{escape(second[1])}</small></p>"
            f"<p>{escape(pattern.label.say(language))}{'：' if language == 'zh' else ': '}"
            f"{escape(reason(pair, found, language))}</p></div></li>"
        )
    clause = marks.clause(next(iter(design.patterns.values())).clause)
    return section(
        say("chain.pairs", language), f'<ol class="cmd plain">{"".join(rows)}</ol>', marks.own(language), clause
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


def link_body(link: Link, found: ChainBriefing, names: Names, is_simulated: bool, language: Language) -> str:
    """A link: both ends, the towns that have both, and why it is broken."""
    ends = "".join(
        f'<span class="cnb" data-pick="node:{escape(node.id)}" role="button" tabindex="0">'
        f"{marks.grade(node.grade)}{escape(words.label(node, language))}</span>{arrow}"
        for node, arrow in ((found.node(link.source), " → "), (found.node(link.end), ""))
    )
    state = say(f"chain.link_{link.state}", language, count=link.weight)
    if link.state == "open" and not link.weight:
        state = say("chain.link_none", language)
    towns = "".join(
        f'<li><div data-pick="town:{escape(code)}" role="button" tabindex="0"><span>{escape(names[code][0])}</span>'
        f"<em>{escape(names[code][1])}</em></div></li>"
        for code in link.towns
    )
    basis = say(f"chain.link_basis_{link.basis}", language)
    return (
        f'<div class="cph"><div><small>{escape(say("chain.link", language))} · {escape(basis)}</small>'
        f'<h2 class="lk">{ends}</h2>{marks.simulated(is_simulated, language)}</div></div>'
        f"{section(state, f'<ul class=ctb>{towns}</ul>' if towns else '')}"
    )


def whole_chain(found: ChainBriefing, design: ChainDesign, names: Names, is_simulated: bool, language: Language) -> str:
    """Nothing selected: where the chain breaks, what it rests on, the cheapest mends, who could work together."""
    rest, paths = found.resilience, found.glance.paths
    head = (
        f'<div class="cph"><div><h2>{escape(say("chain.gaps", language))}</h2>{marks.simulated(is_simulated, language)}'
        f'</div><div class="cpg"><small>{escape(say("chain.gaps_note", language))}</small></div></div>'
    )
    gaps = "".join(_gap(item, found, names, language) for item in rest.breaks)
    body = f'<ul class="cgp">{gaps}</ul>' if gaps else f'<p class="note">{escape(say("chain.no_gaps", language))}</p>'
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
    weak = "".join(
        f'<span class="cnb" data-pick="node:{escape(node.id)}" role="button" tabindex="0">{marks.grade(node.grade)}'
        f"{escape(words.label(node, language))}</span>"
        for node in found.nodes
        if node.grade == "weak"
    )
    parts = [
        head,
        body,
        section(
            say("chain.whole", language),
            "".join(f"<p>{escape(line)}</p>" for line in lines),
        ),
        section(say("chain.weakest", language), f"<p class=cnl>{weak}</p>") if weak else "",
    ]
    most = int(design.value("mend_count"))
    if rest.mends:
        parts.append(
            _mends(rest.mends[:most], found, names, language, say("chain.mends_note", language), with_node=True)
        )
    parts.append(pairs(found.pairs, found, design, names, language))
    return "".join(parts)


def _gap(item: Break, found: ChainBriefing, names: Names, language: Language) -> str:
    node = found.node(item.node)
    lines = [say("chain.break_line", language, through=item.through, restored=item.restored)]
    if item.mends:
        lines.append(say("chain.cheapest", language, town=names[item.mends[0].town][0]))
    elif item.silent:
        asked = words.joined([names[code][0] for code in item.silent[:_SILENT]], language)
        lines.append(say("chain.silent_ask", language, names=asked))
    return (
        f'<li class="cg-{item.grade}"><div data-pick="node:{escape(item.node)}" role="button" tabindex="0">'
        f"<p>{marks.grade_chip(item.grade, language)}<b>{escape(words.label(node, language))}</b>"
        f"<em>{escape(words.facts(node, language))}</em></p><p>{escape(words.sentence(lines, language))}</p></div></li>"
    )
