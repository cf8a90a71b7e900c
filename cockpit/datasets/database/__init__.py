"""The one database beside the data folders: decisions, accounts, grants, sessions, audit. SQLite or PostgreSQL."""
