"""`python -m cockpit export pack`: the briefing pack (汇报包) as PowerPoint, Word and Excel."""

from __future__ import annotations

import json
import os
import time
from datetime import date, datetime
from typing import Any, Final

import click

from cockpit.briefings import brief, open_desk
from cockpit.cli.asking import dataset_option, language_option, stop, today, told
from cockpit.cli.export import asked_selection, filters_option
from cockpit.errors import suggest
from cockpit.exports.pack_making import FORMATS, make, steps_of
from cockpit.phrases import say
from cockpit.vocabulary import Language

_NICENESS: Final = 10


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    for name in asked:
        if name not in FORMATS:
            raise click.BadParameter(f"{name!r}: use {', '.join(FORMATS)}")
    if not asked:
        raise click.BadParameter(f"name at least one of {', '.join(FORMATS)}")
    return asked


@click.command("pack")
@click.argument("folder", type=click.Path(file_okay=False, writable=True))
@click.option("--formats", default=",".join(FORMATS), show_default=True, callback=_formats, help="Separated by commas.")
@click.option("--period", default="", help="Full year 2025, or year to date 2026-09. [default: the dataset's]")
@click.option("--prefecture", "prefectures", multiple=True, help="Code of a prefecture, e.g. 330100; repeat.")
@filters_option
@click.option("--target", default="", help="Whose gap is split. [default: the first money target]")
@click.option("--version", default=None, help="An older version of the dataset.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day the clocks are read. [default: today]"
)
@click.option("--json", "as_json", is_flag=True, help="A line of JSON a step, the files last.")
@click.option("--gently", is_flag=True, help="Leave the processor to others when they need it.")
@dataset_option
@language_option
@told
def command(
    folder: str,
    formats: tuple[str, ...],
    period: str,
    prefectures: tuple[str, ...],
    filters: tuple[str, ...],
    target: str,
    version: str | None,
    as_of: datetime | None,
    as_json: bool,
    gently: bool,
    dataset: str,
    lang: Language,
) -> None:
    """Write the briefing pack of a selection into FOLDER, which is made when it is not there.

    Exit code 0: written; 2: refused, nothing written.
    """
    started = time.monotonic()
    if gently:
        os.nice(_NICENESS)
    desk = open_desk(dataset, version)
    selection = asked_selection(desk, period, [*(f"prefecture={code}" for code in prefectures), *filters])
    if target and target not in desk.register.targets:
        stop(f"unknown target {target!r}: {suggest(target, desk.register.targets)}")
    day: date = as_of.date() if as_of else today()
    if not len(brief(desk, selection, day).towns):
        stop(say("pack.empty", lang))
    steps = steps_of(formats)

    def tell(step: str) -> None:
        if as_json:
            _line({"step": step, "done": steps.index(step), "of": len(steps)})
        else:
            click.echo(say(f"pack.step_{step}", lang))

    made = dict(make(desk, selection, day, lang, formats, target=target, tell=tell))
    os.makedirs(folder, exist_ok=True)
    for name, content in made.items():
        with click.open_file(os.path.join(folder, name), "wb", atomic=True) as file:
            file.write(content)
    files = [{"name": name, "bytes": len(content)} for name, content in made.items()]
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        _line({"step": "done", "done": len(steps), "of": len(steps), "files": files, "seconds": seconds})
    else:
        click.echo("\n".join(os.path.join(folder, name) for name in made))


def _line(answer: dict[str, Any]) -> None:
    """One answer on a line of its own, sent at once: somebody waits for it."""
    click.echo(json.dumps(answer, ensure_ascii=False))
