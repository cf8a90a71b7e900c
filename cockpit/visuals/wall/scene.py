"""What a scene is, and the small pieces all scenes are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cockpit.analysis.briefing import Briefing
from cockpit.marks import Mark, mark_of
from cockpit.phrases import say
from cockpit.policy.wall_design import SceneRecord
from cockpit.units import Period, points_figure
from cockpit.visuals.marks.html import glyph
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language, Status


@dataclass(frozen=True)
class Scene:
    """One scene ready to be shown.

    `id` is the record's, for a part of it `record.part`. `head` and `body` are markup, `about` and `source` text,
    `part` its name among the parts. `link` is what the desk page needs in its address besides the filters.
    `is_empty`: there is nothing to show; it says so once and is left out afterwards.
    """

    id: str
    record: SceneRecord
    head: Markup
    body: Markup
    about: str
    source: str
    part: str = ""
    link: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_empty: bool = False


@dataclass(frozen=True)
class Setting:
    """What all scenes of one wall share: language, filters in words ("" for none), whether figures are simulated."""

    language: Language
    filters: str
    is_simulated: bool

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    @property
    def mark(self) -> str:
        """（模拟） behind a heading whose figures are simulated."""
        return self.say("wall.simulated") if self.is_simulated else ""

    def joined(self, parts: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(part for part in parts if part)

    def dotted(self, *parts: str) -> str:
        """Facts side by side: a middle dot in Chinese, which sets it without spaces, else a comma."""
        return ("·" if self.language == "zh" else ", ").join(part for part in parts if part)


def close(text: str, language: Language) -> str:
    """A sentence as the wall sets it: Chinese without spaces."""
    return "".join(text.split(" ")) if language == "zh" else text


def word(mark: Mark, text: str) -> Markup:
    """Form, colour and word."""
    return html('<span class="w-word {}">{}{}</span>', mark.style, glyph(mark), text)


def tally(counts: Iterable[tuple[Mark, str, int]]) -> Markup:
    """Form, word and count of every grade of the headline."""
    return html_of(
        html('<span class="w-tally {}">{}{} <b>{}</b></span>', mark.style, glyph(mark), text, count)
        for mark, text, count in counts
    )


def head(setting: Setting, record: SceneRecord, title: str, after: str = "", part: str = "") -> Markup:
    """The header's left half: where we are, the title (a way to the desk page), what stands beside it (markup)."""
    brand = setting.dotted(setting.say("wall.brand"), record.label.say(setting.language) + (f" {part}" if part else ""))
    told = html('<span class="w-filters">{}</span>', setting.filters) if setting.filters else EMPTY
    hint = setting.say("wall.step_out")
    return html(
        '<div class="w-brand">{}{}</div><h1>'
        '<button type="button" class="w-title" data-do="leave" title="{}">{}</button>{}</h1>',
        brand,
        told,
        hint,
        title,
        after,
    )


def h2(text: str, *notes: str) -> Markup:
    """A block's heading with its notes, as text."""
    return html("<h2>{}</h2>", text) + html_of(html('<p class="w-sub">{}</p>', note) for note in notes if note)


def main(record: SceneRecord, body: str) -> Markup:
    """The scene's body with the widths of its columns."""
    widths = [("c", number, wide) for number, wide in enumerate(record.columns, 1)]
    widths += [("w", number, wide) for number, wide in enumerate(record.wide, 1)]
    style = ";".join(f"--{name}{number}:{f'{wide:g}rem' if wide else 'minmax(0,1fr)'}" for name, number, wide in widths)
    return html('<div class="w-main w-{}" style="{}">{}</div>', record.kind, style, body)


def empty(setting: Setting, scene_id: str, record: SceneRecord, text: str, about: str, part: str = "") -> Scene:
    """A scene that has nothing to show, and says why."""
    ring = glyph(mark_of("status", Status.NO_DATA))
    body = html('<div class="w-main w-none"><div class="w-nothing">{}<p>{}</p></div></div>', ring, text)
    title = record.label.say(setting.language)
    return Scene(scene_id, record, head(setting, record, part or title), body, about, "", part, is_empty=True)


def data_to(briefing: Briefing, setting: Setting, towns: str) -> str:
    """Until when the data reach, and of how many towns."""
    day = Period.parse(briefing.selection.period).last_day().isoformat()
    return setting.dotted(setting.say("wall.data_to", day=day), towns)


def town_count(count: int, setting: Setting) -> str:
    return setting.say("wall.one_town" if count == 1 else "wall.towns", count=count)


@dataclass(frozen=True)
class BarRow:
    """One row of a diverging bar list: value in the list's unit, its text with the sign."""

    label: str
    value: float
    text: str


def plain_area(name: str) -> str:
    """The name of an area without what it is, as the wall has room for it."""
    for kind in (" Autonomous County", " County", " District", " City"):
        name = name.removesuffix(kind)
    return name


def bar_list(rows: Sequence[BarRow], label: str, total: tuple[str, str] | None = None, kind: str = "") -> Markup:
    """Rows with bars to either side of a common zero; the longest bars leave room for their texts.

    Args:
        label: what is said of the picture as a whole.
        total: word and text of the last line.
    """
    if not rows:
        return EMPTY
    low, high = min(0.0, *(row.value for row in rows)), max(0.0, *(row.value for row in rows))
    span = (high - low) or 1.0
    zero = -low / span * 100
    lines = []
    for row in rows:
        long = abs(row.value) / span * 100
        left = zero if row.value >= 0 else zero - long
        side = f"left:{zero + long:.2f}%" if row.value >= 0 else f"right:{100 - zero + long:.2f}%"
        sign = "up" if row.value >= 0 else "down"
        lines.append(
            html(
                '<li><span>{}</span><div><i class="{}" style="left:{:.2f}%;width:{:.2f}%"></i><em style="{}">{}</em>'
                '<u style="left:{:.2f}%"></u></div></li>',
                row.label,
                sign,
                left,
                long,
                side,
                row.text,
                zero,
            )
        )
    foot = EMPTY
    if total is not None:
        foot = html('<div class="w-total"><span>{}</span><b>{}</b></div>', total[0], total[1])
    return html('<ul class="w-bars {}" aria-label="{}">{}</ul>{}', kind, label, html_of(lines), foot)


def counted(items: Sequence[tuple[str, str, str]]) -> Markup:
    """A list led by large counts: count, sentence, what stands under it."""
    rows = html_of(
        html("<li><b>{}</b><span>{}<br><i>{}</i></span></li>", count, text, under) for count, text, under in items
    )
    return html('<ul class="w-counts">{}</ul>', rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], first_number: int) -> Markup:
    """A plain table; columns from `first_number` on are numbers."""

    def cells(tag: str, values: Sequence[str]) -> Markup:
        return html_of(
            html("<{}{}>{}</{}>", tag, " class=r" if at >= first_number else "", value, tag)
            for at, value in enumerate(values)
        )

    body = html_of(html("<tr>{}</tr>", cells("td", row)) for row in rows)
    return html('<table class="w-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', cells("th", heads), body)


def points(value: float) -> str:
    """A difference of shares in points, with its sign."""
    return points_figure(value).number


def spark(series: Sequence[tuple[float, float]], label: str) -> Markup:
    """A bare line from zero with a dot at its end; `series` are (time, value) in order."""
    if len(series) < 2:
        return html('<span class="w-nospark"></span>')
    first, last = series[0][0], series[-1][0]
    ceiling = max(value for _, value in series) or 1.0
    spots = [
        (6 + (time - first) / ((last - first) or 1.0) * 136, 44 - max(value, 0.0) / ceiling * 36)
        for time, value in series
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return html(
        '<svg class="w-spark" viewBox="0 0 150 52" role="img" aria-label="{}"><path d="M6 46H142"/>'
        '<polyline points="{}"/><circle cx="{:.1f}" cy="{:.1f}" r="5"/></svg>',
        label,
        line,
        spots[-1][0],
        spots[-1][1],
    )
