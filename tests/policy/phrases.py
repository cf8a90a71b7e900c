"""The phrases of the policy that records quote, by clause, as they were found in the document.

`phrases.toml` is written by `tools/make_phrases.py` from the document itself, which is not shipped: a record's quote
that is not among them was never compared with it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

PHRASES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
