"""Parts of the wall page."""
