"""An answer held against the description of the interface, by a validator that knows nothing of our models."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from cockpit.service.api.openapi import document


def _closed(schema: Any) -> Any:
    """The same with every object holding the keys it names and no others."""
    if isinstance(schema, dict):
        inner = {name: _closed(value) for name, value in schema.items()}
        return {**inner, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else inner
    return [_closed(item) for item in schema] if isinstance(schema, list) else schema


@lru_cache(maxsize=1)
def _components() -> dict[str, Any]:
    return {"schemas": _closed(copy.deepcopy(document()["components"]["schemas"]))}


def fits(address: str, answer: Any, status: int = 200) -> None:
    """Fails where the answer of `/api/v1/<address>` is not what the description says, at any depth."""
    described = document()["paths"][f"/api/v1/{address}"]["get"]["responses"][str(status)]
    schema = described["content"]["application/json"]["schema"]
    found = Draft202012Validator({**schema, "components": _components()}).iter_errors(answer)
    misfits = [f"{error.json_path}: {error.message[:200]}" for error in found]
    assert not misfits, misfits[:5]
