"""What one visitor, file or caller may take of the machine, as records: `[limit]` and `[length]` of limits.toml.

Imports the ground floor, `intake_design` and `reading`. All of it is our choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cockpit.errors import RecordError, suggest
from cockpit.policy.intake_design import IntakeFigure, check_whole
from cockpit.policy.reading import same_names, validate

_LIMITS: Final = (
    "reading_memory_mib", "reading_seconds", "readings_at_once", "lost_readings", "packs_at_once", "pack_seconds",
    "sheets_at_once", "sheet_seconds", "streams_at_once", "stream_retry_seconds", "stream_stall_seconds",
    "session_upload_mib", "all_uploads_mib", "upload_grace_seconds", "upload_look_seconds", "give_back_seconds",
    "message_kib", "messages_per_second", "files_per_request", "body_kib",
)  # fmt: skip
_LENGTHS: Final = ("other", "name_zh", "name_en", "note", "who", "reason", "basis")


@dataclass(frozen=True)
class LimitDesign:
    """The whole file, checked."""

    limits: dict[str, IntakeFigure]
    lengths: dict[str, IntakeFigure]

    def limit(self, name: str) -> int:
        return int(self.limits[name].value)

    def length(self, column: str) -> int:
        """Most signs of a text column, or of what a form asks for."""
        return int(self.lengths.get(column, self.lengths["other"]).value)


def read_limits(tables: Mapping[str, Any], file: str = "limits.toml") -> LimitDesign:
    """Validate the tables of the file.

    Raises:
        RecordError: unknown section, bad record, a limit missing or unknown, a limit that is no whole number.
    """
    sections = {"limit": _LIMITS, "length": _LENGTHS}
    for name in tables:
        if name not in sections:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, sections))
    read: dict[str, dict[str, IntakeFigure]] = {}
    for section, expected in sections.items():
        given = tables.get(section, {})
        same_names(section, given, expected, file)
        read[section] = {name: validate(IntakeFigure, name, given[name], f"{file} {section}") for name in expected}
        check_whole(section, read[section], file)
    return LimitDesign(read["limit"], read["length"])
