"""Fetches pages from the web, politely and from public addresses alone. No database."""
