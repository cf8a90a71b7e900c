"""What every subject's pictures share: palette, marks, chart frames."""
