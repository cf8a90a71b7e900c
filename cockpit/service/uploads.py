"""How much of the memory is taken by files that visitors have uploaded and not yet submitted or removed.

Imports streamlit lazily: only its runtime knows.
"""

from __future__ import annotations


def held(session: str) -> tuple[int, int]:
    """Bytes of one session's files, and of all."""
    from streamlit.runtime import Runtime
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

    if not Runtime.exists():
        return 0, 0
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return 0, 0
    sizes = {
        key: sum(len(file.data) for file in list(files.values())) for key, files in list(manager.file_storage.items())
    }
    return sizes.get(session, 0), sum(sizes.values())
