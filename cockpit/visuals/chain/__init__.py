"""Pictures, cards and tables of chain; pure."""
