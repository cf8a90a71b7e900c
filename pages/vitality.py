"""活力指数: who stands where and how sure that is, why one town differs, what other weights would change."""

from cockpit.ui.frame import figure_source, shell
from cockpit.ui.vitality import page as vitality_page
from cockpit.ui.vitality import trial as vitality_trial

view = shell.view()
shell.stop_if_empty(view)
index = vitality_page.found(view)
if index is not None:
    trial = vitality_trial.asked_trial(view, index)
    town = vitality_page.chosen_town(view, index)
    board, side = vitality_page.columns()
    with board:
        vitality_page.ranking(view, index, trial, town)
    with side:
        vitality_page.contributions(view, index, town)
        vitality_trial.weights(view, index, trial)
figure_source.answer(view)
