"""`python -m cockpit export towns FILE`, or `export FILE`: the towns as they are seen on screen, for other systems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Final

import click

from cockpit.analysis.selection import PARAMETERS, Junk, Selection, read_parameters
from cockpit.briefings import Desk, brief, day_of, open_desk
from cockpit.cli.options import Output, dataset_option, language_option, leaves, stop, told
from cockpit.exports.tables import write_csv, write_xlsx
from cockpit.exports.towns import DEFAULT_INDICATORS, towns_sheet
from cockpit.rights import ALL, Scope
from cockpit.vocabulary import Language

# Filters as in addresses, the others of the filter bar included.
KNOWN: Final = (*PARAMETERS, "set", "mountain", "q")


def filters_option(command: Any) -> Any:
    return click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        help=f"As in addresses: {', '.join(KNOWN)}; repeat.",
    )(command)


def asked_selection(desk: Desk, period: str, filters: Sequence[str], scope: Scope = ALL) -> Selection:
    """The selection asked for, within a scope; what the data do not hold stops the command."""
    asked: dict[str, list[str]] = {"period": [period]} if period else {}
    for item in filters:
        name, _, value = item.partition("=")
        if name not in KNOWN:
            stop(f"unknown filter {name!r}: use one of {', '.join(KNOWN)}")
        asked.setdefault(name, []).append(value)
    selection, junk = read_parameters(asked, desk.choices, scope=scope)
    _refuse(junk)
    return selection


def _refuse(junk: tuple[Junk, ...]) -> None:
    # A page falls back and says so; a file made by night would be wrong with nobody there to read the notice.
    if junk:
        stop("; ".join(f"{item.parameter}={item.value}: not in these data" for item in junk))


@click.command("towns")
@click.argument("output", type=Output(".xlsx", ".csv"))
@click.option("--period", default="", help="Full year 2025, or year to date 2026-09. [default: the dataset's]")
@filters_option
@click.option("--indicator", "indicators", multiple=True, help="Indicator of the register; repeat. [default: seven]")
@click.option("--version", default=None, help="An older version of the dataset.")
@dataset_option
@language_option
@told
def command(
    output: BinaryIO,
    period: str,
    filters: tuple[str, ...],
    indicators: tuple[str, ...],
    version: str | None,
    dataset: str,
    lang: Language,
) -> None:
    """Write the towns with their indicators to OUTPUT, .xlsx or .csv; `-` is a workbook on standard output."""
    desk = open_desk(dataset, version)
    selection = asked_selection(desk, period, filters)
    for name in indicators:
        desk.register.indicator(name)
    sheet = towns_sheet(brief(desk, selection, day_of(desk.dataset.name)), desk, indicators or DEFAULT_INDICATORS, lang)
    is_csv = str(output.name).lower().endswith(".csv")
    content = write_csv(sheet) if is_csv else write_xlsx(sheet)
    leaves(
        "export towns", dataset=desk.dataset.key, filters={"period": selection.period, "filter": list(filters)},
        rows=len(sheet.rows), format="csv" if is_csv else "xlsx", bytes=len(content),
    )  # fmt: skip
    output.write(content)
