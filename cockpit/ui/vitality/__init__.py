"""Parts of the vitality page."""
