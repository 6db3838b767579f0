"""The way to PostgreSQL: which server, engines, sessions, migrations."""
