"""`python -m cockpit pull`: a statistics database is read, checked and published like a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cockpit.cli.delivering import deliver, publishing_options
from cockpit.cli.options import act_options, dataset_option, language_option, told
from cockpit.datasets.intake.pulling import pull, read_mapping


@click.command("pull")
@click.argument("mapping", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@act_options
@publishing_options
@dataset_option
@language_option
@told
def command(mapping: Path, **options: Any) -> None:
    """Read the tables MAPPING (TOML) names from the PostgreSQL at COCKPIT_SOURCE_URL, then as `publish`.

    The address stands in the environment, else in .streamlit/secrets.toml. Exit codes are those of `publish`.
    """
    deliver(pull(read_mapping(mapping)), **options)
