"""Who may do what, who has which role, who is signed in, what happened: as tables of markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cockpit.access.accounts import Account
from cockpit.access.grants import Grant
from cockpit.access.keys import Key
from cockpit.access.sessions import Session
from cockpit.marks import SIGNS, mark_of
from cockpit.phrases import say
from cockpit.policy.access_design import AccessDesign, Role
from cockpit.rights import Scope
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.vocabulary import PREFECTURES, Language, Shape

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_SOON_DAYS = 30


def section(title: str, lead: str = "", aside: str = "") -> Markup:
    """The line over a table: what it is, what holds for it, who sees it."""
    return html('<div class="asec"><h2>{}</h2><span>{}</span><span class="aside">{}</span></div>', title, lead, aside)


def state(name: str, text: str) -> Markup:
    """A state as sign and word."""
    mark = mark_of("access", name)
    return html('<span class="astate {}">{} <b>{}</b></span>', mark.style, mark.sign, text)


def table(name: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str | int]]], kind: str) -> Markup:
    """Rows as (style class, cells); cells stand behind their heads on a phone."""
    top = html_of(html('<th scope="col">{}</th>', head) for head in heads)
    body = html_of(
        html('<tr class="{}">', style)
        + html_of(html('<td data-label="{}">{}</td>', head, cell) for head, cell in zip(heads, cells, strict=True))
        + html("</tr>")
        for style, cells in rows
    )
    return html(
        '<div class="ascroll" tabindex="0" role="group" aria-label="{}"><table class="atab {}">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        name,
        kind,
        top,
        body,
    )


def heads_of(language: Language, names: str) -> list[str]:
    return [say(f"access.{name}", language) for name in names.split()]


def scope_words(scope: Scope, counties: Mapping[str, str], language: Language) -> str:
    """A scope by the names of its places."""
    if scope.is_all:
        return say("person.scope_all", language)
    named = [
        PREFECTURES[code].say(language) if code in PREFECTURES else counties.get(code, code)
        for code in sorted(scope.areas)
    ]
    if scope.towns:
        named.append(say("access.towns", language, count=len(scope.towns)))
    return ("、" if language == "zh" else ", ").join(named)


def clock(at: datetime | None, language: Language) -> str:
    """A time in Shanghai, to the minute."""
    return at.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else say("access.never", language)


def grants(
    found: Sequence[Grant],
    offices: Mapping[str, str],
    design: AccessDesign,
    counties: Mapping[str, str],
    today: date,
    is_due: Callable[[Grant], bool],
    language: Language,
) -> Markup:
    """All grants; those that ended are crossed out, for they are never deleted."""

    def told(grant: Grant) -> Markup:
        now = grant.state(today)
        if now == "valid" and grant.last_day is not None and (grant.last_day - today).days <= _SOON_DAYS:
            return state("soon", say("access.state_soon", language, days=(grant.last_day - today).days))
        if is_due(grant):
            return state("due", say("access.state_due", language, days=(today - grant.at.date()).days))
        return state(now, say(f"access.state_{now}", language))

    heads = [
        say(f"access.{name}", language)
        for name in ("number", "account", "office", "role", "scope", "from", "until", "by", "state")
    ]
    rows = [
        (
            "gone" if grant.state(today) in ("over", "revoked") else "",
            (
                grant.number,
                html("<b>{}</b>", grant.account),
                offices.get(grant.account, ""),
                design.roles[grant.role].label.say(language) if grant.role in design.roles else grant.role,
                scope_words(grant.scope, counties, language),
                grant.first_day.isoformat() if grant.first_day else grant.at.astimezone(_SHANGHAI).date().isoformat(),
                grant.last_day.isoformat() if grant.last_day else say("access.no_end", language),
                html("{} <small>{}</small>", grant.by, grant.reason),
                told(grant),
            ),
        )
        for grant in found
    ]
    return table(say("access.grants", language), heads, rows, "agrants")


def _apart(role: Role) -> str:
    return "apart" if role.is_apart else ""


def _named(role: Role, language: Language) -> tuple[str, str]:
    return role.reading.say(language), role.label.say(language)


def _narrow(label: str, language: Language) -> Markup | str:
    """A head that may be broken between its words: a longer Chinese one has the first of two signs."""
    return html("{}<wbr>{}", label[:2], label[2:]) if language == "zh" and len(label) > 3 else label


def matrix(design: AccessDesign, language: Language) -> Markup:
    """Verbs down, roles across; the roles that stand apart are shaded."""
    roles = list(design.roles.values())
    dot = html('<i aria-label="{}">{}</i>', say("access.may", language), SIGNS[Shape.CIRCLE])
    top = html_of(
        html(
            '<th scope="col" class="{}" title="{}"><span>{}</span></th>',
            "apart" if role.is_apart else "",
            role.reading.say(language),
            _narrow(role.label.say(language), language),
        )
        for role in roles
    )
    lines = html_of(
        html('<tr><th scope="row" title="{}">{}</th>', verb.reading.say(language), verb.label.say(language))
        + html_of(
            html(
                '<td class="{}">{}</td>',
                _apart(role),
                dot if verb.id in role.verbs else "",
            )
            for role in roles
        )
        + html("</tr>")
        for verb in design.verbs.values()
    )
    return html(
        '<div class="ascroll" tabindex="0" role="group" aria-label="{}"><table class="amatrix {}">'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>"
        '<p class="note">{}</p>',
        say("access.matrix", language),
        language,
        top,
        lines,
        say("access.matrix_scope", language),
    )


def _is_active(item: Account, language: Language) -> Markup:
    name = "active" if item.is_active else "disabled"
    return state(name, say(f"access.state_{name}", language))


def accounts(found: Sequence[Account], language: Language) -> Markup:
    """All accounts with how they sign in."""
    heads = [
        say(f"access.{name}", language)
        for name in ("account", "name", "office", "source", "password_at", "factor", "state")
    ]
    rows = [
        (
            "" if item.is_active else "gone",
            (
                html("<b>{}</b>", item.id),
                item.name,
                item.office,
                say(f"access.source_{item.source}", language),
                say("access.must_change", language) if item.must_change else clock(item.password_at, language)[:10],
                say("access.factor_on" if item.has_totp else "access.factor_off", language),
                _is_active(item, language),
            ),
        )
        for item in found
    ]
    return table(say("access.accounts", language), heads, rows, "aaccounts")


def sessions(found: Sequence[Session], mine: str, language: Language) -> Markup:
    """Who is signed in; the reader's own session is marked."""
    heads = heads_of(language, "account way device signed_in seen session")
    rows = [
        (
            "",
            (
                html("<b>{}</b>", item.account),
                say(f"access.way_{item.way}", language),
                f"{item.address} {_device(item.agent)}",
                clock(item.created_at, language),
                clock(item.seen_at, language)[11:],
                html("<b>{}</b>", say("access.own_session", language)) if item.id == mine else item.id,
            ),
        )
        for item in found
    ]
    return table(say("access.sessions", language), heads, rows, "asessions")


def own_sessions(found: Sequence[Session], mine: str, language: Language) -> Markup:
    """Where somebody is signed in, for himself."""
    lines = html_of(
        html(
            "<li>{} {} <small>{} {}</small></li>",
            item.address,
            _device(item.agent),
            clock(item.created_at, language),
            say("access.own_session", language) if item.id == mine else "",
        )
        for item in found
    )
    return html('<ul class="mesessions">{}</ul>', lines)


def _device(agent: str) -> str:
    """The browser's own first word on its system, in brackets."""
    inside = agent.partition("(")[2].partition(")")[0].split(";")
    return inside[0].strip()[:24]


def keys(
    found: Sequence[Key], design: AccessDesign, counties: Mapping[str, str], today: date, language: Language
) -> Markup:
    """Keys of walls and programs, without their secrets."""
    heads = [
        say(f"access.{name}", language) for name in ("key", "kind", "label", "role", "scope", "until", "used", "state")
    ]

    def told(item: Key) -> str:
        if item.revoked_at:
            return "revoked"
        return "over" if item.last_day is not None and item.last_day < today else "valid"

    rows = [
        (
            "" if told(item) == "valid" else "gone",
            (
                html("<b>{}</b>", item.id),
                say(f"access.kind_{item.kind}", language),
                item.label,
                design.roles[item.role].label.say(language) if item.role in design.roles else item.role,
                scope_words(item.scope, counties, language),
                item.last_day.isoformat() if item.last_day else say("access.no_end", language),
                clock(item.used_at, language),
                state(told(item), say(f"access.state_{told(item)}", language)),
            ),
        )
        for item in found
    ]
    return table(say("access.keys", language), heads, rows, "akeys")
