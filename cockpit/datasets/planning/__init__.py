"""The log of target sets people make, as append-only as the decision log, in the same database."""
