"""一图: prefectures and counties by a ratio with towns on top; pick a place, and one more click filters everything."""

from cockpit.ui.frame import figure_source, shell
from cockpit.ui.map import page as map_page

view = shell.view()
shell.stop_if_empty(view)
head = map_page.head()
options = map_page.options(view)
map_page.canvas(view, options, head)
figure_source.answer(view)
