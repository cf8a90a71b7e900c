"""What was handed out (督办) in the briefing pack: where it stands, what is late, what ended since the last version.

Pure but for the log of matters; see `pack`. Offices and places, no people.
"""

from __future__ import annotations

from datetime import date

from cockpit.analysis.supervision.events import GOALS
from cockpit.analysis.supervision.machine import Matter, days_late
from cockpit.analysis.supervision.statistics import Statistics, queue
from cockpit.analysis.supervision.views import COLUMNS, Lit, closed_since, tightest
from cockpit.briefings import place_names
from cockpit.briefings.supervising import (
    Matters,
    all_matters,
    count_matters,
    design,
    figure_standing,
    kinds_counted,
    lit_matters,
    of_selection,
)
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.exports.pack.material import INK, Material, alt_of, mark, number_of
from cockpit.exports.pack.model import Cell, Chart, Column, Section, Series, Table
from cockpit.marks import mark_of
from cockpit.units import Figure, figure
from cockpit.wording import matters as words

_LATE, _ENDED = 10, 12  # rows on a slide and on paper; the workbook has all
_COUNTS = ("assigned", "open", "overdue", "returned", "reopened", "by_figure")


def supervision(ask: Material) -> list[Section]:
    """The sections of the matters of a selection; none where nothing was handed out."""
    title = ask.say("page.actions")
    try:
        found = of_selection(all_matters().of_dataset(ask.desk.dataset.name).seen(ask.selection.scope), ask.briefing)
    except LogUnavailable:
        return [Section("actions", title, ask.say("wall.actions_unread"), ask.foot(ask.say("chain.no_data")))]
    if not found.matters:
        return []
    day = ask.briefing.as_of
    return [_standing(ask, found, day), *_ended(ask, found, day)]


def _foot(ask: Material, day: date) -> str:
    return ask.foot(ask.say("actions.on_day", day=day.isoformat()))


def _standing(ask: Material, found: Matters, day: date) -> Section:
    counts, every = count_matters(found, day), lit_matters(found, day)
    late = [item for item in tightest(every) if item.light == "red"]
    lead = ask.say("pack.actions_lead", day=day.isoformat(), open=counts.open, all=len(found.matters), due=counts.due)
    names = [ask.say(f"actions.column_{name}") for name in COLUMNS]
    queues = [queue(found.matters, states, day) for states in COLUMNS.values()]
    values = tuple(number_of(item.count) for item in queues)
    title, unit = ask.say("pack.actions_chart"), ask.say("pack.actions_unit")
    chart = Chart(
        "columns", title, unit, tuple(names), (Series(unit, values, INK["fill"]),),
        alt_of(title, names, list(values), ask),
    )  # fmt: skip
    return Section(
        key="actions",
        title=ask.say("page.actions"),
        lead=lead,
        finding=ask.say("pack.found_actions", open=counts.open, late=len(late)) if counts.open else "",
        foot=_foot(ask, day),
        charts=(chart,),
        tables=(*_late(ask, late, day), _counted(ask, counts), _by_kind(ask, found, day)),
        notes=(ask.say("actions.lighter"), ask.say("pack.actions_rate", fewest=design().limit("fewest_for_a_rate"))),
    )


def _late(ask: Material, late: list[Lit], day: date) -> tuple[Table, ...]:
    """What is past its due day, the latest first, with the figure then and now beside its goal."""
    if not late:
        return ()
    columns = (
        Column(ask.say("actions.column.number"), width=1.1),
        Column(ask.say("actions.column.title"), width=3.0),
        Column(ask.say("actions.column.lead"), width=1.5),
        Column(ask.say("actions.column.first_due"), width=1.1, is_narrow=False),
        Column(ask.say("actions.column.clock"), width=1.1),
        Column(ask.say("actions.column.late"), width=0.8),
        Column(ask.say("pack.actions_figure"), width=1.9),
    )
    rows = []
    for item in late:
        matter = item.matter
        rows.append((*_head(ask, matter), _day(matter.first_due), _day(matter.due),
                     number_of(days_late(matter, day)), _figures(ask, matter)))  # fmt: skip
    title = ask.say("pack.actions_late", count=len(late))
    return (Table(title, columns, tuple(rows), brief_rows=_LATE),)


def _head(ask: Material, matter: Matter) -> tuple[Cell, Cell, Cell]:
    places = place_names(ask.desk, ask.language)
    return matter.id, matter.name.say(ask.language), matter.office.say(ask.language) or places.get(matter.subject, "")


def _figures(ask: Material, matter: Matter) -> str | None:
    """Then, now and the goal; blank where no figure tells."""
    indicator, found = ask.desk.register.indicators.get(matter.goal.indicator), figure_standing(matter)
    if indicator is None or found is None:
        return None
    then = found.value_then(is_ratio=indicator.is_ratio or indicator.unit == "share")
    values = [value for value in (then, found.now.figure.value) if value is not None]
    told = " → ".join(str(figure(value, indicator.unit, ask.language)) for value in values)
    return ask.listed([told, words.aim(matter, indicator, ask.language)]) if told else None


def _counted(ask: Material, counts: Statistics) -> Table:
    """The counts, and closed in time by both due days; too few give no rate."""
    rows: list[tuple[Cell, ...]] = [
        (ask.say(f"actions.count_{name}"), number_of(getattr(counts, name)), None) for name in _COUNTS
    ]
    for key, count in (("rate", counts.in_time), ("rate_first", counts.in_time_first)):
        name = f"{ask.say('actions.numbers')} · {ask.say(f'actions.{key}')}"
        rows.append((name, number_of(count), _rate(counts, count)))
    median = None if counts.median_days is None else float(counts.median_days)
    rows.append(
        (
            ask.say("actions.count_median_days"),
            number_of(median, 0 if median is None or median.is_integer() else 1),
            None,
        )
    )
    columns = (
        Column(ask.say("pack.actions_count"), width=2.4),
        Column(ask.say("pack.actions_unit")),
        Column(ask.say("pack.actions_share"), "%"),
    )
    return Table(ask.say("actions.numbers"), columns, tuple(rows))


def _rate(counts: Statistics, count: int) -> Figure | None:
    share = counts.rate(count, design().limit("fewest_for_a_rate"))
    return None if share is None else number_of(share * 100)


def _by_kind(ask: Material, found: Matters, day: date) -> Table:
    columns = (
        Column(ask.say("actions.column.kind"), width=1.6),
        *(Column(ask.say(f"pack.actions_{name}")) for name in ("assigned", "open", "due", "in_time")),
        Column(ask.say("pack.actions_share"), "%"),
    )
    by_kind = kinds_counted(found, day)
    rows = [
        (
            ask.say(f"actions.goal_{kind}"), number_of(counts.assigned), number_of(counts.open), number_of(counts.due),
            number_of(counts.in_time), _rate(counts, counts.in_time),
        )
        for kind in GOALS
        if (counts := by_kind.get(kind)) is not None
    ]  # fmt: skip
    return Table(ask.say("actions.by_kind"), columns, tuple(rows))


def _ended(ask: Material, found: Matters, day: date) -> list[Section]:
    """What ended since the version shown was published; no section where nothing did."""
    manifest = ask.desk.dataset.manifest
    ended = closed_since(lit_matters(found, day), date.fromisoformat(manifest.published_at[:10]))
    if not ended:
        return []
    columns = (
        Column(ask.say("actions.column.number"), width=1.1),
        Column(ask.say("actions.column.title"), width=3.0),
        Column(ask.say("actions.column.lead"), width=1.5),
        Column(ask.say("actions.column.clock"), width=1.1),
        Column(ask.say("actions.column.closed"), width=1.1),
        Column(ask.say("actions.column.as"), width=0.9),
        Column(ask.say("pack.actions_figure"), width=1.9, is_narrow=False),
    )
    rows = tuple(
        (*_head(ask, item.matter), _day(item.matter.due), _day(item.matter.closed_on), _as(ask, item.matter),
         _figures(ask, item.matter))
        for item in ended
    )  # fmt: skip
    done = sum(item.matter.closed_as == "done" for item in ended)
    title = ask.say("pack.actions_ended")
    return [
        Section(
            key="actions_ended",
            title=title,
            lead=ask.say("pack.actions_ended_lead", number=manifest.number, day=manifest.published_at[:10]),
            finding=ask.say("pack.found_actions_ended", count=len(ended), done=done),
            foot=_foot(ask, day),
            tables=(Table(title, columns, rows, brief_rows=_ENDED),),
        )
    ]


def _as(ask: Material, matter: Matter) -> Cell:
    """How it ended, in its colour."""
    grade = {"done": "done", "not_done": "red"}.get(matter.closed_as, "none")
    return mark(mark_of("light", grade), ask.say(f"actions.closed_{matter.closed_as}"))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
