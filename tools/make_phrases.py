"""Compare every quote of the register with the policy document and keep the phrases found, by clause.

    python tools/make_phrases.py policy.md      # writes tests/policy/phrases.toml

The document has its clauses in square brackets at the beginning of a line or heading (`## [1]`, `[2.3.2]`). Run it
after a record quotes something new; the tests hold the records to the file and never need the document.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cockpit.policy.reading import read_tables  # noqa: E402
from cockpit.policy.register import FOLDER  # noqa: E402

TARGET: Final = ROOT / "tests" / "policy" / "phrases.toml"
DOCUMENT: Final = "zzbf_2022_73"
_CLAUSE: Final = re.compile(r"^(?:## )?\[([\d.]+)\]", re.MULTILINE)


def quotes(node: object) -> Iterator[tuple[str, str]]:
    """(clause, quote) of every record of this document, however deep it stands in its file."""
    if not isinstance(node, dict):
        return
    if node.get("quote") and node.get("clause") and node.get("document", DOCUMENT) == DOCUMENT:
        yield str(node["clause"]), str(node["quote"])
    for part in node.values():
        yield from quotes(part)


def cited() -> set[tuple[str, str]]:
    """(clause, quote) of the whole register."""
    return {pair for path in sorted(FOLDER.glob("*.toml")) for pair in quotes(read_tables(path))}


def clauses(text: str) -> dict[str, str]:
    """The document cut at its clauses."""
    parts = _CLAUSE.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("document", type=Path)
    text = clauses(parser.parse_args().document.read_text(encoding="utf-8"))
    strange = sorted(f"[{clause}] {quote}" for clause, quote in cited() if quote not in text.get(clause, ""))
    if strange:
        sys.exit("not in the document, nothing written:\n" + "\n".join(strange))
    lines = ["# Short phrases of the policy that records quote, by clause. Written by tools/make_phrases.py.", ""]
    for clause in sorted({clause for clause, _ in cited()}):
        found = (json.dumps(quote, ensure_ascii=False) for place, quote in sorted(cited()) if place == clause)
        lines += [f'"{clause}" = [', *(f"    {quote}," for quote in found), "]"]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
