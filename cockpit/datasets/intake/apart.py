"""Uploads read in a process of their own (`python -m cockpit.datasets.intake.apart`), limited in memory and time.

Readers of workbooks and Parquet are native code: a file that asks for half a terabyte ends its process, and no handler
of ours is asked. Whatever becomes of one file, the app lives, the others are read, and the sender reads which and why.

    request  on standard input, pickled: uploads, the version they are compared with, the day
    steps    a line of JSON each on standard output: the file it is about, the share done, the step
    answer   pickled into the file named as the first argument

May import the ground floor, `policy`, `loading` and the other intake modules. Both ends are this program, so that
pickle carries nothing a stranger wrote but texts and figures.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from cockpit.datasets.findings import Checked, Finding, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.store.loading import Dataset, open_folder
from cockpit.errors import CockpitError, DatasetError
from cockpit.phrases import phrase
from cockpit.policy.register import load
from cockpit.processes import Ended, Line, Said, Waiting, run
from cockpit.rights import ALL, Scope
from cockpit.units import Period
from cockpit.vocabulary import Language, Text

_OUT_OF_MEMORY: Final = 71  # exit code, of no other meaning to a shell
# Threads reserve memory they never use, and their number would depend on the machine.
_ALONE: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
Answer = TypeVar("Answer", Checked, bytes)


@dataclass(frozen=True)
class Step:
    """Where the reading stands: share done and step."""

    share: float
    text: Text


@dataclass(frozen=True)
class _Check:
    uploads: tuple[Upload, ...]
    folder: Path
    version: str
    as_of: date
    default_period: str
    seen: Scope


@dataclass(frozen=True)
class _Marks:
    uploads: tuple[Upload, ...]
    findings: tuple[Finding, ...]
    language: Language


class _Lost(Exception):
    """The process ended without an answer while it was about the given file; -1: about none of them."""

    def __init__(self, at: int, rule: str) -> None:
        super().__init__(rule)
        self.at, self.rule = at, rule


@lru_cache(maxsize=1)
def _line() -> Line:
    return Line(load().limits.limit("readings_at_once"))


def check_apart(
    uploads: Sequence[Upload], dataset: Dataset, *, as_of: date, default_period: str = "", seen: Scope = ALL
) -> Generator[Waiting | Step | Checked]:
    """As `check_uploads`, beside this process; yields several times a second, what was found last.

    A file that ends its process is refused, and the others are read without it. Closing the iterator ends the reading.

    Raises:
        CockpitError: `default_period` is not a period.
    """
    if default_period:
        Period.parse(default_period)
    limits = load().limits
    until = time.monotonic() + limits.limit("reading_seconds") * limits.limit("lost_readings")
    left = list(uploads)
    refused: list[Finding] = []
    checked = Checked((), {}, ())
    while left:
        if len(refused) >= limits.limit("lost_readings") or time.monotonic() > until:
            refused += [_refusal(upload, "not_reached") for upload in left]
            break
        request = _Check(tuple(left), dataset.folder, dataset.manifest.version, as_of, default_period, seen)
        try:
            checked = yield from _answer(request, Checked)
            break
        except _Lost as lost:
            if lost.at < 0:  # all of them were read, and together they are too much
                refused += [_refusal(upload, lost.rule) for upload in left]
                break
            refused.append(_refusal(left.pop(lost.at), lost.rule))
    names = tuple(upload.name for upload in uploads)
    if refused:
        found = {name: [item for item in (*refused, *checked.findings) if item.file == name] for name in names}
        checked = replace(checked, findings=tuple(item for name in found for item in found[name]))
    yield replace(checked, upload_names=names)


def check_now(uploads: Sequence[Upload], dataset: Dataset, *, as_of: date, default_period: str = "") -> Checked:
    """As `check_apart` for callers with nothing to show meanwhile."""
    return _last(check_apart(uploads, dataset, as_of=as_of, default_period=default_period))


def annotate_now(upload: Upload, findings: Sequence[Finding], language: Language) -> bytes:
    """As `annotate`, beside this process.

    Raises:
        DatasetError: the file took too much memory or time to be written out again.
    """
    from cockpit.datasets.intake.marks import annotate  # as below

    own = tuple(finding for finding in findings if finding.file == upload.name)
    if any(finding.severity == "refusal" and not finding.sheet for finding in own):
        return annotate(replace(upload, content=b""), own, language)  # not opened: the list alone
    try:
        return _last(_answer_last(_Marks((upload,), own, language)))
    except _Lost:
        return annotate(replace(upload, content=b""), own, language)


def _answer_last(request: _Marks) -> Generator[Waiting | Step | bytes]:
    yield (yield from _answer(request, bytes))


def _last(steps: Iterator[Waiting | Step | Answer]) -> Answer:
    with contextlib.closing(steps):  # type: ignore[type-var]
        for step in steps:
            if not isinstance(step, (Waiting, Step)):
                return step
    raise DatasetError("nothing was read", where="intake", remedy="try again")


def _refusal(upload: Upload, rule: str) -> Finding:
    limits = load().limits
    values = {"memory": limits.limit("reading_memory_mib"), "seconds": limits.limit("reading_seconds")}
    return Finding(upload.name, "", "", "", rule, "refusal", values)


def _answer(request: _Check | _Marks, kind: Callable[..., Answer]) -> Generator[Waiting | Step, None, Answer]:
    limits = load().limits
    at = 0
    with tempfile.TemporaryDirectory(prefix="cockpit-intake-") as folder:
        place = Path(folder) / "answer"
        steps = run(
            "cockpit.datasets.intake.apart",
            [str(place)],
            _line(),
            seconds=limits.limit("reading_seconds"),
            memory_mib=limits.limit("reading_memory_mib"),
            given=lambda stdin: pickle.dump(request, stdin, protocol=5),
            told=_ALONE,
        )
        last = Step(0.0, Text("", ""))
        with contextlib.closing(steps):
            for step in steps:
                if isinstance(step, Waiting):
                    yield step
                elif isinstance(step, Said):
                    if step.line.startswith("{"):
                        told: dict[str, Any] = json.loads(step.line)
                        at, last = int(told["at"]), Step(float(told["share"]), Text(told["zh"], told["en"]))
                    yield last
                elif step.code == 0 and not step.is_late:
                    answer = pickle.loads(place.read_bytes())
                    if isinstance(answer, CockpitError):
                        raise answer
                    return answer  # type: ignore[no-any-return]
                else:
                    raise _Lost(at, _why(step))
    raise AssertionError("a process always ends")


def _why(end: Ended) -> str:
    if end.is_late or end.code == -signal.SIGXCPU:
        return "too_slow"
    # Native readers abort, Python's own raise: both say what they could not have. Where the machine itself has no more,
    # it kills this process first, which says nothing.
    is_lacking = end.code in (_OUT_OF_MEMORY, -signal.SIGKILL) or "memory" in end.words.casefold()
    return "too_demanding" if is_lacking or "bad_alloc" in end.words else "reader_died"


def _work(place: Path) -> None:
    request = pickle.loads(sys.stdin.buffer.read())
    out = sys.stdout

    at = -1
    opening, comparing = phrase("intake.step.open"), phrase("intake.step.compare")

    def tell(share: float, text: Text) -> None:
        nonlocal at
        at = at + 1 if text == opening else -1 if text == comparing else at
        out.write(json.dumps({"at": at, "share": share, "zh": text.zh, "en": text.en}) + "\n")
        out.flush()

    answer: object
    try:
        if isinstance(request, _Marks):
            # Not with the others above: what it needs takes a tenth of the time of a reading, and most mark nothing.
            from cockpit.datasets.intake.marks import annotate

            answer = annotate(request.uploads[0], request.findings, request.language)
        else:
            answer = check_uploads(
                request.uploads,
                open_folder(request.folder, request.version),
                as_of=request.as_of,
                default_period=request.default_period,
                seen=request.seen,
                progress=tell,
            )
    except CockpitError as error:
        answer = error
    place.write_bytes(pickle.dumps(answer, protocol=5))


if __name__ == "__main__":
    from cockpit.datasets.intake.apart import _work as work  # so that what is pickled is of the module, not of a script

    with contextlib.suppress(OSError):  # if memory runs out on this machine, this process goes first
        Path("/proc/self/oom_score_adj").write_text("1000")
    try:
        work(Path(sys.argv[1]))
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
