"""Versions on disk and in memory: written whole, read checked."""
