"""The vitality index as tables: its ranking, one town's scores, and what it is made of.

Pure: values in, frames or markup out. Ranks stand beside their intervals.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from cockpit.analysis.briefing import Trial, Vitality
from cockpit.phrases import say
from cockpit.policy.index_design import IndexDesign, ItemRecord
from cockpit.units import percent
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.vitality.ranking import WITHIN, Columns, class_name, points
from cockpit.vocabulary import LIST_STATUSES, ORIGINS, Language


def ranking_frame(
    found: Vitality, rows: pd.DataFrame, columns: Columns, trial: Trial | None, language: Language
) -> pd.DataFrame:
    """The ranking as a table that can be sorted: scores to one decimal, NaN blank."""
    dimensions = found.design.dimensions
    scores = found.result.scores.loc[rows.index]
    frame = pd.DataFrame(
        {
            say("vitality.rank", language): rows[columns.rank].astype("Int64"),
            say("vitality.low", language): rows[columns.low].astype("Int64"),
            say("vitality.high", language): rows[columns.high].astype("Int64"),
            say("vitality.group_column", language): rows[columns.band],
            say("vitality.town", language): rows["name_zh" if language == "zh" else "name_en"],
            say("vitality.class_pick", language): [class_name(str(code), language) for code in rows["industry_class"]],
            say("vitality.index", language): rows["index"].round(1),
        }
    )
    if columns is not WITHIN:
        frame[say("vitality.class_rank", language)] = rows["class_rank"].astype("Int64")
        frame[say("vitality.class_low", language)] = rows["class_low"].astype("Int64")
        frame[say("vitality.class_high", language)] = rows["class_high"].astype("Int64")
    for name, group in dimensions.items():
        frame[group.label.say(language)] = scores[name].round(1)
    frame[f"{say('vitality.coverage', language)} (%)"] = (100 * rows["coverage"]).round(0).astype("Int64")
    if trial is not None:
        tried = trial.class_rank if columns is WITHIN else trial.rank
        frame[say("vitality.trial", language)] = tried.reindex(rows.index).astype("Int64")
    return frame


def town_frame(found: Vitality, town: str, language: Language) -> pd.DataFrame:
    """Index and dimensions of one town beside its class's median."""
    own: Any = found.result.scores.loc[town]
    median = found.medians.get(str(found.ranking.at[town, "industry_class"]))
    names = {
        found.design.index.id: found.design.index.label,
        **{k: g.label for k, g in found.design.dimensions.items()},
    }
    shares: Any = found.result.coverage.loc[town]
    base = [float("nan") if median is None else float(median[name]) for name in names]
    scores = [float(own[name]) for name in names]
    return pd.DataFrame(
        {
            say("vitality.dimension", language): [label.say(language) for label in names.values()],
            say("vitality.score", language): [points(value) for value in scores],
            say("vitality.median", language): [points(value) for value in base],
            say("vitality.difference", language): [
                points(a - b, signed=True) for a, b in zip(scores, base, strict=True)
            ],
            say("vitality.coverage", language): [percent(float(shares[name]), decimals=0) for name in names],
        }
    )


def goalposts(item: ItemRecord, language: Language) -> str:
    return item.goalposts(language) or "—"


def basis(design: IndexDesign, item: ItemRecord, language: Language) -> str:
    """Where the goalposts come from, in words."""
    sides = [side for side in ("low", "high") if getattr(item, f"{side}_from") == "base_year"]
    parts = [item.basis.say(language)] if item.basis.say(language) else []
    if sides:
        top = design.index
        word = say(f"vitality.side_{'both' if len(sides) == 2 else sides[0]}", language)
        parts.append(
            say(
                "vitality.from_base",
                language,
                sides=word[:1].upper() + word[1:],
                year=top.base_year,
                percentiles=("、" if language == "zh" else " and ").join(
                    f"{100 * {'low': top.base_low, 'high': top.base_high}[side]:.0f}" for side in sides
                ),
            )
        )
    return ("；" if language == "zh" else "; ").join(parts)


def design_rows(design: IndexDesign, language: Language) -> list[dict[str, str]]:
    """One row an indicator: dimension, indicator, weight, goalposts, direction, transform, basis, origin."""
    rows = []
    for name, group in design.dimensions.items():
        for code in design.parts_of(name):
            item = design.items[code]
            rows.append(
                {
                    "id": code,
                    "dimension": f"{group.label.say(language)} {group.weight:g}",
                    "item": item.label.say(language),
                    "weight": f"{item.weight:g}",
                    "goalposts": goalposts(item, language),
                    "direction": say(f"vitality.{item.direction}", language),
                    "transform": say(
                        "vitality.log" if item.transform == "log" else "vitality.none_transform", language
                    ),
                    "basis": basis(design, item, language),
                    "origin": ORIGINS[item.origin].say(language),
                }
            )
    return rows


def design_table(design: IndexDesign, found: Vitality | None, language: Language) -> Markup:
    """The indicators as a table that reads on a phone too; with `found`, how many towns have each figure."""
    titles = {
        "dimension": "vitality.dimension", "item": "vitality.item", "weight": "vitality.weight",
        "goalposts": "vitality.goalposts", "direction": "vitality.direction", "transform": "vitality.transform",
        "basis": "vitality.basis", "origin": "basis.origin",
    }  # fmt: skip
    labels = {key: say(name, language) for key, name in titles.items()}
    if found is not None:
        labels["need"] = say("vitality.need", language)
    head = html_of(html('<th scope="col">{}</th>', label) for label in labels.values())
    body = []
    for row in design_rows(design, language):
        if found is not None:
            values, filled = found.result.values[row["id"]], found.result.imputed[row["id"]]
            known = int((values.notna() & ~filled).sum())
            row["need"] = f"{known} / {len(found.ranking)}"
        cells = html_of(html('<td data-label="{}">{}</td>', labels[key], row[key]) for key in labels)
        body.append(html("<tr>{}</tr>", cells))
    return html(
        '<div class="scroll" tabindex="0"><table class="doc"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        head,
        html_of(body),
    )


def parameters(design: IndexDesign, language: Language) -> str:
    """The rules of the index in one paragraph."""
    top = design.index
    joint = "、" if language == "zh" else ", "
    return say(
        "vitality.parameters",
        language,
        population=joint.join(LIST_STATUSES[code].say(language) for code in top.population),
        lo=f"{top.scale_low:g}",
        hi=f"{top.scale_high:g}",
        dimension=percent(top.present_in_group, decimals=0),
        all=percent(top.present_overall, decimals=0),
        draws=top.draws,
        seed=top.draw_seed,
        spread=percent(top.draw_spread, decimals=0),
        interval=percent(top.interval, decimals=0),
        apart=percent(top.apart, decimals=0),
        smallest=top.smallest_class,
    )
