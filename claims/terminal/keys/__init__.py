"""Which key does what, and where."""
