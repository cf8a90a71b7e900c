"""Pictures, cards and tables of data; pure."""
