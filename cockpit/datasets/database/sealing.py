"""Short secrets as the database keeps them: sealed with a key that stands elsewhere, each for what it belongs to.

The key is `COCKPIT_SECRET_KEY` (32 bytes as base64), or a file of the data folder that is made when first needed: a
copy of the database alone opens nothing. AES-256-GCM of `cryptography`; what a secret belongs to is bound to it, so
that one put under another name does not open.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cockpit.datasets.store.disk import FILE_MODE, make_folder, sync
from cockpit.datasets.store.loading import data_root
from cockpit.errors import CockpitError

SETTING: Final = "COCKPIT_SECRET_KEY"
_FILE: Final = "secret.key"
_FORM: Final = "s1:"
_KEY_LENGTH, _NONCE_LENGTH = 32, 12


class SealBroken(CockpitError):
    """A secret does not open: the key is none, or is another than the one it was sealed with."""


def seal(secret: str, about: str) -> str:
    """A secret sealed for what it belongs to, e.g. `totp:zhang3`.

    Raises:
        SealBroken: the key given is none. OSError: the file of the key cannot be written.
    """
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    sealed = AESGCM(_key()).encrypt(nonce, secret.encode(), about.encode())
    return _FORM + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, about: str) -> str:
    """The secret again.

    Raises:
        SealBroken: it was sealed with another key, or for something else, or was changed, or never sealed.
    """
    try:
        whole = base64.urlsafe_b64decode(sealed.removeprefix(_FORM)) if is_sealed(sealed) else b""
        return AESGCM(_key()).decrypt(whole[:_NONCE_LENGTH], whole[_NONCE_LENGTH:], about.encode()).decode()
    except (InvalidTag, ValueError):
        raise SealBroken("a secret does not open", where=about, remedy=f"give {SETTING} or the file it was") from None


def is_sealed(text: str) -> bool:
    return text.startswith(_FORM)


def _key() -> bytes:
    if given := os.environ.get(SETTING, "").strip():
        return _read(given, SETTING)
    path = data_root() / _FILE
    if not path.is_file():
        _make(path)
    return _read(path.read_text("ascii").strip(), path.name)


def _read(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_LENGTH:
        raise SealBroken("no key", where=where, remedy=f"{_KEY_LENGTH} bytes as base64, e.g. `openssl rand -base64 32`")
    return key


def _make(path: Path) -> None:
    """Put a new key in its place, whole and for this account alone; another process's that was quicker stays."""
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(_KEY_LENGTH)))
    sync(beside)
    with suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()
    sync(path.parent)
