"""Open sessions learn of a new version by themselves: the browser asks every few seconds which one is current, and
nothing else; when it is another one than shown, the page runs again with its filters, and says so quietly.

Not a fragment that runs by the clock: every run of any session ends with Streamlit clearing away files nobody holds,
and a file made for a download is held by nobody. With some dozens of sessions ticking, downloads failed.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.datasets.store.loading import Dataset, current_marker
from cockpit.phrases import say
from cockpit.texts import plain
from cockpit.vocabulary import Language

# Milliseconds between two questions; with the rerun a session is up to date within five seconds.
EVERY_MS: Final = 3000
ADDRESS: Final = "/currentz"
_SEEN: Final = "_live_seen"
_OWN: Final = "_live_own"
_JS: Final = """
export default function ({ parentElement, data, setTriggerValue }) {
  let told = false;
  const ask = async () => {
    if (told) return;
    try {
      const answer = await fetch(data.address, { cache: "no-store" });
      if (!answer.ok) return;
      const { version } = await answer.json();
      if (version && version !== data.shown && !told) { told = true; setTriggerValue("moved", version); }
    } catch (error) { /* the next question may be answered */ }
  };
  clearInterval(parentElement.asking);
  parentElement.asking = setInterval(ask, data.every);
  // A tab in the background is seldom woken: it asks when it is looked at.
  const shown = () => { if (!document.hidden) ask(); };
  document.addEventListener("visibilitychange", shown);
  return () => { clearInterval(parentElement.asking); document.removeEventListener("visibilitychange", shown); };
}
"""

_watch = st.components.v2.component("live_version", html="<span></span>", js=_JS)


def own(version: str) -> None:
    """This session made a version current itself: it is told elsewhere, not by the notice."""
    st.session_state[_OWN] = version


def watch(dataset: Dataset, is_pinned: bool, language: Language) -> None:
    """Say what came in since the last run, then keep asking.

    A page pinned to a version keeps its figures and asks all the same: as soon as another version becomes current it
    runs again and says that it shows an old one.
    """
    if is_pinned:
        shown = current_marker(dataset.name)
    else:
        _announce(dataset, language)
        shown = dataset.warning.version if dataset.warning else dataset.manifest.version
    asked = {"address": f"{ADDRESS}?dataset={dataset.name}", "shown": shown, "every": EVERY_MS}
    with st.container(key="live"):
        _watch(key="live_version", data=asked, on_moved_change=lambda: None, width=1, height=1)


def _announce(dataset: Dataset, language: Language) -> None:
    seen: dict[str, int] = st.session_state.setdefault(_SEEN, {})
    manifest = dataset.manifest
    before = seen.get(dataset.name)
    seen[dataset.name] = manifest.number
    if before in (None, manifest.number) or st.session_state.pop(_OWN, "") == manifest.version:
        return
    if before is not None and manifest.number < before:
        text = say("live.back", language, number=manifest.number)
    else:
        who, note = plain(manifest.published_by, 160), plain(manifest.note, 160)
        text = say("live.updated", language, number=manifest.number, who=who, note=note)
    st.toast(text, icon=":material/update:", duration="long")
