"""清单管理: who is at the five-year line, what to decide next and why, what was decided."""

from cockpit.ui.frame import alerted, figure_source, shell
from cockpit.ui.lists import page as lists_page
from cockpit.ui.lists import public as lists_public
from cockpit.ui.lists import side as lists_side

view = shell.view()
shell.stop_if_empty(view)
book = lists_page.open_book(view)
lists_page.title(view, book)
if book.lists.is_current:
    check = lists_page.checks(view, book)
    work, side = lists_page.columns()
    with work:
        lists_page.clock(view, book)
        lists_page.queue(view, book, check)
    with side:
        lists_side.stars(view, book)
        lists_side.dossier(view, book)
        alerted.of_listed(view, book.code)
        lists_side.decide(view, book)
        lists_side.log(view, book)
else:
    lists_public.known_list(view, book)
    lists_side.log(view, book)
figure_source.answer(view)
