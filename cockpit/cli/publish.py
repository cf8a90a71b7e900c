"""`python -m cockpit publish`: files become the next version, when nothing stands against it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, BinaryIO

import click

from cockpit.cli.delivering import deliver, publishing_options
from cockpit.cli.options import act_options, dataset_option, language_option, told
from cockpit.datasets.findings import Upload


@click.command("publish")
@click.argument("files", type=click.File("rb"), nargs=-1, required=True)
@act_options
@publishing_options
@dataset_option
@language_option
@told
def command(files: tuple[BinaryIO, ...], **options: Any) -> None:
    """Check FILES (xlsx, csv, Parquet), keep them as a submission and publish it.

    With findings it waits for a reviewer on the data page. Exit code 0: published, or nothing new; 1: kept, not
    published; 2: refused, nothing changed.
    """
    deliver([Upload(PurePath(file.name).name, file.read()) for file in files], **options)
