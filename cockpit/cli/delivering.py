"""What `publish` and `pull` share: check, keep as a submission, publish when nothing stands against it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from cockpit.acting import REVIEW, Act
from cockpit.cli.check import as_answer, as_text
from cockpit.cli.options import EXIT_CLEAN, EXIT_FINDINGS, EXIT_REFUSED, today
from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.apart import check_now
from cockpit.datasets.publishing.again import sent_again
from cockpit.datasets.publishing.merging import Diff, diff
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.submissions import fit, keep
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.sheets import sheet_title
from cockpit.phrases import say
from cockpit.vocabulary import Language
from cockpit.wording.data import again


def publishing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")(command)
    command = click.option("--accept-warnings", is_flag=True, help="Publish although there are warnings.")(command)
    command = click.option("--keep-only", is_flag=True, help="Keep for review; publish nothing.")(command)
    return click.option("--period", default="", help="Period of tables that do not state one, e.g. 2026-09.")(command)


def _counts(difference: Diff, language: Language) -> str:
    """What would change: figures, then rows of the other tables, new +, changed ~, unchanged =, taken back -."""
    parts = []
    if len(difference.cells) or difference.same or not difference.rows:
        gone = f" -{difference.withdrawn}" if difference.withdrawn else ""
        parts.append(f"+{difference.new} ~{difference.changed} ={difference.same}{gone}")
    parts += [
        f"{sheet_title(name).say(language)} +{new} ~{changed}" for name, (new, changed) in difference.rows.items()
    ]
    return "  ".join(parts)


def deliver(
    uploads: Sequence[Upload],
    *,
    dataset: str,
    act: Act,
    period: str,
    keep_only: bool,
    accept_warnings: bool,
    as_json: bool,
    lang: Language,
) -> None:
    """Check, keep and publish; ends the process with the exit code of `check`.

    Nothing is published when the current version already says all of it: a nightly run makes no empty versions.
    """
    fit(act, REVIEW, dataset)  # before time is spent on files that could not be published
    current = load(dataset)
    checked = check_now(uploads, current, as_of=today(), default_period=period)
    answer: dict[str, Any] = {**as_answer(checked, lang), "submission": None, "version": None, "cells": None}
    lines = [as_text(checked, lang)]
    code = EXIT_REFUSED if checked.is_refused else EXIT_FINDINGS if checked.findings else EXIT_CLEAN
    if not checked.is_refused:
        for item in sent_again(dataset, uploads):
            answer.setdefault("sent_before", {})[item.file] = item.first.id
            lines.append(f"{again(item, lang)} {item.first.id}")
        submission = keep(dataset, uploads, checked, act, checked_against=current.manifest.version)
        difference = diff(current, submission)
        cells = {"new": difference.new, "changed": difference.changed, "withdrawn": difference.withdrawn}
        rows = {name: {"new": new, "changed": changed} for name, (new, changed) in difference.rows.items()}
        answer |= {"submission": submission.id, "cells": cells, "rows_changed": rows}
        lines.append(f"{submission.id}  {_counts(difference, lang)}")
        is_fit = checked.is_acceptable and (accept_warnings or not checked.findings)
        if difference.is_empty:
            lines.append(say("data.diff_none", lang))
            code = EXIT_CLEAN if is_fit else code
        elif is_fit and not keep_only:
            manifest = publish(dataset, submission.id, act, current.manifest.version)
            code = EXIT_CLEAN
            answer["version"] = manifest.version
            lines.append(f"{dataset} {manifest.parent} -> {manifest.version}")
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))
    sys.exit(code)
