"""Files of a visitor stay with the server while their uploader is shown, no longer."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.ui.frame.showing import show_styles
from cockpit.vocabulary import Language

CHECKED: Final = "_data_checked"  # what the checks said of the files
_SHOWN: Final = "_data_uploader"


def shown(uploader: str = "") -> None:
    """Say which uploader this run shows, "" for none; the files of another are given back, with what was made of them.

    Streamlit itself keeps them until the session ends, though no page can ask for them any more.
    """
    if st.session_state.get(_SHOWN, "") == uploader:
        return
    st.session_state[_SHOWN] = uploader
    st.session_state.pop(CHECKED, None)
    if (context := get_script_run_ctx()) is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def files_of(uploader: str) -> list[Any]:
    """Files of an uploader that has been drawn, as its own store holds them.

    What the uploader returns is a copy of every byte, kept for as long as a file is read and counted by nobody.
    """
    return [file for file in st.session_state.get(uploader) or [] if hasattr(file, "getvalue")]


def speak(register: Register, language: Language, limit: int) -> None:
    """The uploader speaks English only: the stylesheet puts these words in the place of its own.

    Args:
        limit: MiB a file may have.
    """
    together = register.limits.limit("session_upload_mib")
    spoken = {"word": "button", "drop": "drop", "lost": "lost"}
    said = {word: say(f"data.upload_{key}", language, limit=limit, together=together) for word, key in spoken.items()}
    words = ";".join(f"--upload-{word}:'{text}'" for word, text in said.items())
    show_styles(f":root{{{words}}}")


def page_limit(mib: int) -> int:
    """Megabytes the uploader itself may be told for files of `mib` MiB.

    Its page counts a megabyte as a million bytes or as a MiB, by the visitor's system. So it lets the largest file pass
    on every one, and the few bytes more are refused when they have come in, with the same mark.
    """
    return -(-(mib << 20) // 10**6)
