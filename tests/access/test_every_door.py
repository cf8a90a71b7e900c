"""Every door and who goes through: routes, pages, the socket, acts, commands. One without a row here fails."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from cockpit import acting
from cockpit.access import audit, grants, keys, sessions, signing_in
from cockpit.access.house import SETTING, Access, AccessFault, open_access
from cockpit.access.people import LOCAL, Person, rights_of
from cockpit.acting import Act, Deed
from cockpit.briefings import open_desk
from cockpit.cli import COMMANDS
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.service.compression import geo_route, streamlit_page
from cockpit.service.doors import Doors
from cockpit.service.entrance import COOKIE, DEVICE, PERSON, Entrance
from cockpit.service.holders import MEDIA, UPLOAD, Holders
from cockpit.service.routes import ROUTES
from cockpit.service.signing import sign_routes
from cockpit.ui.frame.shell import PAGES, may_open
from tests.access.conftest import ADDRESS, AGENT, COUNTY_OF, GOOD, ROOT, make
from tests.access.scoped import signed_in
from tests.pages.opening import open_page
from tests.service.gates import HOME, STREAM, gate_of

READERS = {"viewer", "leader", "analyst", "presenter", "clerk", "publisher", "supervisor"}
EXPORTERS = {"leader", "analyst", "clerk", "publisher", "supervisor"}
ADMINISTRATORS = {"system_admin", "security_admin", "audit_admin"}
# Besides the roles: nobody at all, somebody without a grant, a wall's key, a program's key.
SIGNED_IN = READERS | ADMINISTRATORS | {"no grant"}
EVERYBODY = SIGNED_IN | {"nobody", "device", "program"}
CALLERS = sorted(EVERYBODY)

# Address -> who is answered. All others are sent to sign in (a page), or refused.
DOORS: dict[str, set[str]] = {
    "/healthz": EVERYBODY,
    "/readyz": EVERYBODY,
    "/t": EVERYBODY,
    "/t/{code}": EVERYBODY,
    "/signin": EVERYBODY,
    "/signin/code": EVERYBODY,
    "/signin/password": EVERYBODY,
    "/signin/out": EVERYBODY,
    "/signin/device": EVERYBODY,
    "/signin/provider": EVERYBODY,
    "/signin/back": EVERYBODY,
    "/currentz": SIGNED_IN | {"device"},
    "/geo/{name}.geojson": SIGNED_IN | {"device"},
    "/api/v1/targets": EXPORTERS | {"program"},
    "/api/v1/targets/{id}": EXPORTERS | {"program"},
    "/api/v1/towns": EXPORTERS | {"program"},
    "/api/v1/vitality": EXPORTERS | {"program"},
    "/api/v1/per-mu": EXPORTERS | {"program"},
    "/api/v1/lists": EXPORTERS | {"program"},
    "/api/v1/tasks": EXPORTERS | {"program"},
    "/api/v1/elements": EXPORTERS | {"program"},
    "/api/v1/alerts": EXPORTERS | {"program"},
    "/api/v1/plan": EXPORTERS | {"program"},
    "/api/v1/chains": EXPORTERS | {"program"},
    "/api/v1/chains/{id}": EXPORTERS | {"program"},
    "/api/v1/firms": EXPORTERS | {"program"},
    "/api/v1/firms.csv": EXPORTERS | {"program"},
    "/api/v1/openapi.json": READERS | {"program"},
    # Streamlit's own that `service/doors.py` lets pass.
    "/favicon.png": EVERYBODY,
    "/_stcore/health": EVERYBODY,
    "/_stcore/host-config": EVERYBODY,
    "/static/{name}": EVERYBODY,
    "/media/{name}": SIGNED_IN | {"device"},
    "/_stcore/upload_file/{session}/{file}": {"clerk"},
    "/_stcore/stream": SIGNED_IN | {"device"},
    # The empty page of the app; what is shown on it goes through the socket, and is below.
    **{f"/{path}": SIGNED_IN for _, path, _ in PAGES if path not in ("wall",)},
    "/wall": SIGNED_IN | {"device"},
}  # fmt: skip

# Page -> who is shown it.
PAGES_SHOWN: dict[str, set[str]] = {
    "cockpit": READERS,
    "targets": READERS,
    "chain": READERS,
    "map": READERS,
    "vitality": READERS,
    "per_mu": READERS,
    "lists": READERS,
    "towns": READERS,
    "town": READERS,
    "data": READERS,
    "basis": READERS,
    "actions": READERS,
    "elements": READERS,
    "cases": READERS,
    "plan": READERS,
    "wall": READERS | {"device"},
    "access": {"system_admin", "security_admin"},
    "audit": {"audit_admin"},
}

# Deed -> who may do it, within his scope.
DEEDS: dict[str, set[str]] = {
    "submit": {"clerk"},
    "review": {"publisher"},
    "roll_back": {"publisher"},
    "decide": {"leader"},
    "file_task": {"leader", "supervisor"},
    "answer_task": {"clerk"},
    "verify_task": {"supervisor"},
    "plan": {"leader", "analyst", "program"},  # a key has its role's verbs; no route does this
    "answer_plan": {"clerk"},
    "fix_plan": {"leader"},
}

# Command -> what puts it on the audit record: the act it takes, or the account of the shell; "" for one that reads.
COMMANDS_TOLD: dict[str, str] = {
    "template": "",
    "check": "",
    "publish": "act",
    "pull": "act",
    "rollback": "act",
    "versions": "",
    "export pack": "shell",
    "export towns": "shell",
    "sheets": "shell",
    "serve": "",
    "actions list": "",
    "actions alerts": "",
    "actions outbox": "",
    "plan propose": "",
    "plan breakdown": "",
    "plan raise": "",
    "plan list": "",
    "plan toml": "",
    "plan import": "act",
    "plan demo": "",  # the demonstration's own, into an empty log
    "actions demo": "",  # the demonstration's own, into an empty log
    "actions tick": "",  # writes in nobody's name what follows by itself
    "actions set-aside": "act",
    **{
        f"actions {name}": "act"
        for name in (
            "accept",
            "ask-close",
            "assign",
            "close",
            "decline",
            "deny",
            "extend",
            "file",
            "pause",
            "refuse",
            "remind",
            "reopen",
            "report",
            "resume",
            "return",
            "verify",
        )
    },
    "account add": "shell",
    "account list": "",
    "account reset": "shell",
    "account totp": "shell",
    "account disable": "shell",
    "account enable": "shell",
    "account demo": "shell",
    "grant give": "shell",
    "grant revoke": "shell",
    "grant list": "",
    "grant matrix": "",
    "session list": "",
    "session end": "shell",
    "key make": "shell",
    "key revoke": "shell",
    "key list": "",
    "audit verify": "",
    "audit export": "shell",
    "audit purge": "shell",
}


@dataclass(frozen=True)
class House:
    """The gate and the entrance before our routes, with what each caller shows of himself."""

    client: TestClient
    shows: dict[str, dict[str, str]]
    access: Access


async def _page(request: Request) -> Response:
    """What stands for Streamlit: says whom it was told of."""
    person = request.scope.get(PERSON)
    return PlainTextResponse(f"page for {person.id if person else 'nobody'}")


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers.get("x-cockpit-session", ""))
    await websocket.close()


class Held(Holders):
    """Each caller has one file and one session of Streamlit's, called by the first signs of his name."""

    def may(self, name: str, path: str) -> bool:
        mine = name.rpartition(":")[2][:6]
        is_file = path.startswith((MEDIA, UPLOAD))
        return not is_file or path.removeprefix(MEDIA).removeprefix(UPLOAD).startswith(mine)


def _routes() -> list[BaseRoute]:
    return [*ROUTES, *sign_routes(), geo_route()]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, f"sqlite:///{tmp_path_factory.mktemp('doors')}/access.sqlite")
        patch.setenv("COCKPIT_ACCESS", "accounts")
        access = open_access()
        shows: dict[str, dict[str, str]] = {"nobody": {}}
        for role in (*load().access.roles, "no grant"):
            account = role.replace("_", "-").replace(" ", "-")
            make(access, account, "" if role == "no grant" else role)
            token = signing_in.sign_in(access, account, GOOD, ADDRESS, AGENT).token
            shows[role] = {"cookie": f"{COOKIE}={token}"}
        device = keys.make(access, "device", "大厅", "presenter", ALL, None, ROOT)
        shows["device"] = {"cookie": f"{DEVICE}={device}"}
        program = keys.make(access, "api", "程序", "analyst", ALL, None, ROOT)
        shows["program"] = {"authorization": f"Bearer {program}"}
        behind = Starlette(routes=[
            *_routes(),
            WebSocketRoute("/_stcore/stream", _socket),
            Route("/{path:path}", _page, methods=["GET", "PUT", "POST"]),
        ])  # fmt: skip
        app = gate_of(
            Entrance(behind, "accounts", access, holders=Held()), doors=Doors(_routes(), streamlit_page().parent)
        )
        with TestClient(app, base_url=HOME, follow_redirects=False) as client:
            yield House(client, shows, access)


@pytest.fixture(autouse=True)
def _no_cookie_of_another_test(house: House) -> None:
    house.client.cookies.clear()


def _address(door: str, mine: str = "") -> str:
    towns = {"{code}": "330102-01", "{name}": "counties", "{session}": mine, "{file}": "f"}
    towns["{id}"] = next(iter(load().chains if "chains" in door else load().targets))
    if door == "/static/{name}":
        static = streamlit_page().parent
        return "/" + next(p for p in sorted((static / "static").rglob("*.js"))).relative_to(static).as_posix()
    for part, value in towns.items():
        door = door.replace(part, value)
    return door


def _is_answered(house: House, door: str, caller: str, mine: str | None = None) -> bool:
    headers = house.shows[caller]
    mine = _mine(house, caller) if mine is None else mine
    if door == "/_stcore/stream":
        try:
            with house.client.websocket_connect(STREAM, headers=headers) as socket:
                socket.receive_text()
        except WebSocketDisconnect:
            return False
        return True
    if "upload_file" in door:
        answer = house.client.put(_address(door, mine), headers=headers, content=b"x")
    elif door.startswith("/media/"):
        answer = house.client.get(f"/media/{mine}.png", headers=headers)
    else:
        answer = house.client.get(_address(door), headers=headers)
    if door.startswith("/signin"):  # its own pages say why somebody is not let in
        return answer.status_code != 401
    is_sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/signin?")
    return answer.status_code not in (401, 403) and not is_sent_away


def _mine(house: House, caller: str) -> str:
    """What the file of a caller begins with."""
    shown = house.shows[caller].get("cookie", "").partition("=")[2]
    return shown[:6] if caller == "device" else sessions.hash_of(shown)[:6]


@pytest.mark.parametrize("door", ["/media/{name}", "/_stcore/upload_file/{session}/{file}"])
@pytest.mark.parametrize("caller", CALLERS)
def test_a_file_of_somebody_elses_session_is_refused(house: House, door: str, caller: str) -> None:
    for other in ("clerk", "leader", "device"):
        if other != caller:
            assert not _is_answered(house, door, caller, _mine(house, other)), other


@pytest.mark.parametrize("door", DOORS)
def test_a_door_opens_for_those_in_its_row_and_for_nobody_else(house: House, door: str) -> None:
    assert {caller for caller in CALLERS if _is_answered(house, door, caller)} == DOORS[door]


def _agree(found: set[str], rows: set[str], table: str) -> None:
    """What there is and what has a row here are the same."""
    told = f"no row: {sorted(found - rows)}, a row for nothing: {sorted(rows - found)}"
    assert found == rows, f"{told}; {Path(__file__).name} says who is let in: {table}"


def test_every_route_and_page_has_a_row() -> None:
    ours = {route.path for route in _routes() if isinstance(route, Route)}
    _agree(ours - set(DOORS), set(), "DOORS")
    _agree({f"/{path}" for _, path, _ in PAGES} - set(DOORS), set(), "DOORS")
    _agree({script for script, _, _ in PAGES}, set(PAGES_SHOWN), "PAGES_SHOWN")
    scripts = {path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")}
    declared = "PAGES of cockpit/ui/frame/shell.py names it not, and it is served all the same; else PAGES_SHOWN"
    _agree(scripts, set(PAGES_SHOWN), declared)


def test_every_address_the_gate_knows_has_a_row() -> None:
    """What Streamlit routes and the gate lets pass, by the gate's own list."""
    doors = Doors(_routes(), streamlit_page().parent)
    begins = tuple(door.partition("{")[0] for door in DOORS if "{" in door)
    known = {path for path in doors._known if not path.startswith(begins)}
    _agree(known - set(DOORS), set(), "DOORS")


def test_the_rows_name_only_callers_there_are() -> None:
    _agree(set(load().access.roles), READERS | ADMINISTRATORS, "READERS or ADMINISTRATORS")
    for rows in (DOORS, PAGES_SHOWN, DEEDS):
        assert set().union(*rows.values()) <= EVERYBODY


def _person(caller: str) -> Person | None:
    if caller == "nobody":
        return None
    role = {"device": "presenter", "program": "analyst", "no grant": ""}.get(caller, caller)
    rights, sees = rights_of(load().access, [(role, ALL)])
    way = {"device": "device", "program": "api"}.get(caller, "password")
    return Person("a", "A", roles=(role,) if role else (), rights=rights, sees=sees, way=way)  # type: ignore[arg-type]


@pytest.mark.parametrize("script", PAGES_SHOWN)
def test_a_page_is_offered_to_those_in_its_row(script: str) -> None:
    people = {caller: _person(caller) for caller in CALLERS if caller != "program"}
    assert {name for name, person in people.items() if person and may_open(person, script)} == PAGES_SHOWN[script]


@pytest.mark.many
@pytest.mark.parametrize("caller", sorted(ADMINISTRATORS | {"no grant", "device", "nobody"}))
@pytest.mark.parametrize("script", PAGES_SHOWN)
def test_a_page_asked_for_by_whom_it_is_not_for_shows_none_of_it(script: str, caller: str) -> None:
    """By the socket one may ask for any page, whatever the gate said of its address."""
    if caller in PAGES_SHOWN[script]:
        return
    with signed_in(_person(caller)):
        app = open_page(script, {})
    assert not app.exception
    is_led_on = script == "cockpit" and caller in ADMINISTRATORS  # to his own page
    assert is_led_on or len([*app.info, *app.error]) == 1, "why"
    assert not app.dataframe
    assert not [part for part in app.get("bidi_component") if "chart" in part.proto.component_name]


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_for_those_in_its_row(name: str) -> None:
    deed = next(item for item in vars(acting).values() if isinstance(item, Deed) and item.id == name)
    may = set()
    for caller in CALLERS:
        person = _person(caller)
        if person is None:
            continue
        act = Act(person.actor(lambda *told: None), "why")
        faults = act.faults(deed, load().limits.length)
        may |= set() if [fault for fault in faults if fault.problem == "no_right"] else {caller}
    assert may == DEEDS[name]


def test_every_deed_has_a_row() -> None:
    _agree({item.id for item in vars(acting).values() if isinstance(item, Deed)}, set(DEEDS), "DEEDS")


def _leaves() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, module in COMMANDS.items():
        command: click.Command = importlib.import_module(f"cockpit.cli.{module}").command
        if isinstance(command, click.Group):
            within = click.Context(command)
            parts = {part: command.get_command(within, part) for part in command.list_commands(within)}
            found |= {f"{name} {part}": leaf for part, leaf in parts.items() if leaf is not None}
        else:
            found[name] = command
    return found


def test_every_command_has_a_row_and_whatever_writes_says_who() -> None:
    leaves = _leaves()
    _agree(set(leaves), set(COMMANDS_TOLD), "COMMANDS_TOLD")
    for name, command in leaves.items():
        names = {item.name for item in command.params}
        assert ("by" in names) == (COMMANDS_TOLD[name] == "act"), f"{name}: act_options and the row `act` go together"


def test_the_person_at_the_shell_is_on_record(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from cockpit.cli import main

    done = {
        "account.add": ["account", "add", "shell-1", "--name", "壳"],
        "account.reset": ["account", "reset", "shell-1"],
        "account.totp": ["account", "totp", "shell-1"],
        "account.disable": ["account", "disable", "shell-1"],
        "account.enable": ["account", "enable", "shell-1"],
        "grant.give": ["grant", "give", "shell-1", "viewer", "--scope", "330100", "--reason", "r"],
        "key.make": ["key", "make", "device", "--label", "x"],
        "audit.read": ["audit", "export", "--since", "2030-01-01"],
    }
    for event, arguments in done.items():
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, (event, result.output)
        last = audit.lines(house.access)[0]
        assert (last.event, last.outcome, last.account.partition(":")[0]) == (event, "ok", "os"), event


@pytest.mark.long
def test_what_leaves_by_a_command_is_on_record_before_it_is_written(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from cockpit.cli import main

    monkeypatch.chdir(tmp_path)
    code = sorted(open_desk("demo").dataset.towns["town_code"].astype(str))[0]
    done = {
        "export towns": ["export", "towns", "a.csv", "--filter", "class=finance"],
        "sheets": ["sheets", "a.pdf", "--town", code],
        "export pack": ["export", "pack", "p", "--formats", "xlsx"],
    }
    for about, arguments in done.items():
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, (about, result.output)
        last = audit.lines(house.access)[0]
        assert (last.event, last.outcome, last.object, last.address) == ("export", "ok", about, "shell")
        assert last.account.startswith("os:")
        assert last.detail["bytes"] > 1000
    assert audit.lines(house.access, event="export")[2].detail["filters"]["filter"] == ["class=finance"]
    before = len(audit.lines(house.access))
    assert CliRunner().invoke(main, ["export", "towns", "b.csv", "--filter", "class=x"]).exit_code == 2
    assert len(audit.lines(house.access)) == before, "nothing left"

    def away(*given: object, **more: object) -> None:
        raise AccessFault("unavailable", place="x", why="y")

    monkeypatch.setattr(audit, "note", away)
    assert CliRunner().invoke(main, ["export", "towns", "c.csv"]).exit_code == 2
    assert not Path("c.csv").exists()


def test_the_interface_says_what_became_of_a_question(house: House) -> None:
    """A question that is refused for what it asks is no answer that was given."""
    for door, outcome in (
        ("/api/v1/towns?towm=x", "failed"),
        ("/api/v1/firms.csv?x=1", "failed"),
        ("/api/v1/towns", "ok"),
    ):
        house.client.get(door, headers=house.shows["program"])
        last = audit.lines(house.access)[0]
        assert (last.object, last.outcome) == (door.partition("?")[0], outcome)
        assert last.detail["status"] == (400 if outcome == "failed" else 200)


def test_an_answer_that_cannot_be_recorded_is_not_given(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*given: object, **more: object) -> None:
        raise AccessFault("unavailable", place="x", why="y")

    monkeypatch.setattr(audit, "note", away)
    answer = house.client.get("/api/v1/towns", headers=house.shows["program"])
    assert answer.status_code == 503
    assert "towns" not in answer.json()


@pytest.mark.parametrize("name", ["x-cockpit-session", "X-Cockpit-Session", "x-cockpit-user"])
def test_what_a_client_says_of_itself_in_our_headers_is_not_believed(house: House, name: str) -> None:
    token = house.shows["viewer"]["cookie"].partition("=")[2]
    spoofed = {name: sessions.hash_of(token)}
    assert house.client.get("/api/v1/towns", headers=spoofed).status_code == 401
    mine = {**house.shows["no grant"], **spoofed}
    with house.client.websocket_connect(STREAM, headers=mine) as socket:
        inward = socket.receive_text()
    own = house.shows["no grant"]["cookie"].partition("=")[2]
    assert inward == sessions.hash_of(own)


@pytest.mark.parametrize("name", ["X-Forwarded-User", "Remote-User", "X-Remote-User", "X-Forwarded-For"])
def test_a_proxys_header_is_no_identity_where_there_is_no_proxy(house: House, name: str) -> None:
    assert house.client.get("/api/v1/towns", headers={name: "leader"}).status_code == 401


def test_keys_open_only_what_they_are_for(house: House) -> None:
    key = house.shows["program"]["authorization"].partition(" ")[2]
    device = house.shows["device"]["cookie"].partition("=")[2]
    for headers in (
        {"cookie": f"{DEVICE}={key}"},
        {"cookie": f"{COOKIE}={key}"},
        {"authorization": f"Bearer {device}"},
        {"authorization": f"Basic {key}"},
        {"authorization": f"Bearer {key}x"},
    ):
        for door in ("/wall", "/api/v1/towns", "/towns", "/currentz"):
            assert house.client.get(door, headers=headers).status_code in (303, 401), (door, headers)
    assert house.client.get(f"/api/v1/towns?key={key}").status_code == 401
    with pytest.raises(WebSocketDisconnect), house.client.websocket_connect(STREAM, headers={"authorization": key}):
        pass


def test_the_interface_records_programs_files_and_refusals(house: House) -> None:
    files = "/api/v1/firms.csv"
    for caller, door in (("program", "/api/v1/towns?county=330102"), ("leader", files), ("viewer", files)):
        house.client.get(door, headers=house.shows[caller])
    told = [(line.event, line.outcome, line.object) for line in reversed(audit.lines(house.access, most=3))]
    assert told == [("api", "ok", "/api/v1/towns"), ("export", "ok", files), ("export", "refused", files)]
    for caller in ("viewer", "leader"):
        house.client.get("/api/v1/firms?limit=1000", headers=house.shows[caller])
    asked = [(line.event, line.outcome, line.account) for line in reversed(audit.lines(house.access, most=2))]
    assert asked == [("api", "refused", "viewer"), ("api", "ok", "leader")], "all firms are taken along by it as well"


@pytest.mark.parametrize(
    "asked",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/signin/out", "/a\nb"],
)
def test_after_sign_in_nobody_is_led_elsewhere(house: House, asked: str) -> None:
    form = {"account": "viewer", "password": GOOD, "next": asked}
    answer = house.client.post("/signin", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_sign_in_by_the_form_sets_a_cookie_scripts_and_other_pages_do_not_get(house: House) -> None:
    old = "a-token-somebody-planted"
    form = {"account": "viewer", "password": GOOD, "next": "/towns?county=330102"}
    answer = house.client.post("/signin", data=form, headers={"cookie": f"{COOKIE}={old}"})
    assert answer.headers["location"] == "/towns?county=330102"
    set_to = answer.headers["set-cookie"]
    assert old not in set_to
    assert "HttpOnly" in set_to
    assert "SameSite=lax" in set_to
    assert "no-store" in answer.headers["cache-control"]


def test_a_form_of_a_foreign_page_signs_nobody_in_or_out(house: House) -> None:
    form = {"account": "viewer", "password": GOOD}
    for path in ("/signin", "/signin/out", "/signin/password", "/signin/device"):
        headers = {"origin": "http://evil.example", **house.shows["viewer"]}
        assert house.client.post(path, data=form, headers=headers).status_code == 403
    assert _is_answered(house, "/api/v1/openapi.json", "viewer")


def test_a_link_signs_nobody_out_and_the_form_does(house: House) -> None:
    shown = {"cookie": f"{COOKIE}={signing_in.sign_in(house.access, 'viewer', GOOD, ADDRESS, AGENT).token}"}
    house.client.get("/signin/out", headers=shown)
    assert house.client.get("/api/v1/openapi.json", headers=shown).status_code == 200
    house.client.post("/signin/out", headers=shown)
    assert house.client.get("/api/v1/openapi.json", headers=shown).status_code == 401


def test_a_session_that_ends_closes_its_socket(house: House) -> None:
    token = signing_in.sign_in(house.access, "viewer", GOOD, ADDRESS, AGENT).token
    behind = Starlette(routes=[WebSocketRoute("/_stcore/stream", _patient)])
    doors = Doors(_routes(), streamlit_page().parent)
    with (
        TestClient(gate_of(Entrance(behind, "accounts", house.access), doors=doors), base_url=HOME) as client,
        client.websocket_connect(STREAM, headers={"cookie": f"{COOKIE}={token}"}) as socket,
    ):
        assert socket.receive_text() == "open"
        sessions.end(house.access, sessions.hash_of(token), "viewer")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 4401


async def _patient(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("open")
    with contextlib.suppress(WebSocketDisconnect):
        await websocket.receive_text()


def test_the_person_at_his_own_machine_goes_everywhere_but_to_the_pages_of_accounts() -> None:
    shown = {script for script, _, _ in PAGES if may_open(LOCAL, script)}
    assert shown == set(PAGES_SHOWN) - {"access", "audit"}


def test_a_grant_that_is_over_opens_nothing(house: House) -> None:
    make(house.access, "late-1")
    today = house.access.today()
    later = date(today.year + 1, 1, 1)
    grants.give(house.access, "late-1", "viewer", ALL, ROOT, "later", COUNTY_OF, first_day=later)
    token = signing_in.sign_in(house.access, "late-1", GOOD, ADDRESS, AGENT).token
    assert house.client.get("/api/v1/towns", headers={"cookie": f"{COOKIE}={token}"}).status_code == 403


def test_who_comes_with_a_session_that_ended_is_told_so_and_a_stranger_is_not(house: House) -> None:
    token = signing_in.sign_in(house.access, "viewer", GOOD, ADDRESS, AGENT).token
    sessions.end(house.access, sessions.hash_of(token), "viewer")
    led = house.client.get("/towns", headers={"cookie": f"{COOKIE}={token}"}).headers["location"]
    assert "上次登录已结束" in house.client.get(led).text
    assert house.client.get("/towns", headers=house.shows["nobody"]).headers["location"] == "/signin?next=%2Ftowns"
