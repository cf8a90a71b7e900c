"""`python -m cockpit sheets`: the printed sheets of towns, one A4 page a town, as one PDF."""

from __future__ import annotations

from typing import BinaryIO

import click

from cockpit import town_codes
from cockpit.briefings import Desk, brief, day_of, logged_extensions, open_desk, town_profile
from cockpit.cli.export_towns import asked_selection, filters_option
from cockpit.cli.options import Output, dataset_option, language_option, leaves, stop, told
from cockpit.datasets import fonts
from cockpit.exports.town_sheets import town_sheets, unset_signs
from cockpit.exports.towns import filter_words
from cockpit.phrases import say
from cockpit.vocabulary import Language


def _known(desk: Desk, typed: str, language: Language) -> str:
    """The town_code of a code as typed; what is wrong with it stops the command."""
    reading = town_codes.read(typed)
    known = reading.town_code
    if known is None or known not in desk.cube.towns:
        stop(_wrong(desk, typed, reading, language))
    return known


def _wrong(desk: Desk, typed: str, reading: town_codes.Reading, language: Language) -> str:
    dataset = say(f"dataset.{desk.dataset.name}", language)
    values = {"typed": typed, "expected": reading.expected, "dataset": dataset}
    near = ", ".join(town_codes.printed(code) for code in town_codes.near(typed, desk.cube.towns))
    told_near = f" {say('code.near', language)}: {near}" if near else ""
    return f"{say(reading.problem or 'code.unknown', language, **values)}{told_near}"


@click.command("sheets")
@click.argument("output", type=Output(".pdf"))
@click.option(
    "--town", "codes", multiple=True, metavar="CODE", help="Printed code or town_code; repeat. [default: all]"
)
@filters_option
@click.option("--url", default="", help="Public address for the QR codes. [default: COCKPIT_PUBLIC_URL]")
@click.option("--version", default=None, help="An older version of the dataset.")
@dataset_option
@language_option
@told
def command(
    output: BinaryIO,
    codes: tuple[str, ...],
    filters: tuple[str, ...],
    url: str,
    version: str | None,
    dataset: str,
    lang: Language,
) -> None:
    """Write the sheets of some towns, or of all a filter keeps with a cover, to OUTPUT (a PDF)."""
    desk = open_desk(dataset, version)
    day = day_of(desk.dataset.name)
    logged = logged_extensions(dataset)
    words = None
    if codes:
        wanted = [_known(desk, code, lang) for code in codes]
    else:
        briefing = brief(desk, asked_selection(desk, "", filters), day)
        wanted = list(briefing.towns["town_code"].astype("str"))
        words = filter_words(briefing, lang)
    if not wanted:
        stop(say("filter.empty", lang))
    profiles = [town_profile(desk, code, day, logged) for code in dict.fromkeys(wanted)]
    if unset := unset_signs(profiles, lang):
        towns = "; ".join(f"{code}: {fonts.named(signs)}" for code, signs in unset.items())
        stop(say("sheet.refused", lang, towns=towns))
    content = town_sheets(profiles, lang, url, words)
    told_of = {"filter": list(filters), "towns": len(profiles)}
    leaves("sheets", dataset=desk.dataset.key, filters=told_of, rows=len(profiles), format="pdf", bytes=len(content))
    output.write(content)
