"""The scene of the whole province: verdicts, where, why, what to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cockpit.analysis.briefing import AreaValue, Card
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import SENSE_SIGNS
from cockpit.units import Period, percent, short_of_all
from cockpit.visuals.marks.html import status_glyph
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.targets.gap_drawing import published_scale
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall import why
from cockpit.visuals.wall.maps import AreaMark, Spot, key, province
from cockpit.visuals.wall.scene import Scene, Setting, close, h2, tally, word
from cockpit.visuals.wall.why import Overview
from cockpit.vocabulary import LIST_STATUSES, PREFECTURES, QUALIFIERS, SCOPES, STATUSES, Language, Status
from cockpit.wording import targets as wording
from cockpit.wording.gap import display_scale, scale_of

_LARGE: Final = 3  # targets in money with room for a large figure
_ROWS: Final = 6  # lines of the others a screen holds
SCALE: Final = 1.15  # bars run from 0 to 115 % of the target, as on the desk


def overview(found: Overview, setting: Setting) -> tuple[Scene, ...]:
    """The targets of the set; where their rows do not fit one screen they are shown over several."""
    cards = found.briefing.cards
    large = [card for card in cards if card.target.rank == "money"][:_LARGE]
    ranked = [card for rank in ("money", "count", "share") for card in cards if card.target.rank == rank]
    small = [card for card in ranked if card not in large]
    screens = max(1, -(-len(small) // _ROWS))
    share = -(-len(small) // screens)
    return tuple(
        _screen(found, setting, large, small[number * share : (number + 1) * share], number, screens)
        for number in range(screens)
    )


def _screen(
    found: Overview, setting: Setting, money: list[Card], small: list[Card], number: int, screens: int
) -> Scene:
    briefing, record = found.briefing, found.record
    title = wording.title_words(briefing, setting.language)
    if screens > 1:
        title = f"{title} {number + 1}/{screens}"
    counts = [
        (mark_of("status", status), STATUSES[status].say(setting.language), count)
        for status, count in briefing.tally().items()
    ]
    # The targets are the province's: beside a part of it no verdict is shown.
    is_part = any(card.is_part for card in briefing.cards)
    after = html('<span class="w-aside">{}</span>', setting.say("wall.parts")) if is_part else tally(counts)
    rows = html_of(_row(card, found, setting) for card in small)
    body = html(
        '<div class="w-left"><section class="w-A"><div>{}</div><div class="w-duo">{}</div>{}</section>'
        '<section class="w-B">{}</section></div><section class="w-C">{}</section>'
        '<div class="w-right">{}</div>',
        _hero(money[0], found, setting),
        html_of(_second(card, found, setting) for card in money[1:]),
        _series(found, setting),
        rows,
        _map(found, setting),
        why.right(found, setting),
    )
    return Scene(
        record.id if screens == 1 else f"{record.id}.{number + 1}",
        record,
        parts_of.head(setting, record, title, after),
        parts_of.main(record, body),
        parts_of.data_to(briefing, setting, parts_of.town_count(len(briefing.towns), setting)),
        setting.dotted(setting.say("wall.source"), setting.say("wall.points")),
        part="" if screens == 1 else f"{number + 1}/{screens}",
        link={"target": (record.subject,)},
    )


def goal(card: Card, setting: Setting) -> str:
    """The target with its operator, short: 突破2.5万亿元; > 2.5 in English, in the unit of the figure beside it."""
    value = wording.target_figure(card.target, card.indicator, setting.language)
    if setting.language == "en":
        return f"{SENSE_SIGNS[card.target.sense]} {value.short('en') if card.is_part else value.bare}"
    return close(say(f"sense.{card.target.sense}", "zh", value=value.short("zh")), "zh")


def _verdict(card: Card, setting: Setting, *, is_whole: bool = False) -> Markup:
    if not card.is_part:
        # Beside a figure of another year it says which year has none.
        tell = wording.status_words if is_whole and _is_of_another_year(card) else wording.light_words
        return word(mark_of("status", card.status), tell(card, setting.language))
    if card.contribution is None or card.indicator.is_ratio or not card.value:
        return EMPTY
    return html('<span class="w-word">{}</span>', _part_of(card, setting))


def _is_of_another_year(card: Card) -> bool:
    return card.status is Status.NO_DATA and card.value is not None and not card.is_part


def _part_of(card: Card, setting: Setting) -> str:
    if card.contribution is None or not card.value or card.indicator.is_ratio:
        return ""
    return say("card.of_province", setting.language, share=percent(card.contribution / card.value))


def _shown(card: Card) -> float | None:
    return card.contribution if card.is_part else card.value


def _value(card: Card, setting: Setting) -> Markup:
    text = wording.value_figure(_shown(card), card.indicator, setting.language, card.provenance)
    qualifier = "" if card.is_part else QUALIFIERS[card.qualifier].say(setting.language)
    lead = html("<small>{}</small>", qualifier) if qualifier else EMPTY
    return html("{}{}<small>{}</small>", lead, text.number, text.short_unit)


def _notch(card: Card, found: Overview) -> Card | None:
    """The published figure to be marked in a bar: never beside a part of the province, never under itself."""
    near = found.published.get(card.target.id)
    return None if near is None or near.value is None or card.is_part or card.source_ids else near


def _published(near: Card, setting: Setting, *, short: bool = False) -> str:
    text = wording.value_figure(near.value, near.indicator, setting.language, near.provenance)
    year = Period.parse(near.period).year
    if short:
        return setting.say("wall.year_value", year=year, value=text.number)
    return setting.say("wall.published", year=year, value=text.number)


def _bar(card: Card, found: Overview, setting: Setting) -> Markup:
    """Value, published figure (dark notch) and target (light tick) on one scale from zero."""
    tick = 100 / SCALE
    shown, goal_value = _shown(card), card.target.base_value
    has_target = card.attainment.reason not in ("within_year", "after_target") and not card.is_part
    if card.is_part and card.value:
        # A part of the province has no target of its own: the bar is the part in the whole.
        tick, goal_value = 100.0, (1.0 if card.indicator.is_ratio else card.value)
    share = None if shown is None else shown / goal_value
    pieces = EMPTY
    if share is not None:
        kind = "hatch" if card.attainment.reason in ("low_coverage", "silence") and not card.is_part else ""
        pieces += html('<b class="{}" style="width:{:.2f}%"></b>', kind, max(0.0, min(share * tick, 100)))
    near = _notch(card, found)
    if near is not None and near.value is not None and share is not None:
        pieces += html('<s style="left:{:.2f}%"></s>', near.value / goal_value * tick)
    if has_target:
        pieces += html('<u style="left:{:.2f}%"></u>', tick)
    told = setting.say("wall.no_data") if share is None else say("card.share", setting.language, share=percent(share))
    return html('<div class="w-bar" role="img" aria-label="{}">{}</div>', told, pieces)


def _hero(card: Card, found: Overview, setting: Setting) -> Markup:
    language = setting.language
    label = setting.dotted(
        wording.label_of(card, language), wording.period_words(card.period, card.indicator, language, short=True)
    )
    share = card.attainment.share
    told = percent(short_of_all(share)) if share is not None and not card.is_part else ""
    near, tick, under = _notch(card, found), 100 / SCALE, ""
    if near is not None and near.value is not None:
        at = near.value / card.target.base_value * tick
        text = setting.dotted(_published(near, setting), percent(near.value / card.target.base_value))
        under += html('<span style="right:{:.2f}%">{}</span>', 100 - at, text)
    if card.is_part:
        under += html("<span>{}</span>", setting.say("wall.province_goal", value=goal(card, setting)))
    elif card.attainment.reason in ("within_year", "after_target"):
        under += html("<span>{}</span>", wording.gap_words(card, language, found.limits))
    else:
        under += html('<span class="t" style="left:{:.2f}%">{}</span>', tick, goal(card, setting))
    return html(
        '<div class="w-hero"><div class="nm"><span>{}{}</span>{}</div><div class="val">{}<em>{}</em></div>{}'
        '<div class="under">{}</div></div>',
        label,
        setting.mark,
        _verdict(card, setting, is_whole=True),
        _value(card, setting),
        told,
        _bar(card, found, setting),
        under,
    )


def _short(card: Card, language: Language) -> str:
    origin = wording.origin_word(card.target, language)
    label = card.indicator.short_label.say(language)
    return label if not origin else say("card.label_origin", language, label=label, origin=origin)


def _second(card: Card, found: Overview, setting: Setting) -> Markup:
    language = setting.language
    share, lines = card.attainment.share, []
    if card.is_part:
        # English sets the share on the first line by itself.
        lines += [*([""] if language == "en" else []), setting.say("wall.province_goal", value=goal(card, setting))]
    else:
        told, gap = (
            percent(short_of_all(share)) if share is not None else "",
            wording.gap_words(card, language, found.limits, short=True),
        )
        if language == "zh":
            lines += [setting.dotted(told, goal(card, setting)), close(gap, language)]
        else:
            lines += [told, setting.dotted(goal(card, setting), gap)]
        near = _notch(card, found)
        if near is not None:
            lines.append(_published(near, setting))
        elif card.source_ids:
            lines.append(setting.say("wall.published_year", year=Period.parse(card.period).year))
    # English words are long: the verdict stands beside the share, under the bar.
    verdict = _verdict(card, setting)
    above, lead = (verdict, "") if language == "zh" else ("", verdict)
    under = html_of(
        html("<p>{}{}</p>", lead if number == 0 else "", line) for number, line in enumerate(lines) if line or lead
    )
    return html(
        '<div class="w-second"><div class="nm"><span>{}</span>{}</div><div class="val">{}</div>{}'
        '<div class="w-sub">{}</div></div>',
        _short(card, language),
        above,
        _value(card, setting),
        _bar(card, found, setting),
        under,
    )


def _row(card: Card, found: Overview, setting: Setting) -> Markup:
    language = setting.language
    under = [wording.origin_word(card.target, language), goal(card, setting)]
    near = _notch(card, found)
    reported, expected = card.reported, card.expected
    if card.is_part:
        reported, expected = card.contribution_reported, card.contribution_expected
    if card.attainment.reason in ("low_coverage", "silence", "not_reported") and expected:
        under.append(setting.say("wall.reported", reported=reported, expected=expected))
    elif card.target.sense == "about":
        under.append(setting.say("wall.tolerance", width=wording.tolerance_words(found.limits)))
    elif card.target.scope != "province":
        under.append((LIST_STATUSES if language == "en" else SCOPES)[card.target.scope].say(language))
    elif near is not None:
        under.append(_published(near, setting, short=True))
    told, right = wording.light_words(card, language), ""
    if card.is_part:
        told = _part_of(card, setting)
    elif _is_of_another_year(card):
        right = setting.say("wall.year", year=card.target.due.year)
    elif card.attainment.reason in ("low_coverage", "silence"):
        right = setting.say("wall.lacking", count=card.expected - card.reported)
    elif card.attainment.gap is not None and card.indicator.unit == "share":
        right = setting.say("wall.points_off", points=parts_of.points(card.attainment.gap))
    elif card.attainment.share is not None:
        right = percent(short_of_all(card.attainment.share))
    mark, kind = ("", "") if card.is_part else (status_glyph(card.status), mark_of("status", card.status).style)
    value = "—" if _shown(card) is None else _value(card, setting)
    return html(
        '<div class="w-row{}"><span class="{}">{}</span><div class="n">{}<small>{}</small></div>'
        '<div class="v">{}</div><div class="w"><span class="{}">{}</span><small>{}</small></div>{}</div>',
        " part" if card.is_part else "",
        kind,
        mark,
        card.indicator.short_label.say(language),
        setting.dotted(*under),
        value,
        kind,
        told,
        right,
        _bar(card, found, setting),
    )


def _series(found: Overview, setting: Setting) -> Markup:
    """Published figures of the scene's target: stems for each, no line between different sets of towns."""
    near = found.published.get(found.record.subject)
    if near is None or not near.trend:
        return EMPTY
    language, target = setting.language, near.target
    scale = published_scale(near, language)
    last = 600 - 60
    ceiling = max(target.base_value, *(point.value for point in near.trend))
    count = len(near.trend)
    shapes = html('<path d="M0 168H600"/>')
    for number, point in enumerate(near.trend):
        x = 60 + number * (last - 60) / count
        top = 168 - point.value / ceiling * 120
        name = say(f"wall.scope_{point.scope}", language)
        shapes += html(
            '<path class="st" d="M{:.0f} 168V{:.1f}"/><circle cx="{:.0f}" cy="{:.1f}" r="7"/>'
            '<text class="v" x="{:.0f}" y="{:.1f}">{}</text><text x="{:.0f}" y="194">{}</text>'
            '<text class="s" x="{:.0f}" y="220">{}</text>',
            x,
            top,
            x,
            top,
            x,
            top - 14,
            scale.figure(point.value).number,
            x,
            point.period.year,
            x,
            name,
        )
    top = 168 - target.base_value / ceiling * 120
    text = f"{SENSE_SIGNS[target.sense]} {display_scale(near, language).figure(target.base_value).number}"
    shapes += html(
        '<path class="tg" d="M{} {:.1f}H{}"/><text class="v" x="{}" y="{:.1f}">{}</text>'
        '<text x="{}" y="194">{}</text><text class="s" x="{}" y="220">{}</text>',
        last - 56,
        top,
        last + 56,
        last,
        top - 12,
        text,
        last,
        target.due.year,
        last,
        say("card.target", language),
    )
    heading = setting.say("wall.series", label=near.indicator.label.say(language), count=count)
    return html(
        '<div class="w-series w-wide1">{}<svg viewBox="0 0 600 228" role="img" aria-label="{}">{}</svg></div>',
        h2(heading, setting.dotted(scale.unit, setting.say("wall.is_published"))),
        heading,
        shapes,
    )


def _map(found: Overview, setting: Setting) -> Markup:
    language, briefing = setting.language, found.briefing
    named = [
        town for town in briefing.towns.to_dict("records") if town["lat"] == town["lat"] and town["lat"] is not None
    ]
    spots = [
        Spot(float(town["lon"]), float(town["lat"]), str(town["list_status"]) == "named")
        for town in named
        if str(town["list_status"]) in ("named", "creating")
    ]
    kinds = [(True, LIST_STATUSES["named"].say(language)), (False, LIST_STATUSES["creating"].say(language))]
    label = briefing.card(found.record.subject).indicator.label.say(language)
    if not found.areas:
        codes = sorted(set(briefing.towns["prefecture_adcode"].astype("str")))
        counts = briefing.towns["prefecture_adcode"].astype("str").value_counts()
        marks = [
            AreaMark(code, "plain", PREFECTURES[code].say(language), parts_of.town_count(int(counts[code]), setting))
            for code in codes
        ]
        title = setting.say("wall.map_towns")
        picture = province(found.shapes, marks, spots, key("", [], kinds), title)
        return h2(title, setting.say("wall.map_towns_note")) + picture
    card = briefing.card(found.record.subject)
    scale = scale_of(card, language).fixed((area.value for area in found.areas), 4)
    steps = [step / 100 for step in found.wall.map_steps]
    marks = []
    for area in found.areas:
        number = scale.figure(area.value).number
        relative = "" if area.relative is None else percent(area.relative, signed=True)
        name = PREFECTURES[area.code].say(language)
        marks.append(AreaMark(area.code, step_of(area, steps), name, relative, number))
    far = [area for area in found.areas if area.relative is not None and area.relative < -steps[-1]]
    far.sort(key=lambda area: area.relative or 0.0)
    if far:
        names = setting.joined(PREFECTURES[area.code].say(language) for area in far[:3])
        sentence = setting.say(
            "wall.map_far" if len(far) <= 3 else "wall.map_far_many",
            label=label,
            names=names,
            count=len(far),
            step=f"{found.wall.map_steps[-1]:g}",
        )
    else:
        sentence = setting.say("wall.map_near", label=label, step=f"{found.wall.map_steps[-1]:g}")
    one, two = f"{found.wall.map_steps[1]:g}", f"{found.wall.map_steps[2]:g}"
    legend = key(
        setting.say("wall.map_key"),
        [
            ("m0", setting.say("wall.map_m0")),
            ("m1", setting.say("wall.map_m1", one=one)),
            ("m2", setting.say("wall.map_m2", one=one, two=two)),
            ("m3", setting.say("wall.map_m3", two=two)),
        ],
        kinds,
    )
    period = wording.period_words(card.period, card.indicator, language, short=True)
    shown = scale.unit if language == "zh" else f"{label} in {scale.short_unit or scale.unit}"
    note = setting.dotted(shown, period + setting.mark, setting.say("wall.map_note"))
    return h2(sentence, note) + province(found.shapes, marks, spots, legend, sentence)


def step_of(area: AreaValue, steps: Sequence[float]) -> str:
    """Class of an area's fill: `m0` at or above the expected value (or less below it than the first step) to `m3`."""
    if area.relative is None:
        return "plain"
    below = -area.relative
    return f"m{sum(below > step + 1e-12 for step in steps)}"
