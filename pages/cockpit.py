"""驾驶舱: are the nine targets met, who makes the gap, what waits for a decision."""

from cockpit.ui.frame import alerted, figure_source, shell
from cockpit.ui.targets import board as components
from cockpit.ui.targets import gap as cockpit_gap

view = shell.view()
shell.stop_if_empty(view)
target = cockpit_gap.selected_target(view)
components.show_desk(
    view,
    {
        "board": components.target_board(view, target),
        "gap": cockpit_gap.attribution(view, target),
        "mini": components.mini_map(view, target),
        "rail": alerted.rail(view) + components.decision_rail(view),
    },
)
figure_source.answer(view)
