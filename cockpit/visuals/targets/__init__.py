"""Pictures, cards and tables of targets; pure."""
