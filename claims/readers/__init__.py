"""Bytes to articles: one file per format, and `open.py` the way in."""
