"""Registers taken in: which source an entry is, and what it adds to it."""
