"""Verbs, roles and the limits of sign-in, as records: `access.toml`. All of it is our choice.

Imports the ground floor, `intake_design`, `reading` and `records`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import Field

from cockpit.errors import RecordError, suggest
from cockpit.policy.intake_design import IntakeFigure, check_whole
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import Explained, Origin, Record

_FILE: Final = "access.toml"
_SECTIONS: Final = ("verb", "role", "limit", "common", "group")
_LIMITS: Final = (
    "idle_minutes", "session_hours", "failures", "lock_minutes", "address_failures", "password_length", "password_days",
    "first_password_days", "passwords_kept", "hashings_at_once", "grant_review_days", "audit_days", "small_group",
    "reset_notice_days",
)  # fmt: skip
# What the program asks for by name; a verb more would be granted and never asked for.
VERBS: Final = (
    "read", "export", "see_history", "submit", "publish", "roll_back", "decide", "file_task", "answer_task",
    "verify_task", "plan", "see_wall", "administer", "grant", "audit",
)  # fmt: skip


class VerbRecord(Explained):
    """`[verb.<id>]`: something one may do."""

    origin: Origin = "own"


class Role(Explained):
    """`[role.<id>]`: the verbs a grant of it gives, within its scope.

    `reads`: the towns its holder sees: those of the scope, of the whole province, or none. `is_apart`: nobody
    holds one of these and any other role (系统、安全、审计三权分立).
    """

    verbs: list[str] = Field(min_length=1)
    reads: Literal["scope", "province", "none"]
    is_apart: bool = False
    origin: Origin = "own"


class Group(Record):
    """`[group.<id>]`: a group of the sign-on service, by the name it says, and the grant it stands for."""

    name: str = Field(min_length=1)
    role: str
    scope: str = Field(min_length=1)


class CommonWords(Record):
    """`[common]`: words no password may be made of."""

    words: list[str] = Field(min_length=1)


@dataclass(frozen=True)
class AccessDesign:
    """The whole file, checked; `common` are words no password may be made of, in lower case."""

    verbs: dict[str, VerbRecord]
    roles: dict[str, Role]
    limits: dict[str, IntakeFigure]
    common: frozenset[str]
    groups: dict[str, Group]

    def limit(self, name: str) -> int:
        return int(self.limits[name].value)


def read_access(tables: Mapping[str, Any]) -> AccessDesign:
    """Validate the tables of the file.

    Raises:
        RecordError: unknown section, bad record, a verb or limit missing or unknown, a role with an unknown verb.
    """
    for section in tables:
        if section not in _SECTIONS:
            raise RecordError(f"unknown section {section!r}", where=_FILE, remedy=suggest(section, _SECTIONS))
    for section, expected in (("verb", VERBS), ("limit", _LIMITS)):
        same_names(section, tables.get(section, {}), expected, _FILE)
    verbs = {name: validate(VerbRecord, name, tables["verb"][name], f"{_FILE} verb") for name in VERBS}
    roles = {name: validate(Role, name, fields, f"{_FILE} role") for name, fields in tables.get("role", {}).items()}
    for name, role in roles.items():
        for verb in role.verbs:
            if verb not in verbs:
                where = f"{_FILE} [role.{name}] verbs"
                raise RecordError(f"unknown verb {verb!r}", where=where, remedy=suggest(verb, VERBS))
    limits = {name: validate(IntakeFigure, name, tables["limit"][name], f"{_FILE} limit") for name in _LIMITS}
    check_whole("limit", limits, _FILE)
    common = validate(CommonWords, "common", tables.get("common"), _FILE)
    groups = {name: validate(Group, name, fields, f"{_FILE} group") for name, fields in tables.get("group", {}).items()}
    for name, group in groups.items():
        if group.role not in roles:
            where = f"{_FILE} [group.{name}] role"
            raise RecordError(f"unknown role {group.role!r}", where=where, remedy=suggest(group.role, roles))
    return AccessDesign(verbs, roles, limits, frozenset(word.casefold() for word in common.words), groups)
