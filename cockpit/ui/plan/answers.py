"""Answers read back from the workbook that was sent round, and the table of the towns a share asks to come up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Raised
from cockpit.analysis.planning.sets import Plan, PlanEvent, fold
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.planning import DEEDS, Shared, shared_out
from cockpit.datasets.findings import Upload
from cockpit.datasets.planning.answers import Expected, Read, read_answers, together
from cockpit.exports.plan import expected
from cockpit.policy.records import Indicator
from cockpit.rights import PROVINCE
from cockpit.ui.frame import acting, uploads
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.ui.plan import acts
from cockpit.units import percent, scale_of
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import html, html_of
from cockpit.vocabulary import PREFECTURES
from cockpit.wording import plan as words

_UPLOADER: Final = "plan_file"
_SHOWN: Final = 12


def reader(view: View, plan: Plan, found: Shared) -> None:
    """Where an answer is handed in while answers are awaited; what it says is shown before it is taken."""
    if plan.state != "comment" or not acts.may(view, "answered"):
        uploads.shown()
        return
    box = acts.form_box(view.say("plan.read"), "read", icon=":material/upload_file:")
    if not box.open:
        uploads.shown()
        return
    uploads.shown(_UPLOADER)
    limit = view.desk.register.intake.limit("file_mib")
    with box:
        show(html('<p class="note">{}</p>', view.say("plan.read_lead")))
        uploads.speak(view.desk.register, view.language, limit)
        st.file_uploader(
            view.say("plan.read_file"), key=_UPLOADER, max_upload_size=uploads.page_limit(limit), type=["xlsx"],
            accept_multiple_files=True,
        )  # fmt: skip
        held = uploads.files_of(_UPLOADER)
        if not held:
            return
        _tell(view, plan, found, _read(view, plan, found, [Upload(at.name, at.getvalue()) for at in held]))


def _read(view: View, plan: Plan, found: Shared, uploads: Sequence[Upload]) -> Read:
    """All workbooks as one: their answers, or every fault of any of them."""
    towns, name = view.desk.dataset.towns, found.item.indicator
    parents = dict(zip(towns["town_code"].astype(str), towns["prefecture_adcode"].astype(str), strict=True))

    @cache
    def sent(number: int) -> Mapping[str, Expected]:
        """What workbooks told that were made after so many events."""
        events = all_plans().events[plan.id]
        if not 0 < number <= len(events) or any(_is_another(event, name) for event in events[number:]):
            return {}
        then = shared_out(view.desk, fold(events[:number]), name)
        return expected(then.suggested, towns, then.by_town) if then.suggested else {}

    design = view.desk.register.intake
    return together([(at.name, read_answers(at, plan.id, name, sent, parents, design)) for at in uploads])


def _is_another(event: PlanEvent, indicator: str) -> bool:
    """Whether an event changed what is shared out, or by what: a workbook made before it asks something else."""
    return event.kind in ("chosen", "left_out", "shared") and event.detail.get("indicator") == indicator


def _tell(view: View, plan: Plan, found: Shared, read: Read) -> None:
    known = view.desk.register.indicator(found.item.indicator)
    if read.refusal is not None:
        st.warning(read.refusal.sentences(view.language))
        return
    if read.told:
        lines = [
            view.say("plan.read.refused", cell=at.cell, what=_words(view, known, at.problem, at.values))
            for at in read.told
        ]
        more = [view.say("plan.read_more", count=len(lines) - _SHOWN)] if len(lines) > _SHOWN else []
        st.warning(view.say("plan.read_faults", count=len(lines)))
        show(
            html('<ul class="pfaults">{}</ul>', html_of(html("<li>{}</li>", line) for line in (*lines[:_SHOWN], *more)))
        )
        return
    answers = [at for at in read.answers if at.unit != PROVINCE]
    if not answers:
        st.info(view.say("plan.read_nothing"))
        return
    names = dict(
        zip(
            view.desk.dataset.towns["town_code"].astype(str),
            view.desk.dataset.towns[f"name_{view.language}"].astype(str),
            strict=True,
        )
    )
    assert found.suggested is not None
    ours = expected(found.suggested, view.desk.dataset.towns, found.by_town)
    said = [
        view.say(
            "plan.read_line", unit=names.get(at.unit, "") or _area(view, at.unit), cell=at.cell,
            value=words.amount(at.value, known, view.language),
            suggested=words.amount(ours[at.unit].suggested, known, view.language),
        )
        for at in answers
    ]  # fmt: skip
    if len(said) > _SHOWN:
        said = [*said[:_SHOWN], view.say("plan.read_more", count=len(said) - _SHOWN)]
    st.caption(view.say("plan.read_found", count=len(answers)))
    show(html('<ul class="pfaults">{}</ul>', html_of(html("<li>{}</li>", line) for line in said)))
    about = f"{plan.id}|{known.id}|answers"
    if not acting.fields(view, DEEDS["answered"], about):
        return
    detail = {
        "answers": [
            {"indicator": known.id, "unit": at.unit, "value": at.value, "note": at.note, "cell": at.cell}
            for at in answers
        ]
    }
    st.button(
        view.say("plan.read_take", count=len(answers)), key=f"plan_take|{view.language}", type="primary",
        on_click=acts.carry, args=(view, plan.id, "answered", about, lambda: detail),
    )  # fmt: skip


def _area(view: View, code: str) -> str:
    return PREFECTURES[code].say(view.language) if code in PREFECTURES else code


def _words(view: View, known: Indicator, problem: str, values: Any) -> str:
    told = dict(values)
    if "divisor" in told:
        scale = scale_of(float(told["divisor"]), known.unit, view.language, counter=known.counter)
        told["unit"] = scale.unit or known.label.say(view.language)
    if "column" in told:
        told["column"] = view.say(f"plan.{told['column']}")
    return view.say(f"plan.read.{problem}", **told)


def floors(view: View, found: Raised) -> None:
    """Who has to come up: now and then, of the towns the reader may see."""
    towns = view.desk.dataset.towns
    rows = zip(
        towns["town_code"].astype(str),
        towns[f"name_{view.language}"].astype(str),
        towns["county_adcode"].astype(str),
        strict=True,
    )
    seen = view.person.sees
    listed = [(code, name) for code, name, county in rows if code in found.raised and seen.holds(code, county)]
    listed.sort(key=lambda pair: found.raised[pair[0]][0])
    frame = pd.DataFrame(
        {
            view.say("plan.col.unit"): [name for _, name in listed],
            view.say("plan.base_year", year=found.base_year): [percent(found.raised[code][0]) for code, _ in listed],
            view.say("plan.floor"): [percent(found.raised[code][1]) for code, _ in listed],
        }
    )
    cells = [marks.town(code, name, view.language, is_walked=True) for code, name in listed]
    period = view.say("plan.base_year", year=found.base_year)
    led(view, frame, {view.say("plan.col.unit"): cells}, found.indicator.label.say(view.language), period=period)
