"""Backups by PostgreSQL's own programs."""
