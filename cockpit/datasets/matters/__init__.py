"""The log of matters handed out (督办), as append-only as the decision log, in the same database."""
