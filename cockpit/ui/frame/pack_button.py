"""The briefing pack from the app: a dialog that builds it in a process of its own and hands the files over.

The run that waits belongs to the session that asked; it sleeps between signs of life, so that other sessions go on.
Closing the dialog runs the page anew, which ends the waiting run and with it the process; a button inside the dialog
could not, for runs of one fragment wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any, Final

import streamlit as st

from cockpit.access.people import Person
from cockpit.analysis.briefing import Briefing
from cockpit.analysis.selection import write_parameters
from cockpit.briefings import Desk
from cockpit.exports.pack.process import Made, PackFault, Progress, run, time_limit
from cockpit.exports.pack.steps import FORMATS, LENGTHS
from cockpit.phrases import say
from cockpit.processes import Waiting
from cockpit.ui.frame import address
from cockpit.ui.frame.person import again, ask
from cockpit.vocabulary import Language

_KINDS: Final = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_WAITING: Final = "_pack_waiting"  # in the session's state: a run waits for a pack
_CHOICE: Final = "_pack_choice"  # likewise: what was chosen for the last one
_LONGEST: Final = 80


def button(desk: Desk, briefing: Briefing, person: Person, language: Language) -> None:
    """The button in the filter bar's slot, drawn when the briefing is known."""
    pressed = st.session_state.pop("_pack_slot").button(
        say("pack.button", language),
        key=f"pack|{language}",
        icon=":material/assignment:",
        disabled=not len(briefing.towns) or not person.rights.may("export"),
        help=say("pack.lead" if person.rights.may("export") else "act.fault.no_right", language),
    )
    if st.session_state.pop(_WAITING, False):
        st.toast(say("pack.cancelled", language), icon=":material/cancel:")
    if pressed:
        frame = st.dialog(
            say("pack.dialog", language), width="medium", icon=":material/assignment:", on_dismiss="rerun"
        )
        frame(_dialog)(desk, briefing, person, language)


def _dialog(desk: Desk, briefing: Briefing, person: Person, language: Language) -> None:
    st.markdown(say("pack.lead", language))
    formats = st.pills(
        say("pack.formats", language),
        FORMATS,
        selection_mode="multi",
        default=_remembered("formats", FORMATS),
        format_func=lambda name: say(f"pack.format_{name}", language),
        key=f"pack_formats|{language}",
    )
    length = st.segmented_control(
        say("pack.length", language),
        LENGTHS,
        default=_remembered("length", LENGTHS[0]),
        format_func=lambda name: say(f"pack.length_of_{name}", language),
        key=f"pack_length|{language}",
        required=True,
    )
    st.caption(say(f"pack.holds_{length}", language))
    title = st.text_input(say("pack.own_title", language), _remembered("title", ""), max_chars=_LONGEST)
    day_column, author_column = st.columns(2)
    day = day_column.text_input(say("pack.own_day", language), _remembered("day", ""), max_chars=_LONGEST)
    author = author_column.text_input(say("pack.own_author", language), _remembered("author", ""), max_chars=_LONGEST)
    cover = {"length": str(length), "title": title, "day": day, "author": author}
    if st.button(
        say("pack.build", language), key=f"pack_build|{language}", type="primary", disabled=not formats, width="stretch"
    ):
        st.session_state[_WAITING] = True
        st.session_state[_CHOICE] = {**cover, "formats": formats}
        filters = {"period": briefing.selection.period, **write_parameters(briefing.selection, desk.choices)}
        told = {"dataset": desk.dataset.key, "filters": filters, "format": ",".join(formats)}
        ask(person, "export", "export", "pack")
        asked = [*arguments(desk, briefing, formats, language), *asked_cover(cover)]
        # On record when it is made and before it is handed over: one that could not be made has not left the house.
        _build(asked, lambda size: again(person, "export", "export", "pack", {**told, "bytes": size}), language)
        st.session_state[_WAITING] = False


def _remembered(name: str, otherwise: Any) -> Any:
    """What this reader chose the last time."""
    return st.session_state.get(_CHOICE, {}).get(name, otherwise)


def asked_cover(cover: dict[str, str]) -> list[str]:
    """Length and cover as the command takes them; what is not filled in is not said."""
    return [f"--{name}={text}" for name, text in cover.items() if text.strip()]


def arguments(desk: Desk, briefing: Briefing, formats: list[str], language: Language) -> list[str]:
    """What the command is asked, so that the files say what the screen says."""
    selection = briefing.selection
    asked = ["--formats", ",".join(name for name in FORMATS if name in formats), "--period", selection.period]
    asked += ["--dataset", desk.dataset.name, "--version", desk.dataset.manifest.version, "--lang", language]
    asked += ["--as-of", briefing.as_of.isoformat()]
    if not selection.scope.is_all:
        asked += ["--seen", str(selection.scope)]
    target = address.get("target")
    if target and target[0] in desk.register.targets:
        asked += ["--target", target[0]]
    for name, values in write_parameters(selection, desk.choices).items():
        if name != "period":
            asked += [part for value in values for part in ("--filter", f"{name}={value}")]
    return asked


def _build(asked: list[str], record: Callable[[int], None], language: Language) -> None:
    """Wait for the process, showing its steps; then the files."""
    bar, note = st.progress(0.0, say("pack.step_start", language)), st.empty()
    note.caption(say("pack.cancel_help", language))
    try:
        with closing(run(asked)) as steps:
            for step in steps:
                if isinstance(step, Made):
                    bar.empty()
                    note.empty()
                    record(sum(map(len, step.files.values())))
                    _hand_over(step, language)
                elif isinstance(step, Waiting):
                    bar.progress(0.0, say("pack.waiting", language, count=step.ahead))
                else:
                    bar.progress(step.done / step.of, _words(step, language))
    except PackFault as fault:
        bar.empty()
        note.empty()
        st.error(say("pack.failed", language, why=_why(fault, language)), icon=":material/error:")


def _words(step: Progress, language: Language) -> str:
    return say(f"pack.step_{step.step}" if step.step else "pack.step_start", language)


def _why(fault: PackFault, language: Language) -> str:
    if fault.where == "timeout":
        return say("pack.too_long", language, seconds=f"{time_limit():.0f}")
    # What the process said may hold anything: shown as code, it cannot become markup.
    words = "".join(sign for sign in fault.what if sign != "`" and sign.isprintable())[:200]
    return f"`{words}`" if words else say("pack.stopped", language, code=fault.where)


def _hand_over(made: Made, language: Language) -> None:
    st.success(say("pack.done", language, seconds=f"{made.seconds:.1f}"), icon=":material/check:")
    for name, content in made.files.items():
        st.download_button(
            say("pack.download", language, name=name, size=f"{len(content) / 1024:.0f}"),
            content,
            name,
            _KINDS[name.rpartition(".")[2]],
            on_click="ignore",
            icon=":material/download:",
            key=f"pack_{name}",
            width="stretch",
        )
