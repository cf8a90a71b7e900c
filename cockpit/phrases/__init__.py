"""Sentences of the screen in both languages, by key.

Ground floor: imports only `vocabulary`. Placeholders are filled by keyword; one table a page, keys begin with its room.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

from cockpit.vocabulary import Language, Text

_TABLES: Final = tuple(
    importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
)
_PHRASES: Final[dict[str, Text]] = {key: text for table in _TABLES for key, text in table.PHRASES.items()}
if len(_PHRASES) != sum(len(table.PHRASES) for table in _TABLES):
    raise ImportError("a sentence is written down twice: give it one key in one table of cockpit/phrases")


def say(key: str, language: Language, /, **values: object) -> str:
    """Return the sentence `key` with its placeholders filled."""
    text = _PHRASES[key].say(language)
    return text.format(**values) if values else text


def phrase(key: str) -> Text:
    """Return both languages of a sentence without placeholders."""
    return _PHRASES[key]


def keys() -> tuple[str, ...]:
    return tuple(_PHRASES)
