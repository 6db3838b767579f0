"""Registers of sources: CSV, JSON lines and FollowTheMoney to entries, bad rows to problems."""
