"""The command line: `python -m cockpit`. One module a command; exit codes and JSON fit for cron.

May import every room but the screen's. A command's module is imported when the command is called.
"""

from __future__ import annotations

import importlib
from typing import Any, Final

import click

from cockpit.errors import CockpitError

# Command -> module of this package that holds it as `command`.
COMMANDS: Final[dict[str, str]] = {
    "template": "template",
    "check": "check",
    "publish": "publish",
    "pull": "pull",
    "rollback": "rollback",
    "versions": "versions",
    "export": "export",
    "sheets": "sheets",
    "serve": "serve",
    "actions": "actions",
    "plan": "plan",
    "account": "account",
    "grant": "granting",
    "session": "session",
    "key": "key",
    "audit": "audit",
}

_REFUSED: Final = 2  # as `options.EXIT_REFUSED`, whose module reads records when it is imported


class Commands(click.Group):
    """Commands by name, imported when called: `check` must not wait for what `serve` needs. A bad record, met while one
    is imported as well, ends it with its sentence."""

    def main(self, *args: Any, **values: Any) -> Any:
        try:
            return super().main(*args, **values)
        except CockpitError as error:
            click.echo(str(error), err=True)
            raise SystemExit(_REFUSED) from None

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"cockpit.cli.{COMMANDS[name]}").command
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Town cockpit 特色小镇驾驶舱: data from workbooks and databases into dataset versions."""
