"""What leaves the machine: signatures against vectors worked out apart, lengths, and never a figure."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from cockpit.datasets.matters.outbox import Notice
from cockpit.errors import RecordError
from cockpit.notices import forms
from cockpit.notices.channels import SETTING, channels

LINK = "https://cockpit.example"
TOLD = Notice("DB-2026-0001|2|ding", "ding", "甲县特镇办", "DB-2026-0001", "assigned", "甲镇补报", "2026-12-10")
FILE = """
[notices]
link = "https://cockpit.example/"
hosts = ["oapi.dingtalk.com", "mail.example"]

[channel.ding]
kind = "dingtalk"
address = "https://oapi.dingtalk.com/robot/send?access_token=t"
secret = "DING_SECRET"
offices = { "*" = [] }

[channel.mail]
kind = "smtp"
address = "mail.example:25"
sender = "cockpit@example"
daily = true
offices = { "甲县特镇办" = ["a@example"] }
"""


def test_the_signature_of_dingtalk() -> None:
    address = forms.dingtalk_address("https://h/robot/send?access_token=t", "SEC", 1_700_000_000_000)
    query = parse_qs(urlsplit(address).query)
    # By hand: printf '1700000000000\nSEC' | openssl dgst -sha256 -hmac SEC -binary | base64
    assert query["sign"] == ["r+2we0q01lkZqz38LA5IPNbHN81U1leRf3Au4PSQb6Q="]
    assert (query["access_token"], query["timestamp"]) == (["t"], ["1700000000000"])


def test_the_signature_of_the_plain_form_covers_time_and_body() -> None:
    body = forms.plain_body([TOLD], LINK)
    told = forms.plain_headers(body, "SEC", 1_700_000_000)
    wanted = hmac.new(b"SEC", b"1700000000." + body, hashlib.sha256).hexdigest()
    assert told["X-Cockpit-Signature"] == f"sha256={wanted}"
    assert forms.plain_headers(body, "SEC", 1_700_000_001)["X-Cockpit-Signature"] != told["X-Cockpit-Signature"]
    assert json.loads(body)["notices"][0]["link"] == f"{LINK}/actions?matter=DB-2026-0001"


def test_a_message_says_number_title_day_and_address() -> None:
    (line,) = forms.lines_of([TOLD], LINK)
    assert line == f"新交办：DB-2026-0001 甲镇补报，期限2026-12-10 {LINK}/actions?matter=DB-2026-0001"


def test_a_long_text_is_cut_between_lines_and_says_so() -> None:
    body = forms.text_body([TOLD] * 100, LINK)["text"]["content"]
    assert len(body.encode()) <= 2048
    lines = body.splitlines()
    left = 100 - (len(lines) - 2)
    assert lines[-1] == f"另有{left}项，请登录查看"


def test_a_title_cannot_add_a_header() -> None:
    bad = Notice("k", "mail", "甲", "DB-2026-0001", "assigned", "x\r\nBcc: b@example", "")
    message = forms.mail([bad], LINK, "cockpit@example", ["a@example"])
    assert message["Bcc"] is None
    assert message["Message-ID"] == f"<{forms.delivery([bad])}@example>"


def test_channels_are_off_without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert not channels().channels


def test_channels_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "notices.toml"
    path.write_text(FILE, encoding="utf-8")
    monkeypatch.setenv(SETTING, str(path))
    found = channels()
    assert (found.link, list(found.channels)) == (LINK, ["ding", "mail"])
    assert found.channels["ding"].serves("anybody")
    assert not found.channels["mail"].serves("乙县特镇办")
    with pytest.raises(RecordError, match="DING_SECRET is not set"):
        found.channels["ding"].key()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("oapi.dingtalk.com/robot", "evil.example/robot", "not on the list"),
        ("https://oapi.dingtalk.com", "https://oapi.dingtalk.com@evil.example", "not on the list"),
        ("https://oapi", "http://oapi", "encrypted"),
        ('secret = "DING_SECRET"\n', "", "secret"),
        ('["a@example"]', "[]", "mail takes"),
        ('kind = "smtp"', 'kind = "fax"', "kind"),
        ("[channel.mail]", "[chanel.mail]", "unknown section"),
    ],
)
def test_a_file_that_is_not_usable_says_where(
    old: str, new: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert old in FILE
    path = tmp_path / "notices.toml"
    path.write_text(FILE.replace(old, new), encoding="utf-8")
    monkeypatch.setenv(SETTING, str(path))
    with pytest.raises(RecordError, match=why):
        channels()


def test_a_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "/nowhere/notices.toml")
    with pytest.raises(RecordError, match="no such file"):
        channels()
