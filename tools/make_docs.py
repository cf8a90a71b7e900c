"""Writes docs/register.md from the policy records and the table schema, docs/interface.md from the interface's shapes;
a test holds them current.

    python tools/make_docs.py [--check]

May import the package's lower rooms (policy, datasets.schema, vocabulary), the words of `visuals` and the interface.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cockpit.datasets.schema import SCHEMA, TABLES  # noqa: E402
from cockpit.policy.access_design import Group, Role, VerbRecord  # noqa: E402
from cockpit.policy.alert_records import AlertRule  # noqa: E402
from cockpit.policy.chain_design import ChainParameter, CooperationPattern, FirmMark, GradeCriterion  # noqa: E402
from cockpit.policy.chains import Chain, ChainLink, ChainNode  # noqa: E402
from cockpit.policy.index_design import GroupRecord, IndexRecord, ItemRecord  # noqa: E402
from cockpit.policy.intake_design import (  # noqa: E402
    FormerCounty,
    IntakeFigure,
    OtherFigure,
    PartOfWhole,
    RowWords,
    WrittenUnit,
)
from cockpit.policy.list_records import RiskRule, StarRule  # noqa: E402
from cockpit.policy.map_design import BordersRecord, MapRecord  # noqa: E402
from cockpit.policy.per_mu_design import PerMuItem, PerMuParameter  # noqa: E402
from cockpit.policy.records import SENSES, Document, Indicator, Record, Rule, Target, TargetSet, Term  # noqa: E402
from cockpit.policy.register import Register, load  # noqa: E402
from cockpit.policy.supervision_design import DaysOff, LadderStep  # noqa: E402
from cockpit.policy.town_code_design import (  # noqa: E402
    STATUS_NAMES,
    FactRecord,
    HistoryRecord,
    MatterRecord,
    StandingRecord,
    TownParameter,
    TownStatusRecord,
)
from cockpit.policy.wall_design import SceneRecord, WallRecord  # noqa: E402
from cockpit.visuals.vitality import tables as index_tables  # noqa: E402
from cockpit.vocabulary import CHAIN_STAGES, ORIGINS, SCOPES  # noqa: E402
from tools import interface_docs  # noqa: E402
from tools.markdown import table  # noqa: E402


def fields(kind: type[Record]) -> str:
    """The fields of a record type, as the register accepts them."""
    rows = [
        (
            f"`{info.alias or name}`",
            str(info.annotation).replace("typing.", "").replace("<class '", "").replace("'>", ""),
            "yes" if info.is_required() else "",
        )
        for name, info in kind.model_fields.items()
        if name not in Record.model_fields
    ]
    return table(("field", "type", "required"), rows)


def vitality_tables(register: Register) -> list[str]:
    """The vitality index: rules, dimensions, indicators."""
    design = register.vitality
    top = design.index
    return [
        "## Vitality index",
        "",
        f"{top.basis_en}. Version {top.version}; {top.aggregation} across dimensions, scores {top.scale_low:g} to "
        f"{top.scale_high:g}; a dimension needs {top.present_in_group:.0%} of its weight, the index all dimensions and "
        f"{top.present_overall:.0%}; {top.draws} draws, seed {top.draw_seed}, weights ±{top.draw_spread:.0%}.",
        "",
        table(
            ("dimension", "weight", "item", "weight", "goalposts", "log", "better", "basis", "origin"),
            (
                (
                    group.label_en,
                    f"{group.weight:g}",
                    f"`{name}`",
                    f"{design.items[name].weight:g}",
                    index_tables.goalposts(design.items[name], "en"),
                    "yes" if design.items[name].transform == "log" else "",
                    design.items[name].direction,
                    index_tables.basis(design, design.items[name], "en"),
                    ORIGINS[design.items[name].origin].en,
                )
                for dimension, group in design.dimensions.items()
                for name in design.parts_of(dimension)
            ),
        ),
        "",
    ]


def per_mu_tables(register: Register) -> list[str]:
    """Items and parameters of the per-mu evaluation."""
    design = register.per_mu
    items = (
        (
            f"`{item.id}`",
            item.label_zh,
            f"{item.weight:g}",
            f"{item.numerator} / {item.denominator}",
            ORIGINS[item.origin].en,
            item.source_en,
            item.link,
        )
        for item in design.items.values()
    )
    parameters = (
        (
            f"`{item.id}`",
            f"{SENSES[item.sense].zh if item.sense else ''} {item.written}".strip(),
            item.effect_en,
            ORIGINS[item.origin].en,
            item.source_en or item.reading_en or "-",
        )
        for item in design.parameters.values()
    )
    return [
        "## Per-mu evaluation",
        "",
        f"Land types {', '.join(f'`{name}`' for name in design.land.offered)}; {design.land.reading_en}.",
        "",
        table(("item", "label", "weight", "ratio", "origin", "source", "link"), items),
        "",
        table(("parameter", "value", "effect", "origin", "source or reading"), parameters),
    ]


def list_tables(register: Register) -> list[str]:
    """Norms of the risk grade and of the stars; points, levels and caps are ours."""

    def row(rule: RiskRule | StarRule, weight: str) -> tuple[str, ...]:
        return (
            f"`{rule.id}`",
            rule.label_zh,
            f"{SENSES[rule.sense].zh if rule.sense else ''} {rule.written}".strip(),
            weight,
            rule.force,
            f"[{rule.clause}]" if rule.clause else "-",
            rule.quote or "-",
            f"{ORIGINS[rule.origin].en} {register.documents[rule.source].number if rule.source else ''}".strip(),
        )

    heads = ("id", "label", "norm", "weight", "force", "clause", "quote", "origin of the number")
    risk = (row(rule, "veto" if rule.is_veto else f"{rule.points} points") for rule in register.risk.values())
    stars = (row(rule, f"{rule.kind} {rule.stars or ''}".strip()) for rule in register.stars.values())
    return ["## Risk grade", "", table(heads, risk), "", "## Stars", "", table(heads, stars)]


def chain_tables(register: Register) -> list[str]:
    """Industry chains: nodes by stage, ours marked, and how many links a source tells."""

    def nodes(chain: Chain, stage: str) -> str:
        return "、".join(node.zh + ("°" if node.basis == "ours" else "") for node in chain.nodes if node.stage == stage)

    rows = (
        (
            f"`{chain.id}`",
            f"{chain.label_zh} ({'、'.join(chain.industries)})",
            *(nodes(chain, stage) for stage in CHAIN_STAGES),
            f"{len(chain.links)}, {sum(link.basis == 'order' for link in chain.links)} told",
            " ".join(chain.source_ids),
        )
        for chain in register.chains.values()
    )
    heads = ("id", "chain (specialty industries)", *CHAIN_STAGES, "links", "sources")
    return ["## Industry chains", "", "° marks a node of ours; firms carry `chain.node`.", "", table(heads, rows)]


def chain_rule_tables(register: Register) -> list[str]:
    """How chains are read: criteria, parameters, patterns, tiers and rungs."""
    design = register.chain_rules

    def row(rule: Rule) -> tuple[str, ...]:
        return (
            f"`{rule.id}`",
            rule.label_zh,
            f"{SENSES[rule.sense].zh if rule.sense else ''} {rule.written}".strip() or "-",
            rule.effect_en or "-",
            f"[{rule.clause}]" if rule.clause else "-",
            rule.quote or "-",
            ORIGINS[rule.origin].en,
        )

    heads = ("id", "label", "value", "effect", "clause", "quote", "origin")
    return [
        "## Grades and cooperation in chains",
        "",
        f"{design.developed.reading_en} ({ORIGINS[design.developed.origin].en}).",
        "",
        table(heads, map(row, design.rules)),
        "",
    ]


def calendar_tables(register: Register) -> list[str]:
    """Who reports what by when."""
    heads = ("id", "return", "periods end in month", "due", "late until", "indicators", "origin")
    rows = (
        (
            f"`{duty.id}`",
            duty.label_zh,
            ", ".join(map(str, duty.months)),
            f"{duty.due_days} days after the period",
            f"{duty.late_days} days after it was due",
            ", ".join(f"`{name}`" for name in duty.indicators) or "all reported ones",
            ORIGINS[duty.origin].en,
        )
        for duty in register.calendar.values()
    )
    return ["## Reporting calendar", "", table(heads, rows), ""]


def limit_tables(register: Register) -> list[str]:
    """What a visitor, a file or a caller may take, and how long texts may be."""
    design = register.limits
    named = [("limit", design.limits), ("length", design.lengths)]
    rows = (
        (f"`{section}.{at.id}`", at.label_zh, f"{at.value:g} {at.unit}", at.reading_en, ORIGINS[at.origin].en)
        for section, figures in named
        for at in figures.values()
    )
    return ["## Limits", "", table(("id", "limit", "value", "why", "origin"), rows), ""]


def access_tables(register: Register) -> list[str]:
    """Who may do what, and the limits of sign-in."""
    design = register.access
    roles = list(design.roles.values())
    matrix = (
        (verb.label_zh, verb.label_en, *("●" if verb.id in role.verbs else "" for role in roles))
        for verb in design.verbs.values()
    )
    limits = (
        (f"`{at.id}`", at.label_zh, f"{at.value:g} {at.unit}", at.reading_en, ORIGINS[at.origin].en)
        for at in design.limits.values()
    )
    return [
        "## Access",
        "",
        table(("动作", "verb", *(role.label_zh for role in roles)), matrix),
        "",
        table(("id", "limit", "value", "why", "origin"), limits),
        "",
    ]


def intake_tables(register: Register) -> list[str]:
    """What a file may be, how figures are written, what a return may not say."""
    design = register.intake
    figures = [*design.limits.values(), *design.thresholds.values()]
    return [
        "## Intake of files",
        "",
        table(
            ("id", "figure", "value", "why", "origin"),
            (
                (f"`{at.id}`", at.label_zh, f"{at.value:g} {at.unit}", at.reading_en, ORIGINS[at.origin].en)
                for at in figures
            ),
        ),
        "",
        table(
            ("base unit", "written in the template", "from", "to", "whole numbers", "origin"),
            (
                (
                    f"`{unit.id}`",
                    unit.written or "the indicator's measure word",
                    f"{unit.minimum:g}",
                    f"{unit.maximum:g}",
                    "yes" if unit.is_whole else "",
                    ORIGINS[unit.origin].en,
                )
                for unit in design.units.values()
            ),
        ),
        "",
        table(
            ("id", "parts", "may not exceed", "origin"),
            (
                (
                    f"`{part.id}`",
                    " + ".join(f"`{name}`" for name in part.parts),
                    f"`{part.whole}`",
                    ORIGINS[part.origin].en,
                )
                for part in design.parts.values()
            ),
        ),
        "",
        table(
            ("code", "county of earlier years", "until", "today", "source", "origin"),
            (
                (f"`{at.id}`", at.name_zh, str(at.until), ", ".join(at.now), at.source, ORIGINS[at.origin].en)
                for at in design.former_counties.values()
            ),
        ),
        "",
    ]


def town_code_tables(register: Register) -> list[str]:
    """The town code: statuses, matters, figures, what stands on a profile."""
    design = register.town_code
    own = ORIGINS["own"].en
    kinds = {name: record.kind for name, record in design.facts.items()}
    return [
        "## Town code",
        "",
        "Format and check character: `cockpit/town_codes.py`. A matter takes threshold, clause and quote from the norm "
        "it names; to weigh it and to sum a town up is our choice.",
        "",
        table(
            ("status", "word", "shape", "colours of", "rule", "origin"),
            (
                (f"`{at.id}`", at.label_zh, at.shape, at.tone, design.rule_of(name).en, ORIGINS[at.origin].en)
                for name in STATUS_NAMES
                for at in (design.statuses[name],)
            ),
        ),
        "",
        table(
            ("matter", "label", "weight", "norms by list status", "told in public", "origin"),
            (
                (
                    f"`{at.id}`",
                    at.label_zh,
                    at.weight,
                    ", ".join(f"{status}: `{norm or 'calendar'}`" for status, norm in at.norms.items()),
                    "yes" if at.is_public else "no",
                    ORIGINS[at.origin].en,
                )
                for at in design.matters.values()
            ),
        ),
        "",
        table(
            ("parameter", "label", "value", "why", "origin"),
            (
                (f"`{at.id}`", at.label_zh, at.written, at.reading_en, ORIGINS[at.origin].en)
                for at in design.parameters.values()
            ),
        ),
        "",
        table(
            ("on the profile", "figure", "kind", "told in public", "origin"),
            (
                *(
                    (f"`fact.{name}`", f"`{at.of}`", kinds[name], "yes" if at.is_public else "no", own)
                    for name, at in design.facts.items()
                ),
                *(
                    (f"`standing.{name}`", f"`{at.of}`", "compared", "yes", own)
                    for name, at in design.standings.items()
                ),
                (f"`trend.{design.trend.id}`", f"`{design.trend.of}`", "years", "yes", own),
                *(
                    (f"`history.{name}`", at.label_zh, "entries", "yes" if at.is_public else "no", own)
                    for name, at in design.history.items()
                ),
            ),
        ),
        "",
    ]


def map_tables(register: Register) -> list[str]:
    """Class borders of the map."""
    design = register.map
    rows = (
        (f"`{name}`", " ".join(f"{border:g}" for border in record.borders), record.unit)
        for name, record in design.borders.items()
    )
    about = f"{design.map.reading_en} ({ORIGINS[design.map.origin].en})."
    return ["## Map", "", about, "", table(("id", "borders", "unit"), rows), ""]


def wall_tables(register: Register) -> list[str]:
    """Scenes of the wall in the order played."""
    design = register.wall
    rows = (
        (
            f"`{scene.id}`",
            scene.label_zh,
            scene.kind,
            f"{design.dwell(scene)} s",
            f"`{scene.page}`",
            " ".join(f"{width:g}" for width in scene.columns),
            " ".join(f"{width:g}" for width in scene.wide),
        )
        for scene in design.scenes.values()
    )
    heads = ("id", "scene", "kind", "dwell", "page", "columns, rem", "columns of a very wide wall, rem")
    return ["## Wall", "", f"{design.wall.reading_en} ({ORIGINS[design.wall.origin].en}).", "", table(heads, rows), ""]


def document() -> str:
    register = load()
    source = next(iter(register.documents.values()))
    parts = [
        "# The register and the tables",
        "",
        "Generated by `python tools/make_docs.py` from `data/policy/*.toml` and `cockpit/datasets/schema.py`; "
        "do not edit by hand.",
        f"Clauses are those of {source.number} ({source.dated}). "
        "`own` marks a choice of ours, shown as 自定 on screen.",
        "",
        "## Targets",
        "",
        table(
            ("id", "indicator", "value", "scope", "due", "clause", "quote", "reading"),
            (
                (
                    f"`{item.id}`",
                    register.indicator(item.indicator).label_zh,
                    f"{SENSES[item.sense].zh} {item.written}",
                    SCOPES[item.scope].zh,
                    item.due,
                    f"[{item.clause}]",
                    item.quote,
                    item.reading_en,
                )
                for item in register.every_target.values()
            ),
        ),
        "",
        "## Rules and parameters",
        "",
        table(
            ("id", "value", "effect", "force", "clause", "quote", "origin"),
            (
                (
                    f"`{item.id}`",
                    f"{SENSES[item.sense].zh if item.sense else ''} {item.written}".strip() or "-",
                    item.effect_en,
                    item.force,
                    f"[{item.clause}]" if item.clause else "-",
                    item.quote or "-",
                    ORIGINS[item.origin].en,
                )
                for item in register.rules.values()
            ),
        ),
        "",
        *vitality_tables(register),
        *per_mu_tables(register),
        "",
        *list_tables(register),
        "",
        *chain_tables(register),
        "",
        *chain_rule_tables(register),
        *calendar_tables(register),
        *intake_tables(register),
        *limit_tables(register),
        *access_tables(register),
        *map_tables(register),
        *wall_tables(register),
        *town_code_tables(register),
        "## Indicators",
        "",
        table(
            ("id", "label", "unit", "kind", "better", "how calculated"),
            (
                (f"`{item.id}`", item.label_zh, item.unit, item.kind, item.polarity, item.how_en)
                for item in register.indicators.values()
            ),
        ),
        "",
        "## Fields of a record",
        "",
        "Any record may also carry `checked_by` (who read it against its source) and `next_review` (a date; once "
        "past, the Basis page lists the record). A value that changes is dated: `value = [{ value = 5 }, "
        "{ from = 2026-01-01, value = 3 }]` judges years to 2025 with 5 and later ones with 3; a plain value holds "
        "always. `from` is a 1 January.",
    ]
    for kind, file in (
        (TargetSet, "target_sets"),
        (Target, "targets"),
        (Rule, "rules"),
        (IndexRecord, "[index] of vitality"),
        (GroupRecord, "[group.*] of vitality"),
        (ItemRecord, "[item.*] of vitality"),
        (RiskRule, "risk"),
        (StarRule, "stars"),
        (PerMuItem, "[item] of per_mu"),
        (PerMuParameter, "[parameter] of per_mu"),
        (IntakeFigure, "[limit] and [threshold] of intake, [limit] and [length] of limits, [limit] of access"),
        (VerbRecord, "[verb] of access"),
        (Role, "[role] of access"),
        (Group, "[group] of access"),
        (DaysOff, "[days] of supervision"),
        (LadderStep, "[step] of supervision"),
        (AlertRule, "alerts"),
        (WrittenUnit, "[unit] of intake"),
        (PartOfWhole, "[part] of intake"),
        (FormerCounty, "[former_county] of intake"),
        (OtherFigure, "[other_figure] of intake"),
        (RowWords, "[row] of intake"),
        (TownStatusRecord, "[status] of town_code"),
        (TownParameter, "[parameter] of town_code"),
        (MatterRecord, "[matter] of town_code"),
        (FactRecord, "[fact] of town_code"),
        (StandingRecord, "[standing] of town_code"),
        (HistoryRecord, "[history] of town_code"),
        (MapRecord, "[map] of map"),
        (BordersRecord, "[borders] of map"),
        (WallRecord, "[wall] of wall"),
        (SceneRecord, "[scene] of wall"),
        (GradeCriterion, "[criterion.*] of chain_rules"),
        (ChainParameter, "[parameter.*] of chain_rules"),
        (CooperationPattern, "[pattern.*] of chain_rules"),
        (FirmMark, "[tier.*] and [rung.*] of chain_rules"),
        (Chain, "chains"),
        (ChainNode, "nodes of chains"),
        (ChainLink, "links of chains"),
        (Indicator, "indicators"),
        (Document, "documents"),
        (Term, "glossary"),
    ):
        parts += ["", f"### {file}.toml", "", fields(kind)]
    parts += ["", "## Tables of a dataset version", ""]
    parts += [
        f"Schema {SCHEMA} (`schema` of the manifest; none means 1). Columns without * and optional tables may be "
        "absent from an older version and are then missing.",
        "",
    ]
    for item in TABLES.values():
        optional = " (optional)" if item.optional else ""
        columns = ", ".join(f"`{column.name}`{'*' if column.required else ''}" for column in item.columns)
        parts += [f"- **{item.name}**{optional}, key {' + '.join(item.key)}: {columns}"]
    parts += ["", "`*` marks a required column.", ""]
    return "\n".join(parts)


DOCUMENTS: Final[dict[Path, Callable[[], str]]] = {
    ROOT / "docs" / "register.md": document,
    ROOT / "docs" / "interface.md": interface_docs.document,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when a file is not current")
    only_look = parser.parse_args().check
    for path, made in DOCUMENTS.items():
        if not only_look:
            path.write_text(made(), encoding="utf-8")
        elif path.read_text(encoding="utf-8") != made():
            raise SystemExit(f"{path.relative_to(ROOT)} is not current: run python tools/make_docs.py")


if __name__ == "__main__":
    main()
