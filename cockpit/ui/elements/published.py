"""What was published of the province, and the sources entries and figures name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import Markup, html, html_of


def published(view: View) -> None:
    """What was published of the whole province or a prefecture, each with its source; figures that disagree stand
    beside each other."""
    facts = view.desk.dataset.table("facts")
    facts = facts[facts["subject_scope"].isin(["province", "prefecture"])]
    if not len(facts):
        return
    sources = sources_of(view)
    values = facts["value_written"].map(lambda value: f"{value:,.6g}") + " " + facts["unit_written"].astype(str)
    frame = pd.DataFrame(
        {
            view.say("elements.fact_subject"): facts["subject_written"].astype(str).str.strip("【】"),
            view.say("elements.fact"): facts["indicator_written"].astype(str),
            view.say("elements.fact_period"): facts["period_written"].astype(str),
            view.say("elements.fact_value"): values,
            view.say("elements.fact_reliability"): [
                view.say(f"elements.reliability_{word}") for word in facts["reliability"].astype(str)
            ],
            view.say("elements.fact_source"): [
                "；".join(sources[at][0] for at in str(text).split()) for text in facts["source_ids"]
            ],
            view.say("elements.fact_conflict"): [
                view.say("elements.fact_disagrees") if str(text or "").strip() else ""
                for text in facts["conflicts_with"].fillna("")
            ],
        }
    )
    # Figures of areas, whatever towns the page is narrowed to: said, for nothing else on it ignores the filters.
    narrowed = view.briefing.selection.is_filtered
    lead = view.say("elements.facts_narrowed" if narrowed else "elements.facts_lead")
    show(html('<div class="sect"><h2>{}</h2><span class="cnt">{}</span></div>', view.say("elements.facts"), lead))
    linked = {view.say("elements.fact_source"): [cited(sources, ids) for ids in facts["source_ids"]]}
    led(view, frame, linked, view.say("elements.facts"))


def sources_of(view: View) -> dict[str, tuple[str, str]]:
    """Source -> (publisher, link)."""
    frame = view.desk.dataset.table("sources")
    links = frame["link"].fillna("").astype(str)
    return {
        str(name): (str(publisher), link)
        for name, publisher, link in zip(frame["source_id"], frame["publisher"], links, strict=True)
    }


def cited(sources: Mapping[str, tuple[str, str]], ids: Any) -> Markup:
    """The publishers of sources, each leading to what it published."""
    known = [sources[at] for at in ("" if pd.isna(ids) else str(ids)).split() if at in sources]
    parts = [marks.web(link, publisher) for publisher, link in known]
    return html_of(part if not at else html("；{}", part) for at, part in enumerate(parts))
