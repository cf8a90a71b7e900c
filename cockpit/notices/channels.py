"""The channels notices leave by, as one file says: `COCKPIT_NOTICES=/etc/cockpit/notices.toml`. Without it none.

[notices]
link  = "https://cockpit.example.gov.cn"   # where the app is opened
hosts = ["oapi.dingtalk.com"]              # the only ones a message may go to
[channel.ding]
kind    = "dingtalk"                       # smtp, dingtalk, wecom, json
address = "https://oapi.dingtalk.com/robot/send?access_token=..."
secret  = "DING_SECRET"                    # name of the environment variable that holds it
offices = { "*" = [] }                     # or office -> addresses
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import read_tables, validate
from cockpit.policy.records import Record

SETTING: Final = "COCKPIT_NOTICES"
EVERYBODY: Final = "*"
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_DIGEST_HOUR: Final = 9


class Channel(Record):
    """`[channel.<id>]`. `address` is a URL, of mail `host:port`; `secret` names the environment variable that holds it;
    `offices` says whom it serves and where they are reached, `*` is everybody; `daily` sends once a day, at nine."""

    kind: Literal["smtp", "dingtalk", "wecom", "json"]
    address: str = Field(min_length=1)
    secret: str = ""
    sender: str = ""
    user: str = ""
    is_encrypted: bool = True
    daily: bool = False
    offices: dict[str, list[str]]

    @model_validator(mode="after")
    def _can_be_sent(self) -> Channel:
        if self.kind == "smtp" and (not self.sender or not all(self.offices.values())):
            raise ValueError("mail takes a sender, and at least one address for each office")
        if self.kind in ("dingtalk", "json") and not self.secret:
            raise ValueError("this kind is signed: name the variable that holds its secret")
        return self

    @property
    def host(self) -> str:
        named = self.address if "//" in self.address else f"//{self.address}"
        return urlsplit(named).hostname or ""

    def key(self) -> str:
        """The secret itself; "" where none is named.

        Raises:
            RecordError: the variable is not set.
        """
        if self.secret and not os.environ.get(self.secret):
            raise RecordError(f"{self.secret} is not set", where=f"channel {self.id}", remedy="set it to the secret")
        return os.environ.get(self.secret, "") if self.secret else ""

    def serves(self, office: str) -> bool:
        return office in self.offices or EVERYBODY in self.offices

    def addresses(self, office: str) -> list[str]:
        return self.offices.get(office, self.offices.get(EVERYBODY, []))

    def not_before(self, at: datetime) -> datetime:
        """When a notice made at a moment leaves: at once, of a daily channel at the next nine o'clock in Shanghai."""
        if not self.daily:
            return at
        local = at.astimezone(_SHANGHAI)
        nine = local.replace(hour=_DIGEST_HOUR, minute=0, second=0, microsecond=0)
        return nine if local <= nine else nine + timedelta(days=1)


class _Common(Record):
    """`[notices]`: where the app is opened, and the hosts a message may go to."""

    link: str = Field(min_length=1)
    hosts: list[str] = Field(min_length=1)


@dataclass(frozen=True)
class Channels:
    """All channels, by name."""

    link: str = ""
    channels: Mapping[str, Channel] = field(default_factory=dict)


def channels() -> Channels:
    """The channels of the file the environment names; none where it names none.

    Raises:
        RecordError: the file is not there or not usable; a host is not on the list.
    """
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return Channels()
    path = Path(named)
    if not path.is_file():
        raise RecordError("no such file", where=f"{SETTING}={named}", remedy="name the file of channels, or unset it")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Channels:
    tables: Mapping[str, Any] = read_tables(path)
    for section in tables:
        if section not in ("notices", "channel"):
            raise RecordError(
                f"unknown section {section!r}", where=path.name, remedy=suggest(section, ("notices", "channel"))
            )
    common = validate(_Common, "notices", tables.get("notices", {}), path.name)
    found = {
        name: validate(Channel, name, fields, f"{path.name} channel")
        for name, fields in tables.get("channel", {}).items()
    }
    for name, item in found.items():
        if item.host not in common.hosts:
            raise RecordError(
                f"host {item.host!r} is not on the list", where=f"{path.name} [channel.{name}] address",
                remedy="add it to hosts of [notices], or mend the address",
            )  # fmt: skip
        if item.kind != "smtp" and not item.address.startswith(("https://", "http://127.0.0.1", "http://[::1]")):
            raise RecordError(
                "a message leaves encrypted", where=f"{path.name} [channel.{name}] address", remedy="use https://"
            )
    return Channels(common.link.rstrip("/"), found)
