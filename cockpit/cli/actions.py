"""`python -m cockpit actions …`: matters handed out (督办), from filing to closing, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cockpit.analysis.supervision.events import GOALS
from cockpit.cli.options import act_options, dataset_option, day_option, today, told
from cockpit.policy.records import SENSES

if TYPE_CHECKING:
    from cockpit.acting import Act
    from cockpit.analysis.supervision.events import Kind
    from cockpit.analysis.supervision.machine import Matter


@click.group("actions")
def command() -> None:
    """Hand matters out, answer, verify and close them; list and count them."""


def _office(command_: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--office", required=True, help="Office of whoever does it.")(command_)


@command.command("file")
@click.option("--title", required=True)
@click.option("--subject", required=True, help="Town, or area by its code: 330111.")
@click.option("--clause", default="", help="Clause it rests on.")
@click.option("--goal", default="evidence", type=click.Choice(GOALS))
@click.option("--indicator", default="")
@click.option("--operator", default="", type=click.Choice(["", *SENSES]))
@click.option("--value", type=float, default=None, help="In the indicator's base unit.")
@click.option("--period", default="")
@_office
@dataset_option
@act_options
@told
def file(act: Act, office: str, dataset: str, **given: Any) -> None:
    """File a matter and print its name."""
    from cockpit.datasets.store.loading import load

    goal = {"kind": given["goal"], **{name: given[name] for name in ("indicator", "operator", "value", "period")}}
    detail = {name: given[name] for name in ("title", "subject", "clause")}
    version = load(dataset).manifest.version
    _carry(None, "filed", act, office, {**detail, "dataset": dataset, "version": version, "goal": goal})


@command.command("assign")
@click.argument("matter")
@click.option("--lead", required=True, help="Office that carries it out.")
@day_option("--due", help="[default: so many working days from today as recorded]")
@day_option("--accept-by", help="[default: likewise]")
@_office
@act_options
@told
def assign(matter: str, lead: str, due: date | None, accept_by: date | None, act: Act, office: str) -> None:
    """Hand MATTER to an office with two days: accept by, due."""
    from cockpit.briefings.supervising import design

    rules = design()
    due = due or rules.workday_after(today(), rules.limit("due_days"))
    accept_by = accept_by or min(due, rules.workday_after(today(), rules.limit("accept_days")))
    _carry(matter, "assigned", act, office, {"lead": lead, "due": due.isoformat(), "accept_by": accept_by.isoformat()})


def _simple(name: str, kind: Kind, about: str) -> None:
    """A command whose event says nothing but its note."""

    @command.command(name, help=about)
    @click.argument("matter")
    @_office
    @act_options
    @told
    def run(matter: str, act: Act, office: str) -> None:
        _carry(matter, kind, act, office, {})


for _name, _kind, _about in (
    ("refuse", "refused", "Close MATTER unassigned."),
    ("accept", "accepted", "Accept MATTER as the office in the lead."),
    ("decline", "declined", "Send MATTER back; the note says why."),
    ("ask-close", "closing_asked", "Say that MATTER is done, and ask for it to be verified."),
    ("return", "returned", "Send MATTER back to its lead: it is not done."),
    ("pause", "paused", "Stop MATTER's clock."),
    ("resume", "resumed", "Start it again; the days in between are added."),
    ("remind", "reminded", "Remind its lead."),
    ("deny", "extension_denied", "Deny an extension."),
):
    _simple(_name, _kind, _about)  # type: ignore[arg-type]


@command.command("reopen")
@click.argument("matter")
@day_option("--due", help="[default: so many working days from today as recorded]")
@_office
@act_options
@told
def reopen(matter: str, due: date | None, act: Act, office: str) -> None:
    """Open a closed MATTER again, with a due day anew: the figure fell back."""
    from cockpit.briefings.supervising import design

    rules = design()
    due = due or rules.workday_after(today(), rules.limit("due_days"))
    _carry(matter, "reopened", act, office, {"due": due.isoformat()})


@command.command("report")
@click.argument("matter")
@day_option("--eta", help="Day it is expected to be done.")
@_office
@act_options
@told
def report(matter: str, eta: date | None, act: Act, office: str) -> None:
    """Tell how MATTER goes, in the note."""
    _carry(matter, "reported", act, office, {"eta": eta.isoformat()} if eta else {})


@command.command("extend")
@click.argument("matter")
@day_option("--until", help="New due day.")
@click.option("--grant", is_flag=True, help="Grant it instead of asking for it.")
@_office
@act_options
@told
def extend(matter: str, until: date | None, grant: bool, act: Act, office: str) -> None:
    """Ask for a later due day, or grant it."""
    detail = {"until": until.isoformat()} if until else {}
    _carry(matter, "extension_granted" if grant else "extension_asked", act, office, detail)


@command.command("verify")
@click.argument("matter")
@_office
@act_options
@told
def verify(matter: str, act: Act, office: str) -> None:
    """Close MATTER as done, as an office that did not carry it out; a figure's goal is judged by the current data."""
    _carry(matter, "verified", act, office, {})


@command.command("close")
@click.argument("matter")
@click.option("--as", "closed_as", required=True, type=click.Choice(["not_done", "moot", "merged"]))
@click.option("--into", default="", help="The matter it is merged into.")
@_office
@act_options
@told
def close(matter: str, closed_as: str, into: str, act: Act, office: str) -> None:
    """Close MATTER otherwise than as done."""
    _carry(matter, "closed", act, office, {"as": closed_as, **({"into": into} if into else {})})


@command.command("demo")
@told
def demo() -> None:
    """Put the demonstration's matters, all simulated, into a log that holds none; elsewhere nothing is done."""
    from cockpit.briefings.demonstrating import place_story

    count = place_story()
    click.echo(f"{count}\t{'events put there' if count else 'the log holds events already: nothing was done'}")


@command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only those that are open.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with their events and the counts.")
@told
def list_(only_open: bool, as_json: bool) -> None:
    """All matters, the newest first: name, light, state, due, lead, title."""
    from cockpit.analysis.supervision.machine import days_late, light
    from cockpit.briefings.supervising import all_matters, count_matters, design

    found, rules = all_matters(), design()
    day = found.day(today())
    shown = [item for item in found.matters if item.is_open or not only_open]
    if as_json:
        answer = {
            "matters": [_told(item, light(item, day, rules), days_late(item, day)) for item in shown],
            "counts": vars(count_matters(found, day)),
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1, default=str))
        return
    for item in shown:
        due = item.due.isoformat() if item.due else "-"
        click.echo("\t".join((item.id, light(item, day, rules), item.state, due, item.lead or "-", item.title)))


@command.command("alerts")
@dataset_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@told
def alerts_(dataset: str, as_json: bool) -> None:
    """Alerts that stand: level, rule, place, what of it, since when on record, matter in hand."""
    from cockpit.briefings.alerting import alerts
    from cockpit.briefings.supervising import all_matters, day_of
    from cockpit.rights import ALL

    found = alerts(dataset, day_of(dataset), ALL, all_matters().matters)
    if as_json:
        told = [
            {
                **vars(item.alert.sighting), "key": item.alert.sighting.key, "level": item.rule.level,
                "since": item.alert.standing.since, "is_set_aside": item.alert.is_set_aside,
                "matters": [matter.id for matter in item.matters],
            }
            for item in found
        ]  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    for item in found:
        seen, since = item.alert.sighting, item.alert.standing.since
        words = (item.rule.level, seen.rule, seen.subject, seen.about, since.isoformat() if since else "-")
        click.echo("\t".join((*words, ",".join(matter.id for matter in item.matters) or "-")))


@command.command("set-aside")
@click.argument("alert")
@day_option("--until", help="Last day it is set aside.")
@dataset_option
@act_options
@told
def set_aside(alert: str, until: date | None, dataset: str, act: Act) -> None:
    """Set ALERT aside until a day, the note says why; ALERT is its key as `alerts --json` tells it."""
    from cockpit.briefings.alerting import set_aside as put_aside

    put_aside(dataset, alert, until or today(), act, today())
    click.echo(f"{alert}\tset aside")


@command.command("tick")
@dataset_option
@click.option("--send/--no-send", default=True, help="Send the notices that wait as well.")
@told
def tick_(dataset: str, send: bool) -> None:
    """Bring alerts, proposals and reminders up to date, and send notices; for a timer, as often as you like."""
    from cockpit.briefings.ticking import send_waiting, tick

    done = tick(dataset)
    click.echo(json.dumps({"raised": done.raised, "cleared": done.cleared, **done.written}, ensure_ascii=False))
    if send:
        click.echo(json.dumps(vars(send_waiting()), ensure_ascii=False))


@command.command("outbox")
@told
def outbox_() -> None:
    """Notices, the newest first: state, tries, channel, office, matter, why, fault."""
    from cockpit.briefings.ticking import notices

    for item in notices():
        words = (item.state, str(item.tries), item.channel, item.office, item.matter, item.why, item.error or "-")
        click.echo("\t".join(words))


def _told(item: Matter, lamp: str, late: int) -> dict[str, Any]:
    return {**vars(item), "goal": vars(item.goal), "light": lamp, "days_late": late}


def _carry(matter: str | None, kind: Kind, act: Act, office: str, detail: dict[str, Any]) -> None:
    from cockpit.briefings.supervising import carry_on

    after = carry_on(matter, kind, act, detail, office)
    click.echo(f"{after.id}\t{after.state}")
