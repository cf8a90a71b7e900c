"""The dialog that makes the link of a wall: which scenes, in what order, how long, with the filters of this page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from cockpit.analysis.selection import Selection, write_parameters
from cockpit.briefings import Desk
from cockpit.phrases import say
from cockpit.policy.wall_design import FEWEST_SECONDS, MOST_SECONDS, WallDesign
from cockpit.ui.frame import address
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import Language

_KEPT: Final = ("dataset", "lang", "version")


def wall_link(
    design: WallDesign, scenes: Sequence[str], dwell: int, start: str, theme: str, kept: Mapping[str, Sequence[str]]
) -> str:
    """The wall's address under the app's own; what is as recorded is left out."""
    asked: dict[str, list[str]] = {name: list(values) for name, values in kept.items() if values}
    if scenes and tuple(scenes) != tuple(design.scenes):
        asked["scenes"] = [",".join(scenes)]
    if dwell != design.wall.dwell_seconds:
        asked["dwell"] = [str(dwell)]
    if start and start != (scenes or tuple(design.scenes))[0]:
        asked["scene"] = [start]
    if theme == "light":
        asked["theme"] = [theme]
    query = urlencode(sorted(asked.items()), doseq=True, safe=",")
    return f"/wall?{query}" if query else "/wall"


def dialog(desk: Desk, selection: Selection, language: Language) -> None:
    """Open the dialog."""
    st.dialog(say("help.wall", language), width="medium", icon=":material/slideshow:", on_dismiss="rerun")(_dialog)(
        desk, selection, language
    )


def _dialog(desk: Desk, selection: Selection, language: Language) -> None:
    design = desk.register.wall
    names = {name: record.label.say(language) for name, record in design.scenes.items()}
    st.markdown(say("walllink.lead", language))
    scenes = st.multiselect(
        say("walllink.scenes", language),
        tuple(names),
        default=tuple(names),
        format_func=names.__getitem__,
        key=f"wl_scenes|{language}",
        placeholder=say("frame.word.choose", language),
    )
    left, middle, right = st.columns(3)
    dwell = left.number_input(
        say("walllink.dwell", language),
        FEWEST_SECONDS,
        MOST_SECONDS,
        design.wall.dwell_seconds,
        key=f"wl_dwell|{language}",
    )
    start = middle.selectbox(
        say("walllink.start", language),
        tuple(scenes) or tuple(names),
        format_func=names.__getitem__,
        key=f"wl_start|{language}",
    )
    theme = right.selectbox(
        say("walllink.theme", language),
        ("dark", "light"),
        format_func=lambda name: say(f"theme.{name}", language),
        key=f"wl_theme|{language}",
    )
    kept = {**write_parameters(selection, desk.choices), **{name: address.get(name) for name in _KEPT}}
    link = wall_link(design, scenes, int(dwell), start or "", theme or "dark", kept)
    here = urlsplit(str(st.context.url or ""))
    whole = f"{here.scheme}://{here.netloc}{link}" if here.netloc else link
    show(
        html(
            '<p class="walllink"><span>{}</span><a href="{}" target="_blank" rel="noopener">{}</a></p>'
            '<p class="walldo"><button type="button" data-copy="{}">{}</button>'
            '<a href="{}" target="_blank" rel="noopener">{}</a></p>',
            say("walllink.link", language),
            link,
            whole,
            whole,
            say("walllink.copy", language),
            link,
            say("walllink.open", language),
        )
    )
