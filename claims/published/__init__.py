"""Rows of the published views, read by programs: which views, which values, which pages."""
