"""Stored claims: found by filter, id or words; shown as lists, cards and traces."""
