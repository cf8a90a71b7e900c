"""`python -m cockpit plan …`: what the next target could be, who would carry how much. Proposals (建议), no policy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, BinaryIO

import click

from cockpit.acting import Act
from cockpit.cli.options import Output, act_options, dataset_option, language_option, leaves, stop, told
from cockpit.vocabulary import Language

if TYPE_CHECKING:
    from cockpit.briefings import Desk


@click.group("plan")
def command() -> None:
    """Propose the next target of an indicator and break it down. All of it is a proposal, never policy."""


def _desk(dataset: str, indicator: str) -> Desk:
    from cockpit.briefings import open_desk

    desk = open_desk(dataset)
    desk.register.indicator(indicator)
    return desk


@command.command("propose")
@click.argument("indicator")
@click.option("--year", type=int, default=2030, show_default=True)
@dataset_option
@language_option
@told
def proposing(indicator: str, year: int, dataset: str, lang: Language) -> None:
    """Print what the methods propose for INDICATOR by a year, each with the growth a year it asks for."""
    from cockpit.analysis.briefing import propose
    from cockpit.phrases import say
    from cockpit.units import percent_figure, scale_of

    desk = _desk(dataset, indicator)
    found = propose(desk.cube, desk.dataset, desk.register.indicator(indicator), year, desk.register.planning)
    scale = scale_of(found.base, found.indicator.unit, lang, counter=found.indicator.counter)

    def said(value: float | None, growth: float | None) -> str:
        if value is None or growth is None:
            return say("plan.unknown", lang)
        return f"{scale.figure(value)} ({percent_figure(growth, signed=True).bare})"

    proposed = say("plan.proposed", lang)
    click.echo(f"{found.indicator.label.say(lang)} {found.base_year}: {scale.figure(found.base)}")
    if found.observed is not None:
        click.echo(say("plan.observed", lang, growth=percent_figure(found.observed, signed=True).bare))
    for item in found.proposals:
        click.echo(f"[{proposed}] {say(f'plan.method_{item.method}', lang)}: {said(item.value, item.yearly)}")
    if found.median is not None:
        click.echo(f"[{proposed}] {say('plan.median', lang)}: {scale.figure(found.median)}")


@command.command("breakdown")
@click.argument("indicator")
@click.argument("output", type=Output(".xlsx"))
@click.option(
    "--total", required=True, type=float, help="The province's figure, in the unit of --unit. Ratios: `plan raise`."
)
@click.option("--unit", default="", help="Unit of the total and of the shares: 亿元. [default: the base unit]")
@click.option("--year", type=int, default=2030, show_default=True)
@dataset_option
@language_option
@told
def breaking_down(
    indicator: str, output: BinaryIO, total: float, unit: str, year: int, dataset: str, lang: Language
) -> None:
    """Share a total of INDICATOR out over the towns and write the workbook to send round to OUTPUT."""
    from dataclasses import replace

    from cockpit.analysis.briefing import break_down
    from cockpit.analysis.planning.allocation import CannotBeMet
    from cockpit.exports.plan import plan_book
    from cockpit.phrases import say
    from cockpit.units import scale_of, to_base

    desk = _desk(dataset, indicator)
    item = desk.register.indicator(indicator)
    step, base = to_base(1.0, unit) if unit else (1.0, item.unit)
    if base != item.unit:
        stop(f"{unit} is no unit of {indicator}: its base unit is {item.unit}")
    if item.is_ratio:
        stop(f"{indicator} is a ratio and is not shared out: use `plan raise {indicator} --aim`")
    if not math.isfinite(total * step):
        stop(f"{total:g} is no figure to be shared out")
    if not total.is_integer():
        stop(f"{total:g} is no whole number of {unit or item.unit}: shares are whole and would not add up to it")
    design, towns = desk.register.planning, desk.dataset.towns
    try:
        found = break_down(desk.cube, towns, item, year, total * step, step, design)
    except CannotBeMet as bounds:
        scale = replace(scale_of(bounds.most, item.unit, lang, counter=item.counter), is_grouped=True)
        values = {name: str(scale.figure(getattr(bounds, name))) for name in ("total", "least", "most")}
        stop(say("plan.cannot", lang, **values))
    leaves("plan", dataset=desk.dataset.key, indicator=indicator, year=year)
    output.write(plan_book(found, towns, design, lang, is_simulated=desk.dataset.manifest.is_simulated))


@command.command("raise")
@click.argument("indicator")
@click.option("--aim", required=True, type=float, help="The ratio all towns together shall reach: 0.75.")
@dataset_option
@language_option
@told
def raising(indicator: str, aim: float, dataset: str, lang: Language) -> None:
    """Print the floor for every town at which their weighted mean reaches AIM, and the towns below it: ratios are not
    shared out."""
    from cockpit.analysis.briefing import raise_towns
    from cockpit.analysis.planning.records import scope_of
    from cockpit.phrases import say
    from cockpit.units import percent_figure

    desk = _desk(dataset, indicator)
    found = raise_towns(desk.cube, desk.register.indicator(indicator), aim, scope_of(desk.register, indicator))
    names = desk.dataset.towns.set_index(desk.dataset.towns["town_code"].astype(str))[f"name_{lang}"].astype(str)
    shares = {name: percent_figure(getattr(found, name)).bare for name in ("now", "aim", "level")}
    click.echo(f"{found.indicator.label.say(lang)} {found.base_year}: {shares['now']}")
    if not found.raised:
        click.echo(say("plan.ratio.met", lang, base=found.base_year, now=shares["now"]))
        return
    said = say("plan.note_ratio", lang, level=shares["level"], aim=shares["aim"])
    click.echo(f"[{say('plan.proposed', lang)}] {said}")
    for code, (before, after) in sorted(found.raised.items(), key=lambda item: item[1]):
        click.echo(f"{names[code]}  {percent_figure(before).bare} → {percent_figure(after).bare}")


@command.command("list")
@dataset_option
@language_option
@told
def listing(dataset: str, lang: Language) -> None:
    """The sets people made, the latest year first: name, state, draft, figures chosen, title."""
    from cockpit.briefings.plan_book import all_plans
    from cockpit.phrases import say

    for plan in all_plans().of_dataset(dataset):
        state = say(f"plan.state.{plan.state}", lang)
        told_of = (plan.id, state, plan.draft, f"{len(plan.chosen)}/{len(plan.items)}", plan.title.say(lang))
        click.echo("\t".join(map(str, told_of)))


@command.command("toml")
@click.argument("name")
@told
def as_records(name: str) -> None:
    """Print set NAME as the lines of a record file: its set, then its targets."""
    from cockpit.analysis.planning.records import toml_of
    from cockpit.briefings.plan_book import all_plans
    from cockpit.policy.register import load

    click.echo(toml_of(all_plans().of(name), load()), nl=False)


@command.command("import")
@click.argument("source", type=click.File("rb"))
@dataset_option
@act_options
@told
def importing(source: BinaryIO, dataset: str, act: Act) -> None:
    """Begin a set from SOURCE, lines as `plan toml` prints them; its figures count as chosen, with their reasons."""
    from cockpit.briefings import open_desk
    from cockpit.briefings.plan_import import begin_from

    plan = begin_from(open_desk(dataset), source.read(), act)
    click.echo(f"{plan.id}\t{len(plan.chosen)}/{len(plan.items)}")


@command.command("demo")
@told
def demo() -> None:
    """Put the demonstration's set, all simulated, into a log that holds none; elsewhere nothing is done."""
    from cockpit.briefings.demonstrating import place_plans

    count = place_plans()
    click.echo(f"{count}\t{'events put there' if count else 'the log holds events already: nothing was done'}")
