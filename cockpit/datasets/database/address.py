"""Where the one database is. Imports nothing of the database itself, so that a start does not wait for it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

SETTING: Final = "COCKPIT_DATABASE_URL"
OLDER: Final = "COCKPIT_DECISIONS_URL"  # from when the decision log stood alone
_FILE: Final = Path(__file__).resolve().parents[3] / "var" / "decisions.sqlite"


def database_address(environment: Mapping[str, str] | None = None) -> str:
    """Its address: `COCKPIT_DATABASE_URL`, else the older `COCKPIT_DECISIONS_URL`, else a file in `var`."""
    given: Mapping[str, Any] = os.environ if environment is None else environment
    return str(given.get(SETTING) or given.get(OLDER) or f"sqlite:///{_FILE}")
