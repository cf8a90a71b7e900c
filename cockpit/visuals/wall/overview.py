"""The scene of the whole province: verdicts, where, why, what to decide."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from cockpit.analysis.briefing import AreaValue, Card
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import SENSE_SIGNS
from cockpit.units import Period, percent
from cockpit.visuals.marks.html import status_glyph
from cockpit.visuals.targets.gap_drawing import published_scale
from cockpit.visuals.wall import scene as parts_of
from cockpit.visuals.wall import why
from cockpit.visuals.wall.maps import AreaMark, Spot, key, province
from cockpit.visuals.wall.scene import Scene, Setting, close, h2, tally, word
from cockpit.visuals.wall.why import Overview
from cockpit.vocabulary import LIST_STATUSES, PREFECTURES, SCOPES, STATUSES, Language
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
    after = f'<span class="w-aside">{escape(setting.say("wall.parts"))}</span>' if is_part else tally(counts)
    rows = "".join(_row(card, found, setting) for card in small)
    body = (
        f'<div class="w-left"><section class="w-A"><div>{_hero(money[0], found, setting)}</div>'
        f'<div class="w-duo">{"".join(_second(card, found, setting) for card in money[1:])}</div>'
        f'{_series(found, setting)}</section><section class="w-B">{rows}</section></div>'
        f'<section class="w-C">{_map(found, setting)}</section><div class="w-right">{why.right(found, setting)}</div>'
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


def _verdict(card: Card, setting: Setting) -> str:
    if not card.is_part:
        return word(mark_of("status", card.status), wording.light_words(card, setting.language))
    if card.contribution is None or card.indicator.is_ratio or not card.value:
        return ""
    return f'<span class="w-word">{escape(_part_of(card, setting))}</span>'


def _part_of(card: Card, setting: Setting) -> str:
    if card.contribution is None or not card.value or card.indicator.is_ratio:
        return ""
    return say("card.of_province", setting.language, share=percent(card.contribution / card.value))


def _shown(card: Card) -> float | None:
    return card.contribution if card.is_part else card.value


def _value(card: Card, setting: Setting) -> str:
    text = wording.value_figure(_shown(card), card.indicator, setting.language, card.provenance)
    return f"{escape(text.number)}<small>{escape(text.short_unit)}</small>"


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


def _bar(card: Card, found: Overview, setting: Setting) -> str:
    """Value, published figure (dark notch) and target (light tick) on one scale from zero."""
    tick = 100 / SCALE
    shown, goal_value = _shown(card), card.target.base_value
    has_target = card.attainment.reason not in ("within_year", "after_target") and not card.is_part
    if card.is_part and card.value:
        # A part of the province has no target of its own: the bar is the part in the whole.
        tick, goal_value = 100.0, (1.0 if card.indicator.is_ratio else card.value)
    share = None if shown is None else shown / goal_value
    pieces = ""
    if share is not None:
        kind = "hatch" if card.attainment.reason in ("low_coverage", "silence") and not card.is_part else ""
        pieces += f'<b class="{kind}" style="width:{max(0.0, min(share * tick, 100)):.2f}%"></b>'
    near = _notch(card, found)
    if near is not None and near.value is not None and share is not None:
        pieces += f'<s style="left:{near.value / goal_value * tick:.2f}%"></s>'
    if has_target:
        pieces += f'<u style="left:{tick:.2f}%"></u>'
    told = setting.say("wall.no_data") if share is None else say("card.share", setting.language, share=percent(share))
    return f'<div class="w-bar" role="img" aria-label="{escape(told)}">{pieces}</div>'


def _hero(card: Card, found: Overview, setting: Setting) -> str:
    language = setting.language
    label = setting.dotted(
        wording.label_of(card, language), wording.period_words(card.period, card.indicator, language, short=True)
    )
    share = card.attainment.share
    told = percent(share) if share is not None and not card.is_part else ""
    near, tick, under = _notch(card, found), 100 / SCALE, ""
    if near is not None and near.value is not None:
        at = near.value / card.target.base_value * tick
        text = setting.dotted(_published(near, setting), percent(near.value / card.target.base_value))
        under += f'<span style="right:{100 - at:.2f}%">{escape(text)}</span>'
    if card.is_part:
        under += f"<span>{escape(setting.say('wall.province_goal', value=goal(card, setting)))}</span>"
    elif card.attainment.reason in ("within_year", "after_target"):
        under += f"<span>{escape(wording.gap_words(card, language, found.limits))}</span>"
    else:
        under += f'<span class="t" style="left:{tick:.2f}%">{escape(goal(card, setting))}</span>'
    return (
        f'<div class="w-hero"><div class="nm"><span>{escape(label)}{escape(setting.mark)}</span>'
        f"{_verdict(card, setting)}</div>"
        f'<div class="val">{_value(card, setting)}<em>{told}</em></div>{_bar(card, found, setting)}'
        f'<div class="under">{under}</div></div>'
    )


def _short(card: Card, language: Language) -> str:
    origin = wording.origin_word(card.target, language)
    label = card.indicator.short_label.say(language)
    return label if not origin else say("card.label_origin", language, label=label, origin=origin)


def _second(card: Card, found: Overview, setting: Setting) -> str:
    language = setting.language
    share, lines = card.attainment.share, []
    if card.is_part:
        lines.append(setting.say("wall.province_goal", value=goal(card, setting)))
    else:
        told, gap = (
            percent(share) if share is not None else "",
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
    under = "".join(
        f"<p>{lead if number == 0 else ''}{escape(line)}</p>" for number, line in enumerate(lines) if line or lead
    )
    return (
        f'<div class="w-second"><div class="nm"><span>{escape(_short(card, language))}</span>'
        f'{above}</div><div class="val">{_value(card, setting)}</div>{_bar(card, found, setting)}'
        f'<div class="w-sub">{under}</div></div>'
    )


def _row(card: Card, found: Overview, setting: Setting) -> str:
    language = setting.language
    under = [wording.origin_word(card.target, language), goal(card, setting)]
    near = _notch(card, found)
    if card.attainment.reason in ("low_coverage", "silence", "not_reported") and card.expected:
        under.append(setting.say("wall.reported", reported=card.reported, expected=card.expected))
    elif card.target.sense == "about":
        under.append(setting.say("wall.tolerance", width=wording.tolerance_words(found.limits)))
    elif card.target.scope != "province":
        under.append((LIST_STATUSES if language == "en" else SCOPES)[card.target.scope].say(language))
    elif near is not None:
        under.append(_published(near, setting, short=True))
    told, right = wording.light_words(card, language), ""
    if card.is_part:
        told = _part_of(card, setting)
    elif card.attainment.reason in ("low_coverage", "silence"):
        right = setting.say("wall.lacking", count=card.expected - card.reported)
    elif card.attainment.gap is not None and card.indicator.unit == "share":
        right = setting.say("wall.points_off", points=parts_of.points(card.attainment.gap))
    elif card.attainment.share is not None:
        right = percent(card.attainment.share)
    mark, kind = ("", "") if card.is_part else (status_glyph(card.status), mark_of("status", card.status).style)
    value = "—" if _shown(card) is None else _value(card, setting)
    return (
        f'<div class="w-row"><span class="{kind}">{mark}</span><div class="n">'
        f"{escape(card.indicator.short_label.say(language))}<small>{escape(setting.dotted(*under))}</small></div>"
        f'<div class="v">{value}</div><div class="w"><span class="{kind}">{escape(told)}</span>'
        f"<small>{escape(right)}</small></div>{_bar(card, found, setting)}</div>"
    )


def _series(found: Overview, setting: Setting) -> str:
    """Published figures of the scene's target: stems for each, no line between different sets of towns."""
    near = found.published.get(found.record.subject)
    if near is None or not near.trend:
        return ""
    language, target = setting.language, near.target
    scale = published_scale(near, language)
    last = 600 - 60
    ceiling = max(target.base_value, *(point.value for point in near.trend))
    count = len(near.trend)
    shapes = '<path d="M0 168H600"/>'
    for number, point in enumerate(near.trend):
        x = 60 + number * (last - 60) / count
        top = 168 - point.value / ceiling * 120
        name = say(f"wall.scope_{point.scope}", language)
        shapes += (
            f'<path class="st" d="M{x:.0f} 168V{top:.1f}"/><circle cx="{x:.0f}" cy="{top:.1f}" r="7"/>'
            f'<text class="v" x="{x:.0f}" y="{top - 14:.1f}">{scale.figure(point.value).number}</text>'
            f'<text x="{x:.0f}" y="194">{point.period.year}</text>'
            f'<text class="s" x="{x:.0f}" y="220">{escape(name)}</text>'
        )
    top = 168 - target.base_value / ceiling * 120
    text = f"{SENSE_SIGNS[target.sense]} {display_scale(near, language).figure(target.base_value).number}"
    shapes += (
        f'<path class="tg" d="M{last - 56} {top:.1f}H{last + 56}"/><text class="v" x="{last}" y="{top - 12:.1f}">'
        f'{escape(text)}</text><text x="{last}" y="194">{target.due.year}</text>'
        f'<text class="s" x="{last}" y="220">{escape(say("card.target", language))}</text>'
    )
    heading = setting.say("wall.series", label=near.indicator.label.say(language), count=count)
    return (
        f'<div class="w-series w-wide1">{h2(heading, setting.dotted(scale.unit, setting.say("wall.is_published")))}'
        f'<svg viewBox="0 0 600 228" role="img" aria-label="{escape(heading)}">{shapes}</svg></div>'
    )


def _map(found: Overview, setting: Setting) -> str:
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
