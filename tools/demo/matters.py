"""Matters handed out (督办) in the demo, written as a story from its own three versions.

Every event is asked of the machine before it is taken, every verdict is what the goals say of the version that was
current on that day, days are working days of the notices. Offices are posts (县区发改局), people are 演示甲 and so on.
A matter names the alert it answers: an open one the alert that stands at the story's end, a closed one that of the
version it was filed on, which stands no more where the matter is done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import choices_of, cube_of, read_limits
from cockpit.analysis.briefing.goals import Reached, reached
from cockpit.analysis.measures import Cube
from cockpit.analysis.supervision.events import Event, Goal, Kind
from cockpit.analysis.supervision.machine import Matter, faults, fold
from cockpit.briefings.alerting import sightings
from cockpit.briefings.desks import Desk
from cockpit.datasets.matters.demonstration import MATTERS
from cockpit.datasets.store.loading import Dataset, open_folder
from cockpit.policy.register import Register
from cockpit.policy.register import load as load_register
from cockpit.policy.supervision_design import SupervisionDesign
from cockpit.units import Period, figure
from cockpit.vocabulary import Text
from tools.demo import calibration as cal
from tools.demo.matter_notes import OFFICES, PEOPLE, note_en
from tools.demo.releases import RELEASES

ISSUER: Final = "省特镇办"
ISSUES, VERIFIES, ANSWERS = "演示甲", "演示乙", "演示丙"
LAST_DAY: Final = date(2026, 11, 27)  # where the story ends: a week after the newest version
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_AFTER: Final = tuple(date.fromisoformat(release.day) + timedelta(days=3) for release in RELEASES)  # the Mondays after
_RETURN_GOAL: Final[dict[str, Any]] = {"kind": "return_delivered"}
# What of a town an alert is about, by what a matter about it looks at: an indicator, or a subject of the inspections.
_ABOUT: Final = {
    "specialty_output_share": "output", "green_cover_share": "green", "real_estate": "estate",
    "urban_boundary": "lines", "farmland_line": "lines", "ecology_line": "lines",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Known:
    """The demo as known by one version, and what the goals say of it."""

    dataset: Dataset
    cube: Cube
    register: Register
    limits: Limits

    def alerts(self, day: date) -> set[str]:
        """Keys of the alerts that stand on a day, those a matter of the story may answer."""
        desk = Desk(
            self.dataset, self.register, self.cube, choices_of(self.dataset, self.cube, self.register), self.limits
        )
        return {seen.key for seen in sightings(desk, day, (), frozenset({"clock", "check", "return", "figure"}))}

    def says(self, goal: Goal, subject: str) -> Reached:
        return reached(self.cube, self.dataset.towns, self.register, goal, subject, self.limits)

    def returned(self, period: str) -> set[str]:
        table = self.dataset.table("returns")
        return set(table.loc[table["period"] == period, "town_code"].astype("str"))


@dataclass
class Plot:
    """What a matter is about, and the course it takes: `course` is told its events one after another.

    `about` is what of its place an alert would be about.
    """

    filed_on: date
    title: Text
    subject: str
    county: str
    goal: Mapping[str, Any]
    clause: str
    course: Callable[[Course], None]
    about: str
    lead: Text
    name: str = ""


@dataclass
class Course:
    """The events of one matter as they come about."""

    plot: Plot
    versions: Mapping[str, Known]
    design: SupervisionDesign
    minutes: Callable[[int, int], int]
    earlier: list[str]  # matters of the same county and kind, filed before
    events: list[Event] = field(default_factory=list)

    @property
    def matter(self) -> Matter:
        return fold(self.events, self.design) if self.events else Matter(self.plot.name)

    def after(self, day: date, workdays: int) -> date:
        return self.design.workday_after(day, workdays)

    def do(self, kind: Kind, day: date, note: str = "", office: str = ISSUER, by: str = ISSUES, **detail: Any) -> None:
        """One event more, on a working day and within working hours.

        Raises:
            ValueError: the machine does not allow it, or it lies beyond the story's end.
        """
        while not self.design.is_workday(day):
            day += timedelta(days=1)
        at = datetime.combine(day, time(9), _SHANGHAI) + timedelta(minutes=self.minutes(0, 90))
        if self.events and at <= self.events[-1].at:
            at = self.events[-1].at + timedelta(minutes=self.minutes(20, 90))
        lead = self.plot.lead
        detail |= {"office_en": lead.en if office == lead.zh else OFFICES[office], "by_en": PEOPLE[by]}
        detail |= {"note_en": note_en(note)} if note else {}
        event = Event(self.plot.name, len(self.events) + 1, at, kind, by, office, note, detail)
        found = faults(self.matter, event, self.design)
        if found or day > LAST_DAY:
            raise ValueError(f"{self.plot.title.zh}: {kind} on {day}: {found}")
        self.events.append(event)

    def lead_does(self, kind: Kind, day: date, note: str = "", **detail: Any) -> None:
        self.do(kind, day, note, self.plot.lead.zh, ANSWERS, **detail)

    def file(self) -> None:
        plot, known = self.plot, self.known(self.plot.filed_on)
        self.do(
            "filed", plot.filed_on, "模拟", title=plot.title.zh, title_en=plot.title.en, subject=plot.subject,
            dataset="demo", version=known.dataset.manifest.version, clause=plot.clause, goal=dict(plot.goal),
            simulated=True,
        )  # fmt: skip

    def assign(self, day: date, due: date) -> None:
        accept_by, lead = min(due, self.after(day, self.design.limit("accept_days"))), self.plot.lead
        detail = {"lead": lead.zh, "lead_en": lead.en, "accept_by": accept_by.isoformat(), "due": due.isoformat()}
        self.do("assigned", day, **detail)

    def begin(self, due: date) -> date:
        """Filed, assigned and accepted in time; returns the day of acceptance."""
        self.file()
        self.assign(self.plot.filed_on, due)
        day = self.after(self.plot.filed_on, self.minutes(1, 3))
        self.lead_does("accepted", day)
        return day

    def known(self, day: date) -> Known:
        """The version that was current on a day (published in the afternoon: from the next day on)."""
        return _known(self.versions, day)

    def verify(self, day: date, note: str = "") -> None:
        """Verified; a figure's goal with what that day's version says of it."""
        detail: dict[str, Any] = {}
        if self.matter.goal.kind == "figure":
            known = self.known(day)
            found = known.says(self.matter.goal, self.matter.subject)
            detail = {
                "version": known.dataset.manifest.version, "verdict": found.status.value, "value": found.value,
            }  # fmt: skip
        self.do("verified", day, note, by=VERIFIES, **detail)

    def answers(self, standing: Callable[[date], set[str]]) -> str:
        """Key of the alert it answers, "" for none; `standing` gives the keys known on a day."""
        plot, own = self.plot, f"|{self.plot.subject}|{self.plot.about}"
        now, then = (
            standing(LAST_DAY),
            standing(max([day for day in _AFTER if day <= plot.filed_on], default=_AFTER[0])),
        )
        found = now if self.matter.is_open else then - now if self.matter.closed_as == "done" else then
        return min((key for key in found if plot.about and key.endswith(own)), default="")

    def is_reached(self, day: date) -> bool:
        return self.known(day).says(self.matter.goal, self.matter.subject).status.value == "achieved"


def _known(versions: Mapping[str, Known], day: date) -> Known:
    return versions[max(item.version for item in RELEASES if date.fromisoformat(item.day) < day)]


def make_events(base: Path) -> list[Event]:
    """Return the events of all matters, in the order they happened.

    Args:
        base: folder of the demo with its versions.
    """
    register = load_register()
    versions = {}
    for release in RELEASES:
        dataset = open_folder(base, release.version)
        versions[release.version] = Known(dataset, cube_of(dataset, register), register, read_limits(register))
    rng = cal.stream("matters")

    def minutes(low: int, high: int) -> int:
        return int(rng.integers(low, high))

    plots = sorted(_Story(versions, register.supervision).plots(), key=lambda plot: (plot.filed_on, plot.title.zh))
    for number, plot in enumerate(plots, start=1):
        plot.name = f"DB-2026-{number:04d}"

    @cache
    def standing(day: date) -> set[str]:
        return _known(versions, day).alerts(day)

    events: list[Event] = []
    for place, plot in enumerate(plots):
        earlier = [other.name for other in plots[:place] if (other.county, other.clause) == (plot.county, plot.clause)]
        course = Course(plot, versions, register.supervision, minutes, earlier)
        plot.course(course)
        first = course.events[0]
        if alert := course.answers(standing):
            first = replace(first, detail={**first.detail, "alert": alert})
        events += [first, *course.events[1:]]
    return sorted(events, key=lambda event: (event.at, event.task, event.number))


class _Story:
    """The plots, from what the versions hold."""

    def __init__(self, versions: Mapping[str, Known], design: SupervisionDesign) -> None:
        self.one, self.two, self.three = (versions[release.version] for release in RELEASES)
        self.design = design
        self.missed = 0
        towns = self.three.dataset.towns
        codes = towns["town_code"].astype("str")
        self.names = dict(zip(codes, map(Text, towns["name_zh"], towns["name_en"]), strict=True))
        self.counties = dict(zip(codes, towns["county_adcode"].astype("str"), strict=True))
        counties = map(Text, towns["county_zh"], towns["county_en"])
        self.county_names = dict(zip(towns["county_adcode"].astype("str"), counties, strict=True))
        self.status = dict(zip(towns["town_code"].astype("str"), towns["list_status"].astype("str"), strict=True))

    def plots(self) -> list[Plot]:
        return [*self._returns(), *self._figures(), *self._decisions(), *self._inspections(), *self._plans(),
                *self._chains()]  # fmt: skip

    def _plot(
        self, filed_on: date, title: Text, subject: str, goal: Mapping[str, Any], clause: str,
        course: Callable[[Course], None], about: str = "",
    ) -> Plot:  # fmt: skip
        county = self.counties.get(subject, subject)
        name = self.county_names[county]
        lead = Text(f"{name.zh}发改局", f"{name.en} Development Bureau")
        return Plot(filed_on, title, subject, county, goal, clause, course, about, lead)

    def _of(self, code: str, zh: str, en: str) -> Text:
        """The title of a matter about a town."""
        return Text(f"{self.names[code].zh}：{zh}", f"{self.names[code].en}: {en}")

    def _label(self, indicator: str) -> str:
        return _low(self.three.register.indicator(indicator).label.en)

    # -- missing returns, one matter a county -------------------------------------------------------------------------

    def _missing(self, known: Known, period: str) -> dict[str, list[str]]:
        """Towns on the list whose return of a period is not in a version, by county."""
        returned, last = known.returned(period), Period.parse(period).last_day().isoformat()
        towns = known.dataset.towns
        found: dict[str, list[str]] = {}
        for code, county, status, listed in zip(
            towns["town_code"].astype("str"), towns["county_adcode"].astype("str"), towns["list_status"].astype("str"),
            towns["created_on"], strict=True,
        ):  # fmt: skip
            if status in ("named", "creating") and str(listed) <= last and code not in returned:
                found.setdefault(county, []).append(code)
        return found

    def _returns(self) -> list[Plot]:
        plots = []
        rounds = (
            (self.one, "2025", _AFTER[0], date(2026, 7, 31), 7),
            (self.two, "2026-06", _AFTER[1], date(2026, 11, 25), 6),
            (self.three, "2026-09", _AFTER[2], date(2026, 12, 18), 4),
        )
        for known, period, day, due, most in rounds:
            for place, (county, codes) in enumerate(sorted(self._missing(known, period).items())[:most]):
                when, place_name = Period.parse(period), self.county_names[county]
                what = (
                    self.names[codes[0]]
                    if len(codes) == 1
                    else Text(f"{place_name.zh}{len(codes)}个小镇", f"{len(codes)} towns of {place_name.en}")
                )
                title = Text(
                    f"{what.zh}：补报{when.say('zh')}报表",
                    f"{what.en}: returns of {_low(when.say('en'))} to be delivered",
                )
                course = self._return_course(codes, period, due, place)
                filed = self.design.workday_after(day, place % 3) if place % 3 else day
                plots.append(self._plot(filed, title, county, _RETURN_GOAL, "3.3", course, period))
        return plots

    def _return_course(self, codes: list[str], period: str, due: date, place: int) -> Callable[[Course], None]:
        def told(course: Course) -> None:
            if due > LAST_DAY and place % 2:
                course.file()
                course.assign(course.plot.filed_on, due)
                return
            day = course.begin(due)
            for release, known in zip(RELEASES[1:], (self.two, self.three), strict=True):
                shown = course.after(date.fromisoformat(release.day), 1)
                if shown <= course.plot.filed_on or not set(codes) <= known.returned(period):
                    continue
                course.lead_does("reported", course.after(day, 6), "已督促小镇填报，随下一期报表送出")
                course.lead_does("closing_asked", shown, f"已随第{release.number}版送达，请予核验")
                course.verify(course.after(shown, 1), f"第{release.number}版数据中已有，不另要材料")
                return
            if due > LAST_DAY:
                course.lead_does("reported", day, "小镇统计人员变动，正在补")
                return
            course.lead_does("reported", course.after(day, 8), "小镇尚未交齐", eta=due.isoformat())
            course.do("reminded", course.after(due, 1), "期限已到，数据仍未送达")
            if place % 2 and due < date(2026, 9, 1):
                course.do("closed", course.after(due, 20), "该期报表小镇已无法补齐，按未完成结束", **{"as": "not_done"})

        return told

    # -- figures ------------------------------------------------------------------------------------------------------

    def _share(self, known: Known, code: str, indicator: str, period: str, value: float = 0.7) -> Reached:
        return known.says(Goal("figure", indicator, "at_least", value, period), code)

    def _figures(self) -> list[Plot]:
        return [*self._fallen_back(), *self._gaps(), *self._slow()]

    def _fallen_back(self) -> list[Plot]:
        """Reached by the first figures of mid-year, and not by the corrected ones."""
        plots: list[Plot] = []
        for indicator, words in (("specialty_output_share", "特色产业产出占比"),
                                 ("specialty_investment_share", "特色产业投资占比")):  # fmt: skip
            for code in self.names:
                first, mended = (
                    self._share(known, code, indicator, "2026-06").value for known in (self.two, self.three)
                )
                if first is None or mended is None or first - mended < 0.004:
                    continue
                value = round((first + mended) / 2, 3)
                goal = {"kind": "figure", "indicator": indicator, "operator": "at_least", "value": value,
                        "period": "2026-06"}  # fmt: skip
                aim = f"{value * 100:.3g}%"
                title = self._of(
                    code, f"上半年{words}不低于{aim}", f"{self._label(indicator)} at least {aim} in the first half-year"
                )
                about = _ABOUT.get(indicator, indicator)
                plots.append(self._plot(date(2026, 5, 6), title, code, goal, "1", self._falls_back(len(plots)), about))
        return plots[:3]

    def _falls_back(self, place: int) -> Callable[[Course], None]:
        def told(course: Course) -> None:
            day = course.begin(date(2026, 8, 14))
            course.lead_does("reported", course.after(day, 15), "已逐户核对主导产业归类", eta="2026-07-31")
            course.lead_does("closing_asked", date(2026, 7, 28), "第2版数据已达目标，请予核验")
            course.verify(date(2026, 7, 30), "第2版数据核验")
            course.do(
                "reopened", date(2026, 11, 23), "第3版更正后回落到目标以下，反弹重开", by=VERIFIES, due="2026-12-14"
            )
            if place == 1:
                course.lead_does("reported", date(2026, 11, 25), "更正系归类口径调整，正在复核")

        return told

    def _gaps(self) -> list[Plot]:
        """Towns below a line of the policy by one version, to be reached by a later one."""
        plots: list[Plot] = []
        wanted = (
            ("specialty_output_share", "特色产业产出占比", 0.70, "named", "1"),
            ("specialty_investment_share", "特色产业投资占比", 0.70, "creating", "1"),
            ("green_cover_share", "绿化覆盖率", 0.30, "named", "2.3.2"),
            ("green_cover_share", "绿化覆盖率", 0.30, "creating", "2.3.2"),
        )
        for indicator, words, line, status, clause in wanted:
            behind = []
            for code in self.names:
                found = self._share(self.one, code, indicator, "2026-03", line)
                if self.status[code] == status and found.value is not None and found.status.value == "missed":
                    behind.append((found.value, code))
            for place, (value, code) in enumerate(sorted(behind, reverse=True)[:4]):
                aim = round(min(line, value + 0.012), 3)
                period = "2026-06" if place % 2 == 0 else "2026-09"
                goal = {
                    "kind": "figure",
                    "indicator": indicator,
                    "operator": "at_least",
                    "value": aim,
                    "period": period,
                }
                when, told = Period.parse(period), f"{aim * 100:.3g}%"
                title = self._of(
                    code,
                    f"{when.say('zh')}{words}不低于{told}",
                    f"{self._label(indicator)} at least {told} in {when.say('en')}",
                )
                filed, about = date(2026, 5, 11) + timedelta(days=7 * (place % 4)), _ABOUT.get(indicator, indicator)
                plots.append(self._plot(filed, title, code, goal, clause, self._gap_course(period, len(plots)), about))
        return plots

    def _slow(self) -> list[Plot]:
        """Towns whose tax of the first quarter lay below that of the year before, to catch up within the year."""
        behind = []
        for code in self.names:
            was, now = (self._share(self.one, code, "tax_revenue_yuan", period) for period in ("2025-03", "2026-03"))
            if was.value and now.value and self.status[code] == "named" and now.value < 0.99 * was.value:
                behind.append((now.value / was.value, code, now.value))
        plots = []
        for place, (_, code, value) in enumerate(sorted(behind)[:10]):
            period, pace = (("2026-06", 2.08), ("2026-09", 3.15), ("2026-06", 2.22), ("2026-09", 3.2))[place % 4]
            aim = round(value * pace / 1e6) * 1e6
            goal = {"kind": "figure", "indicator": "tax_revenue_yuan", "operator": "at_least", "value": aim,
                    "period": period}  # fmt: skip
            when = Period.parse(period)
            title = self._of(
                code,
                f"{when.say('zh')}税收收入不低于{aim / 1e8:g}亿元",
                f"tax revenue at least {figure(aim, 'yuan', 'en')} in {when.say('en')}",
            )
            filed = date(2026, 5, 18) + timedelta(days=place % 4)
            plots.append(self._plot(filed, title, code, goal, "1", self._gap_course(period, place)))
        return plots

    def _gap_course(self, period: str, place: int) -> Callable[[Course], None]:
        shown = _AFTER[1] if period == "2026-06" else _AFTER[2]
        due = (
            date(2026, 8, 14)
            if period == "2026-06"
            else (date(2026, 11, 26), date(2026, 12, 2), date(2026, 12, 18))[place % 3]
        )

        def told(course: Course) -> None:
            day = course.begin(due)
            course.lead_does("reported", course.after(day, 10), "已与小镇商定措施", eta=due.isoformat())
            if place % 7 == 3:
                course.do("paused", course.after(day, 20), "规划调整期间暂停计时")
                course.do("resumed", course.after(day, 30), "规划批复，恢复计时")
            if course.is_reached(shown):
                self._ends(course, shown, place)
                return
            if period == "2026-06":
                self._misses(course)
            elif place % 4 == 0:
                course.lead_does("extension_asked", date(2026, 11, 24), "四季度项目入统后可达", until="2026-12-31")
            elif place % 4 == 1:
                course.lead_does("closing_asked", shown, "措施已落实，请予核验")
            elif place % 4 == 2:
                course.do("reminded", date(2026, 11, 24), "第3版数据未达目标")

        return told

    def _ends(self, course: Course, shown: date, place: int) -> None:
        number = 2 if shown == _AFTER[1] else 3
        course.lead_does("closing_asked", course.after(shown, 1), f"第{number}版数据已达目标")
        if place % 5 == 4 and number == 2:
            course.do("returned", course.after(shown, 2), "请先说明归类依据", by=VERIFIES)
            course.lead_does("closing_asked", course.after(shown, 5), "归类依据见年报填报说明，数据未变")
        if number == 2 or place % 2:
            course.verify(course.after(shown, 3 if number == 3 else 7), f"第{number}版数据核验，不另要材料")

    def _misses(self, course: Course) -> None:
        """Not reached at mid-year: extended, denied, not done, or simply late, one after another."""
        way = self.missed % 4
        self.missed += 1
        if way == 0:
            course.lead_does("extension_asked", date(2026, 8, 10), "上半年未达，申请延到三季度数据", until="2026-11-30")
            course.do("extension_granted", date(2026, 8, 12), "同意，首次期限保留", until="2026-11-30")
        elif way == 1:
            course.lead_does("extension_asked", date(2026, 8, 10), "申请延期", until="2026-12-31")
            course.do("extension_denied", date(2026, 8, 12), "目标期为上半年，延期不能改变")
            course.do("closed", date(2026, 9, 7), "上半年数据已定，未达目标", **{"as": "not_done"})
        elif way == 2:
            course.lead_does("closing_asked", date(2026, 8, 6), "已完成整改")
            course.do("returned", date(2026, 8, 11), "第2版数据未达目标，退回", by=VERIFIES)
            course.do("closed", date(2026, 9, 14), "上半年数据已定，未达目标", **{"as": "not_done"})
        else:
            course.do("reminded", date(2026, 8, 17), "已到期，第2版数据未达")
            course.do("reminded", date(2026, 9, 1), "第二次催办")

    # -- decisions on the list ----------------------------------------------------------------------------------------

    def _decisions(self) -> list[Plot]:
        """Towns whose five years are over, or nearly so; one was taken off the list in May."""
        towns = self.one.dataset.towns
        codes, created = towns["town_code"].astype("str"), towns["created_on"].astype("str")
        gone = [code for code in self.names if self.status[code] == "removed"
                and dict(zip(codes, towns["list_status"].astype("str"), strict=True))[code] != "removed"]  # fmt: skip
        over = sorted(
            (day, code) for day, code in zip(created, codes, strict=True)
            if self.status.get(code) == "creating" and day < "2022-02-01"
        )  # fmt: skip
        plots = [
            self._plot(date(2026, 4, 27), self._of(code, "满五年未命名，提出延长或退出决定",
                       "five years over, to be extended or taken off the list"), code,
                       {"kind": "decision_made"}, "3.4", self._decided, "clock") for code in gone
        ]  # fmt: skip
        courses = (
            self._late_decision,
            self._paused,
            self._asks_longer,
            self._unassigned,
            self._declined,
            self._working,
        )
        for place, (day, code) in enumerate(over[:12]):
            fifth = date.fromisoformat(day)
            words = Text("满五年未命名，作出决定", "five years over, to be decided")
            if day >= "2021-11-20":
                words = Text(
                    f"{fifth.month}月{fifth.day}日满五年，作出决定", f"five years on {fifth:%d %B}, to be decided"
                )
            filed = date(2026, 9, 7) + timedelta(days=3 * place)
            course = courses[place % len(courses)]
            if course in (self._unassigned, self._declined):
                filed = date(2026, 11, 24) + timedelta(days=place % 2)
            plots.append(
                self._plot(filed, self._of(code, *words), code, {"kind": "decision_made"}, "3.4", course, "clock")
            )
        return plots

    def _decided(self, course: Course) -> None:
        day = course.begin(date(2026, 5, 29))
        course.lead_does("reported", course.after(day, 8), "已报省清理退出意见")
        course.lead_does("closing_asked", date(2026, 5, 25), "已于5月22日退出名单")
        course.verify(date(2026, 5, 27), "名单中已有决定，予以销号")

    def _late_decision(self, course: Course) -> None:
        day = course.begin(course.after(course.plot.filed_on, 50))
        course.lead_does("reported", course.after(day, 12), "评估报告已委托")
        course.do("reminded", date(2026, 11, 20), "请尽快提出意见")

    def _paused(self, course: Course) -> None:
        day = course.begin(course.after(course.plot.filed_on, 45))
        course.do("paused", course.after(day, 15), "国土空间规划修编，待批后恢复")

    def _asks_longer(self, course: Course) -> None:
        day = course.begin(date(2026, 12, 4))
        course.lead_does("reported", course.after(day, 10), "评估已完成初稿")
        course.lead_does("extension_asked", date(2026, 11, 25), "待县常务会议研究", until="2026-12-25")

    def _unassigned(self, course: Course) -> None:
        course.file()

    def _declined(self, course: Course) -> None:
        course.file()
        course.assign(course.plot.filed_on, date(2026, 12, 25))
        course.lead_does("declined", course.after(course.plot.filed_on, 1), "评估由设区市组织，不属我局")

    def _working(self, course: Course) -> None:
        course.begin(date(2026, 12, 18))

    # -- inspections, plans, chains -----------------------------------------------------------------------------------

    def _inspections(self) -> list[Plot]:
        table = self.three.dataset.table("inspections")
        found = table[table["is_breach"] & (table["inspected_on"] >= "2025-04-01")]
        subjects = {
            "real_estate": Text("房地产化", "use for real estate"),
            "urban_boundary": Text("城镇开发边界", "breach of the urban boundary"),
            "farmland_line": Text("永久基本农田", "breach of the farmland line"),
            "ecology_line": Text("生态保护红线", "breach of the ecological line"),
        }
        plots = []
        for place, (code, subject, day) in enumerate(
            zip(found["town_code"].astype("str"), found["subject"].astype("str"), found["inspected_on"], strict=True)
        ):
            filed = max(date(2026, 4, 28), date.fromisoformat(str(day)) + timedelta(days=9))
            what = subjects[subject]
            title = self._of(code, f"{what.zh}问题整改", f"{what.en} to be put right")
            mended, about = self._mended(place), _ABOUT[subject]
            plots.append(self._plot(filed, title, code, {"kind": "evidence"}, "4.3", mended, about))
        return plots

    def _mended(self, place: int) -> Callable[[Course], None]:
        def told(course: Course) -> None:
            due = course.after(course.plot.filed_on, 40)
            day = course.begin(due)
            course.lead_does("reported", course.after(day, 9), "已停工，方案报批")
            course.lead_does("closing_asked", course.after(day, 30 if place != 1 else 44), "整改完成")
            if place == 0:
                course.do("returned", course.after(day, 33), "现场仍有未拆除部分", by=VERIFIES)
                course.lead_does("closing_asked", course.after(day, 41), "余下部分已拆除")
                return
            course.verify(course.after(day, 34 if place != 1 else 48), "复查通过")

        return told

    def _plans(self) -> list[Plot]:
        """Three-year plans that were not filed by April: filed since, or not."""

        def has(known: Known) -> set[str]:
            plans = known.dataset.table("plans")
            return set(plans.loc[plans["ends_on"] >= "2026-12-31", "town_code"].astype("str"))

        lacking = sorted(code for code in self.names if self.status[code] == "named" and code not in has(self.one))
        filed_two, filed_three = has(self.two), has(self.three)
        plots = []
        for place, code in enumerate(lacking[:12]):
            title = self._of(code, "三年行动计划备案", "three-year plan to be filed")
            course = self._plan_course(2 if code in filed_two else 3 if code in filed_three else 0, place)
            day = date(2026, 5, 12) + timedelta(days=place % 3)
            plots.append(self._plot(day, title, code, {"kind": "evidence"}, "3.1", course, "plan"))
        return plots

    def _plan_course(self, number: int, place: int) -> Callable[[Course], None]:
        def told(course: Course) -> None:
            if not number and place % 3 == 0:
                course.file()
                course.do("refused", course.after(course.plot.filed_on, 2), "该镇计划已列入统一修编，不再单独立项")
                return
            due = date(2026, 8, 7) if number == 2 else date(2026, 11, 26) if number == 3 else date(2026, 12, 1)
            day = course.begin(due)
            if number:
                shown = course.after(_AFTER[number - 1], 1)
                course.lead_does("closing_asked", shown, f"计划已备案，见第{number}版计划表")
                if number == 2 or place % 2:
                    course.verify(course.after(shown, 2), "计划表中已有，予以销号")
                return
            course.lead_does("reported", course.after(day, 14), "文本编制中", eta="2026-11-20")
            if course.earlier:
                merged = {"as": "merged", "into": course.earlier[0]}
                course.do("closed", date(2026, 7, 2), "并入同县同类事项一并办理", **merged)

        return told

    def _chains(self) -> list[Plot]:
        """Nodes of the chains nobody serves; for a county that has towns on the chain."""
        register = self.three.register
        firms = self.three.dataset.table("firms")
        plots = []
        for place, (chain, node) in enumerate(
            (
                ("integrated_circuits", "photomasks"),
                ("integrated_circuits", "compound"),
                ("digital_security", "infrared"),
            )
        ):
            record = register.chains[chain]
            label = next(item.label for item in record.nodes if item.id.endswith(node))
            code = str(firms.loc[firms["chain_id"] == chain, "town_code"].astype("str").min())
            title = Text(f"{record.label.zh}：补{label.zh}环节", f"{record.label.en}: {label.en} to be won")
            courses = (self._recruits, self._moot, self._new)
            day = (date(2026, 9, 8), date(2026, 8, 10), date(2026, 11, 26))[place]
            plots.append(self._plot(day, title, self.counties[code], {"kind": "evidence"}, "2.1.4", courses[place]))
        return plots

    def _recruits(self, course: Course) -> None:
        day = course.begin(date(2026, 12, 2))
        course.lead_does("reported", course.after(day, 20), "洽谈2家")
        course.lead_does("reported", date(2026, 11, 20), "1家12月10日前签约", eta="2026-12-10")

    def _moot(self, course: Course) -> None:
        day = course.begin(date(2026, 10, 30))
        course.do("closed", course.after(day, 25), "该环节由邻市承接，不再需要", **{"as": "moot"})

    def _new(self, course: Course) -> None:
        course.file()
        course.assign(course.plot.filed_on, date(2026, 12, 30))


def _low(words: str) -> str:
    """As within a sentence; names of months stay."""
    return words[:1].lower() + words[1:] if words[:3] not in ("Jan", "Apr", "Jul", "Oct") else words


def write(base: Path, events: list[Event]) -> None:
    """Write the events as the log takes them, one a line."""
    lines = (
        {
            "matter": event.task, "number": event.number, "at": event.at.isoformat(), "kind": event.kind,
            "by": event.by, "office": event.office, "note": event.note, "detail": dict(event.detail),
        }
        for event in events
    )  # fmt: skip
    text = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)
    (base / MATTERS).write_text(text, encoding="utf-8")
