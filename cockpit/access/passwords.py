"""Passwords: hashed by argon2id, judged by the records, checked by few at once so that pages do not wait for them."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from cockpit.policy.access_design import AccessDesign

# Memory in KiB, passes, lanes: a fifth of a second on a small machine, where the library's own profile takes a second.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
LONGEST: Final = 128  # hashing takes time by length
_KINDS: Final = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")
_KINDS_NEEDED: Final = 3
# Without signs that are read for one another; words a person can read out.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
_DIGITS: Final = "23456789"


class Hashing:
    """Hashes and checks, at most so many at once; the others wait."""

    def __init__(self, at_once: int) -> None:
        self._room = threading.BoundedSemaphore(at_once)

    def hash(self, password: str) -> str:
        with self._room:
            return _HASHER.hash(password)

    def fits(self, kept: str, password: str) -> bool:
        """Whether a password is the one kept; as slow for an account without one, or one that does not exist."""
        with self._room:
            try:
                return bool(_HASHER.verify(kept or _nobody(), password)) and bool(kept)
            except (Argon2Error, InvalidHashError):
                return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash of a password nobody has."""
    return _HASHER.hash(secrets.token_hex(16))


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with weaker figures than ours; it is made anew at the next sign-in."""
    try:
        return _HASHER.check_needs_rehash(kept)
    except InvalidHashError:
        return False


def faults(design: AccessDesign, account: str, password: str) -> tuple[str, ...]:
    """What is wrong with a new password, as ends of phrase keys `access.password.*`; empty when it may be taken."""
    found = []
    if len(password) < design.limit("password_length"):
        found.append("short")
    if len(password) > LONGEST:
        found.append("long")
    if sum(bool(re.search(kind, password)) for kind in _KINDS) < _KINDS_NEEDED:
        found.append("kinds")
    if account.casefold() in password.casefold():
        found.append("account")
    if _bare(password) in design.common or len(set(password)) < len(password) / 3:
        found.append("common")
    return tuple(found)


def _bare(password: str) -> str:
    """The word a password is made of: without signs, and without digits around letters."""
    text = password.casefold()
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    return word or re.sub(r"\W", "", text)


def was_used(hashing: Hashing, former: Sequence[str], password: str) -> bool:
    """Whether a password is one of the former ones."""
    return any(hashing.fits(kept, password) for kept in former)


def make(design: AccessDesign) -> str:
    """A first password, to be shown once and changed at the first sign-in: groups that can be read out."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2)]
    made = f"{groups[0].capitalize()}-{groups[1]}-{''.join(secrets.choice(_DIGITS) for _ in range(4))}"
    return made if len(made) >= design.limit("password_length") else f"{made}-{make(design)}"
