"""`python -m cockpit key …`: keys of walls and of programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cockpit.cli.granting import counties
from cockpit.cli.options import day_option, told
from cockpit.rights import PROVINCE

if TYPE_CHECKING:
    from cockpit.access.keys import Kind


@click.group("key")
def command() -> None:
    """Make, revoke and list keys of walls (device) and programs (api)."""


@command.command("make")
@click.argument("kind", type=click.Choice(["device", "api"]))
@click.option("--label", required=True, help="Where it is used.")
@click.option("--role", default="", help="Of an api key: viewer (default), analyst or leader.")
@click.option("--scope", default=PROVINCE, show_default=True)
@day_option("--until", "last", help="Last day.")
@told
def make(kind: Kind, label: str, role: str, scope: str, last: date | None) -> None:
    """Print a new key, which is shown once."""
    from cockpit.access import keys
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person
    from cockpit.rights import read_scope

    wanted = role or ("presenter" if kind == "device" else "viewer")
    where = read_scope(scope)
    click.echo(keys.make(open_access(), kind, label, wanted, where, last, shell_person(), counties()))


@command.command("revoke")
@click.argument("key")
@told
def revoke(key: str) -> None:
    """End KEY (its name, before the point) at once."""
    from cockpit.access import keys
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    keys.revoke(open_access(), key, shell_person())


@command.command("list")
@told
def list_() -> None:
    """All keys: name, kind, label, role, scope, until, last used, state."""
    from cockpit.access import keys
    from cockpit.access.house import SHANGHAI, open_access

    access = open_access()
    for item in keys.every(access):
        used = item.used_at.astimezone(SHANGHAI).isoformat(timespec="minutes") if item.used_at else "-"
        until = item.last_day.isoformat() if item.last_day else "-"
        is_over = item.last_day is not None and item.last_day < access.today()
        state = "revoked" if item.revoked_at else "over" if is_over else "valid"
        click.echo("\t".join((item.id, item.kind, item.label, item.role, str(item.scope), until, used, state)))
