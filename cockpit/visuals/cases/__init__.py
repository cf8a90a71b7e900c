"""Drawings of the page of cases."""
