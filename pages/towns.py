"""小镇: searchable table, comparison side by side, download as seen."""

from cockpit.ui.frame import figure_source, shell
from cockpit.ui.town import table as towns_page

view = shell.view()
shell.stop_if_empty(view)
columns = towns_page.head(view)
towns_page.table(view, columns)
towns_page.comparison(view)
towns_page.public_facts(view)
figure_source.answer(view)
