"""The per-mu evaluation as JSON."""

from __future__ import annotations

from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from cockpit.briefings import per_mu as evaluate
from cockpit.policy.register import load as load_register
from cockpit.service.api.asking import Asked, answer, plain
from cockpit.vocabulary import PER_MU_CLASSES


def _per_mu(asked: Asked) -> dict[str, Any]:
    """Year, land type and the selected towns in the order of their codes."""
    found = evaluate(asked.desk, asked.briefing.selection.period, asked.extra["land"])
    if not found.has_land:
        return {"year": found.period or None, "land_type": found.land_type, "per_mu": []}
    made, items = found.evaluation, asked.desk.register.per_mu.items
    rows = []
    for at in np.flatnonzero(found.shown(asked.briefing.keep)):
        town, letter = found.towns.iloc[at], str(made.letter[at])
        rows.append(
            {
                "town_code": town["town_code"],
                "name": town["name_zh" if asked.language == "zh" else "name_en"],
                "class": letter,
                "class_text": PER_MU_CLASSES[letter].say(asked.language),
                "score": plain(made.score[at].item()),
                "place": int(made.place[at]) or None,
                "peer_group": str(made.group[at]).split("+"),
                "peer_group_size": int(made.group_size[at]),
                "leader": int(made.leader[at]) or None,
                "is_held_by_floor": bool(made.is_held[at]),
                "is_d_possible": bool(made.has_d[at]),
                "area_mu": plain(found.area_mu[at].item()),
                "items": {
                    name: {
                        "value": plain(found.values[at, column].item()),
                        "unit": item.unit,
                        "peer_base": plain(made.bases[at, column].item()),
                        "points": plain(made.points[at, column].item()),
                        "is_missing": bool(made.is_missing[at, column]),
                        "is_imputed": bool(made.is_imputed[at, column]),
                        "is_capped": bool(made.is_capped[at, column]),
                    }
                    for column, (name, item) in enumerate(items.items())
                },
            }
        )
    return {"year": found.period, "land_type": found.land_type, "per_mu": rows}


async def per_mu(request: Request) -> Response:
    """The selected towns with score, class and the six items; no town where there is no land of the type."""
    land = load_register().per_mu.land
    offered = (land.default, *(name for name in land.offered if name != land.default))
    return await answer(request, _per_mu, {"land": offered})
