"""`python -m cockpit check`: what is wrong with files, cell by cell. Nothing is stored."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import PurePath
from typing import Any, BinaryIO

import click

from cockpit.cli.options import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_REFUSED,
    Output,
    dataset_option,
    language_option,
    today,
    told,
)
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.apart import annotate_now, check_now
from cockpit.datasets.store.loading import load
from cockpit.phrases import say
from cockpit.vocabulary import Language


@click.command("check")
@click.argument("files", type=click.File("rb"), nargs=-1, required=True)
@click.option("--period", default="", help="Period of files that do not state one, e.g. 2026-09.")
@click.option("--annotated", type=Output(".xlsx"), help="Write the first file, marked, here.")
@click.option("--json", "as_json", is_flag=True, help="Write findings as JSON.")
@dataset_option
@language_option
@told
def command(
    files: tuple[BinaryIO, ...], period: str, annotated: BinaryIO | None, as_json: bool, dataset: str, lang: Language
) -> None:
    """Check FILES (xlsx, csv, Parquet) against a dataset's current version.

    Exit code 0: no findings; 1: findings, warnings included; 2: a file was refused, or the call was wrong.
    """
    uploads = [Upload(PurePath(file.name).name, file.read()) for file in files]
    checked = check_now(uploads, load(dataset), as_of=today(), default_period=period)
    if annotated is not None:
        annotated.write(annotate_now(uploads[0], checked.findings, lang))
    click.echo(
        json.dumps(as_answer(checked, lang), ensure_ascii=False, indent=1) if as_json else as_text(checked, lang)
    )
    sys.exit(exit_code(checked))


def exit_code(checked: Checked) -> int:
    if checked.is_refused:
        return EXIT_REFUSED
    return EXIT_FINDINGS if checked.findings else EXIT_CLEAN


def as_answer(checked: Checked, language: Language) -> dict[str, Any]:
    """The result as JSON: rows read by table, and every finding with its sentences."""
    return {
        "files": list(checked.upload_names),
        "is_acceptable": checked.is_acceptable,
        "is_refused": checked.is_refused,
        "rows": {name: len(frame) for name, frame in checked.tables.items()},
        "withdrawn": len(checked.withdrawn),
        "remarks": [asdict(remark) for remark in checked.remarks],
        "counts": {name: checked.count(name) for name in ("refusal", "error", "warning")},
        "findings": [
            {
                "severity": finding.severity,
                "file": finding.file,
                "sheet": finding.sheet,
                "cell": finding.cell,
                "value": finding.value,
                "rule": finding.rule,
                "what": finding.what(language),
                "remedy": finding.remedy(language),
            }
            for finding in checked.findings
        ],
    }


def verdict(checked: Checked, language: Language) -> str:
    """The result in one line."""
    errors, warnings = checked.count("error"), checked.count("warning")
    if checked.is_refused:
        return say("intake.result.refused", language)
    if errors:
        return say("intake.result.errors", language, errors=errors, warnings=warnings)
    if warnings:
        return say("intake.result.accepted", language, warnings=warnings)
    return say("intake.result.clean", language)


def as_text(checked: Checked, language: Language) -> str:
    """A line a finding, the verdict last."""
    lines = [
        f"{say(f'intake.severity.{finding.severity}', language)}  {finding.where()}  {finding.sentences(language)}"
        for finding in checked.findings
    ]
    read = sum(len(frame) for frame in checked.tables.values())
    last = f"{verdict(checked, language)}  {say('intake.result.read', language, count=read)}"
    if len(checked.withdrawn):
        last += f"  {say('intake.result.withdrawn', language, count=len(checked.withdrawn))}"
    return "\n".join([*lines, last])
