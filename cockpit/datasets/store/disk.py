"""Writing that survives a crash, a full disk and two writers at once.

Imports only the ground floor. A reader meets the old file or the new one, never a half of either: everything is written
beside its place, synced, and renamed. The lock is the kernel's own, so a killed writer leaves none behind.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from cockpit.errors import DatasetError

LOCK: Final = ".publishing.lock"
# What is written of towns and firms is read by the service's own account and by nobody else of the machine.
FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
_WAIT_SECONDS: Final = 10.0
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class StorageFault(DatasetError):
    """Nothing could be written; what was there before stays as it was."""


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn a fault of the disk into what, where and what to do.

    Args:
        where: the place in words of the data desk (`demo/versions`), not a path of the machine.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            what, remedy = "the disk is full, nothing was changed", "free some space, then try again"
        elif error.errno in _CLOSED:
            what, remedy = (
                "the folder cannot be written, nothing was changed",
                "give write access, or set COCKPIT_DATA_DIR",
            )
        else:
            what = f"the disk reports: {error.strerror or error}; nothing was changed"
            remedy = "see to the disk, then try again"
        raise StorageFault(what, where=where, remedy=remedy) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, for this account alone; one that is there stays as it is."""
    missing = [folder for folder in (path, *path.parents) if not folder.is_dir()]
    for folder in reversed(missing):
        with suppress(FileExistsError):  # another process was quicker
            os.mkdir(folder, FOLDER_MODE)


def close_to_others(folder: Path) -> None:
    """Take the rights of other accounts from a folder and all in it, before it is put in its place."""
    for path in (folder, *folder.rglob("*")):
        os.chmod(path, path.stat().st_mode & 0o700)


def sync(path: Path) -> None:
    """Force a file's bytes, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, text: str, mode: int = FILE_MODE) -> None:
    """Replace a small file in one step."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.chmod(beside, mode)
    sync(beside)
    os.replace(beside, path)
    sync(path.parent)


def carry(source: Path, target: Path) -> None:
    """Put an immutable file in a second place, for this account alone.

    A hard link where the disk allows it and the file is closed already; else a copy, for links share their rights: the
    shipped data stay open, and what is published is not.
    """
    if not source.stat().st_mode & ~FILE_MODE & 0o777:
        try:
            os.link(source, target)
            return
        except OSError as error:
            if error.errno in _FULL:
                raise
    shutil.copyfile(source, target)
    os.chmod(target, FILE_MODE)
    sync(target)


def append_line(path: Path, record: Mapping[str, Any]) -> None:
    """Add one line of JSON to an append-only log and sync it."""
    with open(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, FILE_MODE), "a+b") as file:
        end = file.seek(0, os.SEEK_END)
        torn = b""
        if end:
            file.seek(end - 1)
            torn = b"" if file.read(1) == b"\n" else b"\n"  # a writer was killed in the middle of its line
        file.write(torn + json.dumps(record, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Records of a log, oldest first; a line that was never finished is none."""
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(record, dict):
            found.append(record)
    return found


@contextmanager
def locked(base: Path, seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Hold the one right to change what `CURRENT` of a dataset points at, across threads and processes.

    Raises:
        DatasetError: another writer held it for all of `seconds`.
    """
    make_folder(base)
    with suppress(PermissionError):  # one made by an older version may stand open
        os.chmod(base, FOLDER_MODE)
    handle = os.open(base / LOCK, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise DatasetError(
                        "somebody else is publishing", where=base.name, remedy="wait a moment, then try again"
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)  # gives the lock back
