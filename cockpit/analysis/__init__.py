"""Frames in, values out; pure: no clock, no I/O, no unseeded randomness."""
