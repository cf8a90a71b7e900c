"""Notices of matters (通知) that leave the machine: off unless a file names channels."""
