"""Publishing, rejecting and rolling back: the only ways `CURRENT` of a dataset is moved.

May import the ground floor and the rest of `datasets`. The order is: lock, compare with the version the reviewer saw,
write and sync a new folder, rename it, move the pointer, log. A crash at any point leaves the old version current and
whole; what it left half done is settled by whoever comes next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from cockpit.acting import REVIEW, ROLL_BACK, Act, Fault
from cockpit.datasets.publishing.merging import merged
from cockpit.datasets.publishing.submissions import (
    Step,
    Submission,
    accepted,
    fit,
    log_step,
    now,
    open_submission,
    refuse,
    touched,
)
from cockpit.datasets.store.disk import locked, told, write_whole
from cockpit.datasets.store.firm_files import CUBES, FIRMS
from cockpit.datasets.store.loading import (
    SHIPPED,
    Dataset,
    all_versions,
    check_name,
    current_marker,
    data_root,
    home_of,
    load,
)
from cockpit.datasets.store.versions import (
    Carried,
    Manifest,
    Move,
    NewerSchema,
    clear_scratch,
    log_move,
    number_of,
    point_at,
    read_manifest,
    read_moves,
    write_version,
)
from cockpit.errors import DatasetError
from cockpit.policy.register import load as load_register

_INTENT: Final = ".moving.json"


class PublishConflict(DatasetError):
    """Another version became current since the reviewer looked; nothing was written.

    `current` is the id of that version, `by` and `at` who moved to it and when (empty when the log does not say).
    """

    def __init__(self, dataset: str, expected: str, current: str, move: Move | None) -> None:
        self.current = current
        self.by, self.at = (move.who, move.at) if move else ("", "")
        told_by = f" by {self.by} at {self.at}" if move else ""
        super().__init__(
            f"{current} became current{told_by}; you looked at {expected}",
            where=dataset,
            remedy="look at the differences with the new version, then publish again",
        )


@dataclass(frozen=True)
class Version:
    """A version as the list of versions shows it.

    `was_published` is False for one whose publishing never came to its end. `manifest` is None when it is damaged, or
    was written by a newer program (`is_newer`).
    """

    id: str
    manifest: Manifest | None
    is_current: bool
    is_shipped: bool
    was_published: bool
    is_newer: bool = False


def list_versions(dataset: str) -> tuple[Version, ...]:
    """Every version of a dataset, the newest number first; files are not verified here."""
    current = current_marker(dataset)
    moved = {name for move in log_of(dataset) for name in (move.to, move.before)} | {current}
    found = []
    for name in reversed(all_versions(dataset)):
        home = home_of(dataset, name)
        manifest, is_newer = None, False
        try:
            manifest = read_manifest(home, name)
        except DatasetError as fault:
            is_newer = isinstance(fault, NewerSchema)
        is_shipped = home == SHIPPED / dataset
        found.append(Version(name, manifest, name == current, is_shipped, is_shipped or name in moved, is_newer))
    return tuple(found)


def log_of(dataset: str) -> tuple[Move, ...]:
    """The versions log, oldest first: every publication and every roll-back."""
    check_name(dataset)
    return read_moves(data_root() / dataset)


def publish(dataset: str, submission: str, act: Act, expected_parent: str) -> Manifest:
    """Make a new version of the current one and a submission, and make it current.

    Args:
        expected_parent: id of the version the reviewer compared with (`Diff.parent`).

    Raises:
        ActRefused: the act lacks its name or note. PublishConflict: another version is current by now.
        DatasetError: the submission may not be published (errors found, rejected, published already), the current
            version is damaged, somebody else holds the lock, or the disk is full or not writable. In every case the
            current version stays as it was.
    """
    check_name(dataset)
    fit(act, REVIEW, submission)
    base = data_root() / dataset
    with told(f"{dataset}/versions"), locked(base):
        _settle(dataset, base)
        current = _expect(dataset, expected_parent)
        delivery = open_submission(dataset, submission)
        _may_review(delivery, act)
        _may_be_published(delivery)
        parent = load(dataset, current)
        frames = merged(parent, delivery)
        number = max(number_of(name) for name in all_versions(dataset)) + 1
        manifest = Manifest(
            dataset=dataset,
            version=f"v{number:04d}",
            number=number,
            parent=current,
            published_at=now(),
            published_by=act.who,
            note=act.note,
            is_simulated=parent.manifest.is_simulated,
            default_period=parent.manifest.default_period,
            submission=submission,
            register=load_register().fingerprint,
        )
        move = Move(manifest.published_at, act.who, "publish", manifest.version, current, act.note, submission)
        with act.doing("publish", manifest.version, dataset=dataset, submission=submission):
            _intend(base, move)
            written = write_version(data_root(), manifest, frames, carried=_carried(parent, frames))
            _record(base, move)
    return written


def reject(dataset: str, submission: str, act: Act) -> Submission:
    """Close a submission without publishing it; it is kept with the reason.

    Raises:
        ActRefused: the act lacks its name or reason. DatasetError: it was published or rejected already.
    """
    check_name(dataset)
    fit(act, REVIEW, submission)
    base = data_root() / dataset
    with told(f"{dataset}/submissions"), locked(base):
        _settle(dataset, base)
        delivery = open_submission(dataset, submission)
        _may_review(delivery, act)
        _is_open(delivery)
        with act.doing("reject", submission, dataset=dataset):
            log_step(delivery, Step(now(), act.who, "rejected", act.note))
    return open_submission(dataset, submission)


def roll_back(dataset: str, to: str, act: Act, expected_current: str | None = None) -> Move:
    """Make an older (or any other) version current again; every version stays, and the move is logged.

    Args:
        expected_current: id of the version the reader saw as current; None does not compare.

    Raises:
        ActRefused: the act lacks its name or reason. PublishConflict: another version is current by now.
        DatasetError: no such version, it is damaged, or it is current already.
    """
    check_name(dataset)
    # Every town may change: it takes the whole province.
    fit(act, ROLL_BACK, to, [("", "")])
    base = data_root() / dataset
    with told(f"{dataset}/versions"), locked(base):
        _settle(dataset, base)
        current = _expect(dataset, expected_current)
        if to == current:
            raise DatasetError(f"{to} is current already", where=dataset, remedy="choose another version")
        load(dataset, to)  # whole, or an error that names the file
        move = Move(now(), act.who, "roll_back", to, current, act.note)
        with act.doing("roll_back", to, dataset=dataset, left=current):
            _intend(base, move)
            point_at(base, to)
            _record(base, move)
    return move


def _may_review(delivery: Submission, act: Act) -> None:
    """The reviewer's scope holds every town of the submission, and he did not hand it in himself.

    Four eyes are asked of accounts only: a name that is typed in proves nobody to be another.
    """
    fit(act, REVIEW, delivery.id, touched(delivery.dataset, lambda: accepted(delivery)))
    if act.actor.via == "account" and act.who == delivery.submitted_by:
        refuse(act, REVIEW, delivery.id, (Fault(f"name.{REVIEW.id}", "four_eyes"),))


def _expect(dataset: str, expected: str | None) -> str:
    current = current_marker(dataset)
    if expected is not None and expected != current:
        last = next((move for move in reversed(log_of(dataset)) if move.to == current), None)
        raise PublishConflict(dataset, expected, current, last)
    return current


def _is_open(delivery: Submission) -> None:
    if delivery.state != "received":
        last = delivery.steps[-1]
        raise DatasetError(
            f"the submission is {delivery.state} already, by {last.who} at {last.at}",
            where=f"{delivery.dataset}/{delivery.id}",
            remedy="submit the file again if it should count",
        )


def _may_be_published(delivery: Submission) -> None:
    _is_open(delivery)
    if not delivery.is_acceptable:
        raise DatasetError(
            f"the submission has {delivery.errors} errors" if delivery.errors else "there is nothing in the submission",
            where=f"{delivery.dataset}/{delivery.id}",
            remedy="mend the cells named in its findings and submit it again",
        )


def _carried(parent: Dataset, frames: Mapping[str, pd.DataFrame]) -> dict[str, Carried]:
    """Files of the parent that the new version takes over as they are; all were verified when it was loaded."""
    carried = {}
    for name, entry in parent.manifest.files.items():
        if name not in frames and not (name == CUBES and FIRMS in frames):
            path = parent.folder / "versions" / parent.manifest.version / f"{name}.parquet"
            carried[name] = Carried(path, str(entry["sha256"]), int(entry["rows"]))
    return carried


def _intend(base: Path, move: Move) -> None:
    """Write down a move before it is made, so that a crash between the move and its log loses no line."""
    write_whole(base / _INTENT, json.dumps(asdict(move), ensure_ascii=False))


def _record(base: Path, move: Move) -> None:
    """Log a move that was made, in the versions log and that of its submission; nothing is logged twice."""
    if move not in read_moves(base)[-1:]:
        log_move(base, move)
    if move.submission:
        delivery = open_submission(base.name, move.submission)
        if delivery.state == "received":
            log_step(delivery, Step(move.at, move.who, "published", move.note, move.to))
    (base / _INTENT).unlink()


def _settle(dataset: str, base: Path) -> None:
    """Finish what a killed publisher left: half-written folders go, a move it made but could not log is logged."""
    clear_scratch(base)
    if not (base / _INTENT).is_file():
        return
    move = Move(**json.loads((base / _INTENT).read_text(encoding="utf-8")))
    if current_marker(dataset) == move.to:
        _record(base, move)
    else:
        (base / _INTENT).unlink()  # it was never made
