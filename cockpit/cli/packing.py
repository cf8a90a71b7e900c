"""What `export pack` does once everything is imported: opens the desk, refuses what cannot be made, makes the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from cockpit.briefings import brief, day_of, open_desk
from cockpit.cli.export_towns import asked_selection
from cockpit.cli.options import leaves, stop, told
from cockpit.datasets.store.loading import default_dataset
from cockpit.errors import suggest
from cockpit.exports.pack.drawing import Drawer
from cockpit.exports.pack.making import make
from cockpit.exports.pack.model import Wish
from cockpit.phrases import say
from cockpit.rights import read_scope
from cockpit.vocabulary import Language


@told
def files_of(
    formats: Sequence[str],
    filters: Sequence[str],
    as_of: date | None,
    drawer: Drawer | None,
    tell: Callable[[str], None],
    *,
    dataset: str,
    version: str | None,
    period: str,
    target: str,
    wish: Wish,
    seen: str,
    lang: Language,
) -> dict[str, bytes]:
    """The files by name; what cannot be made ends the process with its sentence.

    Args:
        dataset: "" for the default. as_of: None for `day_of`. drawer, tell: see `make`.
    """
    desk = open_desk(dataset or default_dataset(), version)
    selection = asked_selection(desk, period, filters, read_scope(seen))
    desk = desk.of(selection)
    if target and target not in desk.register.targets:
        stop(f"unknown target {target!r}: {suggest(target, desk.register.targets)}")
    day = as_of or day_of(desk.dataset.name)
    if not len(brief(desk, selection, day).towns):
        stop(say("pack.empty", lang))
    made = dict(make(desk, selection, day, lang, formats, drawer=drawer, target=target, wish=wish, tell=tell))
    # One asked for on a page is recorded there: the process that makes it knows no accounts.
    told_of = {"period": selection.period, "filter": list(filters), "seen": seen}
    size = sum(map(len, made.values()))
    leaves("export pack", dataset=desk.dataset.key, filters=told_of, format=",".join(formats), bytes=size)
    return made
