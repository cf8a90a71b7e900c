"""`python -m cockpit audit …`: the record of who did what, looked through, written out, purged."""

from __future__ import annotations

import json
from datetime import date

import click

from cockpit.cli.options import EXIT_FINDINGS, day_option, told


@click.group("audit")
def command() -> None:
    """Verify, export and purge the audit record."""


@command.command("verify")
@told
def verify() -> None:
    """Look through the chain; exit code 1 where a line was changed, taken out or put in."""
    from cockpit.access import audit
    from cockpit.access.house import open_access

    found = audit.verify(open_access())
    if found.broken_at:
        click.echo(f"line {found.broken_at} does not fit the chain", err=True)
        raise SystemExit(EXIT_FINDINGS)
    click.echo(f"{found.lines} lines, the chain holds")
    if found.unended:
        click.echo(f"begun and not ended, under way or broken off: {', '.join(map(str, found.unended))}")


@command.command("export")
@day_option("--since", help="First day.")
@day_option("--until", help="Last day.")
@told
def export(since: date | None, until: date | None) -> None:
    """Print the lines as JSON, one a line, the oldest first; that they were read is recorded."""
    from cockpit.access import audit
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    access = open_access()
    lines = audit.lines(access, since=since, until=until, most=10_000_000)
    audit.note(access, "audit.read", person=shell_person(), address="shell", rows=len(lines))
    for line in reversed(lines):
        told_ = {**vars(line), "at": line.at.isoformat(timespec="milliseconds"), "detail": dict(line.detail)}
        click.echo(json.dumps(told_, ensure_ascii=False))


@command.command("purge")
@click.argument("before", type=click.DateTime(["%Y-%m-%d"]))
@told
def purge(before: object) -> None:
    """Delete the lines of whole months before BEFORE, the first of a month; that is recorded."""
    from datetime import datetime

    from cockpit.access import audit
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    assert isinstance(before, datetime)
    click.echo(audit.purge(open_access(), before.date(), shell_person()))
