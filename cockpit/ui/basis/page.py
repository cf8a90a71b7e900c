"""Parts of the basis page: the register and the data as tables a reader can check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cockpit.briefings import open_desk, outside
from cockpit.datasets.store.loading import NAMES
from cockpit.errors import CockpitError
from cockpit.policy.register import short
from cockpit.texts import written
from cockpit.ui.basis.finding import finder
from cockpit.ui.basis.rows import cited_cells, led_name, read_rows, rule_name
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.units import figure
from cockpit.visuals.marks.markup import html
from cockpit.visuals.vitality import tables as index_tables
from cockpit.vocabulary import LAND_TYPES, ORIGINS, PROVENANCES, QUALIFIERS, SCOPES, Language, Provenance, Text
from cockpit.wording import data as data_words


def document(view: View) -> None:
    """Title and the document everything cites."""
    show(html('<section class="ans"><h1>{}</h1></section>', view.say("basis.title")))
    chinese = view.language == "zh"
    for item in view.desk.register.documents.values():
        dated = item.dated or view.say("basis.undated")
        title, issuer = (item.title_zh, item.issuer_zh) if chinese else (item.title_en, item.issuer_en)
        text = view.say("basis.document", number=item.number, title=title, issuer=issuer, date=dated)
        show(html('<p class="note">{}</p>', text))


def targets(view: View) -> None:
    register, language = view.desk.register, view.language
    titles = {
        "name": "basis.name", "value": "basis.value", "scope": "basis.scope", "due": "basis.due",
        "clause": "basis.clause", "quote": "basis.quote", "reading": "basis.reading", "origin": "basis.origin",
    }  # fmt: skip
    read_rows(
        view,
        titles,
        (
            {
                "name": led_name(
                    register.indicator(item.indicator).label.say(language),
                    "targets",
                    view.say("page.targets"),
                    target=name,
                ),
                "scope": SCOPES[item.scope].say(language),
                "due": item.due.isoformat(),
                **cited_cells(view, item),
            }
            for name, item in register.targets.items()
        ),
    )


def rules(view: View) -> None:
    register, language = view.desk.register, view.language
    titles = {
        "name": "basis.name", "value": "basis.value", "effect": "basis.effect", "force": "basis.force",
        "clause": "basis.clause", "quote": "basis.quote", "reading": "basis.reading", "origin": "basis.origin",
    }  # fmt: skip
    read_rows(
        view,
        titles,
        (
            {
                "name": rule_name(view, item.label, item.subject),
                "effect": item.effect.say(language),
                **cited_cells(view, item),
            }
            for item in register.rules.values()
        ),
    )


def per_mu(view: View) -> None:
    """Items and parameters of the per-mu evaluation; local and national figures carry their source."""
    design, language = view.desk.register.per_mu, view.language
    titles = {
        "name": "basis.name", "value": "basis.value", "effect": "basis.effect",
        "reading": "basis.reading", "source": "basis.sources", "origin": "basis.origin",
    }  # fmt: skip
    items = [
        {
            "name": rule_name(view, item.label, "tax_per_mu_yuan"),
            "value": view.say("basis.weight", weight=f"{item.weight:g}"),
            "effect": view.say("basis.per_mu_item"),
            "reading": "—",
            "source": item.source.say(language),
            "origin": ORIGINS[item.origin].say(language),
        }
        for item in design.items.values()
    ]
    parameters = [
        {
            "name": rule_name(view, item.label, "tax_per_mu_yuan"),
            "effect": item.effect.say(language),
            "source": item.source.say(language) or "—",
            **cited_cells(view, item),
        }
        for item in design.parameters.values()
    ]
    land = {
        "name": view.say("permu.land"),
        "value": LAND_TYPES[design.land.default].say(language),
        "effect": Text(design.land.reading_zh, design.land.reading_en).say(language),
        "reading": "—",
        "source": "—",
        "origin": ORIGINS[design.land.origin].say(language),
    }
    read_rows(view, titles, (*items, land, *parameters))


def vitality(view: View) -> None:
    """The vitality index: its rules, dimensions, indicators, weights and goalposts."""
    design, language = view.desk.register.vitality, view.language
    origin = ORIGINS[design.index.origin].say(language)
    words = f"{origin}. {design.index.basis.say(language)}. " if language == "en" else ""
    words = words or f"{origin}：{design.index.basis.say(language)}。"
    show(html('<p class="note">{}</p>', words + index_tables.parameters(design, language)))
    table = index_tables.design_table(design, None, language)
    finder().holds(table.striptags())
    show(table)


def indicators(view: View) -> None:
    register, language = view.desk.register, view.language
    titles = {
        "name": "basis.name",
        "unit": "basis.unit",
        "kind": "basis.kind",
        "polarity": "basis.polarity",
        "how": "basis.how",
        "why": "basis.why",
    }
    chinese = language == "zh"
    read_rows(
        view,
        titles,
        (
            {
                "name": led_name(
                    item.label.say(language), "towns", view.say("page.towns"), columns=item.id, tsort=f"-{item.id}"
                )
                if item.id != "named_town_count"
                else item.label.say(language),
                "unit": figure(1.0, item.unit, language, counter=item.counter).unit,
                "kind": view.say(f"basis.kind_{item.kind}"),
                "polarity": view.say(f"basis.polarity_{item.polarity}"),
                "how": item.how_zh if chinese else item.how_en,
                "why": item.why_zh if chinese else item.why_en,
            }
            for item in register.indicators.values()
        ),
    )


def _as_written(row: Any, language: Language) -> str:
    """The figure in the unit its source gives, with its qualifier."""
    return f"{QUALIFIERS[written(row.qualifier)].say(language)} {row.value_written:g} {row.unit_written}".strip()


def _public_rows(view: View, table: str) -> Any:
    """Rows of a public table; a public set that cannot be read is said and leaves the rest of the page in use."""
    try:
        return open_desk("public").dataset.table(table).itertuples()
    except CockpitError as error:
        st.error(data_words.unreadable(error, view.language))
        return iter(())


def published(view: View) -> None:
    """Every published province figure, whichever dataset is on screen."""
    rows = _public_rows(view, "published")
    register, language = view.desk.register, view.language
    titles = {
        "name": "basis.name", "period": "basis.period", "value": "basis.value", "scope": "basis.scope",
        "provenance": "towns.provenance", "quote": "basis.quote", "source": "basis.sources", "note": "basis.note",
    }  # fmt: skip
    aims = {item.indicator: name for name, item in register.targets.items()}
    read_rows(
        view,
        titles,
        (
            {
                "name": _measured(view, row, aims),
                "period": row.period_written,
                "value": _as_written(row, language),
                "scope": row.scope_written,
                "provenance": PROVENANCES[Provenance(row.provenance)].say(language),
                "quote": written(row.quote),
                "source": written(row.source_ids),
                "note": written(row.note),
            }
            for row in rows
        ),
    )


def _measured(view: View, row: Any, aims: Mapping[str, str]) -> str:
    """What a published figure measures; where a target measures the same, its name leads there."""
    if row.indicator not in view.desk.register.indicators:
        return str(row.indicator_written)
    text = view.desk.register.indicators[row.indicator].label.say(view.language)
    target = aims.get(row.indicator)
    return led_name(text, "targets", view.say("page.targets"), target=target) if target else text


def sources(view: View) -> None:
    rows = _public_rows(view, "sources")
    titles = {
        "id": "basis.sources",
        "publisher": "basis.publisher",
        "dated": "basis.dated",
        "kind": "basis.source_kind",
        "link": "basis.link",
    }
    read_rows(
        view,
        titles,
        (
            {
                "id": row.source_id,
                "publisher": row.publisher,
                "dated": written(row.dated),
                "kind": row.kind,
                "link": written(row.link),
            }
            for row in rows
        ),
    )


def glossary(view: View) -> None:
    titles = {"term": "basis.term", "text": "basis.meaning"}
    language = view.language
    read_rows(
        view,
        titles,
        (
            {"term": item.term.say(language), "text": item.text.say(language)}
            for item in view.desk.register.glossary.values()
        ),
    )


def reviews(view: View) -> None:
    """Records somebody was to look at again by a day that is past."""
    overdue = view.desk.register.overdue(view.briefing.as_of)
    if not overdue:
        show(html('<p class="note">{}</p>', view.say("basis.reviews_none")))
        return
    titles = {"where": "basis.review_where", "day": "basis.review_day", "by": "basis.review_by"}
    read_rows(
        view,
        titles,
        ({"where": item.where, "day": item.next_review.isoformat(), "by": item.checked_by or "—"} for item in overdue),
    )


def versions(view: View) -> None:
    """Both datasets: version, when, by which register, rows by table; and the register that judges now."""
    titles = {
        "dataset": "dataset.label",
        "version": "basis.version",
        "at": "basis.published_at",
        "register": "basis.register",
        "rows": "basis.rows",
        "note": "basis.note",
    }
    rows = []
    for name in NAMES:
        try:
            manifest = open_desk(name).dataset.manifest
        except CockpitError as error:
            rows.append(
                {
                    "dataset": view.say(f"dataset.{name}"),
                    "version": "—",
                    "at": "—",
                    "register": "—",
                    "rows": "—",
                    "note": str(error),
                }
            )
            continue
        counts = ", ".join(f"{table} {count}" for table, count in manifest.rows().items())
        told = data_words.told_of(manifest, view.language)[1]
        rows.append(
            {
                "dataset": view.say(f"dataset.{name}"),
                "version": manifest.version,
                "at": manifest.published_at[:16].replace("T", " "),
                "register": short(manifest.register) or view.say("basis.register_none"),
                "rows": counts,
                "note": outside(view.desk, view.person.sees).free(told, view.language),
            }
        )
    now = short(view.desk.register.fingerprint)
    show(html('<p class="note">{} <code>{}</code></p>', view.say("basis.register_now"), now))
    read_rows(view, titles, rows)
