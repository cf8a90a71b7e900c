"""`python -m cockpit session …` and `… key …`: who is signed in, which devices and programs have keys."""

from __future__ import annotations

import click

from cockpit.cli.options import told


@click.group("session")
def command() -> None:
    """List and end sessions."""


@command.command("list")
@told
def list_() -> None:
    """Open sessions: id, account, way, since, last seen, address."""
    from cockpit.access import sessions
    from cockpit.access.house import SHANGHAI, open_access

    for item in sessions.of_account(open_access(), None):
        times = [at.astimezone(SHANGHAI).isoformat(timespec="minutes") for at in (item.created_at, item.seen_at)]
        click.echo("\t".join((item.id, item.account, item.way, *times, item.address)))


@command.command("end")
@click.argument("session")
@told
def end(session: str) -> None:
    """End SESSION; its open pages close within seconds."""
    from cockpit.access import sessions
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    sessions.end_named(open_access(), session, shell_person())
