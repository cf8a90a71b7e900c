"""Printed sheets: one A4 page a town, one file for all towns of a filter with cover and bookmarks, set by Typst.

May import briefings and visuals. What a passer-by may read and nothing else: sheets travel. The same
towns, version and day give the same bytes.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from cockpit import town_codes
from cockpit.analysis.briefing import Profile
from cockpit.datasets import fonts
from cockpit.exports.typesetting import typeset
from cockpit.phrases import say
from cockpit.visuals.marks.palette import PAPER
from cockpit.visuals.town import qr
from cockpit.visuals.town import trend as profile_drawing
from cockpit.vocabulary import Language
from cockpit.wording.profile import face as face_of
from cockpit.wording.profile_face import EntryLine, Face, RuleLine

TEMPLATE: Final = Path(__file__).with_name("templates") / "town_sheets.typ"
# What fits on a page beside everything else; the web page has the rest.
_ENTRIES, _REPORTS, _SOURCES, _MATTERS = 8, 12, 6, 5
_WORDS: Final[dict[str, str]] = {
    "page": "sheet.page",
    "kind": "sheet.kind",
    "standing": "town.standing",
    "column_town": "town.column.town",
    "column_class": "town.column.class",
    "column_province": "town.column.province",
    "reports": "town.reports",
    "reports_note": "town.reports_note",
    "sources": "town.sources",
    "rules": "town.rules",
    "by_status": "sheet.by_status",
    "contents": "sheet.contents",
    "order": "sheet.order",
}


def _kept(history: tuple[EntryLine, ...]) -> tuple[list[EntryLine], int]:
    """The entries a sheet has room for, oldest first, and how many are left out: listings stay, then the newest."""
    if len(history) <= _ENTRIES:
        return list(history), 0
    listed = [entry for entry in history if entry.weight > 1][:_ENTRIES]
    others = [entry for entry in history if entry.weight <= 1]
    room = _ENTRIES - len(listed)
    chosen = {id(entry) for entry in (*listed, *(others[-room:] if room else ()))}
    kept = [entry for entry in history if id(entry) in chosen]
    return kept, len(history) - len(kept)


def _sheet(face: Face) -> dict[str, Any]:
    """One town as the template reads it: the words of its face, cut to what a page holds."""
    language = face.language
    history, more = _kept(face.history)
    left_out = len(face.reports) - _REPORTS
    sources = [text for text, _ in face.sources]
    listed = ("；" if language == "zh" else "; ").join(sources[:_SOURCES])
    if len(sources) > _SOURCES:
        listed += f" … {say('town.history_more', language, count=len(sources) - _SOURCES)}"
    matters = [dataclasses.asdict(matter) for matter in face.matters[:_MATTERS]]
    return {
        **dataclasses.asdict(face),
        "status": _rule(face.status),
        "rules": [_rule(rule) for rule in face.rules],
        "matters": matters,
        "history": [dataclasses.asdict(entry) for entry in history],
        "history_more": say("town.history_more", language, count=more) if more else "",
        "reports": face.reports[:_REPORTS],
        "reports_more": say("town.history_more", language, count=left_out) if left_out > 0 else "",
        "sources_text": listed,
        "trend_svg": profile_drawing.trend(face.trend, PAPER) if face.trend else "",
        "qr": qr.svg(face.url or face.code, dark="#000000"),
        "qr_alt": say("town.qr", language, code=face.code, url=face.url or face.code),
        "qr_note": say("sheet.scan" if face.url else "sheet.no_url", language),
    }


def _rule(rule: RuleLine) -> dict[str, str]:
    return {"sign": rule.mark.sign, "word": rule.word, "text": rule.text}


def _cover(faces: Sequence[Face], filters: str, language: Language) -> dict[str, Any]:
    counts = Counter(face.status.name for face in faces)
    lines = [
        say("sheet.filters", language, filters=filters or say("sheet.all", language)),
        faces[0].foot,
        *([say("foot.demo", language)] if faces[0].is_simulated else []),
    ]
    return {
        "title": say("sheet.cover", language),
        "count": say("sheet.count", language, count=len(faces)),
        "lines": lines,
        "statuses": [(rule.mark.sign, rule.word, str(counts[rule.name])) for rule in faces[0].rules],
    }


def sheet_data(
    profiles: Sequence[Profile], language: Language, base: str = "", filters: str | None = None
) -> dict[str, Any]:
    """Everything the template is given.

    Args:
        base: where the app was asked for, used while `COCKPIT_PUBLIC_URL` is not set; "" prints the code alone.
        filters: words of the filter for a cover page; None makes no cover.
    """
    ordered = sorted(profiles, key=lambda item: (item.prefecture, item.town_code.lstrip("D"), item.town_code))
    faces = [face_of(item.for_public(), language, town_codes.public_url(item.code, base)) for item in ordered]
    words = {name: say(key, language) for name, key in _WORDS.items() if name != "page"}
    words |= {
        "page": say("sheet.page", language, page="{page}", pages="{pages}"),
        "colon": "：" if language == "zh" else ": ",
        "semicolon": "；" if language == "zh" else "; ",
    }
    title = faces[0].title if filters is None and len(faces) == 1 else say("sheet.cover", language)
    return {
        "lang": language,
        "title": title,
        "foot": faces[0].foot,
        "words": words,
        "cover": None if filters is None else _cover(faces, filters, language),
        "sheets": [_sheet(face) for face in faces],
        "first": 1 if filters is None else 2,
        "pages": len(faces) + (filters is not None),
    }


def lacking(data: Mapping[str, Any]) -> str:
    """Characters of the sheets the fonts have no sign for."""
    return fonts.lacking(json.dumps(data, ensure_ascii=False))


def unset_signs(profiles: Sequence[Profile], language: Language) -> dict[str, str]:
    """Code of a town -> characters of its sheet the fonts have no sign for; only towns with any."""
    found = {profile.code: lacking(sheet_data([profile], language)) for profile in profiles}
    return {code: signs for code, signs in found.items() if signs}


def town_sheets(profiles: Sequence[Profile], language: Language, base: str = "", filters: str | None = None) -> bytes:
    """The sheets as one PDF, in the order of prefecture, county and code.

    A character the fonts lack is told at the foot of every page by its number, never left to be a silent box; the
    command line asks `unset_signs` first and refuses.

    Args: as for `sheet_data`.
    """
    data = sheet_data(profiles, language, base, filters)
    if unset := lacking(data):
        signs = ", ".join(f"U+{ord(sign):04X}" for sign in unset)  # the number: the sign itself could not be set
        data["foot"] = f"{data['foot']} · {say('sheet.unset', language, signs=signs)}"
    return typeset(TEMPLATE, fonts.FOLDER, json.dumps(data, ensure_ascii=False))
