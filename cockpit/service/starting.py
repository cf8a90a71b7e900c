"""How a start that cannot be ends: with one plain line and no traceback.

Imports the ground floor.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cockpit.errors import CockpitError

REFUSED: Final = 2  # as the commands' exit code of a refusal


@contextmanager
def told_plainly() -> Iterator[None]:
    """End the process with the sentence of an error of ours: what is wrong, where, and what to do."""
    try:
        yield
    except CockpitError as error:
        print(error, file=sys.stderr)
        raise SystemExit(REFUSED) from None
