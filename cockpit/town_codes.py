"""The printed code of a town: stable, readable, with a check character that catches typing errors.

    ZJ-330102-01-4    a town of the published lists, town_code 330102-01
    DM-330102-A-8     a town of the demonstration set, town_code D330102A

Prefix, adcode of the county the town was listed in, serial within it, check character. The check character is that of
ISO 7064 Mod 37,36 over the rest without hyphens, by python-stdnum: every single wrong character is caught, and every
swap of neighbours but about three in a thousand, none of which is the code of another town. `town_code` stays the key
inside; the printed code follows from it, so it changes only if the key does.

Ground floor: imports `texts` alone.
"""

from __future__ import annotations

import difflib
import os
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from stdnum.iso7064 import mod_37_36

from cockpit.texts import half_width, visible

# Keys of the sentences that say what is wrong, in `phrases`.
Problem = Literal["", "code.empty", "code.form", "code.short", "code.check"]
LONGEST: Final = 40

_REAL: Final = re.compile(r"([0-9]{6})-([0-9]{2})")
_DEMO: Final = re.compile(r"D([0-9]{6})([A-Z])")
_BODY: Final = (
    r"(?:(?P<real>ZJ)(?P<county>[0-9]{6})(?P<number>[0-9]{2})"
    r"|(?P<demo>DM)(?P<place>[0-9]{6})(?P<letter>[A-Z]))"
)
_WHOLE: Final = re.compile(_BODY + r"(?P<check>[0-9A-Z])")
_NO_CHECK: Final = re.compile(_BODY)
# What people and fonts write for a hyphen, and the blanks between; NFKC has made full-width signs plain before.
_BETWEEN: Final = re.compile(r"[\s\-‐‑‒–—―−_·.]+")


@dataclass(frozen=True)
class Reading:
    """A code as somebody typed it. `town_code` is set where it reads without a fault, `problem` where it does not.

    `expected` is the check character that would belong to what was typed, for `code.check` and `code.short`. Whether a
    town of that code exists is not known here.
    """

    typed: str
    town_code: str | None = None
    problem: Problem = ""
    expected: str = ""


def check_character(body: str) -> str:
    """Check character of a body without hyphens (`ZJ33010201`), ISO 7064 Mod 37,36."""
    return str(mod_37_36.calc_check_digit(body))


def printed(town_code: str) -> str:
    """The printed code of a town; a key of neither form (a test set, say) is printed as it is.

    `330102-01` -> `ZJ-330102-01-4`; `D330102A` -> `DM-330102-A-8`.
    """
    for prefix, form in (("ZJ", _REAL), ("DM", _DEMO)):
        if match := form.fullmatch(town_code):
            county, serial = match.groups()
            return f"{prefix}-{county}-{serial}-{check_character(prefix + county + serial)}"
    return town_code


def plain(text: str) -> str:
    """What was typed without regard to case, full-width signs, blanks and hyphens, at most `LONGEST` signs."""
    return _BETWEEN.sub("", half_width(visible(text)).upper())[:LONGEST]


@lru_cache(maxsize=16_384)
def signs_of(town_code: str) -> str:
    """The printed code of a town as `plain` makes it of what was typed."""
    return plain(printed(town_code))


def read(text: str) -> Reading:
    """Read a printed code, or a town_code itself, as people type it. Never raises.

    Lower case, blanks, missing or full-width hyphens are tolerated; a wrong check character is told (`code.check`).
    """
    signs = plain(text)
    if not signs:
        return Reading(text, problem="code.empty")
    if match := _WHOLE.fullmatch(signs):
        body, given = signs[:-1], match["check"]
        expected = check_character(body)
        if given == expected:
            return Reading(text, town_code=_key(match))
        return Reading(text, problem="code.check", expected=expected)
    if _NO_CHECK.fullmatch(signs):
        return Reading(text, problem="code.short", expected=check_character(signs))
    if match := re.fullmatch(r"([0-9]{6})([0-9]{2})", signs):
        return Reading(text, town_code=f"{match[1]}-{match[2]}")
    if _DEMO.fullmatch(signs):
        return Reading(text, town_code=signs)
    return Reading(text, problem="code.form")


def _key(match: re.Match[str]) -> str:
    if match["real"]:
        return f"{match['county']}-{match['number']}"
    return f"D{match['place']}{match['letter']}"


def unused(town_codes: Iterable[str], county: str = "") -> str:
    """A code that no town bears yet, of the form of the given ones: of the county named by its six digits, else of that
    of the first. "" where none of them is of a form, or all of a county's are in use."""
    known = set(town_codes)
    for form, spell, serials in (
        (_REAL, "{}-{}", [f"{number:02d}" for number in range(1, 100)]),
        (_DEMO, "D{}{}", string.ascii_uppercase),
    ):
        if first := next((match for code in sorted(known) if (match := form.fullmatch(code))), None):
            return next(
                (at for at in (spell.format(county or first[1], serial) for serial in serials) if at not in known), ""
            )
    return ""


def county_in(text: str) -> str:
    """The six digits of the county in a code as somebody typed it, "" where there are none."""
    match = re.match(r"(?:ZJ|DM|D)?([0-9]{6})", plain(text))
    return match[1] if match else ""


def county_of(place: str, counties: Mapping[str, str]) -> str:
    """The county of a town or area. A town the data hold no more is of the county its code tells: whoever answers for
    that county goes on seeing what was asked of it."""
    return counties.get(place) or county_in(place) or place


def near(text: str, town_codes: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The town_codes whose printed code is nearest to what was typed, nearest first; none when nothing is near."""
    signs = plain(text)
    by_signs = {plain(printed(code)): code for code in town_codes}
    by_key = {plain(code): code for code in by_signs.values()}
    found = [by_key[signs]] if signs in by_key else []
    # The body without its check character comes first: the one sign a reader cannot reason about.
    found += [code for body, code in by_signs.items() if signs and body[:-1] in (signs, signs[:-1])]
    found += [by_signs[hit] for hit in difflib.get_close_matches(signs, by_signs, n=most, cutoff=0.7)]
    return tuple(dict.fromkeys(found))[:most]


def has_scan_pages() -> bool:
    """Whether scan pages are served: `COCKPIT_SCAN_PAGES=off` switches them off."""
    return os.environ.get("COCKPIT_SCAN_PAGES", "on").strip().lower() not in ("off", "0", "no", "false")


def public_url(code: str, base: str = "") -> str:
    """The address a QR code holds: the scan page, or the desk page where scan pages are off.

    Args:
        code: a printed code.
        base: where the app was asked for, used while `COCKPIT_PUBLIC_URL` is not set.

    Returns:
        "" where neither is known.
    """
    root = (os.environ.get("COCKPIT_PUBLIC_URL") or base).strip().rstrip("/")
    if not root:
        return ""
    return f"{root}/t/{code}" if has_scan_pages() else f"{root}/town?code={code}"
