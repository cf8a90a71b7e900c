"""Pictures, cards and tables of lists; pure."""
