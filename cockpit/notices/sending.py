"""Send what waits in the outbox, channel by channel, one message for all that waits for an address."""

from __future__ import annotations

import json
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cockpit.datasets.matters.outbox import Notice, Outbox
from cockpit.errors import RecordError
from cockpit.notices import forms
from cockpit.notices.channels import Channel, Channels

_SECONDS: Final = 10
_HTTP_OK: Final = 200


@dataclass
class Sent:
    """Messages that left, notices in them, notices that did not."""

    messages: int = 0
    notices: int = 0
    failed: int = 0


class NotAccepted(Exception):
    """A message was not taken; the text says why, without address and secret."""


def send(outbox: Outbox, told: Channels, at: datetime | None = None) -> Sent:
    """Send all that is due. What is not accepted is tried again later; what may have arrived is never sent again."""
    at, done = at or datetime.now(UTC), Sent()
    for name, channel in told.channels.items():
        groups: dict[tuple[str, ...], list[Notice]] = {}
        for notice in outbox.claim(name, at):
            groups.setdefault(tuple(channel.addresses(notice.office)), []).append(notice)
        for to, notices in groups.items():
            try:
                _deliver(channel, told.link, to, notices, at)
            except (NotAccepted, RecordError) as error:
                outbox.failed(notices, str(error), at)
                done.failed += len(notices)
                continue
            outbox.sent(notices)
            done.messages += 1
            done.notices += len(notices)
    return done


def _deliver(channel: Channel, link: str, to: Sequence[str], notices: Sequence[Notice], at: datetime) -> None:
    if channel.kind == "smtp":
        _mail(channel, link, to, notices)
    elif channel.kind == "json":
        body = forms.plain_body(notices, link)
        _post(channel.address, body, forms.plain_headers(body, channel.key(), int(at.timestamp())))
    else:
        address = channel.address
        if channel.kind == "dingtalk":
            address = forms.dingtalk_address(address, channel.key(), int(at.timestamp() * 1000))
        body = json.dumps(forms.text_body(notices, link), ensure_ascii=False).encode()
        answer = _post(address, body, {"Content-Type": "application/json; charset=utf-8"})
        _accepted(answer)


def _accepted(answer: bytes) -> None:
    """The robots say 200 to what they refuse; the code is in the body."""
    try:
        code = json.loads(answer).get("errcode")
    except (ValueError, AttributeError):
        raise NotAccepted("the answer is not the robot's") from None
    if code != 0:
        raise NotAccepted(f"the robot refused it: errcode {code}")


def _post(address: str, body: bytes, headers: dict[str, str]) -> bytes:
    import httpx

    try:
        # Neither proxies of the environment nor redirects: a message goes to the host on the list or nowhere.
        with httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client:
            answer = client.post(address, content=body, headers=headers)
    except httpx.HTTPError as error:
        raise NotAccepted(f"no answer: {type(error).__name__}") from None
    if answer.status_code != _HTTP_OK:
        raise NotAccepted(f"refused: HTTP {answer.status_code}")
    return answer.content


def _mail(channel: Channel, link: str, to: Sequence[str], notices: Sequence[Notice]) -> None:
    host, _, port = channel.address.rpartition(":")
    try:
        with smtplib.SMTP(host, int(port), timeout=_SECONDS) as server:
            if channel.is_encrypted:
                server.starttls(context=ssl.create_default_context())
            if channel.user:
                server.login(channel.user, channel.key())
            server.send_message(forms.mail(notices, link, channel.sender, to))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotAccepted(f"no mail: {type(error).__name__}") from None
