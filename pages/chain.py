"""产业链全景: where each industry chain is strong, thin or broken, and which towns could mend it."""

from cockpit.ui.chain import coverage as chain_coverage
from cockpit.ui.chain import firms as chain_firms
from cockpit.ui.chain import page as chain_page
from cockpit.ui.chain import panel as chain_panel
from cockpit.ui.frame import figure_source, shell

view = shell.view()
shell.stop_if_empty(view)
picked = chain_page.open_chain(view)
chain_page.title(view, picked)
chain_page.strip(view, picked)
picture, panel = chain_page.columns()
with picture:
    chain_page.diagram(view, picked)
    chain_coverage.coverage(view, picked)
    chain_firms.firms(view, picked)
with panel:
    chain_panel.before_firms(view, picked)
    chain_panel.after_firms(view, picked)
figure_source.answer(view)
