"""Pictures, cards and tables of town; pure."""
