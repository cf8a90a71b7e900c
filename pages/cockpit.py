"""驾驶舱: are the nine targets met, who makes the gap, what waits for a decision."""

from cockpit.ui.frame import figure_source, shell
from cockpit.ui.targets import board as components

view = shell.view()
shell.stop_if_empty(view)
target = components.selected_target(view)
main, rail = components.desk_columns()
with main:
    components.target_board(view, target)
    attribution, mini_map = components.lower_columns()
    with attribution:
        components.gap_attribution(view, target)
    with mini_map:
        components.mini_map(view, target)
with rail:
    components.decision_rail(view)
figure_source.answer(view)
