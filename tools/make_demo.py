"""Build the dataset "demo": fictional towns with simulated figures, for shows, tests and benchmarks.

    python -m tools.make_demo

Three versions, as three quarters were published; the newest holds everything (`tools/demo/releases.py`).

One seed, no clock: every run writes the same bytes. Needs the public dataset (counties are real and the same in both)
and the county borders; build those first. Industry chains are the register's. Every row made here has provenance
`simulated`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Final

import pandas as pd

ROOT: Final = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # started as a script rather than with -m
    sys.path.insert(0, str(ROOT))

from cockpit.datasets.schema import TABLES  # noqa: E402
from cockpit.datasets.store import versions  # noqa: E402
from cockpit.errors import DatasetError  # noqa: E402
from cockpit.policy.register import load as load_register  # noqa: E402
from tools.demo import calibration as cal  # noqa: E402
from tools.demo import elements, firms, matters, plans, records, returns, towns  # noqa: E402
from tools.demo.releases import RELEASES, known_at  # noqa: E402

DATASET: Final = "demo"


def reported_indicators(register: Path) -> dict[str, str]:
    """Return the indicators towns return themselves -> stock or flow: not computed, not taken from elsewhere."""
    computed = {"plus", "minus", "numerator", "denominator", "origin_of_value"}
    records = tomllib.loads(register.read_text(encoding="utf-8"))
    return {name: str(record["kind"]) for name, record in records.items() if not computed & set(record)}


def make_frames(public: Path, borders: Path, register: Path) -> tuple[dict[str, pd.DataFrame], list[towns.Town]]:
    """Return every table of the demo's newest version, and the towns they are of.

    Args:
        public: folder of the public dataset.
        borders: GeoJSON of the counties.
        register: the indicators' TOML file.
    """
    if not borders.is_file():
        raise DatasetError(
            "county borders are missing", where=borders.name, remedy="run tools/make_boundaries.py first"
        )
    manifest = versions.read_manifest(public, versions.current_version(public))
    real = {name: versions.read_table(public, manifest, name).to_pandas() for name in ("counties", "towns")}
    made = towns.make_towns(real["counties"], json.loads(borders.read_text(encoding="utf-8")))
    town_table = towns.towns_table(made)
    shared = set(town_table["name_zh"]) & (set(real["towns"]["name_zh"]) | set(real["towns"]["alias"].dropna()))
    if shared:
        raise DatasetError(
            f"fictional towns carry real names: {sorted(shared)}", where=DATASET, remedy="change the themes"
        )
    returned, panel, _ = returns.make_returns(made, reported_indicators(register))
    register_read = load_register()
    chains = register_read.chains
    firm_table = firms.firms_table(made, panel, chains)
    frames = {
        "towns": town_table,
        "returns": returned,
        "published": pd.DataFrame(columns=[column.name for column in TABLES["published"].columns]),
        "counties": real["counties"],
        "land": records.land_table(made, panel),
        "list_history": towns.history_table(made),
        "assessments": records.assessments_table(made),
        "plans": records.plans_table(made, panel),
        "extensions": records.extensions_table(made),
        "inspections": records.inspections_table(made),
        "firms": firm_table,
        "node_silences": firms.silences_table(firm_table, chains),
        "sources": pd.DataFrame(
            [
                {
                    "source_id": cal.SOURCE_ID,
                    "publisher": "演示数据生成器",
                    "dated": RELEASES[-1].day,
                    "kind": "simulated",
                }
            ]
        ),
        **elements.element_tables(made, register_read.elements, chains),
    }
    return frames, made


def build(root: Path, data: Path = ROOT / "data") -> versions.Manifest:
    """Write the demo's versions below `root`, replacing earlier builds of them; returns the newest one's manifest.

    Args:
        root: folder that holds the datasets, usually `data`.
        data: the project's data folder, read only.
    """
    last, made = make_frames(data / "public", data / "geo" / "counties.geojson", data / "policy" / "indicators.toml")
    for release in RELEASES:
        shutil.rmtree(root / DATASET / "versions" / release.version, ignore_errors=True)
        written = versions.write_version(
            root, release.manifest(DATASET), known_at(release, last, made), is_private=False
        )
    matters.write(root / DATASET, matters.make_events(root / DATASET))
    plans.make_plans(root / DATASET)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the demo dataset: fictional towns, simulated figures.")
    parser.add_argument("--root", type=Path, default=ROOT / "data", help="folder that holds the datasets")
    written = build(parser.parse_args().root)
    for table, rows in written.rows().items():
        print(f"{table:14} {rows:>7}")


if __name__ == "__main__":
    main()
