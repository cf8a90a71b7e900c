"""Parts of the demo generator: fictional towns, their simulated returns, land and firms. Run by `make_demo`."""
