"""Parts of the per-mu page; each takes the view and draws one thing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from cockpit.analysis.boundary_changes import TABLE, between, boundary_changes
from cockpit.analysis.briefing import PerMu
from cockpit.analysis.measures import Cube, Mask
from cockpit.briefings import Desk, per_mu
from cockpit.figure_sources import PER_MU, FigureKey
from cockpit.phrases import say
from cockpit.policy.per_mu_design import PerMuDesign
from cockpit.ui.frame import address
from cockpit.ui.frame.charting import leading_chart
from cockpit.ui.frame.segments import is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.units import Period, figure
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import Theme
from cockpit.visuals.marks.source_button import source_button
from cockpit.visuals.per_mu import cards
from cockpit.visuals.per_mu import quadrant as drawing
from cockpit.vocabulary import ORIGINS, PER_MU_CLASSES, PROVENANCES, QUALIFIERS, SCOPES, Language, Provenance
from cockpit.wording import per_mu as words
from cockpit.wording.profile_parts import boundary
from cockpit.wording.targets import clause_words


def picked_class() -> str:
    """The class chart and ranking are narrowed to, "" for all; what is no class is told and left out."""
    asked = "".join(address.get("permu_class")[:1])
    if asked and asked not in PER_MU_CLASSES:
        address.set_aside("permu_class", [asked])
        address.put("permu_class", [])
        return ""
    return asked


def in_class(found: PerMu, shown: Mask) -> Mask:
    """The towns shown that stand in the picked class."""
    letter = picked_class()
    return shown & (found.evaluation.letter == letter) if letter else shown


def only_class(language: Language) -> Markup:
    """What is narrowed to, with the way out of it."""
    if not (letter := picked_class()):
        return EMPTY
    text = say("permu.only", language, name=PER_MU_CLASSES[letter].say(language))
    return html(
        '<span class="pill" {}>{} ×</span>',
        marks.narrows("permu_class", letter, say("filter.take_out", language)),
        text,
    )


def found_of(view: View) -> PerMu:
    """The evaluation in the land type of the address, with title, verdict line and the choice of land type."""
    design, language = view.desk.register.per_mu, view.language
    offered = design.land.offered
    asked = address.get("land")
    land = asked[0] if asked and asked[0] in offered else design.land.default
    found = per_mu(view.desk, view.briefing.selection.period, land, view.person.sees)
    shown = found.shown(view.briefing.keep)
    year = Period.parse(found.period).year if found.period else ""
    if not found.is_computed and not view.desk.dataset.manifest.is_simulated:
        show(html('<section class="ans"><h1>{}</h1></section>', view.say("permu.title_none")))
        return found
    show(
        html(
            '<section class="ans"><h1>{}</h1>{}{}</section>',
            view.say("permu.title", year=year),
            cards.tally(found, shown, picked_class(), language),
            _best(found, shown, language),
        )
    )
    with st.container(key="permuhead", horizontal=True, gap="small", vertical_alignment="center"):
        address.choose_one(
            "land",
            offered,
            design.land.default,
            lambda widget: st.segmented_control(
                view.say("permu.land"),
                offered,
                format_func=lambda name: words.land_words(name, language).capitalize(),
                key=widget,
                required=True,
                label_visibility="collapsed",
                width="content",
            ),
            language,
        )
        show(html('<p class="note">{}</p>', _rule(view, found)), width="stretch")
    if address.get("land") != ([] if land == design.land.default else [land]):
        # The switch is drawn after the evaluation it switches: once more, with the other.
        address.flush()
        st.rerun()
    return found


def _best(found: PerMu, shown: Mask, language: Language) -> Markup:
    first = [at for at in range(len(shown)) if shown[at] and found.evaluation.leader[at]]
    if not first:
        return EMPTY
    at = min(first, key=lambda at: int(found.evaluation.leader[at]))
    tax = figure(float(found.values[at, found.parameters.tax]), "yuan_per_mu", language)
    name, land = words.town_names(found, language)[at], words.land_words(found.land_type, language)
    return html("<p>{}</p>", say("permu.best", language, name=name, value=tax, land=land))


def _rule(view: View, found: PerMu) -> str:
    period = Period.parse(found.period).say(view.language)
    text = view.say("permu.rule", period=period, land=words.land_words(found.land_type, view.language))
    if found.period != view.briefing.selection.period:
        text = f"{view.say('permu.newest_year', year=found.period)}{'' if view.language == 'zh' else ' '}{text}"
    return text


def stop_if_unjudged(view: View, found: PerMu) -> bool:
    """Say why nothing can be judged; True when the page ends here."""
    shown = found.shown(view.briefing.keep)
    if found.is_computed and shown.any():
        return False
    if not view.desk.dataset.manifest.is_simulated and not found.has_land:
        _published(view, found)
    elif not found.has_land:
        land = words.land_words(found.land_type, view.language)
        st.info(view.say("permu.no_land", year=found.period, land=land), icon=":material/info:")
    else:
        st.info(view.say("permu.none_in_scope", year=found.period), icon=":material/info:")
    return True


def _published(view: View, found: PerMu) -> None:
    """The province figures that were published, each with its set of towns; no class for any real town."""
    language = view.language
    st.info(view.say("permu.public"), icon=":material/info:")
    blocks = []
    points = [(name, point) for name, series in found.published for point in series]
    for name, point in sorted(points, key=lambda pair: pair[1].period, reverse=True):
        label = view.desk.register.indicator(name).label.say(language)
        value = figure(point.value, point.unit, language, digits=5)
        scope = point.scope_written if language == "zh" else SCOPES[point.scope].en
        blocks.append(
            html(
                '<div><header><strong>{}</strong><span class="bdg b-published">{}</span></header><b>{}{}'
                '<small>{}</small></b><p class="note">{} · {} · {}</p><p class="note">{}</p></div>',
                label,
                PROVENANCES[point.provenance].say(language),
                QUALIFIERS[point.qualifier].say(language),
                value.number,
                value.unit,
                point.period.say(language),
                scope,
                " ".join(point.source_ids),
                view.say("permu.public_basis"),
            )
        )
    show(
        html(
            '<div class="pubs">{}</div><p class="note">{}</p><p class="note">{}</p>',
            html_of(blocks),
            view.say("permu.public_growth"),
            view.say("permu.public_needs"),
        )
    )


def columns() -> list[Any]:
    return st.columns([900, 420, 460], gap="medium")


def badge(view: View) -> Markup:
    """The mark of simulated figures, in every head."""
    if not view.desk.dataset.manifest.is_simulated:
        return EMPTY
    return html('<span class="bdg b-simulated">{}</span>', PROVENANCES[Provenance.SIMULATED].say(view.language))


@lru_cache(maxsize=128)
def _quadrant(
    found: PerMu, desk: Desk, shown: tuple[bool, ...], told: Cube, language: Language, theme: Theme
) -> drawing.Quadrant:
    return drawing.draw_quadrant(found, desk.register.per_mu, np.asarray(shown), told, language, theme)


def quadrant(view: View, found: PerMu) -> None:
    """Tax over value added per mu, chart or table."""
    language = view.language
    with st.container(key="gaphead", horizontal=True, gap="small", vertical_alignment="center"):
        title = html("<h2>{} {} {}</h2>", view.say("permu.quadrant"), badge(view), only_class(language))
        show(title, width="content")
        st.space("stretch")
        as_table = is_table(view, "per_mu_view")
    shown = tuple(bool(is_in) for is_in in in_class(found, found.shown(view.briefing.keep)))
    drawn = _quadrant(found, view.desk, shown, view.briefing.cube, language, view.theme)
    if as_table:
        show(drawn.table)
    else:
        leading_chart(drawn.spec, "quadrant", drawn.alt, view.say("permu.quadrant"), drawn.walk, language)
    notes = [view.say(f"permu.quadrant_{'kept_back' if drawn.is_kept_back else 'note'}"), view.say("permu.leader_mark")]
    if drawn.missing:
        notes.append(view.say("permu.not_drawn", count=drawn.missing))
    show(
        html('<p class="note">{}</p>', ("; " if language == "en" else "；").join(note.rstrip("。.") for note in notes))
    )


def leaders(view: View, found: PerMu) -> None:
    design = view.desk.register.per_mu
    said = view.say(
        "permu.leaders_note",
        unit=words.scale("yuan_per_mu", view.language).unit,
        land=words.land_words(found.land_type, view.language),
        count=int(design.value("leaders")),
        clause=view.desk.register.rule("per_mu_leaders").clause,
    )
    note = html("{} {}", said, marks.own(view.language))
    show(cards.leaders(found, found.shown(view.briefing.keep), view.language, badge(view), note))


def one_town(view: View, found: PerMu) -> None:
    """One town's six items against its peers; the best of those shown until another is picked."""
    design, language, evaluation = view.desk.register.per_mu, view.language, found.evaluation
    show(html('<div class="sect"><h2>{}</h2>{}</div>', view.say("permu.town"), badge(view)))
    codes, names = found.towns["town_code"].astype("str").tolist(), words.town_names(found, language)
    shown = np.flatnonzero(found.shown(view.briefing.keep))
    first = codes[max(shown, key=lambda at: (np.nan_to_num(evaluation.score[at]), -at))]
    options = [code for code in codes if code in view.briefing.seen]
    code = address.choose_one(
        "per_mu_town",
        options,
        first,
        lambda widget: st.selectbox(
            view.say("permu.town_pick"),
            options,
            format_func=lambda code: names[codes.index(code)],
            key=widget,
            label_visibility="collapsed",
        ),
        f"{language}|{view.desk.dataset.key}",
    )
    show(_town(found, design, codes.index(code), language))
    if found.period:
        year = Period.parse(found.period)
        changes = boundary_changes(view.desk.dataset.table(TABLE)).get(code, ())
        for change in between(changes, year.year_before(), year):
            told = boundary(change.before, change.after, language)
            show(html('<p class="note">{} {}</p>', str(change.day), told))


def _town(found: PerMu, design: PerMuDesign, row: int, language: Language) -> Markup:
    evaluation = found.evaluation
    letter = str(evaluation.letter[row])
    text = words.remark(found, design, row, language)
    if evaluation.place[row]:
        group = words.group_words(str(evaluation.group[row]), language)
        line = say(
            "permu.town_line_kept_back" if found.is_kept_back(row) else "permu.town_line",
            language,
            score=f"{evaluation.score[row]:.1f}",
            group=group,
            place=evaluation.place[row],
            size=evaluation.group_size[row],
        )
        told = [part for part in (line, text, words.no_d_here(found, row, language)) if part]
        text = ("；" if language == "zh" else "; ").join(told)
    scale = say("permu.scale", language, cap=f"{found.parameters.cap:g}")
    asked = FigureKey("town", str(found.towns["town_code"].iloc[row]), found.period, f"{PER_MU}.{found.land_type}")
    source = source_button(asked, words.town_names(found, language)[row], language)
    return html(
        '<div class="standing">{}<span>{}</span>{}</div>{}<p class="note">{}</p>',
        marks.class_mark(letter, language),
        text,
        source,
        cards.town_items(found, design, row, language),
        scale,
    )


def method(view: View) -> None:
    """The formula and every parameter with its origin."""
    design, language = view.desk.register.per_mu, view.language
    joint = "、" if language == "zh" else ", "
    weights = joint.join(f"{item.label.say(language)} {item.weight:g}" for item in design.items.values())
    first = next(iter(design.items.values()))
    lines = [
        html(
            "<li><b>{}</b> {} {}</li>",
            view.say("permu.formula", weights=weights),
            _origin(first.origin, language),
            first.source.say(language),
        )
    ]
    for item in design.parameters.values():
        source = "；".join(text for text in (item.source.say(language), item.reading.say(language)) if text)
        source = source if language == "zh" else source.replace("；", "; ")
        lines.append(
            html(
                "<li><b>{} {}</b> {} {}{}</li>",
                item.label.say(language),
                clause_words(item, language),
                _origin(item.origin, language),
                item.effect.say(language),
                html(" <span>({})</span>", source) if source else "",
            )
        )
    show(html('<div class="sect"><h2>{}</h2></div><ul class="how">{}</ul>', view.say("permu.method"), html_of(lines)))


def _origin(origin: str, language: Language) -> Markup:
    return html('<span class="own">{}</span>', ORIGINS[origin].say(language))
