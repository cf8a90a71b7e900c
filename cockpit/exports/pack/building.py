"""The briefing pack (汇报包) of one selection: what the screen says, section by section, ready for three formats.

Pure: desk and selection in, sections out. Figures come from the briefings of the screen and read as they do there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, brief
from cockpit.exports.pack.gap import attribution
from cockpit.exports.pack.lists import chain_overview, list_queue
from cockpit.exports.pack.material import Material
from cockpit.exports.pack.model import Pack, Section
from cockpit.exports.pack.ranks import per_mu_leaders, vitality_leaders
from cockpit.exports.pack.sources import method
from cockpit.exports.pack.steps import SECTIONS
from cockpit.exports.pack.targets import glance, target_section
from cockpit.exports.pack.towns import towns
from cockpit.exports.towns import filter_words
from cockpit.vocabulary import PROVENANCES, Language, Provenance


def build(
    desk: Desk,
    selection: Selection,
    as_of: date,
    language: Language,
    target: str = "",
    tell: Callable[[str], None] = lambda _: None,
    made: Callable[[Section], None] = lambda _: None,
) -> Pack:
    """The pack of one selection.

    Args:
        target: whose gap is split; the first money target when empty.
        tell: called with the name of each step (`SECTIONS`) before it is done.
        made: called with each section, so that its figures may be drawn while the next one is made.
    """
    briefing = brief(desk, selection, as_of)
    first = next(name for name, record in desk.register.targets.items() if record.rank == "money")
    ask = Material(desk, briefing, language, target or first)
    makers: tuple[Callable[[Material], list[Section]], ...] = (
        lambda asked: [glance(asked)],
        lambda asked: [target_section(asked, name) for name in desk.register.targets],
        lambda asked: [attribution(asked)],
        lambda asked: [vitality_leaders(asked)],
        lambda asked: [per_mu_leaders(asked)],
        lambda asked: [chain_overview(asked)],
        lambda asked: [list_queue(asked)],
        lambda asked: [method(asked)],
    )
    sections: list[Section] = []
    for name, make in zip(SECTIONS, makers, strict=True):
        tell(name)
        found = make(ask)
        sections += found
        for section in found:
            made(section)
    manifest = desk.dataset.manifest
    period = ask.period(selection.period)
    where = filter_words(briefing, language) if selection.is_filtered else ask.say("pack.whole_province")
    facts = (
        (ask.say("export.period"), period),
        (ask.say("export.filters"), filter_words(briefing, language)),
        (ask.say("export.count"), f"{len(briefing.towns)} / {briefing.town_count}"),
        (ask.say("export.dataset"), ask.version),
        (ask.say("towns.provenance"), ask.provenance),
        (ask.say("pack.as_of"), as_of.isoformat()),
    )
    return Pack(
        language=language,
        title=ask.say("pack.title"),
        subtitle=ask.say("pack.subtitle", period=period, where=where),
        simulated=PROVENANCES[Provenance.SIMULATED].say(language) if manifest.is_simulated else "",
        simulated_note=ask.say("foot.demo" if manifest.is_simulated else "foot.public"),
        facts=facts,
        sections=tuple(sections),
        annex=(towns(ask),),
        stem=f"briefing-{manifest.dataset}-{selection.period}{'-part' if selection.is_filtered else ''}-{language}",
    )
