"""Pictures, cards and tables of per-mu; pure."""
