"""Tables of accounts, grants, sessions, keys and the audit record."""
