"""The briefing pack (汇报包) of one selection: what the screen says, section by section, ready for three formats.

Pure: desk and selection in, sections out. Figures come from the briefings of the screen and read as they do there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, brief
from cockpit.exports.pack.gap import attribution
from cockpit.exports.pack.lists import chain_overview, list_queue
from cockpit.exports.pack.material import Material
from cockpit.exports.pack.matters import supervision
from cockpit.exports.pack.model import Pack, Section, Wish
from cockpit.exports.pack.plans import planned
from cockpit.exports.pack.plates import area_map
from cockpit.exports.pack.ranks import per_mu_leaders, vitality_leaders
from cockpit.exports.pack.sources import method
from cockpit.exports.pack.steps import sections_of
from cockpit.exports.pack.targets import glance, target_section
from cockpit.exports.pack.towns import towns
from cockpit.exports.towns import filter_words
from cockpit.vocabulary import PREFECTURES, PROVENANCES, Language, Provenance


def build(
    desk: Desk,
    selection: Selection,
    as_of: date,
    language: Language,
    target: str = "",
    tell: Callable[[str], None] = lambda _: None,
    made: Callable[[Section], None] = lambda _: None,
    wish: Wish | None = None,
) -> Pack:
    """The pack of one selection.

    Args:
        target: whose gap is split; the first money target when empty.
        tell: called with the name of each step (`sections_of`) before it is done.
        made: called with each section, so that its figures may be drawn while the next one is made.
        wish: length and cover, the whole pack under our title when None.
    """
    briefing = brief(desk, selection, as_of)
    first = next(name for name, record in desk.register.targets.items() if record.rank == "money")
    ask = Material(desk, briefing, language, target or first)
    wish = wish or Wish()
    makers: dict[str, Callable[[Material], list[Section]]] = {
        "glance": lambda asked: [glance(asked)],
        "gap": lambda asked: [attribution(asked)],
        "lists": lambda asked: [list_queue(asked)],
        "actions": supervision,
        "map": lambda asked: [area_map(asked)],
        "targets": lambda asked: [target_section(asked, name) for name in desk.register.targets],
        "plan": planned,
        "vitality": lambda asked: [vitality_leaders(asked)],
        "per_mu": lambda asked: [per_mu_leaders(asked)],
        "chain": lambda asked: [chain_overview(asked)],
        "basis": lambda asked: [method(asked)],
    }
    sections: list[Section] = []
    for name in sections_of(wish.length):
        tell(name)
        found = makers[name](ask)
        sections += found
        for section in found:
            made(section)
    manifest = desk.dataset.manifest
    period = ask.period(selection.period)
    where = filter_words(briefing, language) if selection.is_filtered else ask.say("pack.whole_province")
    own = ((ask.say("pack.author"), wish.author), (ask.say("pack.day"), wish.day))
    facts = (
        *((head, text) for head, text in own if text),
        (ask.say("export.period"), period),
        (ask.say("export.filters"), filter_words(briefing, language)),
        (ask.say("export.count"), f"{len(briefing.towns)} / {briefing.town_count}"),
        (ask.say("export.dataset"), ask.version),
        (ask.say("towns.provenance"), ask.provenance),
        (ask.say("pack.as_of"), as_of.isoformat()),
    )
    return Pack(
        language=language,
        title=wish.title or ask.say("pack.title"),
        subtitle=ask.say("pack.subtitle", period=period, where=where),
        simulated=PROVENANCES[Provenance.SIMULATED].say(language) if manifest.is_simulated else "",
        simulated_note=ask.say("foot.demo" if manifest.is_simulated else "foot.public"),
        facts=facts,
        author=wish.author or ask.say("app.title"),
        sections=tuple(sections),
        annex=(towns(ask),),
        stem=_stem(ask, wish),
    )


def _stem(ask: Material, wish: Wish) -> str:
    """Name of the files as a person would give it: what, when, where and, of the short one, that it is short."""
    chosen = [PREFECTURES[code].say(ask.language) for code in ask.selection.prefectures]
    only = replace(ask.selection, prefectures=()).is_filtered
    where = (
        chosen[0]
        if len(chosen) == 1 and not only
        else ask.say("pack.file_part" if ask.selection.is_filtered else "pack.file_all")
    )
    own, set_ = ask.desk.choices.default_set, ask.selection.target_set
    kind = ask.say("pack.file_demo") if ask.desk.dataset.manifest.is_simulated else ""
    parts = (
        ask.say("pack.file"),
        ask.period(ask.selection.period),
        where,
        ask.desk.register.sets[set_].label.say(ask.language) if set_ and set_ != own else "",
        kind,
        ask.say("pack.length_short") if wish.length == "short" else "",
    )
    return "_".join(
        "".join(sign if sign.isalnum() or sign in "-–" else "-" for sign in part.replace(" ", "-"))
        for part in parts
        if part
    )
