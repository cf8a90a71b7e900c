"""Number formats of a workbook: which of its cells show their figure as a percentage.

Imports the ground floor and `intake_parts`. Pure.
"""

from __future__ import annotations

import re
import zipfile
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from cockpit.datasets.intake_parts import UnreadableSheet

_PERCENT_FORMATS: Final = ("9", "10")  # built in: 0% and 0.00%
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')  # literal text of a number format


def percent_cells(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """What finds the cells whose number format is a percentage; None where the workbook has no such format."""
    part = next((name for name in archive.namelist() if name.casefold().endswith("styles.xml")), None)
    if part is None:
        return None
    try:
        book: Element = fromstring(archive.read(part))
    except Exception as error:  # as below
        raise UnreadableSheet(str(error)) from error
    formats = set(_PERCENT_FORMATS)
    styles: list[str] = []
    for at in book:
        tag = at.tag.rpartition("}")[2]
        if tag == "numFmts":
            known = {item.get("numFmtId", ""): item.get("formatCode", "") for item in at}
            formats |= {number for number, code in known.items() if "%" in _QUOTED.sub("", code)}
        elif tag == "cellXfs":
            styles = [str(number) for number, item in enumerate(at) if item.get("numFmtId") in formats]
    if not styles:
        return None
    wanted = "|".join(styles).encode()
    return re.compile(
        rb"<(?:\w+:)?c(?=\s[^<>]*?\bs\s*=\s*[\"'](?:"
        + wanted
        + rb")[\"'])[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']"
    )
