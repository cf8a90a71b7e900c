"""Frames to chart specs, cards, diagrams, palette; pure."""
