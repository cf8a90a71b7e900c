"""依据: every target, rule and figure with its clause, quote, reading and source."""

import streamlit as st

from cockpit.ui.basis import chains as basis_chains
from cockpit.ui.basis import clauses as basis_clauses
from cockpit.ui.basis import desk as basis_desk
from cockpit.ui.basis import finding
from cockpit.ui.basis import lists as basis_lists
from cockpit.ui.basis import page as basis_page
from cockpit.ui.basis import town as basis_town
from cockpit.ui.frame import shell

view = shell.view()
basis_page.document(view)
contents, sections = st.columns([1, 5], gap="medium")
with contents:
    finding.read(view)
with sections:
    with finding.section(view, "clauses"):
        basis_clauses.clauses(view)
    with finding.section(view, "targets"):
        basis_page.targets(view)
    with finding.section(view, "rules"):
        basis_page.rules(view)
    with finding.section(view, "reviews"):
        basis_page.reviews(view)
    with finding.section(view, "vitality"):
        basis_page.vitality(view)
    with finding.section(view, "per_mu"):
        basis_page.per_mu(view)
    with finding.section(view, "lists"):
        basis_lists.lists(view)
    with finding.section(view, "town_code"):
        basis_town.town_code(view)
    with finding.section(view, "chains"):
        basis_chains.chains(view)
    with finding.section(view, "chain_rules"):
        basis_chains.chain_rules(view)
    with finding.section(view, "desk"):
        basis_desk.desk(view)
    with finding.section(view, "cases"):
        basis_lists.cases(view)
    with finding.section(view, "indicators"):
        basis_page.indicators(view)
    with finding.section(view, "published"):
        basis_page.published(view)
    with finding.section(view, "sources"):
        basis_page.sources(view)
    with finding.section(view, "glossary"):
        basis_page.glossary(view)
    with finding.section(view, "versions"):
        basis_page.versions(view)
    finding.tell_none(view)
