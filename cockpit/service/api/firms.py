"""Firms as a JSON page and as a CSV of any length, streamed: with the filters of the pages and those of the table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import Field, create_model
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cockpit.analysis.selection import towns_in
from cockpit.briefings import Desk, chains, firm_page, open_desk
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.firms import CARRIERS, LONGEST_SEARCH, SORTABLE, TAGS, FirmQuery, has_firms, stream_of
from cockpit.datasets.store.loading import default_dataset
from cockpit.errors import CockpitError
from cockpit.exports.streams import StreamColumn, stream_csv
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.rights import Scope
from cockpit.service.api.queries import Described, Query, answer, head, plain, refusal, sees, understand
from cockpit.service.api.shapes import ApiShape, Head
from cockpit.service.streaming import Places, Stream
from cockpit.vocabulary import PROVENANCES, Provenance

ORDERS: Final = ("", "desc", "asc")
# Parameters of the firm table that may be repeated.
SEVERAL: Final = ("chain", "node", "tag", "carrier", "town")
MOST: Final = 1000
USUAL: Final = 100
# Read largest first unless asked otherwise; names and codes from A to Z.
_LARGEST_FIRST: Final = frozenset({"revenue_yuan", "tax_yuan", "staff_count"})
_FARTHEST: Final = 10**9


def _firm() -> type[ApiShape]:
    """A firm as the table's schema has it: what may be missing there may be null here."""
    kinds: dict[str, Any] = {"number": float | None, "flag": bool | None}
    fields: dict[str, Any] = {
        column.name: (str if column.required else kinds.get(column.kind, str | None), ...)
        for column in TABLES["firms"].columns
    }
    return create_model("Firm", __base__=ApiShape, __doc__="A firm with its figures of the year, in yuan.", **fields)


if TYPE_CHECKING:
    Firm = ApiShape
else:
    Firm = _firm()


class FirmsAnswer(Head):
    """One page of the firms asked for; `count` are all of them."""

    firms_period: str | None = Field(description="the full year of the firms, null where none are known")
    count: int
    offset: int
    limit: int
    firms: list[Firm]


class _Texts(Described):
    """Any text up to a length, as the values of a parameter."""

    told = f"a text of at most {LONGEST_SEARCH} signs"

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= LONGEST_SEARCH


class _Numbers(Described):
    """Whole numbers from `least` to `most`."""

    least: int
    most: int

    @classmethod
    def of(cls, usual: int, least: int, most: int) -> _Numbers:
        made = cls((str(usual),))
        made.least, made.most = least, most
        made.told = f"a whole number from {least} to {most}"
        return made

    def __contains__(self, value: object) -> bool:
        digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(self.most))
        return digits and self.least <= int(str(value)) <= self.most


def options(towns: Sequence[str] = ()) -> dict[str, Sequence[str]]:
    """Parameters of the firm table and what they may be, the default first."""
    register = load().chains
    return {
        "chain": ("", *register),
        "node": ("", *(node for chain in register.values() for node in chain.node_ids)),
        "tag": ("", *TAGS),
        "carrier": ("", *CARRIERS),
        "sort": SORTABLE,
        "order": ORDERS,
        "town": ("", *towns),
        "search": _Texts(("",)),
    }


def _codes(desk: Desk, scope: Scope) -> tuple[str, ...]:
    towns = desk.dataset.towns
    return tuple(towns.loc[towns_in(towns, scope), "town_code"].astype("str"))


def _options(request: Request) -> dict[str, Sequence[str]]:
    """The same with the towns of the dataset asked for; of one that cannot be read the answer says so later."""
    try:
        return options(_codes(open_desk(request.query_params.get("dataset") or default_dataset()), sees(request)))
    except CockpitError:
        return options()


def _paging() -> dict[str, Sequence[str]]:
    return {"offset": _Numbers.of(0, 0, _FARTHEST), "limit": _Numbers.of(USUAL, 1, MOST)}


def describe(is_page: bool) -> list[dict[str, Any]]:
    """The parameters of the firm table as OpenAPI tells them."""
    told = {
        "town": "Code of a town.", "node": "chain.node as in the register.", "tag": "Firms that carry every tag named.",
        "carrier": "Firms in any carrier named.", "search": "In names and ids of firms.",
        "sort": "Figures largest first, the rest ascending, unless `order` says otherwise.",
    }  # fmt: skip
    found = []
    for name, values in options().items():
        words = [value for value in values if value]
        item = {"type": "string", **({"enum": words} if words else {})}
        schema = {"type": "array", "items": item} if name in SEVERAL else item
        text = told.get(name, "")
        found.append({"name": name, "in": "query", "schema": schema, **({"description": text} if text else {})})
    for name, most in (("offset", _FARTHEST), ("limit", MOST)) if is_page else ():
        least = int(name == "limit")
        number: dict[str, Any] = {
            "type": "integer",
            "minimum": least,
            "maximum": most,
            "default": USUAL if least else 0,
        }
        found.append({"name": name, "in": "query", "schema": number})
    return found


def _query(request: Request, asked: Query) -> FirmQuery:
    """The firms asked for. Without a filter those of towns that left the list count as well: they are its firms."""
    known = options(_codes(asked.desk, asked.briefing.selection.scope))

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in request.query_params.getlist(name) if value in known[name][1:]))

    towns: tuple[str, ...] | None = None
    if asked.briefing.selection.is_filtered:
        towns = tuple(asked.briefing.towns["town_code"].astype("str"))
    if wanted := several("town"):
        towns = wanted if towns is None else tuple(town for town in towns if town in wanted)
    sort, order = asked.extra["sort"], asked.extra["order"]
    return FirmQuery(
        period=chains(asked.desk, asked.briefing.selection).period or "",
        chains=several("chain"),
        nodes=several("node"),
        towns=towns,
        tags=several("tag"),
        carriers=several("carrier"),
        search=asked.extra["search"].strip(),
        sort=sort,
        descending=order == "desc" if order else sort in _LARGEST_FIRST,
    )


def _page(request: Request, asked: Query) -> FirmsAnswer:
    query, offset, limit = _query(request, asked), int(asked.extra["offset"]), int(asked.extra["limit"])
    frame, count = firm_page(asked.desk, query, offset, limit)
    rows = [Firm(**{str(name): plain(value) for name, value in row.items()}) for row in frame.to_dict("records")]
    return FirmsAnswer(
        **head(asked), firms_period=query.period or None, count=count, offset=offset, limit=limit, firms=rows
    )


def columns(asked: Query) -> tuple[StreamColumn, ...]:
    """The columns of the CSV in the order a reader looks for them, in words."""
    language, register = asked.language, asked.desk.register
    name = "name_zh" if language == "zh" else "name_en"
    table = asked.desk.dataset.towns
    towns = dict(zip(table["town_code"].astype("str"), table[name].astype("str"), strict=True))
    chain_words = {chain.id: chain.label.say(language) for chain in register.chains.values()}
    nodes = {
        chain.full_id(node.id): node.label.say(language) for chain in register.chains.values() for node in chain.nodes
    }
    yes_no = {"true": say("firms.yes", language), "false": say("firms.no", language)}
    tiers = {mark.id.removesuffix("_count"): mark.label.say(language) for mark in register.chain_rules.tiers.values()}
    carriers = {
        mark.id.removesuffix("_count"): mark.label.say(language) for mark in register.chain_rules.ladder.values()
    }
    provenances = {item.value: PROVENANCES[item].say(language) for item in Provenance}
    yuan, people = say("firms.yuan", language), say("firms.people", language)

    def named(key: str, source: str, unit: str = "", words: dict[str, str] | None = None) -> StreamColumn:
        return StreamColumn(source, say(f"firms.{key}", language), unit, words or {})

    return (
        named("id", "firm_id"),
        named("name", "name_zh"),
        named("town_code", "town_code"),
        named("town", "town_code", words=towns),
        named("chain", "chain_id", words=chain_words),
        named("node_id", "node_id"),
        named("node", "node_id", words=nodes),
        *(StreamColumn(f"is_{tier}", label, words=yes_no) for tier, label in tiers.items()),
        named("listed", "is_listed", words=yes_no),
        named("carrier", "carrier", words=carriers),
        StreamColumn("period", say("export.period", language)),
        named("revenue", "revenue_yuan", yuan),
        named("tax", "tax_yuan", yuan),
        named("staff", "staff_count", people),
        StreamColumn("provenance", say("towns.provenance", language), words=provenances),
    )


async def firms(request: Request) -> Response:
    """One page of the firms asked for, and how many there are."""
    also = {**await run_in_threadpool(_options, request), **_paging()}
    return await answer(request, lambda asked: _page(request, asked), also, SEVERAL)


async def firms_csv(request: Request) -> Response:
    """All firms asked for; sent as they are read, so that nobody holds them. A few at once, then 503."""
    limits = load().limits
    if not _places().take():
        again = {"retry-after": str(limits.limit("stream_retry_seconds")), "cache-control": "no-store"}
        said = "other tables of firms are being sent; ask again in a moment"
        return JSONResponse({"error": said}, status_code=503, headers=again)
    made: Response | None = None
    try:
        made = await _firms_csv(request, limits.limit("stream_stall_seconds"))
        return made
    finally:
        if not isinstance(made, Stream):  # a stream gives its place back itself, at its end
            _places().give_back()


@lru_cache(maxsize=1)
def _places() -> Places:
    return Places(load().limits.limit("streams_at_once"))


async def _firms_csv(request: Request, stall: float) -> Response:
    asked = await understand(request, await run_in_threadpool(_options, request), SEVERAL)
    if isinstance(asked, Response):
        return asked

    def begin() -> Response:
        query = _query(request, asked)
        try:
            if has_firms(asked.desk.dataset):
                asked.desk.dataset.path_of("firms")  # a damaged file is told before the first byte is sent
        except CockpitError as error:
            return refusal(error)
        # Machines read every line of the file, so that what is to be known of it stands in its name and head.
        manifest = asked.desk.dataset.manifest
        mark = "-simulated" if manifest.is_simulated else ""
        name = f"firms-{manifest.dataset}{mark}-{query.period or 'none'}.csv"
        headers = {
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
            "x-dataset": f"{manifest.dataset}@{manifest.version}",
            "x-simulated": str(manifest.is_simulated).lower(),
            "x-period": query.period,
        }
        lines = stream_csv(stream_of(asked.desk.dataset, query), columns(asked))
        return Stream(lines, _places(), stall, media_type="text/csv; charset=utf-8", headers=headers)

    return await run_in_threadpool(begin)
