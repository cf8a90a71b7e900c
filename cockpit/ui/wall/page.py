"""The wall's page: what the address asks for, the scenes made from the desk's briefings, what the browser part gets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from cockpit.analysis.briefing import Briefing
from cockpit.analysis.selection import PARAMETERS, Selection, normalise, write_parameters
from cockpit.briefings import Desk, Extensions, brief, logged_extensions
from cockpit.briefings.supervising import Matters, events_kept
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.exports.towns import filter_words
from cockpit.phrases import say
from cockpit.policy.wall_design import FEWEST_SECONDS, MOST_SECONDS, SceneRecord, WallDesign
from cockpit.texts import quotable
from cockpit.ui.frame import address, alerted, live
from cockpit.ui.frame.pinning import asked_version
from cockpit.ui.frame.shell import PAGES, PAGES_FOLDER, View
from cockpit.ui.wall import scenes as wall_scenes
from cockpit.ui.wall import stage as wall_stage
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.wall import maps
from cockpit.visuals.wall.scene import Scene, Setting
from cockpit.vocabulary import Language

# Keys as they are named on the keyboard, and what they do.
_KEYS: Final = (
    ("→ PageDown", "next"),
    ("← PageUp", "previous"),
    ("Space", "pause"),
    ("1–9", "digit"),
    ("Home", "home"),
    ("Enter", "enter"),
    ("B .", "blank"),
    ("F", "full"),
    ("?", "help"),
)


@dataclass(frozen=True)
class Plan:
    """What is played: records in order, seconds a scene (None: as recorded), the scene to begin with ("": first)."""

    records: tuple[str, ...]
    dwell: int | None
    start: str


def read_plan(view: View) -> Plan:
    """Read `scenes=overview,tour`, `dwell=20` and `scene=tour.330600`; what is not known is told and left out."""
    design = view.desk.register.wall
    asked = [name for value in address.get("scenes") for name in value.split(",") if name]
    known = tuple(dict.fromkeys(name for name in asked if name in design.scenes))
    address.set_aside("scenes", [name for name in asked if name not in design.scenes])
    dwell = None
    for value in address.get("dwell")[:1]:
        if value.isdecimal() and len(value) < 5 and FEWEST_SECONDS <= int(value) <= MOST_SECONDS:
            dwell = int(value)
        else:
            address.set_aside("dwell", [value])
    address.set_aside("theme", [value for value in address.get("theme")[:1] if value not in ("light", "dark")])
    start = next(iter(address.get("scene")), "")
    return Plan(known or tuple(design.scenes), dwell, start)


def scenes(view: View, plan: Plan) -> tuple[Scene, ...]:
    """All scenes of the plan, those of a tour one by one."""
    design = view.desk.register.wall
    selection, as_of = view.briefing.selection, view.briefing.as_of
    found: list[Scene] = []
    for name in plan.records:
        own, record = _narrowed(view.desk, selection, design.scenes[name]), design.scenes[name]
        if record.kind == "actions":
            briefing, setting = _told(view.desk, own, as_of, view.language)
            found += wall_scenes.actions(view.desk, briefing, _matters(view), record, setting)
            continue
        subject = f"{next(iter(address.get('town')), '')}|{_base()}" if record.kind == "town" else ""
        found += _scenes(view.desk, own, as_of, logged_extensions(view.desk.dataset.name), view.language, name, subject)
    return tuple(found)


def _base() -> str:
    """Where the browser reached the app; "" where that is not known."""
    parts = urlsplit(str(st.context.url or ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _narrowed(desk: Desk, selection: Selection, record: SceneRecord) -> Selection:
    """The selection of the address with the filters a scene sets by itself."""
    own: dict[str, Any] = {PARAMETERS[name]: tuple(codes) for name, codes in record.filters.items()}
    return normalise(replace(selection, **own), desk.choices)


@lru_cache(maxsize=48)
def _scenes(
    desk: Desk, selection: Selection, as_of: date, logged: Extensions, language: Language, name: str, subject: str
) -> tuple[Scene, ...]:
    briefing, setting = _told(desk, selection, as_of, language)
    return wall_scenes.make(desk, briefing, logged, desk.register.wall.scenes[name], setting, subject)


def _told(desk: Desk, selection: Selection, as_of: date, language: Language) -> tuple[Briefing, Setting]:
    briefing = brief(desk, selection, as_of)
    filters = filter_words(briefing, language) if selection.is_filtered else ""
    return briefing, Setting(language, filters, briefing.is_simulated())


def _matters(view: View) -> Matters | None:
    """The matters the wall may show; None where their log cannot be read."""
    try:
        return alerted.matters_of(view)
    except LogUnavailable:
        return None


def _events(plan: Plan, design: WallDesign) -> int | None:
    """The number of the matters' events the scenes were made under; None where none shows them."""
    if not any(design.scenes[name].kind == "actions" for name in plan.records):
        return None
    try:
        return events_kept()
    except LogUnavailable:
        return None


def play(view: View, plan: Plan, found: tuple[Scene, ...]) -> None:
    """Hand the scenes to the browser; step out to a desk page when asked."""
    if plan.start and plan.start not in {scene.id for scene in found}:
        # `scene=tour` means its first part.
        parts = [scene.id for scene in found if scene.id.partition(".")[0] == plan.start]
        if not parts:
            address.set_aside("scene", [plan.start])
        plan = replace(plan, start=parts[0] if parts else "")
    words = {name: view.say(f"wall.{name}") for name in ("previous", "next", "pause", "help")}
    by_id = {scene.id: scene for scene in found}

    def leave(scene_id: str) -> None:
        if scene_id in by_id:
            _step_out(view, by_id[scene_id])

    wall_stage.play(_data(view, plan, found), view.language, words, leave)


def _step_out(view: View, scene: Scene) -> None:
    """Open the desk page of a scene with its filters; the wall's own address goes along, to come back to."""
    home = {**address.parameters(), "scene": [scene.id]}
    selection = _narrowed(view.desk, view.briefing.selection, scene.record)
    target = write_parameters(selection, view.desk.choices)
    target |= {name: list(values) for name, values in scene.link.items()}
    for name in ("dataset", "lang", "version"):
        if address.get(name):
            target[name] = address.get(name)
    target["wall"] = [urlencode(sorted(home.items()), doseq=True)]
    address.replace([*address.parameters(), *target], target)
    script = next(script for script, _, _ in PAGES if script == scene.record.page)
    st.switch_page(PAGES_FOLDER / f"{script}.py")


def _version_words(view: View) -> str:
    manifest = view.desk.dataset.manifest
    if refused := view.desk.dataset.warning:
        return view.say("wall.newer" if refused.is_newer else "wall.damaged", number=manifest.number)
    if asked_version(manifest.dataset, view.person) is not None:
        return view.say("wall.pinned", number=manifest.number)
    when = datetime.fromisoformat(manifest.published_at)
    day = f"{when.month}月{when.day}日" if view.language == "zh" else f"{when:%Y-%m-%d}"
    return view.say("wall.version", number=manifest.number, day=day)


def _names(found: tuple[Scene, ...], shown: Scene, view: View) -> Markup:
    """What one can jump to in the footer: the parts of the scene shown, or all scenes."""
    language = view.language
    if shown.part:
        at = {scene.id: number for number, scene in enumerate(found)}
        own = [scene for scene in found if scene.record.id == shown.record.id]
        buttons = [(scene.part, at[scene.id], scene is shown, scene.is_empty) for scene in own]
    else:
        firsts = [next(group) for _, group in groupby(enumerate(found), key=lambda pair: pair[1].record.id)]
        buttons = [
            (scene.record.label.say(language), number, False, False)
            for number, scene in firsts
            if scene.record.id != shown.record.id
        ]
    return html_of(
        html(
            '<button type="button" data-go="{}"{}>{}{}</button>',
            number,
            " class=on aria-current=true" if is_on else "",
            "○ " if is_empty else "",
            name,
        )
        for name, number, is_on, is_empty in buttons
    )


@lru_cache(maxsize=2)
def _outlines(shapes: maps.Shapes) -> Markup:
    return maps.outlines(shapes)


def _data(view: View, plan: Plan, found: tuple[Scene, ...]) -> dict[str, Any]:
    """What `wall.js` reads."""
    design, language, dataset = view.desk.register.wall, view.language, view.desk.dataset
    order = list(dict.fromkeys(scene.record.id for scene in found))
    named = ("reconnecting", "stale", "held", "left")
    joint = "·" if language == "zh" else ", "
    junk = joint.join(f"{name}={quotable(value)}" for name, value in address.take_unknown())
    is_pinned = asked_version(dataset.name, view.person) is not None
    events = _events(plan, design)
    shown = dataset.warning.version if dataset.warning else dataset.manifest.version
    return {
        "scenes": [
            {
                "id": scene.id,
                "number": order.index(scene.record.id) + 1,
                "name": scene.record.label.say(language),
                "dwell": plan.dwell or design.dwell(scene.record),
                "head": scene.head,
                "body": scene.body,
                "about": scene.about,
                "source": scene.source,
                "names": _names(found, scene, view),
                "empty": scene.is_empty,
            }
            for scene in found
        ],
        "count": len(order),
        "start": plan.start or found[0].id,
        "shapes": _outlines(wall_scenes.shapes()),
        "language": language,
        "badge": view.say(f"wall.badge_{'demo' if view.briefing.is_simulated() else 'public'}"),
        "simulated": view.briefing.is_simulated(),
        "version": _version_words(view),
        "published": dataset.manifest.published_at,
        "stale": design.wall.stale_days,
        "resume": design.wall.resume_seconds,
        "day": view.briefing.as_of.isoformat(),
        "address": f"{live.ADDRESS}?dataset={dataset.name}{'' if events is None else '&matters=1'}",
        "matters": events,
        "shown": "" if is_pinned else shown,
        "every": live.EVERY_MS,
        "notice": view.say("wall.junk", items=junk) if junk else "",
        "keys": _keys(view),
        "words": {
            **{name: _pattern(f"wall.{name}", language) for name in named},
            "pause": view.say("wall.paused"),
            "leaving": view.say("wall.leaving"),
            "updated": view.say("wall.updated", number=dataset.manifest.number),
            "joint": joint,
        },
    }


def _pattern(key: str, language: Language) -> str:
    """A sentence with its placeholders, which the browser fills."""
    return say(key, language)


def _keys(view: View) -> Markup:
    rows = html_of(
        html(
            "<div><dt>{}</dt><dd>{}</dd></div>",
            html_of(html("<kbd>{}</kbd>", part) for part in keys.split()),
            view.say(f"wall.key_{name}"),
        )
        for keys, name in _KEYS
    )
    return html("<h2>{}</h2><dl>{}</dl>", view.say("wall.help_title"), rows)
