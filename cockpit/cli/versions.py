"""`python -m cockpit versions`: what there is, what is current, who moved it."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from cockpit.cli.options import dataset_option, told
from cockpit.datasets.publishing.releases import Version, list_versions, log_of


@click.command("versions")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, the log included.")
@dataset_option
@told
def command(as_json: bool, dataset: str) -> None:
    """List the versions of a dataset, the newest first; `*` marks the current one."""
    found = list_versions(dataset)
    if as_json:
        versions = [
            {
                "version": item.id,
                "is_current": item.is_current,
                "is_shipped": item.is_shipped,
                "was_published": item.was_published,
                "manifest": asdict(item.manifest) if item.manifest else None,
            }
            for item in found
        ]
        answer = {"dataset": dataset, "versions": versions, "log": [asdict(move) for move in log_of(dataset)]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for item in found:
        told_of = item.manifest
        about = f"{told_of.published_at}  {told_of.published_by}  {told_of.note}" if told_of else _unread(item)
        click.echo(f"{'*' if item.is_current else ' '} {item.id}  {about}")


def _unread(version: Version) -> str:
    return "written by a newer program: update this one" if version.is_newer else "manifest damaged"
