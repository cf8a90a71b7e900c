"""目标: one target in depth: verdict, trend, pace, forecast, who contributes, and what it all stands on."""

from cockpit.ui.frame import alerted, figure_source, shell
from cockpit.ui.targets import depth as targets_page

view = shell.view()
shell.stop_if_empty(view)
target = targets_page.pick(view)
targets_page.verdict(view, target)
targets_page.to_say(view, target)
alerted.of_target(view, target)
left, right = targets_page.judgement_columns()
with left:
    targets_page.trend(view, target)
with right:
    targets_page.judgement(view, target)
with targets_page.below(view, target, left):
    targets_page.look_back(view, target)
targets_page.parts(view, target)
targets_page.basis(view, target)
figure_source.answer(view)
