"""The shared data module: the only reader and writer of town data."""
