"""一图: prefectures and counties with towns on top; pick a place and it filters everything."""

from cockpit.ui.frame import figure_source, shell
from cockpit.ui.map import page as map_page

view = shell.view()
shell.stop_if_empty(view)
map_page.title(view)
options = map_page.options(view)
canvas, panel = map_page.columns()
with canvas:
    picked = map_page.canvas(view, options)
with panel:
    map_page.panel(view, options, picked)
figure_source.answer(view)
