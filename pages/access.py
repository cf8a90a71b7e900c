"""账户与授权: who has which role, where and until when; who is signed in."""

from cockpit.ui.access import page
from cockpit.ui.frame import shell

view = shell.view()
page.head(view)
left, right = page.columns()
with left:
    page.granting(view)
    page.accounting(view)
    page.keying(view)
with right:
    page.matrix(view)
    page.sitting(view)
