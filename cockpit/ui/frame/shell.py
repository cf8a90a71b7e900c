"""What every page shares: configuration, navigation, top bar, filter bar, notices, footer."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

import streamlit as st

from cockpit.access.people import Person
from cockpit.analysis.briefing import Briefing
from cockpit.analysis.selection import read_parameters
from cockpit.briefings import Desk, brief, day_of, open_desk
from cockpit.datasets.store.loading import NAMES, default_dataset
from cockpit.errors import CockpitError
from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.texts import quotable
from cockpit.ui.frame import address, help, leading, live, me, pack_button, wall_link
from cockpit.ui.frame.aids import aids
from cockpit.ui.frame.filters import clear, filter_bar, kept, show_count
from cockpit.ui.frame.language import current_language, current_theme
from cockpit.ui.frame.person import current
from cockpit.ui.frame.pinning import asked_version, unpin, version_notices
from cockpit.ui.frame.showing import show, show_styles
from cockpit.ui.frame.switches import theme_switch
from cockpit.ui.frame.uploads import shown
from cockpit.visuals.marks.markup import html
from cockpit.visuals.marks.palette import Theme, css_variables, wall_variables
from cockpit.visuals.styles import style_sheet
from cockpit.vocabulary import LANGUAGES, Language
from cockpit.wording import data as data_words

PAGES_FOLDER: Final = Path(__file__).resolve().parents[3] / "pages"
# (script, url path, icon); the first is the default page and is served at /.
PAGES: Final = (
    ("cockpit", "", ":material/speed:"),
    ("targets", "targets", ":material/target:"),
    ("plan", "plan", ":material/flag:"),
    ("chain", "chain", ":material/hub:"),
    ("map", "map", ":material/map:"),
    ("vitality", "vitality", ":material/monitoring:"),
    ("per_mu", "per-mu", ":material/landscape:"),
    ("lists", "lists", ":material/rule:"),
    ("actions", "actions", ":material/assignment_turned_in:"),
    ("elements", "elements", ":material/category:"),
    ("cases", "cases", ":material/emoji_objects:"),
    ("towns", "towns", ":material/table_rows:"),
    ("town", "town", ":material/qr_code_2:"),
    ("data", "data", ":material/upload_file:"),
    ("basis", "basis", ":material/gavel:"),
    ("wall", "wall", ":material/slideshow:"),
    ("access", "access", ":material/key:"),
    ("audit", "audit", ":material/policy:"),
)
# What it takes to open a page; where several are named, one of them. All others are for who may read.
_ASKS: Final[dict[str, tuple[str, ...]]] = {
    "access": ("administer", "grant"),
    "audit": ("audit",),
    "wall": ("see_wall",),
}
# Pages without bars and filters: they stand on a wall, and what the bars would say stands in their address.
_BARE: Final = frozenset({"wall"})
# Pages the filter bar does not rule: their address keeps the filters for the next page.
_UNRULED: Final = frozenset({"data", "basis", "access", "actions", "audit", "plan"})
# Stylesheets two pages share.
_SHARED: Final[dict[str, tuple[str, ...]]] = {
    "audit": ("access",),
    "plan": ("actions",),
    "chain": ("diagram",),
    "wall": ("diagram",),
}
# Pages in parts. Elsewhere the part of one of them would be carried along, into links that know no parts.
_IN_PARTS: Final = frozenset({"data", "basis"})
SCRIPTS: Final[dict[str, str]] = {path: script for script, path, _ in PAGES}
_PATHS: Final = tuple((script, path) for script, path, _ in PAGES)
# Brand and top bar, which the navigation must leave free.
_NAV_TAKEN: Final[dict[Language, float]] = {"zh": 51.5, "en": 57.0}
_NAV_TAKEN_SIGNED_IN: Final = 5.0  # more, for a name of one's own
TAB_ICON: Final = "🏮"
_VIEW: Final = "_view"
# These say themselves which of their uploaders is shown: asked before, the files just sent would be given back.
_UPLOADING: Final = frozenset({"data", "actions", "plan"})
_NOBODY: Final = Person("", "", way="password")


@dataclass(frozen=True, eq=False)
class View:
    """What a page needs: the desk, the briefing of the current selection, language, theme, and who looks at it."""

    desk: Desk
    briefing: Briefing
    language: Language
    theme: Theme
    person: Person

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    @property
    def is_empty(self) -> bool:
        return not len(self.briefing.towns)


def view() -> View:
    """The view of this run, for the page script."""
    found: View = st.session_state[_VIEW]
    return found


def may_open(person: Person, script: str) -> bool:
    """Whether a person may open a page. Without accounts there is nobody to be administered."""
    if person.is_local and script in ("access", "audit"):
        return False
    if person.way == "device" and script != "wall":  # a socket can ask for any page, whatever address opened it
        return False
    if person.way == "device":  # its socket could ask for any page
        return script == "wall"
    return any(person.rights.may(verb) for verb in _ASKS.get(script, ("read",)))


@lru_cache(maxsize=32)
def _declared(language: Language, shown: frozenset[str]) -> tuple[Any, ...]:
    return tuple(
        st.Page(
            PAGES_FOLDER / f"{script}.py",
            title=say(f"page.{script}", language),
            icon=icon,
            url_path=path or "cockpit",
            default=not path,
            visibility="visible" if script in shown else "hidden",
        )
        for script, path, icon in PAGES
    )


def navigation(language: Language, person: Person) -> Any:
    """Declare the pages; returns the one to run. Titles follow the language, paths never change.

    A page a person may not open has an address and no entry: who follows a link to it is told why.
    """
    shown = frozenset(script for script, _, _ in PAGES if may_open(person, script))
    # Declared once, for every declaration looks its file up; a copy a run, for a page remembers whether it was run.
    return st.navigation([copy(page) for page in _declared(language, shown)], position="top")


def _dataset_choice(language: Language) -> None:
    address.choose_one(
        "dataset",
        NAMES,
        default_dataset(),
        lambda widget: st.segmented_control(
            say("dataset.label", language),
            NAMES,
            format_func=lambda name: say(f"dataset.{name}", language),
            key=widget,
            required=True,
            width="content",
        ),
        language,
    )


def _top_bar(desk: Desk, script: str, person: Person, language: Language) -> None:
    manifest = desk.dataset.manifest
    with st.container(key="topbar", horizontal=True, gap="small", vertical_alignment="center"):
        kind = "demo" if manifest.is_simulated else "public"
        # The badge is the switch, two clicks away: a stray one must not show other data to the room.
        badge = st.popover(
            say(f"badge.{kind}", language, number=manifest.number), key=f"badge_{kind}", on_change="rerun"
        )
        if badge.open:
            with badge:
                _dataset_choice(language)
        else:
            address.asked_one("dataset", NAMES, default_dataset())
        if asked_dataset() != desk.dataset.name:
            # The switch is drawn after the data it switches were opened: once more, with the others.
            unpin()  # versions are counted by dataset
            address.flush()
            st.rerun()
        widget = address.seeded("language", language)
        chosen = st.segmented_control(
            say("language.label", language),
            LANGUAGES,
            format_func=lambda code: {"zh": "中", "en": "EN"}[code],
            key=widget,
            required=True,
            label_visibility="collapsed",
            width="content",
        )
        if chosen != language and chosen:
            address.put("lang", [chosen])
        address.drawn(widget)
        if chosen != language and chosen:
            address.flush()
            st.rerun()
        theme_switch(language, ["/", *(f"/{path}" for _, path, _ in PAGES if path)])
        me.corner(person, desk.register.access, desk.dataset.towns, language)
        help.button(script, [path for name, path, _ in PAGES if name not in _BARE], language)


def _spoken_css(language: Language, person: Person) -> str:
    """What the stylesheet needs of the language: words the framework knows in English only, and the bar's room."""
    words = f"--nav-more:'{say('page.more', language)}';--skip:'{say('page.skip', language)}'"
    taken = _NAV_TAKEN[language] + (0.0 if person.is_local else _NAV_TAKEN_SIGNED_IN)
    return f":root{{{words};--nav-taken:{taken}rem}}"


def _on_paper(theme: Theme) -> str:
    """Paper is white, whatever the screen."""
    return f"@media print{{{css_variables('light')}}}" if theme == "dark" else ""


def _page_css(script: str) -> str:
    return "".join(style_sheet(name) for name in (*_SHARED.get(script, ()), script))


def asked_dataset() -> str:
    """Dataset named in the address, else the deployment's default."""
    asked = address.get("dataset")
    return asked[0] if asked and asked[0] in NAMES else default_dataset()


def run() -> None:
    """Draw the shell and run the page the address names."""
    try:
        _run()
    finally:
        address.replay()


def _run() -> None:
    # Twice on purpose: before the navigation without a page's name, or the browser fetches the page's own icon from
    # outside as the tab's; and once more when the page, and with it the title, is known.
    st.set_page_config(page_title=say("app.title", "zh"), page_icon=TAB_ICON, layout="wide")
    person = current()
    page = navigation(st.session_state.get("_language", "zh"), person or _NOBODY)
    address.restore()
    language = current_language()
    if st.session_state.get("_language", "zh") != language:
        st.session_state["_language"] = language
        page = navigation(language, person or _NOBODY)
    st.set_page_config(page_title=f"{page.title} · {say('app.title', language)}", page_icon=TAB_ICON, layout="wide")
    if SCRIPTS[page.url_path] not in _UPLOADING:
        shown()
    if person is None:
        _gone(language)
        return
    if not page.url_path and not may_open(person, SCRIPTS[""]) and (first := _first_of(person)):
        # An administrator sees no figures: sign-in leads to the first page, which is not his.
        st.switch_page(PAGES_FOLDER / f"{first}.py")
    if SCRIPTS[page.url_path] in _BARE and not may_open(person, SCRIPTS[page.url_path]):
        _refused(person, language)
        return
    if SCRIPTS[page.url_path] in _BARE:
        _run_bare(page, language, person)
        return
    theme, script = current_theme(), SCRIPTS[page.url_path]
    if script not in _IN_PARTS:
        address.put("part", [])
    sheets = (style_sheet(name) for name in ("base", "frame", "aids"))
    own = (_page_css(script), style_sheet("print"), _on_paper(theme))
    show_styles(css_variables(theme), _spoken_css(language, person), *sheets, *own)
    show(
        html('<div class="brand"><b>{}</b><span>{}</span></div>', say("app.mark", language), say("app.title", language))
    )
    desk = _asked_desk(person, language)
    if not set(address.get("lang")) <= set(LANGUAGES):
        address.set_aside("lang", address.get("lang"))
        address.put("lang", [])
    _top_bar(desk, script, person, language)
    watched = live.watch(desk, asked_version(desk.dataset.name, person) is not None, person, language)
    aids(desk.register, language, _PATHS, watched)
    _back_to_wall(language)
    version_notices(desk, person, language)
    me.tell_resets(person, language)
    sets = {name: target_set.label.say(language) for name, target_set in desk.register.sets.items()}
    is_ruled = script not in _UNRULED
    selection = (
        filter_bar(desk.dataset, desk.choices, sets, person.sees, language)
        if is_ruled
        else kept(desk.choices, person.sees)
    )
    desk = desk.of(selection)
    _follow_set(desk.register)
    briefing = brief(desk, selection, day_of(desk.dataset.name))
    if is_ruled:
        show_count(len(briefing.towns), briefing.town_count, language)
        pack_button.button(desk, briefing, person, language)
    if help.wants_wall():
        wall_link.dialog(desk, selection, language)
    st.session_state[_VIEW] = View(desk, briefing, language, theme, person)
    address.flush()
    if (asked := leading.asked()) in SCRIPTS:
        address.leave(asked)
    notice = st.empty()
    try:
        if may_open(person, script):
            page.run()
        else:
            _refused(person, language)
    finally:
        # The page's own choices are known only now, and a page with nothing to show ends early.
        unknown = address.take_unknown()
        if unknown:
            items = ", ".join(f"`{quotable(parameter)}={quotable(value)}`" for parameter, value in unknown)
            notice.warning(say("filter.junk", language, items=items), icon=":material/info:")
    _footer(desk, language)
    address.flush()
    address.settle()


def _follow_set(register: Register) -> None:
    """A target of another set gives way to the one of this set that measures the same."""
    asked = address.get("target")
    if asked and asked[0] in register.every_target and asked[0] not in register.targets:
        address.put("target", [register.in_set(asked[0])])


def _asked_desk(person: Person, language: Language) -> Desk:
    """The dataset and version the address asks for; one that cannot be read is told and ends the run."""
    version = None
    try:
        name = asked_dataset()
        version = asked_version(name, person)
        return open_desk(name, version)
    except CockpitError as error:
        st.error(data_words.unreadable(error, language), icon=":material/error:")
        if version is not None:  # the current one is as good as ever
            st.button(say("version.show_current", language), key="unpin", on_click=unpin, width="content")
        st.stop()


def _first_of(person: Person) -> str:
    """The first page somebody may open, "" for none."""
    pages = (script for script, path, _ in PAGES if path and script not in _BARE)
    return next((script for script in pages if may_open(person, script)), "")


def _refused(person: Person, language: Language) -> None:
    """A page the reader may not open: which roles he has, and who gives others."""
    key = "person.no_accounts" if person.is_local else "person.not_yours" if person.roles else "person.none"
    st.info(say(key, language), icon=":material/lock:")
    for script, path, icon in PAGES:
        if path and may_open(person, script):
            st.page_link(PAGES_FOLDER / f"{script}.py", label=say(f"page.{script}", language), icon=icon)


def _gone(language: Language) -> None:
    """The session has ended while the page stood: nothing of it stays."""
    show_styles(css_variables("light"), style_sheet("base"))
    st.error(say("person.gone", language), icon=":material/lock:")
    st.link_button(say("person.sign_in", language), "/signin", type="primary")


def _run_bare(page: Any, language: Language, person: Person) -> None:
    """Run a page that fills the screen: dark unless `theme=light`, filters from the address alone."""
    theme: Theme = "light" if address.get("theme")[:1] == ["light"] else "dark"
    own = _page_css(SCRIPTS[page.url_path])
    spoken = _spoken_css(language, person)
    show_styles(css_variables(theme), wall_variables(theme), spoken, style_sheet("base"), own)
    desk = _asked_desk(person, language)
    address.set_aside("lang", [code for code in address.get("lang") if code not in LANGUAGES])
    address.set_aside("dataset", [code for code in address.get("dataset")[:1] if code not in NAMES])
    selection, junk = read_parameters(address.parameters(), desk.choices, scope=person.sees)
    for item in junk:
        address.set_aside(item.parameter, [item.value])
    desk = desk.of(selection)
    st.session_state[_VIEW] = View(desk, brief(desk, selection, day_of(desk.dataset.name)), language, theme, person)
    address.flush()
    page.run()


def _back_to_wall(language: Language) -> None:
    """The way back for who stepped out of a wall: its address stands in ours as it was."""
    home = address.get("wall")
    if not home:
        return
    if st.button(say("wall.back", language), key="to_wall", icon=":material/arrow_back:", type="tertiary"):
        known = {name: said for name, said in parse_qs(home[0], max_num_fields=40).items() if name in address.NAMES}
        address.replace([*address.parameters(), *known], known)
        st.switch_page(PAGES_FOLDER / "wall.py")


def stop_if_empty(current: View) -> None:
    """Say that nothing is left and offer to clear; ends the page's script without an exception."""
    if current.is_empty:
        with st.container(key="empty"):
            st.subheader(current.say("filter.empty"), anchor=False)
            st.write(current.say("filter.empty_help"))
            st.button(current.say("filter.clear"), key="clear_empty", type="primary", on_click=clear)
        _footer(current.desk, current.language)
        address.flush()
        st.stop()


def _footer(desk: Desk, language: Language) -> None:
    kind = "demo" if desk.dataset.manifest.is_simulated else "public"
    told = (say(key, language) for key in (f"foot.{kind}", "foot.money", "map.notice"))
    show(html('<p class="note">{}</p>', " ".join(told)))
