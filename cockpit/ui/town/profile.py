"""Parts of the town code page: choosing a town, its profile in three columns, code and printed sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from cockpit import town_codes
from cockpit.analysis.briefing import Profile
from cockpit.analysis.selection import Selection, select_towns
from cockpit.briefings import SHANGHAI, Decided, town_profile
from cockpit.datasets.store.loading import NAMES
from cockpit.exports.town_sheets import town_sheets
from cockpit.exports.towns import filter_words
from cockpit.phrases import say
from cockpit.texts import plain, quotable
from cockpit.ui.frame import address
from cockpit.ui.frame.decision_log import read_log
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import Theme
from cockpit.visuals.town import blocks as profile_blocks
from cockpit.visuals.town import qr
from cockpit.visuals.town import trend as profile_drawing
from cockpit.vocabulary import DECISION_ACTIONS
from cockpit.wording.profile import face as face_of
from cockpit.wording.profile_face import Face

_HITS: Final = 6  # towns offered where several fit


# Pages that tell more of one town, and what names it in their addresses.
_HOLDS: Final = {"vitality": "town", "per_mu": "per_mu_town"}


@dataclass(frozen=True, eq=False)
class Book:
    """What the page shows: the chosen town (None when the address names none), the log (None when it is away)."""

    profile: Profile | None
    face: Face | None
    log: Decided | None
    fault: str
    typed: str
    reading: town_codes.Reading | None
    hits: tuple[str, ...]
    names: dict[str, str]

    @property
    def code(self) -> str:
        return self.profile.town_code if self.profile else ""


def _base() -> str:
    """Where the browser reached the app; "" where that is not known."""
    parts = urlsplit(str(st.context.url or ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def open_book(view: View) -> Book:
    """Find the town the address names, by printed code, town_code or name; read its profile and the log once."""
    log, fault = read_log(view)
    towns = view.desk.dataset.towns
    every = zip(towns["town_code"], towns["name_zh" if view.language == "zh" else "name_en"], strict=True)
    names = {code: name for code, name in every if code in view.briefing.seen}
    # A town another page has picked is shown until a code is typed.
    typed = " ".join(address.get("code") or address.get("town"))[: town_codes.LONGEST].strip()
    reading = town_codes.read(typed) if typed else None
    code: str = ""
    hits: tuple[str, ...] = ()
    if reading is None:
        code = str(view.briefing.towns["town_code"].iloc[0])
    elif reading.town_code in names:
        code = str(reading.town_code)
    else:
        hits = _search(view, typed)
        code = hits[0] if len(hits) == 1 else ""
    if not code:
        return Book(None, None, log, fault, typed, reading, hits, names)
    profile = town_profile(view.desk, code, view.briefing.as_of, log.extensions if log else (), view.person.sees)
    url = town_codes.public_url(profile.code, _base())
    return Book(profile, face_of(profile, view.language, url), log, fault, typed, reading, hits, names)


def _search(view: View, typed: str) -> tuple[str, ...]:
    towns = view.desk.dataset.towns
    keep = select_towns(towns, Selection(view.briefing.selection.period, search=typed, scope=view.person.sees))
    return tuple(towns.loc[keep, "town_code"].astype("str"))


def _take(code: str) -> None:
    address.put("code", [town_codes.printed(code)])


def _picked(widget: str) -> None:
    if st.session_state[widget]:
        _take(st.session_state[widget])


def _asked(widget: str) -> None:
    text = str(st.session_state[widget]).strip()
    address.put("code", [text] if text else [])


def choose(view: View, book: Book) -> None:
    """The title, a box to type a code or a name into, and the list of the towns of the filter."""
    options = list(view.briefing.towns["town_code"].astype("str"))
    if book.code and book.code not in options:
        options.insert(0, book.code)
    with st.container(key="tchoose", horizontal=True, vertical_alignment="center", gap="small"):
        if book.profile is None:
            show(html('<section class="ans"><h1>{}</h1></section>', view.say("town.title")), width="content")
        example = town_codes.printed(options[0])
        asked = address.seeded(f"ask|{view.language}", book.typed)
        st.text_input(
            view.say("town.ask"),
            key=asked,
            on_change=_asked,
            args=(asked,),
            placeholder=view.say("town.ask_example", code=example),
            label_visibility="collapsed",
            max_chars=town_codes.LONGEST,
            icon=":material/search:",
            width=420,
        )
        address.drawn(asked)
        picked = address.seeded(f"towncode|{view.language}|{view.desk.dataset.name}", book.code or None)
        st.selectbox(
            view.say("town.pick"),
            options,
            index=None,
            format_func=lambda code: f"{book.names[code]} · {town_codes.printed(code)}",
            key=picked,
            on_change=_picked,
            args=(picked,),
            label_visibility="collapsed",
            placeholder=view.say("town.pick"),
            width=420,
        )
        address.drawn(picked)


def help_out(view: View, book: Book) -> None:
    """What is wrong with what was typed, and the towns that may be meant."""
    # Notices are Markdown: what was typed stands as code, and what ends code is taken out of it.
    typed, reading = f"`{quotable(book.typed)}`", book.reading
    hits, near = book.hits[:_HITS], tuple[str, ...]()
    if book.hits:
        st.info(view.say("town.found", count=len(book.hits), typed=typed), icon=":material/search:")
    else:
        problem = reading.problem if reading else "code.empty"
        dataset = view.say(f"dataset.{view.desk.dataset.name}")
        sentence = view.say(
            problem or "code.unknown", typed=typed, expected=reading.expected if reading else "", dataset=dataset
        )
        if problem == "code.form":
            sentence = f"{view.say('town.found_none', typed=typed)} {sentence}"
        st.warning(sentence, icon=":material/info:")
        near = town_codes.near(book.typed, book.names)
        _elsewhere(view, book)
    if near:
        show(html('<p class="tnote">{}</p>', view.say("code.near")))
    with st.container(key="thits"):
        for code in (*hits, *near):
            label = f"{plain(book.names[code])} · {town_codes.printed(code)}"
            st.button(label, key=f"hit|{code}", on_click=_take, args=(code,))


def _elsewhere(view: View, book: Book) -> None:
    """A code of the other dataset's form is offered there."""
    other = next(name for name in NAMES if name != view.desk.dataset.name)
    reading = book.reading
    if reading is None or reading.problem or reading.town_code is None:
        return
    belongs = "public" if reading.town_code[0].isdigit() else "demo"
    if belongs == other:
        label = view.say(
            "town.other_dataset", dataset=view.say(f"dataset.{other}"), code=town_codes.printed(reading.town_code)
        )
        st.button(label, key="other_dataset", on_click=_switch, args=(other,), type="primary")


def _switch(dataset: str) -> None:
    address.replace(["dataset"], {"dataset": [dataset]})


def columns() -> list[Any]:
    with st.container(key="tcols"):
        return st.columns([21, 26, 25], gap="large")


@lru_cache(maxsize=256)
def _markup(face: Face, theme: Theme) -> tuple[Markup, Markup, Markup, Markup, Markup]:
    """Head and status; facts; standing, trend and reports; chain and rating; rules and sources."""
    blocks, language = profile_blocks, face.language
    code = ""
    if face.url:
        code = profile_drawing.image(qr.svg(face.url), say("town.qr", language, code=face.code, url=face.url))
    picture = ""
    if face.trend:
        drawn = profile_drawing.trend(face.trend, profile_drawing.colours(theme))
        picture = profile_drawing.image(drawn, face.trend.alt)
    return (
        blocks.head(face) + blocks.ways(face, _HOLDS) + blocks.status_card(face, code) + blocks.reasons(face),
        blocks.facts(face),
        blocks.standing(face) + blocks.trend(face, picture) + blocks.reports(face),
        blocks.chain(face, at_desk=True) + blocks.rating(face),
        html('<div class="tlow">{}{}</div>', blocks.rules(face), blocks.sources(face)),
    )


def status(view: View, book: Book) -> None:
    """Name, code, status with its reasons, what can be taken along."""
    assert book.face is not None
    show(_markup(book.face, view.theme)[0])
    _take_along(view, book)


def facts(view: View, book: Book) -> None:
    assert book.face is not None
    show(_markup(book.face, view.theme)[1])


def _take_along(view: View, book: Book) -> None:
    """The sheet of this town, those of the filter, and the address to be copied."""
    assert book.profile is not None
    assert book.face is not None
    profile, language, base = book.profile, view.language, _base()
    logged = book.log.extensions if book.log else ()
    towns = [*view.briefing.towns["town_code"].astype("str")]

    def all_sheets() -> bytes:
        profiles = [town_profile(view.desk, code, view.briefing.as_of, logged, view.person.sees) for code in towns]
        return town_sheets(profiles, language, base, filter_words(view.briefing, language))

    with st.container(key="ttake", horizontal=True, gap="small"):
        one, many = view.say("town.sheet"), view.say("town.sheets", count=len(towns))
        stem = f"towns-{view.desk.dataset.name}-{profile.as_of.isoformat()}"
        sheet = f"{profile.code}.pdf"
        offer(view, one, lambda: town_sheets([profile], language, base), sheet, key="sheet", icon=":material/print:")
        offer(view, many, all_sheets, f"{stem}.pdf", key="sheets", icon=":material/menu_book:")
    if book.face.url:
        show(html('<p class="tnote">{}</p>', view.say("town.address")))
        st.code(book.face.url, language=None)  # brings its own button to copy


def standing(view: View, book: Book) -> None:
    """Beside class and province, over the years, and in public reports."""
    assert book.face is not None
    show(_markup(book.face, view.theme)[2])


def place(view: View, book: Book) -> None:
    """In its chain, by its stars or clock, through the years; decisions of the log first."""
    assert book.face is not None
    show(_markup(book.face, view.theme)[3])
    show(profile_blocks.history(book.face, _decisions(view, book)))


def _decisions(view: View, book: Book) -> Markup:
    if book.log is None:
        return html('<p class="tnote" role="status">{}</p>', book.fault)
    mine = [entry for entry in book.log.entries if entry.town_code == book.code and entry.outcome == "recorded"]
    rows = html_of(
        html(
            '<li class="pub"><time>{}</time><span>{}</span><em><span class="own">{}</span></em></li>',
            f"{entry.recorded_at.astimezone(SHANGHAI):%Y-%m-%d}",
            view.say("town.entry.decision", action=DECISION_ACTIONS[entry.action].say(view.language)),
            view.say("town.inner"),
        )
        for entry in mine
    )
    return html('<ul class="thist">{}</ul>', rows) if rows else EMPTY


def basis(view: View, book: Book) -> None:
    """The rules of the status and where everything comes from."""
    assert book.face is not None
    show(_markup(book.face, view.theme)[4])
