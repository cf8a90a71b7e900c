"""Briefing to xlsx and csv."""
