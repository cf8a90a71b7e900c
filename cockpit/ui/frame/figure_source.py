"""From a figure on a page to its cell: a click on its button opens a drawer that says where it comes from.

The figure asked for stands in the address (`source=target:total_output_2025:2025`), so that the answer can be sent to
somebody. Nothing is computed before it is asked for.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from cockpit.analysis.selection import towns_in
from cockpit.briefings import outside
from cockpit.errors import DatasetError
from cockpit.figure_sources import LISTS, VITALITY, FigureKey, FigureSource, figure_source, read_key
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import PAGES_FOLDER, View
from cockpit.ui.frame.showing import show, show_styles
from cockpit.visuals.data import sources as blocks
from cockpit.visuals.data.blocks import said
from cockpit.visuals.marks.markup import EMPTY, html
from cockpit.visuals.marks.source_button import source_button
from cockpit.visuals.styles import style_sheet
from cockpit.wording import data as words

PARAMETER: Final = "source"
ALL_TOWNS: Final = "all"
WIDTH: Final = 860  # of the drawer, px
# One listener on the document, told anew at every run which component is the living one.
_JS: Final = """
export default function ({ setTriggerValue }) {
  const ask = (event) => {
    const button = event.target.closest ? event.target.closest("[data-source]") : null;
    if (button) { event.stopPropagation(); setTriggerValue("figure", button.dataset.source); }
  };
  document.addEventListener("click", ask);
  return () => document.removeEventListener("click", ask);
}
"""
_clicks = st.components.v2.component("figure_source", html="<span></span>", js=_JS)


def ask(asked: FigureKey) -> None:
    """Open the drawer for a figure; for callbacks of widgets that show figures."""
    address.put(PARAMETER, [str(asked)])


def _close() -> None:
    address.put(PARAMETER, [])


def answer(view: View) -> None:
    """Listen for clicks on figures of this page and show the drawer for the one asked about."""
    with st.container(key="figuresource"):
        clicked: Any = _clicks(key="figure_source", on_figure_change=lambda: None, width=1, height=1)
    if figure := getattr(clicked, "figure", None):
        address.put(PARAMETER, [str(figure)])
    written = address.get(PARAMETER)
    if not written:
        return
    asked = read_key(written[0], view.desk, view.briefing.seen)
    if asked is None:
        address.set_aside(PARAMETER, written[:1])
        _close()
        return
    style()
    st.dialog(view.say("source.title"), width=WIDTH, position="right", on_dismiss=_close)(_drawer)(view, asked)


def offer_town(view: View, town: str) -> None:
    """Buttons for what a page that tells of one town as a whole rests on."""
    period = view.briefing.selection.period
    asked = {"source.lists": LISTS, "source.vitality": VITALITY}
    items = EMPTY
    for key, what in asked.items():
        label = view.say(key)
        button = source_button(FigureKey("town", town, period, what), label, view.language)
        items += html("<span>{} {}</span> ", label, button)
    if view.desk.dataset.manifest.is_simulated:  # public towns have no returns; their sources are told on the page
        show(html('<p class="note">{}</p>', items))


def style() -> None:
    """The stylesheet of what tells sources, sent only with it."""
    show_styles(style_sheet("figure_source"))


def town_names(view: View) -> dict[str, str]:
    towns = view.desk.dataset.towns
    towns = towns[towns_in(towns, view.person.sees)]
    column = "name_zh" if view.language == "zh" else "name_en"
    return dict(zip(towns["town_code"].astype(str), towns[column].astype(str), strict=True))


def _drawer(view: View, asked: FigureKey) -> None:
    desk, language = view.desk, view.language
    try:
        found = figure_source(desk, view.briefing.selection, view.briefing.as_of, asked)
    except DatasetError as error:
        show(said("error", words.fault(error, language)))
        return
    found = outside(desk, view.person.sees).freed(found, language)
    show(blocks.answer(found, desk.dataset, desk.register, town_names(view), language))
    if more := _more(view, found):
        st.page_link(
            PAGES_FOLDER / "data.py",
            label=view.say("source.all" if asked.kind == "target" else "source.one"),
            icon=":material/arrow_forward:",
            query_params=more,
        )


def _more(view: View, found: FigureSource) -> dict[str, list[str]]:
    """Address of the whole list on the data page, with the filters; empty where there is no more to see."""
    asked, register = found.asked, view.desk.register
    kept = {name: values for name, values in address.parameters().items() if name not in (PARAMETER, "town")}
    here = {**kept, "part": ["trace"], "period": [asked.period]}
    if asked.kind == "target" and found.lines:
        target = register.targets[asked.subject]
        return {**here, "figure": [target.indicator], "town": [ALL_TOWNS]}
    if asked.kind == "town" and asked.what in register.indicators:
        return {**here, "figure": [asked.what], "town": [asked.subject]}
    return {}
