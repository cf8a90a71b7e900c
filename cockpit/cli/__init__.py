"""The command line: `python -m cockpit`. One module a command; exit codes and JSON fit for cron.

May import every room but the screen's. A command's module is imported when the command is called.
"""

from __future__ import annotations

import importlib
from typing import Final

import click

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


class Commands(click.Group):
    """Commands by name, imported when called: `check` must not wait for what `serve` needs."""

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
