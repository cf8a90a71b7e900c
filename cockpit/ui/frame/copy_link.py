"""A small browser part: a button that copies the page's address."""

from __future__ import annotations

import streamlit as st

_COPY_JS = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    const link = location.href;
    try { await navigator.clipboard.writeText(link); }
    catch (error) {
      // Without https the clipboard is closed to pages; a marked text can still be copied.
      const field = document.createElement("textarea");
      field.value = link; document.body.appendChild(field); field.select();
      document.execCommand("copy"); field.remove();
    }
    button.textContent = data.done;
    setTimeout(() => { button.textContent = data.label; }, 1500);
  };
}
"""
_COPY_CSS = """
button { font: inherit; font-size: 14px; height: 34px; padding: 0 12px; cursor: pointer; white-space: nowrap;
  color: var(--st-primary-color); background: transparent;
  border: 1px solid var(--st-primary-color); border-radius: 4px; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""

_copy = st.components.v2.component("copy_link", html="<button type=button></button>", css=_COPY_CSS, js=_COPY_JS)


def copy_link(label: str, done: str) -> None:
    """A button that puts the page's address on the clipboard."""
    _copy(key="copy_link", data={"label": label, "done": done}, width="content")
