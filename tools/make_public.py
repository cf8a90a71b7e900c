"""Clean the published figures in data/public/raw and write them as version v0001 of the dataset "public".

    python tools/make_public.py                  rebuild data/public/versions/v0001 (same input, same bytes)
    python tools/make_public.py --compare DIR    check the trimmed input against the full collection in DIR

May import `cockpit.datasets` and `tools.public`. Every figure keeps what the source wrote beside the base value.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Final

import pandas as pd

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a script rather than with -m
    sys.path.insert(0, str(ROOT))

from cockpit.datasets.store.versions import Manifest, write_version  # noqa: E402
from tools.public.comparing import compare  # noqa: E402
from tools.public.reading import read_raw  # noqa: E402
from tools.public.tables import make_tables  # noqa: E402

__all__ = ["MANIFEST", "build", "compare", "read_raw"]

MANIFEST: Final = Manifest(
    dataset="public",
    version="v0001",
    number=1,
    parent=None,
    published_at="2026-11-20T09:00:00+08:00",
    published_by="tools/make_public.py",
    note="Published figures on Zhejiang's characteristic towns, 2014 to 2025, cleaned and cited; sparse by town.",
    is_simulated=False,
    default_period="2022",
)


def build(root: Path) -> Manifest:
    """Write the version under `root` (the folder that holds the datasets) in place of an earlier build."""
    tables = make_tables()
    shutil.rmtree(root / MANIFEST.dataset / "versions" / MANIFEST.version, ignore_errors=True)
    return write_version(root, MANIFEST, {name: pd.DataFrame(rows) for name, rows in tables.items()}, is_private=False)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the dataset of published figures.")
    parser.add_argument(
        "--compare", type=Path, metavar="DIR", help="check the trimmed input against the collection in DIR"
    )
    folder = parser.parse_args().compare
    if folder:
        problems = compare(folder)
        print("\n".join(problems) or "the trimmed input agrees with the collection")
        return 1 if problems else 0
    for table, count in build(ROOT / "data").rows().items():
        print(f"{table}: {count}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
