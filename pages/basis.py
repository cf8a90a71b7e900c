"""依据: every target, rule and figure with its clause, quote, reading and source."""

from cockpit.ui.basis import chains as basis_chains
from cockpit.ui.basis import desk as basis_desk
from cockpit.ui.basis import lists as basis_lists
from cockpit.ui.basis import page as basis_page
from cockpit.ui.basis import town as basis_town
from cockpit.ui.frame import shell

view = shell.view()
basis_page.document(view)
with basis_page.section(view, "targets"):
    basis_page.targets(view)
with basis_page.section(view, "rules"):
    basis_page.rules(view)
with basis_page.section(view, "reviews"):
    basis_page.reviews(view)
with basis_page.section(view, "vitality"):
    basis_page.vitality(view)
with basis_page.section(view, "per_mu"):
    basis_page.per_mu(view)
with basis_page.section(view, "lists"):
    basis_lists.lists(view)
with basis_page.section(view, "town_code"):
    basis_town.town_code(view)
with basis_page.section(view, "chains"):
    basis_chains.chains(view)
with basis_page.section(view, "chain_rules"):
    basis_chains.chain_rules(view)
with basis_page.section(view, "desk"):
    basis_desk.desk(view)
with basis_page.section(view, "cases"):
    basis_lists.cases(view)
with basis_page.section(view, "indicators"):
    basis_page.indicators(view)
with basis_page.section(view, "published"):
    basis_page.published(view)
with basis_page.section(view, "sources"):
    basis_page.sources(view)
with basis_page.section(view, "glossary"):
    basis_page.glossary(view)
with basis_page.section(view, "versions"):
    basis_page.versions(view)
