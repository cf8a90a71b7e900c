"""Setting the next targets (规划): what methods propose for the province, and who carries how much of a sum."""
