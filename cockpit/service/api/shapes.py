"""What every answer has in common: the base of all shapes, the head, the faults, words out of a list that is data.

A shape is written once, as a pydantic model beside what fills it. It refuses a field it does not know, a value of
another kind and NaN, and the description of the interface is made from it (`openapi.document`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import core_schema
from starlette.responses import Response

# A whole number stays one.
Number = Annotated[int | float, WithJsonSchema({"type": "number"})]


class ApiShape(BaseModel):
    """An object of an answer. Missing is null, never zero and never NaN; every key is always there."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


@dataclass(frozen=True)
class OneOf:
    """In `Annotated[str, OneOf(...)]`: a text out of a list; a function is asked anew at each look."""

    among: Collection[str] | Callable[[], Collection[str]]

    def options(self) -> list[str]:
        return list(self.among() if callable(self.among) else self.among)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def look(value: str) -> str:
            among = self.among() if callable(self.among) else self.among
            if value not in among:
                raise ValueError(f"{value!r} is none of {', '.join(among)}")
            return value

        return core_schema.no_info_after_validator_function(look, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "enum": self.options()}


@dataclass(frozen=True)
class Keyed:
    """In `Annotated[dict[str, X], Keyed(...)]`: an object that holds exactly these keys."""

    among: Callable[[], Collection[str]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def look(value: dict[str, Any]) -> dict[str, Any]:
            if set(value) != set(self.among()):
                raise ValueError(f"keys {', '.join(value)} instead of {', '.join(self.among())}")
            return value

        return core_schema.no_info_after_validator_function(look, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        item, names = handler(schema)["additionalProperties"], list(self.among())
        return {"type": "object", "properties": dict.fromkeys(names, item), "required": names}


class Head(ApiShape):
    """What every answer says first: which data, judged by which register, of which towns."""

    dataset: str
    version: str
    published_at: str
    published_register: str | None = Field(description="hash of the register in force when the version was published")
    register_: str = Field(serialization_alias="register", description="hash of the register that judged this answer")
    is_simulated: bool
    as_of: date
    period: str
    target_set: str = Field(serialization_alias="set", description="set of targets judged by")
    towns_selected: int
    towns_total: int


class Fault(ApiShape):
    """Why there is no answer, where it lies and what to do."""

    error: str
    where: str
    remedy: str


class UnknownValue(ApiShape):
    """A parameter or value that is not understood."""

    parameter: str
    value: str


class Refusal(Fault):
    """What is wrong with the request; `unknown` names all of it where parameters or values are not understood."""

    unknown: list[UnknownValue]


def sent(body: ApiShape, status: int = 200) -> Response:
    """A shape as the JSON that is sent."""
    return Response(body.model_dump_json(by_alias=True), status_code=status, media_type="application/json")
