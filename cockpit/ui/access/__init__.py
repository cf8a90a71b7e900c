"""Accounts, grants, sessions and the audit record, for the three administrators."""
