"""Pictures, cards and tables of map; pure."""
