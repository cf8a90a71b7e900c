"""UI entry. It does not stand beside pages/ on purpose: Streamlit would run a deep-linked page without this shell."""

from cockpit.ui.frame import shell

shell.run()
