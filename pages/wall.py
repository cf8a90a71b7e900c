"""大屏: scenes of the desk on a wall, turned by themselves, by keys or by touch."""

from cockpit.ui.frame import shell
from cockpit.ui.wall import page as wall_page

view = shell.view()
plan = wall_page.read_plan(view)
scenes = wall_page.scenes(view, plan)
wall_page.play(view, plan, scenes)
