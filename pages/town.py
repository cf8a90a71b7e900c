"""小镇码: one town from every side, its code to be scanned and its sheet to be printed."""

from cockpit.ui.cases import page as cases_page
from cockpit.ui.elements import page as elements_page
from cockpit.ui.frame import alerted, figure_source, shell
from cockpit.ui.town import profile as town_page

view = shell.view()
shell.stop_if_empty(view)
book = town_page.open_book(view)
town_page.choose(view, book)
if book.profile is None:
    town_page.help_out(view, book)
else:
    left, middle, right = town_page.columns()
    with left:
        town_page.status(view, book)
    with middle:
        town_page.standing(view, book)
        elements_page.of_town(view, book.code)
        cases_page.of_town(view, book.code)
        alerted.of_town(view, book.code)
    with right:
        town_page.place(view, book)
        town_page.facts(view, book)
    town_page.basis(view, book)
    figure_source.offer_town(view, book.code)
figure_source.answer(view)
