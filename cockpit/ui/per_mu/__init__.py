"""Parts of the per-mu page."""
