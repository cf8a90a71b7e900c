"""`python -m cockpit export pack`: the briefing pack (汇报包) as PowerPoint, Word and Excel.

The processes that draw start first of all: while everything else is imported they make themselves ready.
"""

from __future__ import annotations

import gc
import json
import os
import time
from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from cockpit.exports.pack.drawing import Drawer
from cockpit.exports.pack.steps import FORMATS, LENGTHS, steps_of
from cockpit.phrases import say
from cockpit.rights import PROVINCE
from cockpit.vocabulary import LANGUAGES, Language

_NICENESS: Final = 5
_LONGEST: Final = 80  # signs of a line of the cover
_FILE_ENDINGS: Final = (*(f".{name}" for name in FORMATS), ".pdf", ".csv", ".zip", ".ppt", ".doc", ".xls")


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    for name in asked:
        if name not in FORMATS:
            raise click.BadParameter(f"{name!r}: use {', '.join(FORMATS)}")
    if not asked:
        raise click.BadParameter(f"name at least one of {', '.join(FORMATS)}")
    return asked


def _folder(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if os.path.splitext(value)[1].lower() in _FILE_ENDINGS and not os.path.isdir(value):
        raise click.BadParameter(f"{value!r} is named like a file: a pack is several files in a folder, see --formats")
    above = Path(value).absolute()
    while not above.exists():
        above = above.parent
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise click.BadParameter(f"{value!r} cannot be made: {str(above)!r} is no folder that can be written to")
    return value


@click.command("pack")
@click.argument("folder", type=click.Path(file_okay=False, writable=True), callback=_folder)
@click.option("--formats", default=",".join(FORMATS), show_default=True, callback=_formats, help="Separated by commas.")
@click.option("--period", default="", help="Full year 2025, or year to date 2026-09. [default: the dataset's]")
@click.option("--prefecture", "prefectures", multiple=True, help="Code of a prefecture, e.g. 330100; repeat.")
@click.option("--filter", "filters", multiple=True, metavar="NAME=VALUE", help="As in addresses, e.g. class=finance.")
@click.option("--target", default="", help="Whose gap is split. [default: the first money target]")
@click.option("--length", type=click.Choice(LENGTHS), default=LENGTHS[0], show_default=True, help="Short: five slides.")
@click.option("--title", default="", help="On the cover instead of ours, e.g. the name of the meeting.")
@click.option("--day", default="", help="Of the meeting, as it shall be written on the cover.")
@click.option("--author", default="", help="Who presents, on the cover and in the files' properties.")
@click.option("--seen", default=PROVINCE, show_default=True, help="Towns whoever asks may see: codes, by commas.")
@click.option("--version", default=None, help="An older version of the dataset.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day the clocks are read. [default: today]"
)
@click.option("--json", "as_json", is_flag=True, help="A line of JSON a step, the files last.")
@click.option("--gently", is_flag=True, help="Leave the processor to others when they need it.")
@click.option("--dataset", default="", help="Dataset. [default: COCKPIT_DATASET]")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Language.")
def command(
    folder: str,
    formats: tuple[str, ...],
    period: str,
    prefectures: tuple[str, ...],
    filters: tuple[str, ...],
    target: str,
    length: str,
    title: str,
    day: str,
    author: str,
    seen: str,
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
    # The process ends in seconds; looking for garbage among what it reads would take a tenth of them.
    gc.disable()
    steps = steps_of(formats, length)

    def tell(step: str) -> None:
        if as_json:
            _line({"step": step, "done": steps.index(step), "of": len(steps)})
        else:
            click.echo(say(f"pack.step_{step}", lang))

    asked = {"dataset": dataset, "version": version, "period": period, "target": target, "seen": seen, "lang": lang}
    chosen = [*(f"prefecture={code}" for code in prefectures), *filters]
    with closing(Drawer()) if {"docx", "xlsx"} & set(formats) else nullcontext() as drawer:
        from cockpit.cli.packing import files_of
        from cockpit.exports.pack.model import Wish

        wish = Wish(length, *(" ".join(text.split())[:_LONGEST] for text in (title, day, author)))
        made = files_of(formats, chosen, as_of.date() if as_of else None, drawer, tell, wish=wish, **asked)
    try:
        os.makedirs(folder, exist_ok=True)
        for name, content in made.items():
            with click.open_file(os.path.join(folder, name), "wb", atomic=True) as file:
                file.write(content)
    except OSError as error:  # what cannot be seen beforehand: a full disk, a folder of the system's own
        raise click.UsageError(f"{folder!r} cannot be written: {error.strerror}; name another folder") from error
    files = [{"name": name, "bytes": len(content)} for name, content in made.items()]
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        _line({"step": "done", "done": len(steps), "of": len(steps), "files": files, "seconds": seconds})
    else:
        click.echo("\n".join(os.path.join(folder, name) for name in made))


def _line(answer: dict[str, Any]) -> None:
    """One answer on a line of its own, sent at once: somebody waits for it."""
    click.echo(json.dumps(answer, ensure_ascii=False))
