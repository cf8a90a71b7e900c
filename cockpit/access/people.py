"""A person as every other room knows him: who he is and what he may do, looked up anew for every act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from cockpit.acting import Actor, Recorder
from cockpit.policy.access_design import VERBS, AccessDesign
from cockpit.rights import ALL, NO_RIGHTS, NOWHERE, Rights, Scope, joined

_LONGEST: Final = 60  # signs of a name in the decision log
Way = Literal["local", "password", "oidc", "proxy", "device", "api"]


@dataclass(frozen=True)
class Person:
    """`id` is the account (or the key), `name` and `office` what a reader calls him, `session` the first signs of the
    session's hash, `address` where it was opened from. `sees` are the towns he may look at, which a role may make wider
    than its scope."""

    id: str
    name: str
    office: str = ""
    roles: tuple[str, ...] = ()
    rights: Rights = NO_RIGHTS
    sees: Scope = NOWHERE
    way: Way = "local"
    session: str = ""
    address: str = ""

    @property
    def is_local(self) -> bool:
        return self.way == "local"

    @property
    def mark(self) -> str:
        """What he may do and see, shortened; a page drawn under another one shows what he may not see any more."""
        told = [*(f"{verb} {scope}" for verb, scope in sorted(self.rights.by_verb.items())), str(self.sees)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]

    def actor(self, recorder: Recorder) -> Actor:
        """He himself, as writes take him."""
        return Actor(self.label, via="account", rights=self.rights, recorder=recorder)

    @property
    def label(self) -> str:
        """Name with the account behind it, for names repeat; the account alone where both are too long to be kept."""
        label = f"{self.name}（{self.id}）"
        return label if len(label) <= _LONGEST else self.id


LOCAL: Final = Person(
    "local", "本机用户", rights=joined([(VERBS, ALL)]), sees=ALL, roles=(), way="local"
)  # the person at this machine may do everything


def rights_of(design: AccessDesign, grants: Iterable[tuple[str, Scope]]) -> tuple[Rights, Scope]:
    """What grants give together, each as (role, scope): rights, and the towns that may be seen.

    A role that is no longer among the records gives nothing, nor does any beside one that stands apart: grants of
    before this was asked for hold no longer.
    """
    held = [(design.roles[role], scope) for role, scope in grants if role in design.roles]
    if any(role.is_apart for role, _ in held):
        held = [(role, scope) for role, scope in held if role.is_apart]
    sees = NOWHERE
    for role, scope in held:
        if role.reads != "none":
            sees |= ALL if role.reads == "province" else scope
    return joined((role.verbs, scope) for role, scope in held), sees
