"""`python -m cockpit export`: the towns table as it is seen on screen, and the briefing pack (`export pack`).

Light: each of the two is imported when it is asked for.
"""

from __future__ import annotations

import importlib
from typing import Final

import click

_TOWNS: Final = "towns"
# `cockpit/cli/export_<name>.py`, in the order of the help.
_KINDS: Final = (_TOWNS, "pack")


class Exports(click.Group):
    """`export pack FOLDER` is the briefing pack, `export towns FILE` or `export FILE` the table of towns."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*_KINDS, "--help", "-h"):
            args = [_TOWNS, *args]
        return super().parse_args(context, args)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _KINDS:
            return None
        command: click.Command = importlib.import_module(f"cockpit.cli.export_{name}").command
        return command

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_KINDS)


@click.group("export", cls=Exports)
def command() -> None:
    """Write the towns of a filter to a file, or (`export pack FOLDER`) the briefing pack into a folder."""
