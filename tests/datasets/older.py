"""Versions as an older or a newer program would have left them, in a folder of the test's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cockpit.datasets.schema import SCHEMA, TABLES
from cockpit.datasets.store.loading import SHIPPED
from cockpit.datasets.store.versions import MANIFEST, current_version, sha256

# What the first manifests held.
FIRST_FIELDS = ("dataset", "version", "number", "parent", "published_at", "published_by", "note", "is_simulated",
                "default_period", "files")  # fmt: skip


def lay_trimmed(root: Path, dataset: str, *, keeps_tables: bool) -> None:
    """Lay the shipped version of `dataset` under `root` without optional columns and without a schema number.

    With `keeps_tables` optional tables stay, less their optional columns; otherwise they are gone.
    """
    folder = lay(root, dataset)
    manifest = read(folder)
    for name in list(manifest["files"]):
        table, path = TABLES[name], folder / f"{name}.parquet"
        if table.optional and not keeps_tables:
            del manifest["files"][name]
            path.unlink()
            continue
        stored = pq.read_table(path)
        pq.write_table(stored.select([column.name for column in table.columns if column.must_be_there]), path)
        manifest["files"][name]["sha256"] = sha256(path)
    write(folder, {key: manifest[key] for key in FIRST_FIELDS})


def lay(root: Path, dataset: str, version: str = "") -> Path:
    """Lay the newest shipped version under `root` as it is, by its own id or another; return its folder."""
    base, shipped = root / dataset, current_version(SHIPPED / dataset)
    version = version or shipped
    folder = base / "versions" / version
    shutil.copytree(SHIPPED / dataset / "versions" / shipped, folder)
    (base / "CURRENT").write_text(f"{version}\n", encoding="utf-8")
    write(folder, {**read(folder), "version": version, "number": int(version[1:])})
    return folder


def read(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def write(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def newer(place: Path, version: str = "v0004") -> None:
    """A version of a newer program as current: a field, a table and a column this one does not know."""
    folder = lay(place, "demo", version)
    manifest = read(folder)
    manifest["files"]["cases"] = manifest["files"].pop("plans")
    (folder / "plans.parquet").rename(folder / "cases.parquet")
    write(folder, {**manifest, "schema": SCHEMA + 1, "approved_by": "王五"})
