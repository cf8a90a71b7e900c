"""Boundaries for the maps, read once; the files can be replaced by `COCKPIT_GEO_DIR`.

May import the ground floor. The shipped files are derived by tools/make_boundaries.py; see data/geo/NOTICE.md.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cockpit.errors import DatasetError

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "geo"


def boundaries_folder() -> Path:
    return Path(os.environ.get("COCKPIT_GEO_DIR") or FOLDER)


@lru_cache(maxsize=8)
def read_boundaries(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Parsed GeoJSON of `prefectures_light`, `counties_light` and the like; shared, never written to.

    Raises:
        DatasetError: the file is missing or not GeoJSON.
    """
    path = (folder or boundaries_folder()) / f"{name}.geojson"
    try:
        parsed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise DatasetError(
            f"boundaries cannot be read: {error}",
            where=path.name,
            remedy="run tools/make_boundaries.py or mend COCKPIT_GEO_DIR",
        ) from error
    if parsed.get("type") != "FeatureCollection":
        raise DatasetError(
            "not a FeatureCollection",
            where=path.name,
            remedy="replace it by a GeoJSON FeatureCollection with properties.adcode",
        )
    return parsed
