"""What firm tables are added up by and to; named once for schema, engines and the pages."""

from __future__ import annotations

from typing import Final

KEYS: Final = ("period", "town_code", "chain_id", "node_id")
AMOUNTS: Final = ("revenue_yuan", "tax_yuan", "staff_count")
FLAGS: Final = (
    "is_high_tech", "is_listed", "is_chain_leader", "is_single_champion", "is_hidden_champion", "is_little_giant",
)  # fmt: skip
CARRIERS: Final = ("maker_space", "incubator", "accelerator", "park")
COUNTS: Final = (*(f"{flag.removeprefix('is_')}_count" for flag in FLAGS), *(f"{kind}_count" for kind in CARRIERS))
FIGURES: Final = ("firm_count", *AMOUNTS, *COUNTS)
