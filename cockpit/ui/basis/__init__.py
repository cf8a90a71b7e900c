"""Parts of the basis page."""
