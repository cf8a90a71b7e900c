"""Grants: who has which role, where, from when until when, by whom and why. Append-only, revocations as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from cockpit.access import audit
from cockpit.access.accounts import row_of
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person
from cockpit.access.tables import GRANTS
from cockpit.rights import NOWHERE, PROVINCE, Scope, read_scope
from cockpit.texts import visible
from cockpit.vocabulary import PREFECTURES

State = Literal["valid", "to_come", "over", "revoked"]
_LONGEST: Final = 500


@dataclass(frozen=True)
class Grant:
    """One grant with what became of it; `by` is the account that gave it."""

    number: int
    at: datetime
    account: str
    role: str
    scope: Scope
    first_day: date | None
    last_day: date | None
    by: str
    reason: str
    revoked_at: datetime | None = None

    def state(self, day: date) -> State:
        """What it is worth on a day."""
        if self.revoked_at is not None:
            return "revoked"
        if self.first_day is not None and day < self.first_day:
            return "to_come"
        return "over" if self.last_day is not None and day > self.last_day else "valid"


def give(
    access: Access,
    account: str,
    role: str,
    scope: Scope,
    person: Person,
    reason: str,
    county_of: Mapping[str, str],
    *,
    first_day: date | None = None,
    last_day: date | None = None,
) -> int:
    """Give a role; returns the number of the grant.

    Args:
        county_of: county of every town a scope may name.

    Raises:
        AccessFault: unknown account or role, an empty or wider scope than the giver's, days the wrong way round, no
            reason, any role beside one that stands apart, a part of the province for a role that knows no parts, or
            the giver's own account.
    """
    audit.demand(access, person, "grant", "grant.give", account)
    reason = visible(reason).strip()[:_LONGEST]
    design = access.design
    for is_wrong, why, told in (
        (not account, "account_missing", {}),
        (row_of(access, account) is None, "account_unknown", {"account": account}),
        (role not in design.roles, "role_unknown", {"role": role}),
        (scope == NOWHERE, "scope_empty", {}),
        (not is_known(scope, county_of), "scope_unknown", {}),
        (not reason, "reason_missing", {}),
        (first_day is not None and last_day is not None and last_day < first_day, "days_reversed", {}),
        (last_day is not None and last_day < access.today(), "day_over", {}),
        (account == person.id, "own_grant", {}),
    ):
        if is_wrong:
            raise AccessFault(why, **told)
    if not scope.within(person.rights.scope("grant"), county_of):
        audit.note(access, "grant.give", "refused", person=person, about=account, role=role, scope=str(scope))
        raise AccessFault("scope_wider")
    # Accounts and the audit record are those of the whole house: a part of the province would be no bound.
    if not scope.is_all and {"administer", "audit"} & set(design.roles[role].verbs):
        raise AccessFault("scope_whole")
    apart = {name for name, record in design.roles.items() if record.is_apart}
    held = {grant.role for grant in of_account(access, account) if grant.state(access.today()) in ("valid", "to_come")}
    # An administrator is nothing else: who makes accounts or grants, or reads the record, sees and does no business.
    if held - {role} and (role in apart or held & apart):
        raise AccessFault("roles_apart")
    values = {
        "at": access.now(), "account": account, "role": role, "scope": str(scope), "first_day": first_day,
        "last_day": last_day, "by": person.id, "reason": reason, "revokes": 0,
    }  # fmt: skip
    with access.database.connection(writes=True) as connection:
        number = connection.execute(sa.insert(GRANTS).returning(GRANTS.c.number), values).scalar_one()
        until = last_day.isoformat() if last_day else ""
        audit.write(
            access, connection, "grant.give", person=person, about=account,
            role=role, scope=str(scope), until=until, number=number,
        )  # fmt: skip
    return int(number)


def _is_area(adcode: str) -> bool:
    """Whether a code is the province's, or that of a prefecture or of a place within one."""
    return adcode == PROVINCE or f"{adcode[:4]}00" in PREFECTURES


def revoke(access: Access, number: int, person: Person, reason: str, county_of: Mapping[str, str]) -> None:
    """Take a grant back; it stays on record.

    Raises:
        AccessFault: no such grant, revoked already, outside the own scope, the own one, no reason.
    """
    audit.demand(access, person, "grant", "grant.revoke", str(number))
    found = next((grant for grant in every(access) if grant.number == number), None)
    if found is None or found.revoked_at is not None:
        raise AccessFault("grant_unknown")
    if not visible(reason).strip():
        raise AccessFault("reason_missing")
    if found.account == person.id:
        raise AccessFault("own_grant")
    if not found.scope.within(person.rights.scope("grant"), county_of):
        audit.note(access, "grant.revoke", "refused", person=person, about=found.account, number=number)
        raise AccessFault("scope_wider")
    values = {
        "at": access.now(), "account": found.account, "role": found.role, "scope": str(found.scope),
        "first_day": None, "last_day": None, "by": person.id, "reason": visible(reason).strip()[:_LONGEST],
        "revokes": number,
    }  # fmt: skip
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.insert(GRANTS), values)
        audit.write(access, connection, "grant.revoke", person=person, about=found.account, number=number)


def is_known(scope: Scope, county_of: Mapping[str, str]) -> bool:
    """Whether all places of a scope exist; a county may be one without towns yet, if its prefecture is ours."""
    return all(map(_is_area, scope.areas)) and all(town in county_of for town in scope.towns)


def is_due(access: Access, grant: Grant) -> bool:
    """Whether somebody should look at a grant again: it is valid, and older than the time after which one does."""
    age = access.now() - grant.at
    return grant.state(access.today()) == "valid" and age.days > access.design.limit("grant_review_days")


def every(access: Access) -> tuple[Grant, ...]:
    """All grants, newest first, with what was revoked of them."""
    return _read(access, None)


def of_account(access: Access, account: str) -> tuple[Grant, ...]:
    """Grants of one account."""
    return _read(access, account)


def _read(access: Access, account: str | None) -> tuple[Grant, ...]:
    query = sa.select(GRANTS).order_by(GRANTS.c.number.desc())
    if account is not None:
        query = query.where(GRANTS.c.account == account)
    with access.database.connection() as connection:
        rows = connection.execute(query).mappings().all()
    taken = {row["revokes"]: row["at"] for row in rows if row["revokes"]}
    return tuple(_grant(row, taken.get(row["number"])) for row in rows if not row["revokes"])


def _grant(row: Mapping[Any, Any], revoked_at: datetime | None) -> Grant:
    return Grant(
        number=int(row["number"]),
        at=row["at"],
        account=row["account"],
        role=row["role"],
        scope=read_scope(row["scope"]),
        first_day=row["first_day"],
        last_day=row["last_day"],
        by=row["by"],
        reason=row["reason"],
        revoked_at=revoked_at,
    )
