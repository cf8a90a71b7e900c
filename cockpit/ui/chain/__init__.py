"""Parts of the chain page."""
