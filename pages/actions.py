"""督办: what was handed out, who has it, how far it is."""

from cockpit.ui.actions import assign, page
from cockpit.ui.frame import shell

view = shell.view()
book = page.open_book(view)
if book is not None:
    page.heed(view, book)
if assign.asked():
    assign.page(view)
elif book is not None:
    if book.chosen is None:
        page.overview(view, book)
    else:
        page.one(view, book)
