"""Parts of the page of elements."""
