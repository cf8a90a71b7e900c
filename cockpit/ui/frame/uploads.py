"""Files of a visitor stay with the server while their uploader is shown, no longer."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

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
