"""案例: what a town did, its figure before and after, and who could learn from it."""

from cockpit.ui.cases import page as cases_page
from cockpit.ui.frame import figure_source, shell

view = shell.view()
shell.stop_if_empty(view)
book = cases_page.open_book(view)
if not cases_page.stop_if_none(view, book):
    work, side = cases_page.columns()
    with work:
        cases_page.listing(view, book)
    with side:
        cases_page.one(view, book)
figure_source.answer(view)
