"""What helps a reader on every page without a run of the server; drawn once by the shell (`aids.js`)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from cockpit.phrases import keys, phrase, say
from cockpit.policy.register import Register, citing
from cockpit.ui.frame import leading
from cockpit.ui.frame.live import Watched
from cockpit.vocabulary import Language

_SCRIPT: Final = Path(__file__).with_name("aids.js").read_text(encoding="utf-8")
_WORD: Final = "frame.word."
_PATTERN: Final = "frame.pattern."
_KEY: Final = "reader_aids"
_LABELS: Final = ("close", "clause", "quotes", "reading", "used", "walk")

# Registered once: doing it at every run costs more than drawing it.
_aids = st.components.v2.component("reader_aids", html="<span></span>", js=_SCRIPT)


@lru_cache(maxsize=2)
def spoken(language: Language) -> dict[str, Any]:
    """Words and patterns of the framework with what stands in their place; none where it speaks the language itself."""
    if language == "en":
        return {}
    words = {phrase(key).en: phrase(key).zh for key in keys() if key.startswith(_WORD)}
    patterns = [[phrase(key).en, phrase(key).zh] for key in keys() if key.startswith(_PATTERN)]
    return {"words": words, "patterns": patterns}


@lru_cache(maxsize=8)
def clauses(register: Register, language: Language, paths: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Every clause as the box tells it; `paths` are the addresses of the pages by script."""
    where = dict(paths)
    told = {}
    for number, passage in register.passages.items():
        readings: dict[str, str] = {}
        for _, item in citing(register, number):
            if item.quote:
                readings[item.quote] = readings.get(item.quote) or item.reading.say(language)
        told[number] = {
            "title": passage.title.say(language),
            "text": passage.text.say(language),
            "quotes": [[quote, reading] for quote, reading in readings.items()],
            "pages": [[say(f"page.{script}", language), where[script]] for script in passage.pages if script in where],
        }
    return told


@lru_cache(maxsize=8)
def _said(register: Register, language: Language, paths: tuple[tuple[str, str], ...]) -> str:
    """All that stands in a language, as one JSON text: it is sent at every run and read by the browser once."""
    labels = {name: say(f"frame.{name}", language) for name in _LABELS}
    labels |= {"basis": say("frame.to_basis", language), "hint": say("help.hint", language)}
    labels["hint_close"] = say("help.hint_close", language)
    return json.dumps(
        {
            **spoken(language),
            "labels": labels,
            "copied": say("frame.copied", language),
            "clauses": clauses(register, language, paths),
            "basis": dict(paths)["basis"],
        },
        ensure_ascii=False,
    )


def _led() -> None:
    if what := getattr(st.session_state.get(_KEY), "lead", None):
        leading.picked(str(what))


def aids(register: Register, language: Language, paths: tuple[tuple[str, str], ...], watched: Watched) -> None:
    """Draw the part; nothing of it is seen until it is asked for."""
    with st.container(key="aids"):
        _aids(
            key=_KEY,
            on_lead_change=_led,
            data={"said": _said(register, language, paths), "watched": watched},
            on_moved_change=lambda: None,
            width=1,
            height=1,
        )
