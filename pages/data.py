"""数据: from a clerk's file to a published version, who has reported, and from a figure back to its cell."""

from cockpit.ui.data import freshness as data_freshness
from cockpit.ui.data import intake as data_intake
from cockpit.ui.data import page as data_page
from cockpit.ui.data import review as data_review
from cockpit.ui.data import trace as data_trace
from cockpit.ui.frame import alerted, shell, uploads

view = shell.view()
book = data_page.open_book(view)
data_page.head(view, book)
part = data_page.part(view, book)
if part != "submit":
    uploads.shown()
if part == "submit":
    data_intake.template_part(view, book)
    data_intake.upload_part(view, book)
    data_review.waiting_elsewhere(view, book)
elif part == "review":
    data_review.review_part(view, book)
elif part == "versions":
    data_page.versions(view, book)
elif part == "freshness":
    data_freshness.who_has_reported(view, book)
    alerted.of_returns(view)
else:
    data_trace.trace_part(view, book)
