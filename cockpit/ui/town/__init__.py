"""Parts of the town page."""
