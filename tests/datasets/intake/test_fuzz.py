"""Some thousands of spoilt files, each seeded: whatever is in them, the process lives and an answer comes.

Valid files of every kind are cut, stirred, doubled and crossed; workbooks also inside their parts, so that most pass
the gate. What the checks say of them is not asked here, only that they say it, within memory and time. A reader that
dies is told as such and costs a process of its own; a checker of ours that raises is a fault of ours.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.apart import check_now
from cockpit.datasets.store.loading import load
from tests.datasets import bombs
from tests.datasets.bad_files import csv_bytes, filled

SEED = 20261128
BATCHES, EACH = 40, 30
TODAY = date(2026, 11, 28)
# Told of a file by the process around the reader; everything else is an ordinary answer.
LOST = {"too_demanding", "too_slow", "reader_died", "not_reached"}


def seeds() -> dict[str, bytes]:
    rows = [
        ["小镇编码", "期间", "总产出", "税收收入"],
        ["D330102A", "2025", "13", "1.2"],
        ["D330106A", "2025", "9", ""],
    ]
    table = pa.table({"town_code": ["D330102A"] * 50, "period": ["2025"] * 50, "total_output_yuan": [1e9] * 50})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><f>1+1</f><v>2</v></c>'
        '<c t="e"><v>#REF!</v></c></row>'
        for row in range(1, 40)
    )
    shared = "<sst><si><t>小镇编码</t></si><si><r><t>期间</t></r></si></sst>"
    return {
        "a.xlsx": filled(),
        "b.xlsx": bombs.sheet_of(cells + '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', shared),
        "a.csv": csv_bytes(rows),
        "b.csv": csv_bytes(rows, "gb18030", "\t"),
        "c.csv": csv_bytes(rows, "utf-16"),
        "a.parquet": sink.getvalue(),
    }


# What means something to a reader of sheets, texts or Parquet, and the edges of numbers.
TOKENS = [
    b"<c ", b"</c>", b"<row ", b"</row>", b"<v>", b"</v>", b"<f/>", b"<is><t>", b' r="XFD1048576"', b' r="A99999999"',
    b' r="ZZZZ1"', b' t="s"', b' t="e"', b' t="inlineStr"', b' hidden="1"', b'ref="A1:XFD1048576"', b"&#x41;", b"]]>",
    b"<!--", b"999999999999999999999", b"-1", b"1e999", b"NaN", b'"', b"'", b",", b"\t", b"\r", b"\n", b"\0",
    b"\xff\xfe", b"PAR1", b"PK\x03\x04", b"\x15\x00\x15", "\u202e小镇".encode(),
    "，".encode(), "①".encode(), b"=cmd|' /c'!A1", b"(" * 50,
]  # fmt: skip


def stir(draw: random.Random, content: bytes) -> bytes:
    """A few changes of bytes: flipped, cut, doubled, moved, and tokens put in."""
    data = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        at, length = draw.randrange(len(data) + 1), draw.choice((1, 1, 2, 8, 64, 1024))
        kind = draw.randrange(6)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length] * draw.choice((1, 2, 50))
        elif kind == 3:
            data[at:at] = draw.choice(TOKENS) * draw.choice((1, 1, 3, 200))
        elif kind == 4:
            data[at : at + length] = draw.randbytes(min(length, 64))
        else:
            other = draw.randrange(len(data) + 1)
            data[at:at] = data[other : other + length]
    return bytes(data)


def spoil(draw: random.Random, name: str, content: bytes, others: list[bytes]) -> bytes:
    if draw.random() < 0.05:
        cut = draw.randrange(len(content))
        return content[:cut] + draw.choice(others)[cut:]
    if not name.endswith(".xlsx") or draw.random() < 0.2:
        return stir(draw, content)
    # Within a part: the file itself stays a workbook.
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.namelist()
        chosen = draw.choice([part for part in parts if "sheet" in part or "shared" in part.casefold()] or parts)
        for part in parts:
            new.writestr(part, stir(draw, old.read(part)) if part == chosen else old.read(part))
    return out.getvalue()


@pytest.mark.long
def test_spoilt_files_never_end_the_process_and_are_always_answered() -> None:
    draw, whole, dataset = random.Random(SEED), seeds(), load("demo")
    told: Counter[str] = Counter()
    for batch in range(BATCHES):
        uploads = []
        for number in range(EACH):
            name = draw.choice(sorted(whole))
            uploads.append(Upload(f"{number}-{name}", spoil(draw, name, whole[name], list(whole.values()))))
        checked = check_now(uploads, dataset, as_of=TODAY)
        assert checked.upload_names == tuple(upload.name for upload in uploads)
        lost = [finding for finding in checked.findings if finding.rule in LOST]
        assert not lost, f"batch {batch}: {[(item.file, item.rule) for item in lost]}"
        told.update(finding.rule for finding in checked.findings)
        for finding in checked.findings:
            assert finding.sentences("zh")
            assert finding.sentences("en")
    assert len(told) > 15, f"the spoilt files reach few rules: {told}"
    assert told["damaged"] < 0.6 * BATCHES * EACH, "most files must get past the gate, or nothing behind it is tried"
