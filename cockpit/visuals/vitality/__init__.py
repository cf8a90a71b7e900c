"""Pictures, cards and tables of vitality; pure."""
