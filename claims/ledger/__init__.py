"""The append-only list of all decisions."""
