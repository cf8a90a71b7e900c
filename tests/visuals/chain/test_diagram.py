"""The diagram of a chain: labels that never meet or leave their card, whatever the chain; what it says of gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from cockpit.analysis.briefing.chain import ChainBriefing, Link, Resilience, arrangement, chain_layout
from cockpit.analysis.briefing.chains import ChainGlance, GradedNode
from cockpit.analysis.chain.grading import GRADES, Grade, NodeFigures
from cockpit.analysis.chain.network import Paths, state_of
from cockpit.analysis.chain_layout import Frame
from cockpit.policy.chains import Chain, ChainNode, read_chains
from cockpit.policy.register import load
from cockpit.visuals.chain.diagram import draw, fit_name
from cockpit.visuals.marks.widths import text_width
from cockpit.vocabulary import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
STAGES = ("upstream", "midstream", "midstream", "downstream")
LONG = ("集成电路", "监控摄像头制造", "集成电路（芯片、控制器）", "高性能精密减速器与伺服电机总成")
LONG_EN = ("Chips", "Surveillance cameras", "Building-integrated photovoltaics", "Raw and auxiliary materials")


def made_up(count: int) -> Chain:
    """A chain of `count` nodes in four columns, each linked to two of the next, with short and very long names."""
    rows = -(-count // 4)
    nodes = [
        {
            "id": f"n{number}",
            "zh": f"{LONG[number % 4]}{number}",
            "en": f"{LONG_EN[number % 4]} {number}",
            "stage": STAGES[number // rows],
            "basis": "ours",
        }
        for number in range(count)
    ]
    links = []
    for left, right in pairwise([list(range(start, min(start + rows, count))) for start in range(0, count, rows)]):
        for place, number in enumerate(left):
            for other in {right[place % len(right)], right[(place * 3 + 1) % len(right)]}:
                links.append({"from": f"n{number}", "to": f"n{other}", "basis": "ours"})
    linked = {end for link in links for end in (link["from"], link["to"])}
    links += [
        {"from": f"n{number - rows}", "to": f"n{number}", "basis": "ours"}
        for number in range(rows, count)
        if f"n{number}" not in linked or not any(link["to"] == f"n{number}" for link in links)
    ]
    table = {"label_zh": "试", "label_en": "Trial", "industries": [], "told_of": [], "nodes": nodes, "links": links}
    return read_chains({"trial": table}, "trial.toml")["trial"]


def briefing(chain: Chain, grades: dict[str, Grade] | None = None) -> ChainBriefing:
    """A chain with made-up figures: outputs of very different size, every grade in turn."""

    def node(at: int, record: ChainNode) -> GradedNode:
        full = chain.full_id(record.id)
        grade = (grades or {}).get(full, GRADES[at % len(GRADES)])
        has_firms = grade not in ("missing", "unknown")
        figures = NodeFigures(
            node=full,
            firm_count=12_345 if has_firms else 0,
            leader_count=12 if has_firms else 0,
            revenue_yuan=10.0 ** (8 + at % 4) if has_firms else None,
            town_count=24 if has_firms else 0,
            prefecture_count=3,
            chain_share=None,
            top_town=None,
            top_share=None,
            reported=6 if grade == "unknown" else 10,
            expected=10,
            tags={},
        )
        return GradedNode(full, record, grade, (), figures, None, None, False)

    nodes = tuple(node(at, record) for at, record in enumerate(chain.nodes))
    by_id = {item.id: item for item in nodes}
    counts = {grade: sum(item.grade == grade for item in nodes) for grade in GRADES}
    glance = ChainGlance(chain, nodes, counts, Paths(1, 1, 1), 100, 1e11, 10, 10)
    order = arrangement(chain).nodes
    links = tuple(
        Link(source, end, "ours", ("A", "B"), state_of(by_id[source].grade, by_id[end].grade))
        for source, end in chain.pairs
    )
    blank = np.zeros((0, len(nodes)))
    return ChainBriefing(
        glance, "2025", tuple(by_id[name] for name in order), links, (), blank, blank,
        Resilience((), (), None, None, ()), (),
    )  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A text on a card and the room it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Word) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def words_of(card: ElementTree.Element) -> list[Word]:
    found = []
    for text in card.iter(f"{SVG}text"):
        told, size = "".join(text.itertext()), float(text.attrib["font-size"])
        wide = text_width(told, size, bold=text.attrib["class"] in ("nm", "gw"))
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        left = x - wide if text.attrib.get("text-anchor") == "end" else x
        found.append(Word(told, left, y - size * 0.88, left + wide, y + size * 0.12))
    return found


def cards_of(found: ChainBriefing, language: Language, height: float) -> list[ElementTree.Element]:
    frame = Frame(1264, height, card=204, lowest=47 if language == "zh" else 62)
    layout = chain_layout(found, arrangement(found.chain), frame)
    root = ElementTree.fromstring(draw(found, layout, language))
    return [part for part in root.iter(f"{SVG}g") if "cn" in part.attrib.get("class", "").split()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [2, 8, 26, 40])
def test_no_label_leaves_its_card_or_meets_another(count: int, language: Language) -> None:
    cards = cards_of(briefing(made_up(count)), language, max(420.0, -(-count // 4) * 59.0))
    assert len(cards) == count
    for card in cards:
        box = next(part for part in card.iter(f"{SVG}rect") if part.attrib["class"] == "bx")
        wide, tall = float(box.attrib["width"]), float(box.attrib["height"])
        found = words_of(card)
        for word in found:
            assert word.left >= 0, word
            assert word.right <= wide, word
            assert word.top >= -1, word
            assert word.bottom <= tall + 1, word
        assert not [(one.text, other.text) for one, other in combinations(found, 2) if one.meets(other)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chain", load().chains.values(), ids=lambda chain: chain.id)
def test_names_of_the_registered_chains_stand_uncut(chain: Chain, language: Language) -> None:
    counts: dict[str, int] = {}
    for node in chain.nodes:
        counts[node.stage] = counts.get(node.stage, 0) + 1
    low = 59 if language == "zh" else 74
    for card in cards_of(briefing(chain), language, max(420.0, min(max(counts.values()), 8) * low)):
        name = "".join(word.text for word in words_of(card) if word.text)
        assert "…" not in name, name


def test_a_gap_shows_its_evidence_and_never_a_zero_output() -> None:
    found = briefing(made_up(8), {"trial.n0": "missing", "trial.n1": "unknown"})
    frame = Frame(1264, 420)
    svg = draw(found, chain_layout(found, arrangement(found.chain), frame), "zh", node="trial.n0")
    assert "0家 · 10 个小镇均已报" in svg
    assert "10 个小镇中 4 个未报" in svg
    assert "暂无数据" in svg
    assert 'class="cn cn-missing sel"' in svg
    assert svg.count('aria-pressed="true"') == 1
    assert 'ln-broken on"' in svg, "links of the selected node are marked"


@pytest.mark.parametrize(
    ("full", "brief", "room", "height", "lines", "size"),
    [
        ("光学镜头", "光学镜头", 120, 20, ("光学镜头",), 16),
        ("集成电路（芯片、控制器）", "集成电路", 120, 20, ("集成电路",), 16),
        ("Smart-traffic applications", "Smart-traffic applications", 120, 40, ("Smart-traffic", "applications"), 15),
    ],
)
def test_a_name_takes_the_largest_form_that_fits(
    full: str, brief: str, room: float, height: float, lines: tuple[str, ...], size: float
) -> None:
    fitted = fit_name(full, brief, room, height)
    assert fitted.lines == lines
    assert fitted.size == size


def test_text_of_records_cannot_become_markup() -> None:
    chain = made_up(4)
    evil = chain.model_copy(update={"nodes": tuple(node.model_copy(update={"zh": '<b>&"x'}) for node in chain.nodes)})
    found = briefing(evil)
    svg = draw(found, chain_layout(found, arrangement(evil), Frame(1264, 420)), "zh")
    assert "<b>" not in svg
    ElementTree.fromstring(svg)
