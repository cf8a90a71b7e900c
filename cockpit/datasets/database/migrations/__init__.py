"""Steps from an empty database, or an older one, to this program's tables; Alembic runs them in order."""
