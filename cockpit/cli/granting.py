"""`python -m cockpit grant …`: who has which role, and where."""

from __future__ import annotations

from datetime import date
from typing import IO, Final

import click

from cockpit.cli.options import Output, day_option, told

# Account, name, office, role, scope: one a role, for the demonstration only.
EXAMPLES: Final = (
    ("sheng-ld-01", "示例领导", "省特镇办", "leader", "330000"),
    ("sheng-fb-01", "示例审核", "省特镇办", "publisher", "330000"),
    ("sheng-db-02", "示例督办", "省特镇办", "supervisor", "330000"),
    ("hz-fx-03", "示例分析", "杭州市特镇办", "analyst", "330100"),
    ("fuyang-01", "示例数据员", "富阳区特镇办", "clerk", "330111"),
    ("sheng-kan-01", "示例查看", "省特镇办", "viewer", "330000"),
    ("screen-01", "示例演示", "大厅", "presenter", "330000"),
    ("sheng-xt-01", "示例系统管理员", "省特镇办", "system_admin", "330000"),
    ("sheng-aq-01", "示例安全管理员", "省特镇办", "security_admin", "330000"),
    ("sheng-sj-01", "示例审计管理员", "省特镇办", "audit_admin", "330000"),
)


def counties() -> dict[str, str]:
    """County of every town of any dataset, for scopes that name towns."""
    from cockpit.datasets.store.loading import NAMES, counties_of

    return {town: county for name in NAMES for town, county in counties_of(name).items()}


@click.group("grant")
def command() -> None:
    """Give, revoke and list roles."""


@command.command("give")
@click.argument("account")
@click.argument("role")
@click.option("--scope", required=True, help="Codes separated by commas: 330000, 330100, 330111, or towns.")
@click.option("--reason", required=True, help="Why; kept with the grant.")
@day_option("--from", "first", help="First day.")
@day_option("--until", "last", help="Last day.")
@told
def give(account: str, role: str, scope: str, reason: str, first: date | None, last: date | None) -> None:
    """Give ACCOUNT a ROLE and print the number of the grant."""
    from cockpit.access import accounts, grants
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person
    from cockpit.rights import read_scope

    known, where = accounts.account_id(account), read_scope(scope)
    number = grants.give(
        open_access(), known, role, where, shell_person(), reason, counties(), first_day=first, last_day=last
    )
    click.echo(number)


@command.command("revoke")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; kept.")
@told
def revoke(number: int, reason: str) -> None:
    """Take grant NUMBER back."""
    from cockpit.access import grants
    from cockpit.access.house import open_access
    from cockpit.access.recording import shell_person

    grants.revoke(open_access(), number, shell_person(), reason, counties())


@command.command("list")
@click.option("--account", default="", help="Of one account.")
@click.option("--to-review", is_flag=True, help="Only those older than the time after which one looks again.")
@told
def list_(account: str, to_review: bool) -> None:
    """All grants: number, account, role, scope, from, until, by, state, reason."""
    from cockpit.access import grants
    from cockpit.access.house import open_access

    access = open_access()
    for item in grants.of_account(access, account) if account else grants.every(access):
        days = [day.isoformat() if day else "-" for day in (item.first_day, item.last_day)]
        if to_review and not grants.is_due(access, item):
            continue
        state = item.state(access.today())
        click.echo(
            "\t".join((str(item.number), item.account, item.role, str(item.scope), *days, item.by, state, item.reason))
        )


@command.command("matrix")
@click.argument("output", type=Output(".xlsx"))
@told
def matrix(output: IO[bytes]) -> None:
    """Write who may do what (verb x role) as an Excel file."""
    from cockpit.exports.permissions import workbook

    output.write(workbook())
