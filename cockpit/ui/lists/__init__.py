"""Parts of the lists page."""
