"""What checking costs: `python -m benchmarks.intake [--rows 20000 100000] [--firms 200000]`.

Workbooks of returns with eight columns and of firms with thirteen, made here and checked as an upload would be, each in
a process of its own. Prints seconds, processor seconds and peak memory beside what the issue expects; no threshold
fails the run.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import time
from datetime import date
from typing import Any, Final

from openpyxl import Workbook

SEED: Final = 2026
# Seconds, from the issue.
EXPECTED: Final = {20_000: 3.0, 100_000: 12.0}
FIRST_YEAR: Final = 2030


def returns(rows: int) -> bytes:
    """Every town for as many past years as it takes; the figures are random and large enough to be plausible."""
    from cockpit.datasets.store.loading import load

    towns = [(str(row.town_code), str(row.name_zh)) for row in load("demo").towns.itertuples()]
    draw = random.Random(SEED)
    head = [
        "小镇编码",
        "小镇名称",
        "期间",
        "总产出（万元）",
        "税收收入（万元）",
        "就业人数",
        "入驻企业",
        "研发经费（万元）",
    ]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("指标")
    sheet.append(head)
    for number in range(rows):
        code, name = towns[number % len(towns)]
        count, quarter = divmod(number // len(towns), 12)
        period = f"{FIRST_YEAR + count}-{quarter + 1:02d}"
        grown = (quarter + 1) * draw.uniform(0.995, 1.005)
        figures = [round(grown * base, 2) for base in (100_000, 9_000)]
        sheet.append(
            [code, name, period, *figures, draw.randint(900, 1100), draw.randint(90, 110), round(grown * 800, 2)]
        )
    return _saved(book)


def firms(rows: int) -> bytes:
    from cockpit.datasets.store.loading import load

    towns = [str(code) for code in load("demo").towns["town_code"]]
    draw = random.Random(SEED)
    head = ["企业编码", "企业名称", "小镇编码", "期间", "产业链", "链上环节", "高新技术企业", "上市企业", "链主企业"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    sheet.append([*head, "孵化载体", "营业收入（万元）", "税收（万元）", "从业人数"])
    for number in range(rows):
        marks = ["是" if draw.random() < share else "否" for share in (0.3, 0.02, 0.01)]
        place = [draw.choice(towns), "2025", "数字安防", "数字安防·传感器"]
        figures = [round(draw.uniform(10, 90_000), 2), round(draw.uniform(1, 9_000), 2), draw.randint(1, 900)]
        sheet.append([f"B{number:07d}", f"演示企业{number:07d}", *place, *marks, "", *figures])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def measure(content: bytes, answer: Any) -> None:
    """Check once in this process and send (seconds, seconds of processor, MiB, rows, findings)."""
    from cockpit.datasets.findings import Upload
    from cockpit.datasets.intake.checking import check_uploads
    from cockpit.datasets.store.loading import load

    dataset = load("demo")
    start, busy = time.perf_counter(), time.process_time()
    checked = check_uploads([Upload("a.xlsx", content)], dataset, as_of=date(2100, 1, 1))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    answer.put((seconds, busy, peak, sum(map(len, checked.tables.values())), len(checked.findings)))


def alone(content: bytes) -> tuple[float, float, int, int, int]:
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=measure, args=(content, answer))
    process.start()
    result: tuple[float, float, int, int, int] = answer.get()
    process.join()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=list(EXPECTED))
    parser.add_argument("--firms", type=int, default=200_000)
    given = parser.parse_args()
    heads = ("file MiB", "seconds", "CPU", "expected", "peak MiB", "read", "findings")
    print(f"{'sheet':<18}" + "".join(f"{head:>10}" for head in heads))
    for name, content, expected in (
        *((f"returns {rows:,}", returns(rows), EXPECTED.get(rows)) for rows in given.rows),
        *(((f"firms {given.firms:,}", firms(given.firms), None),) if given.firms else ()),
    ):
        seconds, busy, peak, read, findings = alone(content)
        wanted = f"< {expected:g}" if expected else ""
        size = len(content) / (1 << 20)
        figures = (f"{size:.1f}", f"{seconds:.2f}", f"{busy:.2f}", wanted, f"{peak}", f"{read:,}", f"{findings}")
        print(f"{name:<18}" + "".join(f"{figure:>10}" for figure in figures))


if __name__ == "__main__":
    main()
