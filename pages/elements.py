"""要素: which town has what of the things the document asks for beside figures, and what is lacking."""

from cockpit.ui.elements import listing as elements_listing
from cockpit.ui.elements import page as elements_page
from cockpit.ui.frame import shell

view = shell.view()
shell.stop_if_empty(view)
found = elements_page.found_of(view)
if not elements_page.stop_if_nothing(view, found):
    work, side = elements_page.columns()
    with work:
        elements_page.coverage(view, found)
        elements_listing.listing(view, found)
    with side:
        elements_page.panels(view, found)
