"""Ingest: identify an article, find its mentions, save it with its proposals."""
