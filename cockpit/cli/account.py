"""`python -m cockpit account …`: accounts, from the machine's own shell. The way in when nobody else can let one in."""

from __future__ import annotations

from datetime import date

import click

from cockpit.cli.options import day_option, told
from cockpit.rights import PROVINCE


@click.group("account")
def command() -> None:
    """Make, list, disable and reset accounts."""


@command.command("add")
@click.argument("account")
@click.option("--name", required=True, help="The person's name.")
@click.option("--office", default="", help="His office.")
@click.option("--role", default="", help="A role to begin with, e.g. system_admin.")
@click.option("--role-scope", default=PROVINCE, show_default=True, help="Where it holds: codes separated by commas.")
@click.option("--outside", is_flag=True, help="Signs in by the sign-on service or a proxy; gets no password here.")
@day_option("--until", help="Last day of the role.")
@told
def add(account: str, name: str, office: str, role: str, role_scope: str, outside: bool, until: date | None) -> None:
    """Make ACCOUNT and print its first password, which is shown once and changed at the first sign-in."""
    from cockpit.access import accounts, grants
    from cockpit.access.house import AccessFault, open_access
    from cockpit.access.recording import shell_person
    from cockpit.cli.granting import counties
    from cockpit.rights import read_scope

    access, person = open_access(), shell_person()
    if role and role not in access.design.roles:
        raise AccessFault("role_unknown", role=role)
    first = accounts.add(access, account, name, office, person, source="oidc" if outside else "local")
    known = accounts.account_id(account)
    if role:
        scope = read_scope(role_scope)
        grants.give(access, known, role, scope, person, "first grant", counties(), last_day=until)
    click.echo(f"{known}  {first}" if first else known)


@command.command("list")
@told
def list_() -> None:
    """All accounts: account, name, office, source, state, when the password was set."""
    from cockpit.access import accounts
    from cockpit.access.house import SHANGHAI, open_access

    for item in accounts.every(open_access()):
        state = "active" if item.is_active else "disabled"
        password = item.password_at.astimezone(SHANGHAI).date().isoformat() if item.password_at else "-"
        factor = "totp" if item.has_totp else "-"
        click.echo("\t".join((item.id, item.name, item.office, item.source, state, password, factor)))


@command.command("reset")
@click.argument("account")
@told
def reset(account: str) -> None:
    """Print a new first password of ACCOUNT; its sessions end and a lock is lifted."""
    from cockpit.access import accounts
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    click.echo(accounts.reset_password(open_access(), accounts.account_id(account), shell_person()))


@command.command("totp")
@click.argument("account")
@click.option("--off", is_flag=True, help="No second factor any more.")
@told
def totp(account: str, off: bool) -> None:
    """Print a new secret of ACCOUNT's second factor, as an address an authenticator reads."""
    from cockpit.access import accounts
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    uri = accounts.reset_totp(open_access(), accounts.account_id(account), shell_person(), is_wanted=not off)
    click.echo(uri or "off")


@command.command("disable")
@click.argument("account")
@told
def disable(account: str) -> None:
    """Let ACCOUNT in no more; its sessions end."""
    _set(account, False)


@command.command("enable")
@click.argument("account")
@told
def enable(account: str) -> None:
    """Let ACCOUNT in again."""
    _set(account, True)


def _set(account: str, is_active: bool) -> None:
    from cockpit.access import accounts
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    accounts.set_active(open_access(), accounts.account_id(account), is_active, shell_person())


@command.command("demo")
@told
def demo() -> None:
    """Make example accounts, one a role, and print their first passwords, which are shown once."""
    from cockpit.access import accounts, grants
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person
    from cockpit.cli.granting import EXAMPLES, counties
    from cockpit.rights import read_scope

    access, person = open_access(), shell_person()
    for account, name, office, role, scope in EXAMPLES:
        if accounts.find(access, account) is not None:
            click.echo(f"{account}\t{role}\t{scope}\t-")
            continue
        first = accounts.add(access, account, name, office, person)
        grants.give(access, account, role, read_scope(scope), person, "demonstration", counties())
        click.echo(f"{account}\t{role}\t{scope}\t{first}")
