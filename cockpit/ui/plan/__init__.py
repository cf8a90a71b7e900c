"""The page of planning (规划): propose, break down, what-if, track."""
