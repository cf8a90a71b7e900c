"""What several commands ask for, and how they end: options, today's date, errors of ours on one line."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo

import click

from cockpit.access.recording import at_the_shell
from cockpit.acting import Act
from cockpit.datasets.store.loading import NAMES, default_dataset
from cockpit.errors import CockpitError
from cockpit.vocabulary import LANGUAGES

EXIT_CLEAN: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_REFUSED: Final = 2


def today() -> date:
    """The towns' day, wherever the machine stands."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def dataset_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--dataset", type=click.Choice(NAMES), default=default_dataset, help="Dataset. [default: COCKPIT_DATASET]"
    )(command)


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language.")(
        command
    )


def day_option(*names: str, help: str) -> Callable[..., Any]:
    """An option that takes a day, handed on as a date or None."""

    def as_day(_context: click.Context, _option: click.Parameter, value: datetime | None) -> date | None:
        return value.date() if value else None

    return click.option(*names, type=click.DateTime(["%Y-%m-%d"]), callback=as_day, help=help)


def act_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who acts and why, handed on as `act`; both are kept for good."""

    @click.option("--by", "--who", "by", required=True, help="Who does this; kept with the version.")
    @click.option("--note", required=True, help="Why; kept with the version.")
    @functools.wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        act = Act(at_the_shell(values.pop("by")), values.pop("note"))
        return command(*args, act=act, **values)

    return run


def leaves(about: str, **detail: object) -> None:
    """Put a file on the audit record before it is written, under the system's name of who is at the shell; where there
    are no accounts nobody is on record.

    Raises:
        AccessUnavailable: it cannot be recorded; nothing leaves then.
    """
    recorder = at_the_shell("").recorder
    if recorder is not None:
        recorder("export", "ok", about, detail)


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Errors of ours end the command with their sentence and the exit code of a refusal, without a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        try:
            return command(*args, **values)
        except CockpitError as error:
            stop(str(error))

    return run


class Output(click.File):
    """A file to be written whose ending says its format; any other ending is refused. `-` is standard output."""

    def __init__(self, *endings: str) -> None:
        super().__init__("wb", lazy=True, atomic=True)
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and value != "-" and PurePath(value).suffix.lower() not in self.endings:
            self.fail(f"{value!r}: what is written is {' or '.join(self.endings)}; end the name so", param, ctx)
        if isinstance(value, str) and value != "-":
            home = Path(value).absolute().parent
            if Path(value).is_dir() or not home.is_dir() or not os.access(home, os.W_OK):
                self.fail(f"{value!r} cannot be written: name a file in a folder that is there and yours", param, ctx)
        return super().convert(value, param, ctx)


def stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(EXIT_REFUSED)
