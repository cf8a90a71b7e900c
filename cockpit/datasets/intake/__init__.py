"""From an uploaded file to findings and figures: nothing is dropped without being told."""
