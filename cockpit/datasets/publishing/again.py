"""Files that were sent before: the same bytes in an earlier submission, whatever either was called.

May import the ground floor, `findings`, `submissions`. Sending a file again is no fault (the first may have been sent
back), but whoever sends or reviews it is to know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cockpit.datasets.findings import Upload
from cockpit.datasets.publishing.submissions import Submission, all_submissions

_DEEPEST: Final = 2000  # submissions looked through, the newest first


@dataclass(frozen=True)
class Again:
    """A file, and the first submission it came in."""

    file: str
    first: Submission


def sent_again(dataset: str, uploads: Sequence[Upload]) -> tuple[Again, ...]:
    """Which of these files were submitted before, each with its first submission."""
    return _found(dataset, {upload.name: hashlib.sha256(upload.content).hexdigest() for upload in uploads}, "")


def same_before(submission: Submission) -> tuple[Again, ...]:
    """Which files of a submission came in an earlier one."""
    return _found(submission.dataset, {file.name: file.sha256 for file in submission.files}, submission.id)


def _found(dataset: str, hashes: Mapping[str, str], itself: str) -> tuple[Again, ...]:
    every = all_submissions(dataset, _DEEPEST)
    place = next((at for at, item in enumerate(every) if item.id == itself), -1)  # ids of one second do not tell order
    first: dict[str, Submission] = {}
    for item in every[place + 1 :]:
        first.update({file.sha256: item for file in item.files})
    return tuple(Again(name, first[digest]) for name, digest in hashes.items() if digest in first)
