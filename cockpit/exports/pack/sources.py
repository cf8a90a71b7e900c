"""Method and sources in the briefing pack: what every target stands on, our parameters, who published what.

Pure; see `pack`.
"""

from __future__ import annotations

from cockpit.exports.pack.material import Material
from cockpit.exports.pack.model import Cell, Column, Section, Table
from cockpit.visuals.targets import rail
from cockpit.vocabulary import ORIGINS
from cockpit.wording import targets as wording


def method(ask: Material) -> Section:
    """What every target stands on, and where published figures come from."""
    language, register = ask.language, ask.desk.register
    targets = Table(
        ask.say("target.basis"),
        (
            Column(ask.say("pack.target"), width=1.3),
            Column(ask.say("pack.goal"), width=1.2),
            Column(ask.say("pack.clause"), width=0.6),
            Column(ask.say("basis.quote"), width=2.4),
            Column(ask.say("basis.reading"), width=3.2),
        ),
        tuple(
            (
                register.indicator(target.indicator).label.say(language),
                wording.clause_words(target, language),
                f"[{wording.stands_on(target, language)}]",
                target.quote,
                target.reading.say(language),
            )
            for target in register.targets.values()
        ),
        brief_rows=9,
    )
    names = [name for name, rule in register.rules.items() if rule.origin == "own" and rule.value is not None]
    own = Table(
        ask.say("pack.own_rules"),
        (
            Column(ask.say("basis.name"), width=1.6),
            Column(ask.say("basis.value"), width=0.8),
            Column(ask.say("basis.effect"), width=3.4),
            Column(ask.say("basis.origin"), width=0.7),
        ),
        tuple(
            (
                register.rule(name).label.say(language),
                wording.clause_words(register.rule(name), language),
                register.rule(name).effect.say(language),
                ORIGINS[register.rule(name).origin].say(language),
            )
            for name in names
        ),
        brief_rows=0,
    )
    tables = [targets, own]
    cited = sorted({source for card in ask.briefing.cards for source in card.source_ids})
    if cited:
        tables.append(_sources(ask, cited))
    document = next(iter(register.documents.values()))
    return Section(
        key="basis",
        title=ask.say("pack.basis"),
        lead=f"{document.number} · {document.title_zh if language == 'zh' else document.title_en}",
        foot=ask.foot(ask.period(ask.selection.period)),
        tables=tuple(tables),
        notes=(
            ask.say("target.method_text", most=int(register.rule("forecast_points_most").base_value)),
            ask.say("map.notice"),
        ),
    )


def _sources(ask: Material, cited: list[str]) -> Table:
    table = ask.desk.dataset.table("sources").set_index("source_id")
    rows: list[tuple[Cell, ...]] = []
    for source in cited:
        told = [rail.text_of(table.loc[source, name]) or None for name in ("publisher", "dated", "link")]
        rows.append((source, *told))
    columns = (
        Column(ask.say("pack.source"), width=0.6),
        Column(ask.say("pack.publisher"), width=2.0),
        Column(ask.say("pack.dated"), width=0.8),
        Column(ask.say("pack.link"), width=2.4),
    )
    return Table(ask.say("sources.title"), columns, tuple(rows))
