"""What the page of planning shows: the axis of growth, the tree of a breakdown, the scenario, the track."""
