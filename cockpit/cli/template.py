"""`python -m cockpit template`: writes the workbook to fill in."""

from __future__ import annotations

from typing import BinaryIO

import click

from cockpit.cli.options import Output, dataset_option, language_option, today, told
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.workbook import template
from cockpit.vocabulary import Language


@click.command("template")
@click.argument("output", type=Output(".xlsx"))
@click.option("--period", required=True, help="Full year 2025, or year to date 2026-09.")
@click.option("--scope", default="", help="Code of a prefecture or county, six digits; the whole province without.")
@click.option(
    "--department", "checker", default="", help="Elements that a department checks, e.g. science; returns without."
)
@dataset_option
@language_option
@told
def command(output: BinaryIO, period: str, scope: str, checker: str, dataset: str, lang: Language) -> None:
    """Write the workbook for one period to OUTPUT (.xlsx); `-` writes to standard output."""
    # Made before the file is opened: a wrong call leaves no file behind.
    content = template(load(dataset), period, as_of=today(), scope=scope, language=lang, checker=checker)
    output.write(content)
