"""亩均效益: who leads, where tax and value added per mu stand, every class with what made it."""

from cockpit.ui.frame import figure_source, shell
from cockpit.ui.per_mu import page as per_mu_page
from cockpit.ui.per_mu import table as per_mu_table

view = shell.view()
shell.stop_if_empty(view)
found = per_mu_page.found_of(view)
if not per_mu_page.stop_if_unjudged(view, found):
    left, middle, right = per_mu_page.columns()
    with left:
        per_mu_page.quadrant(view, found)
    with middle:
        per_mu_page.leaders(view, found)
    with right:
        per_mu_page.one_town(view, found)
    per_mu_table.ranking(view, found)
per_mu_page.method(view)
figure_source.answer(view)
