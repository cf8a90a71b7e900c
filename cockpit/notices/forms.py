"""What a message says and how it is signed, by kind of channel. Number, title, due day and link: never a figure.

The robots of DingTalk and WeCom are as their makers describe them; the plain form is signed over time and body. Pure.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import quote_plus

from cockpit.datasets.matters.outbox import Notice
from cockpit.phrases import say
from cockpit.vocabulary import Language

_WECOM_BYTES: Final = 2048
_LANGUAGE: Final[Language] = "zh"  # an office is written to in the language it works in


def lines_of(notices: Sequence[Notice], link: str) -> list[str]:
    """One line a notice: why, number, title, due day, address."""
    return [
        say(f"notice.{item.why}", _LANGUAGE, matter=item.matter, title=item.title, due=item.due or "—")
        + f" {link}/actions?matter={item.matter}"
        for item in notices
    ]


def delivery(notices: Sequence[Notice]) -> str:
    """A name of the message made of what it tells: who gets it twice can see that it is the same."""
    return hashlib.sha256("\n".join(sorted(item.key for item in notices)).encode()).hexdigest()[:32]


def subject_of(notices: Sequence[Notice]) -> str:
    return say("notice.subject", _LANGUAGE, count=len(notices))


def dingtalk_address(address: str, secret: str, millis: int) -> str:
    """The robot's address with time and signature: HMAC-SHA256 with the secret over "time, newline, secret"."""
    told = hmac.new(secret.encode(), f"{millis}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}timestamp={millis}&sign={quote_plus(base64.b64encode(told))}"


def text_body(notices: Sequence[Notice], link: str, most_bytes: int = _WECOM_BYTES) -> dict[str, Any]:
    """The text form both robots take; cut between lines where it would be too long, and says how many are left out."""
    kept, used = [subject_of(notices)], len(subject_of(notices).encode())
    lines = lines_of(notices, link)
    for place, line in enumerate(lines):
        rest = say("notice.more", _LANGUAGE, count=len(lines) - place)
        if used + 1 + len(line.encode()) + 1 + len(rest.encode()) > most_bytes:
            kept.append(rest)
            break
        kept.append(line)
        used += 1 + len(line.encode())
    return {"msgtype": "text", "text": {"content": "\n".join(kept)}}


def plain_body(notices: Sequence[Notice], link: str) -> bytes:
    """The plain form."""
    told = [
        {
            "key": item.key, "matter": item.matter, "why": item.why, "title": item.title, "due": item.due,
            "office": item.office, "link": f"{link}/actions?matter={item.matter}",
        }
        for item in notices
    ]  # fmt: skip
    return json.dumps({"delivery": delivery(notices), "notices": told}, ensure_ascii=False, sort_keys=True).encode()


def plain_headers(body: bytes, secret: str, seconds: int) -> dict[str, str]:
    """Time and signature of the plain form: `sha256=` and the HMAC in hex over "time, dot, body"."""
    told = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "X-Cockpit-Timestamp": str(seconds),
        "X-Cockpit-Signature": f"sha256={told}",
    }


def mail(notices: Sequence[Notice], link: str, sender: str, to: Sequence[str]) -> EmailMessage:
    """The mail; titles come from people and may hold no line of a header, which the library sees to."""
    message = EmailMessage()
    message["Subject"] = subject_of(notices)
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Message-ID"] = f"<{delivery(notices)}@{sender.rpartition('@')[2]}>"
    message.set_content("\n".join(lines_of(notices, link)) + "\n")
    return message
