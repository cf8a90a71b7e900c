"""Policy cases written as sentences beside the tests that run them; the basis page shows them.

May import the ground floor; touches files. An installation without its tests has no cases, which is not a fault.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from cockpit.errors import RecordError
from cockpit.vocabulary import Text

FOLDER: Final = Path(__file__).resolve().parents[2] / "tests" / "spec"


@dataclass(frozen=True)
class Case:
    """One example: the file it stands in, the sentence, and the word expected on the Chinese screen.

    `sentence.en` is the Chinese one where no translation was written.
    """

    topic: str
    sentence: Text
    expected: str


@lru_cache(maxsize=4)
def read_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Cases of every file in `folder`, in order; none when the folder is not there.

    Raises:
        RecordError: a case lacks its sentence.
    """
    found: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            for group in tables.values():
                for case in group:
                    text = Text(case["sentence"], case.get("sentence_en", case["sentence"]))
                    found.append(Case(path.stem, text, str(case.get("verdict", ""))))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise RecordError(
                f"case not usable: {error}", where=path.name, remedy="write it as its neighbours"
            ) from error
    return tuple(found)
