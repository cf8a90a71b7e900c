"""Submissions: what a clerk sent, what the checks found, what was read from it, and what became of it.

    <root>/<dataset>/submissions/<id>/submission.json     who, when, which files; never changed
    <root>/<dataset>/submissions/<id>/files/01.xlsx       the files as they were sent, read-only
    <root>/<dataset>/submissions/<id>/findings.json
    <root>/<dataset>/submissions/<id>/remarks.json        what stood in the remarks columns
    <root>/<dataset>/submissions/<id>/accepted/<table>.parquet   values with the cell each was written in
    <root>/<dataset>/submissions/<id>/log.jsonl           received, published, rejected; only added to

May import the ground floor, `policy`, `schema`, `versions`, `loading`, `firm_codes`, `disk`, `findings`.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, NoReturn
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cockpit.acting import SUBMIT, Act, ActRefused, Deed, Fault
from cockpit.datasets.findings import WHERE, Checked, Finding, Remark, Upload
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.disk import append_line, close_to_others, make_folder, read_lines, sync, told
from cockpit.datasets.store.firm_codes import standing
from cockpit.datasets.store.firm_files import FIRMS
from cockpit.datasets.store.loading import check_name, counties_of, data_root
from cockpit.datasets.store.loading import load as current
from cockpit.datasets.store.versions import as_arrow, is_id, sha256
from cockpit.errors import DatasetError, suggest
from cockpit.policy.register import load
from cockpit.vocabulary import Text

State = Literal["received", "published", "rejected"]
FOLDER: Final = "submissions"
_LOG: Final = "log.jsonl"
_RECORD: Final = "submission.json"
_REMARKS: Final = "remarks.json"
WITHDRAWALS: Final = "withdrawals"
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class KeptFile:
    """A file as it was sent: `name` is the sender's, `stored` ours; size in bytes."""

    name: str
    stored: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Step:
    """A line of a submission's log; `version` is the one made from it when it was published."""

    at: str
    who: str
    state: State
    note: str = ""
    version: str = ""


@dataclass(frozen=True)
class Submission:
    """One delivery. `tables` maps table -> rows accepted, `hashes` table -> sha256 of the accepted file.

    `checked_against` is the version the checks compared with. Times are ISO text in Shanghai.
    """

    id: str
    dataset: str
    submitted_by: str
    submitted_at: str
    note: str
    checked_against: str
    files: tuple[KeptFile, ...]
    tables: Mapping[str, int]
    hashes: Mapping[str, str]
    errors: int
    warnings: int
    is_acceptable: bool
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> State:
        return self.steps[-1].state if self.steps else "received"


def now() -> str:
    """The time in Shanghai, to the second."""
    return datetime.now(_SHANGHAI).isoformat(timespec="seconds")


def fit(act: Act, deed: Deed, about: str, towns: Iterable[tuple[str, str]] | None = None) -> None:
    """Refuse an act the actor may not do, or that does not say what its deed asks for.

    Args:
        about: what it is done to, for the record of refusals.
        towns: the towns it touches, as (town_code, county_adcode); None before they are known.

    Raises:
        ActRefused: the right or the scope is missing, nobody is named, no note is given where one is asked for, or
            either is too long.
    """
    if faults := act.faults(deed, load().limits.length, towns):
        refuse(act, deed, about, faults)


def refuse(act: Act, deed: Deed, about: str, faults: tuple[Fault, ...]) -> NoReturn:
    """Put a refusal on record and raise it.

    Raises:
        ActRefused: always.
    """
    act.record(deed.verb, about, outcome="refused", why=faults[0].problem)
    raise ActRefused(faults)


def touched(
    dataset: str, read: Callable[[], Mapping[str, pd.DataFrame]], *, is_review: bool = True
) -> Iterator[tuple[str, str]]:
    """The towns tables of a submission say something of, as (town_code, county_adcode).

    A row of no town, or of one nobody knows, counts as one of no county: only who has the whole province may touch it.
    A new town counts for the county its row names, one that is moved for both; a row that names no county counts for
    the town's own. A firm counts for the town the current version has it in too, which it would be taken out of. A firm
    no town has counts as one of no county: a review that needs the whole province for one and not for the other would
    tell of firms outside.

    Args:
        is_review: whether the towns firms stand in are asked for as well.
        read: gives the tables; called when somebody asks, for who has the whole province need not be asked.
    """
    known, tables = counties_of(dataset), read()
    towns: set[str] = set()
    for frame in tables.values():
        towns |= set(frame["town_code"].fillna("").astype("str")) if "town_code" in frame.columns else {""}
    towns |= _firms_from(dataset, tables) if is_review else set()
    given = tables.get("towns")
    named: dict[str, str] = {}
    if given is not None and len(given):
        given = given[given["county_adcode"].notna()]  # a row may say other things of its town
        named = dict(zip(given["town_code"].astype("str"), given["county_adcode"].astype("str"), strict=True))
    for town in sorted(towns):
        yield town, known.get(town, named.get(town, ""))
        if town in named and town in known:
            yield town, named[town]


def _firms_from(dataset: str, tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """The towns the current version has the firms in that tables speak of, and those whose figures they take back; ""
    for firms it does not know."""
    rows = [tables[FIRMS][["firm_id", "period"]]] if len(tables.get(FIRMS, ())) else []
    if len(gone := tables.get(WITHDRAWALS, pd.DataFrame())):
        gone = gone[gone["table"] == FIRMS]
        rows.append(gone.assign(firm_id=gone["indicator"].astype("str").str.rpartition(".")[0])[["firm_id", "period"]])
    firms = pd.concat(rows, ignore_index=True).astype("str") if rows else pd.DataFrame()
    if not len(firms):
        return set()
    return set(standing(current(dataset), firms["firm_id"], firms["period"]))


def folder_of(dataset: str, submission: str) -> Path:
    check_name(dataset)
    folder = data_root() / dataset / FOLDER
    if not is_id(submission) or not (folder / submission / _RECORD).is_file():
        known = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        raise DatasetError(f"no submission {submission!r}", where=dataset, remedy=suggest(submission, known))
    return folder / submission


def keep(dataset: str, uploads: Sequence[Upload], checked: Checked, act: Act, *, checked_against: str) -> Submission:
    """Keep a submission with its files, findings and accepted values; it is `received`.

    Also one that may not be published is kept: `publish` refuses it, `reject` closes it.

    Raises:
        ActRefused: nobody is named. DatasetError: unknown dataset, disk full or not writable. Nothing is left behind.
    """
    check_name(dataset)
    # Of firms the town they are said to stand in: where they stood is for the review, and no answer to the sender.
    given = {**checked.tables, WITHDRAWALS: checked.withdrawn}
    fit(act, SUBMIT, dataset, touched(dataset, lambda: given, is_review=False))
    at = now()
    name = f"s{at[:19].replace('-', '').replace(':', '').replace('T', '-')}-{secrets.token_hex(2)}"
    home = data_root() / dataset / FOLDER
    counted = {"files": len(uploads), "rows": sum(map(len, checked.tables.values()))}
    with told(f"{dataset}/{FOLDER}"), act.doing("submit", name, dataset=dataset, **counted):
        make_folder(home)
        scratch = Path(tempfile.mkdtemp(prefix=".writing-", dir=home))
        try:
            record = {
                "id": name,
                "dataset": dataset,
                "submitted_by": act.who,
                "submitted_at": at,
                "note": act.note,
                "checked_against": checked_against,
                "files": _keep_files(scratch, uploads),
                "errors": checked.count("error") + checked.count("refusal"),
                "warnings": checked.count("warning"),
                "is_acceptable": checked.is_acceptable,
                **_keep_tables(scratch, checked),
            }
            _write(scratch / "findings.json", json.dumps([_plain(item) for item in checked.findings], indent=1))
            told_remarks = [asdict(remark) for remark in checked.remarks]
            _write(scratch / _REMARKS, json.dumps(told_remarks, ensure_ascii=False, indent=1))
            _write(scratch / _RECORD, json.dumps(record, ensure_ascii=False, indent=1))
            append_line(scratch / _LOG, asdict(Step(at, act.who, "received", act.note)))
            close_to_others(scratch)
            sync(scratch)
            os.rename(scratch, home / name)
            sync(home)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
    return open_submission(dataset, name)


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
    sync(path)


def _keep_files(scratch: Path, uploads: Sequence[Upload]) -> list[dict[str, Any]]:
    (scratch / "files").mkdir()
    kept = []
    for number, upload in enumerate(uploads, start=1):
        # The sender's name stays in the record only: it may hold anything.
        suffix = PurePosixPath(upload.name).suffix.lower()
        stored = f"{number:02d}{suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) < 10 else ''}"
        path = scratch / "files" / stored
        path.write_bytes(upload.content)
        path.chmod(0o400)
        sync(path)
        digest = hashlib.sha256(upload.content).hexdigest()
        kept.append(asdict(KeptFile(upload.name, stored, digest, len(upload.content))))
    sync(scratch / "files")
    return kept


def _keep_tables(scratch: Path, checked: Checked) -> dict[str, dict[str, Any]]:
    folder = scratch / "accepted"
    folder.mkdir()
    rows: dict[str, int] = {}
    hashes: dict[str, str] = {}
    for name, frame in {**checked.tables, WITHDRAWALS: checked.withdrawn}.items():
        if not len(frame):
            continue
        declared = {column.name for column in TABLES[name].columns}
        table = as_arrow(frame.drop(columns=[place for place in WHERE if place not in declared]), TABLES[name])
        for column in (place for place in WHERE if place not in declared):
            table = table.append_column(column, pa.array(frame[column].fillna("").astype("str").tolist(), pa.string()))
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        sync(path)
        rows[name], hashes[name] = len(frame), sha256(path)
    sync(folder)
    return {"tables": rows, "hashes": hashes}


def _plain(finding: Finding) -> dict[str, Any]:
    values = {
        name: {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value
        for name, value in finding.values.items()
    }
    plain: dict[str, Any] = json.loads(json.dumps({**asdict(finding), "values": values}, default=str))
    return plain


def open_submission(dataset: str, submission: str) -> Submission:
    """One submission with its log so far.

    Raises:
        DatasetError: there is none of this id, or its record is damaged.
    """
    folder = folder_of(dataset, submission)
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        files = tuple(KeptFile(**item) for item in record.pop("files"))
        steps = tuple(Step(**item) for item in read_lines(folder / _LOG))
        return Submission(**record, files=files, steps=steps)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DatasetError(
            f"record is damaged: {error}", where=f"{dataset}/{FOLDER}/{submission}", remedy="restore it from a backup"
        ) from error


def all_submissions(dataset: str, limit: int = 200) -> tuple[Submission, ...]:
    """Submissions of a dataset, the newest first; damaged ones are left out."""
    check_name(dataset)
    home = data_root() / dataset / FOLDER
    names = sorted((path.name for path in home.iterdir() if is_id(path.name)), reverse=True) if home.is_dir() else []
    found = []
    for name in names[:limit]:
        try:
            found.append(open_submission(dataset, name))
        except DatasetError:
            continue
    return tuple(found)


def accepted(submission: Submission) -> dict[str, pd.DataFrame]:
    """Accepted rows by table: columns as declared in `schema` (base units) and `file`, `sheet`, `cell`.

    Raises:
        DatasetError: a file is missing or differs from what was received.
    """
    frames = {}
    for name in submission.hashes:
        with pq.ParquetFile(accepted_path(submission, name)) as file:
            frames[name] = file.read(use_threads=False).to_pandas()
    return frames


def accepted_path(submission: Submission, table: str) -> Path:
    """File of a table's accepted rows, its hash checked.

    Raises:
        DatasetError: it is missing or differs from what was received.
    """
    path = folder_of(submission.dataset, submission.id) / "accepted" / f"{table}.parquet"
    if not path.is_file() or sha256(path) != submission.hashes[table]:
        raise DatasetError(
            "accepted values are missing or changed",
            where=f"{submission.dataset}/{FOLDER}/{submission.id}/{table}.parquet",
            remedy="submit the file again",
        )
    return path


def findings_of(submission: Submission) -> tuple[Finding, ...]:
    """What the checks found when it was received."""
    path = folder_of(submission.dataset, submission.id) / "findings.json"
    found = []
    for item in json.loads(path.read_text(encoding="utf-8")):
        values = {
            name: Text(value["zh"], value["en"]) if isinstance(value, dict) and value.keys() == {"zh", "en"} else value
            for name, value in item.pop("values").items()
        }
        found.append(Finding(**item, values=values))
    return tuple(found)


def remarks_of(submission: Submission) -> tuple[Remark, ...]:
    """What its senders wrote into remarks columns; none of deliveries kept before remarks were."""
    path = folder_of(submission.dataset, submission.id) / _REMARKS
    return tuple(Remark(**item) for item in json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ()


def original(submission: Submission, stored: str) -> bytes:
    """A file as it was sent, by its stored name.

    Raises:
        DatasetError: there is none of this name, or it was changed since.
    """
    where = f"{submission.dataset}/{FOLDER}/{submission.id}/{stored}"
    kept = next((file for file in submission.files if file.stored == stored), None)
    if kept is None:
        raise DatasetError(
            "no such file", where=where, remedy=suggest(stored, [file.stored for file in submission.files])
        )
    with told(where):
        content = (folder_of(submission.dataset, submission.id) / "files" / stored).read_bytes()
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise DatasetError("the file was changed after it was received", where=where, remedy="restore it")
    return content


def log_step(submission: Submission, step: Step) -> None:
    """Add a line to a submission's log; only for who holds the dataset's lock."""
    append_line(folder_of(submission.dataset, submission.id) / _LOG, asdict(step))
