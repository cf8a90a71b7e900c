"""Runs the Python given as its first argument: stands in for a module in tests of processes."""

import sys

exec(sys.argv[1])
