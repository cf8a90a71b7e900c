"""`python -m cockpit rollback`: an older version becomes current again."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from cockpit.acting import Act
from cockpit.cli.options import act_options, dataset_option, told
from cockpit.datasets.publishing.releases import roll_back


@click.command("rollback")
@click.argument("version")
@click.option("--expect", default=None, help="Refuse unless this version is current.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@act_options
@dataset_option
@told
def command(version: str, expect: str | None, as_json: bool, act: Act, dataset: str) -> None:
    """Make VERSION current; every version stays and the move is logged. Exit code 2 when it cannot be."""
    move = roll_back(dataset, version, act, expect)
    click.echo(json.dumps(asdict(move), ensure_ascii=False) if as_json else f"{dataset} {move.before} -> {move.to}")
