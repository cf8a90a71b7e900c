"""Tables of elements written down by hand, for tests."""

from __future__ import annotations

import pandas as pd

from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.columns import empty
from cockpit.policy.elements import STATED
from cockpit.policy.register import Register, load

REGISTER: Register = load()
KINDS = REGISTER.elements.kinds


def tables(**rows: list[dict[str, object]]) -> dict[str, pd.DataFrame]:
    """Tables of every kind by its id, empty but for the rows given; `stated` is (town, kind, day, how many)."""
    found = {name: empty(TABLES[name]).to_pandas() for name in (STATED, *(kind.table for kind in KINDS.values()))}
    for name, given in rows.items():
        table = STATED if name == "stated" else KINDS[name].table
        columns = [column.name for column in TABLES[table].columns]
        found[table] = pd.DataFrame(given).reindex(columns=columns)
    return found
