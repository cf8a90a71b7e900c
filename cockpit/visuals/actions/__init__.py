"""Matters handed out, drawn."""
