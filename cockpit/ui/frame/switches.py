"""Small browser parts Streamlit has no element for: the theme switch and the WebGL probe."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cockpit.phrases import say
from cockpit.vocabulary import Language

# Streamlit keeps the reader's theme under the path of the page it was chosen on; ours holds for all pages.
_THEME_JS = """
export default function ({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.language === "zh" ? "zh-CN" : "en";
  const select = parentElement.querySelector("select");
  const paths = data.paths;
  const key = (path) => `stActiveTheme-${path}-v2`;
  select.setAttribute("aria-label", data.label);
  select.replaceChildren(...data.options.map(([value, text]) => {
    const option = document.createElement("option");
    option.value = value; option.textContent = text; return option;
  }));
  let now = "System";
  try { now = JSON.parse(localStorage.getItem(key(location.pathname))) || "System"; }
  catch (error) { now = "System"; }
  select.value = now;
  select.onchange = () => {
    for (const path of paths) localStorage.setItem(key(path), JSON.stringify(select.value));
    location.reload();
  };
  // Colours of the page are the server's: when the system turns dark at dusk, it is asked for them again, once
  // Streamlit itself has turned.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const turned = () => {
    if (select.value === "System") setTimeout(() => setTriggerValue("turned", system.matches ? "dark" : "light"), 100);
  };
  system.addEventListener("change", turned);
  return () => system.removeEventListener("change", turned);
}
"""
_THEME_CSS = """
select { font: inherit; font-size: 13px; height: 30px; padding: 0 6px;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 4px; }
@media (max-width: 767px) { select { font-size: 12px; padding: 0 2px; max-width: 80px; } }
select:focus-visible { outline: 2px solid var(--st-primary-color); }
"""
_WEBGL_JS = """
export default function ({ setStateValue }) {
  let has = false;
  try {
    const canvas = document.createElement("canvas");
    has = Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  } catch (error) { has = false; }
  if (!has) setStateValue("missing", true);
}
"""

# Registered once: doing it at every run costs more than drawing them.
_theme = st.components.v2.component("theme_switch", html="<select></select>", css=_THEME_CSS, js=_THEME_JS)
_webgl = st.components.v2.component("webgl_probe", html="<span></span>", js=_WEBGL_JS)


def theme_switch(language: Language, paths: list[str]) -> None:
    """A choice of light, dark or system that holds on every page."""
    options = [("Light", "light"), ("Dark", "dark"), ("System", "system")]
    _theme(
        key="theme_switch",
        data={
            "label": say("theme.label", language),
            "language": language,
            "paths": paths,
            "options": [(value, say(f"theme.{name}", language)) for value, name in options],
        },
        on_turned_change=lambda: None,
        width="content",
    )


def webgl_is_missing() -> bool:
    """Whether this browser told that it cannot draw the map; False until it has answered."""
    result: Any = _webgl(key="webgl_probe", on_missing_change=lambda: None, width=1, height=1)
    return bool(getattr(result, "missing", False))
