"""From a submission to a published version: what would change, and the move of the pointer."""
