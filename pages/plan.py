"""规划: what the next targets could be, who carries how much, what if, and how far they are."""

from cockpit.ui.frame import shell
from cockpit.ui.plan import breakdown, page, propose, track, whatif

view = shell.view()
book = page.open_book(view)
STEPS = {"propose": propose.step, "break": breakdown.step, "whatif": whatif.step, "track": track.step}
if book is not None:
    STEPS[book.step](view, book)
