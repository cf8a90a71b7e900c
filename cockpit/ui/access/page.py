"""The page of the system and the security administrator; each sees and does his own part of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

import streamlit as st

from cockpit.access import accounts, grants, keys, sessions
from cockpit.access.house import Access, AccessFault, open_access
from cockpit.access.people import Person
from cockpit.datasets.store.loading import NAMES, counties_of
from cockpit.exports.permissions import workbook
from cockpit.rights import PROVINCE, Scope, read_scope
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.person import current
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.access import tables
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import PREFECTURES

T = TypeVar("T")
_SAID: Final = "_access_said"
_SECRET: Final = "_access_secret"
_DONE: Final = "_access_done"  # how many acts succeeded: each form is another one after each, empty and closed


def head(view: View) -> None:
    """What the page answers, in figures; what became of the last act, and a secret that is shown once."""
    access = open_access()
    held = [grant for grant in grants.every(access) if grant.state(access.today()) == "valid"]
    due = sum(grants.is_due(access, grant) for grant in held)
    lead = view.say("access.lead", accounts=len(accounts.every(access)), grants=len(held), due=due)
    with st.container(key="ahead", horizontal=True, vertical_alignment="bottom"):
        show(html('<div class="ahead"><h1>{}</h1><p>{}</p></div>', view.say("access.title"), lead))
        verb = "grant" if view.person.rights.may("grant") else "administer"
        label, key = view.say("access.matrix_export"), "access_matrix"
        offer(view, label, lambda: workbook(view.language), "permissions.xlsx", key=key, verb=verb)
    if said := st.session_state.pop(_SAID, None):
        st.success(said)
    if secret := st.session_state.pop(_SECRET, None):
        st.warning(view.say("access.shown_once"), icon=":material/key:")
        st.code(secret, language=None)


def columns() -> list[st.delta_generator.DeltaGenerator]:
    return list(st.columns([1.28, 1], gap="medium"))


def granting(view: View) -> None:
    """Grants, with the forms to give and to revoke; for who may."""
    if not view.person.rights.may("grant"):
        return
    access, language = open_access(), view.language
    offices = {item.id: item.office for item in accounts.every(access)}
    show(tables.section(view.say("access.grants"), view.say("access.grants_lead"), view.say("access.for_security")))
    found = grants.every(access)
    shown = tables.grants(
        found, offices, access.design, county_names(view), access.today(),
        lambda grant: grants.is_due(access, grant), language,
    )  # fmt: skip
    show(shown)
    with st.container(horizontal=True, gap="small"):
        with st.popover(view.say("access.grant_new"), key=_fresh("pop_grant_new"), icon=":material/add:"):
            _grant_form(view, list(offices))
        valid = [grant for grant in found if grant.state(access.today()) in ("valid", "to_come")]
        with st.popover(view.say("access.grant_revoke"), key=_fresh("pop_grant_revoke"), disabled=not valid):
            _revoke_form(view, valid)


def _grant_form(view: View, known: list[str]) -> None:
    design, language = open_access().design, view.language
    with st.form(_fresh("grant_give"), border=False, enter_to_submit=False):
        account = st.selectbox(view.say("access.account"), known, index=None)
        role = st.selectbox(
            view.say("access.role"), list(design.roles), format_func=lambda name: design.roles[name].label.say(language)
        )
        places = st.multiselect(
            view.say("access.scope"), _places(view), format_func=lambda code: _place_name(view, code)
        )
        left, right = st.columns(2)
        first = left.date_input(view.say("access.from"), value=None, format="YYYY-MM-DD")
        last = right.date_input(view.say("access.until"), value=None, format="YYYY-MM-DD")
        reason = st.text_input(view.say("access.reason"), max_chars=200)
        if st.form_submit_button(view.say("access.grant_give"), type="primary"):

            def give(access: Access, person: Person) -> None:
                days = {"first_day": _day(first), "last_day": _day(last)}
                scope = read_scope(",".join(places))
                grants.give(access, account or "", role or "", scope, person, reason, _county_of(), **days)

            _act(view, "grant", give, view.say("access.grant_done"))


def _revoke_form(view: View, valid: list[grants.Grant]) -> None:
    design, language = open_access().design, view.language
    names = {
        grant.number: f"{grant.number} · {grant.account} · {design.roles[grant.role].label.say(language)}"
        for grant in valid
        if grant.role in design.roles
    }
    with st.form(_fresh("grant_revoke"), border=False, enter_to_submit=False):
        number = st.selectbox(view.say("access.grants"), list(names), format_func=names.__getitem__)
        reason = st.text_input(view.say("access.reason"), max_chars=200)
        if st.form_submit_button(view.say("access.grant_revoke")):

            def revoke(access: Access, person: Person) -> None:
                grants.revoke(access, number or 0, person, reason, _county_of())

            _act(view, "grant", revoke, view.say("access.revoke_done"))


def matrix(view: View) -> None:
    """Who may do what, as the records say."""
    show(tables.section(view.say("access.matrix"), view.say("access.matrix_lead"), view.say("access.matrix_apart")))
    show(tables.matrix(open_access().design, view.language))


def accounting(view: View) -> None:
    """Accounts, with the forms to make, reset and disable; for who may."""
    if not view.person.rights.may("administer"):
        return
    access = open_access()
    found = accounts.every(access)
    show(tables.section(view.say("access.accounts"), "", view.say("access.for_system")))
    show(tables.accounts(found, view.language))
    with st.container(horizontal=True, gap="small"):
        with (
            st.popover(view.say("access.account_new"), key=_fresh("pop_account_new"), icon=":material/add:"),
            st.form(_fresh("account_add"), border=False, enter_to_submit=False),
        ):
            account = st.text_input(view.say("access.account"), max_chars=60)
            name = st.text_input(view.say("access.name"), max_chars=40)
            office = st.text_input(view.say("access.office"), max_chars=80)
            if st.form_submit_button(view.say("access.account_new"), type="primary"):
                _act(
                    view, "administer", lambda where, person: accounts.add(where, account, name, office, person),
                    view.say("access.account_done", account=account),
                )  # fmt: skip
        with st.popover(view.say("access.account_change"), key=_fresh("pop_account_change"), disabled=not found):
            chosen = st.selectbox(view.say("access.account"), [item.id for item in found], key="account_chosen")
            _account_buttons(view, next((item for item in found if item.id == chosen), None))


def _account_buttons(view: View, item: accounts.Account | None) -> None:
    if item is None:
        return
    deeds: dict[str, Callable[[Access, Person], str | None]] = {
        "reset": lambda where, person: accounts.reset_password(where, item.id, person),
        "totp": lambda where, person: accounts.reset_totp(where, item.id, person, is_wanted=not item.has_totp),
        "toggle": lambda where, person: accounts.set_active(where, item.id, not item.is_active, person),
    }
    labels = {
        "reset": "access.reset",
        "totp": "access.totp_off" if item.has_totp else "access.totp_on",
        "toggle": "access.disable" if item.is_active else "access.enable",
    }
    for name, deed in deeds.items():
        if st.button(view.say(labels[name]), key=f"account_{name}", width="stretch"):
            _act(view, "administer", deed, view.say("access.account_changed", account=item.id))


def sitting(view: View) -> None:
    """Who is signed in; for who may."""
    if not view.person.rights.may("administer"):
        return
    access = open_access()
    found = sessions.of_account(access, None)
    lead = view.say("access.sessions_lead", count=len(found))
    show(tables.section(view.say("access.sessions"), lead, view.say("access.for_system")))
    show(tables.sessions(found, view.person.session, view.language))
    names = {item.id: f"{item.account} · {tables.clock(item.seen_at, view.language)}" for item in found}
    with st.popover(view.say("access.session_end"), key=_fresh("pop_session_end"), disabled=not names):
        chosen = st.selectbox(view.say("access.session"), list(names), format_func=names.__getitem__)
        if st.button(view.say("access.session_end"), key="session_end", type="primary"):
            _act(
                view, "administer", lambda where, person: sessions.end_named(where, chosen or "", person),
                view.say("access.session_ended"),
            )  # fmt: skip


def keying(view: View) -> None:
    """Keys of devices and programs, which give a role as a grant does; for who may grant."""
    if not view.person.rights.may("grant"):
        return
    access = open_access()
    show(tables.section(view.say("access.keys"), view.say("access.keys_lead"), view.say("access.for_security")))
    every = keys.every(access)
    if every:
        show(tables.keys(every, access.design, county_names(view), access.today(), view.language))
    else:
        show(html('<p class="note">{}</p>', view.say("access.keys_none")))
    with st.container(horizontal=True, gap="small"):
        with st.popover(view.say("access.key_new"), key=_fresh("pop_key_new"), icon=":material/add:"):
            _key_form(view)
        valid = [item.id for item in every if item.revoked_at is None]
        with st.popover(view.say("access.key_revoke"), key=_fresh("pop_key_revoke"), disabled=not valid):
            key = st.selectbox(view.say("access.key"), valid, key="key_chosen")
            if st.button(view.say("access.key_revoke"), key="key_revoke"):
                _act(
                    view, "grant", lambda where, person: keys.revoke(where, key or "", person),
                    view.say("access.key_revoked"),
                )  # fmt: skip


def _key_form(view: View) -> None:
    design, language = open_access().design, view.language
    # Before the form: which roles it offers hangs on it.
    kinds: list[keys.Kind] = ["device", "api"]
    kind = st.segmented_control(
        view.say("access.kind"), kinds, default="device", required=True, key=_fresh("key_kind"),
        format_func=lambda name: view.say(f"access.kind_{name}"),
    )  # fmt: skip
    with st.form(_fresh("key_make"), border=False, enter_to_submit=False):
        label = st.text_input(view.say("access.label"), max_chars=80)
        roles = [name for name in design.roles if name in keys.ROLES[kind]]
        role = st.selectbox(
            view.say("access.role"), roles, key=_fresh(f"key_role_{kind}"),
            format_func=lambda name: design.roles[name].label.say(language),
        )  # fmt: skip
        places = st.multiselect(
            view.say("access.scope"),
            _places(view),
            default=[PROVINCE],
            format_func=lambda code: _place_name(view, code),
        )
        last = st.date_input(view.say("access.until"), value=None, format="YYYY-MM-DD")
        if st.form_submit_button(view.say("access.key_new"), type="primary"):

            def make(access: Access, person: Person) -> str:
                scope = read_scope(",".join(places))
                return keys.make(access, kind, label, role or "", scope, _day(last), person)

            _act(view, "grant", make, view.say("access.key_done"))


def _act(view: View, verb: str, deed: Callable[[Access, Person], str | None], done: str) -> None:
    """Do it as the person of now, for his right may have ended since the page was drawn; then draw anew."""
    person = current()
    try:
        if person is None or not person.rights.may(verb):
            raise AccessFault("no_right")
        secret = deed(open_access(), person)
    except AccessFault as fault:
        st.error(fault.say(view.language))  # in the form, with what was filled in
        return
    st.session_state[_SAID], st.session_state[_DONE] = done, st.session_state.get(_DONE, 0) + 1
    if secret:
        st.session_state[_SECRET] = secret
    st.rerun()


def _fresh(name: str) -> str:
    return f"{name}|{st.session_state.get(_DONE, 0)}"


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _county_of() -> dict[str, str]:
    return {town: county for name in NAMES for town, county in counties_of(name).items()}


def county_names(view: View) -> dict[str, str]:
    """Names of counties by their codes."""
    towns = view.desk.dataset.towns
    return dict(zip(towns["county_adcode"].astype("str"), towns[f"county_{view.language}"].astype("str"), strict=True))


def _places(view: View) -> list[str]:
    """Areas the person may give: those within his own scope."""
    own: Scope = view.person.rights.scope("grant") | view.person.rights.scope("administer")
    return [code for code in (PROVINCE, *PREFECTURES, *sorted(county_names(view))) if own.holds_area(code)]


def _place_name(view: View, code: str) -> str:
    if code == PROVINCE:
        return view.say("person.scope_all")
    return PREFECTURES[code].say(view.language) if code in PREFECTURES else county_names(view).get(code, code)
