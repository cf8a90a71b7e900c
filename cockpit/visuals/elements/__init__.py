"""Drawings of the page of elements."""
