"""审计: what happened, who did it, whether it was allowed."""

from cockpit.ui.access import record
from cockpit.ui.frame import shell

view = shell.view()
record.head(view)
record.resets(view)
record.lines(view)
